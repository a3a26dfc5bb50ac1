"""Every endpoint, tried by everybody on everybody's things, against the one table; whoever may not look learns nothing."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from eventapp import create_app
from tests.architecture.access_table import GONE, NO_TOKEN, NOT_ALLOWED, NOT_THERE, OPEN, SIGN_IN, TABLE, Row, expected, expected_elsewhere
from tests.support.databases import test_settings
from tests.support.everybody import ABOVE, CANARIES, EXHIBITORS, KINDS, MISSING, NEIGHBOURS, OTHER_EDITION, OWN, House, words


@pytest.fixture(scope="module")
def plain_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app, of which only the addresses are read."""
    return create_app(test_settings(tmp_path_factory.mktemp("plain"), "sqlite://"))


def test_every_endpoint_has_a_row_and_every_row_an_endpoint(plain_app: Flask) -> None:
    without = sorted(set(plain_app.view_functions) - set(TABLE))
    assert without == [], "say in tests/architecture/access_table.py who may use these"
    assert sorted(set(TABLE) - set(plain_app.view_functions)) == []


def outcome(answer: TestResponse) -> str:
    """Name what an answer amounts to: the page opened (or its form was looked at), or how the person was turned away."""
    location = answer.location or ""
    if answer.status_code == 302 and location.startswith("/sign-in?next="):
        return SIGN_IN
    if answer.status_code in {200, 201, 204, 302, 304, 409, 415, 422, 503 if answer.is_json else 200}:
        return OPEN
    if answer.status_code == 401:
        return NO_TOKEN
    return {403: NOT_ALLOWED, 404: NOT_THERE, 410: GONE}.get(answer.status_code, f"{answer.status_code}?")


def leaks(answer: TestResponse, kind: str) -> list[str]:
    """List the canaries in an answer that nobody of this kind may see."""
    return [canary for canary, seen_by in CANARIES.items() if kind not in seen_by and canary.encode() in answer.data]


def judged(answer: TestResponse, kind: str, asked: str, want: str) -> list[str]:
    """Say what is wrong with an answer."""
    got = outcome(answer)
    if not asked.startswith("GET") and want == SIGN_IN and got == NO_TOKEN:
        got = SIGN_IN  # a form that was sent cannot be sent again after signing in, so nobody is led there
    wrong = [f"{kind}: {asked}: {got}, not {want}"] if got != want else []
    return wrong + [f"{kind}: {asked} tells {canary}" for canary in leaks(answer, kind)]


def seen(built: House, kind: str, method: str, path: str, want: str) -> list[str]:
    """Try one address; say what is wrong."""
    return judged(built.ask(kind, method, path), kind, f"{method} {path}", want)


def methods(rule: Rule) -> list[str]:
    return sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"})


def rules(built: House, endpoint: str) -> list[tuple[Rule, str]]:
    return [(rule, method) for rule in built.app.url_map.iter_rules(endpoint) for method in methods(rule)]


@pytest.mark.parametrize("endpoint", TABLE)
def test_everybody_gets_what_the_table_says(everybody: House, endpoint: str) -> None:
    row, wrong = TABLE[endpoint], []
    for rule, method in rules(everybody, endpoint):
        for kind in KINDS:
            wrong += seen(everybody, kind, method, everybody.path(rule), expected(row, kind))
    assert wrong == []


@pytest.mark.parametrize("endpoint", TABLE)
def test_another_editions_pages_stay_with_its_own_people(everybody: House, endpoint: str) -> None:
    row, wrong = TABLE[endpoint], []
    for rule, method in rules(everybody, endpoint):
        for kind in KINDS if "edition" in rule.arguments else ():
            wrong += seen(everybody, kind, method, everybody.path(rule, everything=OTHER_EDITION), expected_elsewhere(row, kind))
    assert wrong == []


PAGES_OF = ("anonymous", "stranger", "exhibitor's member", "finance", *ABOVE)


@pytest.mark.parametrize("kind", PAGES_OF)
def test_on_postgresql_too_everybody_gets_the_pages_that_the_table_says(everybody_on_postgres: House, kind: str) -> None:
    built, wrong = everybody_on_postgres, []
    for rule in built.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint in TABLE:
            row = TABLE[rule.endpoint]
            wrong += seen(built, kind, "GET", built.path(rule), expected(row, kind))
            if "edition" in rule.arguments:
                wrong += seen(built, kind, "GET", built.path(rule, everything=OTHER_EDITION), expected_elsewhere(row, kind))
    assert wrong == []


def who_tries(row: Row) -> list[str]:
    """Choose who tries other people's things: whoever may open the page, and one of each sort whom only the thing's loader keeps out."""
    loaded = () if row.area in {"edition", "installation"} else ("anonymous", "stranger", *EXHIBITORS, "administrator", "press", *ABOVE, "device")
    return [kind for kind in KINDS if kind in (loaded if row.may == set(KINDS) else {*row.may, *loaded})]


def foreign(built: House, rule: Rule, kind: str) -> Iterator[tuple[str, str]]:
    """List each argument of an address with whose thing it could name instead, where that is foreign to somebody of the kind."""
    row = TABLE[rule.endpoint]
    for name in sorted(rule.arguments):
        for whose in set(built.choices(rule, name)) - {OWN}:
            if not is_theirs(row, rule, kind, name, whose):
                yield name, whose


def is_theirs(row: Row, rule: Rule, kind: str, name: str, whose: str) -> bool:
    if whose == NEIGHBOURS:
        return row.area == "edition" or (name in {"exhibitor", "request_id"} and kind == "another exhibitor's owner")
    if whose == OTHER_EDITION and (row.area in {"public", "account"} or "edition" not in rule.arguments):
        return True
    return name == "edition" and whose != MISSING and kind in ABOVE


def turned_away(row: Row, kind: str, name: str, whose: str) -> str:
    """Say what naming a foreign thing gets; who is not known is asked to sign in before anything is looked up. A good link under another edition is a dead one there."""
    if row.area in {"public", "link"}:
        return NOT_THERE if name == "edition" and whose != OTHER_EDITION else row.dead
    usual = expected(row, kind)
    if usual == NOT_ALLOWED and name not in {"edition", "exhibitor"}:
        return NOT_ALLOWED
    return NOT_THERE if usual in {OPEN, NOT_ALLOWED} else usual


@pytest.mark.parametrize("endpoint", TABLE)
def test_somebody_elses_thing_and_a_missing_one_are_the_same_to_everybody(everybody: House, endpoint: str) -> None:
    row, wrong = TABLE[endpoint], []
    for rule, method in rules(everybody, endpoint):
        for kind in who_tries(row):
            said: dict[str, set[str]] = {}
            for name, whose in foreign(everybody, rule, kind):
                path = everybody.path(rule, **{name: whose})
                answer = everybody.ask(kind, method, path)
                wrong += judged(answer, kind, f"{method} {path}", turned_away(row, kind, name, whose))
                if (name, whose) != ("edition", OTHER_EDITION):  # it is public that there is one
                    said.setdefault(name, set()).add(words(answer, path))
            wrong += [f"{kind}: {method} {rule.rule} tells one <{name}> from another" for name, texts in said.items() if len(texts) > 1]
    assert wrong == []


@pytest.mark.parametrize("endpoint", [name for name, row in TABLE.items() if row.area in {"edition", "exhibitor", "installation"}])
def test_an_edition_in_preparation_cannot_be_told_from_none(everybody: House, endpoint: str) -> None:
    wrong = []
    for rule, method in rules(everybody, endpoint):
        for kind in KINDS:
            if kind == "installation's owner":
                continue
            said = []
            for whose in ("draft", MISSING):
                path = everybody.path(rule, edition=whose)
                answer = everybody.ask(kind, method, path)
                said.append((answer.status_code, words(answer, path)))
            wrong += [f"{kind}: {method} {rule.rule}: {said[0][0]}, {said[1][0]}"] if said[0] != said[1] else []
    assert wrong == []


def test_a_canary_sings_where_it_may(everybody: House) -> None:
    pages = [
        everybody.ask(kind, "GET", everybody.path(rule, everything=whose))
        for rule in gets(everybody)
        for kind in ("administrator", "installation's owner")
        for whose in (OWN, OTHER_EDITION, "draft")
    ]
    heard = {canary for canary in CANARIES for page in pages if canary.encode() in page.data}
    assert heard == set(CANARIES)


def gets(built: House) -> list[Rule]:
    return [
        rule
        for rule in built.app.url_map.iter_rules()
        if rule.endpoint.startswith(("applications.", "attendees_organiser.", "exhibitor_imports.", "joining_organiser.", "team.")) and "GET" in (rule.methods or ())
    ]
