"""What belongs to an edition points at things of that edition only: the database itself refuses the rest, on the way from the release before too."""

from collections.abc import Callable

import pytest
from alembic import command
from alembic.util import CommandError
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventapp.core.append_only import APPEND_ONLY, missing_triggers
from eventapp.core.db import db
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from eventapp.models import metadata
from tests.support.databases import Store
from tests.support.schema import rows, rules, write_past_the_keys
from tests.support.two_shows import at_work, with_nobody_on_them

OF_AN_EDITION = {table.name for table in metadata.sorted_tables if "edition_id" in table.c}
KEYS = [(table.name, key) for table in metadata.sorted_tables if table.name in OF_AN_EDITION for key in table.foreign_key_constraints if key.referred_table.name in OF_AN_EDITION]
POINTING = sorted((table, next(iter(set(key.column_keys) - {"edition_id"})), key.referred_table.name) for table, key in KEYS)
TOLD = {
    "accepted_conditions.conditions_id": "conditions were accepted after they were written, in their own edition",
    "accepted_conditions.exhibitor_id": "conditions were accepted after they were written, in their own edition",
    "co_exhibitors.exhibitor_id": "what an application brings and wants belongs to one of its edition that was sent, each thing once",
    "exhibitor_products.exhibitor_id": "what an application brings and wants belongs to one of its edition that was sent, each thing once",
    "exhibitor_sectors.exhibitor_id": "what an application brings and wants belongs to one of its edition that was sent, each thing once",
    "ordered_extras.exhibitor_id": "what an application brings and wants belongs to one of its edition that was sent, each thing once",
    "represented_firms.exhibitor_id": "what an application brings and wants belongs to one of its edition that was sent, each thing once",
    "attendees.exhibitor_id": "staff and exhibitor are of one edition",
    "badges.attendee_id": "badge and attendee are of one edition",
    "devices.gate_id": "scans, gates and devices are of one edition",
    "gates.zone_id": "scans, gates and devices are of one edition",
    "occupancy.owner_id": "a session claims what it needs, and nothing else is claimed",
    "presence.attendee_id": "presence and visits are what the scans say",
    "presence.gate_id": "presence and visits are what the scans say",
    "presence.zone_id": "presence and visits are what the scans say",
    "registration_drafts.exhibitor_id": "a registration became an exhibitor of its own edition",
    "scans.attendee_id": "scans, gates and devices are of one edition",
    "scans.device_id": "scans, gates and devices are of one edition",
    "scans.gate_id": "scans, gates and devices are of one edition",
    "scans.zone_id": "scans, gates and devices are of one edition",
    "staff_requests.attendee_id": "who was asked to join a staff is on it after a yes only, and all are of one edition",
    "staff_requests.exhibitor_id": "who was asked to join a staff is on it after a yes only, and all are of one edition",
    "visits.attendee_id": "presence and visits are what the scans say",
}

ANOTHER_FACT: dict[str, Callable[[str], dict[str, str]]] = {  # what a fact that is added has instead of another one's keys
    "accepted_conditions": lambda _dialect: {"id": "id + 1000"},
    "contract_acceptances": lambda _dialect: {},
    "contracts": lambda _dialect: {"id": "id + 1000", "number": "number + 1000"},
    "invoices": lambda _dialect: {"id": "id + 1000", "number": "number + 1000", "turn": "turn + 1000"},
    "scans": lambda dialect: {"id": "'00000000000000000000000000000abc'" if dialect == "sqlite" else "CAST('00000000-0000-0000-0000-000000000abc' AS uuid)"},
}


@pytest.fixture
def two(app: Flask, store: Store, request: pytest.FixtureRequest) -> tuple[int, int]:
    """Two editions at work, made once for each database and brought back for every test."""
    db.engine.dispose()
    if not store.bring("two_shows"):
        sistep, other = request.getfixturevalue("sistep"), request.getfixturevalue("other_edition")
        at_work(sistep, "near")
        at_work(other, "far")
        with_nobody_on_them(other, request.getfixturevalue("stranger"))
        assert [breach for found in examine().values() for breach in found] == []
        db.session.remove()
        db.engine.dispose()
        store.set_aside("two_shows")
    numbers = {edition.slug: edition.id for edition in db.session.scalars(select(Edition))}
    db.session.rollback()
    return numbers["sistep-2018"], numbers["sistep-2025"]


def astray(table: str, column: str, there: str, own: int, other: int) -> str:
    """Write a statement that lets one row of an edition point into the other; facts are added, since they cannot be changed."""
    not_there = f"AND id NOT IN (SELECT coalesce({column}, 0) FROM {table})"  # what the table points at already may break another key first
    foreign = f"(SELECT coalesce((SELECT max(id) FROM {there} WHERE edition_id = {other} {not_there}), (SELECT max(id) FROM {there} WHERE edition_id = {other})))"
    if table not in APPEND_ONLY:
        first = f"(SELECT coalesce(min({column}), 0) FROM {table} WHERE edition_id = {own})"
        return f"UPDATE {table} SET {column} = {foreign} WHERE edition_id = {own} AND coalesce({column}, 0) = {first}"
    columns = [one.name for one in metadata.tables[table].columns]
    instead = ANOTHER_FACT[table](db.engine.dialect.name) | {column: foreign}
    of_a_kind = " AND credits_id IS NOT NULL" if column == "credits_id" else ""
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(instead.get(name, name) for name in columns)} FROM {table} WHERE edition_id = {own}{of_a_kind} LIMIT 1"


def test_every_key_between_things_of_an_edition_names_the_edition_too() -> None:
    assert [f"{table}: {', '.join(key.column_keys)}" for table, key in KEYS if "edition_id" not in key.column_keys] == []
    assert len(POINTING) > 20


@pytest.mark.parametrize(("table", "column", "there"), POINTING, ids=str)
def test_nothing_points_into_another_edition(app: Flask, two: tuple[int, int], table: str, column: str, there: str) -> None:
    statement = astray(table, column, there, *two)
    with db.engine.connect() as connection:
        own = connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE edition_id = {two[0]}").scalar_one()
    assert own > 0, f"{table} needs a row for each edition: add it to tests/support/two_shows.py"
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), db.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    write_past_the_keys(statement)  # without the key it would be there, and doctor says so
    told = TOLD.get(f"{table}.{column}")
    if told is not None:
        assert len(examine()[told]) > 0


def test_the_keys_come_to_a_database_with_rows_in_it_and_go_again(app: Flask, two: tuple[int, int]) -> None:
    db.engine.dispose()
    downgrade(revision="0005")
    newest, before, missing = rules(), rows(), _missing()
    assert [table for table in ("scans", "presence", "visits", "occupancy", "badges", "registration_drafts", "stand_claims") if len(before[table]) < 2] == []
    db.engine.dispose()
    downgrade(revision="0004")
    older = rules()
    assert len({line for line in newest - older if "FOREIGN KEY" in line[1]}) >= 16
    assert (rows(), _missing()) == (before, missing)
    upgrade(revision="0005")
    assert (rules(), rows(), _missing()) == (newest, before, missing)
    upgrade()
    assert [breach for found in examine().values() for breach in found] == []
    db.session.rollback()
    db.engine.dispose()
    downgrade(revision="0004")
    assert (rules(), rows()) == (older, before)


def test_rows_that_cross_editions_stop_the_upgrade_by_name_before_anything_is_changed(app: Flask, two: tuple[int, int]) -> None:
    db.engine.dispose()
    downgrade(revision="0004")
    write_past_the_keys(astray("badges", "attendee_id", "attendees", *two))
    older, before = rules(), rows()
    with pytest.raises(CommandError, match="badges name attendees of another edition: attendee_id"):
        command.upgrade(app.extensions["migrate"].migrate.get_config(), "head")
    assert (rules(), rows()) == (older, before)


def test_a_rule_for_every_day_that_is_there_twice_is_kept_once(app: Flask, sistep: Edition) -> None:
    db.session.rollback()
    db.engine.dispose()
    downgrade(revision="0004")
    before = rows()["zone_rules"]
    with db.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO zone_rules (zone_id, category, day) SELECT zone_id, category, day FROM zone_rules")
    assert len(rows()["zone_rules"]) == 2 * len(before)
    upgrade()
    assert rows()["zone_rules"] == before


def _missing() -> list[str]:
    with db.engine.connect() as connection:
        return missing_triggers(connection)
