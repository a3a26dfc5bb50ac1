"""The floor plan: who is where, what is free, and holding a stand."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.accounts import access, limits
from eventapp.core import clock
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.exhibitors.forms import KIND_SHORT, SECTOR_NAMES
from eventapp.exhibitors.operations import begin_registration
from eventapp.exhibitors.queries import draft as draft_of
from eventapp.exhibitors.queries import exhibiting_rules
from eventapp.portal.forms import HoldForm
from eventapp.portal.views.catalogue import portal
from eventapp.portal.views.exhibit import today_is_open
from eventapp.portal.views.keys import registration_key, registration_key_to_write
from eventapp.pricing.queries import price_list
from eventapp.pricing.rules import Space, quote_of_stand
from eventapp.stands import operations
from eventapp.stands.errors import NoHold, NoSuchStand
from eventapp.stands.forms import SIDES, STATE_WORDS, PlanFilter
from eventapp.stands.queries import Hold, PlanHall, PlanStand, floor_plan, free_like, held_stand, neighbours_of, stand_numbered, stand_states
from eventapp.web import i18n
from eventapp.web.forms import refusals, told_at

__all__ = ["portal"]

HOLD_VERBS = {"renew": operations.renew_hold, "release": operations.release_hold}


def _words(edition: Edition) -> dict[str, object]:
    """Give what the plan's pages say about stands."""
    rules = exhibiting_rules(edition.id)
    first_come = rules.first_come
    states = {state: word for state, word in STATE_WORDS.items() if first_come or state in {"free", "allocated", "blocked"}}
    return {"states": states, "sides": SIDES, "kinds": KIND_SHORT, "sectors": SECTOR_NAMES, "first_come": first_come, "hold_minutes": rules.hold_minutes}


@portal.get("/<edition>/floor-plan")
@access.public
def floor(edition: Edition) -> str:
    """Draw the halls, and list the stands beside them."""
    wanted, plan = PlanFilter(request.args), floor_plan(edition.id, clock.show_now())
    matching = {stand.id for hall in plan for stand in hall.stands if wanted.takes(stand)}
    every = {stand.id for hall in plan for stand in hall.stands}
    shown = [hall for hall in plan if wanted.hall in {"", hall.code}] or plan
    dim = every - matching if wanted.narrows else set()
    countries = i18n.named_countries(stand.country for hall in plan for stand in hall.stands if stand.country)
    return render_template("portal/public/floor/plan.html", plan=plan, shown=shown, wanted=wanted, matching=matching, dim=dim, countries=countries, **_words(edition))


@portal.get("/<edition>/floor-plan/states.json")
@access.public
def floor_states(edition: Edition) -> Response:
    """Tell a page which stands are not free now."""
    answer = jsonify(states=stand_states(edition.id, clock.show_now()))
    answer.add_etag()
    answer.headers["Cache-Control"] = "no-cache"
    return answer.make_conditional(request)


def _place(edition: Edition, number: str) -> tuple[list[PlanHall], PlanHall, PlanStand]:
    """Find a stand on the plan by its number."""
    wanted = stand_numbered(edition.id, number).id
    plan = floor_plan(edition.id, clock.show_now())
    return next((plan, hall, stand) for hall in plan for stand in hall.stands if stand.id == wanted)


def _own_hold(edition: Edition) -> Hold | None:
    """Find what the registration in this browser holds."""
    registration = draft_of(edition.id, registration_key(edition))
    return held_stand(edition.id, registration.exhibitor_id, clock.show_now()) if registration and registration.sent_at is None else None


def _show(edition: Edition, number: str, form: HoldForm) -> tuple[str, int]:
    """Show a stand: its place, facts and neighbours; what is like it when it is not free."""
    plan, hall, stand = _place(edition, number)
    held = _own_hold(edition)
    mine = held is not None and held.stand.id == stand.id
    like = free_like(stand.id, plan) if stand.state != "free" and not mine else []
    may_hold = today_is_open(edition) and exhibiting_rules(edition.id).first_come and stand.state == "free"
    prices = price_list(edition.id)
    quote = quote_of_stand(Space(stand.area_m2, stand.kind, stand.open_sides), prices.on_sale, prices.vat_percent) if stand.state == "free" or mine else None
    facts = {
        "quote": quote,
        "currency": prices.currency,
        "hall": hall,
        "stand": stand,
        "held": held,
        "mine": mine,
        "like": like,
        "may_hold": may_hold,
        "beside": neighbours_of(stand, hall),
    }
    return render_template("portal/public/floor/stand.html", form=form, **facts, **_words(edition)), form.status


@portal.get("/<edition>/floor-plan/<number>")
@access.public
def floor_stand(edition: Edition, number: str) -> tuple[str, int] | Response:
    """Show one stand."""
    known = _number(edition, number)
    if known != number:
        return redirect(url_for("portal.floor_stand", edition=edition.slug, number=known))
    return _show(edition, number, HoldForm(formdata=None))


def _number(edition: Edition, number: str) -> str:
    """Read a stand's number from an address."""
    try:
        return stand_numbered(edition.id, number).number
    except NoSuchStand as refusal:
        raise NotThere from refusal


@portal.post("/<edition>/floor-plan/<number>/hold")
@limits.holds_from_address
@access.public
def floor_hold(edition: Edition, number: str) -> tuple[str, int] | Response:
    """Hold a stand for the registration in this browser; the first one begins it."""
    known, form, now = _number(edition, number), HoldForm(), clock.show_now()
    if form.validate_on_submit():
        with refusals(form):
            registration = begin_registration(edition.id, registration_key_to_write(edition), now=now)
            operations.hold_stand(stand_numbered(edition.id, known).id, registration.exhibitor_id or 0, actor_id=None, now=now)
            return redirect(url_for("portal.floor_stand", edition=edition.slug, number=known))
    return _show(edition, known, form)


@portal.post("/<edition>/floor-plan/hold/<any(renew, release):verb>")
@access.public
def floor_hold_change(edition: Edition, verb: str) -> Response:
    """Make the hold longer, or let it go."""
    registration = draft_of(edition.id, registration_key(edition))
    if registration is None or registration.exhibitor_id is None:
        flash(i18n.explain(NoHold()), "warn")
        return redirect(url_for("portal.floor", edition=edition.slug))
    held = held_stand(edition.id, registration.exhibitor_id, clock.show_now())
    where = url_for("portal.floor_stand", edition=edition.slug, number=held.stand.number) if held else url_for("portal.floor", edition=edition.slug)
    with told_at(where):
        HOLD_VERBS[verb](registration.exhibitor_id, actor_id=None, now=clock.show_now())
        flash(_("Your hold is longer now.") if verb == "renew" else _("The stand is free again."), "ok")
    return redirect(where)
