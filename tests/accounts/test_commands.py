"""The commands on accounts, as an operator calls them."""

import pytest
from click.testing import Result
from flask import Flask

from eventapp.accounts.entering import authenticate
from eventapp.accounts.errors import WrongPassword
from eventapp.accounts.models import User
from eventapp.accounts.people import user_by_email
from eventapp.core.db import db
from tests.support.cast import EIGHT, PASSWORD


def run(app: Flask, *words: str, stdin: str = "") -> Result:
    db.session.rollback()
    done = app.test_cli_runner().invoke(args=["accounts", *words], input=stdin)
    db.session.rollback()
    return done


def test_the_first_owner_gets_a_password_that_is_printed(app: Flask) -> None:
    done = run(app, "create-admin", "Olga@Show.example", "--name", "Olga Owner")
    first, second = done.output.splitlines()
    assert (done.exit_code, first) == (0, "olga@show.example is an owner of the installation.")
    user = authenticate("olga@show.example", second.removeprefix("Password: "), now=EIGHT)
    assert (user.name, user.is_owner) == ("Olga Owner", True)


def test_a_password_can_come_from_standard_input(app: Flask) -> None:
    done = run(app, "create-admin", "olga@show.example", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert (done.exit_code, done.output) == (0, "olga@show.example is an owner of the installation.\n")
    assert authenticate("olga@show.example", PASSWORD, now=EIGHT).is_owner


def test_a_known_account_becomes_owner_and_keeps_its_password(app: Flask, salma: User) -> None:
    done = run(app, "create-admin", salma.email)
    assert done.output == "salma@atlas.example is an owner of the installation.\n"
    assert authenticate(salma.email, PASSWORD, now=EIGHT).is_owner


def test_a_weak_password_is_refused_in_one_line(app: Flask) -> None:
    done = run(app, "create-admin", "olga@show.example", "--password-stdin", stdin="short\n")
    assert (done.exit_code, done.output.splitlines()) == (1, ["Error: Choose a password of at least 10 characters; a few words that belong to nobody's name are good."])
    assert user_by_email("olga@show.example") is None


def test_what_is_no_address_is_refused(app: Flask) -> None:
    done = run(app, "create-admin", "olga")
    assert (done.exit_code, "'olga' is not an e-mail address" in done.output) == (2, True)


def test_an_account_can_be_ended(app: Flask, salma: User) -> None:
    assert run(app, "disable", "SALMA@atlas.example").output == "The account of salma@atlas.example is disabled.\n"
    assert db.session.get_one(User, salma.id).disabled_at is not None
    with pytest.raises(WrongPassword):
        authenticate(salma.email, "wrong", now=EIGHT)


def test_an_unknown_account_cannot_be_ended(app: Flask) -> None:
    done = run(app, "disable", "nobody@atlas.example")
    assert (done.exit_code, done.output) == (1, "Error: there is no account of nobody@atlas.example\n")


@pytest.mark.parametrize("command", [["--help"], ["create-admin", "--help"], ["disable", "--help"]])
def test_every_command_explains_itself(app: Flask, command: list[str]) -> None:
    done = run(app, *command)
    assert (done.exit_code, "Usage:" in done.output) == (0, True)
