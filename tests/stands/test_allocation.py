"""A stand is given to one accepted exhibitor of its edition."""

from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile, NotThere
from eventapp.editions.models import Edition, Hall
from eventapp.exhibitors.models import Exhibitor
from eventapp.mail.models import OutgoingMail
from eventapp.stands import queries
from eventapp.stands.errors import AlreadyTheirs, ExhibitorNotAccepted, NoSuchStand, NotTheirs, StandNumberTaken, StandTaken
from eventapp.stands.models import Stand, StandClaim, StandWish
from eventapp.stands.operations import allocate_stand, copy_floor, free_stand, keep_wishes
from eventapp.stands.receivers import on_exhibitor_withdrawn
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.statements import statements


@pytest.fixture
def b12(sistep: Edition) -> Stand:
    """A stand of 18 m² on a corner."""
    return make_stand(sistep, "B12")


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An accepted exhibitor."""
    return make_exhibitor(sistep, "Atlas", stranger)


@pytest.fixture
def rif(sistep: Edition, stranger: User) -> Exhibitor:
    """Another accepted exhibitor."""
    return make_exhibitor(sistep, "Rif", stranger)


def holders() -> list[tuple[int, int | None]]:
    db.session.rollback()
    return [(row[0], row[1]) for row in db.session.execute(select(StandClaim.stand_id, StandClaim.exhibitor_id).order_by(StandClaim.stand_id))]


def test_an_accepted_exhibitor_gets_a_stand_and_a_mail(b12: Stand, atlas: Exhibitor, adil: User, eight_o_clock: datetime) -> None:
    allocate_stand(b12.id, atlas.id, actor_id=adil.id, now=eight_o_clock)
    assert holders() == [(b12.id, atlas.id)]
    trail = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "stand.allocated")).one()
    assert (trail.actor_id, trail.subject_kind, trail.subject_id, trail.edition_id, trail.details) == (
        adil.id,
        "exhibitor",
        atlas.id,
        b12.edition_id,
        {"stand": "B12", "stand_id": b12.id},
    )
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (mail.to, mail.template, mail.language) == (atlas.contact_email, "stands/allocated", "en")
    assert mail.values == {"name": "Atlas", "path": f"/exhibitor/sistep-2018/{atlas.id}/", "stand": "B12", "hall": same("Hall B"), "area": 18.0, "open_sides": 2}


def test_a_second_exhibitor_cannot_take_an_allocated_stand(b12: Stand, atlas: Exhibitor, rif: Exhibitor, eight_o_clock: datetime) -> None:
    allocate_stand(b12.id, atlas.id, actor_id=None, now=eight_o_clock)
    with pytest.raises(StandTaken) as refusal:
        allocate_stand(b12.id, rif.id, actor_id=None, now=eight_o_clock)
    assert refusal.value.facts == {"stand": "B12", "by": "Atlas"}
    assert holders() == [(b12.id, atlas.id)]


def test_giving_a_stand_twice_to_the_same_exhibitor_says_so(b12: Stand, atlas: Exhibitor, eight_o_clock: datetime) -> None:
    allocate_stand(b12.id, atlas.id, actor_id=None, now=eight_o_clock)
    with pytest.raises(AlreadyTheirs):
        allocate_stand(b12.id, atlas.id, actor_id=None, now=eight_o_clock)
    assert holders() == [(b12.id, atlas.id)]


@pytest.mark.parametrize("state", ["submitted", "waitlisted", "refused", "withdrawn"])
def test_only_accepted_exhibitors_get_a_stand(b12: Stand, sistep: Edition, stranger: User, state: str, eight_o_clock: datetime) -> None:
    souss = make_exhibitor(sistep, "Souss", stranger, state=state)
    with pytest.raises(ExhibitorNotAccepted):
        allocate_stand(b12.id, souss.id, actor_id=None, now=eight_o_clock)
    assert holders() == []


def test_a_stand_of_another_edition_does_not_exist_here(other_edition: Edition, atlas: Exhibitor, eight_o_clock: datetime) -> None:
    theirs = make_stand(other_edition, "B12")
    with pytest.raises(NotThere):
        allocate_stand(theirs.id, atlas.id, actor_id=None, now=eight_o_clock)
    with pytest.raises(NotThere):
        queries.stand_of_edition(atlas.edition_id, theirs.id)
    with pytest.raises(NoSuchStand):
        queries.stand_numbered(atlas.edition_id, "B12")
    assert holders() == []


def test_two_organisers_do_not_give_two_stands_by_mistake(b12: Stand, atlas: Exhibitor, sistep: Edition, eight_o_clock: datetime) -> None:
    b14 = make_stand(sistep, "B14")
    seen = queries.mark_of_stands(atlas.id)
    allocate_stand(b12.id, atlas.id, seen=seen, actor_id=None, now=eight_o_clock)
    with pytest.raises(ChangedMeanwhile):
        allocate_stand(b14.id, atlas.id, seen=seen, actor_id=None, now=eight_o_clock)
    allocate_stand(b14.id, atlas.id, seen=queries.mark_of_stands(atlas.id), actor_id=None, now=eight_o_clock)
    assert holders() == [(b12.id, atlas.id), (b14.id, atlas.id)]


def test_a_freed_stand_can_be_given_again(b12: Stand, atlas: Exhibitor, rif: Exhibitor, eight_o_clock: datetime) -> None:
    allocate_stand(b12.id, atlas.id, actor_id=None, now=eight_o_clock)
    with pytest.raises(NotTheirs):
        free_stand(b12.id, rif.id, actor_id=None, now=eight_o_clock)
    free_stand(b12.id, atlas.id, actor_id=None, now=eight_o_clock)
    with pytest.raises(NotTheirs):
        free_stand(b12.id, actor_id=None, now=eight_o_clock)
    allocate_stand(b12.id, rif.id, actor_id=None, now=eight_o_clock)
    assert holders() == [(b12.id, rif.id)]


def test_the_stands_of_who_withdraws_are_free(b12: Stand, atlas: Exhibitor, rif: Exhibitor, sistep: Edition, eight_o_clock: datetime) -> None:
    b14 = make_stand(sistep, "B14")
    allocate_stand(b12.id, atlas.id, actor_id=None, now=eight_o_clock)
    allocate_stand(b14.id, rif.id, actor_id=None, now=eight_o_clock)
    with transaction():
        on_exhibitor_withdrawn(None, exhibitor=atlas, actor_id=None, now=eight_o_clock)
    assert holders() == [(b14.id, rif.id)]


@pytest.mark.parametrize("typed", ["B12", "b12", " b 12 "])
def test_a_number_is_understood_however_it_is_typed(b12: Stand, typed: str) -> None:
    assert queries.stand_numbered(b12.edition_id, typed).id == b12.id


@pytest.mark.parametrize("typed", ["", "B99", "B12; DROP", "١٢"])
def test_a_number_that_does_not_exist_is_named(b12: Stand, typed: str) -> None:
    with pytest.raises(NoSuchStand):
        queries.stand_numbered(b12.edition_id, typed)


def test_two_stands_of_an_edition_have_two_numbers(b12: Stand, sistep: Edition, other_edition: Edition) -> None:
    with pytest.raises(StandNumberTaken):
        make_stand(sistep, "b12")
    assert make_stand(other_edition, "B12").number == "B12"


def test_free_stands_come_by_hall_and_number(sistep: Edition, other_edition: Edition, atlas: Exhibitor, eight_o_clock: datetime) -> None:
    with transaction():
        sistep.halls.append(Hall(code="A", name=same("Hall A"), width_m=Decimal(10), depth_m=Decimal(10), position=0))
    for number in ("B10", "B9", "B2"):
        make_stand(sistep, number)
    make_stand(sistep, "A1", hall="A")
    make_stand(other_edition, "Z1")
    allocate_stand(queries.stand_numbered(sistep.id, "B9").id, atlas.id, actor_id=None, now=eight_o_clock)
    assert [(line.number, line.hall["en"]) for line in queries.free_stands(sistep.id, EIGHT)] == [("A1", "Hall A"), ("B2", "Hall B"), ("B10", "Hall B")]
    assert queries.count_stands(sistep.id) == (4, 1)


def test_wishes_keep_their_order_and_say_who_has_the_stand(b12: Stand, sistep: Edition, atlas: Exhibitor, rif: Exhibitor, eight_o_clock: datetime) -> None:
    b14 = make_stand(sistep, "B14")
    keep_wishes(rif, [b14.id, b12.id, b14.id])
    allocate_stand(b12.id, atlas.id, actor_id=None, now=eight_o_clock)
    assert [(line.number, line.taken_by) for line in queries.wishes_of(rif.id)] == [("B14", None), ("B12", "Atlas")]


def test_a_wish_for_a_stand_of_another_edition_is_refused(other_edition: Edition, atlas: Exhibitor) -> None:
    theirs = make_stand(other_edition, "B12")
    with pytest.raises(NotThere):
        keep_wishes(atlas, [theirs.id])
    assert db.session.scalars(select(StandWish)).all() == []


def test_a_new_edition_takes_over_the_stands_of_halls_of_the_same_code(b12: Stand, sistep: Edition, other_edition: Edition) -> None:
    copy_floor(sistep.id, other_edition)
    copied = queries.stand_numbered(other_edition.id, "B12")
    assert (copied.hall_id, copied.outline, copied.area_m2, copied.open_on, copied.kind) == (other_edition.halls[0].id, b12.outline, b12.area_m2, "ES", "equipped")


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_of_stands_take_one_query_each(sistep: Edition, stranger: User, count: int, eight_o_clock: datetime) -> None:
    ids = []
    for number in range(count):
        exhibitor = make_exhibitor(sistep, f"Exhibitor {number}", stranger)
        allocate_stand(make_stand(sistep, f"B{number}").id, exhibitor.id, actor_id=None, now=eight_o_clock)
        make_stand(sistep, f"C{number}")
        ids.append(exhibitor.id)
    edition_id = sistep.id
    with statements() as sent:
        assert [len(lines) for lines in queries.stands_of(ids).values()] == [1] * count
        assert len(queries.free_stands(edition_id, EIGHT)) == count
    assert len([statement for statement in sent if statement.startswith("SELECT")]) == 2
