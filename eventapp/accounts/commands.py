"""Commands on accounts."""

import secrets
import sys

import click
from email_validator import EmailNotValidError

from eventapp.accounts import roles
from eventapp.accounts.people import user_by_email
from eventapp.core import clock
from eventapp.core.errors import Refusal
from eventapp.core.texts import LANGUAGES, clean
from eventapp.web.console import Commands
from eventapp.web.forms import normal_email

accounts = Commands("accounts", help="Accounts: make an owner of the installation, end an account.")


class Address(click.ParamType[str]):
    """An e-mail address, written as it is stored."""

    name = "address"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the address."""
        try:
            return normal_email(value)
        except EmailNotValidError as error:
            self.fail(f"{value!r} is not an e-mail address: {error}", param, ctx)


@accounts.command("create-admin")
@click.argument("email", type=Address())
@click.option("--name", default="", help="The person's name; else the part of the address before the @.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="The language of mail to the account.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input; else one is made and printed.")
def create_admin(email: str, name: str, language: str, *, password_stdin: bool) -> None:
    """Make EMAIL an owner of the installation, who may do everything in every edition.

    A known account keeps its password unless one is given; a new one gets the given or a generated password.
    """
    given = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    known = user_by_email(email)
    generated = None if given is not None or (known and known.password_hash) else secrets.token_urlsafe(15)
    try:
        roles.make_owner(email, clean(name), given if given is not None else generated, language=language, now=clock.real_now())
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{email} is an owner of the installation.")
    if generated:
        click.echo(f"Password: {generated}")


@accounts.command("disable")
@click.argument("email", type=Address())
def disable(email: str) -> None:
    """End the account of EMAIL: its sessions die at once and nobody can sign in with it."""
    user = user_by_email(email)
    if user is None:
        raise click.ClickException(f"there is no account of {email}")
    roles.disable_user(user.id, actor_id=None, now=clock.real_now())
    click.echo(f"The account of {email} is disabled.")
