"""Loaders of bank statements and of the open invoices that their lines may pay."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import delete, func, select

from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.documents.sheets import Sheet
from eventapp.exhibitors.models import Exhibitor
from eventapp.invoicing.models import Invoice, InvoiceAccount, LinePayment, Payment, RecordedLine, Statement, StatementLine
from eventapp.invoicing.rules.matching import OpenInvoice, Proposal, propose
from eventapp.invoicing.rules.statements import COLUMNS, NEEDED, Reading, read


@dataclass(frozen=True)
class Open:
    """An invoice on which something is due, and whose it is."""

    invoice_id: int
    exhibitor_id: int
    exhibitor: str
    matched: OpenInvoice


@dataclass(frozen=True)
class LineShown:
    """A line of a statement: what is proposed, or by which payments it was recorded."""

    line: StatementLine
    proposal: Proposal
    payments: Sequence[Payment]
    recorded_elsewhere: bool


def statements_in(edition_id: int) -> list[tuple[Statement, int]]:
    """List an edition's statements, the latest first, with how many of their lines are recorded."""
    recorded = select(StatementLine.statement_id, func.count().label("count")).join(RecordedLine, RecordedLine.line_id == StatementLine.id).group_by(StatementLine.statement_id)
    counted = recorded.subquery()
    query = select(Statement, func.coalesce(counted.c.count, 0)).outerjoin(counted, counted.c.statement_id == Statement.id).where(Statement.edition_id == edition_id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(Statement.id.desc()))]


def statement_of_edition(edition_id: int, statement_id: int) -> Statement:
    """Load a statement of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(Statement).where(Statement.id == statement_id, Statement.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def reading_of(statement: Statement, columns: Mapping[str, int]) -> Reading:
    """Read a statement's rows by some columns; nothing while day, amount and text are not all named."""
    if not set(NEEDED) <= set(columns) or not all(0 <= at < len(statement.header) for at in columns.values()):
        return Reading((), 0, ())
    return read([(row["number"], row["cells"]) for row in statement.rows], columns)


def columns_of(statement: Statement) -> dict[str, int]:
    """Say which columns were named, else which their titles tell."""
    return dict(statement.columns) or Sheet(tuple(statement.header), ()).columns(COLUMNS)


def statement_to_change(edition_id: int, statement_id: int) -> Statement:
    """Load a statement of an edition as it is now, locked until the operation ends."""
    query = select(Statement).where(Statement.id == statement_id, Statement.edition_id == edition_id)
    found = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def lines_of_statement(statement_id: int) -> list[StatementLine]:
    """List a statement's lines, in their order."""
    return list(db.session.scalars(select(StatementLine).where(StatementLine.statement_id == statement_id).order_by(StatementLine.row)))


def open_invoices(edition_id: int) -> list[Open]:
    """List an edition's invoices on which something is due, the earliest due first."""
    due = InvoiceAccount.total - InvoiceAccount.credited - InvoiceAccount.paid
    query = select(Invoice, Exhibitor, due).join(InvoiceAccount, InvoiceAccount.invoice_id == Invoice.id).join(Exhibitor, Exhibitor.id == Invoice.exhibitor_id)
    query = query.where(Invoice.edition_id == edition_id, due > Decimal("0.005")).order_by(InvoiceAccount.due_on, Invoice.id)
    return [_open(row[0], row[1], Decimal(str(row[2])).quantize(Decimal("0.01"))) for row in db.session.execute(query)]


def _open(invoice: Invoice, exhibitor: Exhibitor, due: Decimal) -> Open:
    names = tuple(dict.fromkeys(filter(None, (invoice.buyer["name"], exhibitor.public_name, exhibitor.public_name_ar or ""))))
    return Open(invoice.id, exhibitor.id, exhibitor.public_name, OpenInvoice(invoice.label, exhibitor.reference, names, due))


def shown_lines(statement: Statement, still_open: Sequence[Open]) -> list[LineShown]:
    """List a statement's lines with what each is proposed to pay, or how it was recorded."""
    lines = lines_of_statement(statement.id)
    claimed = select(RecordedLine.key, RecordedLine.line_id).where(RecordedLine.edition_id == statement.edition_id, RecordedLine.key.in_([line.key for line in lines]))
    recorded = dict(db.session.execute(claimed).all())
    paid: dict[int, list[Payment]] = defaultdict(list)
    query = select(LinePayment.line_id, Payment).join(Payment, Payment.id == LinePayment.payment_id).where(LinePayment.line_id.in_(list(recorded.values())))
    for line_id, payment in db.session.execute(query.where(Payment.cancelled_at.is_(None)).order_by(Payment.id)):
        paid[line_id].append(payment)
    known = [one.matched for one in still_open]
    return [LineShown(one, propose(one.amount, one.label, known), paid[recorded.get(one.key, 0)], recorded.get(one.key, one.id) != one.id) for one in lines]


def recorded_keys(edition_id: int, keys: Sequence[str]) -> set[str]:
    """Say which of these lines are recorded."""
    return set(db.session.scalars(select(RecordedLine.key).where(RecordedLine.edition_id == edition_id, RecordedLine.key.in_(keys))))


def payments_by(statement_id: int) -> list[Payment]:
    """List the payments that a statement's lines recorded and that still count, locked until the operation ends."""
    query = select(Payment).join(LinePayment, LinePayment.payment_id == Payment.id).join(StatementLine, StatementLine.id == LinePayment.line_id)
    query = query.where(StatementLine.statement_id == statement_id, Payment.cancelled_at.is_(None)).order_by(Payment.id)
    return list(db.session.scalars(query.with_for_update(of=Payment).execution_options(populate_existing=True)))


def let_line_go(payment_id: int) -> None:
    """Let the line that a cancelled payment came from be recorded anew, once none of its payments counts any more."""
    line_id = db.session.scalar(select(LinePayment.line_id).where(LinePayment.payment_id == payment_id))
    if line_id is None:
        return
    counting = select(Payment.id).join(LinePayment, LinePayment.payment_id == Payment.id).where(LinePayment.line_id == line_id, Payment.cancelled_at.is_(None))
    if db.session.scalar(counting.limit(1)) is None:
        db.session.execute(delete(RecordedLine).where(RecordedLine.line_id == line_id))


def wrong_statement_lines() -> Iterator[str]:
    """List lines that are recorded without a payment that counts, or not recorded and paid, or paid with more than they are for: breaches."""
    sums = select(LinePayment.line_id, func.sum(Payment.amount).label("paid")).join(Payment, Payment.id == LinePayment.payment_id).where(Payment.cancelled_at.is_(None))
    paid = sums.group_by(LinePayment.line_id).subquery()
    query = select(StatementLine.id, StatementLine.amount, paid.c.paid, RecordedLine.line_id).outerjoin(paid, paid.c.line_id == StatementLine.id)
    for line_id, amount, said, recorded in db.session.execute(query.outerjoin(RecordedLine, RecordedLine.line_id == StatementLine.id).order_by(StatementLine.id)):
        if (said is None) != (recorded is None) or Decimal(str(said or 0)) > amount + Decimal("0.005"):
            yield f"line {line_id} of a statement is for {amount}, its payments come to {said or 0}"
