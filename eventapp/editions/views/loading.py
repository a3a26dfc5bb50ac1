"""Turn the `<edition>` of an address into the edition itself, before any view runs."""

from typing import Any

from flask import Flask, g

from eventapp.accounts.access import rule_of
from eventapp.core.errors import NotThere
from eventapp.editions import queries


def init_app(app: Flask) -> None:
    """Let every view with `<edition>` in its address receive the Edition."""

    @app.url_value_preprocessor
    def load(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if endpoint is None or not values or "edition" not in values:
            return
        edition = queries.edition_named(values["edition"])
        rule = rule_of(app, endpoint)
        if edition.state == "draft" and (rule is None or rule.kind != "organiser"):
            raise NotThere
        values["edition"] = g.edition = edition
        g.edition_id = edition.id
