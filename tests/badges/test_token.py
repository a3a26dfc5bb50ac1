"""The token: what is accepted, and that nothing else is."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from eventapp.badges.errors import BadToken, KeysError
from eventapp.badges.token import LENGTH, Keyring, Payload, encode, key_files, make_key, pack, read, read_scan, sign, token_in
from eventapp.editions.models import Category
from tests.badges import corpus
from tests.badges.corpus import EDITION, KEYS, PLAIN, TOKEN

days = st.dates(date(2000, 1, 1), date(2179, 6, 5))
payloads = st.builds(
    lambda first, last, **rest: Payload(first_day=min(first, last), last_day=max(first, last), **rest),
    days,
    days,
    key=st.sampled_from([1, 2]),
    edition=st.integers(0, 2**32 - 1),
    serial=st.integers(1, 2**32 - 1),
    counter=st.integers(1, 255),
    category=st.integers(1, 12),
    zones=st.integers(0, 65535),
)


def verdict(text: str, keys: Any = KEYS.public_keys) -> str:
    try:
        read_scan(text, keys, EDITION)
    except BadToken as refusal:
        return refusal.reason
    return "ok"


def test_the_payload_has_the_settled_form() -> None:
    assert pack(PLAIN).hex() == "01010000000b005157e9010100011a141a17"
    assert (len(pack(PLAIN)), len(TOKEN), LENGTH) == (18, 132, 132)
    assert [category.number for category in Category] == list(range(1, 13))


@given(payloads)
def test_what_was_signed_is_read_back(payload: Payload) -> None:
    assert read(sign(payload, KEYS.private_keys[payload.key]), KEYS.public_keys) == payload


def test_the_corpus_on_disk_is_the_one_that_is_made() -> None:
    assert corpus.FILE.read_text() == corpus.written()


def test_every_code_of_the_corpus_gets_its_verdict() -> None:
    cases = json.loads(corpus.FILE.read_text())["cases"]
    assert len(cases) > 800
    assert {name: verdict(text) for name, text, _ in cases} == {name: expected for name, _, expected in cases}


def test_without_the_signature_check_forged_codes_would_be_accepted() -> None:
    class Gullible:
        def verify(self, signature: bytes, data: bytes) -> None:
            """Believe everything: the control that shows what the check is for."""

    gullible = {1: Gullible(), 2: Gullible()}
    forged = [text for _, text, expected in corpus.make()["cases"] if expected == "forged"]
    assert [verdict(text) for text in forged if verdict(text) != "forged"] == []
    assert [verdict(text, gullible) for text in forged].count("ok") > 100


@given(st.text(max_size=400))
def test_arbitrary_text_is_refused_and_nothing_else(text: str) -> None:
    assert verdict(text) in {"not_a_badge", "malformed"}


@given(st.text(alphabet=corpus.ALPHABET, min_size=132, max_size=132))
def test_arbitrary_letters_of_the_right_length_are_refused(text: str) -> None:
    assert verdict(text) in {"malformed", "unknown_key", "forged"}


@given(st.binary(min_size=82, max_size=82))
def test_arbitrary_bytes_of_the_right_length_are_refused(content: bytes) -> None:
    assert verdict(encode(content)) in {"unknown_key", "forged"}


@given(st.sets(st.integers(0, 655), min_size=1, max_size=12))
def test_any_flipped_bits_are_refused(bits: set[int]) -> None:
    number = int.from_bytes(pack(PLAIN) + KEYS.private_keys[1].sign(pack(PLAIN)), "big")
    for bit in bits:
        number ^= 1 << bit
    assert verdict(encode(number.to_bytes(82, "big"))) in {"unknown_key", "forged"}


@pytest.mark.parametrize("thing", [None, 7, b"bytes", ["list"], 1.5])
def test_things_that_are_no_text_are_refused(thing: object) -> None:
    with pytest.raises(BadToken):
        token_in(thing)  # type: ignore[arg-type]
    with pytest.raises(BadToken):
        read(thing, KEYS.public_keys)  # type: ignore[arg-type]


def test_a_bad_code_does_not_poison_the_next_one() -> None:
    assert [verdict(text) for text in ("x", TOKEN[:-1], "0" * 132, TOKEN)] == ["not_a_badge", "not_a_badge", "not_a_badge", "ok"]


def test_keys_rotate_and_old_badges_stay_good(tmp_path: Path) -> None:
    assert make_key(tmp_path) == 1
    before = Keyring.load(tmp_path)
    facts = {"edition": 11, "serial": 5, "counter": 1, "category": 1, "zones": 1, "first_day": date(2018, 4, 12), "last_day": date(2018, 4, 15)}
    old = before.issue(**facts)  # type: ignore[arg-type]
    assert make_key(tmp_path) == 2
    after = Keyring.load(tmp_path)
    new = after.issue(**facts)  # type: ignore[arg-type]
    assert (read(old, after.public_keys).key, read(new, after.public_keys).key, after.newest) == (1, 2, 2)
    with pytest.raises(BadToken, match="not a valid badge") as refusal:
        read(new, before.public_keys)
    assert refusal.value.reason == "unknown_key"


def test_a_key_file_holds_32_bytes_or_64_digits(tmp_path: Path) -> None:
    for number, content in {1: bytes(range(32)), 2: bytes(range(32)).hex().encode() + b"\n"}.items():
        file = tmp_path / f"badge-{number}.key"
        file.write_bytes(content)
        file.chmod(0o600)
    keys = Keyring.load(tmp_path)
    assert keys.public_hex["1"] == keys.public_hex["2"] == Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw().hex()


@pytest.mark.parametrize(("content", "mode", "says"), [(b"short", 0o600, "is not a badge key"), (b"\xff" * 64, 0o600, "is not a badge key"), (b"a" * 32, 0o644, "chmod 600")])
def test_a_bad_key_file_is_named(tmp_path: Path, content: bytes, mode: int, says: str) -> None:
    file = tmp_path / "badge-1.key"
    file.write_bytes(content)
    file.chmod(mode)
    with pytest.raises(KeysError, match=says):
        Keyring.load(tmp_path)


def test_a_new_key_never_replaces_another(tmp_path: Path) -> None:
    make_key(tmp_path, 1)
    content = (tmp_path / "badge-1.key").read_bytes()
    assert (make_key(tmp_path, 1), (tmp_path / "badge-1.key").read_bytes()) == (1, content)
    assert [file.name for file in tmp_path.iterdir()] == ["badge-1.key"]
    assert (tmp_path / "badge-1.key").stat().st_mode & 0o777 == 0o600


def test_an_empty_folder_says_how_to_make_a_key(tmp_path: Path) -> None:
    (tmp_path / "badge-999.key").write_text("no badge can name this number")
    assert key_files(tmp_path) == {}
    with pytest.raises(KeysError, match="flask badges keys new"):
        Keyring.load(tmp_path)


def test_the_same_payload_gives_the_same_token() -> None:
    assert sign(PLAIN, KEYS.private_keys[1]) == sign(replace(PLAIN), KEYS.private_keys[1])
