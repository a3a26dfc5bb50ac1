"""Somebody asks to act for an organisation that is known already: its owner answers, or the organiser after three days."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table

from eventapp.accounts.models import User
from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.errors import AlreadyTheirPeople, RequestAnswered
from eventapp.exhibitors.models import JoinRequest, JoinState
from eventapp.exhibitors.models.joining import ONE_OPEN
from eventapp.exhibitors.operations.team import add_member
from eventapp.exhibitors.queries import joining as queries
from eventapp.exhibitors.queries import living_application, team
from eventapp.jobs.queue import enqueue
from eventapp.mail.outbox import queue_mail
from eventapp.organisations.queries import organisation as load_organisation

OWNER_HAS = timedelta(days=3)


def ask_to_join(edition_id: int, organisation_id: int, user_id: int, *, message: str = "", now: datetime) -> JoinRequest:
    """Ask an organisation's owner by mail, or the organiser where there is none; asked once more while it is open, it stays one question. `now` is real time."""
    with transaction():
        organisation = load_organisation(organisation_id)
        living = living_application(edition_id, organisation_id)
        if user_id in {user.id for _member, user in (team(living.id) if living else ())}:
            raise AlreadyTheirPeople(organisation=organisation.name)
        row = {"edition_id": edition_id, "organisation_id": organisation_id, "user_id": user_id, "state": "open", "message": message, "reason": "", "asked_at": now}
        new = insert_new(cast("Table", JoinRequest.__table__), [row], ["edition_id", "organisation_id", "user_id"], where=ONE_OPEN)
        asked = queries.request_of(user_id, edition_id, organisation_id)
        if asked is None:
            raise AssertionError("a request that was made a moment ago is gone")
        if new:
            record("organisation.join_asked", "organisation", organisation_id, actor_id=user_id, at=now, edition_id=edition_id)
            _send(asked, now)
    return asked


def _send(asked: JoinRequest, now: datetime) -> None:
    """Mail the question to the owner, and see to it that the organiser gets it in time; without an owner it is the organiser's at once."""
    owner = queries.owner_for(asked.edition_id, asked.organisation_id)
    if owner is None:
        _pass_on(asked, now)
        return
    edition = db.session.get_one(Edition, asked.edition_id)
    _mail(asked, owner.email, "exhibitors/join_asked", owner.language, path=f"/{edition.slug}/exhibit/requests/{asked.id}")
    enqueue("exhibitors.pass_on", asked.id, run_at=now + OWNER_HAS)


def _mail(asked: JoinRequest, to: str, template: str, language: str, *, path: str) -> None:
    whole = queries.asked(asked)
    edition = db.session.get_one(Edition, asked.edition_id)
    facts: dict[str, Any] = {"name": whole.user.name, "email": whole.user.email, "organisation": whole.organisation.name, "message": asked.message, "reason": asked.reason}
    queue_mail(to, template, language, edition_id=edition.id, path=path, contact=edition.contact_email, **facts)


def pass_on(request_id: int, *, now: datetime) -> None:
    """Let the organiser answer a request that its owner left lying; one that is answered stays as it is."""
    with transaction():
        asked = queries.request_to_change(request_id)
        if asked.state == JoinState.OPEN and asked.passed_on_at is None:
            _pass_on(asked, now)


def _pass_on(asked: JoinRequest, now: datetime) -> None:
    edition = db.session.get_one(Edition, asked.edition_id)
    asked.passed_on_at = now
    _mail(asked, edition.contact_email, "exhibitors/join_passed_on", edition.languages[0], path=f"/organiser/{edition.slug}/exhibitors/joining/{asked.id}")
    db.session.flush()


def answer_join(request_id: int, *, joins: bool, reason: str = "", actor_id: int, now: datetime, real_now: datetime) -> JoinRequest:
    """Let somebody act for the organisation, or not; of two answers at once the first counts. `now` is the show's time."""
    with transaction():
        asked = queries.request_to_change(request_id)
        if asked.state != JoinState.OPEN:
            raise RequestAnswered
        asked.state, asked.reason = JoinState.ACCEPTED if joins else JoinState.REFUSED, reason
        asked.answered_at, asked.answered_by = real_now, actor_id
        living = living_application(asked.edition_id, asked.organisation_id)
        if joins and living is not None:
            add_member(living.id, asked.user_id, now=now)
        act = "organisation.join_accepted" if joins else "organisation.join_refused"
        record(act, "organisation", asked.organisation_id, actor_id=actor_id, at=now, edition_id=asked.edition_id, user_id=asked.user_id)
        _tell(asked)
    return asked


def _tell(asked: JoinRequest) -> None:
    """Mail the answer to who asked."""
    db.session.flush()
    user, edition = db.session.get_one(User, asked.user_id), db.session.get_one(Edition, asked.edition_id)
    _mail(asked, user.email, f"exhibitors/join_{asked.state}", user.language, path=f"/{edition.slug}/exhibit/join/{asked.organisation_id}")
