"""The one table of commands."""

from flask import Flask
from flask.cli import AppGroup

from eventapp import doctor

GROUPS: tuple[AppGroup, ...] = ()


def register(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(doctor.command)
    for group in GROUPS:
        app.cli.add_command(group)
