"""What needs somebody, as the rooms below leave it."""

from datetime import date

from eventapp.backoffice.queries.home import unpublished_sessions
from eventapp.editions.models import Edition
from eventapp.programme.models import SessionKind
from eventapp.programme.operations import add_room, add_session, change_session, place_session, publish, take_off_programme
from eventapp.programme.rules import Details, Placement
from tests.support.cast import EIGHT, same

DAY = date(2018, 4, 13)


def test_sessions_count_as_changed_until_they_are_published(sistep: Edition, other_edition: Edition) -> None:
    room = add_room(sistep.id, code="A", name=same("Room"), capacity=10, actor_id=None, now=EIGHT)
    talks = [add_session(sistep.id, Details(SessionKind.CONFERENCE, same(f"Talk {number}")), actor_id=None, now=EIGHT).id for number in range(3)]
    counts = [unpublished_sessions(sistep, EIGHT)]
    for number, talk in enumerate(talks):
        place_session(talk, Placement(DAY, 600 + 60 * number, 60, room.id), actor_id=None, now=EIGHT)
    counts.append(unpublished_sessions(sistep, EIGHT))
    publish(sistep.id, actor_id=None, now=EIGHT)
    counts.append(unpublished_sessions(sistep, EIGHT))
    change_session(talks[0], Details(SessionKind.CONFERENCE, same("Another title")), version=None, actor_id=None, now=EIGHT)
    place_session(talks[1], Placement(DAY, 900, 60, room.id), actor_id=None, now=EIGHT)
    take_off_programme(talks[2], actor_id=None, now=EIGHT)
    counts.append(unpublished_sessions(sistep, EIGHT))
    assert (counts, unpublished_sessions(other_edition, EIGHT)) == ([0, 3, 0, 3], 0)
