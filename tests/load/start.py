"""`start`: from starting the server's process to its first answer."""

import tempfile
import time
from pathlib import Path
from typing import Any

from tests.load.report import median, report
from tests.support.server import installation


def bench(*, repetitions: int = 5) -> list[dict[str, Any]]:
    """Measure how long a start takes, in seconds; the floor is the same server with a bare page."""
    with tempfile.TemporaryDirectory(prefix="eventapp-bench-") as name, installation(Path(name)) as server:
        product, floor = [], []
        for _ in range(repetitions):
            for times, application in ((product, "wsgi:app"), (floor, "tests.load.hello:app")):
                started = time.perf_counter()
                server.start(application=application, ready="/healthz")
                times.append(time.perf_counter() - started)
                server.stop()
    value = median(product)
    return [report("start", value, "s", floor=median(floor), goal="2 s", ok=value <= 2)]
