"""How long a search may take."""

import time


class Deadline:
    """When a search has to end."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Say how many seconds are left."""
        return max(0.0, self.ends - time.monotonic())

    @property
    def is_over(self) -> bool:
        """Say whether the time is over."""
        return self.left <= 0
