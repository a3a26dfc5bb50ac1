"""Answers that are files."""

from datetime import date

from flask import Response, flash, redirect
from werkzeug.wrappers import Response as AnyResponse

from eventapp.core.errors import Refusal
from eventapp.exhibitors.models import Exhibitor
from eventapp.invoicing import queries
from eventapp.web import i18n


def pdf(content: bytes, name: str) -> Response:
    """Answer with a PDF to keep."""
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'})


def pro_forma_pdf(exhibitor: Exhibitor, today: date, page: str) -> AnyResponse:
    """Answer with a pro-forma of the whole; where there can be none, lead back to the page and say why."""
    try:
        found = queries.pro_forma(exhibitor, today)
    except Refusal as refusal:
        flash(i18n.explain(refusal), "warn")
        return redirect(page)
    return pdf(queries.paper_pdf(found), f"pro-forma-{exhibitor.reference}")
