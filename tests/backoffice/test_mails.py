"""The outbox: who sees which mail, how it is shown, what is tried again."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import Role, User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.jobs.models import Job
from eventapp.mail.models import OutgoingMail
from eventapp.mail.outbox import queue_mail
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import grant, make_user
from tests.support.statements import statements

LIST = "/organiser/sistep-2018/mails"
SECRET_PATH = "/accounts/reset/S3CRET-link"


def queue(edition: Edition | None, to: str = "salma@atlas.example", state: str = "sent", subject: str | None = "Your new password", **more: object) -> OutgoingMail:
    """Store a mail in a state, as its delivery leaves it."""
    with transaction():
        values: dict[str, Any] = {"name": "Salma", "secret_path": SECRET_PATH, **more}
        mail = queue_mail(to, "accounts/reset", "en", edition_id=edition.id if edition else None, attachments=[("badge.pdf", "application/pdf", b"%PDF-1.7 x")], **values)
        assert mail is not None
        mail.state, mail.subject, mail.tries = state, subject, 1
        mail.sent_at = mail.created_at if state == "sent" else None
        mail.last_error = "TransportError: <script>alert(1)</script>" if state == "failed" else None
    return mail


@pytest.fixture
def mail(sistep: Edition) -> OutgoingMail:
    """A mail that was sent."""
    return queue(sistep)


def test_the_list_is_narrowed_by_state_and_words(client: FlaskClient, sistep: Edition, other_edition: Edition, adil: User) -> None:
    queue(sistep, "salma@atlas.example")
    queue(sistep, "omar@rif.example", state="failed", subject=None)
    queue(other_edition, "canary@other.example")
    queue(None, "general@atlas.example")
    sign_in_as(client, adil)
    found = {query: client.get(f"{LIST}{query}").text for query in ("", "?state=failed", "?q=ATLAS", "?q=new+pass", "?q=%25", "?state=nonsense", "?page=9")}
    shown = {query: [name for name in ("salma@", "omar@", "canary@", "general@") if name in page] for query, page in found.items()}
    assert shown == {
        "": ["salma@", "omar@"],
        "?state=failed": ["omar@"],
        "?q=ATLAS": ["salma@"],
        "?q=new+pass": ["salma@"],
        "?q=%25": [],
        "?state=nonsense": ["salma@", "omar@"],
        "?page=9": ["salma@", "omar@"],
    }


def test_the_owner_sees_mail_of_no_edition_too(client: FlaskClient, sistep: Edition, olga: User, adil: User) -> None:
    general = queue(None, "general@atlas.example")
    page = sign_in_as(client, olga).get(LIST).text
    assert ["general@" in page, "Everything this edition and the installation mail" in page, page.count("of no edition")] == [True, True, 1]
    assert client.get(f"{LIST}/{general.id}").status_code == 200
    assert sign_in_as(client, adil).get(f"{LIST}/{general.id}").status_code == 404


def test_a_mail_is_shown_as_written_without_the_link_that_opens_an_account(client: FlaskClient, mail: OutgoingMail, adil: User) -> None:
    sign_in_as(client, adil)
    page, html = client.get(f"{LIST}/{mail.id}").text, client.get(f"{LIST}/{mail.id}/html").text
    assert ["Salma" in page, "Salma" in html, "badge.pdf" in page] == [True, True, True]
    assert ["S3CRET" in page, "S3CRET" in html] == [False, False]


def test_the_html_of_a_mail_runs_and_loads_nothing(client: FlaskClient, mail: OutgoingMail, sistep: Edition, adil: User) -> None:
    hostile = queue(sistep, name="<script>alert(1)</script><img src=x>")
    answer = sign_in_as(client, adil).get(f"{LIST}/{hostile.id}/html")
    policy = answer.headers["Content-Security-Policy"]
    assert [part in policy for part in ("default-src 'none'", "sandbox", "form-action 'none'", "frame-ancestors 'none'")] == [True] * 4
    assert ["allow-scripts" in policy, "allow-same-origin" in policy, "<script>alert" in answer.text] == [False, False, False]
    assert "sandbox" not in client.get(f"{LIST}/{mail.id}").headers["Content-Security-Policy"]


def test_an_attachment_is_a_download(client: FlaskClient, mail: OutgoingMail, adil: User) -> None:
    file = mail.attachments[0].id
    answer = sign_in_as(client, adil).get(f"{LIST}/{mail.id}/attachments/{file}")
    assert (answer.data, answer.mimetype, answer.headers["Content-Disposition"]) == (b"%PDF-1.7 x", "application/pdf", "attachment; filename=badge.pdf")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_failed_mail_is_sent_again_once(client: FlaskClient, sistep: Edition, adil: User) -> None:
    failed = queue(sistep, state="failed")
    jobs = len(db.session.scalars(select(Job.id)).all())
    page = sign_in_as(client, adil).get(f"{LIST}/{failed.id}")
    assert ["This mail did not go" in page.text, "<script>alert" in page.text] == [True, False]
    fields = {"csrf_token": csrf_of(page)}
    assert [client.post(f"{LIST}/{failed.id}/again", data=fields).location for _ in range(2)] == [f"{LIST}/{failed.id}"] * 2
    assert "This mail did not fail, or is being sent again already." in client.get(f"{LIST}/{failed.id}").text
    assert db.session.get_one(OutgoingMail, failed.id).state == "waiting"
    assert len(db.session.scalars(select(Job.id)).all()) == jobs + 1
    assert db.session.execute(select(AuditEntry.action, AuditEntry.actor_id)).all() == [("mail.sent_again", adil.id)]


def test_a_mail_that_cannot_be_written_is_still_shown(client: FlaskClient, sistep: Edition, adil: User) -> None:
    broken = queue(sistep, state="failed")
    with transaction():
        db.session.get_one(OutgoingMail, broken.id).template = "accounts/no_such_template"
    sign_in_as(client, adil)
    assert [client.get(f"{LIST}/{broken.id}").status_code, client.get(f"{LIST}/{broken.id}/html").status_code] == [200, 404]


def test_the_help_desk_sees_the_state_of_mails_about_badges_and_nothing_more(client: FlaskClient, mail: OutgoingMail, sistep: Edition) -> None:
    helper = grant(make_user("desk@show.example", "Desk"), sistep, Role.HELP_DESK)
    with transaction():
        badge = queue_mail("visitor@x.example", "badges/my_page", "fr", edition_id=sistep.id)
        assert badge is not None
        badge.subject = "Your badge"
    page = sign_in_as(client, helper).get(LIST).text
    assert ["visitor@x.example" in page, "Waiting" in page, "salma@atlas.example" in page, "Your badge" in page, f"mails/{badge.id}" in page] == [True, True, False, False, False]
    paths = [f"{LIST}/{mail.id}", f"{LIST}/{mail.id}/html", f"{LIST}/{mail.id}/attachments/{mail.attachments[0].id}"]
    assert [client.get(path).status_code for path in paths] == [403, 403, 403]
    assert send(client, "/account", to=f"{LIST}/{mail.id}/again").status_code == 403


PAGES = ["", "/ID", "/ID/html", "/ID/attachments/FILE"]


@pytest.mark.parametrize("page", PAGES)
def test_others_do_not_get_in(client: FlaskClient, mail: OutgoingMail, sistep: Edition, nadia: User, stranger: User, page: str) -> None:
    path = f"{LIST}{page}".replace("ID", str(mail.id)).replace("FILE", str(mail.attachments[0].id))
    assert client.get(path).status_code == 302
    finance = grant(make_user("finance@show.example", "F"), sistep, Role.FINANCE)
    assert [sign_in_as(client, user).get(path).status_code for user in (stranger, nadia, finance)] == [404, 404, 403]


@pytest.mark.parametrize("page", PAGES[1:])
def test_another_editions_mail_looks_missing(client: FlaskClient, mail: OutgoingMail, other_edition: Edition, nadia: User, olga: User, page: str) -> None:
    own = queue(other_edition)
    sign_in_as(client, nadia)
    mixed = page.replace("ID", str(own.id)).replace("FILE", str(mail.attachments[0].id)) if "FILE" in page else page.replace("ID", str(mail.id))
    missing = page.replace("ID", "999999").replace("FILE", "999999")
    foreign = page.replace("ID", str(mail.id)).replace("FILE", str(mail.attachments[0].id))
    for user in (nadia, olga):
        sign_in_as(client, user)
        assert [client.get(f"/organiser/sistep-2025/mails{path}").status_code for path in (foreign, mixed, missing)] == [404, 404, 404]
    assert send(client, "/account", to=f"/organiser/sistep-2025/mails/{mail.id}/again").status_code == 404


def test_the_list_asks_the_same_number_of_questions_for_one_and_three(client: FlaskClient, sistep: Edition, adil: User) -> None:
    counts, edition_id = [], sistep.id
    sign_in_as(client, adil)
    for number in range(3):
        queue(db.session.get_one(Edition, edition_id), f"r{number}@x.example", subject=None)
        db.session.remove()
        with statements() as seen:
            assert client.get(LIST).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[2]


@pytest.mark.parametrize("odd", ["?q=%00", "?q=%E2%80%AE", "?page=x", "?page=-1", "?q=" + "x" * 3000, "?state=%00", "?q=%25_%5C"])
def test_odd_addresses_break_nothing(client: FlaskClient, mail: OutgoingMail, adil: User, odd: str) -> None:
    assert sign_in_as(client, adil).get(f"{LIST}{odd}").status_code == 200


@pytest.mark.parametrize("path", ["/0", "/999999999999999999999", "/-1", "/1/attachments/99999999999999999999"])
def test_odd_numbers_are_not_there(client: FlaskClient, sistep: Edition, adil: User, path: str) -> None:
    assert sign_in_as(client, adil).get(f"{LIST}{path}").status_code == 404
