"""Logs: one JSON line an event in production, readable lines elsewhere."""

import logging

import structlog

from config import Settings


def init_app(settings: Settings) -> None:
    """Set the logs up."""
    level = logging.getLevelNamesMapping().get(settings.log_level, logging.INFO)
    render = structlog.processors.JSONRenderer() if settings.is_production else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso"),
            structlog.processors.format_exc_info,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
