"""Sign in, stay signed in, sign out; and every way in which that must not work."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventapp.accounts import entering, roles
from eventapp.accounts.models import User
from eventapp.accounts.passwords import is_outdated
from eventapp.core.db import db, transaction
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT, PASSWORD


def sign_in(client: FlaskClient, email: str = "salma@atlas.example", password: str = PASSWORD, path: str = "/sign-in") -> TestResponse:
    return send(client, path, email=email, password=password)


def signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf_token" not in line)


def test_the_right_password_opens_the_readers_own_pages(client: FlaskClient, salma: User) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (302, "/me")
    assert signed_in(client)


@pytest.mark.parametrize(("onward", "says"), [("/exhibitor/sistep-2018/1", True), ("/organiser/sistep-2018/", False), ("", False)])
def test_whoever_comes_from_the_mail_about_an_application_is_told_to_confirm_the_address_first(client: FlaskClient, onward: str, says: bool) -> None:
    assert ("Confirm your address first" in client.get("/sign-in", query_string={"next": onward}).text) == says


@pytest.mark.parametrize("email", ["SALMA@Atlas.Example", "  salma@atlas.example "])
def test_the_address_is_the_same_however_it_is_typed(client: FlaskClient, salma: User, email: str) -> None:
    assert sign_in(client, email).status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: FlaskClient, salma: User) -> None:
    wrong = sign_in(client, password="wrong")
    unknown = sign_in(client, "nobody@atlas.example", "wrong")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert without_tokens(wrong.text).replace("salma@", "nobody@") == without_tokens(unknown.text)
    assert "The address or the password is wrong." in wrong.text
    assert not signed_in(client)


def test_an_address_that_is_not_confirmed_gets_that_answer_too(client: FlaskClient, app: Flask) -> None:
    entering.sign_up("new@atlas.example", "New", "en", next_path="/me", now=datetime.now(UTC))
    assert "The address or the password is wrong." in sign_in(client, "new@atlas.example", "the password of nobody").text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"email": "", "password": "x"}, "Enter your e-mail address."),
        ({"email": "salma", "password": "x"}, "Enter an e-mail address as in name@company.example."),
        ({"email": "s@" + "a" * 300, "password": "x"}, "Shorten the address to 254 characters."),
        ({"email": "salma@atlas.example"}, "Enter your password."),
        ({"email": "salma@atlas.example", "password": "x" * 201}, "Passwords here have at most 200 characters."),
        ({"email": "salma\x00@atlas.example", "password": "\x00"}, "The address or the password is wrong."),
        ({"email": "سلمى@atlas.example", "password": "x"}, "Enter an e-mail address as in name@company.example."),
    ],
)
def test_bad_input_is_explained_and_what_was_typed_stays(client: FlaskClient, salma: User, fields: dict[str, str], message: str) -> None:
    page = send(client, "/sign-in", **fields)
    assert page.status_code == 422
    assert message in page.text


def test_signing_in_goes_on_where_one_was(client: FlaskClient, salma: User) -> None:
    first = client.get("/account")
    assert first.location == "/sign-in?next=/account"
    assert sign_in(client, path=str(first.location)).location == "/account"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/%09/evil.example", "javascript:alert(1)", "evil.example", "/\n/evil.example", ""]
)
def test_signing_in_never_leads_to_another_site(client: FlaskClient, salma: User, elsewhere: str) -> None:
    page = client.get("/sign-in", query_string={"next": elsewhere})
    answer = client.post("/sign-in", query_string={"next": elsewhere}, data={"email": "salma@atlas.example", "password": PASSWORD, "csrf_token": csrf_of(page)})
    assert answer.status_code == 302
    assert answer.location in {"/me", "/%2509/evil.example", "/%09/evil.example"}


def test_who_is_signed_in_need_not_sign_in(client: FlaskClient, salma: User) -> None:
    sign_in(client)
    assert client.get("/sign-in?next=/account").location == "/account"


def test_a_session_that_was_planted_is_not_the_one_that_is_signed_in(client: FlaskClient, salma: User) -> None:
    with client.session_transaction() as planted:
        planted["planted"] = "yes"
        planted["exhibit"] = {"sistep-2018": "key"}
    before = csrf_of(client.get("/sign-in"))
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["exhibit"] == {"sistep-2018": "key"}
    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_signing_out_ends_the_session_and_leaves_nothing(client: FlaskClient, salma: User) -> None:
    sign_in(client)
    answer = send(client, "/account", to="/sign-out")
    assert answer.location == "/sign-in"
    assert not signed_in(client)


def test_signing_out_needs_the_token_of_our_own_page(client: FlaskClient, salma: User) -> None:
    sign_in(client)
    assert client.post("/sign-out").status_code == 400
    assert signed_in(client)


def test_signing_out_everywhere_ends_every_session(app: Flask, client: FlaskClient, salma: User) -> None:
    other = sign_in_as(app.test_client(), salma)
    sign_in(client)
    assert (signed_in(client), signed_in(other)) == (True, True)
    send(client, "/account", to="/account/sign-out-everywhere")
    assert (signed_in(client), signed_in(other)) == (False, False)
    assert sign_in(client).status_code == 302


def test_a_disabled_account_is_out_at_once_and_stays_out(client: FlaskClient, salma: User, olga: User) -> None:
    sign_in(client)
    roles.disable_user(salma.id, actor_id=olga.id, now=EIGHT)
    assert not signed_in(client)
    refused = sign_in(client)
    assert (refused.status_code, "This account was disabled." in refused.text) == (422, True)
    assert "The address or the password is wrong." in sign_in(client, password="wrong").text
    roles.enable_user(salma.id, actor_id=olga.id, now=EIGHT)
    assert not signed_in(client), "the old session stays dead"
    assert sign_in(client).status_code == 302


@pytest.mark.parametrize("forged", ["1", "1.", ".1", "1.2", "-1.1", "1.1.1", "x.y", "", "999999.1"])
def test_a_session_that_names_no_user_and_epoch_is_nobodys(client: FlaskClient, salma: User, forged: str) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = forged
    assert not signed_in(client)


def test_an_old_hash_is_made_anew_at_sign_in(client: FlaskClient, salma: User) -> None:
    with transaction():
        db.session.get_one(User, salma.id).password_hash = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    assert sign_in(client).status_code == 302
    assert is_outdated(str(db.session.get_one(User, salma.id).password_hash)) is False
    assert signed_in(client), "the session outlives the new hash"


def test_the_session_cookie_is_out_of_reach_of_scripts(client: FlaskClient, salma: User) -> None:
    cookie = next(value for value in sign_in(client).headers.getlist("Set-Cookie") if value.startswith("session="))
    assert ("HttpOnly" in cookie, "SameSite=Lax" in cookie) == (True, True)


def test_changing_the_password_ends_other_sessions_and_keeps_this_one(app: Flask, client: FlaskClient, salma: User) -> None:
    other = sign_in_as(app.test_client(), salma)
    sign_in(client)
    assert send(client, "/account/password", current=PASSWORD, password="trois petits tournevis").location == "/account"
    assert (signed_in(client), signed_in(other)) == (True, False)
    send(client, "/account", to="/sign-out")
    assert sign_in(client).status_code == 422
    assert sign_in(client, password="trois petits tournevis").status_code == 302


@pytest.mark.parametrize(
    ("current", "password", "message"),
    [
        ("wrong", "trois petits tournevis", "This is not your current password."),
        (PASSWORD, "short", "Choose a password of at least 10 characters"),
        (PASSWORD, "", "Choose a password."),
    ],
)
def test_a_password_is_changed_only_by_who_knows_it_and_to_a_good_one(client: FlaskClient, salma: User, current: str, password: str, message: str) -> None:
    sign_in(client)
    page = send(client, "/account/password", current=current, password=password)
    assert (page.status_code, message in page.text) == (422, True)


def test_name_and_language_can_be_changed(client: FlaskClient, salma: User) -> None:
    sign_in(client)
    answer = send(client, "/account", name="  سلمى العلوي ", language="ar")
    assert answer.location == "/language?to=ar&next=/account"
    assert (db.session.get_one(User, salma.id).name, db.session.get_one(User, salma.id).language) == ("سلمى العلوي", "ar")
    assert send(client, "/account", name="x" * 121, language="xx").status_code == 422


def test_a_page_for_people_with_an_account_asks_strangers_to_sign_in(client: FlaskClient, mails: Callable[[], list[tuple[str, str]]]) -> None:
    for path in ("/account", "/account/password"):
        assert client.get(path).location == f"/sign-in?next={path}"
    assert mails() == []
