"""What a steward is told, for every reason there is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from eventapp.attendees.models import Attendee, Hat
from eventapp.badges.operations import issue_badge, reissue_badge, revoke_badge
from eventapp.badges.token import keyring, sign
from eventapp.badges.token import read as read_token
from eventapp.core.db import db, transaction
from eventapp.doors.models import Presence, Scan, Visit
from eventapp.doors.operations import Answer
from eventapp.doors.queries.recording import Holder, Since
from eventapp.doors.rules.verdicts import NEVER_VISITORS
from eventapp.editions.models import Category, Edition, ZoneRule
from eventapp.organisations.models import PersonName
from tests.doors.conftest import NINE, TEN, Post, make_gate, make_holder, make_post, minutes, read, record, scan, token_of
from tests.support.cast import EIGHT, same

SALMA = Holder("Salma Visitor", "", "visitor")


def stored() -> list[tuple[str, str, bool]]:
    return [(row.outcome, row.reason, row.passed) for row in db.session.scalars(select(Scan).order_by(Scan.happened_at))]


def visits() -> list[tuple[int, date]]:
    return [(row.attendee_id, row.day) for row in db.session.scalars(select(Visit).order_by(Visit.attendee_id, Visit.day))]


def test_a_visitor_with_a_good_badge_enters(main: Post, salma: Attendee) -> None:
    sent = scan(main, token_of(salma))
    assert record(main, sent) == [Answer(sent["id"], "admitted", "ok", SALMA)]
    assert stored() == [("admitted", "ok", True)]
    assert visits() == [(salma.id, date(2018, 4, 12))]


def test_the_same_badge_again_is_inside_already_since_when_and_where(sistep: Edition, main: Post, salma: Attendee) -> None:
    side = make_post(sistep, "side")
    assert read(main, token_of(salma), minutes(2)) == "ok"
    assert read(side, token_of(salma), minutes(5)) == "already_inside"
    sent = scan(main, token_of(salma), minutes(9))
    assert record(main, sent) == [Answer(sent["id"], "already_inside", "already_inside", SALMA, Since(minutes(2), same("main gate"), main.gate))]
    assert len(visits()) == 1


def test_who_went_out_may_come_in_again_and_is_counted_once(main: Post, salma: Attendee) -> None:
    ways = [("in", "ok"), ("out", "ok"), ("out", "not_inside"), ("in", "ok")]
    assert [read(main, token_of(salma), minutes(number), way) for number, (way, _reason) in enumerate(ways)] == [reason for _way, reason in ways]
    assert [outcome for outcome, _reason, _passed in stored()] == ["admitted"] * 4
    assert len(visits()) == 1


def test_who_forgot_to_scan_out_enters_the_next_day_and_is_a_visit_of_that_day(main: Post, salma: Attendee) -> None:
    assert read(main, token_of(salma), NINE) == "ok"
    assert read(main, token_of(salma), NINE + timedelta(days=1)) == "ok"
    assert visits() == [(salma.id, date(2018, 4, 12)), (salma.id, date(2018, 4, 13))]


def test_a_day_ends_by_the_wall_clock_of_the_edition(main: Post, salma: Attendee) -> None:
    assert read(main, token_of(salma), NINE.replace(hour=22, minute=59)) == "ok"
    assert read(main, token_of(salma), NINE.replace(hour=23, minute=0)) == "ok"  # midnight in Casablanca
    assert visits() == [(salma.id, date(2018, 4, 12)), (salma.id, date(2018, 4, 13))]


@pytest.mark.parametrize("text", ["", "6111234567890", "https://www.fimme.example/", "\x00", "A" * 5000])
def test_a_foreign_code_is_refused_and_its_text_is_nowhere(main: Post, text: str) -> None:
    sent = scan(main, text)
    assert record(main, sent) == [Answer(sent["id"], "refused", "unknown_code")]
    row = db.session.execute(select(Scan.__table__)).one()
    assert (row.serial, row.counter, row.attendee_id, row.passed) == (None, None, None, False)
    assert text not in [value for value in row if isinstance(value, str)] or text == ""


def test_a_forged_badge_is_refused_and_names_nobody(main: Post, salma: Attendee) -> None:
    payload = read_token(token_of(salma), keyring().public_keys)
    forged = sign(payload, Ed25519PrivateKey.generate())
    assert record(main, scan(main, forged))[0].holder is None
    assert stored() == [("refused", "bad_signature", False)]
    assert db.session.scalars(select(Scan.serial)).all() == [None]


def test_a_badge_signed_by_a_key_we_do_not_have_is_refused(main: Post, salma: Attendee) -> None:
    payload = replace(read_token(token_of(salma), keyring().public_keys), key=99)
    assert read(main, sign(payload, Ed25519PrivateKey.generate())) == "unknown_key"


def test_a_badge_of_another_edition_is_refused_and_names_nobody(main: Post, salma: Attendee, other_edition: Edition) -> None:
    payload = replace(read_token(token_of(salma), keyring().public_keys), edition=other_edition.token_number)
    (answer,) = record(main, scan(main, sign(payload, keyring().private_keys[payload.key])))
    assert (answer.outcome, answer.reason, answer.holder) == ("refused", "other_edition", None)
    assert db.session.scalars(select(Scan.serial)).all() == [None]


def test_a_good_signature_over_a_serial_that_nobody_has_is_refused(main: Post, salma: Attendee) -> None:
    payload = replace(read_token(token_of(salma), keyring().public_keys), counter=9)
    assert read(main, sign(payload, keyring().private_keys[payload.key])) == "unknown_code"


@pytest.mark.parametrize(("days", "reason"), [(-1, "not_yet_valid"), (0, "ok"), (3, "ok"), (4, "expired")])
def test_a_badge_is_good_on_its_days_only(main: Post, salma: Attendee, days: int, reason: str) -> None:
    assert read(main, token_of(salma), NINE + timedelta(days=days)) == reason


def test_a_revoked_badge_is_refused_with_the_name_of_its_holder(main: Post, salma: Attendee) -> None:
    token = token_of(salma)
    revoke_badge(salma.id, actor_id=None, now=EIGHT)
    sent = scan(main, token)
    assert record(main, sent) == [Answer(sent["id"], "refused", "revoked", SALMA)]


def test_a_replaced_badge_is_refused_and_the_new_one_enters(main: Post, salma: Attendee) -> None:
    old = token_of(salma)
    reissue_badge(salma.id, actor_id=None, now=EIGHT)
    assert (read(main, old), read(main, token_of(salma), minutes(1))) == ("replaced", "ok")


def test_nobody_who_leaves_is_held_back(main: Post, salma: Attendee) -> None:
    token = token_of(salma)
    assert read(main, token) == "ok"
    revoke_badge(salma.id, actor_id=None, now=NINE)
    assert read(main, token, minutes(3), "out") == "ok"


def test_a_visitor_does_not_enter_the_lounge_and_a_vip_does(sistep: Edition, vip: Post, salma: Attendee) -> None:
    assert read(vip, token_of(salma)) == "zone"
    assert read(vip, token_of(make_holder(sistep, "Vera Important", Category.VIP))) == "ok"


def test_the_rules_of_today_decide_and_not_the_zones_printed(sistep: Edition, vip: Post, salma: Attendee) -> None:
    token = token_of(salma)
    lounge = next(zone for zone in sistep.zones if zone.code == "vip")
    with transaction():
        db.session.add(ZoneRule(zone_id=lounge.id, category="visitor", day=date(2018, 4, 13)))
    assert read(vip, token) == "zone"
    assert read(vip, token, NINE + timedelta(days=1)) == "ok"


def test_every_hat_opens_its_doors(sistep: Edition, vip: Post) -> None:
    vera = make_holder(sistep, "Vera Important", Category.VISITOR)
    token = token_of(vera)
    assert read(vip, token) == "zone"
    with transaction():
        db.session.add(Hat(attendee_id=vera.id, category="vip"))
    assert read(vip, token, minutes(1)) == "ok"


def test_a_gate_that_is_not_the_editions_answers_nothing_about_anybody(main: Post, salma: Attendee, other_edition: Edition) -> None:
    theirs = make_gate(other_edition, "theirs").id
    for gate in (theirs, 999_999):
        sent = scan(main, token_of(salma), gate=gate)
        assert record(main, sent) == [Answer(sent["id"], "refused", "wrong_gate")]
    assert stored() == []


@pytest.mark.parametrize("category", list(Category))
def test_staff_press_and_service_enter_and_are_no_visitors(sistep: Edition, main: Post, category: Category) -> None:
    holder = make_holder(sistep, "Karim Somebody", category)
    reason = read(main, token_of(holder))
    assert reason == ("zone" if category is Category.BUILD_UP else "ok")
    assert len(visits()) == (0 if category in NEVER_VISITORS else 1)


def test_a_guest_of_honour_who_also_exhibits_is_no_visitor(sistep: Edition, main: Post) -> None:
    guest = make_holder(sistep, "Vera Important", Category.VIP)
    with transaction():
        db.session.add(Hat(attendee_id=guest.id, category="exhibitor"))
    assert read(main, token_of(guest)) == "ok"
    assert visits() == []


def test_what_a_device_decided_alone_is_stored_with_what_the_server_thinks(main: Post, salma: Attendee) -> None:
    token = token_of(salma)
    assert record(main, scan(main, token, minutes(1), verdict="enter"), scan(main, token, minutes(2), verdict="enter")) != []
    revoke_badge(salma.id, actor_id=None, now=minutes(10))
    record(main, scan(main, token, minutes(9), verdict="look"), scan(main, token, minutes(11), verdict="enter"), scan(main, token, minutes(12), verdict="stop"))
    assert stored() == [
        ("stored", "ok", True),
        ("stored", "already_inside", True),
        ("stored", "already_inside", True),
        ("stored", "revoked", True),
        ("stored", "revoked", False),
    ]
    assert len(visits()) == 1


def test_the_name_is_told_in_the_stewards_script(sistep: Edition, main: Post) -> None:
    salma = make_holder(sistep)
    with transaction():
        db.session.add(PersonName(person_id=salma.person_id, position=1, script="arab", given="سلمى", family="الزائرة", folded="سلمي الزائره"))
    names = [answer.holder.name for language in ("fr", "ar") for answer in record(main, scan(main, token_of(salma)), language=language) if answer.holder]
    assert names == ["Salma Visitor", "سلمى الزائرة"]


def test_two_zones_are_two_presences_of_one_visit(sistep: Edition, main: Post, vip: Post) -> None:
    vera = make_holder(sistep, "Vera Important", Category.VIP)
    assert (read(main, token_of(vera)), read(vip, token_of(vera), minutes(1))) == ("ok", "ok")
    assert db.session.scalar(select(func.count()).select_from(Presence).where(Presence.inside)) == 2
    assert len(visits()) == 1


def test_an_edition_badge_issued_later_still_enters(sistep: Edition, main: Post, salma: Attendee) -> None:
    revoke_badge(salma.id, actor_id=None, now=EIGHT)
    issue_badge(salma.id, now=TEN)
    assert read(main, token_of(salma), TEN) == "ok"
