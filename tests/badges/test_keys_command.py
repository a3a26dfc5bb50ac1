"""`flask badges keys`."""

from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from eventapp import create_app
from eventapp.badges import token
from eventapp.badges.errors import KeysError
from tests.support.databases import test_settings as settings_in


def make_app(folder: Path, env: str) -> Flask:
    return create_app(settings_in(folder, f"sqlite:///{folder / 'x.sqlite'}", app_env=env))


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["badges", *arguments])
    return result.exit_code, result.output


def test_keys_are_made_and_listed(tmp_path: Path) -> None:
    app = make_app(tmp_path, "test")
    status, says = run(app, "keys")
    assert (status, "flask badges keys new" in says) == (1, True)
    assert [run(app, "keys", "new")[0] for _ in range(2)] == [0, 0]
    lines = run(app, "keys")[1].splitlines()
    assert [(line.split()[0], len(line.split()[1]), line.split()[2]) for line in lines] == [("1", 64, "verifies"), ("2", 64, "signs")]


def test_production_never_makes_a_key_by_itself(tmp_path: Path) -> None:
    with make_app(tmp_path, "production").app_context(), pytest.raises(KeysError, match="flask badges keys new"):
        token.keyring()
    assert not (tmp_path / "keys").exists()


def test_elsewhere_the_first_key_is_made_on_demand_and_a_new_one_is_noticed(tmp_path: Path) -> None:
    app = make_app(tmp_path, "test")
    with app.app_context():
        assert token.keyring().newest == 1
        run(app, "keys", "new")
        assert token.keyring().newest == 2


def test_the_address_on_a_badge_is_in_capitals_on_the_configured_host(tmp_path: Path) -> None:
    app = create_app(settings_in(tmp_path, f"sqlite:///{tmp_path / 'x.sqlite'}", base_url="https://badge.show.example"))
    with app.app_context():
        assert token.address("ABC") == "HTTPS://BADGE.SHOW.EXAMPLE/B/ABC"


def test_help_is_there(tmp_path: Path) -> None:
    app = make_app(tmp_path, "test")
    assert [run(app, *words, "--help")[0] for words in ((), ("keys",), ("keys", "new"))] == [0, 0, 0]
    assert isinstance(app.config["SETTINGS"], Settings)


def test_without_keys_a_reader_is_told_to_come_back_and_nothing_of_the_folder(tmp_path: Path) -> None:
    app = make_app(tmp_path, "production")
    answer = app.test_client().get(f"/B/{'A' * 132}", headers={"Accept-Language": "en"})
    assert (answer.status_code, "the keys that sign badges are missing" in answer.text, "very busy" in answer.text, str(tmp_path) in answer.text) == (503, True, False, False)
