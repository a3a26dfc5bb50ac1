"""Fixtures: an app on a fresh real database, on SQLite and on PostgreSQL; a client; the fixed cast."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventapp import create_app
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.schedule import queries as schedule
from tests.support.browsing import Browser
from tests.support.cast import *
from tests.support.databases import PostgresStore, SqliteStore, Store, start_postgres, test_settings
from tests.support.everybody import House, house

POSTGRES = pytest.StashKey[Any]()


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the process that hands out the work."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        config.stash[POSTGRES] = start_postgres()


def pytest_configure_node(node: Any) -> None:
    """Tell a worker where the server is."""
    node.workerinput["postgres"] = node.config.stash[POSTGRES][0]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop PostgreSQL."""
    if POSTGRES in config.stash:
        config.stash[POSTGRES][1]()


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> str:
    """Name the running PostgreSQL server."""
    workerinput = getattr(request.config, "workerinput", None)
    return str(workerinput["postgres"]) if workerinput else str(request.config.stash[POSTGRES][0])


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Store:
    """One database of each kind for a worker."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        return SqliteStore(folder)
    return PostgresStore(request.getfixturevalue("postgres_server"), folder, worker_id)


@pytest.fixture(scope="session")
def whole_app(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One app for each kind of database."""
    app = create_app(test_settings(tmp_path_factory.mktemp("instance"), store.url))
    app.test_client_class = Browser
    return app


@pytest.fixture
def app(whole_app: Flask, store: Store) -> Iterator[Flask]:
    """The app on a fresh database, inside an application context."""
    store.reset()
    clock.forget_anchor()
    schedule.forget()
    with whole_app.app_context():
        yield whole_app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, reading English."""
    browser = app.test_client()
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


@pytest.fixture(scope="session")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An app with rows of every kind and somebody of every kind, on SQLite; whatever a request changes is put back."""
    folder = tmp_path_factory.mktemp("everybody")
    with house(SqliteStore(folder), folder) as built:
        yield built


@pytest.fixture(scope="session")
def everybody_on_postgres(postgres_server: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[House]:
    """The same on PostgreSQL."""
    folder = tmp_path_factory.mktemp("everybody")
    with house(PostgresStore(postgres_server, folder, f"everybody_{worker_id}"), folder) as built:
        yield built


@pytest.fixture
def outbox_folder(app: Flask) -> Path:
    """Where delivered mail lies in tests."""
    return Path(app.config["SETTINGS"].instance_dir) / "outbox"
