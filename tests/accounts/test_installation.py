"""All accounts of the installation, for its owner."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import Role, User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.editions.models import Edition
from tests.support.browsing import send, sign_in_as
from tests.support.cast import grant, make_user
from tests.support.statements import statements

ACCOUNTS = "/organiser/accounts"


def test_the_owner_finds_every_account(client: FlaskClient, olga: User, adil: User, nadia: User, stranger: User) -> None:
    sign_in_as(client, olga)
    names = ("olga@", "adil@", "nadia@", "stranger@")
    found = {
        query: [name for name in names if name in client.get(f"{ACCOUNTS}{query}").text] for query in ("", "?q=ADIL", "?q=stranger%40show", "?q=%25", "?state=owner", "?state=x")
    }
    assert found == {"": list(names), "?q=ADIL": ["adil@"], "?q=stranger%40show": ["stranger@"], "?q=%25": [], "?state=owner": ["olga@"], "?state=x": list(names)}


def test_a_disabled_account_is_out_at_once_and_can_be_let_in_again(client: FlaskClient, olga: User, stranger: User) -> None:
    browser = client.application.test_client()
    assert sign_in_as(browser, stranger).get("/account").status_code == 200
    answer = send(sign_in_as(client, olga), f"{ACCOUNTS}?q=sam", to=f"{ACCOUNTS}/{stranger.id}/disable?q=sam")
    assert (answer.location, browser.get("/account").status_code) == (f"{ACCOUNTS}?q=sam", 302)
    assert "stranger@" in client.get(f"{ACCOUNTS}?state=disabled").text
    assert send(client, ACCOUNTS, to=f"{ACCOUNTS}/{stranger.id}/enable").location == ACCOUNTS
    assert db.session.get_one(User, stranger.id).disabled_at is None
    acts = db.session.execute(select(AuditEntry.action, AuditEntry.subject_id, AuditEntry.actor_id).order_by(AuditEntry.id)).all()
    assert acts == [("user.disabled", stranger.id, olga.id), ("user.enabled", stranger.id, olga.id)]


def test_the_owner_cannot_lock_themself_out(client: FlaskClient, olga: User, stranger: User) -> None:
    assert send(sign_in_as(client, olga), ACCOUNTS, to=f"{ACCOUNTS}/{olga.id}/disable").status_code == 409
    assert db.session.get_one(User, olga.id).disabled_at is None


def test_nobody_else_finds_the_list(client: FlaskClient, adil: User, stranger: User) -> None:
    assert client.get(ACCOUNTS).location == f"/sign-in?next={ACCOUNTS}"
    assert [sign_in_as(client, user).get(ACCOUNTS).status_code for user in (adil, stranger)] == [404, 404]
    assert send(client, "/account", to=f"{ACCOUNTS}/{adil.id}/disable").status_code == 404


def test_a_missing_account_is_not_there(client: FlaskClient, olga: User) -> None:
    assert [send(sign_in_as(client, olga), "/account", to=f"{ACCOUNTS}/999999/{act}").status_code for act in ("disable", "enable")] == [404, 404]


@pytest.mark.parametrize("odd", ["?q=%00", "?q=" + "x" * 5000, "?page=x", "?q=%E2%80%AE%5C_", "?state=%00"])
def test_odd_addresses_break_nothing(client: FlaskClient, olga: User, odd: str) -> None:
    assert sign_in_as(client, olga).get(f"{ACCOUNTS}{odd}").status_code == 200


def test_the_list_costs_the_same_queries_for_one_and_for_many(client: FlaskClient, olga: User, sistep: Edition) -> None:
    sign_in_as(client, olga).get(ACCOUNTS)
    counts, edition_id = [], sistep.id
    for number in range(3):
        grant(make_user(f"m{number}@show.example", f"Member {number}"), db.session.get_one(Edition, edition_id), Role.PRESS)
        db.session.remove()
        with statements() as seen:
            assert client.get(ACCOUNTS).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[2]
