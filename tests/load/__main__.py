"""Run the benchmarks: `python -m tests.load`, or one of them with `--only NAME`."""

import argparse
import os
import sys
from collections.abc import Callable

os.environ.setdefault("LOG_LEVEL", "ERROR")

from tests.load import assigning, doors, schedule, stands, start

BENCHMARKS: dict[str, Callable[[], object]] = {
    "start": start.bench,
    "door.scan": doors.bench,
    "schedule.page": schedule.bench,
    "stands.rush": stands.bench,
    "stands.assign": assigning.bench,
}


def main() -> int:
    """Run what is asked for; the status says only whether the work was done right, not whether a goal was met."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--only", choices=sorted(BENCHMARKS))
    chosen = ask.parse_args().only
    for name, bench in BENCHMARKS.items():
        if chosen in {None, name}:
            bench()
    return 0


if __name__ == "__main__":
    sys.exit(main())
