"""People come on stage and leave it."""

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.organisations.models import Organisation, Person
from eventapp.organisations.queries import search_people
from eventapp.programme import operations, queries
from eventapp.programme.forms import StageForm
from eventapp.programme.forms.words import number_of
from eventapp.programme.models import StageRole
from eventapp.programme.rules import NewPerson
from eventapp.programme.views.blueprint import manages, programme_organiser, to
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

_MOST_FOUND = 12


def _found(looked_for: str, form: StageForm) -> list[Person]:
    """Find whom a name could mean: those of the search, and those who are called like the new person."""
    people = {person.id: person for person in search_people(looked_for, _MOST_FOUND)}
    if isinstance(form.who, NewPerson) and form.given.data:
        people |= {person.id: person for person in queries.people_spelt(form.who)}
    return list(people.values())


def _reason(title: dict[str, str], body: Organisation | None) -> str:
    """Say what tells a person from their namesakes."""
    said = _("on stage in “%(title)s”", title=i18n.text(title))
    return f"\u2068{body.name}\u2069 · {said}" if body else said


@programme_organiser.route("/<int:session_id>/people", methods=["GET", "POST"])
@manages
@once
def people(edition: Edition, session_id: int) -> Response | tuple[str, int]:
    """Look for a person by any spelling, then put them on stage; only who is not found is added."""
    one = queries.session_of_edition(edition.id, session_id)
    looked_for = request.args.get("q", "")[:100]
    form = StageForm(country="MA", role=StageRole.SPEAKER.value)
    found = _found(looked_for, form)
    known = queries.known_for([person.id for person in found])
    found.sort(key=lambda person: person.id not in known)
    form.offer(found, {person_id: _reason(title, body) for person_id, (title, body) in known.items()})
    if form.validate_on_submit():
        with refusals(form):
            facts = {"organisation": form.body, "capacity": form.capacity, "certain": form.certain.data}
            added = operations.bring_on_stage(one.id, form.who, StageRole(form.role.data), **facts, actor_id=current_user.id, now=clock.show_now())
            flash(_("%(name)s is on stage.", name=queries.person_names(added.person_id)[i18n.language()]), "ok")
            return to(edition, "session", session_id=one.id)
    if not form.is_submitted() and looked_for:
        given, _space, family = looked_for.strip().partition(" ")
        form.given.data, form.family.data = given, family
    return render_template("programme/organiser/people.html", form=form, one=one, candidates=found, looked_for=looked_for), form.status


@programme_organiser.post("/<int:session_id>/people/remove")
@manages
def remove_person(edition: Edition, session_id: int) -> Response:
    """Take a person off the stage."""
    one = queries.session_of_edition(edition.id, session_id)
    person_id, _sign, role = request.form.get("on_stage", "").partition("-")
    shown = [line for line in queries.people_of([one.id]).get(one.id, []) if (line.person_id, line.role) == (number_of(person_id), role)]
    for line in shown:  # none when it was sent twice, or somebody else was quicker: the page that follows shows how it is
        operations.take_off_stage(one.id, line.id, actor_id=current_user.id, now=clock.show_now())
    flash(_("The person is not on stage any more."), "ok")
    return to(edition, "session", session_id=one.id)
