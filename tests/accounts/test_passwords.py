"""Which passwords are good, and how they are kept."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask

from eventapp.accounts import entering, passwords
from eventapp.accounts.errors import PasswordIsYourName, PasswordRefusal, PasswordTooCommon, PasswordTooLong, PasswordTooShort
from eventapp.accounts.invitations import accept_as_new, invite
from eventapp.accounts.models import Role, User
from eventapp.accounts.passwords import check_password, hash_password, is_outdated, is_right
from eventapp.accounts.roles import make_owner
from eventapp.core.db import db, transaction, writing
from eventapp.editions.models import Edition
from tests.support.cast import PASSWORD

GOOD = ["correct horse battery staple", "trois petits tournevis", "مطرقة زرقاء وقمر", "kX9!vq2@Lm", "salma likes milling", "          spaces count   x", "éàüöñçêîôû"]
BAD = [
    ("short", PasswordTooShort),
    ("neuf lett", PasswordTooShort),
    ("x" * 201, PasswordTooLong),
    ("password123", PasswordTooCommon),
    ("Motdepasse2018!", PasswordTooCommon),
    ("azertyuiop", PasswordTooCommon),
    ("1234567890", PasswordTooCommon),
    ("0987654321", PasswordTooCommon),
    ("qwertyuiop12", PasswordTooCommon),
    ("aaaaaaaaaaaa", PasswordTooCommon),
    ("abababababab", PasswordTooCommon),
    ("abcdefghij", PasswordTooCommon),
    ("Casablanca2018", PasswordTooCommon),
    ("salma@atlas.example", PasswordIsYourName),
    ("Salma Alaoui", PasswordIsYourName),
    ("AlaouiSalma1", PasswordIsYourName),
    ("salma-2018-2018", PasswordIsYourName),
    ("Atlas123456", PasswordIsYourName),
]


@pytest.mark.parametrize("password", GOOD)
def test_a_good_password_is_accepted_in_any_script(password: str) -> None:
    check_password(password, email="salma@atlas.example", name="Salma Alaoui")


@pytest.mark.parametrize(("password", "why"), BAD)
def test_a_bad_password_is_refused_with_the_reason(password: str, why: type[PasswordRefusal]) -> None:
    with pytest.raises(why) as refusal:
        check_password(password, email="salma@atlas.example", name="Salma Alaoui")
    assert type(refusal.value) is why


def test_a_password_is_right_as_typed_and_nothing_else_is() -> None:
    kept = hash_password(" two  spaces ")
    assert [is_right(kept, typed) for typed in (" two  spaces ", "two  spaces", " two spaces ", "")] == [True, False, False, False]


def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    assert is_right(hash_password("caf\u00e9 cr\u00e8me"), "cafe\u0301 cre\u0300me")


def test_hashes_are_argon2id_and_differ_each_time() -> None:
    one, other = hash_password("correct horse"), hash_password("correct horse")
    assert one.startswith("$argon2id$")
    assert one != other


def test_nobody_signs_in_to_an_account_without_a_password() -> None:
    assert is_right(None, "the password of nobody") is False


def test_a_broken_hash_opens_nothing() -> None:
    assert is_right("$argon2id$broken", "correct horse") is False


def test_a_missing_account_costs_the_same_work_as_a_wrong_password() -> None:
    def seconds(password_hash: str | None) -> float:
        begun = time.process_time()
        for _ in range(3):
            is_right(password_hash, "wrong")
        return time.process_time() - begun

    kept = hash_password("correct horse")
    assert seconds(None) > seconds(kept) / 4, "without the dummy it would be a thousandth"


def test_an_old_hash_is_known_as_outdated() -> None:
    assert is_outdated(PasswordHasher(time_cost=1, memory_cost=8 * 8, parallelism=1).hash("x")) is True
    assert is_outdated(hash_password("x")) is False


def test_nobody_who_writes_waits_for_a_password(app: Flask, salma: User, adil: User, sistep: Edition, link: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[bool] = []

    class Watched(PasswordHasher):
        def hash(self, *args: Any, **kwargs: Any) -> str:
            inside.append(writing())
            return super().hash(*args, **kwargs)

        def verify(self, *args: Any, **kwargs: Any) -> Any:
            inside.append(writing())
            return super().verify(*args, **kwargs)

    monkeypatch.setattr(passwords, "_hasher", Watched())
    secret, now, new = (lambda: link().rsplit("/", 1)[1]), datetime.now(UTC), "trois petits tournevis"
    entering.sign_up("nora@press.example", "Nora", "fr", next_path="/me", now=now)
    entering.confirm_address(secret(), PASSWORD, now=now)
    entering.ask_for_reset(salma.email, "fr", now=now)
    entering.reset_password(secret(), PASSWORD, now=now)
    entering.change_password(salma.id, PASSWORD, new, now=now)
    invite("ali@press.example", "role", sistep.id, {"role": Role.PRESS}, "fr", actor_id=adil.id, now=now)
    accept_as_new(secret(), name="Ali", password=PASSWORD, language="fr", now=now)
    make_owner("olga@show.example", "Olga", PASSWORD, language="fr", now=now)
    with transaction():
        db.session.get_one(User, salma.id).password_hash = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(new)
    entering.authenticate(salma.email, new, now=now)
    assert inside == [False] * 8
    with transaction():
        hash_password(new)
    assert inside[8:] == [True]


def test_a_hash_made_anew_does_not_bring_an_old_password_back(salma: User) -> None:
    kept = salma.password_hash
    entering._hash_anew(salma.id, "the hash that was there at sign-in", hash_password("the old password"), datetime.now(UTC))
    assert db.session.get_one(User, salma.id).password_hash == kept
