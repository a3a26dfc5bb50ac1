"""An organiser registers an exhibitor who telephones, and corrects its application; the trail says who did it."""

import re
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.operations import accept
from eventapp.mail.models import OutgoingMail
from eventapp.mail.rendering import render_mail
from tests.support.browsing import sign_in_as
from tests.support.cast import EIGHT
from tests.support.doctor import breaches
from tests.support.exhibiting import make_exhibitor
from tests.support.forms import press, press_on

LIST = "/organiser/sistep-2018/exhibitors"
TOLD = {
    "name": "Cuirs de Fès",
    "country": "MA",
    "city": "Fès",
    "sector": "other",
    "ice": "001561191000066",
    "contact_name": "Houda Sebti",
    "contact_email": "houda@cuirs.example",
    "contact_phone": "+212 5 35 00 00 00",
    "language": "fr",
    "stand_kind": "equipped",
    "area": "12",
}


def words(page: TestResponse) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", page.text)).split())


def mailed() -> list[tuple[str, str]]:
    return [(mail.to, mail.template) for mail in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))]


def acts(user: User) -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.actor_id == user.id, AuditEntry.subject_kind == "exhibitor").order_by(AuditEntry.id)))


def test_an_application_is_entered_at_once_and_its_contact_is_told_and_owns_it(client: FlaskClient, sistep: Edition, adil: User) -> None:
    page = sign_in_as(client, adil).get(f"{LIST}/telephone")
    wrong = press_on(client, page, "Enter the application now", **{**TOLD, "ice": "001561191000065", "contact_email": "nobody", "area": "many"})
    said = words(wrong)
    assert (wrong.status_code, "There are 2 things to mend" in said, "Cuirs de Fès" in wrong.text) == (422, True, True)
    wrong = press_on(client, wrong, "Enter the application now", contact_email=TOLD["contact_email"], area="12")
    assert (wrong.status_code, 'href="#ice"' in wrong.text) == (422, True)
    done = press_on(client, wrong, "Enter the application now", ice=TOLD["ice"])
    one = db.session.scalars(select(Exhibitor)).one()
    assert (done.location, one.state, one.city, one.members[0].role) == (f"{LIST}/{one.id}", "submitted", "Fès", "owner")
    assert mailed() == [("houda@cuirs.example", "exhibitors/entered"), ("houda@cuirs.example", "accounts/confirm")]
    assert (acts(adil), breaches()) == (["exhibitor.submitted"], [])
    again = press(client, f"{LIST}/telephone", "Enter the application now", **TOLD)
    assert (again.status_code, "already has an application for this edition" in words(again)) == (422, True)


def test_a_registration_is_prepared_and_the_contact_checks_and_sends_it_by_the_link(client: FlaskClient, sistep: Edition, adil: User) -> None:
    organiser = sign_in_as(client, adil)
    page = organiser.get(f"{LIST}/telephone")
    assert press_on(client, page, "Send a link to check and send it", **TOLD, link="1").location == f"{LIST}/telephone"
    assert "Prepared, not sent yet" in words(organiser.get(f"{LIST}/telephone"))
    assert "Cuirs de Fès" not in words(organiser.get(LIST))
    assert press(organiser, f"{LIST}/telephone", "Send the link again").status_code == 302
    letters = list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "exhibitors/prepared").order_by(OutgoingMail.id)))
    assert ([mail.to for mail in letters], "Cuirs de Fès" in render_mail(letters[0])[1]) == (["houda@cuirs.example"] * 2, True)
    contact = client.application.test_client()
    contact.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    check = contact.get(letters[0].values["secret_path"]).location
    assert "Cuirs de Fès" in words(contact.get(check))
    assert press(contact, check, "Send", confirmed="y").status_code == 302
    one = db.session.scalars(select(Exhibitor)).one()
    assert (one.state, one.public_name, acts(adil)) == ("submitted", "Cuirs de Fès", ["exhibitor.prepared", "exhibitor.prepared_again"])
    assert "Prepared, not sent yet" not in words(organiser.get(f"{LIST}/telephone"))


def test_an_application_is_corrected_for_its_exhibitor_who_is_told_at_both_addresses(client: FlaskClient, sistep: Edition, adil: User, stranger: User) -> None:
    number = make_exhibitor(sistep, "Atlas", stranger, state="submitted", contact_email="old@atlas.example", contact_phone="").id
    path = f"{LIST}/{number}/correct"
    organiser = sign_in_as(client, adil)
    stale = organiser.get(path)
    assert "Nothing was changed." in words(organiser.get(press_on(organiser, stale, "Save the corrections").location))
    assert press(organiser, path, "Save the corrections", name="Atlas Usinage", contact_email="new@atlas.example", area="24.5", asked="by telephone").status_code == 302
    one = db.session.get_one(Exhibitor, number)
    assert (one.public_name, one.folded, one.contact_email, str(one.area_wished), one.state) == ("Atlas Usinage", "atlas usinage", "new@atlas.example", "24.5", "submitted")
    assert mailed() == [("new@atlas.example", "exhibitors/corrected"), ("old@atlas.example", "exhibitors/corrected")]
    assert "– contact address" in render_mail(db.session.scalars(select(OutgoingMail).limit(1)).one())[1]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "exhibitor.corrected")).one()
    assert (entry.actor_id, entry.subject_id, entry.details) == (adil.id, number, {"fields": ["area_wished", "contact_email", "public_name"], "asked": "telephone"})
    trail = words(organiser.get("/organiser/sistep-2018/trail"))
    assert "asked for by telephone" in trail
    accept(number, actor_id=None, now=EIGHT)
    late = press_on(organiser, stale, "Save the corrections", name="Atlas Late")
    assert (late.status_code, "Atlas Late" in late.text) == (422, True)
    make_exhibitor(sistep, "Rif", stranger, state="withdrawn")
    rif = db.session.scalars(select(Exhibitor.id).where(Exhibitor.public_name == "Rif")).one()
    assert organiser.get(f"{LIST}/{rif}/correct").location == f"{LIST}/{rif}"
