"""Commands that end in a clear line: what a person at a console can mend is told in words, without a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from eventapp.core.errors import Refusal

_NO_SUCH_TABLE = {"42P01", "42703"}


@contextmanager
def clear_line() -> Iterator[None]:
    """Tell in one line that an operation refuses, that the tables are missing, or that the database does not answer."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(_in_words(error)) from error


def _in_words(error: OperationalError | ProgrammingError) -> str:
    said = " ".join(str(error.orig).split())
    if getattr(error.orig, "sqlstate", None) in _NO_SUCH_TABLE or said.startswith(("no such table", "no such column")):
        return "The database has not this version's tables. Bring it up to date with: flask db upgrade"
    return f"The database does not do its work: {said}"


class Command(click.Command):
    """A command that ends in a clear line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with clear_line():
            return super().invoke(ctx)


class Commands(AppGroup):
    """A group of commands that end in a clear line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        with clear_line():
            return super().invoke(ctx)
