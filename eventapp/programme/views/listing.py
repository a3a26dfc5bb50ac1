"""The list of sessions, and one day drawn."""

from datetime import date

from flask import render_template, request

from eventapp.core import clock
from eventapp.core.errors import NotThere
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.programme import queries, rules
from eventapp.programme.models import ProgrammeSession, Room
from eventapp.programme.queries import Wanted
from eventapp.programme.views.blueprint import programme_organiser, reads
from eventapp.web.paging import page_number, page_of


def _wanted() -> Wanted:
    """Read from the address how the list is narrowed."""
    return Wanted(**{name: request.args[name][:100] for name in ("q", "day", "room", "kind", "state") if name in request.args})


@programme_organiser.get("")
@reads
def listing(edition: Edition) -> str:
    """List the sessions in the order of the programme."""
    wanted = _wanted()
    page = page_of(queries.sessions(edition.id, wanted), page_number(), 60)
    facts = {"people": queries.on_stage_of([one.id for one in page.rows]), "rooms": queries.rooms_of(edition.id), "waiting": queries.unpublished(edition.id)}
    counts = {"states": queries.counts_by_state(edition.id), "day_counts": queries.counts_by_day(edition.id)}
    return render_template("programme/organiser/listing.html", page=page, wanted=wanted, **facts, **counts)


@programme_organiser.get("/day")
@reads
def day(edition: Edition) -> str:
    """Draw one day as a grid of rooms by time, with the list beside it."""
    days = [date.fromordinal(number) for number in range(edition.first_day.toordinal(), edition.last_day.toordinal() + 1)]
    today = wall(clock.show_now(), edition.timezone).date()
    chosen = _asked_for() or (today if today in days else days[0])
    if chosen not in days:
        raise NotThere
    shown, rooms = queries.scheduled_on(edition.id, chosen), queries.rooms_of(edition.id)
    grid = rules.grid_of(chosen, _cells(shown, rooms), [room.id for room in rooms], edition.timezone)
    facts = {"people": queries.on_stage_of([one.id for one in shown]), "by_id": {one.id: one for one in shown}, "counts": queries.counts_by_day(edition.id)}
    return render_template("programme/organiser/day.html", show_days=days, chosen=chosen, shown=shown, room_names={room.id: room.name for room in rooms}, grid=grid, **facts)


def _asked_for() -> date | None:
    if "day" not in request.args:
        return None
    try:
        return date.fromisoformat(request.args["day"])
    except ValueError as error:
        raise NotThere from error


def _cells(shown: list[ProgrammeSession], rooms: list[Room]) -> list[rules.Cell]:
    """Write a day's sessions as the drawing takes them."""
    by_id, wholes = {room.id: room for room in rooms}, {one.parent_id for one in shown}
    return [
        rules.Cell(
            one.id,
            one.room_id or 0,
            one.start_minute or 0,
            one.length_minutes or 0,
            one.fold,
            queries.place_of(one, by_id[one.room_id or 0]).turnover,
            one.parent_id,
            one.id in wholes,
        )
        for one in shown
    ]
