"""The one table of commands."""

from flask import Flask
from flask.cli import AppGroup

from eventapp import doctor
from eventapp.accounts.commands import accounts
from eventapp.badges.commands import badges
from eventapp.demo.commands import demo
from eventapp.doors.commands import doors

GROUPS: tuple[AppGroup, ...] = (accounts, badges, doors, demo)


def register(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(doctor.command)
    for group in GROUPS:
        app.cli.add_command(group)
