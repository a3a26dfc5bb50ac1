"""An edition's team: who sees it, who changes it, and what stays possible."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from eventapp.accounts import roles
from eventapp.accounts.access import roles_in
from eventapp.accounts.errors import LastAdministrator
from eventapp.accounts.models import Role, User
from eventapp.accounts.queries import wrong_accounts
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.mail.models import OutgoingMail
from tests.support.browsing import send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user

TEAM = "/organiser/sistep-2018/team"


def held(user: User, edition: Edition) -> frozenset[Role]:
    db.session.rollback()
    return roles_in(db.session.get_one(User, user.id), edition.id)


def test_the_team_is_listed_with_roles_and_without_anybody_else(client: FlaskClient, adil: User, nadia: User, salma: User, stranger: User, sistep: Edition) -> None:
    grant(salma, sistep, Role.PROTOCOL_OFFICER)
    page = sign_in_as(client, adil).get(TEAM).text
    assert ["Adil Administrator" in page, "Salma Alaoui" in page, "Protocol officer" in page] == [True, True, True]
    assert ["nadia@show.example" in page, "stranger@show.example" in page] == [False, False]


@pytest.mark.parametrize("path", [TEAM, f"{TEAM}/1"])
def test_strangers_and_neighbours_find_no_team(client: FlaskClient, sistep: Edition, nadia: User, path: str) -> None:
    assert client.get(path).location == f"/sign-in?next={path}"
    assert sign_in_as(client, nadia).get(path).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_the_other_roles_may_not_look_at_the_team(client: FlaskClient, salma: User, sistep: Edition, role: Role) -> None:
    grant(salma, sistep, role)
    assert sign_in_as(client, salma).get(TEAM).status_code == 403


def test_the_owner_of_the_installation_is_administrator_everywhere(client: FlaskClient, olga: User, sistep: Edition, other_edition: Edition) -> None:
    sign_in_as(client, olga)
    assert [client.get(f"/organiser/{slug}/team").status_code for slug in ("sistep-2018", "sistep-2025")] == [200, 200]


def test_inviting_sends_a_mail_in_the_language_chosen(client: FlaskClient, adil: User, sistep: Edition) -> None:
    answer = send(sign_in_as(client, adil), TEAM, email=" New@Press.example ", role="press", language="ar")
    assert answer.location == TEAM
    (mail,) = db.session.scalars(select(OutgoingMail)).all()
    assert (mail.to, mail.template, mail.language, mail.edition_id, mail.values["role"]) == ("new@press.example", "accounts/invitation", "ar", sistep.id, "press")
    page = client.get(TEAM).text
    assert ["new@press.example" in page, "Invited, not there yet" in page] == [True, True]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"email": "", "role": "press", "language": "fr"}, "Enter the e-mail address of the person you invite."),
        ({"email": "x", "role": "press", "language": "fr"}, "Enter an e-mail address as in name@company.example."),
        ({"email": "a@b.example", "role": "", "language": "fr"}, "Choose a role."),
        ({"email": "a@b.example", "role": "owner", "language": "fr"}, "Not a valid choice."),
        (
            {"email": "adil@show.example", "role": "administrator", "language": "fr"},
            "adil@show.example is on the team already. To change the roles, open the name in the list of the team.",
        ),
    ],
)
def test_a_bad_invitation_is_explained_and_not_sent(client: FlaskClient, adil: User, sistep: Edition, fields: dict[str, str], message: str) -> None:
    page = send(sign_in_as(client, adil), TEAM, **fields)
    assert (page.status_code, message in page.text) == (422, True)
    assert db.session.scalars(select(OutgoingMail.id)).all() == []


def test_roles_are_changed_together_and_written_down(client: FlaskClient, adil: User, salma: User, sistep: Edition) -> None:
    grant(salma, sistep, Role.PRESS)
    assert send(sign_in_as(client, adil), f"{TEAM}/{salma.id}", roles=["finance", "help_desk"]).location == TEAM
    assert held(salma, sistep) == {Role.FINANCE, Role.HELP_DESK}
    trail = db.session.execute(select(AuditEntry.action, AuditEntry.details, AuditEntry.actor_id).order_by(AuditEntry.id)).all()
    assert [(action, details["role"], actor) for action, details, actor in trail] == [
        ("role.withdrawn", "press", adil.id),
        ("role.granted", "finance", adil.id),
        ("role.granted", "help_desk", adil.id),
    ]


def test_without_any_role_somebody_leaves_the_team(client: FlaskClient, adil: User, salma: User, sistep: Edition) -> None:
    grant(salma, sistep, Role.PRESS)
    send(sign_in_as(client, adil), f"{TEAM}/{salma.id}")
    assert held(salma, sistep) == set()
    assert client.get(f"{TEAM}/{salma.id}").location == TEAM
    assert "This person is not on the team any more." in client.get(TEAM).text


def test_changing_roles_here_leaves_those_of_other_editions_alone(client: FlaskClient, adil: User, salma: User, sistep: Edition, other_edition: Edition) -> None:
    grant(grant(salma, sistep, Role.PRESS), other_edition, Role.PRESS)
    send(sign_in_as(client, adil), f"{TEAM}/{salma.id}", roles=["finance"])
    assert (held(salma, sistep), held(salma, other_edition)) == (frozenset({Role.FINANCE}), frozenset({Role.PRESS}))


def test_nobody_is_added_through_the_page_of_a_member(client: FlaskClient, adil: User, stranger: User, nadia: User, sistep: Edition) -> None:
    sign_in_as(client, adil)
    token = client.get(TEAM).text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    for user in (stranger, nadia):
        assert client.post(f"{TEAM}/{user.id}", data={"csrf_token": token, "roles": ["press"]}).status_code == 404
        assert held(user, sistep) == set()


def test_a_role_that_does_not_exist_is_refused(client: FlaskClient, adil: User, salma: User, sistep: Edition) -> None:
    grant(salma, sistep, Role.PRESS)
    assert send(sign_in_as(client, adil), f"{TEAM}/{salma.id}", roles=["press", "owner"]).status_code == 422
    assert held(salma, sistep) == {Role.PRESS}


def test_the_last_administrator_cannot_leave(client: FlaskClient, adil: User, sistep: Edition) -> None:
    page = send(sign_in_as(client, adil), f"{TEAM}/{adil.id}", roles=["press"])
    assert (page.status_code, "This is the last administrator of the edition." in page.text) == (422, True)
    assert held(adil, sistep) == {Role.ADMINISTRATOR}


def test_a_disabled_administrator_does_not_count_as_the_other_one(adil: User, salma: User, olga: User, sistep: Edition) -> None:
    grant(salma, sistep, Role.ADMINISTRATOR)
    roles.disable_user(salma.id, actor_id=olga.id, now=EIGHT)
    with pytest.raises(LastAdministrator):
        roles.set_roles(adil.id, sistep.id, [], actor_id=adil.id, now=EIGHT)
    roles.enable_user(salma.id, actor_id=olga.id, now=EIGHT)
    roles.set_roles(adil.id, sistep.id, [], actor_id=adil.id, now=EIGHT)
    assert held(adil, sistep) == set()


def test_only_the_owner_disables_an_account_and_not_their_own(client: FlaskClient, adil: User, olga: User, salma: User, sistep: Edition) -> None:
    grant(grant(salma, sistep, Role.PRESS), sistep, Role.FINANCE)
    assert send(sign_in_as(client, adil), TEAM, to=f"{TEAM}/{salma.id}/disable").status_code == 404
    assert db.session.get_one(User, salma.id).disabled_at is None
    sign_in_as(client, olga)
    grant(olga, sistep, Role.PRESS)
    assert send(client, TEAM, to=f"{TEAM}/{salma.id}/disable").location == TEAM
    assert db.session.get_one(User, salma.id).disabled_at is not None
    assert "Disabled" in client.get(TEAM).text
    assert send(client, TEAM, to=f"{TEAM}/{salma.id}/enable").location == TEAM
    assert db.session.get_one(User, salma.id).disabled_at is None
    assert send(client, TEAM, to=f"{TEAM}/{olga.id}/disable").status_code == 409
    assert db.session.get_one(User, olga.id).disabled_at is None


def test_the_list_costs_the_same_queries_for_one_and_for_many(client: FlaskClient, adil: User, sistep: Edition) -> None:
    sign_in_as(client, adil)
    client.get(TEAM)
    counts = []
    for more in (0, 3):
        for number in range(more):
            grant(make_user(f"m{number}@show.example", f"Member {number}"), sistep, Role.PRESS)
        seen: list[str] = []
        listen = lambda *args: seen.append(args[2])  # noqa: E731, B023
        event.listen(db.engine, "before_cursor_execute", listen)
        assert client.get(TEAM).status_code == 200
        event.remove(db.engine, "before_cursor_execute", listen)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_doctor_finds_accounts_that_contradict_themselves(app: Flask, salma: User) -> None:
    assert wrong_accounts() == []
    with transaction():
        user = db.session.get_one(User, salma.id)
        user.confirmed_at = None
    assert wrong_accounts() == [f"user {salma.id} has no proper address, or a password or ownership without a confirmed one"]
