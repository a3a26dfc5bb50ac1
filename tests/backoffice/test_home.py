"""The organiser's home: what needs somebody, figures, the next sessions."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from eventapp.accounts.models import Role, User
from eventapp.agreements.models import Agreement
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_attendee, withdraw_attendee
from eventapp.backoffice.queries import figures
from eventapp.backoffice.queries.home import next_sessions
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.doors.models import Device, Gate, Presence, Scan, Visit
from eventapp.editions.models import Category, Edition
from eventapp.exhibitors.operations import accept, withdraw
from eventapp.mail.outbox import queue_mail
from eventapp.programme.models import PublishedVersion
from eventapp.stands.operations import allocate_stand, free_stand
from tests.backoffice.conftest import TEN, set_clock
from tests.support.browsing import sign_in_as
from tests.support.cast import EIGHT, grant, make_user, same
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.invoicing import issue, on_stand, pay, sells
from tests.support.statements import statements

HOME = "/organiser/sistep-2018/"
TODAY = date(2018, 4, 12)
DAY = timedelta(days=1)


def needs(page: str) -> list[tuple[str, str, str]]:
    """Read the tiles: count, words, address."""
    found = re.findall(r'<a class="tile tile--warn" href="([^"]+)"><span class="tile__number">([^<]+)</span> <span class="tile__label">([^<]+)</span>', page)
    return [(count, words, address.replace("&amp;", "&")) for address, count, words in found]


def fill(edition: Edition, owner: User) -> None:
    """Leave one thing of each kind to do."""
    make_exhibitor(edition, f"Waiting {uuid4().hex}", owner, state="submitted")
    make_exhibitor(edition, f"Standless {uuid4().hex}", owner)
    with transaction():
        values = {"edition_id": edition.id, "kind": "memorandum", "title": same("MoU"), "subject": same("Training"), "folded": "mou", "created_at": EIGHT}
        db.session.add(Agreement(**{name: value for name, value in values.items() if hasattr(Agreement, name)}))
        mail = queue_mail("x@y.example", "accounts/reset", "fr", edition_id=edition.id, name="X", secret_path="/x")
        assert mail is not None
        mail.state = "failed"
        badge = queue_mail("x@y.example", "badges/my_page", "fr", edition_id=edition.id)
        assert badge is not None
        badge.state = "failed"


def test_what_waits_is_counted_and_linked(client: FlaskClient, ten: datetime, sistep: Edition, other_edition: Edition, olga: User, stranger: User) -> None:
    for edition in (sistep, other_edition, other_edition):
        fill(edition, make_user(f"owner{edition.id}-{uuid4().hex}@x.example", "Owner"))
    found = needs(sign_in_as(client, olga).get(HOME).text)
    assert found[:2] == [
        ("1", "application waits for a decision", "/organiser/sistep-2018/exhibitors?state=submitted"),
        ("1", "accepted exhibitor has no stand yet", "/organiser/sistep-2018/exhibitors?state=accepted&stand=none"),
    ]
    assert ("2", "mails could not be sent", "/organiser/sistep-2018/mails?state=failed") in found
    for _count, _words, address in found:
        assert client.get(address).status_code == 200


def test_the_link_to_exhibitors_without_a_stand_shows_those(client: FlaskClient, sistep: Edition, adil: User, stranger: User) -> None:
    housed = make_exhibitor(sistep, "Housed", stranger)
    make_exhibitor(sistep, "Homeless", stranger)
    make_exhibitor(sistep, "Waiting", stranger, state="submitted")
    allocate_stand(make_stand(sistep, "B1").id, housed.id, actor_id=None, now=EIGHT)
    page = sign_in_as(client, adil).get("/organiser/sistep-2018/exhibitors?state=accepted&stand=none").text
    assert [name in page for name in ("Homeless", "Housed", ">Waiting<")] == [True, False, False]


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.EXHIBITOR_MANAGER, ["application waits for a decision", "accepted exhibitor has no stand yet"]),
        (Role.HELP_DESK, ["mail could not be sent"]),
        (Role.PRESS, []),
    ],
)
def test_a_role_sees_what_it_can_open_and_nothing_else(client: FlaskClient, ten: datetime, sistep: Edition, stranger: User, role: Role, words: list[str]) -> None:
    fill(sistep, stranger)
    found = [one[1] for one in needs(sign_in_as(client, grant(make_user("r@show.example", "R"), sistep, role)).get(HOME).text)]
    assert [word for word in found if not word.startswith("agreement")] == words


def test_finance_is_told_of_overdue_invoices_and_of_nothing_it_cannot_decide(client: FlaskClient, sistep: Edition, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    sells(sistep)
    fill(sistep, stranger)
    paid, late = (issue(on_stand(sistep, name, stranger, stand)) for name, stand in (("Rif", "B12"), ("Atlas", "B13")))
    pay(paid, "60600.00")
    farid = sign_in_as(client, grant(make_user("farid@show.example", "Farid"), sistep, Role.FINANCE))
    monkeypatch.setattr("eventapp.core.clock.show_now", lambda: EIGHT + 30 * DAY)
    assert [one for one in needs(farid.get(HOME).text) if not one[1].startswith("agreement")] == []
    monkeypatch.setattr("eventapp.core.clock.show_now", lambda: EIGHT + 31 * DAY)
    assert needs(farid.get(HOME).text) == [("1", "invoice is overdue", "/organiser/sistep-2018/invoices?state=overdue")]
    shown = farid.get("/organiser/sistep-2018/invoices?state=overdue").text
    assert (late.label in shown, paid.label in shown) == (True, False)


def test_nothing_to_do_is_said(client: FlaskClient, ten: datetime, adil: User) -> None:
    page = sign_in_as(client, adil).get(HOME)
    assert (page.status_code, needs(page.text), "Nothing waits for you." in page.text) == (200, [], True)


def test_others_do_not_get_in(client: FlaskClient, sistep: Edition, nadia: User, stranger: User) -> None:
    assert client.get(HOME).location == f"/sign-in?next={HOME}"
    assert [sign_in_as(client, user).get(HOME).status_code for user in (stranger, nadia)] == [404, 404]


def visitor(edition: Edition, name: str, at: datetime) -> Attendee:
    return add_attendee(edition.id, Category.VISITOR, given=name, family="X", actor_id=None, now=at)


def test_registrations_are_counted_with_yesterdays_value(sistep: Edition, other_edition: Edition) -> None:
    gone = visitor(sistep, "Gone", TEN - 3 * DAY)
    for days in (0, 1, 2, 2):
        visitor(sistep, f"Visitor{uuid4().hex}", TEN - days * DAY)
    visitor(other_edition, "Elsewhere", TEN)
    withdraw_attendee(gone.id, actor_id=None, now=TEN)
    found = figures.registrations(sistep, TODAY)
    assert (found.now, found.yesterday, [value for _day, value in found.course][-5:], len(found.course)) == (4, 4, [0, 1, 3, 4, 4], 14)


def test_a_day_ends_at_midnight_of_the_place(sistep: Edition) -> None:
    visitor(sistep, "Late", datetime(2018, 4, 11, 22, 59, tzinfo=UTC))
    visitor(sistep, "Early", datetime(2018, 4, 11, 23, 0, tzinfo=UTC))
    assert (figures.registrations(sistep, TODAY).now, figures.registrations(sistep, TODAY).yesterday) == (2, 1)


def test_accepted_exhibitors_count_until_they_withdraw(sistep: Edition, other_edition: Edition, stranger: User) -> None:
    waiting = [make_exhibitor(sistep, f"Waiting {number}", stranger, state="submitted") for number in range(3)]
    for exhibitor in waiting[:2]:
        accept(exhibitor.id, actor_id=None, now=TEN - 2 * DAY)
    withdraw(waiting[0].id, actor_id=None, now=TEN)
    withdraw(waiting[2].id, actor_id=None, now=TEN)  # who never counted
    make_exhibitor(other_edition, "Elsewhere", stranger)
    found = figures.accepted_exhibitors(sistep, TODAY)
    assert (found.now, found.yesterday, [value for _day, value in found.course][-4:]) == (1, 2, [0, 2, 2, 1])


def test_stands_and_their_area_count_until_they_are_freed(sistep: Edition, other_edition: Edition, stranger: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    stands = [make_stand(sistep, f"B{number}") for number in range(3)]
    for stand in stands[:2]:
        allocate_stand(stand.id, atlas.id, actor_id=None, now=TEN - 2 * DAY)
    free_stand(stands[0].id, actor_id=None, now=TEN)
    allocate_stand(make_stand(other_edition, "B1").id, make_exhibitor(other_edition, "Rif", stranger).id, actor_id=None, now=TEN)
    number, area = figures.allocated_stands(sistep, TODAY)
    assert (number.now, number.yesterday, number.whole, [value for _day, value in number.course][-4:]) == (1, 2, 3, [0, 2, 2, 1])
    assert (area.now, area.yesterday, area.whole) == (Decimal(18), Decimal(36), Decimal(54))


def at_gate(edition: Edition) -> tuple[Gate, Gate, Device]:
    """Store gates into the show floor and the lounge, and one device."""
    with transaction():
        gates = [Gate(edition_id=edition.id, zone_id=zone.id, code=zone.code, name=zone.name) for zone in edition.zones]
        db.session.add_all(gates)
        db.session.flush()
        device = Device(edition_id=edition.id, gate_id=gates[0].id, label="Phone", created_at=EIGHT, enrolled_at=EIGHT, token_hash=f"hash{edition.id}")
        db.session.add(device)
    return gates[0], gates[1], device


def passes(gate: Gate, device: Device, attendee: Attendee, direction: str, at: datetime, *, passed: bool = True) -> UUID:
    """Store a scan."""
    scan = Scan(id=uuid4(), edition_id=gate.edition_id, gate_id=gate.id, zone_id=gate.zone_id, device_id=device.id, attendee_id=attendee.id, direction=direction, happened_at=at)
    scan.scanned_at, scan.received_at, scan.clock_offset_ms, scan.clock_doubtful, scan.day = at, at, 0, False, at.date()
    scan.verdict, scan.outcome, scan.reason, scan.passed, scan.counted = "", "admitted" if passed else "refused", "ok", passed, False
    with transaction():
        db.session.add(scan)
    return scan.id


def test_people_inside_are_counted_hour_by_hour(sistep: Edition, other_edition: Edition) -> None:
    door, lounge, device = at_gate(sistep)
    salma, omar, nora = (visitor(sistep, name, EIGHT) for name in ("Salma", "Omar", "Nora"))
    nine = EIGHT + timedelta(hours=1)
    passes(door, device, salma, "in", nine - DAY)  # yesterday, and she never went out
    passes(door, device, omar, "in", nine - DAY)
    passes(door, device, omar, "out", nine + timedelta(minutes=30) - DAY)
    latest = passes(door, device, salma, "in", nine)
    passes(lounge, device, salma, "in", nine + timedelta(minutes=5))  # in two zones, one person
    passes(door, device, omar, "in", nine + timedelta(minutes=10))
    passes(door, device, omar, "out", nine + timedelta(minutes=50))
    passes(door, device, nora, "in", nine + timedelta(minutes=20), passed=False)
    with transaction():
        facts = {"edition_id": sistep.id, "day": TODAY, "changed_at": nine, "last_at": nine, "gate_id": door.id, "scan_id": latest, "last_scan_id": latest}
        for zone in sistep.zones:
            db.session.add(Presence(attendee_id=salma.id, zone_id=zone.id, inside=True, **facts))
        db.session.add(Presence(attendee_id=omar.id, zone_id=door.zone_id, inside=False, **facts))
        db.session.add(Presence(attendee_id=nora.id, zone_id=door.zone_id, inside=True, **{**facts, "day": TODAY - DAY}))
    found = figures.inside(sistep, nine + timedelta(minutes=30))
    assert (found.now, found.yesterday, found.course[:3]) == (1, 1, [(time(9), 1), (time(10), None), (time(11), None)])
    later = figures.inside(sistep, nine + timedelta(hours=2))
    assert later.course[:4] == [(time(9), 1), (time(10), 1), (time(11), 1), (time(12), None)]
    assert figures.inside(other_edition, nine).now == 0


def test_visits_are_counted_day_by_day(sistep: Edition, other_edition: Edition) -> None:
    for number, (edition, day) in enumerate([(sistep, TODAY), (sistep, TODAY), (sistep, TODAY + DAY), (other_edition, TODAY)]):
        someone = visitor(edition, f"V{number}", EIGHT)
        with transaction():
            db.session.add(Visit(edition_id=edition.id, attendee_id=someone.id, day=day, first_at=EIGHT))
    second = figures.visits(sistep, TODAY + DAY)
    assert (second.now, second.yesterday, [value for _day, value in second.course]) == (1, 2, [2, 1, None, None])


def publish(edition: Edition, *sessions: tuple[str, date, int, int]) -> None:
    """Store a published version with sessions of a slug, day, start and length."""
    listed = [
        {
            "slug": slug,
            "uid": slug,
            "kind": "conference",
            "title": same(slug.title()),
            "day": day.isoformat(),
            "start": start,
            "fold": 0,
            "length": length,
            "room": 3,
            "parent": None,
        }
        for slug, day, start, length in sessions
    ]
    with transaction():
        db.session.add(PublishedVersion(edition_id=edition.id, number=1, published_at=EIGHT, snapshot={"rooms": [{"id": 3, "name": same("Room 1")}], "sessions": listed}))


def test_the_next_sessions_are_those_on_or_to_come(client: FlaskClient, ten: datetime, sistep: Edition, other_edition: Edition, adil: User) -> None:
    assert next_sessions(sistep, ten) is None
    publish(sistep, ("over", TODAY, 540, 60), ("on", TODAY, 590, 30), ("next", TODAY, 660, 60), ("last", TODAY + DAY, 540, 60))
    found = next_sessions(sistep, ten)
    assert found is not None
    assert [(session.slug, session.is_on) for session in found] == [("on", True), ("next", False), ("last", False)]
    page = sign_in_as(client, adil).get(HOME).text
    assert ["Next" in page, "Room 1" in page, "Over" in page] == [True, True, False]
    assert next_sessions(sistep, ten + 5 * DAY) == []


def test_a_silent_phone_needs_somebody_while_the_show_is_open(sistep: Edition) -> None:
    from eventapp.backoffice.queries.home import silent_devices

    at_gate(sistep)
    device = db.session.query(Device).one()
    states = []
    for seen, now in [(None, TEN), (TEN - timedelta(minutes=5), TEN), (TEN - timedelta(minutes=11), TEN), (None, TEN + timedelta(hours=12))]:
        with transaction():
            device.last_seen_at = seen
        states.append(silent_devices(sistep, now))
    assert states == [1, 0, 1, 0]


def test_the_page_says_the_same_numbers_in_words_and_in_tables(client: FlaskClient, ten: datetime, sistep: Edition, adil: User) -> None:
    for number in range(3):
        visitor(sistep, f"V{number}", EIGHT - DAY)
    visitor(sistep, "V3", EIGHT)
    page = sign_in_as(client, adil).get(HOME).text
    card = page.split('id="registrations"')[1].split("</li>")[0]
    assert re.findall(r'figure__number">([^<]+)<', card) == ["4"]
    assert "Yesterday: 3" in card
    assert re.findall(r'<td class="number">([^<]+)</td>', card)[-3:] == ["0", "3", "4"]
    assert "style=" not in page


def test_the_home_asks_the_same_number_of_questions_for_one_and_three(client: FlaskClient, ten: datetime, sistep: Edition, adil: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_LOOK_AGAIN_SECONDS", 3600.0)  # else the anchor is read now and then
    sign_in_as(client, adil).get(HOME)
    publish(sistep, *(("s" + str(n), TODAY, 660 + n * 60, 60) for n in range(3)))
    counts, edition = [], sistep
    for number in range(3):
        owner = make_user(f"o{number}@x.example", "O")
        fill(edition, owner)
        exhibitor = make_exhibitor(edition, f"E{number}", owner)
        allocate_stand(make_stand(edition, f"B{number}").id, exhibitor.id, actor_id=None, now=EIGHT)
        visitor(edition, f"V{number}", EIGHT)
        db.session.remove()
        edition = db.session.get_one(Edition, 1)
        with statements() as seen:
            assert client.get(HOME).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[2]


@pytest.mark.parametrize("day", [-40, 0, 3, 9])
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_home_opens_before_during_and_after_the_show_in_every_language(client: FlaskClient, sistep: Edition, adil: User, day: int, language: str) -> None:
    set_clock(TEN + day * DAY)
    assert sign_in_as(client, adil).get(f"{HOME}?lang={language}").status_code == 200
