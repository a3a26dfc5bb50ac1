"""Somebody asks to act for an organisation that is known: its owner answers, or the organiser; of two answers one counts."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from eventapp.exhibitors.errors import AlreadyApplied, AlreadyTheirPeople, MustJoin, NotTheirPeople, RequestAnswered
from eventapp.exhibitors.models import Exhibitor, JoinRequest
from eventapp.exhibitors.operations import joining, save_step, submit_registration
from eventapp.exhibitors.operations.returning import begin_again
from eventapp.exhibitors.operations.wanted import keep_wanted
from eventapp.exhibitors.queries import joining as queries
from eventapp.exhibitors.queries import memberships
from eventapp.exhibitors.rules import application, mark
from eventapp.jobs.models import Job
from eventapp.mail.models import OutgoingMail
from tests.support.cast import EIGHT, make_user
from tests.support.exhibiting import answers, make_exhibitor, more_answers
from tests.support.racing import race, without_keys, without_locks

KEY = "the-key-of-a-registration"


@pytest.fixture
def nora(sistep: Edition) -> User:
    """The owner of an exhibitor."""
    return make_user("nora@atlas.example", "Nora Owner")


@pytest.fixture
def atlas(sistep: Edition, nora: User) -> Exhibitor:
    """An accepted exhibitor of 2018."""
    return make_exhibitor(sistep, "Fonderie de l'Atlas", nora)


def mails() -> list[tuple[str, str]]:
    """List to whom which mail goes."""
    return [(row[0], row[1]) for row in db.session.execute(select(OutgoingMail.to, OutgoingMail.template).order_by(OutgoingMail.id))]


def asked(exhibitor: Exhibitor, user: User) -> int:
    assert exhibitor.organisation_id is not None
    return joining.ask_to_join(exhibitor.edition_id, exhibitor.organisation_id, user.id, message="I work there", now=clock.real_now()).id


def say(request: int, by: User, *, joins: bool = True, reason: str = "") -> JoinRequest:
    return joining.answer_join(request, joins=joins, reason=reason, actor_id=by.id, now=EIGHT, real_now=clock.real_now())


def test_the_owner_lets_somebody_in_who_is_of_the_team_then(app: Flask, atlas: Exhibitor, nora: User, stranger: User) -> None:
    number = asked(atlas, stranger)
    assert asked(atlas, stranger) == number  # asking twice is one question, and one mail
    assert mails() == [("nora@atlas.example", "exhibitors/join_asked")]
    with pytest.raises(AlreadyTheirPeople):
        asked(atlas, nora)
    with pytest.raises(NotThere):
        queries.request_to_owner(stranger.id, atlas.edition_id, number)
    assert queries.request_to_owner(nora.id, atlas.edition_id, number).id == number
    say(number, nora)
    assert ([one.id for one in memberships(stranger.id)], mails()[1:]) == ([atlas.id], [("stranger@show.example", "exhibitors/join_accepted")])
    with pytest.raises(RequestAnswered):
        say(number, nora, joins=False, reason="Late")
    assert [breach for found in examine().values() for breach in found] == []


def test_without_an_answer_the_organiser_is_asked_after_three_days_and_without_an_owner_at_once(app: Flask, sistep: Edition, atlas: Exhibitor, nora: User, stranger: User) -> None:
    number = asked(atlas, stranger)
    job = db.session.scalars(select(Job).where(Job.task == "exhibitors.pass_on")).one()
    request = db.session.get_one(JoinRequest, number)
    assert (job.arguments, job.run_at - request.asked_at) == ([number], timedelta(days=3))
    joining.pass_on(number, now=clock.real_now())
    joining.pass_on(number, now=clock.real_now())
    assert mails()[1:] == [("contact@show.example", "exhibitors/join_passed_on")]
    say(number, nora, joins=False, reason="Unknown to us")
    joining.pass_on(number, now=clock.real_now())
    assert (mails()[2:], memberships(stranger.id)) == ([("stranger@show.example", "exhibitors/join_refused")], [])
    with transaction():
        nora.disabled_at = EIGHT  # the owner is gone
    again = asked(atlas, stranger)
    assert (again != number, mails()[3:]) == (True, [("contact@show.example", "exhibitors/join_passed_on")])


def test_who_was_let_in_registers_the_organisation_with_what_it_gave_last_time(app: Flask, sistep: Edition, other_edition: Edition, stranger: User) -> None:
    owner = make_user("omar@atlas.example", "Omar")
    last = make_exhibitor(other_edition, "Fonderie de l'Atlas", owner, area_wished=18, contact_name="Private Contact", ice="001561191000066")
    with transaction():
        keep_wanted(last, application({**answers(), **more_answers()}))
    assert last.organisation_id is not None
    assert ([one.id for one in queries.returning(stranger.id, sistep.id)], queries.last_exhibitor(stranger.id, sistep.id, last.organisation_id)) == ([], None)
    with pytest.raises(NotTheirPeople):
        begin_again(sistep.id, KEY, last.organisation_id, user_id=stranger.id, now=EIGHT)
    request = joining.ask_to_join(sistep.id, last.organisation_id, stranger.id, now=clock.real_now())
    say(request.id, owner)
    assert ([one.id for one in queries.returning(stranger.id, sistep.id)], memberships(stranger.id)) == ([last.organisation_id], [])
    draft = begin_again(sistep.id, KEY, last.organisation_id, user_id=stranger.id, now=EIGHT)
    given = draft.answers
    assert (given["contact"]["contact_name"], given["space"]["area"], given["products"]["products"]) == ("Private Contact", "18", ["Press brakes", "القطع بالليزر"])
    assert ([one["name"] for one in given["companions"]["co_exhibitors"]], given["taken_from"]["edition"]["fr"], "extras" in given) == (["Rif Laser"], "SISTEP-2025", False)
    sent = submit_registration(sistep.id, KEY, seen=mark(draft.changed_at), user_id=stranger.id, now=EIGHT, real_now=EIGHT)
    assert (sent.organisation_id, sent.contact_name, [one.id for one in memberships(stranger.id)]) == (last.organisation_id, "Private Contact", [sent.id])


def registered(edition: Edition, user: User | None, key: str = KEY, **typed: object) -> Exhibitor:
    """Register with these answers."""
    for step, given in answers(ice="", **typed).items():
        save_step(edition.id, key, step, {**given, **({"another": typed["another"]} if step == "organisation" and "another" in typed else {})}, now=EIGHT)
    return submit_registration(edition.id, key, seen=mark(EIGHT), user_id=user.id if user else None, now=EIGHT, real_now=EIGHT)


def test_nobody_else_registers_an_organisation_that_has_people(app: Flask, sistep: Edition, other_edition: Edition, stranger: User, nora: User) -> None:
    last = make_exhibitor(other_edition, "Fonderie de l'Atlas", nora)
    with pytest.raises(MustJoin):
        registered(sistep, stranger)
    apart = registered(sistep, stranger, another="y")
    assert (apart.organisation_id != last.organisation_id, queries.acts_for(stranger.id, last.organisation_id or 0)) == (True, False)
    assert registered(sistep, nora, key="another-key").organisation_id == last.organisation_id
    with pytest.raises(AlreadyApplied):
        registered(sistep, make_user("third@show.example", "Third"), key="a-third-key")


def test_a_like_name_is_found_and_ones_own_is_left_out(app: Flask, sistep: Edition, atlas: Exhibitor, nora: User, stranger: User) -> None:
    def found(name: str, ice: str = "", user: User = stranger) -> list[tuple[str, bool]]:
        return [(one.name, one.only_join) for one in queries.alike((name, ""), "MA", ice, user.id)]

    assert found("FONDERIE DE L’ATLAS sarl") == found("Fonderie Atlas") == found("Fonderies de l'Atlas") == [("Fonderie de l'Atlas", False)]
    assert (found("Forge du Rif"), found("Fonderie de l'Atlas", user=nora)) == ([], [])
    with transaction():
        atlas.organisation.ice = "001561191000066"
    assert (found("Whatever", "001561191000066"), found("Fonderie Atlas", "002136093000040")) == ([("Fonderie de l'Atlas", True)], [])


def test_two_answers_at_once_are_one(app: Flask, atlas: Exhibitor, nora: User, stranger: User) -> None:
    number, by = asked(atlas, stranger), nora.id
    assert race(app, lambda joins: answered(number, by, joins), [True, False, True, False]) == {"answered": 1, "refused": 3}
    assert len([one for one in mails() if one[0] == "stranger@show.example"]) == 1


def answered(number: int, by: int, joins: bool) -> str:
    try:
        joining.answer_join(number, joins=joins, reason="No", actor_id=by, now=EIGHT, real_now=EIGHT)
    except RequestAnswered:
        return "refused"
    return "answered"


def test_without_its_lock_a_request_is_answered_twice(app: Flask, atlas: Exhibitor, nora: User, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    number, by = asked(atlas, stranger), nora.id
    without_locks(monkeypatch, queries, "request_to_change", 2)
    assert race(app, lambda joins: answered(number, by, joins), [False, False]) == {"answered": 2}


def test_who_asks_in_two_windows_at_once_asks_once(app: Flask, atlas: Exhibitor, stranger: User) -> None:
    ids = (atlas.edition_id, atlas.organisation_id or 0, stranger.id)
    assert race(app, lambda _window: str(joining.ask_to_join(*ids, now=EIGHT).state), range(4)) == {"open": 4}
    assert (len(mails()), queries.wrong_requests()) == (1, [])


def test_without_its_key_a_question_is_asked_twice_and_doctor_says_so(app: Flask, atlas: Exhibitor, stranger: User) -> None:
    number = asked(atlas, stranger)
    without_keys("join_requests")
    with db.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO join_requests (id, edition_id, organisation_id, user_id, state, message, reason, asked_at)"
            f" SELECT {number + 1}, edition_id, organisation_id, user_id, state, message, reason, asked_at FROM join_requests"
        )
    assert queries.wrong_requests() == [f"user {stranger.id} asks twice to join organisation {atlas.organisation_id} in edition {atlas.edition_id}"]
