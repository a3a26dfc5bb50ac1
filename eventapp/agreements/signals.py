"""What rooms above say about people, when the protocol officer asks who is meant."""

from blinker import Signal

people_asked_about = Signal()  # edition_id=int, traces=dict[int, list[Trace]]; the people's ids, each with a list to add to
