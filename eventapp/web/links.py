"""Whole addresses for mail, badges and calendars: always from BASE_URL, never from the request's Host."""

from urllib.parse import urlsplit

from flask import current_app


def link(endpoint: str, **values: str | int | None) -> str:
    """Write the whole address of an endpoint."""
    base = urlsplit(current_app.config["BASE_URL"])
    adapter = current_app.url_map.bind(base.netloc, script_name=base.path or "/", url_scheme=base.scheme)
    return adapter.build(endpoint, values, force_external=True)
