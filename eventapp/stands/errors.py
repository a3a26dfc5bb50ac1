"""Why a stand cannot be given."""

from eventapp.core.errors import N_, Refusal


class StandTaken(Refusal):
    """Another exhibitor has the stand."""

    message = N_("Stand %(stand)s is already allocated to %(by)s. Choose another one.")
    field = "stand"


class AlreadyTheirs(Refusal):
    """The exhibitor has the stand already."""

    message = N_("Stand %(stand)s is already allocated to this exhibitor.")
    field = "stand"


class NotTheirs(Refusal):
    """The exhibitor has not this stand."""

    message = N_("Stand %(stand)s is not allocated to this exhibitor any more.")


class ExhibitorNotAccepted(Refusal):
    """Only accepted exhibitors get a stand."""

    message = N_("%(name)s has no accepted application. Accept it first, then allocate a stand.")


class NoSuchStand(Refusal):
    """The edition has no stand of that number."""

    message = N_("There is no stand %(stand)s in this edition. Check the number on the floor plan.")
    field = "number"
    status = 422


class StandNumberTaken(Refusal):
    """The edition has a stand of that number."""

    message = N_("There is already a stand %(stand)s in this edition. Choose another number.")
    field = "number"


class StandsStickOut(Refusal):
    """A hall cannot be smaller than what stands in it."""

    message = N_("These stands would stick out of the hall: %(stands)s. Make it larger, or move them first.")
    field = "width_m"


class HallHasStands(Refusal):
    """A hall with stands cannot be removed."""

    message = N_("Hall %(hall)s has %(count)s stands on the floor plan, so it stays.")
