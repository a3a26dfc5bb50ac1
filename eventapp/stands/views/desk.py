"""The organiser's pages of stands: who may use them, and who did it."""

from typing import Any

from flask import Blueprint
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.core import clock
from eventapp.web import gone
from eventapp.web.gone import Gone

stands_organiser = Blueprint("stands_organiser", __name__)
gone.tell("stands_organiser", "feature_id", Gone(("feature.removed",), "feature", "stands_organiser.plan", _l("This was removed from the plan.")))
reads = access.organiser(Role.EXHIBITOR_MANAGER, Role.FINANCE)
places = access.organiser(Role.EXHIBITOR_MANAGER)
Answer = Response | tuple[str, int]


def by_whom() -> dict[str, Any]:
    """Say who acts, and when."""
    return {"actor_id": current_user.id, "now": clock.show_now()}
