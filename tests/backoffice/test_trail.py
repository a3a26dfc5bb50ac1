"""The trail: every act with names, narrowed, never another edition's."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import eventapp
from eventapp import wiring
from eventapp.accounts import roles
from eventapp.accounts.models import Role, User
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_attendee
from eventapp.attendees.queries import details_of
from eventapp.audit.trail import record
from eventapp.backoffice.views.acts import ACTS, KINDS, more
from eventapp.backoffice.views.fields import FIELDS
from eventapp.core.db import db, transaction
from eventapp.editions.models import Category, Edition
from eventapp.editions.operations.changing import CHANGEABLE
from eventapp.exhibitors.operations import accept
from eventapp.organisations.models import Person, PersonName
from eventapp.pricing.rules import PricePlan
from eventapp.programme.models import SessionKind, StageRole
from eventapp.programme.operations import add_session, put_on_stage
from eventapp.programme.rules import Details, OnStage
from eventapp.stands.operations import allocate_stand
from tests.support.browsing import sign_in_as
from tests.support.cast import EIGHT, grant, make_user, same
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.programme import make_person
from tests.support.statements import statements

ROOMS = Path(eventapp.__file__).parent
TRAIL = "/organiser/sistep-2018/trail"


def lines(page: str) -> list[tuple[str, ...]]:
    """Read the table: who, did what, to what."""
    body = page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0] if "<tbody>" in page else ""
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]
    return [tuple(re.sub(r"<[^>]+>", "", cell.split("<br>")[0]).strip() for cell in row[1:4]) for row in rows]


def act(edition: Edition, actor: User, name: str = "Atlas") -> None:
    """Let an organiser accept an exhibitor, give it a stand and add a guest."""
    exhibitor = make_exhibitor(edition, name, actor, state="submitted")
    accept(exhibitor.id, actor_id=actor.id, now=EIGHT)
    allocate_stand(make_stand(edition, f"B{exhibitor.id}").id, exhibitor.id, actor_id=actor.id, now=EIGHT)
    add_attendee(edition.id, Category.VIP, given="Fatima", family=f"Zahra{exhibitor.id}", actor_id=actor.id, now=EIGHT + timedelta(days=1))


def test_every_act_has_its_names(client: FlaskClient, sistep: Edition, adil: User, stranger: User) -> None:
    act(sistep, adil)
    roles.grant_role(stranger.id, sistep.id, Role.PRESS, actor_id=adil.id, now=EIGHT)
    page = sign_in_as(client, adil).get(TRAIL)
    found = lines(page.text)
    assert [found.count(("Adil Administrator", *line)) for line in (("Application accepted", "Atlas"), ("Stand allocated", "Atlas"), ("Role given", "Sam Stranger"))] == [1, 1, 1]
    assert [line for line in found if line[1] == "Attendee added"] == [("Adil Administrator", "Attendee added", "Fatima Zahra1")]
    assert ["Press officer" in page.text, "B1" in page.text] == [True, True]


@pytest.mark.parametrize(("role", "word"), [(StageRole.SPEAKER, "Speaker"), (StageRole.CHAIR, "Chair"), (StageRole.WITNESS, "Witness")])
def test_a_person_on_stage_is_written_with_their_role(client: FlaskClient, sistep: Edition, adil: User, role: StageRole, word: str) -> None:
    session = add_session(sistep.id, Details(SessionKind.CONFERENCE, same("Castings")), actor_id=adil.id, now=EIGHT)
    put_on_stage(session.id, OnStage(make_person("Nadia", "Bennis").id, role), actor_id=adil.id, now=EIGHT)
    page = sign_in_as(client, adil).get(TRAIL)
    assert (page.status_code, "Person put on stage" in page.text, word in page.text) == (200, True, True)


def test_every_act_that_the_rooms_write_has_its_words() -> None:
    sources = "\n".join(file.read_text() for file in ROOMS.glob("**/*.py") if not {"views", "queries", "demo"} & set(file.parts))
    written = set(re.findall(rf'"((?:{"|".join(KINDS)}|programme|role|demo)\.[a-z_]+)"', sources))
    written |= {f"attendee.{act}" for act in re.findall(r'\bnote\("([a-z_]+)"', sources)}
    assert len(written) > 50
    assert written - set(ACTS) - set(wiring.TASKS) == set()


def test_a_role_that_nobody_knows_any_more_breaks_nothing(client: FlaskClient, sistep: Edition, adil: User) -> None:
    with transaction():
        record("role.granted", "user", adil.id, actor_id=adil.id, at=EIGHT, edition_id=sistep.id, role="herald")
    page = sign_in_as(client, adil).get(TRAIL)
    assert (page.status_code, "herald" in page.text) == (200, True)


@pytest.mark.parametrize(
    ("details", "french"),
    [
        ({"day": "2018-04-12", "start_minute": 660, "room_id": 3}, "jeudi 12 avril 2018, 11\u202fh\u202f00"),
        ({"category": "vip"}, "VIP"),
        ({"fields": ["exhibit_from", "exhibit_until", "folded", "venue"]}, "inscription des exposants et lieu"),
        ({"kind": "exhibitor"}, "vers l’équipe d’un exposant"),
        ({"script": "arab"}, "en lettres arabes"),
        ({"minutes": 20}, "20 minutes"),
        ({"stand": "B12"}, "B12"),
        ({"day": "some day", "fields": ["unheard_of"]}, "some day · unheard_of"),
        ({"person_ids": [1, 2], "counter": 3}, ""),
    ],
)
def test_the_rest_of_an_act_is_written_in_words(app: Flask, details: dict[str, object], french: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert more(details) == french


def test_every_field_that_a_change_can_name_has_its_words() -> None:
    columns = {*CHANGEABLE, *details_of(Attendee(person=Person(names=[PersonName(script="latn", given="A", family="B")]))), *PricePlan.__dataclass_fields__}
    assert columns - set(FIELDS) == set()


def test_the_trail_of_another_edition_is_never_shown(client: FlaskClient, sistep: Edition, other_edition: Edition, adil: User, nadia: User, olga: User) -> None:
    act(sistep, adil, "Atlas")
    act(other_edition, nadia, "Canary")
    page = sign_in_as(client, adil).get(TRAIL).text
    assert ["Atlas" in page, "Canary" in page, "Nadia" in page] == [True, False, False]
    assert [line for line in lines(sign_in_as(client, olga).get(TRAIL).text) if line[0] != "the system"] == [line for line in lines(page) if line[0] != "the system"]
    assert lines(sign_in_as(client, adil).get(f"{TRAIL}?actor={nadia.id}").text) == []


def test_acts_of_no_edition_are_for_the_owner(client: FlaskClient, sistep: Edition, adil: User, olga: User, stranger: User) -> None:
    roles.disable_user(stranger.id, actor_id=olga.id, now=EIGHT)
    assert lines(sign_in_as(client, olga).get(TRAIL).text) == [("Olga Owner", "Account disabled", "Sam Stranger")]
    assert lines(sign_in_as(client, adil).get(TRAIL).text) == []


def test_the_trail_is_narrowed(client: FlaskClient, sistep: Edition, adil: User) -> None:
    act(sistep, adil)
    sign_in_as(client, adil)
    count = {
        query: len(lines(client.get(f"{TRAIL}{query}").text))
        for query in ("?kind=exhibitor", "?actor=system", f"?actor={adil.id}&kind=exhibitor", "?since=2018-04-13", "?until=2018-04-11")
    }
    everything = len(lines(client.get(TRAIL).text))
    later = [line for line in lines(client.get(f"{TRAIL}?since=2018-04-13").text) if line[1] == "Attendee added"]
    assert (count["?kind=exhibitor"], count[f"?actor={adil.id}&kind=exhibitor"], count["?until=2018-04-11"], len(later)) == (2, 2, 0, 1)
    assert 0 < count["?since=2018-04-13"] < everything


@pytest.mark.parametrize("odd", ["?kind=%00", "?actor=x", "?actor=99999999999999", "?since=yesterday", "?since=0001-01-01", "?until=9999-12-31", "?page=0", "?kind=" + "x" * 900])
def test_odd_addresses_break_nothing(client: FlaskClient, sistep: Edition, adil: User, odd: str) -> None:
    assert sign_in_as(client, adil).get(f"{TRAIL}{odd}").status_code == 200


def test_what_is_gone_or_unknown_has_its_number(client: FlaskClient, sistep: Edition, adil: User) -> None:
    with transaction():
        record("thing.done", "thing", 7, actor_id=999, at=EIGHT, edition_id=sistep.id, stand="<b>B1</b>")
        record("stand.freed", "exhibitor", 999, actor_id=None, at=EIGHT, edition_id=sistep.id)
    page = sign_in_as(client, adil).get(TRAIL).text
    assert lines(page) == [("the system", "Stand freed", "no. 999"), ("an account that is gone", "thing.done", "no. 7")]
    assert "<b>B1</b>" not in page


def test_only_administrators_read_it(client: FlaskClient, sistep: Edition, nadia: User, stranger: User) -> None:
    assert client.get(TRAIL).status_code == 302
    manager = grant(make_user("m@show.example", "M"), sistep, Role.EXHIBITOR_MANAGER)
    assert [sign_in_as(client, user).get(TRAIL).status_code for user in (stranger, nadia, manager)] == [404, 404, 403]


def test_the_trail_asks_the_same_number_of_questions_for_one_and_three(client: FlaskClient, sistep: Edition, adil: User) -> None:
    sign_in_as(client, adil)
    counts = []
    for number in range(3):
        act(db.session.get_one(Edition, 1), db.session.get_one(User, 1), f"Exhibitor {number}")
        db.session.remove()
        with statements() as seen:
            assert client.get(TRAIL).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[2]
