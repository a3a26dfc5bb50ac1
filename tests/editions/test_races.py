"""However many owners make editions at once: an address and a number are one edition's."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.editions import queries
from eventapp.editions.models import Edition
from eventapp.editions.operations import NewEdition, make_edition, making
from tests.support.cast import EIGHT, same
from tests.support.doctor import breaches
from tests.support.racing import claim_without_looking, race, without_key, without_locks

OWNERS = 4


def making_from(edition: Edition) -> Callable[[str], str]:
    """Make editions from this one."""
    edition_id = edition.id

    def make(slug: str) -> str:
        new = NewEdition(slug, same("SISTEP"), same("SISTEP 2027"), date(2027, 4, 7), date(2027, 4, 10), "contact@show.example")
        make_edition(new, copied_from=edition_id, reserved=(), actor_id=None, now=EIGHT)
        return f"made {slug}"

    return make


def numbers() -> list[int]:
    return list(db.session.scalars(select(Edition.token_number).order_by(Edition.token_number)))


def test_owners_cannot_make_one_address_at_once_and_each_edition_has_its_number(app: Flask, sistep: Edition) -> None:
    assert race(app, making_from(sistep), ["sistep-2027", "sistep-2029"] * 3) == {"made sistep-2027": 1, "made sistep-2029": 1, "SlugTaken": 4}
    assert (numbers(), breaches()) == ([11, 12, 13], [])


def test_without_the_key_the_same_race_makes_four_editions_at_one_address(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    without_key("editions", "uq_editions_slug")
    claim_without_looking(monkeypatch, making, "editions")
    newest: Callable[[str], Any] = lambda slug: db.session.scalars(select(Edition).where(Edition.slug == slug).order_by(Edition.id.desc()).limit(1)).one()  # noqa: E731
    monkeypatch.setattr(queries, "edition_named", newest)
    assert race(app, making_from(sistep), ["sistep-2027"] * OWNERS) == {"made sistep-2027": OWNERS}
    assert breaches() == ["several editions have the address sistep-2027"]


def look_at_numbers_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "largest_token_number", lambda: 11)


def test_the_key_alone_keeps_a_number_from_being_given_twice(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    look_at_numbers_before(monkeypatch)
    ended = race(app, making_from(sistep), ["sistep-2027", "sistep-2029", "sistep-2031"])
    assert (ended["IntegrityError"], numbers(), breaches()) == (2, [11, 12], [])


def test_without_the_key_of_numbers_three_editions_have_one(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    without_key("editions", "uq_editions_token_number")
    look_at_numbers_before(monkeypatch)
    assert sum(race(app, making_from(sistep), ["sistep-2027", "sistep-2029", "sistep-2031"]).values()) == len(numbers()) - 1 == 3
    assert breaches() == ["several editions have the number 12"]


def test_without_holding_the_editions_the_key_has_to_say_no(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "hold_editions", lambda: None)
    without_locks(monkeypatch, queries, "largest_token_number", 2)
    ended = race(app, making_from(sistep), ["sistep-2027", "sistep-2029"])
    assert (ended["IntegrityError"], numbers(), breaches()) == (1, [11, 12], [])
