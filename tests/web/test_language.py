"""Which language a reader gets, and that the switch leads nowhere else."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import ngettext

from eventapp.editions.models import Edition
from eventapp.web.i18n import own_path, with_language


def shown(client: FlaskClient, path: str, **headers: str) -> str:
    page = client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()}).text
    return page.split('lang="', 1)[1].split('"', 1)[0]


def test_the_address_wins_over_the_cookie_and_the_cookie_over_the_browser(client: FlaskClient, sistep: Edition) -> None:
    page = "/privacy"
    assert shown(client, page, Accept_Language="de, ar;q=0.8, en;q=0.5") == "ar"
    client.set_cookie("lang", "fr")
    assert shown(client, page, Accept_Language="ar") == "fr"
    assert shown(client, f"{page}?lang=en", Accept_Language="ar") == "en"


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
