"""From an address to an account: sign-up, confirmation, new passwords; the links are good once and for a while."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.accounts import entering, links, roles
from eventapp.accounts.errors import LinkStale
from eventapp.accounts.models import AccountLink, User
from eventapp.accounts.people import user_by_email, user_for_address
from eventapp.core.db import db, transaction
from tests.support.browsing import send
from tests.support.cast import EIGHT, PASSWORD

Mails = Callable[[], list[tuple[str, str]]]
Link = Callable[[], str]


def sign_up(client: FlaskClient, email: str = "new@atlas.example", path: str = "/sign-up") -> TestResponse:
    return send(client, path, name="Nora New", email=email)


def signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def expire_links() -> None:
    with transaction():
        for link in db.session.scalars(select(AccountLink)):
            link.expires_at = datetime.now(UTC) - timedelta(seconds=1)


def test_signing_up_sends_a_link_that_confirms_the_address_and_sets_the_password(client: FlaskClient, mails: Mails, link: Link) -> None:
    answer = sign_up(client, path="/sign-up?next=/account")
    assert answer.location == "/accounts/mailed"
    assert "If <bdi>new@atlas.example</bdi> can have an account here" in client.get("/accounts/mailed").text
    assert mails() == [("new@atlas.example", "accounts/confirm")]
    assert send(client, link(), password=PASSWORD).location == "/account"
    assert signed_in(client)
    send(client, "/account", to="/sign-out")
    assert send(client, "/sign-in", email="new@atlas.example", password=PASSWORD).status_code == 302


def test_opening_the_link_does_not_use_it_up(client: FlaskClient, link: Link) -> None:
    sign_up(client)
    for _ in range(3):
        assert (client.get(link()).status_code, client.head(link()).status_code) == (200, 200)
    assert not signed_in(client)
    assert send(client, link(), password=PASSWORD).status_code == 302


def test_signing_up_answers_the_same_for_a_known_address_and_writes_to_its_owner_only(client: FlaskClient, salma: User, mails: Mails) -> None:
    answers = [(answer.status_code, answer.location, answer.text) for answer in (sign_up(client), sign_up(client, salma.email))]
    assert answers[0] == answers[1]
    assert mails() == [("new@atlas.example", "accounts/confirm"), ("salma@atlas.example", "accounts/sign_in_to_continue")]
    assert db.session.get_one(User, salma.id).name == "Salma Alaoui", "nobody renames another's account"


def test_who_signs_up_with_anothers_address_cannot_choose_its_password(client: FlaskClient, link: Link) -> None:
    send(client, "/sign-up", name="Mallory", email="victim@atlas.example", password="chosen by mallory")
    victim = user_by_email("victim@atlas.example")
    assert victim is not None
    assert (victim.password_hash, victim.confirmed_at) == (None, None)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": "", "email": "a@b.example"}, "Enter your name."),
        ({"name": "N", "email": "nonsense"}, "Enter an e-mail address as in name@company.example."),
        ({"name": "N" * 121, "email": "a@b.example"}, "Shorten the name to 120 characters."),
        ({"name": "\u202e\x00\u200b", "email": "a@b.example"}, "Enter your name."),
    ],
)
def test_bad_input_at_sign_up_is_explained(client: FlaskClient, mails: Mails, fields: dict[str, str], message: str) -> None:
    page = send(client, "/sign-up", **fields)
    assert (page.status_code, message in page.text, mails()) == (422, True, [])


def test_a_weak_password_is_explained_and_the_link_still_works(client: FlaskClient, link: Link) -> None:
    sign_up(client)
    page = send(client, link(), password="Nora New 2018")
    assert (page.status_code, "Choose a password that is not your name or your address." in page.text) == (422, True)
    assert send(client, link(), password=PASSWORD).status_code == 302


def test_a_used_confirmation_says_that_the_address_is_confirmed(app: Flask, client: FlaskClient, link: Link) -> None:
    sign_up(client)
    send(client, link(), password=PASSWORD)
    assert client.get(link()).location == "/me", "the same browser just goes on"
    page = app.test_client().get(link(), headers={"Accept-Language": "en"})
    assert (page.status_code, "Your address is confirmed already" in page.text) == (410, True)


def test_an_expired_confirmation_offers_a_new_link_to_the_same_address(client: FlaskClient, mails: Mails, link: Link) -> None:
    sign_up(client)
    expire_links()
    old = link()
    page = client.get(old)
    assert (page.status_code, "Send me a new link" in page.text) == (410, True)
    token = page.text.split('name="csrf_token" value="')[-1].split('"')[0]
    assert client.post(old, data={"csrf_token": token, "password": PASSWORD}).status_code == 410
    assert client.post(old.replace("/confirm/", "/new-link/confirm/"), data={"csrf_token": token}).location == "/accounts/mailed"
    assert mails() == [("new@atlas.example", "accounts/confirm")] * 2
    assert send(client, link(), password=PASSWORD).status_code == 302


def test_an_address_that_no_database_can_look_for_leads_nowhere(client: FlaskClient) -> None:
    page = client.get("/accounts/confirm/%00")
    assert (page.status_code, "Page not found" in page.text) == (404, True)


@pytest.mark.parametrize("path", ["/accounts/confirm/nonsense", "/accounts/reset/nonsense", "/accounts/invitation/nonsense", "/accounts/confirm/" + "x" * 3000])
def test_a_link_that_never_was_says_what_to_do(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert (page.status_code, "This link does not work any more" in page.text) == (410, True)


def test_a_link_for_one_purpose_is_none_for_another(client: FlaskClient, link: Link) -> None:
    sign_up(client)
    assert client.get(link().replace("/confirm/", "/reset/")).status_code == 410


def test_asking_for_a_new_password_answers_the_same_for_known_and_unknown(client: FlaskClient, salma: User, mails: Mails) -> None:
    answers = [(a.status_code, a.location, a.text) for a in (send(client, "/forgot", email=e) for e in (salma.email, "nobody@atlas.example"))]
    assert answers == [answers[0]] * 2
    assert mails() == [("salma@atlas.example", "accounts/reset")]


def test_a_new_password_ends_every_session_and_the_link(app: Flask, client: FlaskClient, salma: User, link: Link) -> None:
    other = app.test_client()
    send(other, "/sign-in", email=salma.email, password=PASSWORD)
    assert signed_in(other)
    send(client, "/forgot", email=salma.email)
    assert send(client, link(), password="trois petits tournevis").location == "/me"
    assert (signed_in(client), signed_in(other)) == (True, False)
    assert client.get(link()).status_code == 410


def test_a_new_password_ends_the_older_links_too(client: FlaskClient, salma: User, link: Link) -> None:
    send(client, "/forgot", email=salma.email)
    first = link()
    send(client, "/forgot", email=salma.email)
    send(client, link(), password="trois petits tournevis")
    assert client.get(first).status_code == 410


def test_a_reset_link_lasts_an_hour(client: FlaskClient, salma: User, link: Link) -> None:
    now = datetime.now(UTC)
    entering.ask_for_reset(salma.email, "en", now=now)
    secret = link().rsplit("/", 1)[1]
    links.good_link(secret, "reset", now + timedelta(minutes=59))
    with pytest.raises(LinkStale):
        links.good_link(secret, "reset", now + timedelta(hours=1))


def test_who_never_confirmed_gets_the_confirmation_again(client: FlaskClient, mails: Mails) -> None:
    sign_up(client)
    send(client, "/forgot", email="new@atlas.example")
    assert mails() == [("new@atlas.example", "accounts/confirm")] * 2


def test_a_disabled_account_gets_no_mail_and_its_links_open_nothing(client: FlaskClient, salma: User, olga: User, mails: Mails, link: Link) -> None:
    send(client, "/forgot", email=salma.email)
    roles.disable_user(salma.id, actor_id=olga.id, now=EIGHT)
    assert client.get(link()).status_code == 410
    for path, fields in (("/forgot", {}), ("/sign-up", {"name": "S"})):
        assert send(client, path, email=salma.email, **fields).location == "/accounts/mailed"
    assert len(mails()) == 1


def test_nobodys_mailbox_is_filled_from_our_pages(client: FlaskClient, mails: Mails) -> None:
    for _ in range(links.MOST_AN_HOUR + 3):
        sign_up(client)
    assert mails() == [("new@atlas.example", "accounts/confirm")] * links.MOST_AN_HOUR


def test_the_database_keeps_no_link_that_opens_anything(client: FlaskClient, link: Link) -> None:
    sign_up(client)
    assert db.session.scalars(select(AccountLink.secret_hash)).one() != link().rsplit("/", 1)[1]
    assert client.get(f"/accounts/confirm/{db.session.scalars(select(AccountLink.secret_hash)).one()}").status_code == 410


def test_an_operation_finds_or_makes_the_account_of_an_address(app: Flask, salma: User, mails: Mails) -> None:
    now = datetime.now(UTC)
    made = user_for_address("New@Atlas.example", "Nora", "ar", next_path="/exhibitor/sistep-2018/1/", edition_id=None, now=now)
    again = user_for_address("new@atlas.example", "Other", "fr", next_path="/me", edition_id=None, now=now)
    known = user_for_address(salma.email, "Mallory", "fr", next_path="/me", edition_id=None, now=now)
    assert (made.id, made.name, made.language, made.confirmed_at) == (again.id, "Nora", "ar", None)
    assert (known.id, known.name) == (salma.id, "Salma Alaoui")
    assert mails() == [("new@atlas.example", "accounts/confirm")] * 2 + [("salma@atlas.example", "accounts/sign_in_to_continue")]
