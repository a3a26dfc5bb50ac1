"""Invitations: new people and known ones accept them, once; what they were for happens in the same transaction."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts import invitations
from eventapp.accounts.access import roles_in
from eventapp.accounts.errors import AlreadyOnTeam
from eventapp.accounts.models import Invitation, Role, RoleGrant, User
from eventapp.accounts.people import user_by_email
from eventapp.accounts.signals import invitation_accepted
from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.editions.models import Edition
from tests.support.browsing import send, sign_in_as
from tests.support.cast import PASSWORD, grant

Link = Callable[[], str]


def invite(adil: User, edition: Edition, email: str = "new@press.example", role: Role = Role.PRESS, days_ago: int = 0) -> Invitation:
    now = datetime.now(UTC) - timedelta(days=days_ago)
    return invitations.invite(email, "role", edition.id, {"role": role.value}, "fr", actor_id=adil.id, now=now)


def invite_for_exhibitor(adil: User, edition: Edition, email: str = "new@press.example") -> Invitation:
    subject = {"exhibitor_id": 5, "role": "member", "name": "Atlas Usinage"}
    return invitations.invite(email, "exhibitor", edition.id, subject, "fr", actor_id=adil.id, now=datetime.now(UTC))


@pytest.fixture
def heard(app: Flask) -> Iterator[list[tuple[Any, str]]]:
    """What the rooms above were told, in place of their receivers."""
    told: list[tuple[Any, str]] = []
    real = dict(invitation_accepted.receivers)
    invitation_accepted.receivers.clear()

    def listen(_sender: object, invitation: Invitation, user: User, **_more: object) -> None:
        told.append((invitation.subject["exhibitor_id"], user.email))

    invitation_accepted.connect(listen)
    yield told
    invitation_accepted.disconnect(listen)
    invitation_accepted.receivers.update(real)


def test_a_new_person_accepts_with_a_name_and_a_password(client: FlaskClient, adil: User, sistep: Edition, link: Link) -> None:
    invite(adil, sistep)
    page = client.get(link())
    assert (page.status_code, "Press officer" in page.text, "new@press.example" in page.text) == (200, True, True)
    assert send(client, link(), name="Nora", password=PASSWORD).location == "/me"
    user = user_by_email("new@press.example")
    assert user is not None
    assert (user.name, roles_in(user, sistep.id)) == ("Nora", frozenset({Role.PRESS}))
    assert client.get("/account").status_code == 200
    assert client.get(link()).status_code == 410


def test_opening_an_invitation_does_not_accept_it(client: FlaskClient, adil: User, sistep: Edition, link: Link, salma: User) -> None:
    invite(adil, sistep, salma.email)
    sign_in_as(client, salma)
    for _ in range(2):
        assert client.get(link()).status_code == 200
    assert roles_in(db.session.get_one(User, salma.id), sistep.id) == set()


def test_somebody_signed_in_accepts_with_a_button(client: FlaskClient, adil: User, sistep: Edition, link: Link, salma: User) -> None:
    invite(adil, sistep, salma.email)
    assert "Accept as Salma Alaoui" in sign_in_as(client, salma).get(link()).text
    assert send(client, link()).location == "/me"
    assert roles_in(db.session.get_one(User, salma.id), sistep.id) == {Role.PRESS}


def test_a_known_address_has_to_sign_in_first(client: FlaskClient, adil: User, sistep: Edition, link: Link, salma: User) -> None:
    invite(adil, sistep, salma.email)
    page = client.get(link())
    assert f"/sign-in?next={link()}" in page.text
    assert 'name="password"' not in page.text
    token = client.get("/sign-in").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    client.post(link(), data={"csrf_token": token, "name": "Mallory", "password": "trois petits tournevis"})
    assert client.get("/account").status_code == 302
    assert db.session.get_one(User, salma.id).name == "Salma Alaoui"


def test_somebody_signed_in_under_another_address_is_told_so(client: FlaskClient, adil: User, sistep: Edition, link: Link, salma: User) -> None:
    invite(adil, sistep)
    page = sign_in_as(client, salma).get(link())
    assert "The invitation went to <bdi>new@press.example</bdi>; you are signed in as <bdi>salma@atlas.example</bdi>." in page.text


def test_an_expired_invitation_says_what_to_do(client: FlaskClient, adil: User, sistep: Edition, link: Link) -> None:
    invite(adil, sistep, days_ago=15)
    page = client.get(link())
    assert (page.status_code, "Ask who invited you for a new one." in page.text) == (410, True)


def test_a_withdrawn_invitation_opens_nothing(client: FlaskClient, adil: User, sistep: Edition, link: Link) -> None:
    sent = invite(adil, sistep)
    assert send(sign_in_as(client, adil), "/organiser/sistep-2018/team", to=f"/organiser/sistep-2018/team/invitations/{sent.id}/withdraw").status_code == 302
    assert client.get(link()).status_code == 410
    assert send(client, "/organiser/sistep-2018/team", to=f"/organiser/sistep-2018/team/invitations/{sent.id}/withdraw").location == "/organiser/sistep-2018/team"
    assert "This invitation is not open any more: it was accepted or withdrawn." in client.get("/organiser/sistep-2018/team").text


def test_a_second_invitation_to_the_same_replaces_the_first(client: FlaskClient, adil: User, sistep: Edition, link: Link) -> None:
    invite(adil, sistep)
    first = link()
    invite(adil, sistep)
    assert [client.get(first).status_code, client.get(link()).status_code] == [410, 200]
    assert len(invitations.open_invitations("role", sistep.id)) == 1


def test_who_is_on_the_team_is_not_invited_to_it(adil: User, sistep: Edition, salma: User) -> None:
    grant(salma, sistep, Role.PRESS)
    for role in (Role.PRESS, Role.FINANCE):
        with pytest.raises(AlreadyOnTeam):
            invite(adil, sistep, "SALMA@atlas.example", role)
    assert db.session.scalars(select(Invitation.id)).all() == []


def test_accepting_for_an_exhibitor_tells_the_exhibitors_room(client: FlaskClient, adil: User, sistep: Edition, link: Link, heard: list[tuple[Any, str]]) -> None:
    invite_for_exhibitor(adil, sistep)
    assert "Join the team of Atlas Usinage" in client.get(link()).text
    assert send(client, link(), name="Nora", password=PASSWORD).location == "/me"
    assert heard == [(5, "new@press.example")]
    assert db.session.scalars(select(RoleGrant.user_id).where(RoleGrant.user_id != adil.id)).all() == []


def test_when_the_exhibitors_room_refuses_nothing_of_the_acceptance_stays(adil: User, sistep: Edition, link: Link, heard: list[tuple[Any, str]]) -> None:
    def refuse(_sender: object, **_more: object) -> None:
        raise Refusal

    invite_for_exhibitor(adil, sistep)
    invitation_accepted.connect(refuse)
    with pytest.raises(Refusal):
        invitations.accept_as_new(link().rsplit("/", 1)[1], name="Nora", password=PASSWORD, language="fr", now=datetime.now(UTC))
    invitation_accepted.disconnect(refuse)
    assert user_by_email("new@press.example") is None
    assert db.session.scalars(select(Invitation.accepted_at)).all() == [None]


def test_a_weak_password_keeps_the_name_and_the_invitation(client: FlaskClient, adil: User, sistep: Edition, link: Link) -> None:
    invite(adil, sistep)
    page = send(client, link(), name="Nora Press", password="azertyuiop")
    assert (page.status_code, "This password is one of the first" in page.text, 'value="Nora Press"' in page.text) == (422, True, True)
    assert client.get(link()).status_code == 200
