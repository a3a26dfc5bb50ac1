"""How complete an exhibitor's participation is: what is done, what is left, what is late."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that an exhibitor has to do: what it is about, whether it is done, the page where it is done, until when."""

    matter: str
    is_done: bool
    page: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    anchor: str | None = None
    due_on: date | None = None
    name: Mapping[str, str] | str = ""  # of which one, where there are several: texts, or a number
    note: str = ""

    def is_late(self, today: date) -> bool:
        """Say whether it should have been done."""
        return not self.is_done and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Progress:
    """How far an exhibitor is on a day."""

    steps: tuple[Step, ...]
    today: date

    @property
    def done(self) -> list[Step]:
        """List what is done."""
        return [step for step in self.steps if step.is_done]

    @property
    def left(self) -> list[Step]:
        """List what is left, what is due first at the top, what has no date last."""
        return sorted((step for step in self.steps if not step.is_done), key=lambda step: (step.due_on is None, step.due_on or self.today))

    @property
    def percent(self) -> int:
        """Say how much is done, in whole percent: 100 only when everything is."""
        return 100 * len(self.done) // len(self.steps) if self.steps else 100
