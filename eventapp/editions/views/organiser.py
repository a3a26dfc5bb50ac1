"""Pages of editions: which there are, a new one, which one is current."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from eventapp.accounts import access
from eventapp.core import clock
from eventapp.editions import operations, queries
from eventapp.editions.forms import NewEditionForm
from eventapp.editions.models import Edition
from eventapp.editions.operations import NewEdition
from eventapp.editions.views.addresses import reserved_words
from eventapp.editions.views.loading import my_editions
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

editions_organiser = Blueprint("editions_organiser", __name__)
Answer = Response | tuple[str, int]


@editions_organiser.get("/")
@access.signed_in
def all_editions() -> str:
    """List the editions that the reader organises."""
    return render_template("editions/organiser/all.html", editions=my_editions())


@editions_organiser.route("/editions/new", methods=["GET", "POST"])
@access.owner
@once
def new() -> Answer:
    """Make an edition, from the latest one unless another is chosen."""
    known = queries.all_editions()
    form = NewEditionForm(data={"copied_from": str(known[0].id) if known else "", "contact_email": known[0].contact_email if known else current_user.email})
    form.copied_from.choices = [*(SelectChoice(str(one.id), f"{i18n.text(one.name)} (/{one.slug}/)") for one in known), SelectChoice("", _("Nothing: begin with an empty edition"))]
    if form.validate_on_submit():
        with refusals(form):
            wanted = NewEdition(form.slug.data, form.texts("name"), form.texts("full_name"), form.first_day.data, form.last_day.data, form.contact_email.data)
            source = int(form.copied_from.data) if form.copied_from.data else None
            made = operations.make_edition(wanted, copied_from=source, reserved=reserved_words(current_app), actor_id=current_user.id, now=clock.show_now())
            flash(_("The edition is made. It is a draft: only its team sees it until you make it public."), "ok")
            return redirect(url_for("editions_organiser.settings", edition=made.slug))
    return render_template("editions/organiser/new.html", form=form), form.status


@editions_organiser.post("/<edition>/current")
@access.owner
def make_current(edition: Edition) -> Response:
    """Show this edition on the home page."""
    operations.make_current(edition.id, actor_id=current_user.id, now=clock.show_now())
    flash(_("This is the current edition now: the home page shows it."), "ok")
    return redirect(url_for("editions_organiser.settings", edition=edition.slug))
