"""Stands become one and are cut in two, keep what they were made of, get numbers in a row; the last act of drawing is undone."""

from decimal import Decimal
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.mail.models import OutgoingMail
from eventapp.stands import operations, queries
from eventapp.stands.errors import ChangedSince, CutMisses, NotAllTheirs, NotBeside, NothingToUndo, NumberTooLong, OffThePlan, StandInUse, StandNumberTaken
from eventapp.stands.models import FloorFeature, PlanChange, Stand, StandClaim, StandWish
from eventapp.stands.operations import (
    add_feature,
    allocate_stand,
    block_stand,
    change_feature,
    describe_stand,
    mark_of_feature,
    merge_stands,
    number_stands,
    remove_feature,
    reshape_stand,
    split_stand,
    take_off_the_plan,
    undo_last,
)
from eventapp.stands.rules.shapes import moved, rectangle
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.racing import at_once, tally, without_locks


@pytest.fixture
def row(sistep: Edition) -> list[Stand]:
    """Three stands of 18 m² side by side."""
    return [make_stand(sistep, f"B{number}") for number in (1, 2, 3)]


def on_plan() -> dict[str, Decimal]:
    db.session.rollback()
    return {stand.number: stand.area_m2 for stand in db.session.scalars(select(Stand).where(Stand.retired_at.is_(None)).order_by(Stand.number))}


def holders() -> dict[str, str]:
    db.session.rollback()
    query = select(Stand.number, Exhibitor.public_name).join(StandClaim, StandClaim.stand_id == Stand.id).join(Exhibitor, Exhibitor.id == StandClaim.exhibitor_id)
    return {found[0]: found[1] for found in db.session.execute(query.order_by(Stand.number))}


def whole() -> list[str]:
    return [*queries.wrong_cells(), *queries.outside_their_halls(), *queries.sold_twice()]


def seen(*stands: Stand) -> list[tuple[int, int | None]]:
    return [(stand.id, stand.version) for stand in stands]


def undo(edition: Edition) -> PlanChange:
    return undo_last(edition.halls[0], actor_id=None, now=EIGHT)


def test_two_stands_become_one_that_knows_what_it_was_made_of(row: list[Stand]) -> None:
    b1, b2, _b3 = row
    new = merge_stands(seen(b1, b2), "B1", actor_id=None, now=EIGHT)
    assert (on_plan(), new.open_on) == ({"B1": Decimal(36), "B3": Decimal(18)}, "S")
    assert ([one.id for one in queries.made_of(new.id)], [one.id for one in queries.became(b2.id)]) == ([b1.id, b2.id], [new.id])
    assert whole() == []


def test_stands_that_do_not_touch_stay_apart(sistep: Edition, row: list[Stand]) -> None:
    for stands in ([row[0], row[2]], [row[0]], [row[0], row[0]]):
        with pytest.raises(NotBeside):
            merge_stands(seen(*stands), "B1", actor_id=None, now=EIGHT)
    assert list(on_plan()) == ["B1", "B2", "B3"]


def test_who_has_all_of_them_has_the_new_one_and_is_told(sistep: Edition, stranger: User, row: list[Stand]) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    for stand in row[:2]:
        allocate_stand(stand.id, atlas.id, actor_id=None, now=EIGHT)
    merge_stands(seen(*row[:2]), "B12", actor_id=None, now=EIGHT)
    assert (holders(), whole()) == ({"B12": "Atlas"}, [])
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "stands/moved")).one()
    assert (mail.values["before"], mail.values["stand"]) == ("B1, B2", "B12")
    undo(sistep)
    mails = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "stands/moved").order_by(OutgoingMail.id)).all()
    assert [(one.values["before"], one.values["stand"]) for one in mails[1:]] == [("B12", "B1"), ("B12", "B2")]
    assert (holders(), list(on_plan()), whole()) == ({"B1": "Atlas", "B2": "Atlas"}, ["B1", "B2", "B3"], [])


def test_nobody_loses_a_stand_or_gains_one_by_a_merge(sistep: Edition, stranger: User, row: list[Stand]) -> None:
    allocate_stand(row[0].id, make_exhibitor(sistep, "Atlas", stranger).id, actor_id=None, now=EIGHT)
    with pytest.raises(NotAllTheirs) as refusal:
        merge_stands(seen(*row[:2]), "B1", actor_id=None, now=EIGHT)
    assert refusal.value.facts == {"stand": "B1", "name": "Atlas"}
    allocate_stand(row[1].id, make_exhibitor(sistep, "Rif", stranger).id, actor_id=None, now=EIGHT)
    with pytest.raises(NotAllTheirs):
        merge_stands(seen(*row[:2]), "B1", actor_id=None, now=EIGHT)
    block_stand(row[2].id, "Emergency exit", actor_id=None, now=EIGHT)
    with pytest.raises(StandInUse):
        merge_stands(seen(*row[1:]), "B1", actor_id=None, now=EIGHT)
    assert holders() == {"B1": "Atlas", "B2": "Rif"}


def test_who_wished_a_part_wished_the_whole(sistep: Edition, stranger: User, row: list[Stand]) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    with transaction():
        db.session.add(StandWish(exhibitor_id=atlas.id, stand_id=row[1].id, edition_id=sistep.id, rank=2))
    new = merge_stands(seen(*row[:2]), "B1", actor_id=None, now=EIGHT)
    assert [(one.name, one.rank) for one in queries.candidates_for(new)] == [("Atlas", 2)]


def test_a_stand_is_cut_in_two_and_put_together_again(sistep: Edition, row: list[Stand]) -> None:
    first, second = split_stand(row[0].id, "x", 5, "B9", actor_id=None, now=EIGHT)
    assert (first.number, first.area_m2, second.number, second.area_m2) == ("B1", Decimal("7.5"), "B9", Decimal("10.5"))
    assert [one.id for one in queries.made_of(second.id)] == [row[0].id]
    undo(sistep)
    assert (on_plan(), whole()) == ({"B1": Decimal(18), "B2": Decimal(18), "B3": Decimal(18)}, [])


def test_a_line_beside_a_stand_or_a_number_in_use_cuts_nothing(sistep: Edition, stranger: User, row: list[Stand]) -> None:
    for across, at in (("x", 0), ("x", 12), ("y", 40), ("y", -1)):
        with pytest.raises(CutMisses):
            split_stand(row[0].id, across, at, "B9", actor_id=None, now=EIGHT)
    with pytest.raises(StandNumberTaken):
        split_stand(row[0].id, "x", 4, "B2", actor_id=None, now=EIGHT)
    allocate_stand(row[0].id, make_exhibitor(sistep, "Atlas", stranger).id, actor_id=None, now=EIGHT)
    with pytest.raises(StandInUse):
        split_stand(row[0].id, "x", 4, "B9", actor_id=None, now=EIGHT)
    assert (list(on_plan()), whole()) == (["B1", "B2", "B3"], [])


def test_a_row_is_numbered_as_one_reads_and_numbers_change_places(sistep: Edition, stranger: User, row: list[Stand]) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    allocate_stand(row[0].id, atlas.id, actor_id=None, now=EIGHT)
    number_stands(sistep.halls[0], [stand.id for stand in reversed(row)], "b2", actor_id=None, now=EIGHT)
    assert [db.session.get_one(Stand, stand.id).number for stand in row] == ["B2", "B3", "B4"]
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "stands/moved")).one()
    assert (mail.values["before"], mail.values["stand"]) == ("B1", "B2")
    undo(sistep)
    assert [db.session.get_one(Stand, stand.id).number for stand in row] == ["B1", "B2", "B3"]


def test_a_number_of_another_stand_or_too_long_a_one_numbers_nothing(sistep: Edition, row: list[Stand]) -> None:
    with pytest.raises(StandNumberTaken):
        number_stands(sistep.halls[0], [row[0].id, row[1].id], "B2", actor_id=None, now=EIGHT)
    with pytest.raises(NumberTooLong):
        number_stands(sistep.halls[0], [row[0].id, row[1].id], "ABCDEFG9", actor_id=None, now=EIGHT)
    with pytest.raises(StandNumberTaken):
        describe_stand(row[0].id, number="b 3", kind="bare", open_on="S", actor_id=None, now=EIGHT)
    assert list(on_plan()) == ["B1", "B2", "B3"]


def test_open_sides_that_followed_from_the_drawing_follow_it_again(sistep: Edition) -> None:
    stand = make_stand(sistep, "B1", open_on="ES")
    reshape_stand(stand.id, moved(stand.outline, 20, 20), actor_id=None, now=EIGHT)
    assert stand.open_on == "NESW"
    describe_stand(stand.id, number="B1", kind="bare", open_on="S", actor_id=None, now=EIGHT)
    reshape_stand(stand.id, moved(stand.outline, 1, 0), actor_id=None, now=EIGHT)
    assert stand.open_on == "S"


def test_acts_are_undone_one_after_the_other_from_the_last(sistep: Edition, row: list[Stand]) -> None:
    reshape_stand(row[2].id, moved(row[2].outline, 4, 0), actor_id=None, now=EIGHT)
    take_off_the_plan(row[2].id, actor_id=None, now=EIGHT)
    assert list(on_plan()) == ["B1", "B2"]
    assert [undo(sistep).act for _time in range(2)] == ["retired", "reshaped"]
    assert (db.session.get_one(Stand, row[2].id).outline[0], list(on_plan()), whole()) == ([24, 0], ["B1", "B2", "B3"], [])
    assert [undo(sistep).act for _time in range(3)] == ["added"] * 3
    with pytest.raises(NothingToUndo):
        undo(sistep)
    assert (on_plan(), whole()) == ({}, [])


def test_what_was_changed_since_is_not_undone(sistep: Edition, stranger: User, row: list[Stand]) -> None:
    with transaction():
        row[2].kind = "bare"
    with pytest.raises(ChangedSince):
        undo(sistep)
    with transaction():
        row[2].kind = "equipped"
    allocate_stand(row[2].id, make_exhibitor(sistep, "Atlas", stranger).id, actor_id=None, now=EIGHT)
    with pytest.raises(StandInUse):
        undo(sistep)
    assert (holders(), list(on_plan())) == ({"B3": "Atlas"}, ["B1", "B2", "B3"])


def test_an_undo_from_a_page_of_before_undoes_nothing(sistep: Edition, row: list[Stand]) -> None:
    last = queries.last_change(sistep.halls[0])
    assert last is not None
    reshape_stand(row[2].id, moved(row[2].outline, 4, 0), actor_id=None, now=EIGHT)
    with pytest.raises(ChangedMeanwhile):
        undo_last(sistep.halls[0], seen=last.id, actor_id=None, now=EIGHT)
    assert db.session.get_one(Stand, row[2].id).outline[0] == [28, 0]


def test_what_is_beside_stands_is_drawn_moved_removed_and_comes_back(sistep: Edition) -> None:
    hall = sistep.halls[0]
    bar = add_feature(hall, "service", rectangle(50, 20, 4, 4), same("Bar"), actor_id=None, now=EIGHT)
    mark = mark_of_feature(bar)
    change_feature(hall, bar.id, "service", rectangle(50, 22, 4, 4), same("Bar"), seen=mark, actor_id=None, now=EIGHT)
    with pytest.raises(ChangedMeanwhile):
        change_feature(hall, bar.id, "wall", rectangle(1, 1, 4, 4), {}, seen=mark, actor_id=None, now=EIGHT)
    remove_feature(sistep.id, bar.id, actor_id=None, now=EIGHT)
    assert db.session.scalars(select(FloorFeature)).all() == []
    assert [undo(sistep).act for _time in range(2)] == ["feature_removed", "feature_changed"]
    assert [(one.kind, one.outline[0], one.label) for one in db.session.scalars(select(FloorFeature))] == [("service", [100, 40], same("Bar"))]


def test_a_merge_from_a_page_of_before_is_refused(row: list[Stand]) -> None:
    before = seen(*row[:2])
    reshape_stand(row[1].id, rectangle(6, 0, 6, 4), actor_id=None, now=EIGHT)
    with pytest.raises(ChangedMeanwhile):
        merge_stands(before, "B1", actor_id=None, now=EIGHT)


def merge_and_sell(app: Flask, edition: Edition, owner: User, row: list[Stand]) -> dict[str, int]:
    """Let one organiser make two stands one while another allocates one of them."""
    exhibitor, (one, other) = make_exhibitor(edition, "Atlas", owner).id, [stand.id for stand in row[:2]]
    works = [
        partial(operations.merge_stands, [(one, None), (other, None)], "B1", actor_id=None, now=EIGHT),
        partial(operations.allocate_stand, other, exhibitor, actor_id=None, now=EIGHT),
    ]
    return tally(at_once(app, works))


def test_a_stand_is_sold_or_merged_and_never_sold_off_the_plan(app: Flask, sistep: Edition, stranger: User, row: list[Stand]) -> None:
    ended = merge_and_sell(app, sistep, stranger, row)
    assert ended in ({"won": 1, "OffThePlan": 1}, {"won": 1, "NotAllTheirs": 1})
    assert set(holders()) <= set(on_plan())


def undo_at_once(app: Flask, edition: Edition) -> dict[str, int]:
    """Let two organisers undo what both see as the last act."""
    hall = edition.halls[0]
    db.session.refresh(hall)
    db.session.expunge(hall)
    last = db.session.scalars(select(PlanChange.id).order_by(PlanChange.id.desc())).first()
    return tally(at_once(app, [partial(operations.undo_last, hall, seen=last, actor_id=None, now=EIGHT)] * 2))


def test_two_organisers_undo_the_last_act_once(app: Flask, sistep: Edition, row: list[Stand]) -> None:
    assert undo_at_once(app, sistep) == {"won": 1, "ChangedMeanwhile": 1}
    assert list(on_plan()) == ["B1", "B2"]


def test_without_the_lock_on_the_floor_both_read_the_same_last_act(app: Flask, sistep: Edition, row: list[Stand], monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch, queries, "last_change", 2)
    assert undo_at_once(app, sistep) != {"won": 1, "ChangedMeanwhile": 1}


def test_a_stand_off_the_plan_is_not_cut_or_merged(row: list[Stand]) -> None:
    take_off_the_plan(row[1].id, actor_id=None, now=EIGHT)
    with pytest.raises(OffThePlan):
        merge_stands([(row[0].id, None), (row[1].id, None)], "B1", actor_id=None, now=EIGHT)
    with pytest.raises(OffThePlan):
        split_stand(row[1].id, "x", 16, "B9", actor_id=None, now=EIGHT)
