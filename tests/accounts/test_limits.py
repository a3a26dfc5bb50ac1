"""Guessing is slow: limits by account and by origin, on a real server as it runs in production."""

import re
from collections.abc import Iterator
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.support.cast import PASSWORD
from tests.support.server import Server, installation


class Visitor:
    """A browser with cookies that does not follow where it is sent."""

    def __init__(self, base: str) -> None:
        self.headers: dict[str, str] = {}
        self.base, self.opener = base, build_opener(HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, **fields: str) -> tuple[int, str]:
        body = urlencode(fields).encode() if fields else None
        try:
            with self.opener.open(Request(f"{self.base}{path}", body, {"Accept-Language": "en", **self.headers}), timeout=30) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.open(path)[1])
        assert token is not None
        return self.open(path, csrf_token=token.group(1), **fields)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An installation outside the tests' settings, with two accounts."""
    with installation(tmp_path_factory.mktemp("limits"), app_env="demo") as running:
        for email in ("olga@show.example", "otto@show.example"):
            running.flask("accounts", "create-admin", email, "--password-stdin", stdin=f"{PASSWORD}\n")
        running.start()
        yield running


@pytest.mark.parametrize(("mine", "other"), [("olga@show.example", "otto@show.example"), ("nobody@show.example", "noone@show.example")])
def test_after_ten_wrong_passwords_an_account_is_closed_from_here_known_or_not(server: Server, mine: str, other: str) -> None:
    visitor = Visitor(server.base)
    assert [visitor.send("/sign-in", email=mine, password="wrong")[0] for _ in range(10)] == [422] * 10
    status, page = visitor.send("/sign-in", email=mine.upper(), password=PASSWORD)
    assert (status, "Too many tries" in page) == (429, True)
    assert visitor.send("/sign-in", email=other, password="wrong")[0] == 422, "others still may try"
    assert visitor.open("/sign-in")[0] == 200


def test_who_knows_the_password_is_never_counted(server: Server) -> None:
    for _ in range(12):
        visitor = Visitor(server.base)
        assert visitor.send("/sign-in", email="otto@show.example", password=PASSWORD)[0] != 429
        assert visitor.open("/account")[0] == 200


def test_mail_to_one_address_is_limited_known_or_not(server: Server) -> None:
    visitor = Visitor(server.base)
    for email in ("olga@show.example", "stranger@show.example"):
        assert [visitor.send("/forgot", email=email)[0] for _ in range(6)] == [200] * 5 + [429]
    assert [visitor.send("/forgot", email="no address")[0] for _ in range(8)] == [422] * 8, "what is only to mend is not counted"


def test_the_page_says_how_long_to_wait_and_offers_what_was_typed_again(server: Server) -> None:
    visitor = Visitor(server.base)
    for _ in range(5):
        visitor.send("/forgot", email="late@show.example")
    status, page = visitor.send("/forgot", email="late@show.example")
    assert (status, "Please wait 60 minutes" in page, 'name="email"' in page) == (429, True, False), "nothing says that the form is ours"
    visitor.headers["Origin"] = server.base
    status, page = visitor.send("/forgot", email="late@show.example")
    assert (status, 'name="email" value="late@show.example"' in page, "send it again then with the button below" in page) == (429, True, True)


def test_signing_up_again_and_again_is_limited(server: Server) -> None:
    visitor = Visitor(server.base)
    assert [visitor.send("/sign-up", name="N", email="new@show.example")[0] for _ in range(6)] == [200] * 5 + [429]
