"""`flask doctor`: prove every invariant on the data as they are; non-zero status on a breach."""

from collections.abc import Callable, Iterable

import click
from flask.cli import with_appcontext

from eventapp.core.append_only import missing_triggers
from eventapp.core.db import db

Check = Callable[[], Iterable[str]]


def append_only_triggers() -> list[str]:
    """List triggers of append-only tables that are missing."""
    return [f"trigger {name} is missing" for name in missing_triggers(db.session.connection())]


# What must hold, and the query that lists its breaches.
CHECKS: tuple[tuple[str, Check], ...] = (("facts cannot be changed", append_only_triggers),)


def examine() -> dict[str, list[str]]:
    """Run every check; return the breaches of each, in words."""
    return {name: list(check()) for name, check in CHECKS}


@click.command("doctor")
@with_appcontext
def command() -> None:
    """Prove that the data keep every rule; list what does not."""
    found = examine()
    for name, breaches in found.items():
        click.echo(f"{'BREACH' if breaches else 'ok':7}{name}")
        for breach in breaches[:50]:
            click.echo(f"         {breach}")
    if any(found.values()):
        raise SystemExit(1)
