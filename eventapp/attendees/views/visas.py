"""Letters of invitation for visas: the exhibitor asks, organisers issue or refuse."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.attendees import forms, operations, queries
from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.exhibitors.queries import own_exhibitor
from eventapp.web.forms import refusals, told_at
from eventapp.web.pressing import once

letters_exhibitor = Blueprint("letters_exhibitor", __name__)
letters_organiser = Blueprint("letters_organiser", __name__)
Answer = AnyResponse | tuple[str, int]
decides = access.organiser(Role.ATTENDEE_MANAGER)


def _facts() -> dict[str, Any]:
    return {"actor_id": current_user.id, "now": clock.show_now()}


def _pdf(asked: queries.Asked, page: str) -> AnyResponse:
    with told_at(page):
        content, label = queries.letter_pdf(asked)
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{label}.pdf"', "Cache-Control": "private, no-store"})


@letters_exhibitor.get("")
@access.exhibitor_member
def listing(edition: Edition, exhibitor: int) -> str:
    """List the letters that were asked for."""
    mine = own_exhibitor(current_user.id, edition.id, exhibitor)
    return render_template("attendees/exhibitor/letters.html", mine=mine, asked=queries.letters_of_exhibitor(mine.id), states=forms.LETTER_STATES)


@letters_exhibitor.route("/new", methods=["GET", "POST"])
@access.exhibitor_member
@once
def ask(edition: Edition, exhibitor: int) -> Answer:
    """Ask for a letter for one of the staff."""
    mine = own_exhibitor(current_user.id, edition.id, exhibitor)
    staff = queries.staff_of(mine.id)
    form = forms.LetterForm(staff, data={"arrives_on": edition.first_day, "leaves_on": edition.last_day, "language": "fr" if mine.language == "fr" else "en"})
    if form.validate_on_submit():
        with refusals(form):
            asked = operations.ask_for_letter(mine.id, int(form.attendee.data), form.passport, form.stay, language=form.language.data, **_facts())
            name = queries.asked_by_exhibitor(mine.id, asked.id).attendee.person.name()
            flash(_("The letter for %(name)s is asked for. The organiser answers, and you get a mail.", name=name), "ok")
            return redirect(_own_page(edition, mine.id))
    return render_template("attendees/exhibitor/ask_letter.html", mine=mine, form=form, staff=staff), form.status


def _own_page(edition: Edition, exhibitor_id: int) -> str:
    return url_for("letters_exhibitor.listing", edition=edition.slug, exhibitor=exhibitor_id)


@letters_exhibitor.post("/<int:letter_request>/withdraw")
@access.exhibitor_member
@once
def withdraw(edition: Edition, exhibitor: int, letter_request: int) -> AnyResponse:
    """Take a request back."""
    mine = own_exhibitor(current_user.id, edition.id, exhibitor)
    with told_at(_own_page(edition, mine.id)):
        operations.withdraw_letter_request(mine.id, letter_request, **_facts())
    flash(_("The request is taken back, and the passport's data are erased."), "ok")
    return redirect(_own_page(edition, mine.id))


@letters_exhibitor.get("/<int:letter_request>/letter.pdf")
@access.exhibitor_member
def paper(edition: Edition, exhibitor: int, letter_request: int) -> AnyResponse:
    """Download an issued letter."""
    mine = own_exhibitor(current_user.id, edition.id, exhibitor)
    return _pdf(queries.asked_by_exhibitor(mine.id, letter_request), _own_page(edition, mine.id))


@letters_organiser.get("")
@decides
def work_list(edition: Edition) -> str:
    """List what exhibitors asked for, what is open first."""
    return render_template("attendees/organiser/letters.html", asked=queries.letters_of_edition(edition.id), states=forms.LETTER_STATES)


def _page(edition: Edition, request_id: int) -> str:
    return url_for("letters_organiser.one", edition=edition.slug, letter_request=request_id)


@letters_organiser.get("/<int:letter_request>")
@decides
def one(edition: Edition, letter_request: int) -> tuple[str, int]:
    """Show a request, to issue or refuse the letter."""
    return _show(queries.asked_in_edition(edition.id, letter_request), forms.RefuseLetterForm(formdata=None))


def _show(asked: queries.Asked, form: forms.RefuseLetterForm) -> tuple[str, int]:
    return render_template("attendees/organiser/letter.html", asked=asked, form=form, states=forms.LETTER_STATES), form.status


@letters_organiser.post("/<int:letter_request>/issue")
@decides
@once
def issue(edition: Edition, letter_request: int) -> AnyResponse:
    """Issue the letter."""
    page = _page(edition, queries.asked_in_edition(edition.id, letter_request).request.id)
    with told_at(page):
        operations.issue_letter(edition.id, letter_request, **_facts())
    flash(_("The letter is issued. The exhibitor gets a mail and downloads it."), "ok")
    return redirect(page)


@letters_organiser.post("/<int:letter_request>/refuse")
@decides
@once
def refuse(edition: Edition, letter_request: int) -> Answer:
    """Refuse the letter with a reason."""
    asked, form = queries.asked_in_edition(edition.id, letter_request), forms.RefuseLetterForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.refuse_letter(edition.id, asked.request.id, form.reason.data or "", **_facts())
            flash(_("The letter is refused. The exhibitor gets a mail with the reason."), "ok")
            return redirect(_page(edition, asked.request.id))
    return _show(asked, form)


@letters_organiser.get("/<int:letter_request>/letter.pdf")
@decides
def letter_paper(edition: Edition, letter_request: int) -> AnyResponse:
    """Give an issued letter, to be signed and stamped."""
    return _pdf(queries.asked_in_edition(edition.id, letter_request), _page(edition, letter_request))


@letters_organiser.post("/erase")
@decides
@once
def erase(edition: Edition) -> AnyResponse:
    """Erase the passports' data of every request that is decided."""
    count = operations.erase_passports(edition.id, **_facts())
    flash(ngettext("The data of %(num)s passport are erased.", "The data of %(num)s passports are erased.", count), "ok")
    return redirect(url_for("letters_organiser.work_list", edition=edition.slug))
