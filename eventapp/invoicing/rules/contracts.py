"""What a contract agrees, and where it stands."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from eventapp.invoicing.models import Contract, ContractState
from eventapp.invoicing.rules.bills import Bill, BillLine


@dataclass(frozen=True)
class AgreedStand:
    """A stand as a contract names it."""

    number: str
    hall: Mapping[str, str]
    area_m2: Decimal
    open_sides: int
    kind: str


@dataclass(frozen=True)
class Agreement:
    """What is agreed with an exhibitor: stands, price, who else is on them, and how it is paid."""

    stands: tuple[AgreedStand, ...]
    bill: Bill
    co_exhibitors: tuple[str, ...]
    deposit_percent: Decimal
    payment_days: int
    currency: str

    @property
    def as_kept(self) -> dict[str, Any]:
        """Write it as a contract keeps it, numbers as texts."""
        return {
            "stands": [{**asdict(one), "area_m2": plain(one.area_m2)} for one in self.stands],
            "lines": [_kept(line) for line in self.bill.lines],
            "co_exhibitors": list(self.co_exhibitors),
            "deposit_percent": plain(self.deposit_percent),
            "payment_days": self.payment_days,
        }

    @property
    def mark(self) -> str:
        """Mark what is agreed: a contract with another mark is out of date."""
        sums = [plain(one) for one in (self.bill.net, self.bill.vat_percent, self.bill.vat, self.bill.total)]
        return hashlib.sha256(json.dumps([self.as_kept, sums, self.currency], sort_keys=True).encode()).hexdigest()


def _kept(line: BillLine) -> dict[str, Any]:
    numbers = {name: plain(getattr(line, name)) for name in ("quantity", "unit_price", "net")}
    return {"code": line.code, "name": dict(line.name), "stand": line.stand, "unit": line.unit, "area_m2": None if line.area_m2 is None else plain(line.area_m2), **numbers}


def plain(number: Decimal) -> str:
    """Write a number in one way, whatever the database made of it."""
    return f"{Decimal(number):.2f}"


def lines_of(agreed: Mapping[str, Any]) -> list[BillLine]:
    """Read the lines of a contract's price."""
    return [BillLine(**{**line, **_numbers(line)}) for line in agreed["lines"]]


def _numbers(line: Mapping[str, Any]) -> dict[str, Decimal | None]:
    return {name: None if line[name] is None else Decimal(line[name]) for name in ("quantity", "unit_price", "net", "area_m2")}


def bill_in(contract: Contract) -> Bill:
    """Read the price of a contract as a bill."""
    return Bill("contract", tuple(lines_of(contract.agreed)), contract.net, contract.vat_percent, contract.vat, contract.total)


def stands_in(agreed: Mapping[str, Any]) -> list[AgreedStand]:
    """Read the stands of a contract."""
    return [AgreedStand(**{**one, "area_m2": Decimal(one["area_m2"])}) for one in agreed["stands"]]


def state_of(last: tuple[str, bool] | None, mark: str | None) -> ContractState:
    """Say where a contract stands: the mark of the last version and whether it is accepted, and the mark of what would be agreed now (None without a stand)."""
    if last is None:
        return ContractState.NONE
    if last[0] != mark:
        return ContractState.OUTDATED
    return ContractState.ACCEPTED if last[1] else ContractState.SENT


def counted(states: Sequence[ContractState]) -> dict[str, int]:
    """Count how many stand where."""
    return {state.value: states.count(state) for state in ContractState}
