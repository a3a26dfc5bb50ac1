"""Loaders of contracts and of where they stand, their papers, and what doctor asks of them."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from config import ROOT
from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.core.texts import pick
from eventapp.documents.models import StoredFile
from eventapp.documents.pdf import typeset
from eventapp.exhibitors.models import AcceptedConditions, ExhibitingConditions, Exhibitor
from eventapp.exhibitors.queries import accepted_conditions, accepted_of_edition, current_conditions
from eventapp.invoicing.models import AcceptanceWay, Contract, ContractAcceptance, ContractEvidence, ContractState, SignedCopy
from eventapp.invoicing.queries.papers import in_words_of, line_on_paper, party_on_paper, show_on_paper, sums_on_paper
from eventapp.invoicing.queries.wholes import agreements_with
from eventapp.invoicing.rules import wording
from eventapp.invoicing.rules.contracts import Agreement, lines_of, stands_in, state_of
from eventapp.invoicing.rules.deal import CLAUSES, DEAL, KINDS, SIDES, WAY_TO_ACCEPT

SOURCE = ROOT / "templates" / "invoicing" / "print" / "contract.typ"
_LEGAL = ("ice", "tax_id", "patente", "rc")


@dataclass(frozen=True)
class Version:
    """One version of a contract, and how it was accepted: when and by whom, from where."""

    contract: Contract
    acceptance: ContractAcceptance | None = None
    by: str = ""
    evidence: ContractEvidence | None = None
    has_copy: bool = False


@dataclass(frozen=True)
class Standing:
    """An accepted exhibitor and where its contract stands."""

    exhibitor: Exhibitor
    state: ContractState
    last: Contract | None
    agreement: Agreement | None


def contract_of_exhibitor(exhibitor_id: int, contract_id: int) -> Contract:
    """Load a version of an exhibitor's contract; another's and a missing one look the same."""
    found = db.session.scalar(select(Contract).where(Contract.id == contract_id, Contract.exhibitor_id == exhibitor_id))
    if found is None:
        raise NotThere
    return found


def contract_of_edition(edition_id: int, contract_id: int) -> Contract:
    """Load a version of an edition's contracts; another edition's and a missing one look the same."""
    found = db.session.scalar(select(Contract).where(Contract.id == contract_id, Contract.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def last_contract(exhibitor_id: int) -> Contract | None:
    """Load the last version of an exhibitor's contract."""
    return db.session.scalar(select(Contract).where(Contract.exhibitor_id == exhibitor_id).order_by(Contract.number.desc()).limit(1))


def acceptance_of(contract_id: int) -> ContractAcceptance | None:
    """Load how a version was accepted."""
    return db.session.scalar(select(ContractAcceptance).where(ContractAcceptance.contract_id == contract_id))


def versions_of(exhibitor_id: int) -> list[Version]:
    """List the versions of an exhibitor's contract with their acceptances, the latest first."""
    query = (
        select(Contract, ContractAcceptance, User.name, ContractEvidence, SignedCopy.contract_id)
        .outerjoin(ContractAcceptance, ContractAcceptance.contract_id == Contract.id)
        .outerjoin(User, User.id == ContractAcceptance.by_user_id)
        .outerjoin(ContractEvidence, ContractEvidence.contract_id == Contract.id)
        .outerjoin(SignedCopy, SignedCopy.contract_id == Contract.id)
    )
    rows = db.session.execute(query.where(Contract.exhibitor_id == exhibitor_id).order_by(Contract.number.desc()))
    return [Version(row[0], row[1], row[2] or "", row[3], row[4] is not None) for row in rows]


def contract_state(exhibitor: Exhibitor) -> ContractState:
    """Say where an exhibitor's contract stands."""
    return standings([exhibitor])[0].state


def standings(exhibitors: Sequence[Exhibitor]) -> list[Standing]:
    """Say where the contracts of some exhibitors of one edition stand, in as many statements for one as for many."""
    agreements = agreements_with(exhibitors)
    newest = select(Contract.exhibitor_id, func.max(Contract.number).label("number")).where(Contract.exhibitor_id.in_([one.id for one in exhibitors]))
    last = newest.group_by(Contract.exhibitor_id).subquery()
    query = select(Contract, ContractAcceptance.contract_id).join(last, (last.c.exhibitor_id == Contract.exhibitor_id) & (last.c.number == Contract.number))
    found = {row[0].exhibitor_id: row for row in db.session.execute(query.outerjoin(ContractAcceptance, ContractAcceptance.contract_id == Contract.id))}
    return [_standing(one, found.get(one.id), agreements.get(one.id)) for one in exhibitors]


def _standing(exhibitor: Exhibitor, row: Any, agreement: Agreement | None) -> Standing:
    last = (row[0].mark, row[1] is not None) if row else None
    return Standing(exhibitor, state_of(last, agreement.mark if agreement else None), row[0] if row else None, agreement)


def standings_in(edition_id: int) -> list[Standing]:
    """Say where the contracts of all accepted exhibitors of an edition stand, by name."""
    return standings(accepted_of_edition(edition_id))


def conditions_for(exhibitor: Exhibitor) -> ExhibitingConditions | None:
    """Load the conditions of a contract: the version that the exhibitor accepted, else the one that counts now."""
    accepted = accepted_conditions(exhibitor.id)
    return accepted[1] if accepted else current_conditions(exhibitor.edition_id)


def conditions_of(contract: Contract) -> ExhibitingConditions | None:
    """Load the conditions that are part of a contract."""
    return db.session.get(ExhibitingConditions, contract.conditions_id) if contract.conditions_id else None


def document_of(contract: Contract) -> bytes:
    """Load a contract's file, the bytes of which its hash is."""
    return db.session.scalars(select(Contract).where(Contract.id == contract.id).options(undefer(Contract.document)).execution_options(populate_existing=True)).one().document


def signed_copy_of(contract: Contract) -> StoredFile:
    """Load the file of a contract that came back signed; a missing one looks like another's."""
    found = db.session.get(SignedCopy, contract.id)
    if found is None:
        raise NotThere
    return found.file


def contract_pdf(contract: Contract, conditions: ExhibitingConditions | None) -> bytes:
    """Set a contract that is not stored yet as PDF."""
    return typeset(SOURCE, contract_sheet(contract, conditions))


def contract_sheet(contract: Contract, conditions: ExhibitingConditions | None) -> dict[str, Any]:
    """Write a contract's texts, each with its direction, as the typesetter takes them."""
    language, piece = contract.language, wording.piece
    words, deal = wording.WORDS[language], DEAL[language]
    facts = [(words["number"], contract.label), (words["issued"], wording.day_on_paper(contract.drawn_on, language)), (words["show"], show_on_paper(contract.show, language))]
    return {
        "language": language,
        "title": piece(deal["title"]),
        "heading": f"{deal['title']} {contract.label}",
        "author": contract.seller["name"],
        "note": None,
        "facts": [[piece(name), piece(text)] for name, text in facts],
        "seller": {"title": piece(deal["organiser"]), "lines": party_on_paper(contract.seller, language, _LEGAL)},
        "buyer": {"title": piece(deal["exhibitor"]), "lines": party_on_paper(contract.party, language, ("ice",))},
        "space": {
            "title": piece(deal["space"]),
            "head": [piece(deal[name]) for name in ("stand", "hall", "area", "sides", "kind")],
            "rows": [_stand(one, language) for one in stands_in(contract.agreed)],
            "with": piece(deal["with"] % ", ".join(contract.agreed["co_exhibitors"])) if contract.agreed["co_exhibitors"] else None,
        },
        "price": piece(deal["price"]),
        "head": [piece(words[name]) for name in ("what", "stand", "quantity", "price", "amount")],
        "lines": [line_on_paper(line, language) for line in lines_of(contract.agreed)],
        "sums": sums_on_paper(contract.net, contract.vat_percent, contract.vat, contract.total, language),
        "currency": piece(words["currency"] % contract.currency),
        "words": in_words_of(words["words_pro_forma"], contract.total, contract.currency, language),
        "clauses": {"title": piece(deal["clauses"]), "lines": [piece(line) for line in _clauses(contract, conditions)]},
        "sign": {
            "title": piece(deal["sign"]),
            "how": piece(WAY_TO_ACCEPT[language]),
            "sides": [piece(deal["for_organiser"]), piece(deal["for_exhibitor"])],
            "as": piece(deal["sign_as"]),
        },
        "conditions": _conditions(conditions, language),
        "page": words["page"],
    }


def _stand(one: Any, language: str) -> list[Any]:
    area = f"{wording.number_on_paper(one.area_m2, language)} m²"
    return [one.number, wording.piece(pick(one.hall, language)), area, wording.piece(SIDES[language][one.open_sides]), wording.piece(KINDS[language][one.kind])]


def _clauses(contract: Contract, conditions: ExhibitingConditions | None) -> list[str]:
    """Write what is agreed beside stand and price."""
    clauses, language = CLAUSES[contract.language], contract.language
    percent = Decimal(contract.agreed["deposit_percent"])
    facts = {"percent": wording.number_on_paper(percent, language), "days": contract.agreed["payment_days"]}
    said = [clauses["object"], (clauses["deposit"] if percent else clauses["pay"]) % facts, clauses["change"]]
    if conditions is not None:
        said.append(clauses["conditions"] % {"number": conditions.number})
    return said


def _conditions(conditions: ExhibitingConditions | None, language: str) -> dict[str, Any] | None:
    if conditions is None:
        return None
    title = DEAL[language]["conditions"] % conditions.number
    return {"title": wording.piece(title), "lines": [wording.piece(line) for line in pick(conditions.text, language).splitlines() if line.strip()]}


def has_accepted(exhibitor_id: int, conditions_id: int) -> bool:
    """Say whether an exhibitor accepted this version of the conditions already."""
    query = select(AcceptedConditions.id).where(AcceptedConditions.exhibitor_id == exhibitor_id, AcceptedConditions.conditions_id == conditions_id)
    return db.session.scalar(query.limit(1)) is not None


def wrong_contracts() -> Iterator[str]:
    """List contracts whose file is not the one of their hash, acceptances of another file, and signed copies without their file: breaches."""
    for contract in db.session.scalars(select(Contract).options(undefer(Contract.document)).order_by(Contract.id).execution_options(yield_per=50)):
        if hashlib.sha256(contract.document).hexdigest() != contract.sha256:
            yield f"contract {contract.id}: its file is not the one that was drawn up"
    query = select(ContractAcceptance, Contract.sha256).join(Contract, Contract.id == ContractAcceptance.contract_id).order_by(Contract.id)
    yield from (f"contract {row[0].contract_id}: another file was accepted" for row in db.session.execute(query) if row[0].sha256 != row[1])
    copies = select(ContractAcceptance.contract_id, ContractAcceptance.way, SignedCopy.contract_id).outerjoin(SignedCopy, SignedCopy.contract_id == ContractAcceptance.contract_id)
    for contract_id, way, copied in db.session.execute(copies.order_by(ContractAcceptance.contract_id)):
        if (way == AcceptanceWay.SIGNED_COPY) != (copied is not None):
            yield f"contract {contract_id}: it was accepted {way}, and the signed copy says otherwise"
