"""The settings of an edition, section by section."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.core import clock
from eventapp.core.zones import wall
from eventapp.editions import forms, operations, rules
from eventapp.editions.forms import Section
from eventapp.editions.models import Edition
from eventapp.editions.views.organiser import Answer, editions_organiser
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

administers = access.organiser(Role.ADMINISTRATOR)
Save = Callable[[Edition, Any, int, datetime], object]


@dataclass(frozen=True)
class Part:
    """A section: its title, its form, what saves it, and a word on it."""

    title: Any
    form: type[Section]
    save: Save
    note: Any = ""


def _settings(edition: Edition, form: Section, actor_id: int, now: datetime) -> object:
    return operations.change_settings(edition.id, form.values(), version=form.version.data, actor_id=actor_id, now=now)


def _days(edition: Edition, form: forms.DaysForm, actor_id: int, now: datetime) -> object:
    return operations.change_days(edition.id, form.first_day.data, form.last_day.data, form.timezone.data, version=form.version.data, actor_id=actor_id, now=now)


def _hours(edition: Edition, form: forms.HoursForm, actor_id: int, now: datetime) -> object:
    return operations.set_hours(edition.id, form.hours(), version=form.version.data, actor_id=actor_id, now=now)


def _state(edition: Edition, form: forms.StateForm, actor_id: int, now: datetime) -> object:
    return operations.change_state(edition.id, form.state.data, version=form.version.data, actor_id=actor_id, now=now)


PARTS: dict[str, Part] = {
    "names": Part(_l("Names and texts"), forms.NamesForm, _settings, _l("A text that is empty in a language is shown in another one.")),
    "days": Part(
        _l("Dates"),
        forms.DaysForm,
        _days,
        _l("Sessions of the programme must lie on the new days; the program says which ones do not. Badges that were issued keep the days printed in their code."),
    ),
    "hours": Part(_l("Opening hours"), forms.HoursForm, _hours, _l("Leave both times empty on a day when the show is closed.")),
    "place": Part(_l("Venue and access"), forms.PlaceForm, _settings),
    "contact": Part(_l("Contact"), forms.ContactForm, _settings, _l("Shown on every public page; answers to our mail go there.")),
    "registration": Part(
        _l("Registration"), forms.RegistrationForm, _settings, _l("Registration is open while the box is ticked and today lies within the days, where there are any.")
    ),
    "privacy": Part(_l("Privacy"), forms.PrivacyForm, _settings),
    "state": Part(_l("Who sees it"), forms.StateForm, _state),
}


@editions_organiser.get("/<edition>/settings")
@administers
def settings(edition: Edition) -> str:
    """Show all settings, with the way to change each."""
    today = wall(clock.show_now(), edition.timezone).date()
    open_now = {kind: rules.registration_is_open(edition, kind, today) for kind in ("exhibit", "visit")}
    return render_template("editions/organiser/settings.html", parts_of_it=PARTS, open_now=open_now, states=forms.STATE_NAMES, categories=forms.CATEGORY_NAMES)


@editions_organiser.route("/<edition>/settings/<any(names, days, hours, place, contact, registration, privacy, state):section>", methods=["GET", "POST"])
@administers
@once
def section(edition: Edition, section: str) -> Answer:
    """Change one section; whoever saw an older state is told, and loses nothing typed."""
    part = PARTS[section]
    kind = forms.hours_form(rules.days_between(edition.first_day, edition.last_day)) if section == "hours" else part.form
    form = kind.showing(edition, edition.version)
    if form.validate_on_submit():
        with refusals(form):
            part.save(edition, form, current_user.id, clock.show_now())
            flash(_("The settings are saved."), "ok")
            return redirect(url_for("editions_organiser.settings", edition=edition.slug, _anchor=section))
    return render_template("editions/organiser/section.html", part=part, section=section, form=form, **stale(form, edition, edition.version)), form.status


def stale(form: Section, thing: Any, version: int) -> dict[str, Any]:
    """Say what somebody else saved meanwhile, and let the next try go out from there."""
    if not form.refusal or form.version.data == version:
        return {"others": []}
    form.version.data = version
    return {"others": form.others(thing)}
