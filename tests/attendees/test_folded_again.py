"""What the release before stored folded is folded again, on both databases."""

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import register_visitor
from eventapp.attendees.rules import folded_name
from eventapp.core.db import db
from eventapp.core.texts import fold
from eventapp.editions.models import Edition
from eventapp.organisations.operations import find_or_add_organisation
from tests.support.cast import EIGHT


def registered(edition: Edition, family: str) -> int:
    attendee = register_visitor(edition.id, given="Nora", family=family, email="nora@visitor.example", country="MA", now=EIGHT)
    assert attendee is not None
    return attendee.id


def rewrite(*statements: tuple[str, dict[str, object]]) -> None:
    db.session.rollback()
    with db.engine.begin() as connection:
        for statement, values in statements:
            connection.execute(text(statement), values)


def stored(query: str) -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.execute(text(query)).scalars())


@pytest.mark.parametrize(
    "marks", [("O'Brien-Smith", "O’Brien‑Smith"), ("O'Brien-Smith", "O`Brien–Smith"), ("O'Brien-Smith", "Oʼbrien—smith"), ("O'Brien", "O´Brien"), ("œuvre ذي", "OEUVRE ذى")]
)
def test_one_spelling_finds_the_other(marks: tuple[str, str]) -> None:
    assert fold(marks[0]) == fold(marks[1])


def test_names_that_were_stored_with_another_apostrophe_are_found(app: Flask, sistep: Edition) -> None:
    atlas = find_or_add_organisation(name="Fonderie de l’Atlas", country="MA", actor_id=None, now=EIGHT).id
    acute = find_or_add_organisation(name="Forges de l´Orient", country="MA", actor_id=None, now=EIGHT).id
    nora = registered(sistep, "O’Brien")
    db.session.rollback()
    db.engine.dispose()
    downgrade(revision="0011")
    rewrite(
        ("UPDATE organisations SET folded = :old WHERE id = :id", {"old": "fonderie de l’atlas", "id": atlas}),
        ("UPDATE organisations SET folded = :old WHERE id = :id", {"old": "forges de l orient", "id": acute}),
        ("UPDATE person_names SET folded = :old", {"old": "nora o’brien"}),
        ("UPDATE attendees SET folded_name = :old, search_text = :found", {"old": "nora o’brien", "found": "nora o’brien nora@visitor.example"}),
    )
    upgrade()
    assert stored("SELECT folded FROM organisations ORDER BY id") == ["fonderie de l'atlas", "forges de l'orient"]
    assert stored("SELECT folded FROM person_names") == stored("SELECT folded_name FROM attendees") == ["nora o'brien"]
    assert stored("SELECT search_text FROM attendees") == ["nora o'brien nora@visitor.example"]
    assert find_or_add_organisation(name="FONDERIE DE L'ATLAS", country="MA", actor_id=None, now=EIGHT).id == atlas
    assert register_visitor(sistep.id, given="Nora", family="O'Brien", email="nora@visitor.example", country="MA", now=EIGHT) is None
    assert [one.id for one in db.session.query(Attendee)] == [nora]


def test_two_who_were_taken_for_two_stay_two(app: Flask, sistep: Edition) -> None:
    ids = [registered(sistep, family) for family in ("O’Brien", "Alaoui")]
    db.session.rollback()
    db.engine.dispose()
    downgrade(revision="0011")
    rewrite(
        ("UPDATE attendees SET folded_name = :old WHERE id = :id", {"old": "nora o’brien", "id": ids[0]}),
        ("UPDATE attendees SET folded_name = :old WHERE id = :id", {"old": "nora o'brien", "id": ids[1]}),
    )
    upgrade()
    assert stored("SELECT folded_name FROM attendees ORDER BY id") == ["nora o’brien", folded_name("Nora", "O’Brien")]
