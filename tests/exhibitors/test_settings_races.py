"""Rules and conditions that two set at once: one counts; and what is lost with each guard switched off."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Edition
from eventapp.exhibitors import queries
from eventapp.exhibitors.models import ExhibitingConditions, StandWay
from eventapp.exhibitors.operations import RulesPlan, set_exhibiting_rules, write_conditions
from eventapp.exhibitors.queries.wanted import gaps_in_conditions
from tests.support.cast import EIGHT
from tests.support.racing import race, without_key, without_locks


def racing_rules(edition_id: int) -> Callable[[str], str]:
    def act(minutes: str) -> str:
        try:
            set_exhibiting_rules(edition_id, RulesPlan(StandWay.FIRST_COME, hold_minutes=int(minutes)), version=1, actor_id=None, now=EIGHT)
        except ChangedMeanwhile:
            return "changed meanwhile"
        return "saved"

    return act


def test_without_holding_the_rules_the_second_is_stopped_by_the_version_alone(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    set_exhibiting_rules(sistep.id, RulesPlan(StandWay.WISH_LIST), actor_id=None, now=EIGHT)
    act = racing_rules(sistep.id)
    without_locks(monkeypatch, queries, "exhibiting_rules_to_change", 2)
    assert race(app, act, ["10", "15"]) == {"saved": 1, "StaleDataError": 1}


def racing_words(edition_id: int) -> Callable[[str], str]:
    def act(words: str) -> str:
        try:
            write_conditions(edition_id, {"fr": words}, seen=0, actor_id=None, now=EIGHT)
        except ChangedMeanwhile:
            return "changed meanwhile"
        return "written"

    return act


def test_two_who_write_the_conditions_at_once_make_one_version(app: Flask, sistep: Edition) -> None:
    assert race(app, racing_words(sistep.id), ["a", "b", "c", "d"]) == {"written": 1, "changed meanwhile": 3}
    assert (db.session.scalars(select(ExhibitingConditions.number)).all(), gaps_in_conditions()) == ([1], [])


def test_without_taking_turns_the_number_alone_keeps_one_version(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    act = racing_words(sistep.id)
    without_locks(monkeypatch, queries, "current_conditions", 2)
    assert race(app, act, ["a", "b"]) == {"written": 1, "IntegrityError": 1}


def test_without_turns_and_without_the_number_there_are_two_first_versions_and_doctor_says_so(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    act = racing_words(sistep.id)
    without_locks(monkeypatch, queries, "current_conditions", 2)
    without_key("exhibiting_conditions", "uq_exhibiting_conditions_edition_id_number")
    assert race(app, act, ["a", "b"]) == {"written": 2}
    assert gaps_in_conditions() == [f"edition {sistep.id} has 2 versions of its conditions, the last one is number 1"]
