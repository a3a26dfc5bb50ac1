"""The badge token: 18 bytes, big-endian, an Ed25519 signature over them, both as 132 base32 characters; and the keys that sign."""

import base64
import binascii
import os
import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from config import Settings
from eventapp.badges.errors import BadToken, KeysError

log = structlog.get_logger(__name__)

VERSION = 1
LENGTH = 132
DAY_ZERO = date(2000, 1, 1)
CATEGORIES = 12
_FORM = struct.Struct(">BBIIBBHHH")
_SIGNATURE = 64
_BARE = re.compile(r"[A-Z2-7]{132}")
_SCANNED = re.compile(r"[ \t\r\n]*(?:[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9._:\[\]-]{1,260}/[Bb]/)?([A-Z2-7]{132})[ \t\r\n]*")
_LONGEST_SCAN = 500
_KEY_FILE = re.compile(r"badge-([1-9][0-9]{0,2})\.key")
_LAST_KEY = 255

PublicKeys = Mapping[int, Ed25519PublicKey]


@dataclass(frozen=True, kw_only=True)
class Payload:
    """What a badge says: `edition` is the edition's token number, `category` Category.number, `zones` a mask of zone bits; no personal data."""

    key: int
    edition: int
    serial: int
    counter: int
    category: int
    zones: int
    first_day: date
    last_day: date


def pack(payload: Payload) -> bytes:
    """Write a payload as its 18 bytes."""
    first, last = ((day - DAY_ZERO).days for day in (payload.first_day, payload.last_day))
    return _FORM.pack(VERSION, payload.key, payload.edition, payload.serial, payload.counter, payload.category, payload.zones, first, last)


def _unpack(content: bytes) -> Payload:
    """Read 18 bytes whose signature is good; refuse what this program did not mean to write."""
    version, key, edition, serial, counter, category, zones, first, last = _FORM.unpack(content)
    if version != VERSION:
        raise BadToken("unknown_version")
    if not (serial and counter and 1 <= category <= CATEGORIES and first <= last):
        raise BadToken("bad_content")
    first_day, last_day = (DAY_ZERO + timedelta(days=days) for days in (first, last))
    return Payload(key=key, edition=edition, serial=serial, counter=counter, category=category, zones=zones, first_day=first_day, last_day=last_day)


def encode(content: bytes) -> str:
    """Write bytes in base32 without padding."""
    return base64.b32encode(content).decode().rstrip("=")


def sign(payload: Payload, key: Ed25519PrivateKey) -> str:
    """Sign a payload: the token of 132 characters."""
    content = pack(payload)
    return encode(content + key.sign(content))


def _decode(token: str) -> bytes:
    """Read base32 in its one canonical spelling."""
    if not isinstance(token, str) or not _BARE.fullmatch(token):
        raise BadToken("malformed")
    try:
        content = base64.b32decode(f"{token}====")
    except binascii.Error as error:
        raise BadToken("malformed") from error
    if encode(content) != token:
        raise BadToken("malformed")
    return content


def read(token: str, public_keys: PublicKeys) -> Payload:
    """Read a bare token. Its signature is checked before anything in it is believed; whatever is wrong is a BadToken with a reason."""
    content = _decode(token)
    signed, signature = content[:-_SIGNATURE], content[-_SIGNATURE:]
    key = public_keys.get(signed[1])  # only chooses which key must have signed
    if key is None:
        raise BadToken("unknown_key")
    try:
        key.verify(signature, signed)
    except InvalidSignature as error:
        raise BadToken("forged") from error
    return _unpack(signed)


def token_in(text: str) -> str:
    """Take the token out of what a scanner read: an address of any host ending in /B/<token>, or the bare token."""
    found = _SCANNED.fullmatch(text) if isinstance(text, str) and len(text) <= _LONGEST_SCAN else None
    if found is None:
        raise BadToken("not_a_badge")
    return found.group(1)


def read_scan(text: str, public_keys: PublicKeys, edition: int) -> Payload:
    """Read what a scanner read at a door of an edition (its token number); a badge of another edition is refused too."""
    payload = read(token_in(text), public_keys)
    if payload.edition != edition:
        raise BadToken("other_edition")
    return payload


@dataclass(frozen=True)
class Keyring:
    """The keys of one installation: the newest signs, all of them verify."""

    private_keys: Mapping[int, Ed25519PrivateKey]
    public_keys: PublicKeys

    @classmethod
    def of(cls, private_keys: Mapping[int, Ed25519PrivateKey]) -> "Keyring":
        """Make a keyring of private keys by their numbers."""
        return cls(private_keys, {number: key.public_key() for number, key in private_keys.items()})

    @classmethod
    def load(cls, folder: Path) -> "Keyring":
        """Load every `badge-<number>.key` of a folder."""
        found = {number: _read_key(file) for number, file in key_files(folder).items()}
        if not found:
            raise KeysError(f"There is no badge key in {folder}. Make one with: flask badges keys new")
        return cls.of(found)

    @property
    def newest(self) -> int:
        """Number the key that signs."""
        return max(self.private_keys)

    @property
    def public_hex(self) -> dict[str, str]:
        """Write the public keys for a scanner: number -> 64 hexadecimal digits."""
        return {str(number): key.public_bytes_raw().hex() for number, key in sorted(self.public_keys.items())}

    def issue(self, *, edition: int, serial: int, counter: int, category: int, zones: int, first_day: date, last_day: date) -> str:
        """Write and sign a token with the newest key."""
        number = self.newest
        payload = Payload(key=number, edition=edition, serial=serial, counter=counter, category=category, zones=zones, first_day=first_day, last_day=last_day)
        return sign(payload, self.private_keys[number])


def key_files(folder: Path) -> dict[int, Path]:
    """Find the key files of a folder by their numbers."""
    matches = ((_KEY_FILE.fullmatch(file.name), file) for file in folder.glob("badge-*.key"))
    found = {int(match.group(1)): file for match, file in matches if match}
    return {number: found[number] for number in sorted(found) if number <= _LAST_KEY}


def _read_key(file: Path) -> Ed25519PrivateKey:
    """Read a private key: 32 bytes, or 64 hexadecimal digits, that nobody else may read."""
    if file.stat().st_mode & 0o077:
        raise KeysError(f"Others may read the badge key {file}. Mend it with: chmod 600 {file}")
    content = file.read_bytes()
    try:
        return Ed25519PrivateKey.from_private_bytes(content if len(content) == 32 else bytes.fromhex(content.decode("ascii").strip()))  # noqa: PLR2004 - the size of a key
    except ValueError as error:
        raise KeysError(f"{file} is not a badge key: it must hold 32 bytes, or 64 hexadecimal digits.") from error


def make_key(folder: Path, number: int | None = None) -> int:
    """Store a new private key under the next number (or the one given, if it is free) and return the number in use."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = number or max(key_files(folder), default=0) + 1
    if number > _LAST_KEY:
        raise KeysError(f"{folder} has {_LAST_KEY} keys, the most that a badge can name.")
    draft = folder / f".badge-{number}.{os.getpid()}.{os.urandom(4).hex()}"
    draft.touch(mode=0o600)
    try:
        draft.write_text(Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
        os.link(draft, folder / f"badge-{number}.key")  # whole or not at all, and never over another key
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return number


_settings: list[Callable[[], Settings]] = []
_loaded: dict[Path, tuple[int, Keyring]] = {}


def connect(settings: Callable[[], Settings]) -> None:
    """Name what tells the running app's settings: where its keys are and which host its badges name."""
    _settings[:] = [settings]


def _changed(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def keyring() -> Keyring:
    """Load the running app's keys, again when a key was added; outside production the first one is made on demand."""
    settings = _settings[0]()
    folder = settings.keys_dir
    changed = _changed(folder)
    if changed and folder in _loaded and _loaded[folder][0] == changed:  # every scan asks
        return _loaded[folder][1]
    if not settings.is_production and not key_files(folder):
        make_key(folder, 1)
    try:
        _loaded[folder] = (_changed(folder), Keyring.load(folder))
    except KeysError as error:
        log.error("no badge can be made or read", reason=str(error))  # noqa: TRY400 - the reason says it all
        raise
    return _loaded[folder][1]


def address(token: str) -> str:
    """Write what a badge's QR symbol says: the token's address on the running app's host, in capitals."""
    base = urlsplit(_settings[0]().base_url)
    return f"{base.scheme}://{base.netloc}/B/{token}".upper()
