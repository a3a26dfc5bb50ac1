"""What is owed, and what a withdrawal costs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from eventapp.core.money import rounded
from eventapp.exhibitors.models import BadgeRelease
from eventapp.invoicing.errors import DayTwice, PercentKeptOdd, ScaleFalls
from eventapp.invoicing.models import InvoiceState

_NOTHING, _WHOLE = Decimal(0), Decimal(100)
MOST_STEPS = 6


@dataclass(frozen=True)
class Owing:
    """An invoice as money: how much it is for, what was credited and paid, and until when the rest is due."""

    total: Decimal
    credited: Decimal
    paid: Decimal
    due_on: date

    @property
    def due(self) -> Decimal:
        """Say what is still due: never below 0."""
        return max(_NOTHING, self.total - self.credited - self.paid)

    @property
    def over(self) -> Decimal:
        """Say what was paid and then credited: it is the exhibitor's."""
        return max(_NOTHING, self.paid - (self.total - self.credited))

    def state(self, today: date) -> InvoiceState:
        """Say where the invoice stands on a day."""
        if self.credited >= self.total:
            return InvoiceState.CREDITED
        if self.due == 0:
            return InvoiceState.PAID
        if self.due_on < today:
            return InvoiceState.OVERDUE
        return InvoiceState.PART_PAID if self.paid > 0 else InvoiceState.DUE


def is_released(rule: str, deposit: Sequence[Owing], balance: Sequence[Owing], deposit_percent: Decimal) -> bool:
    """Say whether an exhibitor's badges can be had: by the acceptance, once the deposit is paid (where one is asked for), or once everything is."""
    whole = bool(balance) and all(one.due == 0 for one in (*deposit, *balance))
    if rule == BadgeRelease.ACCEPTANCE or whole:
        return True
    return rule == BadgeRelease.DEPOSIT and (deposit_percent == 0 or (bool(deposit) and all(one.due == 0 for one in deposit)))


def percent_kept(steps: Sequence[tuple[date, Decimal]], day: date) -> Decimal:
    """Say how many percent an exhibitor that withdraws on a day keeps owing; nothing before the first step."""
    return max((percent for from_day, percent in steps if from_day <= day), default=_NOTHING)


def to_credit(owed: Sequence[Owing], kept: Decimal) -> list[Decimal]:
    """Say how much of each invoice, the earliest first, is credited so that no more than a sum stays owed."""
    found = []
    for one in owed:
        amount = one.total - one.credited
        stays = min(amount, kept)
        kept -= stays
        found.append(amount - stays)
    return found


@dataclass(frozen=True)
class Leaving:
    """What a withdrawal costs: the percentage and the sum that stay due of the whole participation, with tax, and what was billed before it."""

    percent: Decimal
    whole: Decimal
    kept: Decimal
    owed: tuple[Owing, ...]

    @property
    def credits(self) -> list[Decimal]:
        """Say how much of each invoice is credited."""
        return to_credit(self.owed, self.kept)

    @property
    def credited(self) -> Decimal:
        """Sum what is credited."""
        return sum(self.credits, _NOTHING)

    @property
    def after(self) -> list[Owing]:
        """Say what is owed on each invoice afterwards."""
        return [replace(one, credited=one.credited + amount) for one, amount in zip(self.owed, self.credits, strict=True)]

    @property
    def due(self) -> Decimal:
        """Sum what is still to be paid on the invoices."""
        return sum((one.due for one in self.after), _NOTHING)

    @property
    def back(self) -> Decimal:
        """Sum what was paid and becomes the exhibitor's."""
        return sum((now.over - before.over for before, now in zip(self.owed, self.after, strict=True)), _NOTHING)

    @property
    def to_invoice(self) -> Decimal:
        """Say what stays due and is on no invoice yet."""
        return max(_NOTHING, self.kept - sum((one.total - one.credited for one in self.owed), _NOTHING))


def check_scale(steps: Sequence[tuple[date, Decimal]]) -> list[tuple[date, Decimal]]:
    """Return the scale by day; refuse one that falls. Its fields are day_1, percent_1 and so on, as they were typed."""
    ordered = sorted(enumerate(steps, start=1), key=lambda row: row[1][0])
    before: tuple[date | None, Decimal] = (None, _NOTHING)
    for number, (day, percent) in ordered:
        if not percent.is_finite() or not 0 <= percent <= _WHOLE or percent != rounded(percent):
            raise PercentKeptOdd(f"percent_{number}")
        if day == before[0]:
            raise DayTwice(f"day_{number}", day=day)
        if percent < before[1]:
            raise ScaleFalls(f"percent_{number}", day=day)
        before = (day, percent)
    return [step for _number, step in ordered]


def mark_of(steps: Sequence[tuple[date, Decimal]]) -> str:
    """Mark a scale, for the page that shows it."""
    return " ".join(f"{day}:{percent.normalize():f}" for day, percent in steps)
