"""The signing of an agreement: a session of the programme, with the people who sign."""

from datetime import datetime

from eventapp.agreements import queries, rules
from eventapp.agreements.errors import NotScheduled, SignatoryMissing
from eventapp.agreements.models import Agreement, AgreementState
from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Edition
from eventapp.programme.models import ProgrammeSession, SessionKind, StageRole
from eventapp.programme.operations import add_session, change_session, place_session, set_signatories, take_off_programme
from eventapp.programme.rules import Details, OnStage, Placement

Said = tuple[dict[str, str], dict[str, str]]  # title, subject


def schedule_signing(  # noqa: PLR0913 - all that a signing is
    agreement_id: int,
    placement: Placement,
    *,
    words: Details | None = None,
    slug: str | None = None,
    even_closed: bool = True,
    version: int | None = None,
    seen: int | None = None,
    actor_id: int | None,
    now: datetime,
) -> Agreement:
    """Give the signing its time and room, or move it; what collides is refused by name. `words` are the session's own, else the agreement's.

    Without `even_closed` a time outside the opening hours is refused. `version` is the agreement's and `seen` the session's that the page showed: a move changes the session alone, here and in the programme.
    """
    with transaction():
        agreement = queries.agreement_to_change(agreement_id)
        if version is not None and agreement.version != version:
            raise ChangedMeanwhile
        _somebody_signs(agreement)
        was = agreement.state
        if agreement.session_id is None:
            agreement.session_id = add_session(agreement.edition_id, words or _words(agreement), is_example=agreement.is_example, slug=slug, actor_id=actor_id, now=now).id
        if was == AgreementState.PROPOSED:
            _make_ready(agreement.session_id, actor_id, now)
            set_signatories(agreement.session_id, on_stage(agreement), actor_id=actor_id, now=now)
        place_session(agreement.session_id, placement, even_closed=even_closed, version=seen if was == AgreementState.SCHEDULED else None, actor_id=actor_id, now=now)
        agreement.state = AgreementState.SCHEDULED
        action = "agreement.scheduled" if was == AgreementState.PROPOSED else "agreement.moved"
        record(action, "agreement", agreement_id, actor_id=actor_id, at=now, edition_id=agreement.edition_id, session_id=agreement.session_id)
        db.session.flush()
    return agreement


def _somebody_signs(agreement: Agreement) -> None:
    for party in agreement.parties:
        if not party.signatories:
            raise SignatoryMissing(name=rules.names_of(party.organisation.name, party.organisation.name_ar))


def _words(agreement: Agreement) -> Details:
    """Write what the session says: the agreement's title and subject, in the edition's first language."""
    edition = db.session.get_one(Edition, agreement.edition_id)
    return Details(SessionKind.SIGNING, agreement.title, agreement.subject, tuple(edition.languages[:1]))


def _make_ready(session_id: int, actor_id: int | None, now: datetime) -> None:
    """Make the session a draft and a signing again, should the programme manager have given it a time or another kind meanwhile."""
    session = db.session.get_one(ProgrammeSession, session_id)
    if session.state == "scheduled":
        take_off_programme(session_id, actor_id=actor_id, now=now)
    if session.kind != SessionKind.SIGNING:
        change_session(session_id, Details(SessionKind.SIGNING, session.title, session.abstract, tuple(session.languages)), actor_id=actor_id, now=now)


def on_stage(agreement: Agreement) -> list[OnStage]:
    """List who signs, as the programme holds it: party after party."""
    return [OnStage(one.person_id, StageRole.SIGNATORY, party.organisation_id, one.capacity) for party in agreement.parties for one in party.signatories]


def show_in_programme(agreement: Agreement, said: Said, actor_id: int | None, now: datetime) -> None:
    """Let the signing follow its agreement: who signs, and its words where they were still the agreement's."""
    session = db.session.get_one(ProgrammeSession, agreement.session_id)
    set_signatories(session.id, on_stage(agreement), actor_id=actor_id, now=now)
    title, abstract = (
        new if old == now_there else now_there for old, now_there, new in zip(said, (session.title, session.abstract), (agreement.title, agreement.subject), strict=True)
    )
    change_session(session.id, Details(SessionKind.SIGNING, title, abstract, tuple(session.languages)), actor_id=actor_id, now=now)


def unschedule_signing(agreement_id: int, *, version: int | None = None, actor_id: int | None, now: datetime) -> Agreement:
    """Take the signing out of the programme: time, room and people are free; the session stays as a draft, with its address."""
    with transaction():
        agreement = queries.agreement_to_change(agreement_id)
        if version is not None and agreement.version != version:
            raise ChangedMeanwhile
        if agreement.state != AgreementState.SCHEDULED or agreement.session_id is None:
            raise NotScheduled(title=agreement.title)
        take_off_programme(agreement.session_id, actor_id=actor_id, now=now)  # and the agreement follows, as when the programme manager does it
    return agreement


def signing_left_programme(session: ProgrammeSession, *, actor_id: int | None, now: datetime) -> None:
    """Make an agreement proposed again whose session left the programme; a cancelled session is no longer its own."""
    with transaction():
        agreement = queries.agreement_of_session(session.id)
        if agreement is None:
            return
        if session.state == "cancelled":
            agreement.session_id = None
        else:
            set_signatories(session.id, [], actor_id=actor_id, now=now)
        if agreement.state == AgreementState.SCHEDULED:
            agreement.state = AgreementState.PROPOSED
            record("agreement.unscheduled", "agreement", agreement.id, actor_id=actor_id, at=now, edition_id=agreement.edition_id, session_id=session.id)
        db.session.flush()
