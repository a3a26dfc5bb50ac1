"""Flask's extensions, made once and given to the app by the factory."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, g
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from sqlalchemy import MetaData
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from eventapp.core.db import db


class SessionLogin(LoginManager):
    """Flask-Login without its remember-me cookie, which would read the session on every answer and make public pages vary by cookie."""

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


def _note_when_again(breached: RequestLimit) -> None:
    """Keep when the limit lets the next one in, for the page that says how long to wait."""
    g.again_at = max(breached.window[0], g.get("again_at", 0))


csrf = CSRFProtect()
login_manager = SessionLogin()
limiter = Limiter(get_remote_address, headers_enabled=False, strategy="moving-window", on_breach=_note_when_again)
migrate = Migrate()


def flask_config(settings: Settings, root: Path) -> dict[str, Any]:
    """Translate our settings into those of Flask and its extensions."""
    secure = settings.base_url.startswith("https://")
    return {
        "SETTINGS": settings,
        "APP_ENV": settings.app_env,
        "BASE_URL": settings.base_url,
        "SECRET_KEY": settings.secret_key,
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "SQLALCHEMY_DATABASE_URI": settings.database,
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # a fault in the log tells the statement, never what people wrote or a link's secret
        "TRANSLATIONS": root / "translations",
        "TESTING": settings.app_env == "test",
        "PROPAGATE_EXCEPTIONS": False,
        "MAX_CONTENT_LENGTH": 16 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
        "REMEMBER_COOKIE_SECURE": secure,
        "WTF_CSRF_TIME_LIMIT": None,
        "RATELIMIT_STORAGE_URI": settings.redis_url or "memory://",
        "RATELIMIT_ENABLED": settings.app_env != "test",
    }


def init_app(app: Flask, metadata: MetaData) -> None:
    """Give the extensions to the app."""
    proxies = app.config["SETTINGS"].proxies
    if proxies:  # else nobody may tell us by a header who they are
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    csrf.init_app(app)
    login_manager.init_app(app, add_context_processor=False)  # a public page must not read the session
    app.jinja_env.globals["current_user"] = current_user
    login_manager.session_protection = None
    limiter.init_app(app)
    migrate.init_app(app, db, directory=str(Path(app.root_path) / "migrations"), metadata=metadata)
