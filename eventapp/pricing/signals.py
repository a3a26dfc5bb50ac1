"""What happens to prices; whoever stands above may refuse in the same transaction."""

from blinker import Signal

price_leaving = Signal("a price is about to be removed")  # item
