"""The organiser's badge desk: find attendees, add them, replace, revoke and print their badges."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.attendees.forms import AttendeeForm, CorrectionForm
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_attendee, correct_attendee
from eventapp.attendees.queries import attendee_of_edition, details_of, of_same_address
from eventapp.attendees.rules import CATEGORY_NAMES, stamp
from eventapp.badges import operations, queries
from eventapp.badges.models import Badge
from eventapp.badges.queries import SearchedFor
from eventapp.core import clock
from eventapp.core.zones import wall
from eventapp.documents.tables import csv_bytes
from eventapp.editions.models import Category, Edition
from eventapp.web import i18n
from eventapp.web.forms import refusals, told_at
from eventapp.web.paging import page_number, page_of
from eventapp.web.pressing import once

attendees_organiser = Blueprint("attendees_organiser", __name__)

_desk = access.organiser(Role.ATTENDEE_MANAGER, Role.HELP_DESK)


def _searched() -> SearchedFor:
    """Read what the list is narrowed to; a category that there is not is none."""
    category = request.args.get("category", "")
    return SearchedFor(request.args.get("q", "")[:200], category if category in CATEGORY_NAMES else "")


@attendees_organiser.get("/attendees")
@_desk
def listing(edition: Edition) -> str:
    """List the attendees of an edition."""
    searched = _searched()
    page = page_of(queries.attendees(edition.id, searched), page_number())
    counts = queries.category_counts(edition.id, searched.text)
    badges = queries.latest_badges([attendee.id for attendee in page.rows])
    return render_template("badges/organiser/listing.html", page=page, counts=counts, badges=badges, searched=searched, category_names=CATEGORY_NAMES)


@attendees_organiser.get("/attendees.csv")
@access.organiser(Role.ATTENDEE_MANAGER)
def export(edition: Edition) -> Response:
    """Give the list, as it is narrowed, as a table."""
    titles = [_("Reference"), _("Given name"), _("Family name"), _("Name in Arabic"), _("Category"), _("Company or institution"), _("Job title"), _("Country")]
    titles += [_("E-mail address"), _("Telephone"), _("Language"), _("Registered"), _("Badge"), _("Serial")]
    content = csv_bytes(titles, (_row(attendee, badge, edition) for attendee, badge in queries.with_badges(edition.id, _searched())))
    return send_file(BytesIO(content), "text/csv", as_attachment=True, download_name=f"{edition.slug}-attendees.csv")


def _row(attendee: Attendee, badge: Badge | None, edition: Edition) -> list[object]:
    first, *others = attendee.person.names
    arabic = next((name.full for name in others if name.script == "arab"), "")
    who = [attendee.reference, first.given, first.family, arabic, i18n.text(CATEGORY_NAMES[attendee.category]), attendee.organisation_name, attendee.job_title]
    reached = [i18n.country(attendee.country) if attendee.country else "", attendee.email or "", attendee.phone, attendee.language]
    registered = wall(attendee.registered_at, edition.timezone).strftime("%Y-%m-%d %H:%M")
    return [*who, *reached, registered, badge.state if badge else "", badge.serial if badge else None]


@attendees_organiser.route("/attendees/new", methods=["GET", "POST"])
@_desk
@once
def add(edition: Edition) -> Response | tuple[str, int]:
    """Add an attendee by hand."""
    form = AttendeeForm(language=edition.languages[0])
    if form.validate_on_submit():
        with refusals(form):
            category = Category(form.category.data)
            added = add_attendee(edition.id, category, **form.attendee(), actor_id=current_user.id, now=clock.show_now())
            flash(_("%(name)s was added and has a badge.", name=added.person.name()), "ok")
            return redirect(url_for("attendees_organiser.one", edition=edition.slug, attendee_id=added.id))
    return render_template("badges/organiser/add.html", form=form), form.status


@attendees_organiser.get("/attendees/<int:attendee_id>")
@_desk
def one(edition: Edition, attendee_id: int) -> str:
    """Show an attendee and every badge they had."""
    attendee = attendee_of_edition(edition.id, attendee_id)
    badges = queries.badges_of(attendee.id)
    active = next((badge for badge in badges if badge.state == "active"), None)
    shown = {"same_address": of_same_address(attendee), "category_names": CATEGORY_NAMES}
    return render_template("badges/organiser/one.html", attendee=attendee, badges=badges, active=active, **shown)


@attendees_organiser.route("/attendees/<int:attendee_id>/correct", methods=["GET", "POST"])
@_desk
@once
def correct(edition: Edition, attendee_id: int) -> Response | tuple[str, int]:
    """Correct what is written about an attendee, and replace the badge where that is asked for."""
    attendee = attendee_of_edition(edition.id, attendee_id)
    stored, active = details_of(attendee), queries.active_badge(attendee.id)
    form = CorrectionForm(data={**stored, "shown": stamp(stored)})
    if form.validate_on_submit():
        with refusals(form):
            new_badge = bool(form.new_badge.data and active)
            corrected = correct_attendee(attendee.id, form.details(), new_badge=new_badge, shown=form.shown.data or "", actor_id=current_user.id, now=clock.show_now())
            replaced = _("The details are saved, and the new badge is ready. The one before it opens no door any more.")
            return _back(edition, corrected, replaced if new_badge else _("The details are saved. A badge printed from now on shows them."))
        stored = details_of(attendee_of_edition(edition.id, attendee_id))
    form.shown.data = stamp(stored)
    return render_template("badges/organiser/correct.html", form=form, attendee=attendee, active=active), form.status


def _shown() -> int:
    """Read which badge the page showed; anything odd is one that never was."""
    given = request.form.get("badge", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else -1  # noqa: PLR2004 - what a database can count


def _back(edition: Edition, attendee: Attendee, done: str) -> Response:
    flash(done, "ok")
    return redirect(_page(edition, attendee))


def _page(edition: Edition, attendee: Attendee) -> str:
    return url_for("attendees_organiser.one", edition=edition.slug, attendee_id=attendee.id)


@attendees_organiser.get("/attendees/<int:attendee_id>/badge.pdf")
@_desk
def badge_as_pdf(edition: Edition, attendee_id: int) -> Response:
    """Give an attendee's badge as PDF."""
    attendee = attendee_of_edition(edition.id, attendee_id)
    return send_file(BytesIO(queries.badge_pdf([attendee.id])), "application/pdf", download_name=f"badge-{edition.slug}-{attendee.reference}.pdf")


@attendees_organiser.post("/attendees/<int:attendee_id>/reissue")
@_desk
@once
def reissue(edition: Edition, attendee_id: int) -> Response:
    """Replace an attendee's badge."""
    attendee = attendee_of_edition(edition.id, attendee_id)
    with told_at(_page(edition, attendee)):
        operations.reissue_badge(attendee.id, instead_of=_shown(), actor_id=current_user.id, now=clock.show_now())
    return _back(edition, attendee, _("The new badge is ready. The one before it opens no door any more."))


@attendees_organiser.post("/attendees/<int:attendee_id>/revoke")
@_desk
@once
def revoke(edition: Edition, attendee_id: int) -> Response:
    """Take an attendee's badge out of use."""
    attendee = attendee_of_edition(edition.id, attendee_id)
    with told_at(_page(edition, attendee)):
        operations.revoke_badge(attendee.id, shown=_shown(), actor_id=current_user.id, now=clock.show_now())
    return _back(edition, attendee, _("The badge is revoked. It opens no door any more."))


@attendees_organiser.post("/attendees/<int:attendee_id>/send")
@_desk
@once
def send(edition: Edition, attendee_id: int) -> Response:
    """Mail an attendee's badge once more."""
    attendee = attendee_of_edition(edition.id, attendee_id)
    with told_at(_page(edition, attendee)):
        operations.send_again(attendee.id, actor_id=current_user.id, now=clock.show_now())
    return _back(edition, attendee, _("The badge is on its way to %(address)s.", address=attendee.email))
