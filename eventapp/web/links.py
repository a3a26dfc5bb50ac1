"""Whole addresses for mail, badges and calendars: always from BASE_URL, never from the request's Host."""

from urllib.parse import urljoin

from flask import current_app, url_for


def link(endpoint: str, **values: str | int | None) -> str:
    """Write the whole address of an endpoint, fit for a mail."""
    with current_app.test_request_context(base_url=current_app.config["BASE_URL"]):
        return urljoin(f"{current_app.config['BASE_URL']}/", url_for(endpoint, **values))  # type: ignore[arg-type]
