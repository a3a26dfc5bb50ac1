"""What stays due when an exhibitor withdraws: by the scale, of the whole participation, whatever part of it was billed."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.money import percent_of
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.invoicing.errors import NotAccepted, NothingStaysDue
from eventapp.invoicing.models import Contract, ContractAcceptance, Invoice, InvoiceKind
from eventapp.invoicing.queries import loading
from eventapp.invoicing.rules.bills import LEFT, Bill, Billed, kept_bill, left_bill
from eventapp.invoicing.rules.owing import Leaving, Owing, percent_kept

_NOTHING = Decimal(0)


def leaving_on(exhibitor: Exhibitor, day: date) -> Leaving:
    """Say what a withdrawal on a day costs: of all that is billed, else of what the deposit or the accepted contract is about."""
    percent = percent_kept(loading.scale_of(exhibitor.edition_id), day)
    living, accounts = loading.living_invoices(exhibitor.id), loading.accounts_of(exhibitor.id)
    owed = tuple(Owing(one.total, accounts[one.id].credited, accounts[one.id].paid, accounts[one.id].due_on) for one in living)
    if any(one.kind == InvoiceKind.BALANCE for one in living):
        whole = sum((one.total - one.credited for one in owed), _NOTHING)
        return Leaving(percent, whole, percent_of(whole, percent), owed)
    net, vat_percent = _participation(exhibitor.id, living)
    return Leaving(percent, kept_bill(net, vat_percent, Decimal(100)).total, kept_bill(net, vat_percent, percent).total, owed)


def _participation(exhibitor_id: int, deposits: Sequence[Invoice]) -> tuple[Decimal, Decimal]:
    """Read what the last deposit is a part of, else what the accepted contract says: without tax, and the tax in percent."""
    if deposits:
        return deposits[-1].lines[0].quantity, deposits[-1].vat_percent
    query = select(Contract.net, Contract.vat_percent).join(ContractAcceptance, ContractAcceptance.contract_id == Contract.id)
    agreed = db.session.execute(query.where(Contract.exhibitor_id == exhibitor_id).order_by(Contract.number.desc()).limit(1)).first()
    return (agreed[0], agreed[1]) if agreed else (_NOTHING, _NOTHING)


def left_to_bill(exhibitor: Exhibitor) -> Bill:
    """Say what may still be billed to who withdrew: what stayed due by the scale on that day, less what was billed then."""
    if exhibitor.state != ApplicationState.WITHDRAWN:
        raise NotAccepted(name=exhibitor.public_name)
    left_at = exhibitor.decided_at
    stood = _billed_before(exhibitor.id, left_at) if left_at else []
    if left_at is None or any(one.kind == InvoiceKind.BALANCE for one, _left in stood):
        raise NothingStaysDue
    net, vat_percent = _participation(exhibitor.id, [one for one, _left in stood])
    day = wall(left_at, db.session.get_one(Edition, exhibitor.edition_id).timezone).date()
    return left_bill(net, vat_percent, percent_kept(loading.scale_of(exhibitor.edition_id), day), [left for _one, left in stood])


def _billed_before(exhibitor_id: int, left_at: datetime) -> list[tuple[Invoice, Billed]]:
    """List what an exhibitor was billed before it withdrew, less what was credited of it before."""
    found = loading.invoices_of(exhibitor_id)
    stood = []
    for one in found:
        if one.kind == InvoiceKind.CREDIT_NOTE or one.issued_at > left_at or one.lines[0].code == LEFT:
            continue
        notes = [note for note in found if note.credits_id == one.id and note.issued_at < left_at]
        credited = Billed(one.label, *(sum((getattr(note, name) for note in notes), _NOTHING) for name in ("net", "vat", "total")))
        left = loading.billed(one, credited)
        if left.total > 0:
            stood.append((one, left))
    return stood
