"""Every form of the product with good input, sent twice from the same page: what it asks for is done once, and the second press ends well.

Each endpoint that takes a form has its line in `TABLE` of tests/web/pressed_table.py; one that has none fails the build.
"""

import io
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from eventapp.core.db import Model, db
from eventapp.core.ids import new_secret
from eventapp.editions.models import Hall, Zone
from eventapp.exhibitors.models import RequiredDocument
from tests.support.everybody import House
from tests.support.pages import Field, Form, Values, encoded, filled, forms_of, replaced
from tests.web.pressed_table import ENDS_SESSIONS, FOR_PROGRAMS, TABLE, E, Rows, Twice, edition, own
from tests.web.test_hostile_forms import FORM, who


def form_endpoints(built: House) -> set[str]:
    return {rule.endpoint for rule in built.app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def endpoint_of(built: House, form: Form) -> str:
    try:
        return str(built.app.url_map.bind("localhost").match(form.action.partition("?")[0], "POST")[0])
    except HTTPException:
        return ""


def address(built: House, endpoint: str, line: Twice) -> str:
    """Write the address of the page that has the form."""
    if line.page is None:
        return built.path(next(rule for rule in built.app.url_map.iter_rules(endpoint) if "POST" in (rule.methods or ())))
    things = {name: values["own"] for name, values in built.things.items() if ":" not in name}
    with built.app.app_context():
        empty = {
            name: db.session.scalar(select(func.max(model.id)).where(model.edition_id == edition().id))
            for name, model in (("empty_hall", Hall), ("empty_zone", Zone), ("empty_document", RequiredDocument))
        }
    return line.page.format(**things, **empty, secret=built.things["accounts.confirm:secret"]["own"])


def words(page: str) -> str:
    return " ".join(unescape(page).split())


def rows(built: House) -> Rows:
    with built.app.app_context():
        return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in Model.metadata.sorted_tables if table.name != "presses"}


def send(browser: FlaskClient, form: Form, values: Values) -> TestResponse:
    chosen = next((line.file for line in TABLE.values() if line.file and form.fields.get(line.file[0], Field("", "")).kind == "file"), None)
    if chosen:
        return browser.post(form.action, data={**dict(values), chosen[0]: (io.BytesIO(chosen[2]), chosen[1])})
    return browser.post(form.action, data=encoded(values), content_type=FORM)


def arrived(browser: FlaskClient, answer: TestResponse) -> TestResponse:
    for _step in range(3):
        if answer.status_code in {302, 303}:
            answer = browser.get(answer.location)
    return answer


def opened(built: House, endpoint: str, line: Twice) -> tuple[FlaskClient, Form, Values]:
    """Open the page and fill its form in."""
    browser = built.browser(line.kind or who(endpoint))
    path = address(built, endpoint, line)
    page = browser.get(path)
    found = [form for form in forms_of(page.text, path) if form.method == "post" and endpoint_of(built, form) == endpoint]
    assert found, (endpoint, path, page.status_code)
    values = filled(found[0])
    for name, value in line.typed.items():
        values = replaced(values, name, value)
    return browser, found[0], values


def test_every_form_has_its_line(everybody: House) -> None:
    assert (sorted(form_endpoints(everybody) - FOR_PROGRAMS - set(TABLE)), sorted(set(TABLE) - form_endpoints(everybody))) == ([], [])


@pytest.mark.parametrize("endpoint", sorted(TABLE))
def test_a_form_sent_twice_is_done_once_and_ends_well(everybody: House, endpoint: str) -> None:
    line = TABLE[endpoint]
    try:
        if line.first:
            line.first(everybody)
        browser, form, values = opened(everybody, endpoint, line)
        first = send(browser, form, values)
        assert first.status_code in {302, 303}, (first.status_code, words(first.text))
        done = rows(everybody)
        second = arrived(browser, send(browser, form, values))
        assert (second.status_code, line.says if line.says in words(second.text) else words(second.text)) == (line.status, line.says)
        assert rows(everybody) == done
    finally:
        everybody.put_back()


@pytest.mark.parametrize("endpoint", sorted(TABLE))
def test_a_form_that_somebody_else_sent_meanwhile_ends_well_too(everybody: House, endpoint: str) -> None:
    """Two people have the page open, or one has it in two tabs: the second page is stale when its button is pressed."""
    line = TABLE[endpoint]
    try:
        if line.first:
            line.first(everybody)
        browser, form, values = opened(everybody, endpoint, line)
        if "press" in form.fields:
            values = replaced(values, "press", new_secret())
        assert send(*opened(everybody, endpoint, line)).status_code in {302, 303}
        second = arrived(browser, send(browser, form, values))
        assert second.status_code in {200, 409, 410, 422, *({401} if endpoint in ENDS_SESSIONS else ())}, (second.status_code, words(second.text))
    finally:
        everybody.put_back()


GONE = {
    "programme_organiser.remove_room": ("This room was removed.", f"{E}/programme/rooms/{{room_id}}"),
    "agreements_organiser.delete": ("This agreement was deleted.", f"{E}/agreements/{{agreement}}"),
    "editions_organiser.remove_hall": ("This hall was removed.", f"{E}/settings/halls/{{empty_hall}}"),
    "editions_organiser.remove_zone": ("This zone was removed.", f"{E}/settings/zones/{{empty_zone}}"),
    "team.withdraw_invitation": ("This invitation is not open any more: it was accepted or withdrawn.", None),
    "exhibiting.remove_staff": ("This person was removed from your staff already.", None),
}


@pytest.mark.parametrize("endpoint", sorted(GONE))
def test_what_is_gone_leads_its_own_people_to_the_list_and_is_never_there_for_others(everybody: House, endpoint: str) -> None:
    line, (said, page) = TABLE[endpoint], GONE[endpoint]
    try:
        if line.first:
            line.first(everybody)
        path = address(everybody, endpoint, Twice(page=page)) if page else ""
        browser, form, values = opened(everybody, endpoint, line)
        assert send(browser, form, values).status_code == 302
        again = arrived(browser, send(browser, form, replaced(values, "press")))
        assert (again.status_code, said in words(again.text)) == (200, True)
        if page:
            assert [said in words(arrived(browser, browser.get(path)).text), browser.get(path.replace("sistep-2018", "sistep-2025")).status_code] == [True, 404]
        others = [everybody.browser(kind).post(form.action, data=encoded(values), content_type=FORM).status_code for kind in ("stranger", "another edition's administrator")]
        assert others == [404, 404]
    finally:
        everybody.put_back()


def test_withdrawing_what_can_be_withdrawn_no_more_leads_back_with_a_word(everybody: House) -> None:
    try:
        browser, form, values = opened(everybody, "exhibiting.withdraw", TABLE["exhibiting.withdraw"])
        assert send(browser, form, values).status_code == 302
        manager = everybody.browser("exhibitor_manager")
        page = arrived(manager, manager.get(f"{E}/exhibitors/{own(everybody, 'exhibitor')}/withdraw"))
        assert (page.request.path, "The application of Atlas sistep-2018 cannot be withdrawn any more." in words(page.text)) == (
            f"{E}/exhibitors/{own(everybody, 'exhibitor')}",
            True,
        )
        assert "This application is already closed." in words(browser.get(form.action).text)
    finally:
        everybody.put_back()


def test_a_page_that_was_gone_back_to_and_filled_in_anew_asks_for_something_new(everybody: House) -> None:
    try:
        browser, form, values = opened(everybody, "doors_organiser.prepare", TABLE["doors_organiser.prepare"])
        answers = [send(browser, form, replaced(values, "label", label)) for label in ("Telephone 4", "Telephone 5", "Telephone 4")]
        assert len({answer.location for answer in answers}) == 2
        assert answers[0].location == answers[2].location
    finally:
        everybody.put_back()


def test_a_page_that_had_something_to_mend_can_be_sent_again(everybody: House) -> None:
    try:
        browser, form, values = opened(everybody, "doors_organiser.new_gate", TABLE["doors_organiser.new_gate"])
        wrong = replaced(values, "code", "MAIN GATE")
        assert [send(browser, form, wrong).status_code for _time in range(2)] == [422, 422]
        assert send(browser, form, values).status_code == 302
    finally:
        everybody.put_back()
