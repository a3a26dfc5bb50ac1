"""`flask doors`: the figures of the doors."""

import click
from flask.cli import with_appcontext

from eventapp.doors.operations.counting import recount
from eventapp.web.console import Commands

doors = Commands("doors", help="Doors: the figures that follow from scans.")


@doors.command("recount")
@with_appcontext
def recount_command() -> None:
    """Compute presence and visits anew from the scans, and print what changed."""
    changed = recount()
    for line in changed:
        click.echo(line)
    click.echo(f"{len(changed)} figures changed." if changed else "Presence and visits agree with the scans; nothing changed.")
