"""Documents to provide: asked for by organisers, sent by exhibitors, approved or refused; who else looks finds nothing."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import Role, User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.errors import ChangedMeanwhile
from eventapp.documents.models import StoredFile
from eventapp.editions.models import Edition
from eventapp.editions.operations import make_edition
from eventapp.editions.operations.making import NewEdition
from eventapp.exhibitors.errors import DecidedAlready, DocumentApproved, DocumentProvided, DocumentReplaced, NameMissing, NotAskedYet, ReasonMissing
from eventapp.exhibitors.models import DocumentState, Exhibitor, ProvidedDocument, RequiredDocument
from eventapp.exhibitors.operations.papers import (
    DocumentPlan,
    approve_document,
    ask_for_document,
    change_document,
    drop_document,
    provide_document,
    refuse_document,
)
from eventapp.exhibitors.queries import papers
from eventapp.exhibitors.rules.papers import Standing
from eventapp.mail.models import OutgoingMail
from eventapp.stands.operations import allocate_stand
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user, same
from tests.support.doctor import breaches
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.files import PROGRAM, ask, certificate, pdf, picture
from tests.support.racing import at_once, tally, without_key, without_locks

DUE = date(2018, 4, 1)
BEFORE, AFTER = DUE, DUE + timedelta(days=1)
DESK = "/organiser/sistep-2018/documents"


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An accepted exhibitor that the stranger owns."""
    return make_exhibitor(sistep, "Atlas", stranger, language="fr")


@pytest.fixture
def insurance(sistep: Edition) -> RequiredDocument:
    """A certificate that every exhibitor has to provide."""
    return ask(sistep, "Insurance", due_on=DUE)


@pytest.fixture
def ghita(sistep: Edition) -> User:
    """An exhibitor manager."""
    return grant(make_user("ghita@show.example", "Ghita"), sistep, Role.EXHIBITOR_MANAGER)


def how(exhibitor: Exhibitor, today: date = BEFORE) -> list[Standing]:
    return [paper.standing for paper in papers.papers_of(exhibitor, today)]


def provide(exhibitor: Exhibitor, required: RequiredDocument, words: str = "Insured") -> int:
    return provide_document(exhibitor.id, required.id, certificate(words), actor_id=None, now=EIGHT).id


def test_what_is_asked_depends_on_the_stand_and_what_is_sent_on_the_day(sistep: Edition, atlas: Exhibitor, insurance: RequiredDocument) -> None:
    drawings = ask(sistep, "Drawings", due_on=DUE - timedelta(days=9), for_stands="bare")
    assert [paper.required.id for paper in papers.papers_of(atlas, BEFORE)] == [insurance.id]
    allocate_stand(make_stand(sistep, "B12", kind="bare").id, atlas.id, actor_id=None, now=EIGHT)
    assert [paper.required.id for paper in papers.papers_of(atlas, BEFORE)] == [drawings.id, insurance.id]  # the stand counts, not the wish
    assert (how(atlas), how(atlas, AFTER)) == ([Standing.LATE, Standing.AWAITED], [Standing.LATE, Standing.LATE])
    number = provide(atlas, insurance)
    assert how(atlas, AFTER) == [Standing.LATE, Standing.WAITING]
    refuse_document(sistep.id, number, "It ends in March.", actor_id=None, now=EIGHT)
    assert how(atlas)[1] == Standing.REFUSED
    approve_document(sistep.id, provide(atlas, insurance, "longer"), actor_id=None, now=EIGHT)
    assert (how(atlas, AFTER)[1], breaches()) == (Standing.APPROVED, [])


def test_a_document_is_replaced_until_it_is_approved(sistep: Edition, atlas: Exhibitor, insurance: RequiredDocument) -> None:
    first = provide(atlas, insurance)
    assert provide(atlas, insurance) == first  # the same file again
    second = provide(atlas, insurance, "another")
    assert [(one.id, one.state, db.session.get_one(StoredFile, one.file_id).dropped_at is None) for one in db.session.scalars(select(ProvidedDocument))] == [
        (first, "replaced", False),
        (second, "waiting", True),
    ]
    with pytest.raises(DocumentReplaced):
        approve_document(sistep.id, first, actor_id=None, now=EIGHT)
    approve_document(sistep.id, second, actor_id=None, now=EIGHT)
    with pytest.raises(DocumentApproved):
        provide(atlas, insurance, "a third")
    with pytest.raises(DecidedAlready):
        approve_document(sistep.id, second, actor_id=None, now=EIGHT)
    with pytest.raises(ReasonMissing):
        refuse_document(sistep.id, second, "", actor_id=None, now=EIGHT)
    refuse_document(sistep.id, second, "It ends in March.", actor_id=None, now=EIGHT)  # the organiser thinks again
    assert provide(atlas, insurance, "another") > second
    acts = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "exhibitor").order_by(AuditEntry.id)).all()
    assert acts == [f"document.{act}" for act in ("provided", "provided", "approved", "refused", "provided")]
    assert breaches() == []


def test_the_exhibitor_is_told_in_its_language_and_an_example_is_not(sistep: Edition, atlas: Exhibitor, insurance: RequiredDocument, stranger: User) -> None:
    refuse_document(sistep.id, provide(atlas, insurance), "Elle finit en mars.", actor_id=None, now=EIGHT)
    example = make_exhibitor(sistep, "Exemple", stranger, is_example=True)
    approve_document(sistep.id, provide(example, insurance, "example"), actor_id=None, now=EIGHT)
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (mail.template, mail.to, mail.language, mail.values["reason"], mail.values["document"]) == (
        "exhibitors/document_refused",
        atlas.contact_email,
        "fr",
        "Elle finit en mars.",
        same("Insurance"),
    )


@pytest.mark.parametrize("state", ["submitted", "waitlisted", "withdrawn"])
def test_only_accepted_exhibitors_are_asked(sistep: Edition, insurance: RequiredDocument, stranger: User, state: str) -> None:
    with pytest.raises(NotAskedYet):
        provide(make_exhibitor(sistep, "Rif", stranger, state=state), insurance)


def test_what_somebody_provided_is_asked_for_for_good_and_a_new_edition_asks_for_the_same(sistep: Edition, atlas: Exhibitor, insurance: RequiredDocument) -> None:
    with pytest.raises(NameMissing):
        ask_for_document(sistep.id, DocumentPlan({"fr": ""}, DUE, {}), actor_id=None, now=EIGHT)
    forgotten = ask(sistep, "Forgotten")
    drop_document(sistep.id, forgotten.id, actor_id=None, now=EIGHT)
    provide(atlas, insurance)
    with pytest.raises(DocumentProvided):
        drop_document(sistep.id, insurance.id, actor_id=None, now=EIGHT)
    plan = DocumentPlan(same("Certificate"), DUE + timedelta(days=3), same("One million"), "bare", "any")
    changed = change_document(sistep.id, insurance.id, plan, version=1, actor_id=None, now=EIGHT)
    change_document(sistep.id, insurance.id, plan, version=changed.version, actor_id=None, now=EIGHT)  # saved as it was: no trace
    with pytest.raises(ChangedMeanwhile):
        change_document(sistep.id, insurance.id, plan, version=1, actor_id=None, now=EIGHT)
    acts = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "document").order_by(AuditEntry.id)).all()
    assert acts == ["document.asked_for", "document.asked_for", "document.dropped", "document.changed"]
    later = timedelta(days=600)
    wanted = NewEdition("sistep-2019", same("SISTEP 2019"), same("Salon 2019"), sistep.first_day + later, sistep.last_day + later, "contact@show.example")
    made = make_edition(wanted, copied_from=sistep.id, reserved=(), actor_id=None, now=EIGHT)
    (copied,) = papers.required_of(made.id)
    assert (copied.name, copied.hint, copied.due_on, copied.for_stands, copied.accepts) == (plan.name, plan.hint, plan.due_on + later, "bare", "any")


def deciding(sistep: Edition, provided: int, version: int | None) -> list[Callable[[], object]]:
    facts: dict[str, Any] = {"version": version, "actor_id": None, "now": EIGHT}
    return [partial(approve_document, sistep.id, provided, **facts), *(partial(refuse_document, sistep.id, provided, f"Reason {number}", **facts) for number in range(3))]


def test_of_several_organisers_who_decide_at_once_one_wins(app: Flask, sistep: Edition, atlas: Exhibitor, insurance: RequiredDocument) -> None:
    works = deciding(sistep, provide(atlas, insurance), 1)
    assert tally(at_once(app, works)) == {"won": 1, "ChangedMeanwhile": 3}
    assert (len(db.session.scalars(select(OutgoingMail)).all()), breaches()) == (1, [])


def test_without_versions_every_organiser_would_decide(app: Flask, sistep: Edition, atlas: Exhibitor, insurance: RequiredDocument) -> None:
    works = deciding(sistep, provide(atlas, insurance), None)
    assert tally(at_once(app, works)) == {"won": 4}
    assert len(db.session.scalars(select(OutgoingMail)).all()) == 4


def test_of_files_sent_at_once_one_counts(app: Flask, atlas: Exhibitor, insurance: RequiredDocument) -> None:
    works = [partial(provide_document, atlas.id, insurance.id, certificate(f"File {number}"), actor_id=None, now=EIGHT) for number in range(4)]
    assert tally(at_once(app, works)) == {"won": 4}
    assert sorted(db.session.scalars(select(ProvidedDocument.state))) == ["replaced"] * 3 + ["waiting"]
    assert breaches() == []


def test_without_lock_and_index_several_would_count_and_doctor_says_so(app: Flask, atlas: Exhibitor, insurance: RequiredDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    exhibitor_id, required_id = atlas.id, insurance.id
    without_key("provided_documents", "uq_provided_documents_current")
    without_locks(monkeypatch, papers, "current_to_change", 3)
    works = [partial(provide_document, exhibitor_id, required_id, certificate(f"File {number}"), actor_id=None, now=EIGHT) for number in range(3)]
    assert tally(at_once(app, works)) == {"won": 3}
    assert breaches() == [f"exhibitor {exhibitor_id} provided document {required_id} twice"] * 2


def sent(client: FlaskClient, path: str, content: bytes, name: str) -> tuple[int, str]:
    """Choose a file on a page and send it; read the status and what stands at the field."""
    answer = client.post(path, data={"csrf_token": csrf_of(client.get(path)), "document": (io.BytesIO(content), name)})
    said = re.search(r'id="document-error"><span[^>]*>Error:</span> ([^<]*)', answer.text)
    return answer.status_code, said[1] if said else answer.location or ""


def test_from_the_exhibitor_to_the_organiser_and_back(client: FlaskClient, sistep: Edition, atlas: Exhibitor, insurance: RequiredDocument, stranger: User, ghita: User) -> None:
    mine = f"/exhibitor/sistep-2018/{atlas.id}/documents"
    sign_in_as(client, stranger)
    assert ["Insurance" in client.get(mine).text, "1 April 2018" in client.get(mine).text] == [True, True]
    page = f"{mine}/{insurance.id}"
    assert [sent(client, page, content, "insurance.pdf") for content in (PROGRAM, picture(), pdf(b"<< /S /JavaScript /JS (x) >>"))] == [
        (422, "This file is a program, whatever its name says. Send the document or picture itself."),
        (422, "This file is no PDF, whatever its name says. Save or scan the document as PDF and send that."),
        (422, "This PDF holds programs or other files (JavaScript). Print it into a new PDF, which leaves them out, and send that."),
    ]
    assert sent(client, page, pdf(), "Attestation é.pdf") == (302, mine)
    assert ("The organiser looks at it" in client.get(mine).text, breaches()) == (True, [])

    sign_in_as(client, ghita)
    listed = client.get(f"{DESK}?state=waiting").text
    (number,) = re.findall(rf"{DESK}/(\d+)", listed)
    opened = client.get(f"{DESK}/{number}/file")
    assert {name: opened.headers[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control", "Content-Security-Policy")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename=\"Attestation e.pdf\"; filename*=UTF-8''Attestation%20%C3%A9.pdf",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
    }
    assert opened.data == pdf()
    without_a_word = send(client, f"{DESK}/{number}", to=f"{DESK}/{number}/refuse", version="1")
    assert (without_a_word.status_code, "Write what is missing or wrong" in without_a_word.text) == (422, True)
    assert send(client, f"{DESK}/{number}", to=f"{DESK}/{number}/refuse", version="1", reason="It ends in March.").location == f"{DESK}?state=waiting"
    stale = send(client, f"{DESK}/{number}", to=f"{DESK}/{number}/approve", version="1", reason="Typed meanwhile")
    assert (stale.status_code, "Somebody changed this" in stale.text, "Typed meanwhile" in stale.text) == (422, True, True)
    table = client.get(f"{DESK}/documents.csv").data.decode("utf-8-sig").splitlines()
    assert [len(table), "Insurance" in table[1], "It ends in March." in table[1]] == [2, True, True]

    sign_in_as(client, stranger)
    assert ["It ends in March." in client.get(path).text for path in (mine, page)] == [True, True]
    assert client.get(f"{mine}/files/{number}").data == pdf()


def test_another_exhibitors_document_and_another_editions_are_not_there(
    client: FlaskClient, sistep: Edition, other_edition: Edition, stranger: User, ghita: User, nadia: User
) -> None:
    rachid = make_user("rachid@rif.example", "Rachid")
    mine, theirs = make_exhibitor(sistep, "Atlas", stranger), make_exhibitor(sistep, "Rif", rachid)
    required, elsewhere = ask(sistep, "Insurance"), ask(other_edition, "Insurance")
    own, foreign = provide(mine, required, "mine"), provide(theirs, required, "theirs")
    far = provide(make_exhibitor(other_edition, "Rif", rachid), elsewhere, "far")
    sign_in_as(client, stranger)
    base = f"/exhibitor/sistep-2018/{mine.id}/documents"
    paths = [f"{base}/files/{own}", f"{base}/files/{foreign}", f"{base}/files/{far}", f"{base}/{elsewhere.id}", f"/exhibitor/sistep-2018/{theirs.id}/documents"]
    assert [client.get(path).status_code for path in paths] == [200, 404, 404, 404, 404]
    sign_in_as(client, ghita)
    assert [client.get(f"{DESK}/{number}{end}").status_code for number in (own, far, 999) for end in ("", "/file")] == [200, 200, 404, 404, 404, 404]
    sign_in_as(client, nadia)
    assert client.get(f"{DESK}/{own}/file").status_code == 404


def test_the_organisers_list_counts_by_state_and_takes_the_same_queries_for_many(app: Flask, sistep: Edition, insurance: RequiredDocument, stranger: User) -> None:
    exhibitors = [make_exhibitor(sistep, name, stranger) for name in ("Atlas", "Rif", "Souss")]
    approve_document(sistep.id, provide(exhibitors[0], insurance, "a"), actor_id=None, now=EIGHT)
    refuse_document(sistep.id, provide(exhibitors[1], insurance, "r"), "No.", actor_id=None, now=EIGHT)
    make_exhibitor(sistep, "Waiting", stranger, state="submitted")
    rows, counts = papers.list_of(sistep.id, papers.Wanted(), AFTER)
    assert ([row.exhibitor.public_name for row in rows], counts) == (["Atlas", "Rif", "Souss"], {"approved": 1, "refused": 1, "late": 1})
    shown = {state: [row.exhibitor.public_name for row in papers.list_of(sistep.id, papers.Wanted(q="r", state=state), AFTER)[0]] for state in ("refused", "late")}
    assert shown == {"refused": ["Rif"], "late": []}
    assert (DocumentState.WAITING, papers.list_of(sistep.id, papers.Wanted(document="999"), AFTER)) == ("waiting", ([], {}))


def test_a_manager_says_which_documents_are_asked_for(client: FlaskClient, sistep: Edition, ghita: User) -> None:
    sign_in_as(client, ghita)
    settings = "/organiser/sistep-2018/settings/exhibiting"
    assert "No document is asked for" in client.get(DESK).text
    nameless = send(client, f"{settings}/documents/new", due_on="2018-04-01", for_stands="bare", accepts="any")
    assert (nameless.status_code, "Write the name of the document" in nameless.text) == (422, True)
    assert send(client, f"{settings}/documents/new", name_fr="Plans", due_on="2018-04-01", for_stands="bare", accepts="any").location == f"{settings}/#documents"
    (number,) = re.findall(rf"{settings}/documents/(\d+)", client.get(f"{settings}/").text)
    stale = send(client, f"{settings}/documents/{number}", name_fr="Plans cotés", due_on="1 avril", for_stands="all", accepts="any", version="1")
    assert (stale.status_code, "Plans cotés" in stale.text) == (422, True)
    assert send(client, f"{settings}/documents/{number}", name_fr="Plans cotés", due_on="2018-04-02", for_stands="all", accepts="any", version="1").status_code == 302
    assert send(client, f"{settings}/documents/{number}", to=f"{settings}/documents/{number}/remove").status_code == 302
    assert "This document is not asked for any more." in client.get(f"{settings}/documents/{number}", follow_redirects=True).text
