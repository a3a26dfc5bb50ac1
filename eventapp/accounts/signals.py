"""What rooms above act on, inside this room's transaction."""

from blinker import Signal

invitation_accepted = Signal()  # invitation=Invitation of kind "exhibitor", user=User, now=datetime
