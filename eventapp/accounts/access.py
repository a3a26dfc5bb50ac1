"""Who may use which endpoint. Every endpoint declares it; the app does not start when one does not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user

from eventapp.accounts.models import Role, User
from eventapp.accounts.naming import role_duty, role_name
from eventapp.core.errors import NotAllowed, NotThere
from eventapp.web import gone

View = TypeVar("View", bound=Callable[..., Any])
MARK = "__access__"
FOR_ANYBODY = frozenset({"public", "personal", "device"})  # a session is not asked for
OF_EDITION = frozenset({"organiser", "owner"})  # also of an edition that is still in preparation


@dataclass(frozen=True)
class Rule:
    """Who may use an endpoint: `kind` says how it is checked, `roles` which of an edition's roles will do."""

    kind: str
    roles: frozenset[Role] = field(default_factory=frozenset)


class UndeclaredEndpointError(RuntimeError):
    """An endpoint does not say who may use it."""


def _declare(rule: Rule) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, MARK, rule)
        return view

    return mark


def public(view: View) -> View:
    """Let anybody in."""
    return _declare(Rule("public"))(view)


def personal(view: View) -> View:
    """Let in whoever has the secret link; the view's loader checks it."""
    return _declare(Rule("personal"))(view)


def device(view: View) -> View:
    """Let in an enrolled device with its bearer token; the view's loader checks it."""
    return _declare(Rule("device"))(view)


def signed_in(view: View) -> View:
    """Let in anybody with an account."""
    return _declare(Rule("signed_in"))(view)


def exhibitor_member(view: View) -> View:
    """Let in people with an account; the view's loader finds only what they are a member of."""
    return _declare(Rule("exhibitor_member"))(view)


def owner(view: View) -> View:
    """Let in the installation's owner."""
    return _declare(Rule("owner"))(view)


def organiser(*roles: Role) -> Callable[[View], View]:
    """Let in people with one of the roles in the edition (administrators always); without roles, anybody who has one."""
    return _declare(Rule("organiser", frozenset(roles)))


def roles_in(user: User, edition_id: int) -> frozenset[Role]:
    """List a user's roles in an edition; the installation's owner is administrator everywhere."""
    if user.is_owner:
        return frozenset({Role.ADMINISTRATOR})
    return frozenset(Role(grant.role) for grant in user.roles if grant.edition_id == edition_id)


def may(*roles: Role) -> bool:
    """Say whether the signed-in user has one of the roles in this page's edition: for menus and buttons."""
    edition_id = g.get("edition_id")
    if edition_id is None or not current_user.is_authenticated:
        return False
    mine = roles_in(current_user, edition_id)
    return bool(mine & {Role.ADMINISTRATOR, *roles})


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """Find what an endpoint declares."""
    return getattr(app.view_functions[endpoint], MARK, None)


def may_open(endpoint: str) -> bool:
    """Say whether there is such a page and its own rule lets the reader in, in this page's edition: for menus."""
    rule = rule_of(current_app, endpoint) if endpoint in current_app.view_functions else None
    if rule is None:
        return False
    if rule.kind == "organiser":
        return may(*(rule.roles or Role))
    if rule.kind == "owner":
        return current_user.is_authenticated and bool(current_user.is_owner)
    return rule.kind not in {"signed_in", "exhibitor_member"} or bool(current_user.is_authenticated)


def check_all_declared(app: Flask) -> None:
    """Refuse to start when an endpoint does not say who may use it."""
    missing = sorted(e for e in app.view_functions if rule_of(app, e) is None)
    if missing:
        raise UndeclaredEndpointError(f"these endpoints do not declare who may use them: {', '.join(missing)}")


def sign_in_first(rule: Rule) -> None:
    """Ask who is not signed in to do so, before anything is looked up: what is there and what is not look the same."""
    if rule.kind in FOR_ANYBODY or current_user.is_authenticated:
        return
    if request.method != "GET":
        abort(401)
    abort(redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?"))))


def _guard_organiser(rule: Rule) -> None:
    mine = roles_in(current_user, g.edition_id)
    if not mine:
        raise NotThere  # another edition's pages do not exist for this user
    if Role.ADMINISTRATOR not in mine and rule.roles and not mine & rule.roles:
        raise NotAllowed
    gone.let_in()


def guard(app: Flask) -> None:
    """Check the endpoint's rule before its view runs."""
    if request.endpoint is None:
        return
    rule = rule_of(app, request.endpoint)
    if rule is None:
        raise NotThere
    sign_in_first(rule)
    if rule.kind == "owner" and not current_user.is_owner:
        raise NotThere
    if rule.kind == "organiser":
        _guard_organiser(rule)


def init_app(app: Flask) -> None:
    """Guard every endpoint of the app."""
    public(app.view_functions["static"])
    app.before_request(lambda: guard(app))
    app.jinja_env.globals.update(may=may, may_open=may_open, Role=Role, role_name=role_name, role_duty=role_duty)
