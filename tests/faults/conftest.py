"""Faults: how many of them, and installations with a door to strike."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from eventapp import create_app
from eventapp.core.db import db
from tests.load.doors import seed
from tests.support.databases import named, sqlalchemy_url, test_settings
from tests.support.server import Server, installation

BADGES = 60


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a campaign be asked for."""
    parser.addoption("--campaign", action="store_true", help="run the large counts of the fault tests")


@dataclass(frozen=True)
class Counts:
    """How often each fault strikes, for each kind of database."""

    kills: int
    deliveries: int
    terminations: int


@pytest.fixture(scope="session")
def counts(request: pytest.FixtureRequest) -> Counts:
    """The small counts, or with --campaign the large ones."""
    return Counts(500, 50_000, 100) if request.config.getoption("--campaign", default=False) else Counts(15, 2000, 5)


@dataclass(frozen=True)
class Struck:
    """A served installation with one gate, one device and badges."""

    server: Server
    gate: int
    tokens: list[str]


@pytest.fixture(params=["sqlite", "postgresql"])
def struck(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[Struck]:
    """An installation of its own on each kind of database, seeded and serving."""
    url = f"sqlite:///{tmp_path / 'eventapp.sqlite'}"
    if request.param == "postgresql":
        address, name = request.getfixturevalue("postgres_server"), f"faults_{worker_id}"
        with psycopg.connect(address, autocommit=True) as control:
            control.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            control.execute(f"CREATE DATABASE {name}")
        url = sqlalchemy_url(named(address, name))
    with installation(tmp_path, url) as server:
        app = create_app(test_settings(tmp_path, url))
        gate, tokens, _key = seed(app, BADGES)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        server.start()
        yield Struck(server, gate, tokens)
