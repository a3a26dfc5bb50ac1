"""Loaders of agreements; those to change are locked until the operation ends."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from eventapp.agreements.models import Agreement, AgreementKind, Party, Signatory
from eventapp.agreements.rules import same_title
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.programme.models import ProgrammeSession


def whole() -> tuple[ORMOption, ...]:
    """Load with an agreement its parties, who signs for them, and its signing with the room."""
    people = selectinload(Party.signatories).joinedload(Signatory.person)
    parties = selectinload(Agreement.parties).options(joinedload(Party.organisation), people)
    return parties, joinedload(Agreement.session).joinedload(ProgrammeSession.room)


def agreement_of_edition(edition_id: int, agreement_id: int) -> Agreement:
    """Load an agreement of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(Agreement).options(*whole()).where(Agreement.id == agreement_id, Agreement.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def agreement_to_change(agreement_id: int) -> Agreement:
    """Load an agreement, locked until the operation ends."""
    locked = select(Agreement).where(Agreement.id == agreement_id).with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(locked.options(selectinload(Agreement.parties).selectinload(Party.signatories)))
    if found is None:
        raise NotThere
    return found


def agreement_of_session(session_id: int) -> Agreement | None:
    """Load the agreement that a session of the programme is the signing of, locked until the operation ends."""
    return db.session.scalar(select(Agreement).where(Agreement.session_id == session_id).with_for_update().execution_options(populate_existing=True))


def edition_to_add_to(edition_id: int) -> Edition:
    """Load an edition, so that one operation at a time records agreements in it; who only refers to it need not wait."""
    return db.session.scalars(select(Edition).where(Edition.id == edition_id).with_for_update(key_share=True)).one()


def twin_of(edition_id: int, kind: AgreementKind, title: Mapping[str, str], organisation_ids: set[int], but: int | None = None) -> Agreement | None:
    """Find an agreement of the same kind, title and parties, other than one."""
    first = min(organisation_ids)
    query = select(Agreement).options(selectinload(Agreement.parties)).where(Agreement.edition_id == edition_id, Agreement.kind == kind, Agreement.id != (but or 0))
    found = db.session.scalars(query.where(Agreement.parties.any(Party.organisation_id == first)).order_by(Agreement.id))
    return next((one for one in found if {party.organisation_id for party in one.parties} == organisation_ids and same_title(one.title, title)), None)
