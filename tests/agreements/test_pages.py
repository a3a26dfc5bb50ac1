"""The protocol officer's pages, over HTTP, without JavaScript."""

import csv
import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from eventapp.accounts.models import Role
from eventapp.agreements.models import Agreement, Party, Signatory
from eventapp.agreements.operations import change_agreement, delete_agreement
from eventapp.attendees.operations import register_visitor
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.organisations.models import Organisation, Person, PersonName
from eventapp.organisations.operations import find_or_add_organisation
from eventapp.programme.models import ProgrammeSession, Room
from tests.support.agreeing import ATLAS, FIMME, broken, details, recorded, sign_at
from tests.support.browsing import csrf_of, sign_in_as
from tests.support.cast import EIGHT, grant, make_user
from tests.support.forms import PageForm, forms_of
from tests.support.programme import make_person
from tests.support.statements import statements

LIST = "/organiser/sistep-2018/agreements"
NEW = f"{LIST}/new"
WHAT = {"kind": "memorandum", "title_fr": "Mémorandum d’entente", "title_ar": "مذكرة تفاهم", "title_en": "Memorandum", "subject_fr": "Former ensemble."}
PARTIES = {
    "parties-0-name": "FIMME",
    "parties-0-name_ar": "الفدرالية",
    "parties-0-kind": "federation",
    "parties-0-country": "MA",
    "parties-0-city": "Casablanca",
    "parties-1-name": "Arts et Métiers ParisTech",
    "parties-1-kind": "school",
    "parties-1-country": "FR",
    "parties-1-city": "Paris",
}
SIGNATORIES = {
    "parties-0-signatories-0-given": "Abdelhamid",
    "parties-0-signatories-0-family": "Souiri",
    "parties-0-signatories-0-given_ar": "عبد الحميد",
    "parties-0-signatories-0-family_ar": "الصويري",
    "parties-0-signatories-0-capacity_fr": "Président de la FIMME",
    "parties-1-signatories-0-given": "Laurent",
    "parties-1-signatories-0-family": "Champaney",
    "parties-1-signatories-0-capacity_en": "General Manager",
}


def form_of(page: TestResponse) -> PageForm:
    """Read the page's own form."""
    return next(form for form in forms_of(page, NEW) if "step" in form.fields or "day" in form.fields)


def go(client: FlaskClient, page: TestResponse, act: str, path: str = NEW, **fields: Any) -> TestResponse:
    """Fill in the open page, press a button of it, and get what comes next."""
    sent = {name: values for name, values in form_of(page).fields.items() if name}
    return client.post(path, data={**sent, **fields, "act": act})


def filled(client: FlaskClient, **instead: Any) -> TestResponse:
    """Go through the pages to the last look."""
    given = {**WHAT, **PARTIES, **SIGNATORIES, **instead}
    page = go(client, client.get(NEW), "next", **{name: value for name, value in given.items() if name in WHAT})
    page = go(client, page, "next", **{name: value for name, value in given.items() if name in PARTIES})
    return go(client, page, "next", **{name: value for name, value in given.items() if "signatories" in name})


def step(page: TestResponse) -> str:
    """Name the page of the form that is open."""
    return form_of(page).fields["step"][0]


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def names(page: str) -> list[str]:
    return [name for name in ("Memorandum of FIMME", "Supply of castings", "Traineeships") if name in page]


@pytest.fixture
def three(sistep: Edition, salon: Room) -> list[Agreement]:
    """Three agreements, one of them scheduled."""
    first, second, third = recorded(sistep, "Memorandum of FIMME"), recorded(sistep, "Supply of castings", (FIMME, ATLAS)), recorded(sistep, "Traineeships", (ATLAS, FIMME))
    change_agreement(second.id, details("Supply of castings", (FIMME, ATLAS), second.kind.__class__("contract")), version=None, actor_id=None, now=EIGHT)  # type: ignore[arg-type]
    return [sign_at(first, "10:00", room=salon), second, third]


def test_an_agreement_is_recorded_page_by_page(protocol: FlaskClient, sistep: Edition) -> None:
    page = filled(protocol)
    assert (step(page), "Président de la FIMME" in page.text, count(Agreement)) == ("check", True, 0)
    answer = go(protocol, page, "record")
    agreement = db.session.scalars(select(Agreement)).one()
    assert (answer.status_code, answer.location) == (302, f"{LIST}/{agreement.id}")
    assert (agreement.title, agreement.subject) == ({"fr": "Mémorandum d’entente", "ar": "مذكرة تفاهم", "en": "Memorandum"}, {"fr": "Former ensemble."})
    bound = [(party.organisation.name, party.organisation.name_ar, party.organisation.kind, party.organisation.country, party.organisation.city) for party in agreement.parties]
    assert bound == [("FIMME", "الفدرالية", "federation", "MA", "Casablanca"), ("Arts et Métiers ParisTech", None, "school", "FR", "Paris")]
    signing = [(one.person.name(), one.person.name("ar"), one.capacity) for party in agreement.parties for one in party.signatories]
    assert signing == [("Abdelhamid Souiri", "عبد الحميد الصويري", {"fr": "Président de la FIMME"}), ("Laurent Champaney", "Laurent Champaney", {"en": "General Manager"})]
    assert broken() == []


def test_sent_twice_it_is_recorded_once(protocol: FlaskClient, sistep: Edition) -> None:
    page = filled(protocol)
    first = go(protocol, page, "record")
    assert [first.status_code, go(protocol, page, "record").location] == [302, first.location]
    assert "is recorded already, between the same parties" in go(protocol, filled(protocol), "record").text
    assert count(Agreement) == 1


def test_adding_and_removing_loses_nothing_that_was_typed(protocol: FlaskClient, sistep: Edition) -> None:
    page = go(protocol, protocol.get(NEW), "next", **WHAT)
    page = go(protocol, page, "add-party", **PARTIES)
    page = go(protocol, page, "add-party", **{"parties-2-name": "Third", "parties-2-city": "Fès"})
    page = go(protocol, page, "up-party-2", **{"parties-3-name": "Fourth"})
    fields = form_of(page).fields
    assert [fields[f"parties-{number}-name"] for number in range(4)] == [["FIMME"], ["Third"], ["Arts et Métiers ParisTech"], ["Fourth"]]
    page = go(protocol, page, "remove-party-3")
    page = go(protocol, page, "next")
    page = go(protocol, page, "add-signatory-1", **{"parties-1-signatories-0-family": "One", "parties-1-signatories-0-capacity_ar": "رئيس"})
    page = go(protocol, page, "add-signatory-1", **{"parties-1-signatories-1-family": "Two"})
    page = go(protocol, page, "remove-signatory-1-0", **{"parties-1-signatories-2-family": "Three"})
    fields = form_of(page).fields
    assert [fields[f"parties-1-signatories-{place}-family"] for place in range(2)] == [["Two"], ["Three"]]
    assert "parties-1-signatories-2-family" not in fields
    assert (fields["title_ar"], fields["parties-2-city"], fields["parties-2-country"], step(page)) == (["مذكرة تفاهم"], ["Paris"], ["FR"], "signatories")


def test_back_and_forth_keeps_everything(protocol: FlaskClient, sistep: Edition) -> None:
    page = filled(protocol)
    for act, opened in (("step-agreement", "agreement"), ("next", "parties"), ("next", "signatories"), ("back", "parties"), ("next", "signatories"), ("next", "check")):
        page = go(protocol, page, act)
        assert step(page) == opened
    assert go(protocol, page, "record").status_code == 302


def signed_before(protocol: FlaskClient) -> int:
    """Let Abdelhamid Souiri sign another agreement for FIMME."""
    go(protocol, filled(protocol, title_fr="Accord", title_ar="", title_en="Earlier agreement"), "record")
    return db.session.scalars(select(PersonName.person_id).where(PersonName.folded == "abdelhamid souiri")).one()


def test_a_known_person_of_the_same_organisation_is_recognised_and_named(protocol: FlaskClient, sistep: Edition) -> None:
    known = signed_before(protocol)
    page = filled(protocol)
    assert form_of(page).fields["parties-0-signatories-0-person"] == [str(known)]
    assert ": \u2068Président de la FIMME\u2069, \u2068FIMME\u2069, \u2068Earlier agreement\u2069" in page.text
    go(protocol, page, "record")
    assert (count(Person), broken()) == (2, [])


def test_a_visitor_of_the_same_organisation_is_recognised(protocol: FlaskClient, sistep: Edition) -> None:
    visitor = register_visitor(sistep.id, given="Abdelhamid", family="Souiri", email="a.souiri@fimme.example", organisation="fimme", job_title="Président", now=EIGHT)
    assert visitor is not None
    assert form_of(filled(protocol)).fields["parties-0-signatories-0-person"] == [str(visitor.person_id)]


def test_an_unrelated_namesake_is_offered_with_what_tells_them_apart_and_never_taken_by_himself(protocol: FlaskClient, sistep: Edition) -> None:
    visitor = register_visitor(
        sistep.id, given="Abdelhamid", family="Souiri", email="private@visitor.example", phone="+212 661 23 45 67", organisation="Garage Souiri", job_title="Mécanicien", now=EIGHT
    )
    assert visitor is not None
    page = filled(protocol)
    assert form_of(page).fields["parties-0-signatories-0-person"] == ["new"]
    assert "\u2068Mécanicien\u2069, \u2068Garage Souiri\u2069, \u2068SISTEP" in page.text
    assert ("private@visitor.example" in page.text, "661" in page.text) == (False, False)
    go(protocol, page, "record")
    signs = db.session.scalars(select(Signatory.person_id).join(Party).order_by(Party.position)).first()
    assert (signs == visitor.person_id, count(Person)) == (False, 3)


def test_what_was_not_written_leaves_no_line_and_what_was_is_named_by_its_language(protocol: FlaskClient, sistep: Edition) -> None:
    page = filled(protocol, title_ar="", title_en="", subject_fr="")
    recorded_page = protocol.get(go(protocol, page, "record").location)
    for shown in (page.text, recorded_page.text):
        assert re.findall(r'<p class="said__language">([^<]+)</p>', shown) == ["Français"]
        assert re.findall(r"<(?:h3|p[^>]*)>–<", shown) == []


def test_another_spelling_is_asked_about_and_kept(protocol: FlaskClient, sistep: Edition) -> None:
    known = make_person("Abdelhamid", "Souiri").id
    page = filled(protocol, **{"parties-0-signatories-0-family": "Alsouiri"})
    assert form_of(page).fields["parties-0-signatories-0-person"] == []
    refused = go(protocol, page, "record")
    assert (refused.status_code, "the name alone does not say it" in refused.text, count(Agreement)) == (422, True, 0)
    assert go(protocol, refused, "record", **{"parties-0-signatories-0-person": str(known)}).status_code == 302
    spellings = db.session.scalars(select(PersonName.folded).where(PersonName.person_id == known).order_by(PersonName.position)).all()
    assert spellings == ["abdelhamid souiri", "abdelhamid alsouiri", "عبد الحميد الصويري"]


def test_somebody_else_of_the_same_name_can_be_added(protocol: FlaskClient, sistep: Edition) -> None:
    make_person("Abdelhamid", "Souiri")
    assert go(protocol, filled(protocol), "record", **{"parties-0-signatories-0-person": "new"}).status_code == 302
    assert count(Person) == 3


def test_a_known_organisation_of_another_country_is_asked_about(protocol: FlaskClient, sistep: Edition) -> None:
    known = find_or_add_organisation(name="Arts et Metiers ParisTech", country="FR", actor_id=None, now=EIGHT).id
    page = filled(protocol, **{"parties-1-country": "MA"})
    assert form_of(page).fields["parties-1-organisation"] == []
    assert go(protocol, page, "record").status_code == 422
    assert go(protocol, page, "record", **{"parties-1-organisation": str(known)}).status_code == 302
    assert count(Organisation) == 2


@pytest.mark.parametrize("answer", ["999999", "0", "-1", "²", "x" * 500, "9" * 5000, "NEW", "١", "1; DROP TABLE people"])
def test_an_answer_that_was_not_offered_is_none(protocol: FlaskClient, sistep: Edition, answer: str) -> None:
    stranger_to_the_name = make_person("Zineb", "Other").id
    make_person("Abdelhamid", "Souiry")
    page = filled(protocol)
    for given in (answer, str(stranger_to_the_name)):
        refused = go(protocol, page, "record", **{"parties-0-signatories-0-person": given})
        assert (refused.status_code, count(Agreement)) == (422, 0)


HOSTILE = ["", " ", "\x00", "\u202e", "x" * 5000, "<script>alert(1)</script>", "=1+1", "é\u0301\u0301", "😀", "٣"]


@pytest.mark.parametrize("name", [*WHAT, *PARTIES, *SIGNATORIES, "version", "step", "act", "parties-1-signatories-0-person", "parties-0-organisation"])
def test_hostile_input_in_any_field_is_answered(protocol: FlaskClient, sistep: Edition, name: str) -> None:
    sent: dict[str, object] = {**WHAT, **PARTIES, **SIGNATORIES, "csrf_token": csrf_of(protocol.get(NEW)), "step": "check", "act": "record", "version": "1"}
    answers = [protocol.post(NEW, data={**sent, name: text}) for text in HOSTILE] + [protocol.post(NEW, data={key: value for key, value in sent.items() if key != name})]
    assert {answer.status_code for answer in answers} <= {200, 302, 422}
    assert [answer.text for answer in answers if "<script>alert(1)" in answer.text] == []


@pytest.mark.parametrize(
    "act",
    ["add-party-9", "remove-party", "remove-party-7", "up-party-0", "up-party-9", "remove-signatory-9-9", "add-signatory-9", "remove-party-٣", "step-check", "next", "x" * 9999],
)
def test_a_button_that_the_page_does_not_have_loses_nothing(protocol: FlaskClient, sistep: Edition, act: str) -> None:
    page = go(protocol, filled(protocol), "step-parties")
    answer = go(protocol, page, act)
    assert (answer.status_code, form_of(answer).fields["parties-1-name"], count(Agreement)) == (200, ["Arts et Métiers ParisTech"], 0)


def test_there_is_an_end_to_parties_and_signatories(protocol: FlaskClient, sistep: Edition) -> None:
    page = go(protocol, filled(protocol), "step-parties")
    for _more in range(12):
        page = go(protocol, page, "add-party")
    assert len([name for name in form_of(page).fields if name.startswith("parties-") and name.endswith("-city")]) == 8
    page = go(protocol, filled(protocol), "step-signatories")
    for _more in range(9):
        page = go(protocol, page, "add-signatory-0")
    assert len([name for name in form_of(page).fields if name.startswith("parties-0") and name.endswith("-family")]) == 6


@pytest.mark.parametrize(
    ("name", "value", "opened", "says"),
    [
        ("kind", "", "agreement", "Choose the kind of agreement."),
        ("kind", "treaty", "agreement", "Choose the kind of agreement."),
        ("title_fr", "", "agreement", "Enter the title in this language"),
        ("title_en", "x" * 161, "agreement", "Shorten the title to 160 characters."),
        ("subject_ar", "x" * 2001, "agreement", "Shorten the subject to 2,000 characters."),
        ("parties-1-name", "", "parties", "Enter the name of the organisation, or remove this party."),
        ("parties-1-name", "\u0301", "parties", "Enter the name with letters."),
        ("parties-0-country", "XX", "parties", "Choose a country of the list."),
        ("parties-0-kind", "club", "parties", "Choose one of the list."),
        ("parties-0-signatories-0-family", "", "signatories", "Enter the family name in Latin letters, or clear this signatory."),
        ("parties-0-signatories-0-given", "x" * 81, "signatories", "Shorten the name to 80 characters."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_on_its_page(protocol: FlaskClient, sistep: Edition, name: str, value: str, opened: str, says: str) -> None:
    page = filled(protocol)
    answer = go(protocol, page, "record", **{name: value})
    assert (answer.status_code, step(answer), says in answer.text, count(Agreement)) == (422, opened, True, 0)
    assert [text.strip() for text in form_of(answer).fields["subject_fr"]] == ["Former ensemble."]


def test_a_refusal_opens_the_page_of_its_field(protocol: FlaskClient, sistep: Edition) -> None:
    answer = go(protocol, filled(protocol, **{"parties-1-name": "fimme", "parties-1-country": "MA"}), "record")
    assert (answer.status_code, step(answer), "is a party already" in answer.text) == (422, "parties", True)
    twice = {"parties-1-signatories-0-given": "Abdelhamid", "parties-1-signatories-0-family": "Souiri"}
    person = str(make_person("Abdelhamid", "Souiri").id)
    meant = {"parties-0-signatories-0-person": person, "parties-1-signatories-0-person": person}
    answer = go(protocol, filled(protocol, **twice), "record", **meant)
    assert (answer.status_code, step(answer), "Abdelhamid Souiri signs already, for FIMME" in answer.text) == (422, "signatories", True)


def test_an_agreement_is_changed_and_the_old_page_is_stale(protocol: FlaskClient, memorandum: Agreement) -> None:
    path = f"{LIST}/{memorandum.id}/change"
    page = go(protocol, go(protocol, protocol.get(path), "next", path), "next", path)
    page = go(protocol, page, "next", path, **{"parties-1-signatories-0-capacity_fr": "Président"})
    stale = go(protocol, page, "step-agreement", path)
    assert go(protocol, page, "record", path).location == f"{LIST}/{memorandum.id}"
    db.session.expire_all()
    assert memorandum.parties[1].signatories[0].capacity["fr"] == "Président"
    late = go(protocol, stale, "record", path, title_fr="Late")
    assert (late.status_code, "Somebody changed this" in late.text, "Late" in late.text) == (422, True, True)
    assert go(protocol, late, "record", path).status_code == 302


def test_a_stored_person_whose_name_is_corrected_stays_the_same_person(protocol: FlaskClient, memorandum: Agreement) -> None:
    path, known = f"{LIST}/{memorandum.id}/change?step=signatories", memorandum.parties[0].signatories[0].person_id
    page = go(protocol, protocol.get(path), "next", path, **{"parties-0-signatories-0-family": "Es-Souiry", "parties-0-signatories-0-given": "A."})
    assert form_of(page).fields["parties-0-signatories-0-person"] == [str(known)]
    assert go(protocol, page, "record", path).status_code == 302
    assert count(Person) == 2


def test_the_pages_of_a_missing_agreement_are_not_there_and_those_of_a_deleted_one_lead_to_the_list(protocol: FlaskClient, memorandum: Agreement) -> None:
    number, acts = memorandum.id, ("/change", "/signing", "/unschedule", "/delete")
    delete_agreement(number, version=None, actor_id=None, now=EIGHT)
    token = csrf_of(protocol.get(NEW))
    assert [protocol.get(f"{LIST}/{number}{end}").location for end in ("", *acts)] == [LIST] * 5
    assert [protocol.post(f"{LIST}/{number}{end}", data={"csrf_token": token}).location for end in acts] == [LIST] * 4
    assert "This agreement was deleted." in protocol.get(LIST).text
    assert [protocol.get(f"{LIST}/{number + 1}{end}").status_code for end in ("", *acts)] == [404] * 5
    assert [protocol.post(f"{LIST}/{number + 1}{end}", data={"csrf_token": token}).status_code for end in acts] == [404] * 4


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Memorandum of FIMME", "Supply of castings", "Traineeships"]),
        ({"q": "MÉMORANDUM"}, ["Memorandum of FIMME"]),
        ({"q": "champaney paristech"}, ["Memorandum of FIMME"]),
        ({"q": "شامبانى"}, ["Memorandum of FIMME"]),
        ({"q": "الفدرالية castings"}, ["Supply of castings"]),
        ({"q": "fonderie"}, ["Supply of castings", "Traineeships"]),
        ({"q": "%"}, []),
        ({"q": "nobody"}, []),
        ({"q": "\x00"}, ["Memorandum of FIMME", "Supply of castings", "Traineeships"]),
        ({"q": "x" * 5000}, []),
        ({"state": "scheduled"}, ["Memorandum of FIMME"]),
        ({"state": "proposed"}, ["Supply of castings", "Traineeships"]),
        ({"state": "<odd>"}, ["Memorandum of FIMME", "Supply of castings", "Traineeships"]),
        ({"kind": "contract"}, ["Supply of castings"]),
        ({"kind": "memorandum", "state": "proposed"}, ["Traineeships"]),
    ],
)
def test_the_list_and_its_table_are_narrowed_alike(protocol: FlaskClient, three: list[Agreement], query: dict[str, str], found: list[str]) -> None:
    page = protocol.get(LIST, query_string=query)
    table = protocol.get(f"{LIST}/agreements.csv", query_string=query).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert (page.status_code, names(page.text), sorted(row[2] for row in rows[1:])) == (200, found, sorted(found))


def test_the_table_says_who_signs_when_and_where(protocol: FlaskClient, three: list[Agreement]) -> None:
    rows = list(csv.reader(io.StringIO(protocol.get(f"{LIST}/agreements.csv").data.decode("utf-8-sig"), newline="")))
    assert rows[-1] == [
        "Scheduled",
        "Memorandum of understanding",
        *["Memorandum of FIMME"] * 3,
        "FIMME; Arts et Métiers ParisTech",
        "Abdelhamid Souiri (FIMME); Laurent Champaney (Arts et Métiers ParisTech)",
        "2018-04-12",
        "10:00",
        "Room salon",
    ]


def test_an_empty_list_says_what_to_do(protocol: FlaskClient, sistep: Edition) -> None:
    page = protocol.get(LIST).text
    assert ("No agreement yet" in page, "Record an agreement" in page) == (True, True)


def test_the_list_asks_the_same_number_of_questions_for_one_and_three(protocol: FlaskClient, sistep: Edition) -> None:
    counted, edition_id = [], sistep.id
    for number in range(3):
        recorded(db.session.get_one(Edition, edition_id), f"Agreement {number}", (FIMME, ATLAS))
        db.session.remove()
        protocol.get(LIST)
        db.session.remove()
        with statements() as sent:
            assert protocol.get(LIST).status_code == 200
        counted.append(len(sent))
    assert counted[0] == counted[2]


def test_readers_see_and_do_not_act(client: FlaskClient, sistep: Edition, memorandum: Agreement) -> None:
    one = f"{LIST}/{memorandum.id}"
    for role in (Role.PRESS, Role.PROGRAMME_MANAGER):
        sign_in_as(client, grant(make_user(f"{role}@show.example", "Reader"), sistep, role))
        assert [client.get(path).status_code for path in (LIST, one, f"{LIST}/agreements.csv", NEW, f"{one}/change", f"{one}/signing", f"{one}/delete")] == [200] * 3 + [403] * 4
        assert "Schedule the signing" not in client.get(one).text


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_page_opens_in_every_language(protocol: FlaskClient, memorandum: Agreement, inauguration: ProgrammeSession, language: str) -> None:
    sign_at(memorandum, "11:45", within=inauguration)
    one = f"{LIST}/{memorandum.id}"
    paths = [LIST, NEW, one, *(f"{one}/{end}" for end in ("change", "change?step=parties", "change?step=signatories", "signing", "unschedule", "delete"))]
    assert [protocol.get(path, headers={"Accept-Language": language}).status_code for path in paths] == [200] * len(paths)
