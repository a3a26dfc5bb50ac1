"""Which language a reader gets, and that the switch leads nowhere else."""

import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_babel import ngettext

import eventapp
from eventapp.editions.models import Edition
from eventapp.web import i18n
from eventapp.web.i18n import countries, country, own_path, with_language

TO_NOBODY = {"أدخل"}  # also the past tense: somebody entered it


def shown(client: FlaskClient, path: str, **headers: str) -> str:
    page = client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()}).text
    return page.split('lang="', 1)[1].split('"', 1)[0]


def test_the_address_wins_over_the_cookie_and_the_cookie_over_the_browser(client: FlaskClient, sistep: Edition) -> None:
    page = "/privacy"
    assert shown(client, page, Accept_Language="de, ar;q=0.8, en;q=0.5") == "ar"
    client.set_cookie("lang", "fr")
    assert shown(client, page, Accept_Language="ar") == "fr"
    assert shown(client, f"{page}?lang=en", Accept_Language="ar") == "en"


@pytest.mark.parametrize(
    ("asked", "shows"),
    [
        ("fr-CA,en;q=0.1", "fr"),
        ("ar-MA,ar;q=0.9,fr;q=0.8", "ar"),
        ("en;q=0.5, fr-FR;q=0.9", "fr"),
        ("en,fr-CA", "en"),
        ("de-CH, zh-Hant-TW;q=0.9, EN-us;q=0.2", "en"),
        ("en;q=0, ar;q=0.1", "ar"),
        ("*", "fr"),
        ("en;q=frog", "fr"),
        (",;-q=--", "fr"),
    ],
)
def test_the_browser_is_heard_by_language_and_weight(client: FlaskClient, sistep: Edition, asked: str, shows: str) -> None:
    assert shown(client, "/privacy", Accept_Language=asked) == shows


@pytest.mark.parametrize(
    ("code", "first", "late"), [("fr", ["Afghanistan", "Afrique du Sud", "Albanie"], "Égypte"), ("en", ["Afghanistan", "Åland Islands", "Albania"], "Egypt"), ("ar", [], "آيسلندا")]
)
def test_countries_are_those_that_firms_come_from_in_the_order_of_the_alphabet(app: Flask, code: str, first: list[str], late: str) -> None:
    with app.test_request_context(f"/?lang={code}"):
        offered = countries()
        names = [name for _code, name in offered]
        assert (offered[0], names[1 : 1 + len(first)]) == (("MA", country("MA")), first)
        assert 1 < names.index(late) < 120
        assert {"EH", "EA", "IC", "AQ", "DG", "BV", "EU", "ZZ", "XA"} & {one for one, _name in offered} == set()
        assert {"MA", "FR", "SN", "PS", "TW", "GI", "RE", "PF", "GL"} - {one for one, _name in offered} == set()
        assert (len(offered), len(set(names))) == (len(set(offered)), len(offered))
        kept = dict(countries(kept="EH"))
        assert (set(kept) - set(dict(offered)), kept["EH"]) == ({"EH"}, country("EH"))
        assert country("EH") not in {"", "EH"}


def test_an_unknown_language_is_ignored_and_french_is_the_last_resort(client: FlaskClient, sistep: Edition) -> None:
    client.set_cookie("lang", "xx")
    assert shown(client, "/privacy?lang=klingon", Accept_Language="tlh") == "fr"


def test_arabic_pages_run_from_right_to_left(client: FlaskClient, sistep: Edition) -> None:
    assert '<html lang="ar" dir="rtl">' in client.get("/privacy?lang=ar").text
    assert '<html lang="fr" dir="ltr">' in client.get("/privacy?lang=fr").text


def test_the_switch_keeps_the_choice_and_the_page(client: FlaskClient, sistep: Edition) -> None:
    answer = client.get("/language?to=ar&next=/privacy%3Fx%3D1%26lang%3Dfr")
    assert (answer.status_code, answer.location) == (302, "/privacy?x=1&lang=ar")
    assert client.get_cookie("lang").value == "ar"  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "", "/\t/evil.example", "\\\\evil.example"])
def test_the_switch_and_every_next_stay_on_this_site(path: str) -> None:
    assert own_path(path, "/safe") == "/safe"


def test_a_path_of_ours_is_kept() -> None:
    assert own_path("/sistep-2018/schedule?q=1", "/") == "/sistep-2018/schedule?q=1"
    assert with_language("/a?x=1&lang=fr&y=2", "ar") == "/a?x=1&y=2&lang=ar"


def test_zone_rules_come_from_the_locked_package(app: Flask) -> None:
    import zoneinfo

    assert zoneinfo.TZPATH == ()


@pytest.mark.parametrize(
    ("count", "says"), [(0, "لا طلب"), (1, "طلب واحد"), (2, "طلبان"), (3, "3 طلبات"), (10, "10 طلبات"), (11, "11 طلبا"), (99, "99 طلبا"), (100, "100 طلب"), (103, "103 طلبات")]
)
def test_arabic_counts_in_six_forms(app: Flask, count: int, says: str) -> None:
    with app.test_request_context("/?lang=ar"):
        assert ngettext("%(num)s application", "%(num)s applications", count) == says


@pytest.mark.parametrize(("language", "says"), [("fr", "6\u202f023 candidatures &lt;b&gt;"), ("en", "6,023 applications &lt;b&gt;"), ("ar", "6.023 طلبا &lt;b&gt;")])
def test_a_large_count_is_written_as_the_reader_writes_it(app: Flask, language: str, says: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        written = render_template_string('{{ ngettext("%(num)s application", "%(num)s applications", 6023) }} {{ "<b>" }}')
        assert written == says


@pytest.mark.parametrize("room", sorted(path.stem for path in (Path(eventapp.__file__).parents[1] / "translations/ar").glob("*.po")))
def test_arabic_addresses_people_in_the_plural(room: str) -> None:
    text = (Path(eventapp.__file__).parents[1] / f"translations/ar/{room}.po").read_text()
    said = "\n".join(re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', text, re.MULTILINE))
    alone = r"(?<![\u0621-\u0652])[وف]?({})(?![\u0621-\u0652])"
    to_one = "اختر|اكتب|أدخل|أرسل|ارجع|حاول|أعد|راسل|اطلب|أضف|اختصر|احذف|اقرأ|اتصل|لديك|شارتك|طلبك|بريدك|عنوانك|جناحك|فريقك|يمكنك|صفحتك"
    assert [found.group(0) for found in re.finditer(alone.format(to_one), said) if found.group(0) not in TO_NOBODY] == []


@pytest.mark.parametrize(("code", "written"), [("fr", "11\u202fh\u202f45\u00a0–\u00a012\u202fh\u202f15"), ("en", "11:45–12:15"), ("ar", "\u206611:45\u2069–\u206612:15\u2069")])
def test_a_range_of_times_reads_in_the_direction_of_its_language(app: Flask, code: str, written: str) -> None:
    with app.test_request_context(f"/?lang={code}"):
        assert i18n.time_range(705, 735) == written
