"""`flask demo`: load the example editions, and tell who signs in."""

import os
import secrets
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from config import Settings
from eventapp.core import clock
from eventapp.core.errors import Refusal
from eventapp.demo import queries
from eventapp.demo.errors import EditionsThere, OnlyForDemos, RealEditionThere
from eventapp.demo.operations import empty_database, load_demo
from eventapp.demo.rules.crowd import Size
from eventapp.demo.rules.people import SHOW_START, sign_ins
from eventapp.documents import store
from eventapp.web.console import Commands

demo = Commands("demo", help="The demo: two example editions of SISTEP, with accounts for every role.")


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing when the database holds an edition; only tell the sign-ins.")
@click.option("--anew", is_flag=True, help="Empty a database that holds examples only, and load the demo again.")
@click.option("--visitors", type=click.IntRange(20, 100_000), default=Size.visitors, show_default=True, help="How many visitors are registered.")
@with_appcontext
def load(if_empty: bool, anew: bool, visitors: int) -> None:
    """Load the demo editions into an empty database; refused in production."""
    settings: Settings = current_app.config["SETTINGS"]
    try:
        if _loads(settings, if_empty=if_empty, anew=anew):
            _fill(settings, visitors, anew=anew)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if queries.is_demo():
        _tell_sign_ins(settings)


def _loads(settings: Settings, *, if_empty: bool, anew: bool) -> bool:
    """Say whether there is something to load; refuse where it would destroy or mix."""
    if settings.is_production:
        raise OnlyForDemos
    if not queries.tables_are_there():
        raise click.ClickException("The database has no tables yet. Make them with: flask db upgrade")
    there = queries.editions()
    if if_empty or not there:
        return not there
    real = [slug for slug, is_example in there if not is_example]
    if real:
        raise RealEditionThere(editions=", ".join(real))
    if not anew:
        raise EditionsThere(editions=", ".join(slug for slug, _ in there))
    return True


def _fill(settings: Settings, visitors: int, *, anew: bool) -> None:
    """Empty the database if asked to, then load."""
    if anew:
        empty_database(settings.migration_database_url or settings.database)
        upgrade()
        store.empty()
    size = Size(visitors=visitors, admitted=round(visitors * 0.3))
    click.echo(f"Loading the demo: three editions, {visitors} visitors. This takes a few seconds.")
    password = settings.demo_password or _kept_password(settings, make=True)
    if settings.demo_password:
        _file(settings).unlink(missing_ok=True)
    load_demo(password, size=size, show_at=settings.clock_start or SHOW_START, real_now=clock.real_now())


def _file(settings: Settings) -> Path:
    return settings.instance_dir / "demo-password"


def _kept_password(settings: Settings, *, make: bool = False) -> str:
    """Read the generated password, which only this user may read; make it when there is none yet."""
    file = _file(settings)
    if make and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
            kept.write(f"{secrets.token_urlsafe(9)}\n")
    return file.read_text().strip() if file.exists() else ""


def _password_in_words(settings: Settings) -> str:
    """Name the password that the accounts have, or say how to set one."""
    known = next((password for password in (settings.demo_password, _kept_password(settings)) if password and queries.password_is(password)), None)
    if known is None:
        return "another one than DEMO_PASSWORD; to set it: make demo"
    return "DEMO_PASSWORD, as you set it" if known == settings.demo_password else known


def _tell_sign_ins(settings: Settings) -> None:
    """Print who signs in as what."""
    rows = sign_ins()
    wide = max(len(row.email) for row in rows)
    click.echo(f"\nDemo sign-ins at {settings.base_url}/sign-in")
    for row in rows:
        click.echo(f"  {row.email:<{wide}}  {row.does}")
    click.echo(f"  password: {_password_in_words(settings)}\n")
