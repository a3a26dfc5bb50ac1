"""What needs somebody, as the rooms below leave it."""

from datetime import date

from eventapp.accounts.models import User
from eventapp.backoffice.queries.home import requests_to_join, unpublished_sessions, waiting_documents
from eventapp.editions.models import Edition
from eventapp.exhibitors.operations import withdraw
from eventapp.exhibitors.operations.joining import answer_join, ask_to_join, pass_on
from eventapp.exhibitors.operations.papers import approve_document, provide_document
from eventapp.programme.models import SessionKind
from eventapp.programme.operations import add_room, add_session, change_session, place_session, publish, take_off_programme
from eventapp.programme.rules import Details, Placement
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import make_exhibitor
from tests.support.files import ask, certificate

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


def test_documents_count_until_somebody_decided_about_them(sistep: Edition, other_edition: Edition, stranger: User) -> None:
    atlas, gone = make_exhibitor(sistep, "Atlas", stranger), make_exhibitor(sistep, "Rif", stranger)
    insurance = ask(sistep, "Insurance")
    sent = [provide_document(one.id, insurance.id, certificate(one.public_name), actor_id=None, now=EIGHT).id for one in (atlas, gone)]
    counts = [waiting_documents(sistep, EIGHT)]
    withdraw(gone.id, actor_id=None, now=EIGHT)
    counts.append(waiting_documents(sistep, EIGHT))
    approve_document(sistep.id, sent[0], actor_id=None, now=EIGHT)
    assert ([*counts, waiting_documents(sistep, EIGHT)], waiting_documents(other_edition, EIGHT)) == ([2, 1, 0], 0)


def test_requests_to_join_count_from_when_the_organiser_is_asked_until_an_answer(sistep: Edition, other_edition: Edition, stranger: User, olga: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", olga)
    asked = ask_to_join(sistep.id, atlas.organisation_id or 0, stranger.id, now=EIGHT)
    counts = [requests_to_join(sistep, EIGHT)]
    pass_on(asked.id, now=EIGHT)
    counts.append(requests_to_join(sistep, EIGHT))
    answer_join(asked.id, joins=True, actor_id=olga.id, now=EIGHT, real_now=EIGHT)
    assert ([*counts, requests_to_join(sistep, EIGHT)], requests_to_join(other_edition, EIGHT)) == ([0, 1, 0], 0)
