"""However many officers schedule at once, nobody signs in two places at one time."""

from functools import partial

import pytest
from flask import Flask

from eventapp.agreements import operations
from eventapp.editions.models import Edition
from eventapp.programme.errors import PersonDoubleBooked
from eventapp.programme.operations import occupying
from eventapp.programme.queries import occupancy_breaches
from eventapp.programme.rules import Placement
from tests.support.agreeing import ATLAS, ENSAM, FIMME, broken, recorded
from tests.support.cast import EIGHT
from tests.support.programme import DAY, make_room
from tests.support.racing import at_once, claim_without_looking, without_keys

ROUNDS = 6


def rush(app: Flask, edition: Edition) -> dict[str, int]:
    """Let two officers, each with an agreement that the federation's president signs, schedule at the same times in two rooms; count how it ended."""
    rooms = [make_room(edition, code).id for code in ("left", "right")]
    hours = [Placement(DAY, 600 + 60 * number, 30) for number in range(ROUNDS)]
    wanted = [[recorded(edition, f"With {name}, {number}", (FIMME, party)).id for number in range(ROUNDS)] for name, party in (("school", ENSAM), ("foundry", ATLAS))]
    pairs = [[partial(attempt, wanted[officer][number], Placement(hour.day, hour.start, hour.length, rooms[officer])) for officer in (0, 1)] for number, hour in enumerate(hours)]
    ended = [how for pair in pairs for how in at_once(app, pair)]
    return {how: ended.count(how) for how in ("scheduled", "refused", "errors")}


def attempt(agreement_id: int, placement: Placement) -> str:
    try:
        operations.schedule_signing(agreement_id, placement, actor_id=None, now=EIGHT)
    except PersonDoubleBooked:
        return "refused"
    except Exception:  # noqa: BLE001 - the count of errors is what is asserted
        return "errors"
    return "scheduled"


def test_of_two_officers_who_want_one_person_at_one_time_exactly_one_wins(app: Flask, sistep: Edition) -> None:
    assert rush(app, sistep) == {"scheduled": ROUNDS, "refused": ROUNDS, "errors": 0}
    assert (occupancy_breaches(), broken()) == ([], [])


def test_without_the_key_the_same_person_signs_in_two_rooms(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    without_keys("occupancy")
    claim_without_looking(monkeypatch, occupying, "occupancy")
    assert rush(app, sistep) == {"scheduled": 2 * ROUNDS, "refused": 0, "errors": 0}
    assert len(occupancy_breaches()) == ROUNDS
