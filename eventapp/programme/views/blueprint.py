"""The blueprint of the organisers' pages, who may open them, and what all of them know."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, g, redirect, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.editions.models import Edition
from eventapp.programme import rules
from eventapp.programme.forms.words import DEEDS, KIND_NAMES, ROLE_NAMES, STATE_NAMES
from eventapp.programme.models import ProgrammeSession
from eventapp.web import gone
from eventapp.web.gone import Gone

programme_organiser = Blueprint("programme_organiser", __name__)

gone.tell("programme_organiser", "room_id", Gone(("room.removed",), "room", "programme_organiser.rooms", _l("This room was removed.")))

reads = access.organiser()
manages = access.organiser(Role.PROGRAMME_MANAGER)


@programme_organiser.context_processor
def words() -> dict[str, Any]:
    """Give the templates the programme's words, and when a session ends."""
    ends: Callable[[ProgrammeSession], Any] = lambda one: rules.wall_end(one.day, one.start_minute, one.length_minutes, g.edition.timezone, one.fold)  # type: ignore[arg-type] # noqa: E731
    return {
        "kind_names": KIND_NAMES,
        "state_names": STATE_NAMES,
        "role_names": ROLE_NAMES,
        "deeds": DEEDS,
        "ends": ends,
        "date_of": date.fromisoformat,
        "manager": Role.PROGRAMME_MANAGER,
    }


def to(edition: Edition, endpoint: str, **values: object) -> Response:
    """Lead to another of these pages."""
    return redirect(url_for(f"programme_organiser.{endpoint}", edition=edition.slug, **values))  # type: ignore[arg-type]
