"""Exhibitor managers draw the floor: stands, what is beside them, and the way back. Every act is a plain form; `static/stands/editor.js` sends the same forms."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from eventapp.core import clock
from eventapp.editions.models import Edition, Hall
from eventapp.editions.queries import hall_of_edition
from eventapp.exhibitors.forms import KIND_SHORT
from eventapp.stands import operations, queries
from eventapp.stands.forms import (
    CHANGE_NAMES,
    DESK_STATES,
    FACE_NAMES,
    FEATURE_NAMES,
    SIDES,
    BoxForm,
    CornersForm,
    DescribeForm,
    FeatureForm,
    MergeForm,
    NewStandForm,
    NumberForm,
    RetireForm,
    SplitForm,
)
from eventapp.stands.models import FeatureKind, FloorFeature, Stand
from eventapp.stands.rules import shapes
from eventapp.stands.views.desk import Answer, by_whom, places, stands_organiser
from eventapp.web import i18n
from eventapp.web.forms import Form, refusals, told_at
from eventapp.web.pressing import once

__all__ = ["stands_organiser"]

WORDS = {"states": DESK_STATES, "sides": SIDES, "kinds": KIND_SHORT, "faces": FACE_NAMES, "features": FEATURE_NAMES, "changes_named": CHANGE_NAMES}


def _hall_page(edition: Edition, hall_id: int) -> str:
    return url_for("stands_organiser.draw", edition=edition.slug, hall_id=hall_id)


def _done(edition: Edition, hall_id: int, said: str) -> Response:
    flash(said, "ok")
    return redirect(_hall_page(edition, hall_id))


def _box(outline: Any) -> dict[str, str]:
    """Write the box around an outline for its form, in metres."""
    left, back, right, front = shapes.box(outline)
    return {name: f"{half / 2:g}" for name, half in (("x", left), ("y", back), ("width", right - left), ("depth", front - back))}


def _apart(*forms: Form) -> None:
    """Let forms that share a page, and names of fields, have ids of their own."""
    for form in forms:
        for field in form:
            field.id = f"{type(form).__name__.removesuffix('Form').lower()}-{field.id}"


def _show(edition: Edition, hall: Hall, refused: Form | None = None) -> tuple[str, int]:
    """Show a hall to draw in; a form that was refused shows why."""
    plan = next(one for one in queries.floor_plan(edition.id, clock.show_now(), for_desk=True) if one.id == hall.id)
    forms: dict[type[Form], Any] = {kind: refused if type(refused) is kind else kind(formdata=None) for kind in (NewStandForm, NumberForm, FeatureForm)}
    forms[NumberForm].stands.choices = [SelectChoice(str(stand.id), stand.number) for stand in plan.stands]
    _apart(*forms.values())
    changes = queries.changes_of(hall)
    facts = {"new": forms[NewStandForm], "numbers": forms[NumberForm], "feature": forms[FeatureForm], "refused": refused, "changes": changes}
    facts |= {"last": queries.last_change(hall), "halls": queries.floor_plan(edition.id, clock.show_now())}
    return render_template("stands/organiser/draw.html", hall=plan, **facts, **WORDS), refused.status if refused else 200


@stands_organiser.get("/draw/<int:hall_id>")
@places
def draw(edition: Edition, hall_id: int) -> Answer:
    """Show a hall to draw in."""
    return _show(edition, hall_of_edition(edition.id, hall_id))


@stands_organiser.post("/draw/<int:hall_id>/stands")
@places
@once
def add_stand(edition: Edition, hall_id: int) -> Answer:
    """Draw a stand; its open sides are those on an aisle."""
    hall, form = hall_of_edition(edition.id, hall_id), NewStandForm()
    if form.validate_on_submit():
        with refusals(form):
            sides = operations.sides_on_aisles(hall, form.corners, []) or "S"
            stand = operations.add_stand(hall, form.number.data or "", form.corners, open_on=sides, kind=form.kind.data, **by_whom())
            return _done(edition, hall.id, _("Stand %(stand)s is on the plan.", stand=stand.number))
    return _show(edition, hall, form)


@stands_organiser.post("/draw/<int:hall_id>/numbers")
@places
@once
def number_stands(edition: Edition, hall_id: int) -> Answer:
    """Give a row of stands new numbers at once."""
    hall, form = hall_of_edition(edition.id, hall_id), NumberForm()
    if form.validate_on_submit():
        for stand_id in form.chosen:
            queries.stand_of_edition(edition.id, stand_id)
        with refusals(form):
            stands = operations.number_stands(hall, form.chosen, form.first.data or "", **by_whom())
            return _done(edition, hall.id, _("The stands are numbered from %(first)s to %(last)s.", first=stands[0].number, last=stands[-1].number))
    return _show(edition, hall, form)


@stands_organiser.post("/draw/<int:hall_id>/undo/<int:change_id>")
@places
@once
def undo(edition: Edition, hall_id: int, change_id: int) -> Response:
    """Undo the last act of drawing in the hall, if it is still the last one there."""
    hall, seen = hall_of_edition(edition.id, hall_id), queries.change_of_edition(edition.id, change_id)
    with told_at(_hall_page(edition, hall.id)):
        change = operations.undo_last(hall, seen=seen.id, **by_whom())
    return _done(edition, hall.id, _("Undone: %(what)s.", what=CHANGE_NAMES[change.act]))


@stands_organiser.post("/draw/<int:hall_id>/features")
@places
@once
def add_feature(edition: Edition, hall_id: int) -> Answer:
    """Draw something beside stands."""
    hall, form = hall_of_edition(edition.id, hall_id), FeatureForm()
    if form.validate_on_submit():
        with refusals(form):
            feature = operations.add_feature(hall, form.kind.data, form.corners, form.label, **by_whom())
            return _done(edition, hall.id, _("Drawn: %(what)s.", what=FEATURE_NAMES[FeatureKind(feature.kind)]))
    return _show(edition, hall, form)


def _feature_page(feature: FloorFeature, form: FeatureForm) -> Answer:
    return render_template("stands/organiser/feature.html", row=feature, form=form, **WORDS), form.status


@stands_organiser.route("/features/<int:feature_id>", methods=["GET", "POST"])
@places
@once
def feature(edition: Edition, feature_id: int) -> Answer:
    """Move something beside stands, or draw it anew."""
    row = queries.feature_of_edition(edition.id, feature_id)
    hall = hall_of_edition(edition.id, row.hall_id)
    shown = {**_box(row.outline), "kind": row.kind, "seen": operations.mark_of_feature(row), **{f"label_{code}": text for code, text in row.label.items()}}
    form = FeatureForm(data=shown)
    if form.validate_on_submit():
        with refusals(form):
            operations.change_feature(hall, row.id, form.kind.data, form.corners, form.label, seen=form.seen.data, **by_whom())
            return _done(edition, hall.id, _("Drawn: %(what)s.", what=FEATURE_NAMES[form.kind.data]))
    return _feature_page(row, form)


@stands_organiser.post("/features/<int:feature_id>/remove")
@places
@once
def remove_feature(edition: Edition, feature_id: int) -> Response:
    """Remove something beside stands."""
    row = queries.feature_of_edition(edition.id, feature_id)
    hall_id, kind = row.hall_id, row.kind
    operations.remove_feature(edition.id, row.id, **by_whom())
    return _done(edition, hall_id, _("Removed: %(what)s.", what=FEATURE_NAMES[FeatureKind(kind)]))


def _show_stand(edition: Edition, stand: Stand, refused: Form | None = None) -> Answer:
    """Show the forms that draw one stand; the one that was refused shows why."""
    halls = queries.floor_plan(edition.id, clock.show_now(), for_desk=True)
    hall, on_plan = next(((hall, one) for hall in halls for one in hall.stands if one.id == stand.id), (None, None))
    if hall is None or on_plan is None:
        if refused is None:
            flash(_("This stand is not on the plan any more."), "warn")
        return redirect(url_for("stands_organiser.stand", edition=edition.slug, stand=stand.id))
    row = hall_of_edition(edition.id, hall.id)
    corners = "\n".join(f"{x / 2:g} {y / 2:g}" for x, y in stand.outline)
    beside = queries.neighbours_of(on_plan, hall)
    shown: dict[type[Form], dict[str, Any]] = {
        BoxForm: _box(stand.outline),
        CornersForm: {"outline": corners},
        DescribeForm: {"number": stand.number, "kind": stand.kind, "open_on": list(stand.open_on)},
        SplitForm: {},
        MergeForm: {"number": stand.number},
        RetireForm: {},
    }
    forms: dict[str, Any] = {kind.__name__: refused if type(refused) is kind else kind(formdata=None, data=data) for kind, data in shown.items()}
    for form in forms.values():
        form.version.data = stand.version
    _apart(*forms.values())
    forms["MergeForm"].others.choices = [SelectChoice(f"{other.id}-{other.version}", f"{other.number} {other.name_for(i18n.language())}") for other in beside]
    by_drawing = [str(FACE_NAMES[face]) for face in operations.sides_on_aisles(row, stand.outline, [stand.id])]
    facts = {"forms_of": forms, "refused": refused, "by_drawing": by_drawing, "hall": hall, "stand": on_plan, "beside": beside}
    return render_template("stands/organiser/draw_stand.html", row=stand, **facts, **WORDS), refused.status if refused else 200


@stands_organiser.get("/<int:stand>/draw")
@places
def draw_stand(edition: Edition, stand: int) -> Answer:
    """Show the forms that draw one stand."""
    return _show_stand(edition, queries.stand_of_edition(edition.id, stand))


@stands_organiser.post("/<int:stand>/draw/<any(box, corners):how>")
@places
@once
def reshape(edition: Edition, stand: int, how: str) -> Answer:
    """Move a stand or draw it anew, as a rectangle or by its corners."""
    one = queries.stand_of_edition(edition.id, stand)
    form: BoxForm | CornersForm = BoxForm() if how == "box" else CornersForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.reshape_stand(one.id, form.corners, version=form.version.data, agreed=form.agreed.data or "", **by_whom())
            return _done(edition, one.hall_id, _("Stand %(stand)s is drawn anew.", stand=one.number))
    return _show_stand(edition, one, form)


@stands_organiser.post("/<int:stand>/draw/describe")
@places
@once
def describe(edition: Edition, stand: int) -> Answer:
    """Give a stand another number, kind or open sides."""
    one, form = queries.stand_of_edition(edition.id, stand), DescribeForm()
    if form.validate_on_submit():
        with refusals(form):
            words = {"number": form.number.data or "", "kind": form.kind.data, "open_on": form.sides}
            changed = operations.describe_stand(one.id, **words, version=form.version.data, agreed=form.agreed.data or "", **by_whom())
            return _done(edition, one.hall_id, _("Stand %(stand)s is changed.", stand=changed.number))
    return _show_stand(edition, one, form)


@stands_organiser.post("/<int:stand>/draw/split")
@places
@once
def split(edition: Edition, stand: int) -> Answer:
    """Cut a stand in two."""
    one, form = queries.stand_of_edition(edition.id, stand), SplitForm()
    if form.validate_on_submit():
        with refusals(form):
            parts = operations.split_stand(one.id, form.across.data, form.half_metres, form.number.data or "", version=form.version.data, **by_whom())
            return _done(edition, one.hall_id, _("There are two stands now: %(first)s and %(second)s.", first=parts[0].number, second=parts[1].number))
    return _show_stand(edition, one, form)


@stands_organiser.post("/<int:stand>/draw/merge")
@places
@once
def merge(edition: Edition, stand: int) -> Answer:
    """Make one stand of this one and others beside it."""
    one, form = queries.stand_of_edition(edition.id, stand), MergeForm()
    if form.validate_on_submit():
        for other, _version in form.chosen:
            queries.stand_of_edition(edition.id, other)
        with refusals(form):
            new = operations.merge_stands([(one.id, form.version.data), *form.chosen], form.number.data or "", **by_whom())
            return _done(edition, new.hall_id, _("They are one stand now: %(stand)s.", stand=new.number))
    return _show_stand(edition, one, form)


@stands_organiser.post("/<int:stand>/draw/retire")
@places
@once
def retire(edition: Edition, stand: int) -> Answer:
    """Take a stand off the plan."""
    one, form = queries.stand_of_edition(edition.id, stand), RetireForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.take_off_the_plan(one.id, version=form.version.data, **by_whom())
            return _done(edition, one.hall_id, _("Stand %(stand)s is off the plan.", stand=one.number))
    return _show_stand(edition, one, form)
