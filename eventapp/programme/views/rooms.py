"""Rooms."""

from flask import flash, render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.programme import operations, queries
from eventapp.programme.forms import ConfirmForm, RoomForm
from eventapp.programme.views.blueprint import manages, programme_organiser, reads, to
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.pressing import once


@programme_organiser.get("/rooms")
@reads
def rooms(edition: Edition) -> str:
    """List the rooms."""
    halls = {hall.id: hall.name for hall in edition.halls}
    return render_template("programme/organiser/rooms.html", rooms=queries.rooms_of(edition.id), uses=queries.uses_of_rooms(edition.id), halls=halls)


@programme_organiser.route("/rooms/new", methods=["GET", "POST"])
@manages
@once
def new_room(edition: Edition) -> Response | tuple[str, int]:
    """Add a room."""
    form = RoomForm(turnover="15")
    form.offer(edition.halls)
    if form.validate_on_submit():
        with refusals(form):
            added = operations.add_room(edition.id, **form.values, actor_id=current_user.id, now=clock.show_now())
            flash(_("%(room)s was added.", room=i18n.text(added.name)), "ok")
            return to(edition, "rooms")
    return render_template("programme/organiser/room.html", form=form, room=None), form.status


@programme_organiser.route("/rooms/<int:room_id>", methods=["GET", "POST"])
@manages
@once
def room(edition: Edition, room_id: int) -> Response | tuple[str, int]:
    """Change a room."""
    one = queries.room_of_edition(edition.id, room_id)
    form = RoomForm()
    form.offer(edition.halls)
    if not form.is_submitted():
        form.fill(one)
    elif form.validate():
        with refusals(form):
            operations.change_room(one.id, **form.values, version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("%(room)s was changed.", room=i18n.text(one.name)), "ok")
            return to(edition, "rooms")
        form.version.data = one.version
    return render_template("programme/organiser/room.html", form=form, room=one), form.status


@programme_organiser.route("/rooms/<int:room_id>/remove", methods=["GET", "POST"])
@manages
@once
def remove_room(edition: Edition, room_id: int) -> Response | tuple[str, int]:
    """Ask once more, then remove a room."""
    one = queries.room_of_edition(edition.id, room_id)
    form, name = ConfirmForm(), i18n.text(one.name)
    if form.validate_on_submit():
        with refusals(form):
            operations.remove_room(one.id, actor_id=current_user.id, now=clock.show_now())
            flash(_("%(room)s was removed.", room=name), "ok")
            return to(edition, "rooms")
    return render_template("programme/organiser/remove_room.html", form=form, room=one, used=queries.uses_of_rooms(edition.id).get(one.id, 0)), form.status
