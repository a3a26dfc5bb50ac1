"""The demo, loaded into real databases."""

import dataclasses
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from config import Settings
from eventapp import doctor
from eventapp.accounts.models import User
from eventapp.accounts.passwords import is_right
from eventapp.agreements.models import Agreement
from eventapp.attendees.models import Attendee
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.demo import queries
from eventapp.demo.operations import empty_database, load_demo
from eventapp.demo.rules.crowd import Size
from eventapp.demo.rules.people import SHOW_START
from eventapp.doors.models import Presence, Scan, Visit
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.programme.models import ProgrammeSession
from eventapp.programme.queries import latest_version
from eventapp.stands.models import Stand, StandClaim
from eventapp.stands.queries import count_seekers
from tests.demo.conftest import REAL_NOW, SMALL, load_small
from tests.support.cast import EIGHT, PASSWORD, make_edition


def load_again(app: Flask) -> None:
    empty_database(app.config["SETTINGS"].database)
    upgrade()
    load_small()


def breaches() -> dict[str, list[str]]:
    return {name: found for name, found in doctor.examine().items() if found}


def count(model: type, *conditions: object) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0  # type: ignore[arg-type]


def one_of(number: int) -> Edition:
    return db.session.scalars(select(Edition).where(Edition.token_number == number)).one()


def test_the_whole_demo_keeps_every_rule(app: Flask) -> None:
    load_demo(PASSWORD, size=Size(), show_at=SHOW_START, real_now=REAL_NOW)
    assert breaches() == {}
    sistep = db.session.scalars(select(Edition).where(Edition.slug == "sistep-2018")).one()
    states = {state: number for state, number in db.session.execute(select(Exhibitor.state, func.count()).where(Exhibitor.edition_id == sistep.id).group_by(Exhibitor.state))}  # noqa: C416
    assert states == {ApplicationState.ACCEPTED: 120, ApplicationState.SUBMITTED: 15, ApplicationState.WAITLISTED: 5, ApplicationState.REFUSED: 4}
    claims = {state: count(StandClaim, StandClaim.edition_id == sistep.id, StandClaim.state == state) for state in ("allocated", "blocked")}
    assert (count(Stand, Stand.edition_id == sistep.id), claims) == (150, {"allocated": 120, "blocked": 1})
    assert [(edition, seekers) for edition in (11, 13, 14) if (seekers := count_seekers(one_of(edition).id))] == [(14, 30)]
    assert db.session.scalars(select(StandClaim.stand_id).join(Stand, Stand.id == StandClaim.stand_id).where(Stand.number == "B12")).all() == []
    assert count(Attendee, Attendee.category == "visitor") == 2000
    assert (count(ProgrammeSession), count(ProgrammeSession, ProgrammeSession.kind == "signing"), count(Agreement, Agreement.state == "scheduled")) == (40, 3, 3)
    assert latest_version(sistep.id) is not None


@pytest.mark.usefixtures("small_demo")
def test_the_doors_agree_with_their_scans(app: Flask) -> None:
    admitted = set(db.session.scalars(select(Scan.attendee_id).where(Scan.outcome == "admitted", Scan.direction == "in")))
    assert len(admitted) == SMALL.admitted
    assert set(db.session.scalars(select(Scan.outcome).distinct())) >= {"admitted", "refused"}
    assert set(db.session.scalars(select(Presence.attendee_id))) == admitted
    assert set(db.session.scalars(select(Visit.attendee_id))) <= admitted
    opens = SHOW_START - timedelta(hours=1)
    assert [at for at in db.session.scalars(select(Scan.happened_at)) if not opens <= at <= SHOW_START] == []


@pytest.mark.usefixtures("small_demo")
def test_two_loads_are_equal(app: Flask) -> None:
    first = queries.marks()
    load_again(app)
    second = queries.marks()
    assert [(name, first[name], second[name]) for name in first if first[name] != second[name]] == []


@pytest.mark.usefixtures("small_demo")
def test_a_changed_row_would_be_noticed(app: Flask) -> None:
    first = queries.marks()
    with transaction():
        db.session.scalars(select(Exhibitor).limit(1)).one().public_name = "Something else"
    assert [name for name, mark in queries.marks().items() if mark != first[name]] == ["exhibitors"]


@pytest.mark.usefixtures("small_demo")
def test_what_is_invented_is_marked_as_an_example(app: Flask) -> None:
    real = select(ProgrammeSession.slug).where(ProgrammeSession.is_example.is_(False))
    assert count(Exhibitor, Exhibitor.is_example.is_(False)) == count(Attendee, Attendee.is_example.is_(False)) == count(Edition, Edition.is_example.is_(False)) == 0
    assert len(db.session.scalars(real).all()) == 3
    assert count(Agreement, Agreement.is_example.is_(False)) == 1
    assert [email for email in db.session.scalars(select(User.email)) if not email.endswith(".example")] == []


@pytest.mark.usefixtures("small_demo")
def test_the_shows_clock_starts_at_ten_and_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "real_now", lambda: REAL_NOW + timedelta(minutes=7))
    assert clock.show_now() == SHOW_START + timedelta(minutes=7)


@pytest.fixture
def settings(app: Flask) -> Iterator[Settings]:
    """The app's settings, which a test may replace; the folder has no kept password."""
    kept: Settings = app.config["SETTINGS"]
    (Path(kept.instance_dir) / "demo-password").unlink(missing_ok=True)
    yield kept
    app.config["SETTINGS"] = kept


def run(app: Flask, *arguments: str) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["demo", "load", *arguments])


def refused(result: Result, words: str) -> None:
    assert result.exit_code == 1
    assert words in result.output


def test_production_refuses_the_demo(app: Flask, settings: Settings) -> None:
    app.config["SETTINGS"] = dataclasses.replace(settings, app_env="production")
    refused(run(app), "never loaded in production")
    assert count(Edition) == 0


def test_a_generated_password_is_kept_for_its_owner_only_and_told_again(app: Flask, settings: Settings) -> None:
    first = run(app, "--visitors", "20")
    assert first.exit_code == 0, first.output
    file = Path(settings.instance_dir) / "demo-password"
    password = file.read_text().strip()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    owner = db.session.scalars(select(User).where(User.email == "owner@sistep.example")).one()
    assert is_right(owner.password_hash, password)
    before = queries.marks()
    again = run(app, "--if-empty")
    assert (again.exit_code, f"password: {password}" in first.output, f"password: {password}" in again.output) == (0, True, True)
    assert queries.marks() == before
    refused(run(app), "already")


@pytest.mark.usefixtures("small_demo")
def test_a_password_of_the_settings_is_not_printed(app: Flask, settings: Settings) -> None:
    app.config["SETTINGS"] = dataclasses.replace(settings, demo_password=PASSWORD)
    told = run(app, "--if-empty").output
    assert "DEMO_PASSWORD, as you set it" in told
    assert PASSWORD not in told


@pytest.mark.usefixtures("small_demo")
def test_a_password_that_was_changed_since_is_said_to_be_another(app: Flask, settings: Settings) -> None:
    app.config["SETTINGS"] = dataclasses.replace(settings, demo_password="the second one")
    assert "another one than DEMO_PASSWORD" in run(app, "--if-empty").output


def test_an_edition_that_is_no_example_is_never_emptied(app: Flask, settings: Settings) -> None:
    make_edition("our-own-show", 5, EIGHT.date(), EIGHT.date())
    refused(run(app, "--anew"), "our-own-show")
    assert db.session.scalars(select(Edition.slug)).all() == ["our-own-show"]


def test_if_empty_leaves_somebody_elses_database_alone_and_says_nothing(app: Flask, settings: Settings) -> None:
    make_edition("our-own-show", 5, EIGHT.date(), EIGHT.date())
    result = run(app, "--if-empty")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.usefixtures("small_demo")
def test_loading_anew_empties_what_people_did_in_the_demo(app: Flask, settings: Settings) -> None:
    with transaction():
        db.session.add(User(email="guest@show.example", name="Guest", created_at=EIGHT))
    result = run(app, "--anew", "--visitors", "20")
    assert result.exit_code == 0, result.output
    assert db.session.scalars(select(User.id).where(User.email == "guest@show.example")).all() == []
    assert breaches() == {}
