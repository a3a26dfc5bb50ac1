"""The exhibitor reads what the organiser wrote, and answers."""

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access, limits
from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations
from eventapp.exhibitors.forms.messages import MessageForm
from eventapp.exhibitors.queries import messages as threads
from eventapp.portal.views.exhibitor import mine_of, page_of_mine
from eventapp.portal.views.staff import exhibiting
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

__all__ = ["exhibiting"]


@exhibiting.route("/messages", methods=["GET", "POST"])
@limits.mail_from_address
@access.exhibitor_member
@once
def messages(edition: Edition, exhibitor: int) -> Response | tuple[str, int]:
    """Show what organiser and exhibitor wrote to each other, and write to the organiser."""
    mine, form = mine_of(edition, exhibitor), MessageForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.answer(mine.id, form.text.data or "", actor_id=current_user.id, now=clock.show_now())
            flash(_("Your message is with the organiser. The answer comes here and by mail."), "ok")
            return redirect(page_of_mine("messages", mine, edition))
    return render_template("portal/exhibitor/messages.html", mine=mine, form=form, letters=threads.thread(mine.id)), form.status
