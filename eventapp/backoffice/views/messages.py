"""Organisers write to exhibitors: to many from the work list, to one in its thread, and read what they answer."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.backoffice.queries import applications as queries
from eventapp.backoffice.views.applications import decides, list_page
from eventapp.backoffice.views.blueprint import applications
from eventapp.backoffice.views.together import chosen_on_list
from eventapp.core import clock
from eventapp.core.errors import Refusal
from eventapp.core.texts import LANGUAGES
from eventapp.editions.forms.fields import IN_LANGUAGE
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations, rules
from eventapp.exhibitors.errors import NobodyChosen
from eventapp.exhibitors.forms.messages import CircularForm, MessageForm, ReadForm
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.queries import desk, exhibitor_of_edition
from eventapp.exhibitors.queries import messages as threads
from eventapp.mail.rendering import write as write_mail
from eventapp.stands.queries import stands_of
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.paging import page_number, page_of
from eventapp.web.pressing import once


@applications.route("/write", methods=["GET", "POST"])
@decides
@once
def write(edition: Edition) -> Response | tuple[str, int]:
    """Write to the exhibitors chosen on the work list, with the readers listed and the mails previewed first."""
    form, wanted = CircularForm(), queries.wanted_of(request.args)
    readers = desk.applications_numbered(edition.id, form.readers) if form.is_submitted() else chosen_on_list(edition, wanted)
    if not readers:
        flash(i18n.explain(NobodyChosen()), "warn")
        return redirect(list_page(edition, wanted))
    form.chosen.data = [(one.id, one.version) for one in readers]
    form.need(edition.languages[0])
    stands = {number: ", ".join(line.number for line in lines) for number, lines in stands_of(form.readers).items()}
    subject, text = form.texts("subject"), form.texts("text")
    if form.validate_on_submit() and "preview" not in request.form:
        with refusals(form):
            sent = operations.write_to_many(edition.id, form.readers, subject, text, stands=stands, actor_id=current_user.id, now=clock.show_now())
            flash(ngettext("The message is on its way to %(num)s exhibitor.", "The message is on its way to %(num)s exhibitors.", len(readers)), "ok")
            return redirect(url_for("applications.circular", edition=edition.slug, circular_id=sent.id))
    without = [one for one in readers if not stands.get(one.id)] if any("{stand}" in words for words in (*subject.values(), *text.values())) else []
    shown = {"readers": readers, "previews": _previews(form, edition, readers, stands), "without": without, "languages": _languages(edition, readers)}
    return render_template("backoffice/messages/write.html", form=form, wanted=wanted, back=list_page(edition, wanted), in_language=IN_LANGUAGE, **shown), form.status


def _languages(edition: Edition, readers: Sequence[Exhibitor]) -> list[tuple[str, int]]:
    """List the languages to write in, the edition's first one first, with how many read each."""
    counts = {code: sum(one.language == code for one in readers) for code in LANGUAGES}
    return [(code, counts[code]) for code in dict.fromkeys((*edition.languages, *LANGUAGES))]


def _previews(form: CircularForm, edition: Edition, readers: Sequence[Exhibitor], stands: dict[int, str]) -> list[tuple[str, Exhibitor, Any]]:
    """Write the mail for one reader of each language, once there is a message; what is wrong with it is told at its field."""
    subject, text = form.texts("subject"), form.texts("text")
    if not form.is_submitted() or form.errors:
        return []
    try:
        rules.check_message(subject, text, edition.languages[0])
    except Refusal as refusal:
        if "preview" in request.form:
            form.refuse(refusal)
        return []
    found: dict[str, tuple[str, Exhibitor, Any]] = {}
    for one in readers:
        language, title, words = operations.written_for(one, edition, subject, text, stands.get(one.id, ""))
        if language not in found:
            template, facts = operations.message_letter(one, edition, title, words)
            found[language] = (language, one, write_mail(template, language, one.contact_email, edition.id, facts))
    return [found[language] for language in LANGUAGES if language in found]


@applications.get("/messages")
@decides
def inbox(edition: Edition) -> str:
    """List the answers that nobody read yet, and what was written to many, the latest first."""
    page = page_of(threads.circulars(edition.id), page_number())
    return render_template("backoffice/messages/inbox.html", page=page, readers=threads.readers_of([one.id for one in page.rows]), unread=threads.unread_threads(edition.id))


@applications.get("/messages/<int:circular_id>")
@decides
def circular(edition: Edition, circular_id: int) -> str:
    """Show one message to many: its words in each language, and to whom it went."""
    one = threads.circular_of(edition.id, circular_id)
    return render_template("backoffice/messages/circular.html", one=one, letters=threads.letters_of(one.id), in_language=IN_LANGUAGE)


@applications.route("/<int:exhibitor>/messages", methods=["GET", "POST"])
@decides
@once
def thread(edition: Edition, exhibitor: int) -> Response | tuple[str, int]:
    """Show what was written to one exhibitor and what it answered, and write to it."""
    one, form = exhibitor_of_edition(edition.id, exhibitor), MessageForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.write_to_one(one.id, form.text.data or "", read_up_to=form.seen.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("Your message to %(name)s is on its way, and stands in its file.", name=one.public_name), "ok")
            return redirect(url_for("applications.thread", edition=edition.slug, exhibitor=one.id))
    found = threads.thread(one.id)
    form.seen.data = found[-1][0].id if found else 0
    unread = threads.unread_of([one.id]).get(one.id, 0)
    read_form = ReadForm(formdata=None, data={"seen": form.seen.data})
    return render_template("backoffice/messages/thread.html", one=one, form=form, read_form=read_form, letters=found, unread=unread), form.status


@applications.post("/<int:exhibitor>/messages/read")
@decides
def read(edition: Edition, exhibitor: int) -> Response:
    """Note that the answers on the page were read."""
    one, form = exhibitor_of_edition(edition.id, exhibitor), ReadForm()
    if form.validate_on_submit():
        operations.read_answers(one.id, form.seen.data, actor_id=current_user.id, now=clock.show_now())
        flash(_("The answers of %(name)s are marked as read.", name=one.public_name), "ok")
    return redirect(url_for("applications.thread", edition=edition.slug, exhibitor=one.id))
