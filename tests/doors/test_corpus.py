"""The corpus of codes through the address: nothing that is forged enters, and nothing breaks."""

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from eventapp.attendees.models import Attendee
from eventapp.badges import token as tokens
from eventapp.badges.models import Badge
from eventapp.core.db import db, transaction
from eventapp.doors.models import Scan
from eventapp.doors.rules.verdicts import CODE_REASONS
from eventapp.editions.models import Edition
from tests.badges.corpus import EDITION, KEYS, PLAIN, TOKEN
from tests.doors.conftest import Post, scan
from tests.doors.test_api import send, told_of

CASES: list[tuple[str, str, str]] = json.loads((Path(__file__).parents[1] / "badges/corpus.json").read_text())["cases"]
VALID = {text for _name, text, verdict in CASES if verdict == "ok"}


@pytest.fixture(autouse=True)
def corpus_keys(monkeypatch: pytest.MonkeyPatch, sistep: Edition) -> None:
    """Sign with the corpus' keys."""
    assert sistep.token_number == EDITION
    monkeypatch.setattr("eventapp.doors.views.api.keyring", lambda: KEYS)


@pytest.fixture
def known(sistep: Edition, salma: Attendee) -> Attendee:
    """The holder of the corpus' plain badge: what differs from it by one bit is somebody's all the same."""
    with transaction():
        badge = db.session.scalars(select(Badge)).one()
        badge.serial, badge.counter, badge.token = PLAIN.serial, PLAIN.counter, TOKEN
    return salma


def answers_to(client: FlaskClient, main: Post, texts: list[str]) -> list[dict[str, Any]]:
    found = []
    for start in range(0, len(texts), 500):
        found += told_of(send(client, main, *(scan(main, text) for text in texts[start : start + 500])))
    return found


def test_of_the_corpus_only_what_is_good_is_believed(client: FlaskClient, main: Post, known: Attendee, ten_o_clock: datetime) -> None:
    told = answers_to(client, main, [text for _name, text, _verdict in CASES])
    wrong = []
    for (name, text, verdict), answer in zip(CASES, told, strict=True):
        expected = {"other_edition": "other_edition"}.get(verdict) or str(CODE_REASONS.get(verdict, ""))
        if verdict == "ok":
            said = tokens.read(tokens.token_in(text), KEYS.public_keys)
            ours = (said.serial, said.counter) == (PLAIN.serial, PLAIN.counter)  # the corpus signs one badge in several ways
            expected = answer["reason"] if ours and answer["reason"] in {"ok", "already_inside"} else "unknown_code"
        if answer["reason"] != expected or (verdict != "ok" and (answer["outcome"], answer["holder"]) != ("refused", None)):
            wrong.append((name, verdict, answer))
    assert wrong == []
    assert Counter(answer["outcome"] for answer in told)["admitted"] == 1


def test_every_truncation_and_every_flipped_bit_is_refused_alone_too(client: FlaskClient, main: Post, known: Attendee, ten_o_clock: datetime) -> None:
    bad = [text for name, text, verdict in CASES if verdict != "ok"][::9]
    statuses = {send(client, main, scan(main, text)).status_code for text in bad}
    assert statuses == {200}
    assert db.session.scalars(select(Scan.outcome).distinct()).all() == ["refused"]
    assert db.session.scalar(select(func.count()).select_from(Scan).where(Scan.attendee_id.is_not(None))) == 0


def test_the_corpus_holds_every_truncation_and_every_bit() -> None:
    assert len([name for name, _text, _verdict in CASES if name.startswith("bit ")]) == 660
    assert len([name for name, _text, _verdict in CASES if name.startswith("first ")]) == 131
    assert (PLAIN.first_day, len(VALID) > 5) == (date(2018, 4, 12), True)


def test_a_bad_code_never_poisons_the_next_one(client: FlaskClient, main: Post, known: Attendee, ten_o_clock: datetime) -> None:
    for _name, text, verdict in CASES[::60]:
        if verdict == "ok":
            continue
        first, second = told_of(send(client, main, scan(main, text), scan(main, TOKEN)))
        assert (first["outcome"], second["reason"]) == ("refused", "ok" if second["outcome"] == "admitted" else "already_inside")
