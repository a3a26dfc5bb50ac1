"""Screens for halls: what is on now and what comes next, in every room or in one. The page holds the whole programme and no time of day, so that it goes on without a network."""

from functools import partial

from flask import render_template
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.schedule import queries, rules
from eventapp.schedule.queries import Published
from eventapp.schedule.views.feeds import schedule
from eventapp.schedule.views.public import kept_page, kind_names
from eventapp.web import i18n

__all__ = ["schedule"]


def _screen(edition: Edition, published: Published, only: rules.Room | None) -> str:
    """Draw the screen of all rooms or of one."""
    return render_template(
        "schedule/public/screen.html",
        rows=rules.by_room(published.programme, only),
        only=only,
        offsets=rules.offsets(published.programme, edition.first_day, edition.last_day, edition.timezone),
        midnights=partial(rules.midnights, tz=edition.timezone),
        minute=rules.minute,
        number=published.number,
        kind_names=kind_names(),
        parties=rules.parties,
    )


@schedule.get("/now")
@access.public
def screen(edition: Edition) -> Response:
    """Show what is on now and next in every room."""
    published = queries.latest(edition)
    return i18n.canonical_address() or kept_page(edition, published, ("now",), partial(_screen, edition, published, None))


@schedule.get("/now/<room>")
@access.public
def room_screen(edition: Edition, room: str) -> Response:
    """Show what is on now and next in one room."""
    published = queries.latest(edition)
    only = next((one for one in published.programme.rooms if one.code == room), None)
    if only is None:
        raise NotThere
    return i18n.canonical_address() or kept_page(edition, published, ("now", room), partial(_screen, edition, published, only))
