"""How the floor plan is narrowed."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from eventapp.core.texts import clean, fold
from eventapp.exhibitors.models import SECTORS, StandKind
from eventapp.stands.forms.words import STATE_WORDS
from eventapp.stands.queries import PlanStand

_COUNTRY = re.compile(r"[A-Z]{2}")
_AREA = re.compile(r"\d{1,4}(\.\d)?")


def plain_digits(value: Any) -> Any:
    """Write digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c, c)) for c in value) if isinstance(value, str) else value


def metres_typed(value: Any) -> Any:
    """Write an area as the database does: no unit, a point, no spaces."""
    return plain_digits(value).replace(",", ".").removesuffix("m2").removesuffix("m²").strip() if isinstance(value, str) else value


class PlanFilter:
    """How the floor plan is narrowed: by words, hall, kind, size and state, and by who is there: sector and country."""

    def __init__(self, arguments: Mapping[str, str]) -> None:
        """Read it from an address; what is odd narrows nothing."""
        self.q, self.hall = clean(arguments.get("q", ""))[:100], arguments.get("hall", "")[:8]
        self.kind = arguments.get("kind", "") if arguments.get("kind") in set(StandKind) else ""
        self.least, self.most = (self._area(arguments.get(name, "")) for name in ("least", "most"))
        self.state = arguments.get("state", "") if arguments.get("state") in STATE_WORDS else ""
        self.sector = arguments.get("sector", "") if arguments.get("sector") in SECTORS else ""
        self.country = arguments.get("country", "") if _COUNTRY.fullmatch(arguments.get("country", "")) else ""
        if arguments.get("free") == "1":
            self.state = "free"

    @staticmethod
    def _area(typed: str) -> str:
        typed = str(metres_typed(typed[:10]))
        return typed if _AREA.fullmatch(typed) else ""

    @property
    def free(self) -> bool:
        """Say whether only what is free is looked for."""
        return self.state == "free"

    @property
    def narrows(self) -> bool:
        """Say whether fewer stands than all of a hall are looked for."""
        return bool(self.q or self.kind or self.least or self.most or self.state or self.sector or self.country)

    def takes(self, stand: PlanStand) -> bool:
        """Say whether a stand is looked for."""
        words = fold(f"{stand.number} {stand.name} {stand.name_ar or ''}")
        return (
            all(word in words for word in fold(self.q).split())
            and self.kind in {"", stand.kind}
            and stand.area_m2 >= Decimal(self.least or 0)
            and (not self.most or stand.area_m2 <= Decimal(self.most))
            and self.state in {"", stand.state}
            and self.sector in {"", stand.sector}
            and self.country in {"", stand.country}
        )
