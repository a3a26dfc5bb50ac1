"""From the working programme to the pages, by the real publication."""

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from eventapp.core.db import transaction
from eventapp.core.zones import instant
from eventapp.editions.models import Edition
from eventapp.portal.queries import Upcoming, next_sessions
from eventapp.programme.models import SessionKind, StageRole
from eventapp.programme.operations import change_session, publish
from eventapp.programme.rules import Details
from eventapp.programme.signals import programme_published
from eventapp.schedule.receivers import on_programme_published
from tests.schedule.test_pages import titles
from tests.support.cast import EIGHT, same
from tests.support.programme import DAY, draft, make_person, make_room, minute, on_stage, place, scheduled

PAGE = "/sistep-2018/schedule/all?lang=en"


def put_out(edition: Edition) -> None:
    """Publish the working programme."""
    publish(edition.id, actor_id=None, now=EIGHT)


def test_the_process_that_publishes_is_fresh_at_once(client: FlaskClient, sistep: Edition) -> None:
    atlas = make_room(sistep, "atlas")
    opening = scheduled(sistep, "Opening", "11:00", 90, atlas)
    put_out(sistep)
    assert titles(client.get(PAGE).text) == ["Opening"]
    for number in range(5):
        change_session(opening.id, Details(SessionKind.CONFERENCE, same(f"Opening {number}")), version=opening.version, actor_id=None, now=EIGHT)
        put_out(sistep)
        assert titles(client.get(PAGE).text) == [f"Opening {number}"]


def test_without_the_receiver_the_process_would_show_the_old_page(client: FlaskClient, sistep: Edition) -> None:
    """The negative control of the test above."""
    opening = scheduled(sistep, "Opening", "11:00", 90, make_room(sistep, "atlas"))
    put_out(sistep)
    client.get(PAGE)
    programme_published.disconnect(on_programme_published)
    try:
        change_session(opening.id, Details(SessionKind.CONFERENCE, same("Changed")), version=opening.version, actor_id=None, now=EIGHT)
        put_out(sistep)
        assert titles(client.get(PAGE).text) == ["Opening"]
    finally:
        programme_published.connect(on_programme_published, weak=False)


def test_a_publication_that_fails_leaves_the_page(client: FlaskClient, sistep: Edition) -> None:
    atlas = make_room(sistep, "atlas")
    scheduled(sistep, "Opening", "11:00", 90, atlas)
    put_out(sistep)
    scheduled(sistep, "Second", "14:00", 30, atlas)
    with pytest.raises(ZeroDivisionError), transaction():
        put_out(sistep)
        raise ZeroDivisionError
    assert titles(client.get(PAGE).text) == ["Opening"]


def test_drafts_and_unpublished_changes_never_show(client: FlaskClient, sistep: Edition) -> None:
    atlas = make_room(sistep, "atlas")
    opening = scheduled(sistep, "Opening", "11:00", 90, atlas)
    draft(sistep, "CANARY draft")
    put_out(sistep)
    scheduled(sistep, "CANARY later", "15:00", 30, atlas)
    on_stage(opening, make_person("CANARY", "Person"))
    change_session(opening.id, Details(SessionKind.CEREMONY, same("CANARY title")), version=opening.version, actor_id=None, now=EIGHT)
    paths = (
        PAGE,
        "/sistep-2018/schedule.ics",
        "/sistep-2018/schedule.json",
        "/sistep-2018/schedule.xml",
        "/sistep-2018/sessions.json",
        "/sistep-2018/schedule?q=canary&lang=en",
        "/sistep-2018/sessions/opening?lang=en",
        "/sistep-2018/?lang=en",
    )
    leaks = [path for path in paths if "CANARY" in client.get(path).text]
    assert leaks == []
    put_out(sistep)
    assert [path for path in paths if "CANARY" in client.get(path).text] != []


def entry(client: FlaskClient) -> tuple[str, int, str]:
    """Read the one event of the calendar: uid, sequence, start."""
    found = Calendar.from_ical(client.get("/sistep-2018/schedule.ics").data).walk("VEVENT")[0]
    return str(found["UID"]), int(found.decoded("SEQUENCE")), found.decoded("DTSTART").strftime("%H:%M")


def test_a_moved_session_keeps_its_uid_and_raises_its_sequence(client: FlaskClient, sistep: Edition) -> None:
    atlas = make_room(sistep, "atlas")
    opening = scheduled(sistep, "Opening", "11:00", 90, atlas)
    put_out(sistep)
    uid, sequence, start = entry(client)
    assert (uid, start) == (opening.uid, "11:00")
    place(opening, "12:00", 60, atlas)
    put_out(sistep)
    assert entry(client) == (uid, sequence + 1, "12:00")


def test_next_sessions_are_those_published_that_are_still_to_come(sistep: Edition) -> None:
    atlas = make_room(sistep, "atlas")
    first = scheduled(sistep, "First", "09:00", 60, atlas)
    whole = scheduled(sistep, "Whole", "11:00", 90, atlas)
    scheduled(sistep, "Part", "11:30", 15, within=whole)
    on_stage(first, make_person("Amina", "Benali"), StageRole.CHAIR)
    put_out(sistep)
    scheduled(sistep, "Unpublished", "15:00", 30, atlas)
    ten = instant(DAY, EIGHT.time().replace(hour=10), "Africa/Casablanca")
    expected = Upcoming("whole", same("Whole"), atlas.name, DAY, minute("11:00"), instant(DAY, ten.time().replace(hour=11), "Africa/Casablanca"))
    assert next_sessions(sistep, ten) == [expected]
