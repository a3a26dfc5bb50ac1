"""eventapp: a trade show's exhibitors, agreement signings, badges, doors and schedule."""

from flask import Flask

import eventapp.core.zones  # noqa: F401 - zone rules from tzdata, before anything reads the clock
from config import ROOT, Settings, read_settings
from eventapp import blueprints, cli, extensions, models, wiring
from eventapp.accounts import access
from eventapp.core.db import db
from eventapp.jobs import worker
from eventapp.web import addresses, assets, headers, i18n, logs, pressing, problems, templating
from eventapp.web.problems import EventApp


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from its settings."""
    settings = settings or read_settings()
    app = EventApp("eventapp", root_path=str(ROOT), instance_path=str(settings.instance_dir))
    app.config.from_mapping(extensions.flask_config(settings, ROOT))
    logs.init_app(settings)
    db.init_app(app)
    extensions.init_app(app, models.metadata)
    i18n.init_app(app)
    headers.init_app(app)
    assets.init_app(app)
    templating.init_app(app)
    pressing.init_app(app)
    problems.init_app(app)
    addresses.init_app(app)
    blueprints.register(app)
    cli.register(app)
    wiring.connect()
    worker.attach(app, settings, wiring.TASKS, wiring.PERIODS)
    access.init_app(app)
    access.check_all_declared(app)
    return app
