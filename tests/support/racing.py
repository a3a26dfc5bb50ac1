"""Several people doing the same thing at the same moment, each in a thread of its own."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from eventapp.core.db import db, is_transient

TRIES = 4


def race(app: Flask, act: Callable[[Any], str], over: Iterable[Any]) -> dict[str, int]:
    """Let each of `over` act at once; count how it ended for them, as they say it. A fault counts under its name."""
    those = list(over)
    together, lock, ended = threading.Barrier(len(those)), threading.Lock(), Counter[str]()

    def one(who: Any) -> None:
        together.wait()
        with app.app_context():
            how = _tried(act, who)
        with lock:
            ended[how] += 1

    threads = [threading.Thread(target=one, args=(who,)) for who in those]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return dict(ended)


def _tried(act: Callable[[Any], str], who: Any) -> str:
    """Act, as the web does: what a deadlock undid is tried again."""
    for attempt in range(1, TRIES + 1):
        try:
            return act(who)
        except Exception as error:  # noqa: BLE001 - the count of faults is what is asserted
            if attempt == TRIES or not is_transient(error):
                return type(error).__name__
            db.session.rollback()
    raise AssertionError
