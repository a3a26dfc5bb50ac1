"""Somebody opens or sends a page about a thing that was taken away meanwhile: they are told so on the page that lists such things.

Only who may enter is told, and only of what the trail knows to have been this edition's; to all others a thing that is gone was never there.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response


class Happened(Protocol):
    """Says whether one of some acts was done to a thing of an edition."""

    def __call__(self, actions: tuple[str, ...], subject_kind: str, subject_id: int, edition_id: int) -> bool:
        """Look it up in the trail."""


@dataclass(frozen=True)
class Gone:
    """How things of a kind go: the acts of the trail, what the trail calls the thing, the endpoint that lists those that are there, what is said."""

    actions: tuple[str, ...]
    kind: str
    listed_at: str
    said: Any
    anchor: str | None = None


_KINDS: dict[tuple[str, str], Gone] = {}
_trail: list[Happened] = []


def connect(happened: Happened) -> None:
    """Say who knows what happened."""
    _trail[:] = [happened]


def tell(blueprint: str, argument: str, gone: Gone) -> None:
    """Lead the pages of a blueprint whose address names a thing that is gone to the list."""
    _KINDS[blueprint, argument] = gone


def let_in() -> None:
    """Note that the reader has a role in the page's edition."""
    g.let_in = True


def way_on() -> Response | None:
    """Lead to the list when this page's thing is gone; None when it never was, or is not for this reader to know of."""
    edition = g.get("edition")
    if edition is None or not g.get("let_in"):
        return None
    for argument, thing_id in (request.view_args or {}).items():
        gone = _KINDS.get((request.blueprint or "", argument))
        if gone and _trail[0](gone.actions, gone.kind, thing_id, edition.id):
            flash(str(gone.said), "warn")
            return redirect(url_for(gone.listed_at, edition=edition.slug, _anchor=gone.anchor))
    return None
