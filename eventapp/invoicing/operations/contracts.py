"""Contracts: drawn up and sent version by version, accepted with evidence."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.core.zones import wall
from eventapp.documents import store
from eventapp.documents.uploads import Upload
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.operations import keep_acceptance
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.invoicing import queries
from eventapp.invoicing.errors import ContractAcceptedAlready, ContractIsCurrent, ContractOutdated, NotAccepted, NothingToSend
from eventapp.invoicing.models import AcceptanceWay, Contract, ContractAcceptance, ContractEvidence, ContractState, SignedCopy
from eventapp.invoicing.rules import bills
from eventapp.invoicing.rules.contracts import Agreement
from eventapp.jobs.queue import enqueue
from eventapp.mail.outbox import queue_mail

TO_SEND = frozenset({ContractState.NONE, ContractState.OUTDATED})


@dataclass(frozen=True)
class Origin:
    """From where a page was sent, as far as it is evidence."""

    address: str
    browser: str


def send_contract(exhibitor_id: int, *, seen: str | None = None, actor_id: int | None, now: datetime) -> Contract:
    """Draw up the next version of an exhibitor's contract, as things are now, and mail it; `seen` is the mark of what the page showed."""
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)  # so that neither stand nor version changes meanwhile
        if exhibitor.state != ApplicationState.ACCEPTED:
            raise NotAccepted(name=exhibitor.public_name)
        agreement, last = queries.agreement_with(exhibitor), queries.last_contract(exhibitor_id)
        if seen is not None and seen != agreement.mark:
            raise ChangedMeanwhile
        if last is not None and last.mark == agreement.mark:
            raise ContractIsCurrent(label=last.label)
        contract = _draw_up(exhibitor, agreement, last.number + 1 if last else 1, actor_id, now)
        record("contract.sent", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id, number=contract.number)
        _mail("invoicing/contract", exhibitor, contract)
    return contract


def _draw_up(exhibitor: Exhibitor, agreement: Agreement, number: int, actor_id: int | None, now: datetime) -> Contract:
    """Write a version down with its copy of everything and its file."""
    edition, conditions = db.session.get_one(Edition, exhibitor.edition_id), queries.conditions_for(exhibitor)
    own = {"name": exhibitor.public_name, "name_ar": exhibitor.public_name_ar or "", "city": exhibitor.city, "country": exhibitor.organisation.country}
    contract = Contract(
        edition_id=edition.id,
        exhibitor_id=exhibitor.id,
        number=number,
        conditions_id=conditions.id if conditions else None,
        drawn_at=now,
        drawn_on=wall(now, edition.timezone).date(),
        language=exhibitor.language,
        currency=agreement.currency,
        vat_percent=agreement.bill.vat_percent,
        net=agreement.bill.net,
        vat=agreement.bill.vat,
        total=agreement.bill.total,
        seller=bills.address_copy(queries.seller_for_invoices(edition.id), queries.SELLER),
        party={**own, "ice": exhibitor.ice or "", "reference": exhibitor.reference},
        show=queries.show_copy(edition),
        agreed=agreement.as_kept,
        mark=agreement.mark,
        by_user_id=actor_id,
    )
    contract.document = queries.contract_pdf(contract, conditions)
    contract.sha256 = hashlib.sha256(contract.document).hexdigest()
    db.session.add(contract)
    db.session.flush()
    return contract


def send_all_contracts(edition_id: int, *, actor_id: int | None, now: datetime) -> int:
    """Let the worker draw up and send the contract of every exhibitor that has none, or an outdated one; say how many."""
    with transaction():
        waiting = [one.exhibitor.id for one in queries.standings_in(edition_id) if one.state in TO_SEND and one.agreement is not None]
        if not waiting:
            raise NothingToSend
        queries.seller_for_invoices(edition_id)
        for exhibitor_id in waiting:
            enqueue("invoicing.send_contract", exhibitor_id, actor_id)
        record("contract.all_sent", "edition", edition_id, actor_id=actor_id, at=now, edition_id=edition_id, count=len(waiting))
    return len(waiting)


def accept_contract(exhibitor_id: int, contract_id: int, *, seen: str, language: str, origin: Origin, actor_id: int, now: datetime) -> ContractAcceptance:
    """Accept a contract by a click, for the exhibitor: once, and only the version that counts; `seen` is the hash of the file that the page offered."""
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)
        contract = queries.contract_of_exhibitor(exhibitor_id, contract_id)
        if seen != contract.sha256:
            raise ChangedMeanwhile
        acceptance = keep_contract_accepted(exhibitor, contract, AcceptanceWay.CLICK, language, actor_id=actor_id, now=now)
        db.session.add(ContractEvidence(contract_id=contract.id, edition_id=contract.edition_id, address=origin.address[:45], browser=origin.browser[:200]))
        conditions = queries.conditions_of(contract)
        if conditions is not None and not queries.has_accepted(exhibitor_id, conditions.id):
            keep_acceptance(exhibitor, conditions, language, now=now)
    return acceptance


def record_signed_copy(edition_id: int, contract_id: int, upload: Upload, *, actor_id: int, now: datetime) -> ContractAcceptance:
    """Record that a contract came back signed, with the file: it counts as the click does."""
    with transaction():
        contract = queries.contract_of_edition(edition_id, contract_id)
        exhibitor = exhibitor_to_change(contract.exhibitor_id)
        acceptance = keep_contract_accepted(exhibitor, contract, AcceptanceWay.SIGNED_COPY, contract.language, actor_id=actor_id, now=now)
        file = store.put(upload, edition_id, by_user_id=actor_id, now=now)
        db.session.add(SignedCopy(contract_id=contract.id, edition_id=edition_id, file_id=file.id))
        db.session.flush()
    return acceptance


def keep_contract_accepted(exhibitor: Exhibitor, contract: Contract, way: AcceptanceWay, language: str, *, actor_id: int, now: datetime) -> ContractAcceptance:
    """Keep that a version was accepted, which makes the exhibitor contracted; refuse one that does not count any more, and a second time."""
    with transaction():
        if queries.acceptance_of(contract.id) is not None:
            raise ContractAcceptedAlready(label=contract.label)
        standing = queries.standings([exhibitor])[0]
        if exhibitor.state != ApplicationState.ACCEPTED or standing.state != ContractState.SENT or standing.last is None or standing.last.id != contract.id:
            raise ContractOutdated
        row = {"contract_id": contract.id, "edition_id": contract.edition_id, "way": way.value, "at": now, "by_user_id": actor_id, "sha256": contract.sha256, "language": language}
        if not insert_new(cast("Table", ContractAcceptance.__table__), [row], ["contract_id"]):
            raise ContractAcceptedAlready(label=contract.label)
        record("contract.accepted", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=contract.edition_id, number=contract.number, way=way.value)
        _mail("invoicing/contract_accepted", exhibitor, contract)
        found = queries.acceptance_of(contract.id)
        assert found is not None
    return found


def _mail(template: str, exhibitor: Exhibitor, contract: Contract) -> None:
    """Mail a contract to the exhibitor's contact, with its file."""
    if exhibitor.is_example:
        return
    edition = db.session.get_one(Edition, exhibitor.edition_id)
    files: Sequence[tuple[str, str, bytes]] = [(f"{file_name(contract)}.pdf", "application/pdf", queries.document_of(contract))]
    facts: dict[str, Any] = {"name": exhibitor.name(contract.language), "label": contract.label, "total": str(contract.total), "currency": contract.currency}
    path = f"/exhibitor/{edition.slug}/{exhibitor.id}/contract"
    queue_mail(exhibitor.contact_email, template, contract.language, edition_id=edition.id, attachments=files, path=path, **facts)


def file_name(contract: Contract) -> str:
    """Name a contract's file, without its ending."""
    return f"contract-{contract.party['reference']}-{contract.number}"
