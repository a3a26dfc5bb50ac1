"""Agreements, recorded as a protocol officer would."""

from collections.abc import Sequence

from eventapp.agreements import operations, queries
from eventapp.agreements.models import Agreement, AgreementKind
from eventapp.agreements.rules import AgreementDetails, PartyDetails, Signer
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.programme.models import ProgrammeSession, Room
from eventapp.programme.rules import Placement
from tests.support.cast import EIGHT, same
from tests.support.programme import DAY, minute

SOUIRI = Signer("Abdelhamid", "Souiri", "عبد الحميد", "الصويري", {"fr": "Président de la FIMME", "ar": "رئيس الفدرالية", "en": "President of FIMME"})
CHAMPANEY = Signer("Laurent", "Champaney", "لوران", "شامباني", {"fr": "Directeur général", "en": "General Manager"})
NORA = Signer("Nora", "Alaoui", capacity={"fr": "Directrice"})
FIMME = PartyDetails("FIMME", "الفدرالية", "federation", "MA", "Casablanca", signers=(SOUIRI,))
ENSAM = PartyDetails("Arts et Métiers ParisTech", "آر إي ميتيي", "school", "FR", "Paris", signers=(CHAMPANEY,))
ATLAS = PartyDetails("Fonderie de l'Atlas", "", "company", "MA", "Fès", signers=(NORA,))


def details(title: str = "Memorandum", parties: Sequence[PartyDetails] = (FIMME, ENSAM), kind: AgreementKind = AgreementKind.MEMORANDUM, **more: object) -> AgreementDetails:
    """Write an agreement between the federation and the school."""
    return AgreementDetails(kind, more.get("titles", same(title)), same("Train technicians together."), parties)  # type: ignore[arg-type]


def recorded(edition: Edition, title: str = "Memorandum", parties: Sequence[PartyDetails] = (FIMME, ENSAM)) -> Agreement:
    """Store an agreement."""
    return operations.propose_agreement(edition.id, details(title, parties), actor_id=None, now=EIGHT)


def sign_at(agreement: Agreement, clock: str, length: int = 30, room: Room | None = None, *, within: ProgrammeSession | None = None) -> Agreement:
    """Give a signing its time and room."""
    placement = Placement(DAY, minute(clock), length, room.id if room else None, within.id if within else None)
    return operations.schedule_signing(agreement.id, placement, actor_id=None, now=EIGHT)


def broken() -> list[str]:
    """List what doctor says of agreements."""
    db.session.rollback()
    return [*queries.broken_agreements(), *queries.wrong_signings(), *queries.wrong_signatories()]
