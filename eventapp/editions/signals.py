"""What happens to editions; whoever stands above acts, or refuses, in the same transaction."""

from blinker import Signal

edition_made_from = Signal("a new edition was made from an old one")  # old, new, actor_id, now
days_changing = Signal("an edition's days or hours are changing")  # edition (with its new days), open_days
hall_changing = Signal("a hall gets another size")  # hall (with its new size)
hall_leaving = Signal("a hall is about to be removed")  # hall
zone_leaving = Signal("a zone is about to be removed")  # zone
