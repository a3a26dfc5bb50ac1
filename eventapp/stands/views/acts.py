"""What a stand's history calls what was done."""

from flask_babel import lazy_gettext as _l

ACTS = {
    "stand.added": _l("Stand added"),
    "stand.allocated": _l("Stand allocated"),
    "stand.blocked": _l("Stand blocked"),
    "stand.described": _l("Stand's number, kind or sides changed"),
    "stand.freed": _l("Stand freed"),
    "stand.held": _l("Stand held"),
    "stand.hold_renewed": _l("Hold made longer"),
    "stand.left": _l("Left for another stand"),
    "stand.moved": _l("Moved here"),
    "stand.released": _l("Hold ended"),
    "stand.request_ended": _l("Request for a stand ended"),
    "stand.requested": _l("Stand requested"),
    "stand.reshaped": _l("Stand drawn anew"),
    "stand.retired": _l("Stand taken off the plan"),
    "stand.swapped": _l("Moved here by a swap"),
    "stand.unblocked": _l("Stand unblocked"),
    "stand.waiting_told": _l("Waiting list told of a free stand"),
    "stand.undone": _l("Stand's last change undone"),
}
