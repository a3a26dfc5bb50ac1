"""What doctor asks about agreements."""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select

from eventapp.agreements.models import Agreement, AgreementState, Party, Signatory
from eventapp.agreements.rules import LEAST_PARTIES
from eventapp.core.db import db
from eventapp.programme.models import ProgrammeSession, SessionKind, SessionPerson, StageRole


def broken_agreements() -> list[str]:
    """List agreements without two parties, and scheduled ones in which nobody signs for a party: a breach."""
    parties = func.count(Party.id)
    few = select(Agreement.id, parties).outerjoin(Party, Party.agreement_id == Agreement.id).group_by(Agreement.id).having(parties < LEAST_PARTIES).order_by(Agreement.id)
    unsigned = select(Agreement.id, Party.id).join(Party, Party.agreement_id == Agreement.id).where(Agreement.state == AgreementState.SCHEDULED, ~Party.signatories.any())
    found = [f"agreement {agreement_id} has {count} parties" for agreement_id, count in db.session.execute(few)]
    return found + [f"agreement {agreement_id} is scheduled, and nobody signs for party {party_id}" for agreement_id, party_id in db.session.execute(unsigned.order_by(Party.id))]


def wrong_signings() -> list[str]:
    """List scheduled agreements whose session is not a scheduled signing of the same edition: a breach."""
    query = select(Agreement, ProgrammeSession).join(ProgrammeSession, ProgrammeSession.id == Agreement.session_id).where(Agreement.state == AgreementState.SCHEDULED)
    found = []
    for agreement, session in db.session.execute(query.order_by(Agreement.id)):
        if session.edition_id != agreement.edition_id:
            found.append(f"agreement {agreement.id} and its session {session.id} are of two editions")
        elif (session.kind, session.state) != (SessionKind.SIGNING, "scheduled"):
            found.append(f"agreement {agreement.id} is scheduled, and its session {session.id} is a {session.state} {session.kind}")
    return found


def wrong_signatories() -> list[str]:
    """List scheduled sessions whose signatories are not those of their agreement, or that have some and no scheduled agreement: a breach."""
    agreed: dict[Any, list[Any]] = defaultdict(list)
    there: dict[Any, list[Any]] = defaultdict(list)
    signing = (
        select(Agreement.session_id, Signatory.person_id, Party.organisation_id).join(Party, Party.agreement_id == Agreement.id).join(Signatory, Signatory.party_id == Party.id)
    )
    signing = signing.where(Agreement.state == AgreementState.SCHEDULED)
    for session_id, *who in db.session.execute(signing.order_by(Party.position, Signatory.position)):
        agreed[session_id].append(who)
    on_stage = select(SessionPerson.session_id, SessionPerson.person_id, SessionPerson.organisation_id).join(ProgrammeSession, ProgrammeSession.id == SessionPerson.session_id)
    on_stage = on_stage.where(SessionPerson.role == StageRole.SIGNATORY, ProgrammeSession.state == "scheduled")
    for session_id, *whom in db.session.execute(on_stage.order_by(SessionPerson.position, SessionPerson.id)):
        there[session_id].append(whom)
    return [f"session {one}: its signatories are not those of its agreement" for one in sorted({*agreed, *there}) if agreed.get(one) != there.get(one)]
