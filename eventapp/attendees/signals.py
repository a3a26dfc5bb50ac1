"""What other rooms act on, inside this room's transaction."""

from blinker import Signal

attendee_registered = Signal()  # attendee=Attendee, now=datetime; new, or back after a withdrawal
attendee_changed = Signal()  # attendee=Attendee, actor_id=int | None, now=datetime; name, company or hats, so that the badge is another
attendee_withdrawn = Signal()  # attendee=Attendee, actor_id=int | None, now=datetime
registered_again = Signal()  # attendee=Attendee, now=datetime; somebody gave the name and address of a known attendee
