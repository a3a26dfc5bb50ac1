"""The exhibitor's own pages: where the application stands, stand, staff and badges, team."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access, invitations, limits
from eventapp.attendees.operations import add_staff, withdraw_request, withdraw_staff_member
from eventapp.attendees.queries import asked_by, quota_of, staff_member, staff_of, was_on_staff
from eventapp.attendees.rules import CATEGORY_NAMES, category_without
from eventapp.badges.queries import badge_pdf
from eventapp.core import clock
from eventapp.core.zones import wall
from eventapp.editions.models import Category, Edition
from eventapp.exhibitors import operations, rules
from eventapp.exhibitors.forms import KIND_NAMES, SECTOR_NAMES
from eventapp.exhibitors.models import Exhibitor, StandKind
from eventapp.exhibitors.queries import accepted_conditions, co_exhibitors_of, member_of, own_exhibitor, owned_exhibitor, team, wanted_by
from eventapp.exhibitors.queries.joining import open_requests
from eventapp.exhibitors.queries.messages import latest_message
from eventapp.invoicing.queries import badges_wait_for, contract_state, leaving_on
from eventapp.portal import forms, queries
from eventapp.portal.forms.staff import StaffForm
from eventapp.portal.queries.completeness import progress_of
from eventapp.stands.forms import SIDES, stand_label
from eventapp.stands.queries import request_of, stands_of, why_of, wishes_of
from eventapp.web import i18n
from eventapp.web.forms import refusals, told_at
from eventapp.web.pressing import once

exhibiting = Blueprint("exhibiting", __name__)


def mine_of(edition: Edition, exhibitor: int) -> Exhibitor:
    """Load the exhibitor, if the reader acts for it."""
    return own_exhibitor(current_user.id, edition.id, exhibitor)


def page_of_mine(view: str, exhibitor: Exhibitor, edition: Edition) -> str:
    """Write the address of one of the exhibitor's pages."""
    return url_for(f"exhibiting.{view}", edition=edition.slug, exhibitor=exhibitor.id)


def _already(said: str, page: str) -> AnyResponse:
    """Lead back from something that was done before."""
    flash(said, "warn")
    return redirect(page)


def _pdf(content: bytes, name: str) -> Response:
    """Answer with a PDF to keep."""
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'})


def _released(mine: Exhibitor, edition: Edition) -> None:
    """Lead back while the badges wait for a payment."""
    waiting = badges_wait_for(edition.id, mine.id)
    with told_at(f"{page_of_mine('home', mine, edition)}#staff"):
        if waiting is not None:
            raise waiting


@exhibiting.get("/")
@access.exhibitor_member
def home(edition: Edition, exhibitor: int) -> str:
    """Show where the application stands, the stand, the staff and the team."""
    mine = mine_of(edition, exhibitor)
    facts = {
        "steps": queries.timeline(mine),
        "progress": progress_of(edition, mine, wall(clock.show_now(), edition.timezone).date()),
        "stands": stands_of([mine.id])[mine.id],
        "why": why_of(mine.id),
        "asked_for": request_of(mine.id, clock.show_now()),
        "wishes": [(stand_label(line), line) for line in wishes_of(mine.id)],
        "staff": staff_of(mine.id),
        "quota": quota_of(mine),
        "asked": asked_by(mine.id),
        "waiting": (waiting := badges_wait_for(edition.id, mine.id)) and i18n.explain(waiting),
        "contract": contract_state(mine),
        "team": team(mine.id),
        "newest": latest_message(mine.id),
        "wanted": wanted_by(mine.id),
        "accepted": accepted_conditions(mine.id),
        "sectors": SECTOR_NAMES,
        "words": {"sector": SECTOR_NAMES[mine.sector], "kind": KIND_NAMES[StandKind(mine.stand_kind)], "sides": SIDES},
    }
    return render_template("portal/exhibitor/home.html", mine=mine, possible=rules.possible(mine.state), is_owner=_is_owner(mine), **facts)


def _is_owner(mine: Exhibitor) -> bool:
    return member_of(current_user.id, mine.edition_id, mine.id).role == "owner"


@exhibiting.route("/staff/new", methods=["GET", "POST"])
@access.exhibitor_member
@once
def new_staff(edition: Edition, exhibitor: int) -> AnyResponse | tuple[str, int]:
    """Add somebody who works on the stand; the badge is ready at once, unless a visitor is to be asked first."""
    mine = mine_of(edition, exhibitor)
    form = StaffForm()
    if form.validate_on_submit():
        with refusals(form):
            added = add_staff(mine.id, **form.answers(), language=mine.language, actor_id=current_user.id, now=clock.show_now())
            if added.exhibitor_id == mine.id:
                flash(_("%(name)s was added. The badge is ready.", name=added.person.name()), "ok")
            else:
                flash(_("%(name)s has a visitor's badge already, so we asked them by e-mail. They are on your staff once they say yes.", name=added.person.name()), "ok")
            return redirect(page_of_mine("home", mine, edition) + "#staff")
    facts = {"quota": quota_of(mine), "companions": co_exhibitors_of(mine.id)}
    return render_template("portal/exhibitor/new_staff.html", mine=mine, form=form, **facts), form.status


@exhibiting.get("/staff/<int:attendee>/badge.pdf")
@access.exhibitor_member
def badge(edition: Edition, exhibitor: int, attendee: int) -> Response:
    """Download the badge of one of the staff."""
    mine = mine_of(edition, exhibitor)
    holder = staff_member(mine.id, attendee)
    _released(mine, edition)
    return _pdf(badge_pdf([holder.id]), f"badge-{holder.reference}")


@exhibiting.get("/staff/badges.pdf")
@access.exhibitor_member
def badges(edition: Edition, exhibitor: int) -> Response:
    """Download the badges of the whole staff, a page each."""
    mine = mine_of(edition, exhibitor)
    _released(mine, edition)
    return _pdf(badge_pdf([holder.id for holder in staff_of(mine.id)]), f"badges-{mine.reference}")


@exhibiting.route("/staff/<int:attendee>/remove", methods=["GET", "POST"])
@access.exhibitor_member
@once
def remove_staff(edition: Edition, exhibitor: int, attendee: int) -> AnyResponse | tuple[str, int]:
    """Take somebody off the staff, after having been asked once more."""
    mine = mine_of(edition, exhibitor)
    if was_on_staff(mine.id, attendee):
        return _already(_("This person was removed from your staff already."), page_of_mine("home", mine, edition) + "#staff")
    holder = staff_member(mine.id, attendee)
    keeps = category_without([hat.category for hat in holder.hats], Category.EXHIBITOR)
    form = forms.ConfirmForm()
    if form.validate_on_submit():
        with refusals(form):
            withdraw_staff_member(mine.id, holder.id, actor_id=current_user.id, now=clock.show_now())
            flash(_removed(holder.person.name(), i18n.text(CATEGORY_NAMES[keeps]) if keeps else ""), "ok")
            return redirect(page_of_mine("home", mine, edition) + "#staff")
    return render_template("portal/exhibitor/remove_staff.html", mine=mine, holder=holder, keeps=keeps, category_names=CATEGORY_NAMES, form=form), form.status


def _removed(name: str, keeps: str) -> str:
    """Say what becomes of the badge of who was removed."""
    if keeps:
        return _("%(name)s was removed from your staff and keeps a badge as “%(category)s”; the badge of your staff opens no door any more.", name=name, category=keeps)
    return _("%(name)s was removed; the badge opens no door any more.", name=name)


@exhibiting.post("/staff/asked/<int:attendee>/withdraw")
@access.exhibitor_member
def withdraw_question(edition: Edition, exhibitor: int, attendee: int) -> AnyResponse:
    """Take back what a visitor was asked."""
    mine = mine_of(edition, exhibitor)
    with told_at(page_of_mine("home", mine, edition)):
        withdraw_request(mine.id, attendee, actor_id=current_user.id, now=clock.show_now())
    flash(_("The question is taken back; the link in its mail does nothing any more."), "ok")
    return redirect(page_of_mine("home", mine, edition) + "#staff")


@exhibiting.route("/withdraw", methods=["GET", "POST"])
@access.exhibitor_member
@once
def withdraw(edition: Edition, exhibitor: int) -> AnyResponse | tuple[str, int]:
    """Withdraw the application, after having been asked once more."""
    mine = owned_exhibitor(current_user.id, edition.id, exhibitor)
    form = forms.WithdrawForm(data={"version": mine.version})
    if form.validate_on_submit():
        with refusals(form):
            operations.withdraw(mine.id, version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("The application was withdrawn."), "ok")
            return redirect(page_of_mine("home", mine, edition))
        form.version.data = mine.version
    shown = {"stands": stands_of([mine.id])[mine.id], "staff": staff_of(mine.id), "possible": "withdraw" in rules.possible(mine.state)}
    shown |= {"leaving": leaving_on(mine, wall(clock.show_now(), edition.timezone).date())}
    return render_template("portal/exhibitor/withdraw.html", mine=mine, form=form, **shown), form.status


@exhibiting.route("/team", methods=["GET", "POST"])
@limits.mail_from_address
@access.exhibitor_member
@once
def invite(edition: Edition, exhibitor: int) -> AnyResponse | tuple[str, int]:
    """Invite a colleague by mail to act for the exhibitor too."""
    mine = owned_exhibitor(current_user.id, edition.id, exhibitor)
    form = forms.InviteForm(data={"language": mine.language})
    if form.validate_on_submit():
        with refusals(form):
            operations.invite_colleague(mine.id, form.email.data or "", language=form.language.data, actor_id=current_user.id, now=clock.real_now())
            flash(_("We sent an invitation to %(email)s.", email=form.email.data), "ok")
            return redirect(page_of_mine("invite", mine, edition))
    return render_template(
        "portal/exhibitor/team.html", mine=mine, form=form, team=team(mine.id), invited=queries.invited_to(mine), asking=open_requests(edition.id, mine.organisation_id)
    ), form.status


@exhibiting.post("/team/invited/<int:invitation>/withdraw")
@access.exhibitor_member
def withdraw_invitation(edition: Edition, exhibitor: int, invitation: int) -> AnyResponse:
    """Take an invitation back."""
    mine = owned_exhibitor(current_user.id, edition.id, exhibitor)
    if queries.is_closed_invitation(mine, invitation):
        return _already(_("This invitation is not open any more: it was accepted or withdrawn."), page_of_mine("invite", mine, edition))
    found = queries.invitation_to(mine, invitation)
    invitations.withdraw_invitation(found.id, "exhibitor", edition.id, actor_id=current_user.id, now=clock.real_now())
    flash(_("The invitation of %(email)s opens nothing any more.", email=found.email), "ok")
    return redirect(page_of_mine("invite", mine, edition))


@exhibiting.post("/team/<int:user>/remove")
@access.exhibitor_member
def remove_member(edition: Edition, exhibitor: int, user: int) -> AnyResponse:
    """Take a colleague out of the team."""
    mine = owned_exhibitor(current_user.id, edition.id, exhibitor)
    if queries.has_left(mine, user):
        return _already(_("This colleague is not in the team any more."), page_of_mine("invite", mine, edition))
    with told_at(page_of_mine("invite", mine, edition)):
        operations.remove_member(mine.id, user, actor_id=current_user.id, now=clock.show_now())
    flash(_("The colleague is no longer in the team."), "ok")
    return redirect(page_of_mine("invite", mine, edition))


@exhibiting.route("/team/<int:user>/owner", methods=["GET", "POST"])
@access.exhibitor_member
def hand_over(edition: Edition, exhibitor: int, user: int) -> AnyResponse | tuple[str, int]:
    """Hand the ownership over to a colleague, after having been asked once more."""
    mine = mine_of(edition, exhibitor)
    if any(member.user_id == user and member.role == "owner" for member in mine.members):
        return _already(_("This person is the owner already."), page_of_mine("home", mine, edition))
    mine = owned_exhibitor(current_user.id, edition.id, exhibitor)
    if queries.has_left(mine, user):
        return _already(_("This colleague is not in the team any more."), page_of_mine("invite", mine, edition))
    heir = queries.colleague(mine.id, user)
    form = forms.ConfirmForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.hand_over(mine.id, user, actor_id=current_user.id, now=clock.show_now())
            flash(_("%(name)s is the owner now.", name=heir.name), "ok")
            return redirect(page_of_mine("home", mine, edition))
    return render_template("portal/exhibitor/hand_over.html", mine=mine, heir=heir, form=form), form.status
