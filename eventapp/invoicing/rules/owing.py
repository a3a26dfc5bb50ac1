"""What is owed, and what a withdrawal costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from eventapp.core.money import percent_of, rounded
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


def to_credit(owed: Sequence[Owing], percent: Decimal) -> list[Decimal]:
    """Say how much of each invoice, the earliest first, is credited so that a percentage of their whole stays owed."""
    left = [one.total - one.credited for one in owed]
    kept = percent_of(sum(left, _NOTHING), percent)
    found = []
    for amount in left:
        stays = min(amount, kept)
        kept -= stays
        found.append(amount - stays)
    return found


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
