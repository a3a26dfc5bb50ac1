"""Bank statements: read in, their columns named, chosen lines recorded as payments all at once, taken back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import cast

from sqlalchemy import Table, delete

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.core.texts import clean
from eventapp.documents.sheets import Sheet
from eventapp.invoicing import queries
from eventapp.invoicing.errors import (
    ColumnsMissing,
    LineDayOdd,
    LineRecorded,
    LineTooMuch,
    NoLineChosen,
    NothingCameIn,
    NothingToUndo,
    PaidOnOdd,
    PaidTooMuch,
    PayerUnknown,
    StatementUndone,
    StatementUnread,
)
from eventapp.invoicing.models import LinePayment, RecordedLine, Statement, StatementLine
from eventapp.invoicing.operations.paying import Received, cancel_payment, record_payment
from eventapp.invoicing.queries import Open
from eventapp.invoicing.rules import statements as rules
from eventapp.invoicing.rules.bills import check_reason
from eventapp.invoicing.rules.matching import spread

MOST_ROWS = 500
_LONGEST_REFERENCE = 120


@dataclass(frozen=True)
class Choice:
    """A line that is to be recorded, and on what: the number of an invoice, or an exhibitor's reference."""

    line_id: int
    to: str


def read_statement(edition_id: int, sheet: Sheet, name: str, *, actor_id: int | None, now: datetime) -> Statement:
    """Keep a statement's table; its columns are guessed by their titles, and its lines read when every row can be."""
    with transaction():
        rows = [{"number": row.number, "cells": list(row.cells)} for row in sheet.rows]
        statement = Statement(edition_id=edition_id, name=clean(name)[:120], header=list(sheet.header), rows=rows, columns={}, read_at=now, by_user_id=actor_id)
        db.session.add(statement)
        db.session.flush()
        record("statement.read", "statement", statement.id, actor_id=actor_id, at=now, edition_id=edition_id, count=len(rows))
        columns = sheet.columns(rules.COLUMNS)
        if set(rules.NEEDED) <= set(columns):
            reading = queries.reading_of(statement, columns)
            if reading.lines and not reading.problems:
                _keep(statement, columns, reading)
    return statement


def name_columns(edition_id: int, statement_id: int, columns: Mapping[str, int | None], *, leave_out: Collection[int] = (), actor_id: int | None, now: datetime) -> Statement:
    """Say which columns have day, amount and text, and read the lines anew; rows that cannot be read are refused, but for those that are to be left out."""
    chosen = {name: at for name, at in columns.items() if at is not None}
    with transaction():
        statement = queries.statement_to_change(edition_id, statement_id)
        if not set(rules.NEEDED) <= set(chosen) or not all(0 <= at < len(statement.header) for at in chosen.values()):
            raise ColumnsMissing
        if any(one.payments for one in queries.shown_lines(statement, [])):
            raise ChangedMeanwhile
        reading = queries.reading_of(statement, chosen)
        if reading.rows - set(leave_out):
            raise StatementUnread
        if not reading.lines:
            raise NothingCameIn
        _keep(statement, chosen, reading)
        record("statement.columns_named", "statement", statement.id, actor_id=actor_id, at=now, edition_id=edition_id, count=len(reading.lines))
    return statement


def _keep(statement: Statement, columns: Mapping[str, int], reading: rules.Reading) -> None:
    db.session.execute(delete(StatementLine).where(StatementLine.statement_id == statement.id))
    statement.columns = dict(columns)
    of = {"edition_id": statement.edition_id, "statement_id": statement.id}
    db.session.add_all(StatementLine(**of, row=line.row, paid_on=line.paid_on, amount=line.amount, label=line.label, key=line.key) for line in reading.lines)
    db.session.flush()


def record_lines(edition_id: int, statement_id: int, choices: Sequence[Choice], *, credit_name: str = "", actor_id: int | None, now: datetime) -> int:
    """Record the chosen lines as payments, all of them or none; say how many. A line that was recorded before, from whatever file, is refused."""
    if not choices:
        raise NoLineChosen
    with transaction():
        statement = queries.statement_to_change(edition_id, statement_id)
        if statement.undone_at is not None:
            raise StatementUndone
        lines = {line.id: line for line in queries.lines_of_statement(statement.id)}
        chosen = [(lines[one.line_id], one.to) for one in choices if one.line_id in lines]
        if len(chosen) != len(choices):
            raise ChangedMeanwhile
        _claim(edition_id, [line for line, _to in chosen])
        still_open = queries.open_invoices(edition_id)
        for line, to in chosen:
            still_open = _less(still_open, _pay(line, payable_by(to, still_open), credit_name, actor_id, now))
        record("statement.recorded", "statement", statement.id, actor_id=actor_id, at=now, edition_id=edition_id, count=len(chosen))
    return len(chosen)


def _claim(edition_id: int, lines: Sequence[StatementLine]) -> None:
    """Take the lines' keys; name the first that somebody has."""
    rows = [{"edition_id": edition_id, "key": line.key, "line_id": line.id} for line in lines]
    taken = insert_new(cast("Table", RecordedLine.__table__), rows, ["edition_id", "key"])
    for line in lines:
        if (edition_id, line.key) not in taken:
            raise LineRecorded(row=line.row)


def _pay(line: StatementLine, payable: Sequence[Open], credit_name: str, actor_id: int | None, now: datetime) -> dict[int, Decimal]:
    """Record one line on what it is to pay; return what was paid on which invoice."""
    if not payable:
        raise PayerUnknown(f"to_{line.id}")
    reference, parts = line.label[:_LONGEST_REFERENCE], spread(line.amount, [one.matched.due for one in payable])
    for one, part in zip(payable, parts, strict=True):
        if part <= 0:
            continue
        received = Received(part, line.paid_on, reference, credit_name if part > one.matched.due else "")
        try:
            paid = record_payment(one.invoice_id, received, edition_id=line.edition_id, actor_id=actor_id, now=now)
        except PaidTooMuch as refusal:
            raise LineTooMuch(f"to_{line.id}", **refusal.facts) from refusal
        except PaidOnOdd as refusal:
            raise LineDayOdd(f"to_{line.id}") from refusal
        db.session.add_all(LinePayment(payment_id=payment.id, edition_id=line.edition_id, line_id=line.id) for payment in paid)
        db.session.flush()
    return {one.invoice_id: part for one, part in zip(payable, parts, strict=True)}


def _less(still_open: Sequence[Open], paid: Mapping[int, Decimal]) -> list[Open]:
    """Take what was paid off what is open."""
    left = [replace(one, matched=replace(one.matched, due=one.matched.due - paid.get(one.invoice_id, Decimal(0)))) for one in still_open]
    return [one for one in left if one.matched.due > 0]


def payable_by(to: str, still_open: Sequence[Open]) -> list[Open]:
    """Find what a number or a reference means: one open invoice, or all of an exhibitor's."""
    wanted = "".join(to.split()).upper()
    by_number = [one for one in still_open if one.matched.label.upper() == wanted]
    return by_number or [one for one in still_open if one.matched.exhibitor.upper() == wanted]


def undo_statement(edition_id: int, statement_id: int, reason: str, *, actor_id: int | None, now: datetime) -> int:
    """Take back every payment of a statement that still counts, all or none, each cancelled with the reason; its lines may be recorded again from another reading. Say how many."""
    reason = check_reason(clean(reason))
    with transaction():
        statement = queries.statement_to_change(edition_id, statement_id)
        if statement.undone_at is not None:
            raise StatementUndone
        payments = queries.payments_by(statement.id)
        if not payments:
            raise NothingToUndo
        for payment in payments:
            cancel_payment(payment.id, reason, edition_id=edition_id, actor_id=actor_id, now=now)
        statement.undone_at = now
        record("statement.undone", "statement", statement.id, actor_id=actor_id, at=now, edition_id=edition_id, count=len(payments))
        db.session.flush()
    return len(payments)


def totals_by_exhibitor(still_open: Sequence[Open]) -> dict[str, Decimal]:
    """Sum what is open of each exhibitor with more than one open invoice, by its reference."""
    sums: dict[str, list[Decimal]] = defaultdict(list)
    for one in still_open:
        sums[one.matched.exhibitor].append(one.matched.due)
    return {reference: sum(dues, Decimal(0)) for reference, dues in sums.items() if len(dues) > 1}
