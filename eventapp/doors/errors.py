"""What is refused at doors."""

from eventapp.core.errors import N_, Refusal


class NoDevice(Refusal):
    """No device has this token, or it was revoked."""

    message = N_("This device is not enrolled. Ask the door supervisor for a code and enrol it again.")
    status = 401


class DeviceRevoked(NoDevice):
    """The device was taken out of use."""

    message = N_("This device was taken out of use. Ask the door supervisor for a new code.")


class NoSuchCode(Refusal):
    """No device waits for this enrolment code: mistyped, too old, or used already; nobody can tell which."""

    message = N_("This code is not valid. Check it, or ask the door supervisor for a new one: a code is good for 30 minutes and for one device.")
    status = 422
    field = "code"


class GateCodeTaken(Refusal):
    """Two gates of an edition cannot have one code."""

    message = N_("Another gate has the code %(code)s. Choose another code.")
    field = "code"


class NoZone(Refusal):
    """The zone is not one of this edition."""

    message = N_("Choose a zone of this edition.")
    status = 422
    field = "zone"


class NoGate(Refusal):
    """The gate is not one of this edition."""

    message = N_("Choose a gate of this edition.")
    status = 422
    field = "gate"


class DeviceGone(Refusal):
    """A device that was taken out of use cannot be used again."""

    message = N_("This device was taken out of use. Prepare a new one.")


class ZoneHasGates(Refusal):
    """A zone that a gate leads into cannot be removed."""

    message = N_("These gates lead into the zone: %(gates)s. Let them lead elsewhere first.")


class ZoneHasScans(Refusal):
    """What was scanned stays, and so does the zone it is about."""

    message = N_("Badges were scanned into this zone, and those facts stay. Let nobody in instead of removing it.")
