"""What happens to stands; whoever stands above may refuse in the same transaction."""

from blinker import Signal

stands_changing = Signal("an exhibitor is about to get or lose a stand, or its stand to be drawn anew")  # exhibitor_id
