"""From saved steps to an application."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.backoffice.queries.applications import unconfirmed
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.exhibitors import queries, rules
from eventapp.exhibitors.errors import AlreadyApplied, AlreadySent, AnswersChanged, RegistrationClosed, StepMissing
from eventapp.exhibitors.models import Exhibitor, ExhibitorMember
from eventapp.exhibitors.operations import save_step, submit_registration, withdraw
from eventapp.mail.models import OutgoingMail
from eventapp.organisations.errors import IceCheckDigits
from eventapp.organisations.models import Organisation
from eventapp.portal.queries import places_of
from eventapp.stands.queries import wishes_of
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT
from tests.support.exhibiting import answers, make_stand
from tests.support.racing import at_once

KEY = "a-browser's-key"


def fill(edition: Edition, key: str = KEY, **more: object) -> str:
    """Answer every step; return the mark of the answers."""
    for step, given in answers(**more).items():
        draft = save_step(edition.id, key, step, given, now=EIGHT)
    return rules.mark(draft.changed_at)


def submit(edition: Edition, key: str = KEY, *, seen: str = "", user_id: int | None = None) -> Exhibitor:
    return submit_registration(edition.id, key, seen=seen or rules.mark(EIGHT), user_id=user_id, now=EIGHT, real_now=EIGHT)


def sent() -> list[Exhibitor]:
    return list(db.session.scalars(select(Exhibitor).where(Exhibitor.state != "draft")))


def test_the_answers_of_each_step_are_kept_under_the_browsers_key(sistep: Edition, other_edition: Edition) -> None:
    fill(sistep)
    draft = queries.draft(sistep.id, KEY)
    assert draft is not None
    assert draft.answers == answers()
    assert draft.key_hash != KEY
    assert queries.draft(other_edition.id, KEY) is None
    assert queries.draft(sistep.id, "another key") is None
    assert queries.draft(sistep.id, None) is None


def test_going_back_changes_one_step_and_keeps_the_others(sistep: Edition) -> None:
    fill(sistep)
    save_step(sistep.id, KEY, "contact", {**answers()["contact"], "contact_name": "Brahim"}, now=EIGHT)
    draft = queries.draft(sistep.id, KEY)
    assert draft is not None
    assert draft.answers == {**answers(), "contact": {**answers()["contact"], "contact_name": "Brahim"}}


def test_an_ice_is_kept_as_fifteen_digits_and_a_wrong_one_is_refused(sistep: Edition) -> None:
    save_step(sistep.id, KEY, "organisation", answers(ice="001 561 191 000 066")["organisation"], now=EIGHT)
    with pytest.raises(IceCheckDigits):
        save_step(sistep.id, KEY, "organisation", answers(ice="001561191000065", name="Rif")["organisation"], now=EIGHT)
    db.session.expire_all()
    draft = queries.draft(sistep.id, KEY)
    assert draft is not None
    assert (draft.answers["organisation"]["ice"], draft.answers["organisation"]["name"]) == ("001561191000066", "Fonderie de l'Atlas")


def test_a_sent_registration_becomes_an_application_with_all_that_belongs_to_it(sistep: Edition) -> None:
    b12, b14 = make_stand(sistep, "B12"), make_stand(sistep, "B14")
    fill(sistep, wishes=[b14.id, b12.id], message="Near the door")
    exhibitor = submit(sistep)
    organisation = db.session.get_one(Organisation, exhibitor.organisation_id)
    assert (organisation.name, organisation.name_ar, organisation.ice, organisation.country) == ("Fonderie de l'Atlas", "مسبك الأطلس", "001561191000066", "MA")
    assert (exhibitor.state, exhibitor.edition_id, exhibitor.area_wished, exhibitor.message, exhibitor.submitted_at) == (
        "submitted",
        sistep.id,
        Decimal(18),
        "Near the door",
        EIGHT,
    )
    assert (exhibitor.public_name_ar, exhibitor.ice, exhibitor.sector, exhibitor.contact_email) == ("مسبك الأطلس", "001561191000066", "sheet_metal", "amina@atlas.example")
    assert exhibitor.reference.startswith("E-")
    assert len(exhibitor.reference) == 8
    owner = db.session.execute(select(User, ExhibitorMember.role).join(ExhibitorMember, ExhibitorMember.user_id == User.id)).one()
    assert (owner[0].email, owner[0].name, owner[0].confirmed_at, owner[1]) == ("amina@atlas.example", "Amina Benali", None, "owner")
    assert [line.number for line in wishes_of(exhibitor.id)] == ["B14", "B12"]
    path = f"/exhibitor/sistep-2018/{exhibitor.id}/"
    mails = {mail.template: mail for mail in db.session.scalars(select(OutgoingMail))}
    assert sorted(mails) == ["accounts/confirm", "exhibitors/received", "exhibitors/resume"]
    received = mails["exhibitors/received"]
    assert (received.to, received.language, received.values) == (
        "amina@atlas.example",
        "fr",
        {"name": "Fonderie de l'Atlas", "reference": exhibitor.reference, "path": path},
    )
    assert db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "exhibitor")).all() == ["exhibitor.submitted"]


def test_somebody_signed_in_owns_the_application_and_confirms_nothing(sistep: Edition, stranger: User) -> None:
    fill(sistep)
    exhibitor = submit(sistep, user_id=stranger.id)
    assert [(member.user_id, member.role) for member in exhibitor.members] == [(stranger.id, "owner")]
    assert sorted(db.session.scalars(select(OutgoingMail.template))) == ["exhibitors/received", "exhibitors/resume"]


def test_an_application_in_the_name_of_an_account_waits_for_its_own_link(client: FlaskClient, sistep: Edition, stranger: User) -> None:
    fill(sistep, contact_email=stranger.email)
    exhibitor = submit(sistep)
    home = f"/exhibitor/sistep-2018/{exhibitor.id}/"
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "exhibitors/received")).one()
    other = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "exhibitors/resume")).one()
    sign_in_as(client, stranger)
    assert (places_of(stranger), client.get(home).status_code, unconfirmed([exhibitor.id])) == ([], 404, {exhibitor.id})
    assert "Yes, I sent it" not in client.get(other.values["secret_path"]).text  # whoever filled it in may have had that link
    client.post(other.values["secret_path"], data={"csrf_token": csrf_of(client.get(mail.values["secret_path"]))})
    assert places_of(stranger) == []
    assert send(client, mail.values["secret_path"]).location == home
    assert ([place.exhibitor for place in places_of(stranger)], client.get(home).status_code, unconfirmed([exhibitor.id])) == ([exhibitor], 200, set())
    assert sorted(db.session.scalars(select(OutgoingMail.template))) == ["exhibitors/received", "exhibitors/resume"]


def test_sending_the_same_registration_twice_gives_the_same_application(sistep: Edition) -> None:
    fill(sistep)
    first = submit(sistep)
    assert submit(sistep).id == first.id
    assert len(sent()) == 1
    with pytest.raises(AlreadySent):
        save_step(sistep.id, KEY, "contact", answers()["contact"], now=EIGHT)


def test_a_double_click_sends_one_application(app: Flask, sistep: Edition) -> None:
    fill(sistep)
    edition_id = sistep.id
    got = at_once(app, [lambda: submit_registration(edition_id, KEY, seen=rules.mark(EIGHT), user_id=None, now=EIGHT, real_now=EIGHT).id] * 6)
    assert got == [one.id for one in sent()] * 6
    assert sorted(db.session.scalars(select(OutgoingMail.template))) == ["accounts/confirm", "exhibitors/received", "exhibitors/resume"]


def test_a_page_that_shows_older_answers_cannot_send(sistep: Edition) -> None:
    seen = fill(sistep)
    save_step(sistep.id, KEY, "contact", answers()["contact"], now=EIGHT + timedelta(seconds=1))
    with pytest.raises(AnswersChanged):
        submit(sistep, seen=seen)
    assert sent() == []


def test_a_registration_with_a_missing_step_or_without_a_draft_cannot_be_sent(sistep: Edition) -> None:
    with pytest.raises(StepMissing):
        submit(sistep)
    save_step(sistep.id, KEY, "organisation", answers()["organisation"], now=EIGHT)
    with pytest.raises(StepMissing):
        submit(sistep)
    assert sent() == []


@pytest.mark.parametrize("change", [{"exhibit_open": False}, {"exhibit_from": date(2018, 4, 13)}, {"exhibit_until": date(2018, 4, 11)}])
def test_a_closed_registration_takes_nothing(sistep: Edition, change: dict[str, object]) -> None:
    fill(sistep)
    with transaction():
        for name, value in change.items():
            setattr(sistep, name, value)
    with pytest.raises(RegistrationClosed):
        save_step(sistep.id, KEY, "contact", answers()["contact"], now=EIGHT)
    with pytest.raises(RegistrationClosed):
        submit(sistep)
    assert sent() == []


@pytest.mark.parametrize("again", [{}, {"ice": "", "name": "FONDERIE DE L'ATLAS"}, {"ice": "", "name": "مسبك الاطلس", "name_ar": ""}, {"name": "Another spelling"}])
def test_a_second_living_application_of_the_organisation_is_refused(sistep: Edition, again: dict[str, object]) -> None:
    fill(sistep)
    submit(sistep)
    fill(sistep, "another key", contact_email="brahim@atlas.example", **again)
    with pytest.raises(AlreadyApplied) as refusal:
        submit(sistep, "another key")
    assert refusal.value.facts == {"organisation": again.get("name", "Fonderie de l'Atlas"), "contact": "contact@show.example"}
    assert len(sent()) == 1
    assert db.session.scalars(select(User.email)).all() == ["amina@atlas.example"]


def test_after_a_withdrawal_the_organisation_may_apply_again(sistep: Edition) -> None:
    fill(sistep)
    withdraw(submit(sistep).id, actor_id=None, now=EIGHT)
    fill(sistep, "another key")
    assert submit(sistep, "another key").state == "submitted"


def test_the_same_organisation_may_apply_in_two_editions(sistep: Edition, other_edition: Edition) -> None:
    fill(sistep)
    fill(other_edition)
    assert submit(sistep).organisation_id == submit(other_edition).organisation_id


def test_a_wish_for_another_editions_stand_undoes_everything(sistep: Edition, other_edition: Edition) -> None:
    fill(sistep, wishes=[make_stand(other_edition, "B12").id])
    with pytest.raises(NotThere):
        submit(sistep)
    assert sent() == []
    assert db.session.scalars(select(Organisation)).all() == []
    assert db.session.scalars(select(OutgoingMail.template)).all() == ["exhibitors/resume"]


def test_doctor_finds_an_exhibitor_without_an_owner(sistep: Edition, eight_o_clock: datetime) -> None:
    fill(sistep)
    exhibitor_id = submit(sistep).id
    assert queries.without_one_owner() == []
    with transaction():
        db.session.scalars(select(ExhibitorMember)).one().role = "member"
    assert queries.without_one_owner() == [f"exhibitor {exhibitor_id} has 0 owners"]
