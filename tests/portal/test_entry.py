"""An exhibitor's entry in the catalogue: texts in three languages, addresses that it may show, a logo; as visitors and search engines see it."""

import io
import json
import re
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.errors import ChangedMeanwhile
from eventapp.documents.models import StoredFile
from eventapp.editions.models import Edition
from eventapp.exhibitors.errors import NotPossibleNow
from eventapp.exhibitors.models import CatalogueLogo, Exhibitor
from eventapp.exhibitors.operations import EntryPlan, put_logo, remove_logo, write_entry
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT, make_user
from tests.support.doctor import breaches
from tests.support.exhibiting import make_exhibitor
from tests.support.files import PROGRAM, SVG, huge_png, logo, moving, picture
from tests.support.racing import at_once, tally

ABOUT = {"fr": "Presses plieuses", "ar": "آلات ثني الصفائح", "en": "Press brakes"}


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An accepted exhibitor that the stranger owns."""
    return make_exhibitor(sistep, "Atlas", stranger, website="https://atlas.example")


def mine(exhibitor: Exhibitor, page: str = "") -> str:
    return f"/exhibitor/sistep-2018/{exhibitor.id}/catalogue{page}"


def sent(client: FlaskClient, path: str, content: bytes, name: str = "logo.png") -> tuple[int, str]:
    """Choose a file on a page and send it; read the status and what stands at the field."""
    answer = client.post(path, data={"csrf_token": csrf_of(client.get(path)), "logo": (io.BytesIO(content), name)})
    said = re.search(r'id="logo-error"><span[^>]*>Error:</span> ([^<]*)', answer.text)
    return answer.status_code, said[1] if said else answer.location or ""


def test_an_entry_is_written_in_three_languages_and_shows_the_addresses_that_were_ticked(client: FlaskClient, atlas: Exhibitor, stranger: User) -> None:
    sign_in_as(client, stranger)
    public = f"/sistep-2018/exhibitors/{atlas.id}"
    assert ["atlas.example" in client.get(public).text, "+212" in client.get(public).text] == [True, False]  # the application's website, not its number
    typed = {
        **{f"about_{code}": text for code, text in ABOUT.items()},
        "website": "www.atlas.example",
        "phone": "0522 11 22 33",
        "phone_public": "y",
        "email": "sales@atlas.example",
    }
    assert send(client, mine(atlas, "/texts"), **typed, version="1").location == mine(atlas)
    for code, text in ABOUT.items():
        assert [text in client.get(f"{page}?lang={code}").text for page in (public, mine(atlas))] == [True, True]
    page = client.get(public).text
    assert [words in page for words in ("https://www.atlas.example", "+212 5 22 11 22 33", "tel:+212522112233", "sales@atlas.example")] == [True, True, True, False]
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert {name: told.get(name) for name in ("description", "sameAs", "telephone", "email")} == {
        "description": "Press brakes",
        "sameAs": "https://www.atlas.example",
        "telephone": "+212 5 22 11 22 33",
        "email": None,
    }
    assert 'href="https://www.atlas.example"' in client.get("/sistep-2018/exhibitors").text


def test_what_is_too_long_or_odd_is_said_at_its_field_and_kept(client: FlaskClient, atlas: Exhibitor, stranger: User) -> None:
    sign_in_as(client, stranger)
    odd = {"about_fr": "é" * 601, "about_en": "e" * 600, "website": "nowhere", "phone": "", "phone_public": "y", "email": "x", "email_public": "y", "version": "1"}
    answer = send(client, mine(atlas, "/texts"), **odd)
    wrong = set(re.findall(r'id="(\w+)-error"', answer.text))
    assert (answer.status_code, wrong, "é" * 601 in answer.text) == (422, {"about_fr", "website", "phone_public", "email"}, True)


def test_two_tabs_do_not_overwrite_each_other(app: Flask, client: FlaskClient, atlas: Exhibitor, stranger: User) -> None:
    number = atlas.id
    works = [partial(write_entry, number, EntryPlan({"fr": f"Texte {tab}"}), version=1, actor_id=None, now=EIGHT) for tab in range(4)]
    assert tally(at_once(app, works)) == {"won": 1, ChangedMeanwhile.__name__: 3}
    stale = send(sign_in_as(client, stranger), mine(atlas, "/texts"), about_fr="Le mien", version="1")
    assert ("Somebody changed this" in stale.text, "Le mien" in stale.text, "Texte" in stale.text) == (True, True, True)
    write_entry(number, EntryPlan({"fr": "Le dernier"}), actor_id=None, now=EIGHT)
    write_entry(number, EntryPlan({"fr": "Le dernier", "en": ""}), version=1, actor_id=None, now=EIGHT)  # saved as it was: no trace
    assert db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_id == number, AuditEntry.action.like("catalogue.%"))).all() == ["catalogue.written"] * 2


def test_a_logo_is_sent_seen_replaced_and_removed(client: FlaskClient, atlas: Exhibitor, stranger: User) -> None:
    sign_in_as(client, stranger)
    public = f"/sistep-2018/exhibitors/{atlas.id}"
    assert (client.get(f"{public}/logo").status_code, sent(client, mine(atlas, "/logo"), picture())) == (404, (302, mine(atlas)))
    address = re.search(rf'src="({public}/logo\?v=\w{{12}})" width="200" height="100"', client.get(public).text)
    assert address
    shown = client.get(address[1])
    assert (shown.status_code, shown.mimetype, shown.data[8:12]) == (200, "image/webp", b"WEBP")
    assert shown.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert [shown.headers[name] for name in ("X-Content-Type-Options", "Content-Security-Policy")] == [
        "nosniff",
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
    ]
    assert ("Set-Cookie" in shown.headers, client.get(address[1], headers={"If-None-Match": shown.headers["ETag"]}).status_code) == (False, 304)
    assert address[1] in client.get("/sistep-2018/exhibitors").text
    assert f'"logo": "http://localhost{address[1]}"' in client.get(public).text
    assert client.get(f"{public}/logo?v=old").headers["Cache-Control"] == "private, no-cache"
    assert sent(client, mine(atlas, "/logo"), picture(colour="red")) == (302, mine(atlas))
    assert address[1] not in client.get(public).text
    assert [file.dropped_at is not None for file in db.session.scalars(select(StoredFile).order_by(StoredFile.id))] == [True, False]
    assert breaches() == []
    assert send(client, mine(atlas), to=mine(atlas, "/logo/remove")).location == mine(atlas)
    assert (client.get(f"{public}/logo").status_code, db.session.scalars(select(CatalogueLogo)).all(), breaches()) == (404, [], [])


def test_a_bad_logo_is_refused_at_the_field_with_what_to_do(client: FlaskClient, atlas: Exhibitor, stranger: User) -> None:
    sign_in_as(client, stranger)
    said = {
        b"": "Choose a file. If you chose one, it is empty.",
        huge_png(): "This picture has 60000 × 60000 pixels. Make it smaller, at most 5000 pixels on each side, and send it again.",
        PROGRAM: "This file is a program, whatever its name says. Send the document or picture itself.",
        SVG: "This is an SVG drawing, which can run programs. Export it as PNG, at least 500 pixels wide, and send that.",
        moving(): "This picture moves. Save one still picture of it as PNG and send that.",
        picture()[:150]: "This picture is damaged or incomplete. Open it, save it anew as PNG and send that.",
    }
    assert {content: sent(client, mine(atlas, "/logo"), content) for content in said} == {content: (422, words) for content, words in said.items()}
    assert client.post(mine(atlas, "/logo"), data={"csrf_token": csrf_of(client.get(mine(atlas, "/logo"))), "logo": "no file"}).status_code == 422
    too_much = client.post(mine(atlas, "/logo"), data={"logo": (io.BytesIO(b"\0" * (17 << 20)), "logo.png")})
    assert (too_much.status_code, db.session.scalars(select(StoredFile)).all()) == (413, [])


def test_before_acceptance_the_logo_is_the_exhibitors_own(client: FlaskClient, sistep: Edition, stranger: User, olga: User) -> None:
    waiting = make_exhibitor(sistep, "Rif", stranger, state="submitted")
    put_logo(waiting.id, logo(), actor_id=None, now=EIGHT)
    sign_in_as(client, stranger)
    page = client.get(mine(waiting)).text
    assert (client.get(f"/sistep-2018/exhibitors/{waiting.id}/logo").status_code, client.get(mine(waiting, "/logo.webp")).mimetype) == (404, "image/webp")
    assert ("once the application is accepted" in page, f"{mine(waiting)}/logo.webp?v=" in page) == (True, True)
    assert [client.get(mine(waiting, end)).status_code for end in ("", "/texts", "/logo")] == [200, 200, 200]
    other = make_user("rif@other.example", "Rachid")
    assert [sign_in_as(client, other).get(mine(waiting, end)).status_code for end in ("", "/texts", "/logo", "/logo.webp")] == [404] * 4


def test_who_is_no_exhibitor_any_more_changes_nothing(sistep: Edition, stranger: User) -> None:
    gone = make_exhibitor(sistep, "Rif", stranger, state="withdrawn")
    for change in (partial(write_entry, gone.id, EntryPlan({"fr": "x"})), partial(put_logo, gone.id, logo()), partial(remove_logo, gone.id)):
        with pytest.raises(NotPossibleNow):
            change(actor_id=None, now=EIGHT)


def test_of_several_logos_sent_at_once_one_is_shown_and_the_others_are_given_up(app: Flask, atlas: Exhibitor) -> None:
    number, colours = atlas.id, ["red", "green", "blue", "teal"]
    works = [partial(put_logo, number, logo(colour), actor_id=None, now=EIGHT) for colour in colours]
    assert tally(at_once(app, works)) == {"won": 4}
    assert sorted(file.dropped_at is None for file in db.session.scalars(select(StoredFile))) == [False, False, False, True]
    assert breaches() == []
