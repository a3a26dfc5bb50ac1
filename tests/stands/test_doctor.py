"""Doctor finds what must not be, when somebody wrote past the program."""

from flask import Flask

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.stands import queries
from eventapp.stands.operations import allocate_stand, keep_wishes
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor, make_stand


def everything() -> list[str]:
    db.session.rollback()
    return [*queries.sold_twice(), *queries.allocated_to_others_than_accepted(), *queries.allocated_across_editions()]


def write(*statements: str) -> None:
    """Write past the program, on a connection that keeps no rules."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_data_written_by_the_program_are_whole(app: Flask, sistep: Edition, stranger: User) -> None:
    atlas, b12 = make_exhibitor(sistep, "Atlas", stranger), make_stand(sistep, "B12")
    keep_wishes(atlas, [b12.id])
    allocate_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    assert everything() == []


def test_an_allocation_to_a_refused_exhibitor_is_found(app: Flask, sistep: Edition, stranger: User) -> None:
    atlas, b12 = make_exhibitor(sistep, "Atlas", stranger), make_stand(sistep, "B12")
    allocate_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    write(f"UPDATE exhibitors SET state = 'refused' WHERE id = {atlas.id}")
    assert everything() == [f"stand B12 is allocated to exhibitor {atlas.id}, which is not accepted"]


def test_a_stand_sold_twice_is_found(app: Flask, sistep: Edition, stranger: User) -> None:
    atlas, b12 = make_exhibitor(sistep, "Atlas", stranger), make_stand(sistep, "B12")
    allocate_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    write(
        "CREATE TABLE keyless AS SELECT * FROM stand_claims",
        "DROP TABLE stand_claims",
        "ALTER TABLE keyless RENAME TO stand_claims",
        "INSERT INTO stand_claims SELECT * FROM stand_claims",
    )
    assert everything() == [f"stand {b12.id} is allocated 2 times"]


def test_a_stand_of_another_edition_is_found(app: Flask, sistep: Edition, other_edition: Edition, stranger: User) -> None:
    atlas, b12, theirs = make_exhibitor(sistep, "Atlas", stranger), make_stand(sistep, "B12"), make_stand(other_edition, "C7")
    allocate_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    number = theirs.id
    write(
        "CREATE TABLE keyless AS SELECT * FROM stand_claims",
        "DROP TABLE stand_claims",
        "ALTER TABLE keyless RENAME TO stand_claims",
        f"UPDATE stand_claims SET stand_id = {number}",
    )
    assert everything() == [f"stand C7 and exhibitor {atlas.id} are of two editions"]
