"""Documents to provide, and what the first exhibitors sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from eventapp.demo.rules.papers import BEFORE_THE_SHOW, DOCUMENTS, NOTE, PROVIDING, REASON, outcome
from eventapp.documents.pdf import TEMPLATES, typeset
from eventapp.documents.uploads import Accepts, Upload, take
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor, RequiredDocument
from eventapp.exhibitors.operations.papers import DocumentPlan, approve_document, ask_for_document, provide_document, refuse_document
from eventapp.exhibitors.queries.papers import papers_of


def ask_for_documents(edition: Edition, actor_id: int, now: datetime) -> dict[int, str]:
    """Say what exhibitors of an edition have to provide; return the codes of the documents by their ids."""
    asked = {code: DocumentPlan(due_on=edition.first_day - BEFORE_THE_SHOW[code], **facts) for code, facts in DOCUMENTS.items()}
    return {ask_for_document(edition.id, plan, actor_id=actor_id, now=now).id: code for code, plan in asked.items()}


def provide_documents(exhibitors: Sequence[Exhibitor], codes: dict[int, str], actor_id: int, now: datetime) -> None:
    """Let the first accepted exhibitors send what is asked of them; most is approved, some refused, some not looked at yet."""
    files = {code: _example(facts["name"]["fr"]) for code, facts in DOCUMENTS.items()}
    for number, exhibitor in enumerate([one for one in exhibitors if one.state == ApplicationState.ACCEPTED][:PROVIDING]):
        for paper in papers_of(exhibitor, now.date()):
            code = codes[paper.required.id]
            _provide(exhibitor, paper.required, files[code], outcome(number, code), actor_id, now + timedelta(minutes=number))


def _example(title: str) -> Upload:
    """Make a page that says that it is an example."""
    page = typeset(TEMPLATES / "demo" / "print" / "example.typ", {"title": title, "note": NOTE})
    return take(page, f"{title} - exemple.pdf", Accepts.ANY, field="document")


def _provide(exhibitor: Exhibitor, required: RequiredDocument, file: Upload, became: str, actor_id: int, now: datetime) -> None:
    if not became:
        return
    sent = provide_document(exhibitor.id, required.id, file, actor_id=None, now=now)
    facts: dict[str, Any] = {"actor_id": actor_id, "now": now + timedelta(days=2)}
    if became == "approved":
        approve_document(exhibitor.edition_id, sent.id, **facts)
    elif became == "refused":
        refuse_document(exhibitor.edition_id, sent.id, REASON, **facts)
