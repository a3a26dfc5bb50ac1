"""The example programme: five rooms, forty sessions over four days, some of them parts of others."""

import json
from dataclasses import dataclass
from datetime import time
from pathlib import Path

Texts = dict[str, str]


@dataclass(frozen=True)
class Place:
    """A room for sessions."""

    code: str
    name: Texts
    capacity: int
    turnover: int
    hall: str | None = None


@dataclass(frozen=True)
class Talk:
    """One session of the example programme; `day` counts from the first one, `parent` is the key of the session it is a part of."""

    key: str
    day: int
    at: time
    minutes: int
    room: str
    kind: str
    parent: str | None
    speakers: int
    languages: list[str]
    is_example: bool
    title: Texts
    abstract: Texts


PLACES = (
    Place("auditorium", {"fr": "Grand auditorium", "ar": "القاعة الكبرى", "en": "Main auditorium"}, 600, 15),
    Place("atlas", {"fr": "Salle Atlas", "ar": "قاعة الأطلس", "en": "Atlas Room"}, 150, 10),
    Place("rif", {"fr": "Salle Rif", "ar": "قاعة الريف", "en": "Rif Room"}, 80, 10),
    Place("forum", {"fr": "Espace démonstrations, hall A", "ar": "فضاء العروض، الرواق أ", "en": "Demonstration area, hall A"}, 60, 15, "A"),
    Place("signatures", {"fr": "Salon des signatures", "ar": "قاعة التوقيعات", "en": "Signing room"}, 80, 15),
)


def talks() -> list[Talk]:
    """Read the forty sessions; a session stands before its parts."""
    rows = json.loads((Path(__file__).parent / "sessions.json").read_text(encoding="utf-8"))
    return [Talk(**{**row, "at": time.fromisoformat(row["at"])}) for row in rows]
