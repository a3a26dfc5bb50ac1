"""What other rooms act on, inside this room's transaction."""

from blinker import Signal

programme_published = Signal()  # version=PublishedVersion, now=datetime
session_left_programme = Signal()  # session=ProgrammeSession, now a draft or cancelled; actor_id=int | None, now=datetime
