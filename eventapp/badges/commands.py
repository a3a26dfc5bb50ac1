"""`flask badges`: the keys that sign badges."""

import click
from flask import current_app
from flask.cli import with_appcontext

from eventapp.badges.errors import KeysError
from eventapp.badges.token import Keyring, key_files, make_key
from eventapp.web.console import Commands

badges = Commands("badges", help="Badges: the keys that sign them.")


@badges.group("keys", invoke_without_command=True)
@click.pass_context
@with_appcontext
def keys(context: click.Context) -> None:
    """List the badge keys; `new` makes one."""
    if context.invoked_subcommand is not None:
        return
    folder = current_app.config["SETTINGS"].keys_dir
    try:
        ring = Keyring.load(folder)
    except KeysError as error:
        raise click.ClickException(str(error)) from error
    for number, public in ring.public_hex.items():
        click.echo(f"{number}  {public}  {'signs' if int(number) == ring.newest else 'verifies'}")


@keys.command("new")
@with_appcontext
def new() -> None:
    """Make a new key; from now on it signs, and the older ones still verify."""
    folder = current_app.config["SETTINGS"].keys_dir
    try:
        number = make_key(folder)
        Keyring.load(folder)
    except (KeysError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Key {number} is in {key_files(folder)[number]}. Keep a copy in a safe place: it is in no backup of the database.")
