"""However many press at once: a link and an invitation are used once, and somebody stays who can let the others in."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.accounts import entering, invitations, links, roles
from eventapp.accounts.errors import LastOwner
from eventapp.accounts.models import AccountLink, Invitation, Role, RoleGrant, User
from eventapp.accounts.passwords import hash_password
from eventapp.accounts.people import user_for_address
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.ids import hash_secret
from eventapp.editions.models import Edition
from tests.support.cast import EIGHT, PASSWORD, grant, make_user
from tests.support.doctor import breaches
from tests.support.racing import at_once, looked_before, race, without_locks

Link = Callable[[], str]
PRESSES = 4
ON_POSTGRES = pytest.mark.parametrize("store", ["postgresql"], indirect=True)  # on SQLite nobody can be quicker: the write lock is held


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let passwords be hashed beforehand, so that the threads meet at the link and not in argon2."""
    hashed = hash_password(PASSWORD)
    for module in (entering, invitations):
        monkeypatch.setattr(module, "new_hash", lambda *_given, **_more: hashed)


def acts(action: str) -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)) or 0


@pytest.fixture
def confirming(app: Flask, quick: None, link: Link) -> Callable[[int], str]:
    """A new account's link, to be pressed."""
    user_for_address("new@atlas.example", "Nora", "fr", next_path="/me", edition_id=None, now=datetime.now(UTC))
    secret = link().rsplit("/", 1)[1]

    def press(_number: int) -> str:
        entering.confirm_address(secret, PASSWORD, now=datetime.now(UTC))
        return "confirmed"

    return press


@pytest.fixture
def resetting(app: Flask, quick: None, salma: User, link: Link) -> Callable[[int], str]:
    """A link for a new password, to be pressed."""
    entering.ask_for_reset(salma.email, "fr", now=datetime.now(UTC))
    secret = link().rsplit("/", 1)[1]

    def press(_number: int) -> str:
        entering.reset_password(secret, PASSWORD, now=datetime.now(UTC))
        return "confirmed"

    return press


def look_at_links_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every link look as good as when it was sent."""
    found = lambda secret, _purpose, _now: db.session.scalars(select(AccountLink).where(AccountLink.secret_hash == hash_secret(secret))).one()  # noqa: E731
    looked_before(monkeypatch, links, "good_link", found)


@pytest.mark.parametrize("purpose", ["confirming", "resetting"])
@pytest.mark.parametrize("looked", ["in turn", "before"])
def test_of_several_who_press_a_link_at_once_one_uses_it(app: Flask, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, purpose: str, looked: str) -> None:
    press = request.getfixturevalue(purpose)
    if looked == "before":
        look_at_links_before(monkeypatch)
    assert race(app, press, range(PRESSES)) == {"confirmed": 1, "LinkStale": PRESSES - 1}
    assert (acts("user.password_set"), breaches()) == (1, [])


@pytest.mark.parametrize("purpose", ["confirming", "resetting"])
def test_without_the_claim_a_link_is_used_by_each_of_them(app: Flask, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, purpose: str) -> None:
    press = request.getfixturevalue(purpose)
    look_at_links_before(monkeypatch)
    monkeypatch.setattr(links, "_claim", lambda *_: True)
    assert race(app, press, range(PRESSES)) == {"confirmed": PRESSES}
    assert acts("user.confirmed" if purpose == "confirming" else "user.password_set") == PRESSES


@pytest.fixture
def invited(adil: User, sistep: Edition, link: Link) -> tuple[int, str]:
    """An invitation to deal with the money, and its secret."""
    invitation = invitations.invite("new@press.example", "role", sistep.id, {"role": Role.FINANCE.value}, "fr", actor_id=adil.id, now=datetime.now(UTC))
    return invitation.id, link().rsplit("/", 1)[1]


def accepting(invited: tuple[int, str], edition: Edition) -> Callable[[int | None], str]:
    """Answer an invitation: a number accepts for that account, None takes it back."""
    (invitation_id, secret), edition_id = invited, edition.id

    def press(user_id: int | None) -> str:
        if user_id is None:
            invitations.withdraw_invitation(invitation_id, "role", edition_id, actor_id=1, now=datetime.now(UTC))
            return "withdrawn"
        invitations.accept(secret, user_id, now=datetime.now(UTC))
        return "accepted"

    return press


def look_at_invitations_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every invitation look as open as when it was sent."""
    found = lambda secret, _now: db.session.scalars(select(Invitation).where(Invitation.secret_hash == hash_secret(secret))).one()  # noqa: E731
    looked_before(monkeypatch, invitations, "good_invitation", found)


def who_deals_with_money() -> int:
    return len(db.session.scalars(select(RoleGrant.id).where(RoleGrant.role == "finance")).all())


@pytest.mark.parametrize("looked", ["in turn", "before"])
def test_of_several_who_accept_one_invitation_at_once_one_does(
    app: Flask, invited: tuple[int, str], adil: User, nadia: User, salma: User, sistep: Edition, monkeypatch: pytest.MonkeyPatch, looked: str
) -> None:
    if looked == "before":
        look_at_invitations_before(monkeypatch)
    assert race(app, accepting(invited, sistep), [user.id for user in (adil, nadia, salma)]) == {"accepted": 1, "LinkStale": 2}
    assert (who_deals_with_money(), breaches()) == (1, [])


def test_an_invitation_that_is_accepted_and_taken_back_at_once_is_one_of_the_two(app: Flask, invited: tuple[int, str], salma: User, sistep: Edition) -> None:
    ended = race(app, accepting(invited, sistep), [salma.id, None])
    assert (ended, who_deals_with_money()) in (({"accepted": 1, "NotThere": 1}, 1), ({"withdrawn": 1, "LinkStale": 1}, 0))
    assert breaches() == []


def test_two_who_make_their_account_by_one_invitation_at_once_make_one(app: Flask, quick: None, invited: tuple[int, str]) -> None:
    secret = invited[1]

    def press(name: str) -> str:
        invitations.accept_as_new(secret, name=name, password=PASSWORD, language="fr", now=datetime.now(UTC))
        return "accepted"

    assert race(app, press, ["Nora", "Nora Press"]) == {"accepted": 1, "LinkStale": 1}
    assert (acts("user.added"), who_deals_with_money(), breaches()) == (1, 1, [])


def replaced_while_accepted(app: Flask, invited: tuple[int, str], adil: User, salma: User, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """Invite the same address again, and let the first invitation be accepted between the look at the open ones and the write."""
    looked, user_id, accept = invitations.open_invitations, salma.id, accepting(invited, edition)
    ended: list[object] = []

    def look_and_be_overtaken(kind: str, edition_id: int) -> list[Invitation]:
        found = looked(kind, edition_id)

        def press() -> None:
            with app.app_context():
                ended.append(accept(user_id))

        thread = threading.Thread(target=press)
        thread.start()
        thread.join(30)
        return found

    monkeypatch.setattr(invitations, "open_invitations", look_and_be_overtaken)
    invitations.invite("new@press.example", "role", edition.id, {"role": Role.FINANCE.value}, "fr", actor_id=adil.id, now=datetime.now(UTC))
    assert (ended, who_deals_with_money()) == (["accepted"], 1)


@ON_POSTGRES
def test_an_invitation_that_is_accepted_while_it_is_replaced_stays_accepted(
    app: Flask, invited: tuple[int, str], adil: User, salma: User, sistep: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced_while_accepted(app, invited, adil, salma, sistep, monkeypatch)
    assert breaches() == []


@ON_POSTGRES
def test_without_the_claim_it_is_accepted_and_replaced(app: Flask, invited: tuple[int, str], adil: User, salma: User, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "_claim", mark_blindly)
    replaced_while_accepted(app, invited, adil, salma, sistep, monkeypatch)
    assert breaches() == [f"invitation {invited[0]} was accepted and withdrawn"]


def mark_blindly(invitation_id: int, **answer: datetime) -> bool:
    """Answer an invitation without looking whether it was answered."""
    for name, at in answer.items():
        setattr(db.session.get_one(Invitation, invitation_id), name, at)
    db.session.flush()
    return True


def test_without_the_claim_each_of_them_accepts_and_it_is_taken_back_as_well(
    app: Flask, invited: tuple[int, str], adil: User, nadia: User, salma: User, sistep: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at_invitations_before(monkeypatch)

    monkeypatch.setattr(invitations, "_claim", mark_blindly)
    assert race(app, accepting(invited, sistep), [adil.id, nadia.id, salma.id, None]) == {"accepted": 3, "withdrawn": 1}
    assert (who_deals_with_money(), breaches()) == (3, [f"invitation {invited[0]} was accepted and withdrawn"])


def removing(edition: Edition) -> Callable[[tuple[int, int]], str]:
    edition_id = edition.id

    def remove(pair: tuple[int, int]) -> str:
        roles.set_roles(pair[1], edition_id, [], actor_id=pair[0], now=EIGHT)
        return "removed"

    return remove


def each_other(one: User, other: User) -> list[tuple[int, int]]:
    return [(one.id, other.id), (other.id, one.id)]


def test_two_administrators_who_remove_each_other_at_once_leave_one(app: Flask, adil: User, salma: User, sistep: Edition) -> None:
    pairs = each_other(adil, grant(salma, sistep, Role.ADMINISTRATOR))
    assert race(app, removing(sistep), pairs) == {"removed": 1, "LastAdministrator": 1}
    assert len(db.session.scalars(select(RoleGrant.id)).all()) == 1


def test_without_holding_the_team_they_leave_nobody(app: Flask, adil: User, salma: User, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = each_other(adil, grant(salma, sistep, Role.ADMINISTRATOR))
    without_locks(monkeypatch, roles, "_grants_to_change", 2)
    assert race(app, removing(sistep), pairs) == {"removed": 2}
    assert db.session.scalars(select(RoleGrant.id)).all() == []


def disable(pair: tuple[int, int]) -> str:
    roles.disable_user(pair[1], actor_id=pair[0], now=EIGHT)
    return "disabled"


def test_two_owners_who_disable_each_other_at_once_leave_one(app: Flask, olga: User) -> None:
    pairs = each_other(olga, make_user("omar@show.example", "Omar Owner", is_owner=True))
    assert race(app, disable, pairs) == {"disabled": 1, "LastOwner": 1}
    assert breaches() == []


def test_without_holding_the_owners_they_leave_nobody(app: Flask, olga: User, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = each_other(olga, make_user("omar@show.example", "Omar Owner", is_owner=True))
    without_locks(monkeypatch, roles, "_owners_to_change", 2)
    assert race(app, disable, pairs) == {"disabled": 2}
    assert breaches() == ["none of 2 owners of the installation can sign in"]


def test_the_last_owner_who_can_sign_in_is_not_disabled_from_the_console_either(olga: User, salma: User) -> None:
    gone = make_user("omar@show.example", "Omar Owner", is_owner=True)
    roles.disable_user(gone.id, actor_id=olga.id, now=EIGHT)
    with pytest.raises(LastOwner):
        roles.disable_user(olga.id, actor_id=None, now=EIGHT)
    roles.disable_user(salma.id, actor_id=None, now=EIGHT)
    assert (breaches(), db.session.get_one(User, olga.id).disabled_at) == ([], None)


def test_registrations_at_once_share_one_new_account(app: Flask) -> None:
    def register() -> int:
        return user_for_address("new@atlas.example", "Nora", "fr", next_path="/me", edition_id=None, now=datetime.now(UTC)).id

    assert at_once(app, [register] * PRESSES) == [db.session.scalars(select(User.id)).one()] * PRESSES
