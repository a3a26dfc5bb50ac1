"""The outbox: what was mailed, to whom, in which state; the help desk sees the state of badges on their way, administrators the mail itself."""

import io

from flask import Response, current_app, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from jinja2 import TemplateError
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.backoffice.queries import mails as queries
from eventapp.backoffice.views.blueprint import backoffice
from eventapp.core import clock
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.mail.models import OutgoingMail
from eventapp.mail.outbox import send_again
from eventapp.mail.rendering import render_mail
from eventapp.web import headers
from eventapp.web.forms import told_at
from eventapp.web.paging import page_number, page_of

reads = access.organiser(Role.ADMINISTRATOR)

STATE_NAMES = {"waiting": _l("Waiting"), "sending": _l("Being sent"), "sent": _l("Sent"), "failed": _l("Failed")}


def outbox_of(edition: Edition) -> queries.Outbox:
    """Say which of an edition's mails the reader sees."""
    return queries.Outbox(edition.id, with_general=current_user.is_owner, only_badges=not access.may_open("backoffice.mail"))


def _is_demo() -> bool:
    return bool(current_app.config["APP_ENV"] == "demo")


@backoffice.get("/mails")
@access.organiser(Role.HELP_DESK)
def mails(edition: Edition) -> str:
    """List the mails, the latest first."""
    wanted = queries.Wanted(**{name: request.args[name][:100] for name in ("q", "state") if name in request.args})
    outbox = outbox_of(edition)
    page = page_of(queries.mails(outbox, wanted), page_number(), 50)
    return render_template("backoffice/mails/list.html", page=page, wanted=wanted, counts=queries.counts_by_state(outbox, wanted.q), states=STATE_NAMES, is_demo=_is_demo())


@backoffice.get("/mails/<int:mail_id>")
@reads
def mail(edition: Edition, mail_id: int) -> str:
    """Show one mail as it was written; links that open an account are hidden."""
    one = queries.mail_of(outbox_of(edition), mail_id)
    subject, text = _written(one)[:2]
    return render_template("backoffice/mails/one.html", one=one, subject=subject, text=text, files=queries.files_of(one.id), states=STATE_NAMES, is_demo=_is_demo())


def _written(one: OutgoingMail) -> tuple[str, str, str]:
    """Write the mail; one whose template cannot be filled in is shown by its state alone."""
    try:
        return render_mail(one, show_secret=False)
    except (TemplateError, KeyError, TypeError, ValueError):
        return one.subject or "", "", ""


@backoffice.get("/mails/<int:mail_id>/html")
@reads
def mail_html(edition: Edition, mail_id: int) -> Response:
    """Show a mail's HTML as its reader gets it, in a page that may do nothing."""
    html = _written(queries.mail_of(outbox_of(edition), mail_id))[2]
    if not html:
        raise NotThere
    headers.as_foreign()
    return Response(html, mimetype="text/html")


@backoffice.get("/mails/<int:mail_id>/attachments/<int:attachment_id>")
@reads
def mail_attachment(edition: Edition, mail_id: int, attachment_id: int) -> Response:
    """Download a file that went with a mail."""
    file = queries.attachment_of(outbox_of(edition), mail_id, attachment_id)
    headers.as_foreign()
    return send_file(io.BytesIO(file.content), mimetype=file.content_type, as_attachment=True, download_name=file.filename)


@backoffice.post("/mails/<int:mail_id>/again")
@reads
def mail_again(edition: Edition, mail_id: int) -> AnyResponse:
    """Try a failed mail once more."""
    one = queries.mail_of(outbox_of(edition), mail_id)
    page = url_for("backoffice.mail", edition=edition.slug, mail_id=mail_id)
    with told_at(page):
        send_again(one.id, edition_id=one.edition_id, actor_id=current_user.id, now=clock.show_now())
    flash(_("The mail to %(to)s is sent again.", to=one.to), "ok")
    return redirect(page)
