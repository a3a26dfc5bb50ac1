"""Pages of a list, and the addresses of its filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import Select, func, select

from eventapp.core.db import db

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list: its rows, and where it stands in the whole."""

    rows: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """Number the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """Number the page's first row, from 1."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        """Number the page's last row."""
        return min(self.number * self.size, self.total)


def page_number() -> int:
    """Read the page asked for; anything odd is the first."""
    given = request.args.get("page", "1")
    return min(int(given), 1_000_000) or 1 if given.isascii() and given.isdigit() and len(given) < 8 else 1  # noqa: PLR2004 - no million pages


def page_of(statement: Select[Any], number: int, size: int = 50) -> Page[Any]:
    """Load one page of entities that a select describes, in two queries."""
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    number = max(1, min(number, max(1, -(-total // size))))
    rows = db.session.scalars(statement.limit(size).offset((number - 1) * size)).all()
    return Page(rows, number, size, total)


def page_of_list(rows: Sequence[T], number: int, size: int = 50) -> Page[T]:
    """Cut one page of rows that are loaded already."""
    number = max(1, min(number, max(1, -(-len(rows) // size))))
    return Page(rows[(number - 1) * size : number * size], number, size, len(rows))


def here(**changes: str | int | None) -> str:
    """Write this page's address with some of its query changed; None drops a part."""
    args: dict[str, Any] = dict(request.view_args or {})
    query = {**request.args.to_dict(), **changes}
    args = {k: getattr(v, "slug", v) for k, v in args.items()} | {k: v for k, v in query.items() if v not in {None, ""}}
    return url_for(str(request.endpoint), **args)
