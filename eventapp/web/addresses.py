"""What an address can hold: numbers of rows, and characters that a database can look for."""

from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

from eventapp.core.errors import NotThere

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """The number of a row; a larger one leads nowhere, as one that was never given."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = 1, max: int | None = LARGEST) -> None:  # noqa: A002 - werkzeug's names
        super().__init__(map, fixed_digits, min, max)


def _refuse_null(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let an address with a null character lead nowhere: PostgreSQL could not even look for it."""
    if "\x00" in request.path or any("\x00" in value for _, value in request.args.items(multi=True)):
        raise NotThere


def init_app(app: Flask) -> None:
    """Let `<int:...>` in every address mean a row's number, and look at addresses before anything else does."""
    app.url_map.converters["int"] = RowNumber
    app.url_value_preprocessor(_refuse_null)
