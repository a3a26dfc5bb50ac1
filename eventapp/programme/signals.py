"""What other rooms act on, inside this room's transaction."""

from blinker import Signal

session_left_programme = Signal()  # session=ProgrammeSession, now a draft or cancelled; actor_id=int | None, now=datetime
