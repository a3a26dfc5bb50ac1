"""Stands are drawn on the floor of a hall, and no two cover the same half metre."""

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select

from eventapp.accounts.models import User
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile, NotThere
from eventapp.editions.models import Edition
from eventapp.stands import queries
from eventapp.stands.errors import OddNumber, OutsideTheHall, StandInUse, StandNumberTaken, StandsOverlap
from eventapp.stands.models import Stand, StandCell
from eventapp.stands.operations import add_feature, add_stand, allocate_stand, changes, copy_floor, describe_stand, number_stands, reshape_stand, take_off_the_plan
from eventapp.stands.rules.shapes import moved, rectangle
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.racing import race


def everything() -> list[str]:
    db.session.rollback()
    return [*queries.wrong_cells(), *queries.outside_their_halls()]


def count_cells() -> int:
    return db.session.scalar(select(func.count()).select_from(StandCell)) or 0


def test_a_stand_covers_its_cells_and_knows_its_area(sistep: Edition) -> None:
    stand = add_stand(sistep.halls[0], "b 1", [(0, 0), (8, 0), (8, 4), (4, 4), (4, 8), (0, 8)], open_on="ES", kind="equipped", actor_id=None, now=EIGHT)
    assert (stand.number, stand.area_m2, stand.open_sides, count_cells()) == ("B1", Decimal(12), 2, 48)
    assert everything() == []


def test_a_stand_on_another_is_refused_by_its_number(sistep: Edition) -> None:
    make_stand(sistep, "B1")
    make_stand(sistep, "B2")
    with pytest.raises(StandsOverlap) as refusal:
        add_stand(sistep.halls[0], "B3", rectangle(5.5, 2.5, 3, 3), open_on="S", kind="bare", actor_id=None, now=EIGHT)
    assert refusal.value.facts == {"stand": "B3", "others": "B1, B2"}
    assert db.session.scalars(select(Stand.number).order_by(Stand.number)).all() == ["B1", "B2"]
    assert everything() == []


def test_a_stand_outside_the_hall_is_refused(sistep: Edition) -> None:
    for outline in (rectangle(57, 0, 4, 3), rectangle(0, 28, 4, 3), moved(rectangle(0, 0, 4, 3), -1, 0)):
        with pytest.raises(OutsideTheHall):
            add_stand(sistep.halls[0], "B1", outline, open_on="S", kind="bare", actor_id=None, now=EIGHT)
    assert count_cells() == 0


def test_a_stand_moves_and_may_overlap_where_it_was_itself(sistep: Edition) -> None:
    stand = make_stand(sistep, "B1")
    reshape_stand(stand.id, moved(stand.outline, 1, 1), open_on="NES", version=stand.version, actor_id=None, now=EIGHT)
    assert (stand.outline[0], stand.open_on, count_cells()) == ([1, 1], "NES", 72)
    assert everything() == []
    make_stand(sistep, "B2", x_m=20)
    with pytest.raises(StandsOverlap):
        reshape_stand(stand.id, moved(stand.outline, 38, 0), actor_id=None, now=EIGHT)
    db.session.refresh(stand)
    assert (stand.outline[0], everything()) == ([1, 1], [])


def test_a_page_from_before_a_change_cannot_draw(sistep: Edition) -> None:
    stand = make_stand(sistep, "B1")
    seen = stand.version
    reshape_stand(stand.id, moved(stand.outline, 1, 0), version=seen, actor_id=None, now=EIGHT)
    for late in (
        lambda: reshape_stand(stand.id, stand.outline, version=seen, actor_id=None, now=EIGHT),
        lambda: take_off_the_plan(stand.id, version=seen, actor_id=None, now=EIGHT),
    ):
        with pytest.raises(ChangedMeanwhile):
            late()


def test_a_stand_off_the_plan_frees_its_floor_and_its_number(sistep: Edition) -> None:
    old = make_stand(sistep, "B1")
    take_off_the_plan(old.id, actor_id=None, now=EIGHT)
    assert queries.free_stands(sistep.id, EIGHT) == []
    new = add_stand(sistep.halls[0], "B1", old.outline, open_on="S", kind="bare", actor_id=None, now=EIGHT)
    assert (new.id != old.id, everything()) == (True, [])
    with pytest.raises(StandNumberTaken):
        make_stand(sistep, "B1")
    for late in (lambda: reshape_stand(old.id, old.outline, actor_id=None, now=EIGHT), lambda: queries.stand_to_allocate(old.id)):
        with pytest.raises(NotThere):
            late()


@pytest.mark.parametrize("odd", ["A/B", "../..", "#1", "A?X", "-A", "A.", ""])
def test_a_number_that_could_not_stand_in_an_address_is_refused(sistep: Edition, odd: str) -> None:
    stand = make_stand(sistep, "É-1.2")
    for act in (
        lambda: make_stand(sistep, odd),
        lambda: describe_stand(stand.id, number=odd, kind="bare", open_on="S", actor_id=None, now=EIGHT),
        lambda: number_stands(sistep.halls[0], [stand.id], odd, actor_id=None, now=EIGHT),
    ):
        with pytest.raises(OddNumber):
            act()
    assert [one.number for one in db.session.scalars(select(Stand))] == ["É-1.2"]


def test_a_stand_that_somebody_has_stays_on_the_plan(sistep: Edition, stranger: User) -> None:
    stand = make_stand(sistep, "B1")
    allocate_stand(stand.id, make_exhibitor(sistep, "Atlas", stranger).id, actor_id=None, now=EIGHT)
    with pytest.raises(StandInUse):
        take_off_the_plan(stand.id, actor_id=None, now=EIGHT)


def test_a_new_edition_gets_the_floor_with_its_cells_and_features(sistep: Edition, other_edition: Edition) -> None:
    other_edition.halls[0].code = sistep.halls[0].code
    add_feature(sistep.halls[0], "aisle", rectangle(0, 10, 60, 3), same("Main aisle"), actor_id=None, now=EIGHT)
    retired = make_stand(sistep, "B0")
    make_stand(sistep, "B1")
    take_off_the_plan(retired.id, actor_id=None, now=EIGHT)
    with transaction():
        copy_floor(sistep.id, other_edition)
    assert db.session.scalars(select(Stand.number).where(Stand.edition_id == other_edition.id)).all() == ["B1"]
    assert [(feature.kind, feature.label) for feature, _code in queries.features_to_copy(other_edition.id)] == [("aisle", same("Main aisle"))]
    assert everything() == []


def test_doctor_finds_cells_that_are_not_the_outlines(sistep: Edition) -> None:
    stand = make_stand(sistep, "B1")
    with transaction():
        db.session.execute(delete(StandCell).where(StandCell.x == 0))
    assert everything() == ["stand B1 covers 66 cells, its outline has 72"]
    with transaction():
        db.session.execute(insert(StandCell), [{"hall_id": stand.hall_id, "x": 0, "y": y, "stand_id": stand.id} for y in range(6)])
        stand.area_m2 = Decimal(20)
    assert everything() == ["stand B1 says 20.00 m2, its outline has 18"]
    with transaction():
        stand.area_m2 = Decimal(18)
        sistep.halls[0].width_m = Decimal(5)
    assert everything() == [f"stand B1 leaves hall {sistep.halls[0].code}"]


def draw_at_once(app: Flask, edition: Edition) -> dict[str, int]:
    """Let eight organisers draw stands over one another at the same moment."""
    hall_id = edition.halls[0].id

    def draw(number: int) -> str:
        hall = next(hall for hall in db.session.get_one(Edition, edition_id).halls if hall.id == hall_id)
        try:
            add_stand(hall, f"B{number}", rectangle(number * 0.5, 0, 5, 5), open_on="S", kind="bare", actor_id=None, now=EIGHT)
        except StandsOverlap:
            return "refused"
        return "drawn"

    edition_id = edition.id
    return race(app, draw, range(8))


def test_eight_organisers_draw_over_one_another_and_one_stand_is_there(app: Flask, sistep: Edition) -> None:
    assert draw_at_once(app, sistep) == {"drawn": 1, "refused": 7}
    assert everything() == []


def test_without_the_key_of_the_cells_stands_overlap(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    with db.engine.begin() as connection:
        for statement in ("CREATE TABLE keyless AS SELECT * FROM stand_cells", "DROP TABLE stand_cells", "ALTER TABLE keyless RENAME TO stand_cells"):
            connection.exec_driver_sql(statement)

    def plain_insert(table: object, rows: list[dict[str, object]], keys: list[str], **more: object) -> set[tuple[object, ...]]:
        if table is not StandCell.__table__:
            return insert_new(table, rows, keys, **more)  # type: ignore[arg-type]
        db.session.execute(insert(StandCell), rows)
        return {tuple(row[key] for key in keys) for row in rows}

    monkeypatch.setattr(changes, "insert_new", plain_insert)
    assert draw_at_once(app, sistep)["drawn"] == 8
    query = select(func.count()).select_from(StandCell).group_by(StandCell.hall_id, StandCell.x, StandCell.y)
    assert max(db.session.scalars(query)) > 1
