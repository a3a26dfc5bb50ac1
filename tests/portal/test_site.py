"""What search engines and previews of links are told."""

import re
import struct
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from flask.testing import FlaskClient

from eventapp.accounts.models import Role
from eventapp.core.db import transaction
from eventapp.editions.models import Edition
from tests.support.browsing import sign_in_as
from tests.support.cast import grant, make_user

STATIC = Path(__file__).parents[2] / "static"


@pytest.mark.parametrize(
    ("path", "is_for_everybody"),
    [
        ("/", True),
        ("/sistep-2018/", True),
        ("/sistep-2018/schedule", True),
        ("/sistep-2018/exhibitors", True),
        ("/privacy", True),
        ("/organiser/sistep-2018/", False),
        ("/exhibitor/sistep-2018/1/", False),
        ("/door/", False),
        ("/api/v1/door/state", False),
        ("/accounts/confirm/x", False),
        ("/B/ABC", False),
        ("/me", False),
    ],
)
def test_search_engines_read_public_pages_only(client: FlaskClient, sistep: Edition, path: str, is_for_everybody: bool) -> None:
    answer = client.get("/robots.txt")
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert (answer.status_code, answer.mimetype, rules.can_fetch("Any", path)) == (200, "text/plain", is_for_everybody)


def test_the_way_to_the_sitemap_and_every_address_in_it_answers(client: FlaskClient, sistep: Edition) -> None:
    way = RobotFileParser()
    way.parse(client.get("/robots.txt").text.splitlines())
    address = (way.site_maps() or [""])[0]
    base = address.removesuffix("/sitemap.xml")
    found = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").text)
    assert len(found) == 3 * (5 + 2)
    assert {client.get(one.removeprefix(base)).status_code for one in found} == {200}


def test_a_draft_is_not_in_the_sitemap(client: FlaskClient, sistep: Edition, other_edition: Edition) -> None:
    before = client.get("/sitemap.xml").text
    with transaction():
        other_edition.state = "draft"
    assert [other_edition.slug in page for page in (before, client.get("/sitemap.xml").text)] == [True, False]


def test_a_public_page_has_a_title_words_and_a_picture_for_sharing(client: FlaskClient, sistep: Edition) -> None:
    page = client.get("/sistep-2018/exhibitors?lang=fr").text
    shared = dict(re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)">', page))
    assert {"type", "title", "description", "site_name", "locale", "url", "image", "image:alt"} <= set(shared)
    assert (shared["locale"], shared["url"].endswith("/sistep-2018/exhibitors?lang=fr")) == ("fr_MA", True)
    base = shared["url"].split("/sistep")[0]
    picture = client.get(shared["image"].removeprefix(base))
    assert (picture.mimetype, struct.unpack(">II", picture.data[16:24])) == ("image/png", (1200, 630))


def test_the_picture_for_sharing_is_small() -> None:
    assert (STATIC / "shared" / "share.png").stat().st_size < 100_000


def test_inner_pages_have_nothing_to_share(client: FlaskClient, sistep: Edition) -> None:
    sign_in_as(client, grant(make_user("adil@show.example", "Adil"), sistep, Role.ADMINISTRATOR))
    page = client.get("/organiser/sistep-2018/").text
    assert ("og:" in page, 'content="noindex"' in page) == (False, True)
