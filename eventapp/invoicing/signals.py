"""What rooms above act on, inside this room's transaction."""

from blinker import Signal

account_changed = Signal("something was paid or credited, so that less may be waited for")  # exhibitor_id
