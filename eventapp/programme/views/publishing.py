"""What is about to be published, and the versions so far."""

from flask import flash, render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.programme import operations, queries, rules
from eventapp.programme.forms import ConfirmForm
from eventapp.programme.views.blueprint import manages, programme_organiser, reads, to
from eventapp.web.forms import refusals


def _show(edition: Edition, form: ConfirmForm) -> tuple[str, int]:
    last, snapshot = queries.latest_version(edition.id), queries.working_snapshot(edition.id)
    old = last.snapshot if last else {"rooms": snapshot["rooms"], "sessions": []}
    rooms = {room["id"]: room["name"] for version in (old, snapshot) for room in version["rooms"]}
    facts = {"changes": rules.changes(old, snapshot), "rooms": rooms, "rooms_differ": old["rooms"] != snapshot["rooms"]}
    return render_template(
        "programme/organiser/publish.html", form=form, last=last, versions=queries.versions_of(edition.id), scheduled=len(snapshot["sessions"]), **facts
    ), form.status


@programme_organiser.get("/publish")
@reads
def publishing(edition: Edition) -> tuple[str, int]:
    """Show what differs from the published version."""
    return _show(edition, ConfirmForm(formdata=None))


@programme_organiser.post("/publish")
@manages
def publish(edition: Edition) -> Response | tuple[str, int]:
    """Publish the programme as it is now."""
    form = ConfirmForm()
    if form.validate():
        with refusals(form):
            version = operations.publish(edition.id, actor_id=current_user.id, now=clock.show_now())
            flash(_("Version %(number)s is published. Everybody sees it now.", number=version.number), "ok")
            return to(edition, "publishing")
    return _show(edition, form)
