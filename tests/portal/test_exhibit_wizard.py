"""An organisation registers over HTTP, without JavaScript."""

import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor, RegistrationDraft
from eventapp.stands.operations import allocate_stand
from eventapp.stands.queries import wishes_of
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor, make_stand

HOME = "/sistep-2018/exhibit"
ORGANISATION: dict[str, Any] = {"name": "Fonderie de l'Atlas", "name_ar": "", "country": "MA", "city": "Fès", "sector": "sheet_metal", "ice": "", "website": ""}
CONTACT: dict[str, Any] = {"contact_name": "Amina Benali", "contact_email": "amina@atlas.example", "contact_phone": "+212 5 22 00 00 00", "language": "ar"}
SPACE: dict[str, Any] = {"stand_kind": "bare", "area": "18", "wish_1": "", "wish_2": "", "wish_3": "", "message": ""}
STEPS = {"organisation": ORGANISATION, "contact": CONTACT, "space": SPACE}


def answer_all(client: FlaskClient, **more: object) -> None:
    """Answer every step and arrive at the last one."""
    for step, given_answers in STEPS.items():
        answer = send(client, f"{HOME}/{step}", **(given_answers | {k: v for k, v in more.items() if k in given_answers}))
        assert answer.status_code == 302, (step, answer.text)
    assert answer.location == f"{HOME}/check"


def seen_of(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([^"]+)"', page)
    assert found
    return found.group(1)


def send_application(client: FlaskClient, **fields: object) -> Any:
    page = client.get(f"{HOME}/check")
    return client.post(f"{HOME}/check", data={"csrf_token": csrf_of(page), "seen": seen_of(page.text), "confirmed": "y", **fields})


def exhibitors() -> list[Exhibitor]:
    return list(db.session.scalars(select(Exhibitor).where(Exhibitor.state != "draft")))


def test_the_steps_lead_from_the_first_page_to_a_reference(client: FlaskClient, sistep: Edition) -> None:
    start = client.get(HOME)
    assert (start.status_code, f'href="{HOME}/organisation"' in start.text) == (200, True)
    assert send(client, f"{HOME}/organisation", **ORGANISATION).location == f"{HOME}/contact"
    assert send(client, f"{HOME}/contact", **CONTACT).location == f"{HOME}/space"
    assert send(client, f"{HOME}/space", **SPACE).location == f"{HOME}/check"
    check = client.get(f"{HOME}/check").text
    for shown in ("Fonderie de l&#39;Atlas", "Fès", "Sheet metal", "Amina Benali", "amina@atlas.example", "18 m² net", "FIMME"):
        assert shown in check
    assert send_application(client).location == f"{HOME}/done"
    exhibitor = exhibitors()[0]
    done = client.get(f"{HOME}/done").text
    assert exhibitor.reference in done
    assert "amina@atlas.example" in done
    assert (exhibitor.state, exhibitor.language, exhibitor.stand_kind) == ("submitted", "ar", "bare")


def test_what_was_answered_is_there_again_after_leaving(client: FlaskClient, sistep: Edition) -> None:
    send(client, f"{HOME}/organisation", **ORGANISATION)
    start = client.get(HOME).text
    assert "Continue where you were" in start
    assert f'href="{HOME}/contact"' in start
    again = client.get(f"{HOME}/organisation").text
    assert "Fonderie de l&#39;Atlas" in again
    assert "Saved at" in again
    assert client.get(f"{HOME}/check").location == f"{HOME}/contact"


def test_changing_one_answer_comes_back_to_the_check(client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    assert send(client, f"{HOME}/contact", **{**CONTACT, "contact_name": "Brahim"}).location == f"{HOME}/check"
    page = client.get(f"{HOME}/check").text
    assert "Brahim" in page
    assert "Fonderie de l&#39;Atlas" in page


def test_wishes_go_from_the_list_of_free_stands_to_the_application(client: FlaskClient, sistep: Edition, stranger: User) -> None:
    b12, b14 = make_stand(sistep, "B12"), make_stand(sistep, "B14")
    taken = make_stand(sistep, "B99")
    allocate_stand(taken.id, make_exhibitor(sistep, "Rif", stranger).id, actor_id=None, now=EIGHT)
    page = client.get(f"{HOME}/space").text
    assert '<optgroup label="Hall B">' in page
    assert "B12 · 18 m² net · corner, 2 open sides · equipped" in page
    assert "B99" not in page
    answer_all(client, wish_1=b14.id, wish_2=b12.id)
    send_application(client)
    exhibitor = db.session.scalars(select(Exhibitor).where(Exhibitor.state == "submitted")).one()
    assert [line.number for line in wishes_of(exhibitor.id)] == ["B14", "B12"]


def test_a_stand_that_is_gone_or_of_another_edition_cannot_be_wished(client: FlaskClient, sistep: Edition, other_edition: Edition, stranger: User) -> None:
    b12, theirs = make_stand(sistep, "B12"), make_stand(other_edition, "C1")
    page = client.get(f"{HOME}/space")
    allocate_stand(b12.id, make_exhibitor(sistep, "Rif", stranger).id, actor_id=None, now=EIGHT)
    for stand_id in (b12.id, theirs.id, "999999999999999999999", "B12"):
        answer = client.post(f"{HOME}/space", data={**SPACE, "wish_1": stand_id, "message": "kept", "csrf_token": csrf_of(page)})
        assert answer.status_code == 422
        assert "This stand is not free any more. Choose another one." in answer.text
        assert "kept" in answer.text


def test_the_same_stand_is_not_wished_twice(client: FlaskClient, sistep: Edition) -> None:
    b12 = make_stand(sistep, "B12")
    answer = send(client, f"{HOME}/space", **{**SPACE, "wish_1": b12.id, "wish_3": b12.id})
    assert answer.status_code == 422
    assert "You wished this stand already." in answer.text


def test_a_second_click_and_a_stale_page_land_on_the_same_reference(client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    page = client.get(f"{HOME}/check")
    fields = {"csrf_token": csrf_of(page), "seen": seen_of(page.text), "confirmed": "y"}
    first, second = client.post(f"{HOME}/check", data=fields), client.post(f"{HOME}/check", data=fields)
    assert (first.location, second.location) == (f"{HOME}/done", f"{HOME}/done")
    assert len(exhibitors()) == 1
    for step, given_answers in STEPS.items():
        assert client.get(f"{HOME}/{step}").location == f"{HOME}/done"
        assert client.post(f"{HOME}/{step}", data={**given_answers, "csrf_token": fields["csrf_token"]}).location == f"{HOME}/done"


def test_answers_changed_in_another_window_are_shown_before_anything_is_sent(client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    stale = client.get(f"{HOME}/check")
    send(client, f"{HOME}/organisation", **{**ORGANISATION, "name": "Changed elsewhere"})
    answer = client.post(f"{HOME}/check", data={"csrf_token": csrf_of(stale), "seen": seen_of(stale.text), "confirmed": "y"})
    assert answer.status_code == 422
    assert "Your answers were changed in another window" in answer.text
    assert "Changed elsewhere" in answer.text
    assert exhibitors() == []
    assert client.post(f"{HOME}/check", data={"csrf_token": csrf_of(answer), "seen": seen_of(answer.text), "confirmed": "y"}).location == f"{HOME}/done"


def test_nothing_is_sent_without_the_confirmation(client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    answer = send_application(client, confirmed="")
    assert answer.status_code == 422
    assert "Tick the box if the answers are right" in answer.text
    assert exhibitors() == []


def test_another_organisation_can_be_registered_from_the_same_browser(client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    send_application(client)
    assert send(client, f"{HOME}/done", to=f"{HOME}/again").location == f"{HOME}/organisation"
    assert "Fonderie" not in client.get(f"{HOME}/organisation").text
    answer_all(client, name="Usinage du Rif")
    send_application(client)
    assert sorted(exhibitor.public_name for exhibitor in exhibitors()) == ["Fonderie de l'Atlas", "Usinage du Rif"]


def test_another_browser_sees_nothing_of_it(client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    other = client.application.test_client()
    assert "Fonderie" not in other.get(f"{HOME}/organisation").text
    assert other.get(f"{HOME}/check").location == f"{HOME}/organisation"
    assert other.get(f"{HOME}/done").location == HOME


def test_somebody_signed_in_finds_their_own_name_and_owns_the_application(client: FlaskClient, sistep: Edition, stranger: User) -> None:
    sign_in_as(client, stranger)
    page = client.get(f"{HOME}/contact").text
    assert 'value="Sam Stranger"' in page
    assert 'value="stranger@show.example"' in page
    answer_all(client)
    send_application(client)
    exhibitor = exhibitors()[0]
    assert [member.user_id for member in exhibitor.members] == [stranger.id]
    assert client.get("/me").location == f"/exhibitor/sistep-2018/{exhibitor.id}/"


def test_a_second_application_of_the_organisation_says_how_to_go_on_and_leaks_nothing(client: FlaskClient, sistep: Edition, stranger: User) -> None:
    make_exhibitor(sistep, "Fonderie de l'Atlas", stranger, contact_name="Secret Person", contact_email="secret@atlas.example")
    answer_all(client)
    answer = send_application(client)
    assert answer.status_code == 422
    assert "already has an application for this edition" in answer.text
    assert "contact@show.example" in answer.text
    for private in ("Secret Person", "secret@atlas.example", "stranger@show.example"):
        assert private not in answer.text


TO_COME: dict[str, object] = {"first_day": date(2999, 4, 12), "last_day": date(2999, 4, 15)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"exhibit_open": False, **TO_COME}, "The organiser takes no applications"),
        ({"exhibit_from": date(2999, 1, 2), **TO_COME}, "It opens on 2 January 2999"),
        ({"exhibit_until": date(2018, 3, 1), **TO_COME}, "It was open until 1 March 2018"),
        ({"exhibit_until": date(2018, 3, 1)}, "took place until 15 April 2018"),
    ],
)
def test_a_closed_registration_says_so_with_a_contact(client: FlaskClient, sistep: Edition, change: dict[str, object], said: str) -> None:
    answer_all(client)
    with transaction():
        for name, value in change.items():
            setattr(sistep, name, value)
    page = client.get(HOME)
    assert page.status_code == 200
    assert "Exhibitor registration is closed" in page.text
    assert said in page.text
    assert "contact@show.example" in page.text
    for step in (*STEPS, "check"):
        assert client.get(f"{HOME}/{step}").location == HOME


@pytest.mark.parametrize("path", ["/no-such-edition/exhibit", "/sistep-2018/exhibit/nothing", "/sistep-2018/exhibit/9"])
def test_what_does_not_exist_is_a_plain_404(client: FlaskClient, sistep: Edition, path: str) -> None:
    assert client.get(path).status_code == 404


WRONG = [
    ("organisation", "name", "", "Enter the name of the organisation."),
    ("organisation", "name", "   \u202e ", "Enter the name of the organisation."),
    ("organisation", "name", "x" * 161, "Shorten the name to 160 characters."),
    ("organisation", "name_ar", "ض" * 161, "Shorten the name to 160 characters."),
    ("organisation", "country", "XX", "Choose the country from the list."),
    ("organisation", "country", "", "Choose the country."),
    ("organisation", "city", "", "Enter the city."),
    ("organisation", "city", "x" * 81, "Shorten the city to 80 characters."),
    ("organisation", "sector", "", "Choose the sector that fits best."),
    ("organisation", "sector", "witchcraft", "Choose the sector from the list."),
    ("organisation", "ice", "001561191000065", "do not fit the thirteen before them"),
    ("organisation", "ice", "1234", "this one has 4, so digits are missing"),
    ("organisation", "ice", "12345678901234A", "this one has A"),
    ("organisation", "ice", "1" * 41, "Take out what does not belong to it."),
    ("organisation", "website", "javascript:alert(1)", "Enter the address as in www.company.example"),
    ("organisation", "website", "https://a b.example", "Enter the address as in www.company.example"),
    ("organisation", "website", "https://atlas.example/" + "x" * 200, "Shorten the address to 200 characters."),
    ("contact", "contact_name", "", "Enter the name of the contact."),
    ("contact", "contact_name", "x" * 121, "Shorten the name to 120 characters."),
    ("contact", "contact_email", "", "Enter the e-mail address."),
    ("contact", "contact_email", "nobody", "Enter an address as in name@company.example."),
    ("contact", "contact_email", "a@b.example\nBcc: x@y.example", "Enter an address as in name@company.example."),
    ("contact", "contact_email", "x" * 250 + "@a.example", "Shorten the address to 254 characters."),
    ("contact", "contact_phone", "", "Enter a telephone number."),
    ("contact", "contact_phone", "call me", "Enter a telephone number with digits"),
    ("contact", "contact_phone", "1" * 31, "Shorten the number to 30 characters."),
    ("contact", "language", "de", "Choose one of the options."),
    ("contact", "language", "", "Choose a language."),
    ("space", "stand_kind", "flying", "Choose one of the options."),
    ("space", "area", "", "Enter the area wished, in square metres."),
    ("space", "area", "big", "Enter the area as a number, for instance 18."),
    ("space", "area", "1e3", "Enter the area as a number, for instance 18."),
    ("space", "area", "-5", "Enter an area from 4 to 5,000 square metres."),
    ("space", "area", "−5", "Enter an area from 4 to 5,000 square metres."),
    ("space", "area", "100000", "Enter an area from 4 to 5,000 square metres."),
    ("space", "area", "12.25", "Enter the area with one decimal at most, for instance 12.5."),
    ("space", "area", "0", "Enter an area from 4 to 5,000 square metres."),
    ("space", "area", "5001", "Enter an area from 4 to 5,000 square metres."),
    ("space", "message", "x" * 2001, "Shorten the message to 2,000 characters."),
]


@pytest.mark.parametrize(("step", "field", "typed", "said"), WRONG)
def test_a_wrong_answer_is_named_at_its_field_and_the_others_are_kept(client: FlaskClient, sistep: Edition, step: str, field: str, typed: str, said: str) -> None:
    answer = send(client, f"{HOME}/{step}", **{**STEPS[step], field: typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'href="#{field}' in answer.text
    assert f'id="{field}-error"' in answer.text
    kept = next(value for name, value in STEPS[step].items() if name != field and value)
    assert str(kept).replace("'", "&#39;") in answer.text
    assert db.session.scalars(select(RegistrationDraft)).all() == []


@pytest.mark.parametrize(
    ("step", "field", "typed", "kept"),
    [
        ("organisation", "website", "www.atlas.example", "https://www.atlas.example"),
        ("organisation", "ice", "٠٠١٥٦١١٩١٠٠٠٠٦٦", "001561191000066"),
        ("organisation", "name", "  مسبك\u200b الأطلس ", "مسبك الأطلس"),
        ("contact", "contact_phone", "٠٥٢٢٠٠٠٠٠٠", "0522000000"),
        ("space", "area", "١٨,٥ m²", "18.5"),
    ],
)
def test_what_people_type_is_understood(client: FlaskClient, sistep: Edition, step: str, field: str, typed: str, kept: str) -> None:
    assert send(client, f"{HOME}/{step}", **{**STEPS[step], field: typed}).status_code == 302
    assert db.session.scalars(select(RegistrationDraft)).one().answers[step][field] == kept


def test_script_in_an_answer_is_shown_as_text(client: FlaskClient, sistep: Edition) -> None:
    script = "<script>alert(1)</script>"
    answer_all(client, name=script, message=script, city=script)
    page = client.get(f"{HOME}/check").text
    assert script not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


TYPED = st.text(max_size=60) | st.sampled_from(["\x00", "\ud800", "﷽" * 50, "𓀀", "0", "-1", "9" * 40, "é" * 500, "NaN", "Infinity", "²", "٣"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(step=st.sampled_from(sorted(STEPS)), typed=st.lists(TYPED, min_size=7, max_size=7))
def test_whatever_is_typed_is_kept_or_named(client: FlaskClient, sistep: Edition, step: str, typed: list[str]) -> None:
    page = client.get(f"{HOME}/{step}")
    fields = dict(zip(STEPS[step], [text.encode("utf-8", "surrogatepass") for text in typed], strict=False))
    answer = client.post(f"{HOME}/{step}", data={**fields, "csrf_token": csrf_of(page)})
    assert answer.status_code in {302, 422}
