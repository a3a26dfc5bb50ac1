"""However many publish at once, the versions of an edition are numbered 1, 2, 3 and so on."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.programme import operations, queries
from eventapp.programme.models import ProgrammeSession, PublishedVersion
from tests.support.cast import EIGHT, same
from tests.support.doctor import breaches
from tests.support.racing import looked_before, race, without_key

WRITERS = 8


def publishing(edition: Edition) -> Callable[[int], str]:
    """Add a room and publish."""
    edition_id = edition.id

    def change_and_publish(number: int) -> str:
        operations.add_room(edition_id, code=f"room-{number}", name=same("Room"), capacity=1, actor_id=None, now=EIGHT)
        operations.publish(edition_id, actor_id=None, now=EIGHT)
        return "published"

    return change_and_publish


def numbers() -> list[int]:
    return list(db.session.scalars(select(PublishedVersion.number).order_by(PublishedVersion.number)))


def test_eight_who_publish_at_once_number_without_gaps(app: Flask, sistep: Edition, inauguration: ProgrammeSession) -> None:
    edition_id = sistep.id
    ended = race(app, publishing(sistep), range(WRITERS))
    assert ended["published"] + ended.get("NothingToPublish", 0) == WRITERS  # somebody else's version may have the room already
    assert numbers() == list(range(1, ended["published"] + 1))
    assert len(queries.latest_version(edition_id).snapshot["rooms"]) == WRITERS + 1  # type: ignore[union-attr]
    assert breaches() == []


def test_eight_who_publish_the_same_at_once_publish_it_once(app: Flask, sistep: Edition, inauguration: ProgrammeSession) -> None:
    edition_id = sistep.id

    def publish(_number: int) -> str:
        return str(operations.publish(edition_id, actor_id=None, now=EIGHT).number)

    assert race(app, publish, range(WRITERS)) == {"1": 1, "NothingToPublish": WRITERS - 1}
    assert breaches() == []


def test_the_key_alone_keeps_a_number_from_being_given_twice(app: Flask, sistep: Edition, inauguration: ProgrammeSession, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_before(monkeypatch, queries, "latest_version", lambda _edition_id: None)
    assert race(app, publishing(sistep), range(WRITERS)) == {"published": 1, "IntegrityError": WRITERS - 1}
    assert (numbers(), breaches()) == ([1], [])


def test_without_the_key_the_same_race_gives_one_number_to_all(app: Flask, sistep: Edition, inauguration: ProgrammeSession, monkeypatch: pytest.MonkeyPatch) -> None:
    without_key("published_versions", "uq_published_versions_edition_id_number")
    looked_before(monkeypatch, queries, "latest_version", lambda _edition_id: None)
    assert race(app, publishing(sistep), range(WRITERS)) == {"published": WRITERS}
    assert (numbers(), breaches()) == ([1] * WRITERS, [f"edition {sistep.id} has {WRITERS} published versions, the last one is number 1"])
