"""From the wishes to stands: a search is asked for, the worker answers, the proposal is changed, accepted, undone, and everybody reads why."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from eventapp.accounts.models import Role, User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ExhibitingRules, Exhibitor
from eventapp.jobs.models import Job
from eventapp.jobs.runner import run_due
from eventapp.stands import operations, queries
from eventapp.stands.assignment import Weights
from eventapp.stands.errors import LineAccepted, NobodySeeks, NothingAccepted, NothingChosen, NoWishListHere, ProposalOvertaken, ProposedForAnother, SearchUnderWay
from eventapp.stands.models import AssignmentRun, Kept, KeptApart, RunState, Stand, StandClaim
from eventapp.stands.operations import claiming
from eventapp.wiring import TASKS
from tests.support.browsing import sign_in_as
from tests.support.cast import EIGHT, grant, make_user
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.forms import press, press_on
from tests.support.racing import at_once, claim_without_looking, tally, without_keys

PAGE = "/organiser/sistep-2018/stands/proposals"


@pytest.fixture
def desk(client: FlaskClient, sistep: Edition) -> FlaskClient:
    """The exhibitor manager's browser."""
    return sign_in_as(client, grant(make_user("mona@show.example", "Mona Manager"), sistep, Role.EXHIBITOR_MANAGER))


@pytest.fixture
def stands(sistep: Edition) -> list[Stand]:
    """Four stands in a row."""
    return [make_stand(sistep, f"B{number}") for number in range(1, 5)]


@pytest.fixture
def firms(sistep: Edition, stranger: User, stands: list[Stand]) -> list[Exhibitor]:
    """Atlas and Rif wish B1 first, then B2; Souss wishes nothing. Rif exhibited before, and applied last."""
    atlas, rif, souss = (
        make_exhibitor(sistep, name, stranger, submitted_at=EIGHT + timedelta(hours=hour), area_wished=Decimal(18)) for hour, name in enumerate(("Atlas", "Rif", "Souss"))
    )
    for one in (atlas, rif):
        operations.keep_wishes(one, [stands[0].id, stands[1].id])
    return [atlas, rif, souss]


def search(edition: Edition, weights: Weights | None = None, after: int | None = None) -> AssignmentRun:
    """Ask for a proposal and let the worker answer."""
    run = operations.ask_for_proposal(edition.id, weights or Weights(), after=after, actor_id=None, now=EIGHT)
    run_due(TASKS)
    db.session.expire_all()
    return run


def proposed(run: AssignmentRun) -> dict[str, str | None]:
    db.session.rollback()
    return {line.exhibitor.public_name: line.stand.number if line.stand else None for line in queries.proposal_lines(run.id, EIGHT)}


def allocated() -> dict[str, str]:
    db.session.rollback()
    query = select(Exhibitor.public_name, Stand.number).join(StandClaim, StandClaim.exhibitor_id == Exhibitor.id).join(Stand, Stand.id == StandClaim.stand_id)
    return {row[0]: row[1] for row in db.session.execute(query.where(StandClaim.state == "allocated"))}


def test_from_the_wishes_to_stands_by_the_pages(desk: FlaskClient, app: Flask, sistep: Edition, stranger: User, stands: list[Stand], firms: list[Exhibitor]) -> None:
    asked = press(desk, PAGE, "Search for a proposal", neighbours="a little")
    page = asked.location
    assert "The search waits for the worker." in desk.get(page).text
    assert desk.get(f"{page}/state").json == {"state": "waiting"}
    run_due(TASKS)
    assert desk.get(f"{page}/state").json == {"state": "done"}
    run = db.session.scalars(select(AssignmentRun)).one()
    assert (run.gap, run.points, proposed(run)["Atlas"], proposed(run)["Rif"]) == (0, run.bound, "B1", "B2")
    told = desk.get(page).text
    assert [
        words in told
        for words in ("No placing is better by what counts.", "it went to <bdi>Atlas</bdi>, who named it too and applied earlier.", "Area: 18 m² for 18 m² asked for.")
    ] == [True] * 3

    line = f"{page}/lines/{firms[2].id}"
    taken = press(desk, line, "Save the line", stand="B1 ")
    assert (taken.status_code, "Stand B1 is proposed for Atlas." in taken.text) == (422, True)
    assert press(desk, line, "Save the line", stand="B4", keep="y").status_code == 302
    again = press(desk, page, "Search again").location
    run_due(TASKS)
    latest = queries.run_of_edition(sistep.id, int(again.rsplit("/", 1)[1]))
    assert proposed(latest) == {"Atlas": "B1", "Rif": "B2", "Souss": "B4"}
    assert [line.kept for line in queries.proposal_lines(latest.id, EIGHT)] == ["", "", "locked"]

    stale = desk.get(again)
    accepted = press_on(desk, stale, "Accept the chosen lines", lines=[str(firms[0].id), str(firms[1].id)])
    assert (accepted.location, allocated()) == (again, {"Atlas": "B1", "Rif": "B2"})
    shown = desk.get(again).text
    assert press_on(desk, stale, "Accept the chosen lines", press="").status_code == 422  # the page of before
    assert ["2 stands are allocated" in shown, "Something changed since this search" in shown] == [True, False]
    assert "Something changed since this search" in desk.get(page).text

    own = sign_in_as(app.test_client(), stranger)
    home = f"/exhibitor/sistep-2018/{firms[1].id}/"
    assert [
        "Atlas" in own.get(f"{home}?lang={code}").text.split(f"<h3>{summary}</h3>")[1].split("</section>")[0]
        for code, summary in (("en", "Why this stand"), ("fr", "Pourquoi ce stand"), ("ar", "لماذا هذا الجناح"))
    ] == [True] * 3
    assert "Why this stand" not in own.get(f"/exhibitor/sistep-2018/{firms[2].id}/?lang=en").text

    operations.move_exhibitor(firms[1].id, stands[1].id, stands[2].id, actor_id=None, now=EIGHT + timedelta(hours=1))
    assert "Why this stand" not in own.get(f"{home}?lang=en").text
    undone = press(desk, again, "Undo the acceptance")
    after = desk.get(undone.location).text
    assert (allocated(), "1 stand is free again." in after, "left as they are: B2" in after) == ({"Rif": "B3"}, True, True)
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "proposal").order_by(AuditEntry.id)).all()
    assert actions == ["proposal.asked", "proposal.changed", "proposal.asked", "proposal.accepted", "proposal.undone"]


def test_what_was_given_or_blocked_meanwhile_is_named_and_nothing_is_half_done(sistep: Edition, stranger: User, stands: list[Stand], firms: list[Exhibitor]) -> None:
    run = search(sistep)
    everybody = [one.id for one in firms]
    other = make_exhibitor(sistep, "Oasis", stranger)
    operations.allocate_stand(stands[0].id, other.id, actor_id=None, now=EIGHT)
    operations.block_stand(stands[1].id, "Fire exit", actor_id=None, now=EIGHT)
    with pytest.raises(ProposalOvertaken) as refusal:
        operations.accept_lines(run.id, everybody, actor_id=None, now=EIGHT)
    assert refusal.value.facts == {"lines": "B1 (Atlas), B2 (Rif)"}
    assert (allocated(), [line.obstacle for line in queries.proposal_lines(run.id, EIGHT)][:2], run.version) == ({"Oasis": "B1"}, ["taken", "blocked"], 1)
    operations.change_line(run.id, firms[0].id, None, Kept.OUT, version=1, actor_id=None, now=EIGHT)
    with pytest.raises(ChangedMeanwhile):
        operations.accept_lines(run.id, everybody, version=1, actor_id=None, now=EIGHT)
    assert operations.accept_lines(run.id, [firms[2].id], version=2, actor_id=None, now=EIGHT) == [proposed(run)["Souss"]]
    with pytest.raises(LineAccepted):
        operations.change_line(run.id, firms[2].id, None, Kept.NOTHING, actor_id=None, now=EIGHT)
    with pytest.raises(NothingChosen):
        operations.accept_lines(run.id, [firms[0].id, firms[2].id], actor_id=None, now=EIGHT)
    operations.undo_acceptance(run.id, actor_id=None, now=EIGHT)
    with pytest.raises(NothingAccepted):
        operations.undo_acceptance(run.id, actor_id=None, now=EIGHT)


def test_left_out_and_locked_lines_stay_so_in_the_next_search_and_a_stand_is_proposed_once(sistep: Edition, stands: list[Stand], firms: list[Exhibitor]) -> None:
    run = search(sistep)
    operations.change_line(run.id, firms[0].id, None, Kept.OUT, actor_id=None, now=EIGHT)
    operations.change_line(run.id, firms[2].id, stands[0].id, Kept.LOCKED, actor_id=None, now=EIGHT)
    with pytest.raises(ProposedForAnother):
        operations.change_line(run.id, firms[1].id, stands[0].id, Kept.NOTHING, actor_id=None, now=EIGHT)
    second = search(sistep, after=run.id)
    assert proposed(second) == {"Atlas": None, "Rif": "B2", "Souss": "B1"}
    assert [line.reason["missed"] for line in queries.proposal_lines(second.id, EIGHT) if line.exhibitor.id == firms[1].id] == [
        [{"rank": 1, "place": stands[0].id, "why": "by_hand", "by": firms[2].id}]
    ]


def test_pairs_kept_apart_and_earlier_editions_count(sistep: Edition, other_edition: Edition, stranger: User, stands: list[Stand], firms: list[Exhibitor]) -> None:
    with transaction():
        sistep.first_day, sistep.last_day = other_edition.last_day + timedelta(days=100), other_edition.last_day + timedelta(days=103)
    make_exhibitor(other_edition, "Rif", stranger)
    operations.keep_apart(sistep.id, firms[1].id, firms[0].id, actor_id=None, now=EIGHT)
    operations.keep_apart(sistep.id, firms[0].id, firms[1].id, actor_id=None, now=EIGHT)
    assert db.session.execute(select(KeptApart.one_id, KeptApart.other_id)).all() == [(firms[0].id, firms[1].id)]
    run = search(sistep)
    assert (proposed(run)["Rif"], proposed(run)["Atlas"] in {"B3", "B4"}) == ("B1", True)
    reasons = {line.exhibitor.public_name: [(one["why"], one["by"]) for one in line.reason["missed"]] for line in queries.proposal_lines(run.id, EIGHT)}
    assert reasons["Atlas"] == [("more_editions", firms[1].id), ("apart", firms[1].id)]
    operations.let_be_neighbours(sistep.id, firms[1].id, firms[0].id, actor_id=None, now=EIGHT)
    with transaction():
        db.session.add(KeptApart(one_id=firms[2].id, other_id=firms[0].id, edition_id=sistep.id, at=EIGHT))
    assert queries.pairs_in_disorder() == [f"exhibitors {firms[2].id} and {firms[0].id} are kept apart with the larger number first"]
    with transaction():
        db.session.execute(delete(KeptApart))
    assert proposed(search(sistep)) == {"Atlas": "B2", "Rif": "B1", "Souss": proposed(run)["Souss"] if proposed(run)["Souss"] != "B2" else "B3"}


def test_a_page_says_who_competes_for_too_few_stands(desk: FlaskClient, sistep: Edition, stranger: User, stands: list[Stand], firms: list[Exhibitor]) -> None:
    for number in range(2):
        make_exhibitor(sistep, f"More {number}", stranger, area_wished=Decimal(18))
    make_exhibitor(sistep, "Giant", stranger, stand_kind="bare", area_wished=Decimal(300), state="waitlisted")
    run = search(sistep)
    page = desk.get(f"{PAGE}/{run.id}").text
    assert [
        "5 exhibitors need one of 4 stands" in page,
        'tile__number">4<' in page,
        "of 5 exhibitors get a stand" in page,
        len(run.conflict["seekers"]),
        run.conflict["places"],
    ] == [True, True, True, 5, [one.id for one in stands]]


def test_where_who_comes_first_has_the_stand_nothing_is_proposed(desk: FlaskClient, sistep: Edition, firms: list[Exhibitor]) -> None:
    with transaction():
        db.session.add(ExhibitingRules(edition_id=sistep.id, stand_way="first_come"))
    with pytest.raises(NoWishListHere):
        operations.ask_for_proposal(sistep.id, Weights(), actor_id=None, now=EIGHT)
    assert "Who comes first has the stand here" in desk.get(PAGE).text
    assert PAGE not in desk.get("/organiser/sistep-2018/stands").text


def test_a_search_that_fails_or_is_lost_is_said_and_another_can_begin(desk: FlaskClient, sistep: Edition, firms: list[Exhibitor]) -> None:
    run = operations.ask_for_proposal(sistep.id, Weights(), actor_id=None, now=EIGHT)
    with pytest.raises(SearchUnderWay):
        operations.ask_for_proposal(sistep.id, Weights(), actor_id=None, now=EIGHT)
    with transaction():
        run.weights = {**run.weights, "wishes": "many"}
    run_due(TASKS)
    db.session.expire_all()
    assert (run.state, db.session.scalars(select(Job.state)).all(), "The search failed." in desk.get(f"{PAGE}/{run.id}").text) == (RunState.FAILED, ["done"], True)
    lost = operations.ask_for_proposal(sistep.id, Weights(), actor_id=None, now=EIGHT)
    with transaction():
        db.session.execute(delete(Job))
    assert queries.searches_without_a_job() == [f"search {lost.id} for stands is under way and has no job"]
    later = operations.ask_for_proposal(sistep.id, Weights(), actor_id=None, now=EIGHT + timedelta(minutes=16))
    db.session.expire_all()
    assert (lost.state, later.state, queries.searches_without_a_job()) == (RunState.FAILED, RunState.WAITING, [])


def test_when_everybody_has_a_stand_there_is_nothing_to_search(sistep: Edition) -> None:
    with pytest.raises(NobodySeeks):
        operations.ask_for_proposal(sistep.id, Weights(), actor_id=None, now=EIGHT)


def test_of_two_who_ask_at_once_one_search_begins(app: Flask, sistep: Edition, firms: list[Exhibitor]) -> None:
    ask = partial(operations.ask_for_proposal, sistep.id, Weights(), actor_id=None, now=EIGHT)
    assert tally(at_once(app, [ask] * 4)) == {"won": 1, "SearchUnderWay": 3}


def test_of_two_acceptances_at_once_one_allocates(app: Flask, sistep: Edition, firms: list[Exhibitor]) -> None:
    one, everybody = search(sistep).id, [one.id for one in firms]
    other = search(sistep).id
    ended = tally(at_once(app, [partial(operations.accept_lines, run, everybody, version=1, actor_id=None, now=EIGHT) for run in (one, one, other, other)]))
    assert (ended.pop("won"), sum(ended.values()), set(ended) <= {"ChangedMeanwhile", "ProposalOvertaken"}) == (1, 3, True)
    assert (len(allocated()), queries.sold_twice()) == (3, [])


def accept_and_click(app: Flask, edition: Edition, owner: User, firms: list[Exhibitor]) -> dict[str, int]:
    """Accept a proposal while somebody allocates each of its stands to others by a click."""
    run = search(edition)
    lines = [(line.exhibitor.id, line.stand.id) for line in queries.proposal_lines(run.id, EIGHT) if line.stand]
    others = [make_exhibitor(edition, f"Quick {number}", owner).id for number in range(len(lines))]
    clicks = [partial(operations.allocate_stand, stand, other, actor_id=None, now=EIGHT) for (_who, stand), other in zip(lines, others, strict=True)]
    return tally(at_once(app, [partial(operations.accept_lines, run.id, [who for who, _stand in lines], version=1, actor_id=None, now=EIGHT), *clicks]))


def test_an_acceptance_and_a_click_never_give_one_stand_twice(app: Flask, sistep: Edition, stranger: User, firms: list[Exhibitor]) -> None:
    ended = accept_and_click(app, sistep, stranger, firms)
    assert ended in ({"won": 1, "StandTaken": 3}, {"won": 3, "ProposalOvertaken": 1})
    assert (len(allocated()), queries.sold_twice()) == (3, [])


def test_without_the_key_an_acceptance_and_a_click_give_stands_twice(app: Flask, sistep: Edition, stranger: User, firms: list[Exhibitor], monkeypatch: pytest.MonkeyPatch) -> None:
    without_keys("stand_claims")
    claim_without_looking(monkeypatch, claiming, "stand_claims")
    accept_and_click(app, sistep, stranger, firms)
    assert len(queries.sold_twice()) > 0
