"""What an invoice says: the deposit, the balance, a credit note; each with its tax to 0.01."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from eventapp.core.money import percent_of, rounded
from eventapp.invoicing.errors import CreditTooHigh, DepositTooHigh, DueOdd, NoDeposit, NothingLeft, NothingStaysDue, ReasonMissing, SumOdd
from eventapp.invoicing.models import InvoiceKind
from eventapp.pricing.models import PriceKind, Unit
from eventapp.pricing.rules import Price, Space, quote

_NOTHING = Decimal(0)
_LONGEST_WAIT = timedelta(days=366)
_LARGEST = Decimal(10) ** 11
_LETTERS = {InvoiceKind.DEPOSIT: "A", InvoiceKind.BALANCE: "F", InvoiceKind.CREDIT_NOTE: "AV"}

DEPOSIT_NAMES = {"fr": "Acompte de %s %% sur la participation", "ar": "دفعة مقدمة بنسبة %s%% من قيمة المشاركة", "en": "Deposit of %s%% on the participation"}
LESS_NAMES = {"fr": "À déduire : facture d’acompte %s", "ar": "ناقص فاتورة الدفعة المقدمة %s", "en": "Less the deposit invoice %s"}
LEFT = "LEFT"  # the code of the line that bills what stays due after a withdrawal
LEFT_NAMES = {
    "fr": "Désistement : %s %% de la participation restent dus",
    "ar": "انسحاب: تبقى نسبة %s%% من قيمة المشاركة مستحقة",
    "en": "Withdrawal: %s%% of the participation stay due",
}
CREDIT_NAMES = {"fr": "Avoir sur la facture %s", "ar": "إشعار دائن عن الفاتورة %s", "en": "Credit on the invoice %s"}


@dataclass(frozen=True)
class BillLine:
    """One line of a bill; what is taken off has a net below 0, and space says how many square metres it is."""

    code: str
    name: Mapping[str, str]
    stand: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    net: Decimal
    area_m2: Decimal | None = None


@dataclass(frozen=True)
class Bill:
    """What a bill amounts to."""

    kind: str
    lines: tuple[BillLine, ...]
    net: Decimal
    vat_percent: Decimal
    vat: Decimal
    total: Decimal

    @property
    def mark(self) -> str:
        """Mark what it says, for the page that shows it before it is issued."""
        return hashlib.sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Billed:
    """An invoice that counts, as far as others go on from it."""

    label: str
    net: Decimal
    vat: Decimal
    total: Decimal


def whole_bill(stands: Sequence[tuple[str, Space]], prices: Sequence[Price], vat_percent: Decimal, *, co_exhibitors: int = 0, ordered: Sequence[BillLine] = ()) -> Bill:
    """Bill stands (number and space) with all that goes with them, and what was ordered; packages are billed once, however many stands there are."""
    lines: list[BillLine] = []
    for number, space in stands:
        rest = [price for price in prices if not lines or price.kind != PriceKind.PACKAGE]
        quoted = quote(space, 0 if lines else co_exhibitors, {}, rest, vat_percent)
        kinds = {price.code: price.kind for price in prices}
        for line in quoted.lines:
            area = line.quantity if kinds[line.code] == PriceKind.SPACE else None
            stand = number if kinds[line.code] in {PriceKind.SPACE, PriceKind.SUPPLEMENT} else ""
            lines.append(BillLine(line.code, dict(line.name), stand, line.unit, line.quantity, line.unit_price, line.net, area))
    return _summed(InvoiceKind.BALANCE, [*lines, *ordered], vat_percent)


def _summed(kind: str, lines: Sequence[BillLine], vat_percent: Decimal) -> Bill:
    net = sum((line.net for line in lines), _NOTHING)
    vat = percent_of(net, vat_percent)
    return Bill(kind, tuple(lines), net, vat_percent, vat, net + vat)


def deposit_bill(whole: Bill, percent: Decimal) -> Bill:
    """Bill so many percent of the whole in advance."""
    net = percent_of(whole.net, percent)
    if net <= 0:
        raise NoDeposit
    name = {language: words % f"{percent.normalize():f}" for language, words in DEPOSIT_NAMES.items()}
    return _summed(InvoiceKind.DEPOSIT, [BillLine("DEPOSIT", name, "", Unit.PERCENT, whole.net, percent, net)], whole.vat_percent)


def kept_bill(net: Decimal, vat_percent: Decimal, percent: Decimal, deposits: Sequence[Billed] = ()) -> Bill:
    """Bill so many percent of a participation that was withdrawn, less the deposits; together they come to what stays due, its tax too, to 0.01."""
    name = {language: words % f"{percent.normalize():f}" for language, words in LEFT_NAMES.items()}
    kept = _summed(InvoiceKind.BALANCE, [BillLine(LEFT, name, "", Unit.PERCENT, net, percent, percent_of(net, percent))], vat_percent)
    return _less(kept, deposits)


def left_bill(net: Decimal, vat_percent: Decimal, percent: Decimal, deposits: Sequence[Billed]) -> Bill:
    """Bill what stays due of it; refuse where the deposits cover that."""
    bill = kept_bill(net, vat_percent, percent, deposits)
    if bill.net <= 0 or bill.vat < 0:
        raise NothingStaysDue
    return bill


def balance_bill(whole: Bill, deposits: Sequence[Billed]) -> Bill:
    """Bill the whole, less the deposits: together they come to the whole, its tax too, to 0.01."""
    bill = _less(whole, deposits)
    if bill.net < 0 or bill.vat < 0:
        raise DepositTooHigh(label=deposits[0].label)
    if bill.total <= 0:
        raise NothingLeft
    return bill


def _less(whole: Bill, deposits: Sequence[Billed]) -> Bill:
    lines = [*whole.lines]
    for one in deposits:
        name = {language: words % one.label for language, words in LESS_NAMES.items()}
        lines.append(BillLine("LESS", name, "", Unit.EACH, Decimal(1), -one.net, -one.net))
    net = whole.net - sum((one.net for one in deposits), _NOTHING)
    vat = whole.vat - sum((one.vat for one in deposits), _NOTHING)
    return Bill(InvoiceKind.BALANCE, tuple(lines), net, whole.vat_percent, vat, net + vat)


def credit_bill(invoice: Billed, credited: Billed, amount: Decimal, vat_percent: Decimal) -> Bill:
    """Take back so much, with tax, of an invoice of which something may be credited already; the last credit note takes the rest of the tax to 0.01."""
    check_sum(amount)
    left = invoice.total - credited.total
    if amount > left:
        raise CreditTooHigh(left=left, label=invoice.label)
    net = invoice.net - credited.net if amount == left else rounded(amount / (1 + vat_percent / 100))
    name = {language: words % invoice.label for language, words in CREDIT_NAMES.items()}
    line = BillLine("CREDIT", name, "", Unit.EACH, Decimal(1), net, net)
    return Bill(InvoiceKind.CREDIT_NOTE, (line,), net, vat_percent, amount - net, amount)


def check_sum(amount: Decimal) -> None:
    """Refuse what is no sum of money."""
    if not amount.is_finite() or not 0 < amount < _LARGEST or amount != rounded(amount):
        raise SumOdd


def check_due(due_on: date, today: date) -> date:
    """Refuse a due date in the past, or too far away."""
    if not today <= due_on <= today + _LONGEST_WAIT:
        raise DueOdd
    return due_on


def check_reason(reason: str) -> str:
    """Refuse a credit note that does not say why."""
    if not reason:
        raise ReasonMissing
    return reason


def label_of(prefix: str, kind: str, number: int) -> str:
    """Write an invoice's number, as in SISTEP-2018-F-0001."""
    return f"{prefix}-{_LETTERS[InvoiceKind(kind)]}-{number:04}"


def address_copy(thing: Any, names: Sequence[str]) -> dict[str, str]:
    """Copy what an invoice keeps of its seller or buyer."""
    return {name: str(getattr(thing, name) or "") for name in names}
