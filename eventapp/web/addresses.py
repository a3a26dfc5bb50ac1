"""Numbers in addresses: only those that a database can hold are addresses at all."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """The number of a row; a larger one leads nowhere, as one that was never given."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = 1, max: int | None = LARGEST) -> None:  # noqa: A002 - werkzeug's names
        super().__init__(map, fixed_digits, min, max)


def init_app(app: Flask) -> None:
    """Let `<int:...>` in every address mean a row's number."""
    app.url_map.converters["int"] = RowNumber
