"""What an address can hold: numbers of rows, and characters that a database can look for."""

from typing import Any

from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter, Map
from werkzeug.utils import cached_property

from eventapp.core.errors import NotThere

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """The number of a row; a larger one leads nowhere, as one that was never given."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = 1, max: int | None = LARGEST) -> None:  # noqa: A002 - werkzeug's names
        super().__init__(map, fixed_digits, min, max)


class CleanRequest(Request):
    """A request whose query has no null characters: PostgreSQL could not even look for them."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """Read the query."""
        return ImmutableMultiDict((name, value.replace("\x00", "")) for name, value in super().args.items(multi=True))


def _refuse_null(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let an address with a null character lead nowhere."""
    if "\x00" in request.path:
        raise NotThere


def init_app(app: Flask) -> None:
    """Let `<int:...>` in every address mean a row's number, and look at addresses before anything else does."""
    app.request_class = CleanRequest
    app.url_map.converters["int"] = RowNumber
    app.url_value_preprocessor(_refuse_null)
