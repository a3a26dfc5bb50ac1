"""Turn the `<edition>` of an address into the edition itself, before any view runs."""

from typing import Any

from flask import Flask, g
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from eventapp.accounts.access import OF_EDITION, Rule, roles_in, rule_of, sign_in_first
from eventapp.core.errors import NotThere
from eventapp.editions import queries
from eventapp.editions.models import Edition


def my_editions() -> list[Edition]:
    """List the editions that the signed-in user organises, latest first: for the switch between them."""
    if current_user.is_owner:
        return queries.all_editions()
    return queries.editions_by_id({grant.edition_id for grant in current_user.roles})


def _prepares(edition: Edition, rule: Rule) -> bool:
    """Say whether the reader is one of those who prepare an edition that nobody else knows of, on a page of theirs."""
    return rule.kind in OF_EDITION and bool(roles_in(current_user, edition.id))


def _show() -> dict[str, Any]:
    """Name the show in whose frame a page stands: its edition, else the current one; an error page does without when the database is not there."""
    edition = g.get("edition")
    try:
        return {"site_show": edition if edition is not None and edition.state != "draft" else queries.current_edition()}
    except SQLAlchemyError:
        return {"site_show": None}


def init_app(app: Flask) -> None:
    """Let every view with `<edition>` in its address receive the Edition."""
    app.jinja_env.globals["my_editions"] = my_editions
    app.context_processor(_show)

    @app.url_value_preprocessor
    def load(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if endpoint is None or not values or "edition" not in values:
            return
        rule = rule_of(app, endpoint)
        if rule is None:
            raise NotThere
        sign_in_first(rule)
        edition = queries.edition_named(values["edition"])
        if edition.state == "draft" and not _prepares(edition, rule):
            raise NotThere
        values["edition"] = g.edition = edition
        g.edition_id = edition.id
