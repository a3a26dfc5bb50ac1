"""The exhibitor's list of staff, sent as a file."""

import json

from flask import Response, flash, redirect, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access
from eventapp.attendees.errors import QuotaUsedUp
from eventapp.attendees.operations import add_staff_list
from eventapp.attendees.queries import asked_by, quota_of
from eventapp.core import clock
from eventapp.core.errors import Refusal
from eventapp.documents.tables import csv_bytes
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.portal.forms import staff as forms
from eventapp.portal.views.exhibitor import exhibiting, mine_of, page_of_mine
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

__all__ = ["exhibiting"]


@exhibiting.route("/staff/list", methods=["GET", "POST"])
@access.exhibitor_member
@once
def staff_list(edition: Edition, exhibitor: int) -> AnyResponse | tuple[str, int]:
    """Add a whole list of people: show what is in the file and what is wrong with it, then add everybody or nobody."""
    mine, form = mine_of(edition, exhibitor), forms.StaffListForm()
    people: forms.People = []
    wrong: list[tuple[int, str]] = []
    refused: list[tuple[int, Refusal]] = []
    if form.validate_on_submit():
        with refusals(form):
            people = form.read()
            wrong = form.wrong(people)
            refused = [] if wrong else _try(mine, form, people)
            wrong += [(number, i18n.explain(refusal)) for number, refusal in refused]
            if form.confirmed.data and not wrong:
                flash(ngettext("%(num)s person was added. The badge is ready.", "%(num)s people were added. The badges are ready.", len(people)), "ok")
                if asked_by(mine.id):
                    flash(_("Who is registered as a visitor already was asked by e-mail, and is on your staff once they say yes."), "info")
                return redirect(page_of_mine("home", mine, edition) + "#staff")
    form.people.data, form.confirmed.data = json.dumps(people, ensure_ascii=False), "y"
    a_tick_will_do = bool(refused) and all(isinstance(refusal, QuotaUsedUp) for _number, refusal in refused)
    shown = {"people": people, "wrong": dict(wrong), "quota": quota_of(mine), "may_add": not wrong or a_tick_will_do}
    return render_template("portal/exhibitor/staff_list.html", mine=mine, form=form, **shown), 422 if wrong else form.status


def _try(mine: Exhibitor, form: forms.StaffListForm, people: forms.People) -> list[tuple[int, Refusal]]:
    """Add the people when it was confirmed, else only try; list what is refused, by row."""
    dry_run, extra = not form.confirmed.data, bool(form.extra.data)
    return add_staff_list(mine.id, people, extra=extra, language=mine.language, dry_run=dry_run, actor_id=current_user.id, now=clock.show_now())


@exhibiting.get("/staff/list.csv")
@access.exhibitor_member
def staff_list_example(edition: Edition, exhibitor: int) -> Response:
    """Give an empty list with the columns' titles."""
    mine_of(edition, exhibitor)
    at = forms.LANGUAGES_OF_TITLES.index(i18n.language())
    content = csv_bytes([titles[at] for titles in forms.STAFF_COLUMNS.values()], [])
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{edition.slug}-staff.csv"'})
