"""What people and programs send that no page asked for: every form that the pages really contain, every query, every address, every JSON body. Never a fault, nothing typed lost."""

from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from eventapp.accounts.access import MARK
from eventapp.core.texts import clean
from tests.architecture.access_table import TABLE
from tests.support.everybody import CSRF, DEVICE, KINDS, MISSING, OTHER_EDITION, House
from tests.support.pages import Field, Form, Values, encoded, filled, forms_of, replaced

FORM = "application/x-www-form-urlencoded"
TEXTS: dict[str, tuple[str | bytes, ...]] = {
    "missing": (),
    "empty": ("",),
    "blank": (" \t\r\n ",),
    "long": ("x" * 5_000,),
    "very long": ("x" * 100_000,),
    "nul": ("a\x00b",),
    "controls": ("a\x01\x1b[31m\x7fb",),
    "lone surrogate": (b"a\xed\xa0\x80b",),
    "no utf-8": (b"\xff\xfe\xc3(",),
    "bidi": ("\u202egpj.exe\u2066",),
    "combining": ("e" + "\u0301" * 200,),
    "wide": ("\U0001f9ff\ufdfa" * 60,),
    "two of them": ("one", "another"),
    "script": ("<script>alert(1)</script>\"'><svg onload=alert(1)>",),
    "format": ("%s %(name)s {0} {{ 7 * 7 }} %%",),
    "formula": ("=cmd|' /C calc'!A0",),
    "negative": ("-1",),
    "huge": ("9" * 40,),
    "no number": ("1e400",),
    "other digits": ("١٢",),
}
FEW = {name: TEXTS[name] for name in ("missing", "empty", "long", "nul", "lone surrogate", "two of them", "huge")}  # for every field; one field of each form gets them all
CHOICES = {name: TEXTS[name] for name in ("missing", "nul", "two of them", "negative", "huge")}


ASKED = {"applications.together": "?scope=all", "applications.write": "?scope=all"}  # what an address needs beside itself, so that its page has a form
FOUND: dict[tuple[str, str], list[tuple[str, Form]]] = {}


def who(endpoint: str) -> str:
    """Choose somebody who may open an endpoint."""
    may = TABLE[endpoint].may
    return next(kind for kind in ("anonymous", "exhibitor's owner", "administrator", "installation's owner", *KINDS) if kind in may)


def words_of(rule: Rule, name: str) -> list[str]:
    converter = rule._converters[name]
    return sorted(converter.items) if isinstance(converter, AnyConverter) else []


def addresses(built: House, endpoint: str, method: str) -> Iterator[str]:
    """Write every address of an endpoint, one for each word that a part of it can be."""
    for rule in built.app.url_map.iter_rules(endpoint):
        if method not in (rule.methods or ()):
            continue
        words = [(name, word) for name in sorted(rule.arguments) for word in words_of(rule, name)]
        path, asked = built.path(rule), ASKED.get(endpoint, "")
        yield path + asked
        for name, word in words:
            own = str(built.choices(rule, name)["own"])
            yield path.replace(f"/{own}", f"/{word}") + asked


def forms(built: House, endpoint: str) -> list[tuple[str, Form]]:
    """Find the forms of an endpoint's pages that are sent, each once."""
    if (built.store.url, endpoint) in FOUND:
        return FOUND[built.store.url, endpoint]
    kind = who(endpoint)
    found: dict[tuple[str, ...], tuple[str, Form]] = {}
    for path in addresses(built, endpoint, "GET"):
        page = built.ask(kind, "GET", path)
        for form in forms_of(page.text, path) if page.status_code == 200 and page.mimetype == "text/html" else ():
            if form.method == "post":
                found.setdefault((form.action, *sorted(form.fields)), (kind, form))
    return FOUND.setdefault((built.store.url, endpoint), list(found.values()))


def post(built: House, kind: str, form: Form, values: Values, **headers: str) -> TestResponse:
    """Send a form; what it changed is put back."""
    answer = built.browser(kind).post(form.action, data=encoded(values), content_type=FORM, headers=headers)
    if answer.status_code < 400:
        built.put_back()
    return answer


def kept(form: Form, sent: Values, answer: TestResponse) -> list[str]:
    """Name the fields of a form that came back without what was typed."""
    again = next((one for one in forms_of(answer.text, form.action) if set(one.fields) & set(form.fields) - {"csrf_token"}), None)
    if answer.status_code != 422 or again is None:
        return []
    lost = []
    for name, one in form.fields.items():
        typed = [value for key, value in sent if key == name]
        if one.is_typed and typed and isinstance(typed[0], str) and name in again.fields:
            there = again.fields[name].value
            if one_line(there) not in {
                one_line(" ".join(map(str, typed))),
                one_line(typed[0]),
                one_line(clean(typed[0])),
                one_line(unescape(typed[0])),
                one_line(typed[0]).translate(WESTERN),
            }:
                lost.append(f"{name}: {typed[0][:40]!r} became {there[:40]!r}")
    return lost


WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")  # a number may come back in the digits that it is stored in


def one_line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def hostile(form: Form, one: Field) -> dict[str, tuple[str | bytes, ...]]:
    typed = [field.name for field in form.fields.values() if field.is_typed or field.kind == "password"]
    if one.name not in typed:
        return CHOICES if one.name != "csrf_token" else {}
    return TEXTS if one.name == typed[0] else FEW


PAGES = sorted(TABLE)


@pytest.mark.parametrize("endpoint", PAGES)
def test_no_form_breaks_on_one_bad_field_or_loses_the_others(everybody: House, endpoint: str) -> None:
    wrong = []
    for kind, form in forms(everybody, endpoint):
        good = filled(form)
        for one in form.fields.values():
            for name, values in hostile(form, one).items():
                sent = replaced(good, one.name, *values)
                answer = post(everybody, kind, form, sent)
                if answer.status_code >= 500 or answer.status_code in {400, 405}:
                    wrong.append(f"{form.action} with {one.name} {name}: {answer.status_code}")
                wrong += [f"{form.action} with {one.name} {name}: {loss}" for loss in kept(form, sent, answer)]
    assert wrong == []


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_form_sent_without_our_token_is_offered_again_and_nothing_is_done(everybody: House, endpoint: str) -> None:
    wrong = []
    for kind, form in forms(everybody, endpoint):
        for token in ((), ("wrong",), (CSRF[:-3] + "abc",), ("x" * 100_000,), ("\x00",)):
            answer = post(everybody, kind, form, replaced(filled(form), "csrf_token", *token), **{"Sec-Fetch-Site": "same-origin"})
            back = forms_of(answer.text, form.action)[-1].fields if "<form" in answer.text else {}
            sent = filled(form)  # of several values under one name the reader of pages keeps the last
            told = {name for name, _value in sent if name in back and back[name].value not in [value for other, value in sent if other == name]} - {"csrf_token"}
            if answer.status_code != 400 or told or "password" in back:
                wrong.append(f"{form.action} with token {str(token)[:20]}: {answer.status_code}, {told}")
    assert wrong == []


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_form_sent_twice_or_from_a_stale_page_is_answered(everybody: House, endpoint: str) -> None:
    wrong = []
    for kind, form in forms(everybody, endpoint):
        good = filled(form)
        statuses = [everybody.browser(kind).post(form.action, data=encoded(good), content_type=FORM).status_code for _ in range(2)]
        everybody.put_back()
        for stale in {"version", "seen", "badge"} & set(form.fields):
            statuses += [post(everybody, kind, form, replaced(good, stale, value)).status_code for value in ("0", "999999", "x", "")]
        wrong += [f"{form.action}: {statuses}"] if not set(statuses) <= {200, 302, 303, 401, 403, 404, 409, 410, 422} else []
    assert wrong == []


def test_most_forms_take_what_is_plausible(everybody: House) -> None:
    taken = [post(everybody, kind, form, filled(form)).status_code < 400 for endpoint in PAGES for kind, form in forms(everybody, endpoint)]
    assert len(taken) > 20
    assert sum(taken) > len(taken) / 2


ODD = [
    "%00",
    "a%00b",
    "%ff%fe",
    "%ED%A0%80",
    "%E2%80%AE",
    "0",
    "-1",
    "2147483648",
    "9223372036854775808",
    "1e3",
    "%D9%A1",
    "x" * 3000,
    "..%2f..%2fetc%2fpasswd",
    "%0d%0aSet-Cookie:a=b",
    "'%20OR%201=1--",
    "{{7*7}}",
]
QUERY = ["q", "page", "sort", "order", "state", "category", "sector", "hall", "day", "room", "kind", "status", "lang", "next", "to", "v", "gate", "number"]


def odd_addresses(built: House, rule: Rule) -> Iterator[str]:
    """Write a rule's address with one part after the other replaced by something odd, and with odd queries."""
    for name in sorted(rule.arguments):
        marked = built.path(rule, **{name: MISSING})
        missing = str(built.choices(rule, name).get(MISSING, ""))
        if missing:
            yield from (marked.replace(f"/{missing}", f"/{odd}", 1) for odd in ODD)
    path = built.path(rule)
    yield from (path + "?" + "&".join(f"{name}={odd}" for name in QUERY) for odd in ODD)
    yield path + "?" + "&".join(f"{name}={odd}" for name in QUERY for odd in ODD[:3])


def faults(built: House, endpoint: str) -> list[str]:
    kind, wrong = who(endpoint), []
    for rule in built.app.url_map.iter_rules(endpoint):
        for path in odd_addresses(built, rule) if "GET" in (rule.methods or ()) else ():
            answer = built.browser(kind).get(path)
            if answer.status_code >= 500 and endpoint != "site.readyz":
                wrong.append(f"{path[:120]}: {answer.status_code}")
            if (answer.location or "/").startswith(("//", "http:", "https:")) or "Set-Cookie:a=b" in str(answer.headers):
                wrong.append(f"{path[:120]} leads to {answer.location}")
    return wrong


@pytest.mark.parametrize("endpoint", PAGES)
def test_odd_addresses_and_queries_are_answered(everybody: House, endpoint: str) -> None:
    assert faults(everybody, endpoint) == []


def test_odd_addresses_and_queries_are_answered_on_postgresql_too(everybody_on_postgres: House) -> None:
    texts = ("%00", "a%00b", "%ff%fe", "9223372036854775808", "x" * 3000)
    wrong = []
    for rule in everybody_on_postgres.app.url_map.iter_rules():
        for path in odd_addresses(everybody_on_postgres, rule) if "GET" in (rule.methods or ()) and rule.endpoint in TABLE else ():
            if path.endswith(texts):
                answer = everybody_on_postgres.browser(who(rule.endpoint)).get(path)
                wrong += [f"{path[:120]}: {answer.status_code}"] if answer.status_code >= 500 and rule.endpoint != "site.readyz" else []
    assert wrong == []


def test_what_cannot_be_stored_is_refused_by_forms_on_postgresql_too(everybody_on_postgres: House) -> None:
    built, wrong = everybody_on_postgres, []
    for endpoint in PAGES:
        for kind, form in forms(built, endpoint):
            for one in form.fields.values():
                for name in ("nul", "lone surrogate", "huge") if one.kind not in {"password", "checkbox"} and one.name != "csrf_token" else ():
                    answer = built.browser(kind).post(form.action, data=encoded(replaced(filled(form), one.name, *TEXTS[name])), content_type=FORM)
                    wrong += [f"{form.action} with {one.name} {name}: {answer.status_code}"] if answer.status_code >= 500 else []
    built.put_back()
    assert wrong == []


BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"{}",
    b'"x"',
    b"1e999",
    b"NaN",
    b"[" * 100_000,
    b'{"a":' * 20_000,
    b"\xff\xfe",
    b'{"code": 7, "label": []}',
    b'{"code": "\\u0000", "label": "\\ud800"}',
]
BODIES += [
    b'{"scans": null}',
    b'{"scans": {}}',
    b'{"scans": []}',
    b'{"scans": [null, 1, "x", [], {}]}',
    b'{"scans": [' + b"{}," * 600 + b"{}]}",
    b'{"code": "' + b"A" * 100_000 + b'"}',
]


def test_no_json_body_breaks_the_api(everybody: House) -> None:
    wrong = []
    for rule in everybody.app.url_map.iter_rules():
        for body in BODIES if rule.rule.startswith("/api/") and "POST" in (rule.methods or ()) else ():
            for kind in (DEVICE, "anonymous"):
                for content_type in ("application/json", "text/plain", ""):
                    answer = everybody.browser(kind).post(everybody.path(rule), data=body, content_type=content_type)
                    good = answer.status_code < 500 and (answer.status_code < 400 or answer.content_type == "application/problem+json")
                    wrong += [] if good else [f"{rule.rule} {body[:30]!r} {content_type}: {answer.status_code} {answer.content_type}"]
    everybody.put_back()
    assert wrong == []


def test_foreign_numbers_in_forms_touch_nothing_of_theirs(everybody: House) -> None:
    wrong, theirs = (
        [],
        {str(found.get(OTHER_EDITION)) for name, found in everybody.things.items() if name in {"stand", "user_id", "exhibitor", "attendee_id", "room_id", "gate_id"}},
    )
    for endpoint in PAGES:
        for kind, form in forms(everybody, endpoint):
            for one in form.fields.values():
                for number in sorted(theirs) if one.kind in {"select", "radio", "checkbox", "hidden"} and one.name != "csrf_token" else ():
                    answer = post(everybody, kind, form, replaced(filled(form), one.name, number))
                    taken = number not in one.options and one.kind in {"select", "radio"} and 300 <= answer.status_code < 400
                    wrong += [f"{form.action} takes {one.name}={number}"] if taken or answer.status_code >= 500 else []
    assert wrong == []


def test_a_fault_would_be_seen(everybody: House) -> None:
    def broken() -> str:
        raise RuntimeError

    app: Flask = everybody.app
    endpoint, before = "portal.legal", everybody.app.view_functions["portal.legal"]
    app.view_functions[endpoint] = broken
    setattr(broken, MARK, getattr(before, MARK))
    try:
        assert len(faults(everybody, endpoint)) > 10
    finally:
        app.view_functions[endpoint] = before
