"""A session is placed on a day while that day is being taken away: one of the two is refused."""

import threading
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.editions import operations
from eventapp.editions.models import Edition
from eventapp.programme import queries, rules
from eventapp.programme.errors import SessionsOutside
from eventapp.programme.models import ProgrammeSession
from eventapp.programme.operations import add_room, add_session, place_session
from eventapp.programme.rules import Details, Placement
from tests.support.cast import EIGHT, same

LAST = date(2018, 4, 15)


def meet(app: Flask, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let somebody shorten the show between the moment when a session's day was found good and the moment when it is stored."""
    room = add_room(edition.id, code="A", name=same("Room"), capacity=10, actor_id=None, now=EIGHT)
    session = add_session(edition.id, Details(kind="conference", title=same("Talk")), actor_id=None, now=EIGHT)  # type: ignore[arg-type]
    placement, session_id, edition_id = Placement(LAST, 600, 60, room.id), session.id, edition.id
    checked, shortened, ended = threading.Event(), threading.Event(), []
    db.session.rollback()
    check_day = rules.check_day

    def slow_check(*given: object) -> None:
        check_day(*given)  # type: ignore[arg-type]
        checked.set()
        shortened.wait(2)

    monkeypatch.setattr(rules, "check_day", slow_check)

    def place() -> None:
        with app.app_context():
            place_session(session_id, placement, actor_id=None, now=EIGHT)
            ended.append("placed")

    def shorten() -> None:
        checked.wait(10)
        with app.app_context():
            try:
                operations.change_days(edition_id, date(2018, 4, 12), date(2018, 4, 14), "Africa/Casablanca", actor_id=None, now=EIGHT)
                ended.append("shortened")
            except SessionsOutside:
                ended.append("refused")
            shortened.set()

    threads = [threading.Thread(target=place), threading.Thread(target=shorten)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return ended


def test_a_day_is_not_taken_away_under_a_session(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (meet(app, sistep, monkeypatch), queries.outside_the_show()) == (["placed", "refused"], [])


def test_without_holding_the_edition_the_session_is_left_outside(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: there is nothing to hold")
    unheld = lambda session_id: db.session.scalars(select(Edition).join(ProgrammeSession).where(ProgrammeSession.id == session_id)).one()  # noqa: E731
    monkeypatch.setattr(queries, "edition_to_place_in", unheld)
    assert meet(app, sistep, monkeypatch) == ["shortened", "placed"]
    assert queries.outside_the_show() == ["edition sistep-2018: a session lies on 2018-04-15, when there is no show"]
