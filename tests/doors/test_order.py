"""Whatever order the same facts arrive in, and in whatever batches, the same people are inside and the same visits are counted."""

import itertools
import random
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.doors.models import Presence, Visit
from eventapp.doors.queries.counting import wrong_figures
from eventapp.doors.rules.presence import Passage, State, after, is_late, state_of
from eventapp.editions.models import Edition
from tests.doors.conftest import NINE, Post, make_holder, make_post, record, scan, token_of

DAY = date(2018, 4, 12)
passages = st.lists(
    st.builds(
        lambda minute, number, direction, day: Passage(NINE + timedelta(days=day, minutes=minute), uuid.UUID(int=number), direction, DAY + timedelta(days=day), 1),
        st.integers(0, 5),  # often at the same instant
        st.integers(1, 2**128 - 1),
        st.sampled_from(("in", "out")),
        st.integers(0, 1),
    ),
    max_size=12,
    unique_by=lambda passage: passage.scan_id,
)


def arriving(facts: list[Passage]) -> State | None:
    """Take facts in as the server does: on from the state before, or anew from the journal when one is late."""
    state, known = None, list[Passage]()
    for fact in facts:
        known.append(fact)
        state = state_of(known) if is_late(state, fact) else after(state, fact)
    return state


@given(passages, st.randoms(use_true_random=False))
def test_the_order_of_arrival_is_irrelevant(facts: list[Passage], dice: random.Random) -> None:
    mixed = facts[:]
    dice.shuffle(mixed)
    assert arriving(mixed) == state_of(facts)


def test_without_looking_for_late_facts_the_order_would_matter() -> None:
    first, second = (Passage(NINE + timedelta(minutes=n), uuid.UUID(int=n), way, DAY, 1) for n, way in ((1, "in"), (2, "out")))
    assert after(after(None, second), first) != state_of([first, second])


def figures() -> tuple[list[Any], list[Any]]:
    presence = select(Presence.attendee_id, Presence.zone_id, Presence.inside, Presence.day, Presence.changed_at, Presence.scan_id, Presence.last_at)
    visits = select(Visit.attendee_id, Visit.day, Visit.first_at)
    return [tuple(row) for row in db.session.execute(presence.order_by(*presence.selected_columns[:2]))], [
        tuple(row) for row in db.session.execute(visits.order_by(*visits.selected_columns[:2]))
    ]


@pytest.mark.parametrize("seed", range(4))
def test_on_a_real_database_any_order_and_any_batches_give_the_same_figures(sistep: Edition, main: Post, seed: int) -> None:
    """Give twelve copies of one holder's day in twelve orders, so that all copies must end alike."""
    dice, side = random.Random(seed), make_post(sistep, "side")
    day = []
    for _ in range(9):
        before, minute = dice.random() < 0.5, timedelta(minutes=dice.randint(0, 30))  # what is a day old only the phone can have decided
        at, verdict = NINE + minute + timedelta(days=0 if before else 1), "enter" if before else dice.choice(("", "enter"))
        day.append((dice.choice((main, side)), at, dice.choice(("in", "in", "out")), verdict))
    ids = [uuid.UUID(int=dice.getrandbits(120)) for _ in day]
    copies = []
    for copy in range(12):
        token = token_of(make_holder(sistep, f"Copy {copy}"))
        facts = [
            (post, scan(post, token, at, way, id=str(uuid.UUID(int=number.int + (copy << 120))), verdict=verdict))
            for (post, at, way, verdict), number in zip(day, ids, strict=True)
        ]
        copies.append(facts)
        order = facts[:]
        dice.shuffle(order)
        while order:
            size = dice.randint(1, 4)
            batch, order = order[:size], order[size:]
            for post, group in itertools.groupby(batch, key=lambda one: one[0]):
                record(post, *(sent for _post, sent in group), now=NINE + timedelta(days=1, hours=6))
    presence, visits = figures()
    assert list(wrong_figures()) == []
    assert len({row[2:5] + row[6:] for row in presence}) == 1
    assert len({tuple(row[1:] for row in rows) for _who, rows in itertools.groupby(visits, key=lambda row: row[0])}) == 1
    assert len(presence) == 12
