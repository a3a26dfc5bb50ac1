"""`start`: from starting the server's process to its first answer; and from `make run`, with everything installed and loaded, to the same."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.load.report import median, report
from tests.support.server import ROOT, Server, free_port, installation


def bench(*, repetitions: int = 5) -> list[dict[str, Any]]:
    """Measure how long a start takes, in seconds; the floor is the same server with a bare page."""
    with tempfile.TemporaryDirectory(prefix="eventapp-bench-") as name, installation(Path(name)) as server:
        product: list[float] = []
        floor: list[float] = []
        for _ in range(repetitions):
            for times, application in ((product, "wsgi:app"), (floor, "tests.load.hello:app")):
                started = time.perf_counter()
                server.start(application=application, ready="/healthz")
                times.append(time.perf_counter() - started)
                server.stop()
    value = median(product)
    return [report("start", value, "s", floor=median(floor), goal="2 s", ok=value <= 2), _make_run(min(repetitions, 3))]


def _make_run(repetitions: int) -> dict[str, Any]:
    """Measure `make run` when all is installed: first with the demo to load, then with the demo there."""
    with tempfile.TemporaryDirectory(prefix="eventapp-bench-") as name:
        server = Server(Path(name), "", app_env="demo", port=free_port())
        first = _until_it_answers(server)
        later = [_until_it_answers(server) for _ in range(repetitions)]
    value = median(later)
    return report("start.make_run", value, "s", goal="10 s with everything installed", ok=value <= 10, with_demo_to_load_s=round(first, 2))


def _until_it_answers(server: Server) -> float:
    """Run what `make run` runs and wait for an answer; end the whole group of processes again."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "tools/run.py"], cwd=ROOT, env=server.environment, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        while time.perf_counter() - started < 120:
            try:
                with urllib.request.urlopen(f"{server.base}/healthz", timeout=2):
                    return time.perf_counter() - started
            except OSError:
                assert process.poll() is None, "make run ended at its start"
                time.sleep(0.02)
        raise AssertionError("make run does not answer")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)
