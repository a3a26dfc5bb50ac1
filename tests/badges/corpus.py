"""The corpus of codes that both readers, Python's and JavaScript's, must judge alike: `python -m tests.badges.corpus` writes it anew."""

import json
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eventapp.badges.token import Keyring, Payload, encode, pack, sign

FILE = Path(__file__).with_name("corpus.json")
EDITION = 11
KEYS = Keyring.of({number: Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2)})
FORGER = Ed25519PrivateKey.from_private_bytes(b"f" * 32)
ORDER = 2**252 + 27742317777372353535851937790883648493  # of Ed25519's group
PLAIN = Payload(key=1, edition=EDITION, serial=0x5157E9, counter=1, category=1, zones=1, first_day=date(2018, 4, 12), last_day=date(2018, 4, 15))
TOKEN = sign(PLAIN, KEYS.private_keys[1])
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
Case = tuple[str, str, str]  # name, text, verdict


def signed(content: bytes, key: int = 1) -> str:
    return encode(content + KEYS.private_keys[key].sign(content))


def changed(**fields: Any) -> bytes:
    """Write a payload with fields that `pack` would not write: its raw bytes."""
    values = {"version": 1, "key": 1, "edition": EDITION, "serial": 77, "counter": 1, "category": 1, "zones": 1, "first": 6676, "last": 6679} | fields
    return struct.pack(">BBIIBBHHH", *values.values())


def good() -> Iterator[Case]:
    yield "bare", TOKEN, "ok"
    yield "printed", f"HTTPS://SHOW.EXAMPLE/B/{TOKEN}", "ok"
    yield "another host", f"HTTP://192.168.1.20:8000/B/{TOKEN}", "ok"
    yield "address in lower case", f"https://show.example/b/{TOKEN}", "ok"
    yield "from a wedge reader", f"{TOKEN}\r\n", "ok"
    for name, fields in {
        "second key": {"key": 2},
        "one day": {"last_day": date(2018, 4, 12)},
        "largest numbers": {"serial": 2**32 - 1, "counter": 255, "category": 12, "zones": 65535},
        "no zone": {"zones": 0},
        "reissued": {"counter": 2},
    }.items():
        payload = replace(PLAIN, **fields)  # type: ignore[arg-type]
        yield name, sign(payload, KEYS.private_keys[payload.key]), "ok"


def bad_content() -> Iterator[Case]:
    yield "other edition's", sign(replace(PLAIN, edition=13), KEYS.private_keys[1]), "other_edition"
    yield "next version", signed(changed(version=2)), "unknown_version"
    yield "serial nought", signed(changed(serial=0)), "bad_content"
    yield "counter nought", signed(changed(counter=0)), "bad_content"
    yield "category nought", signed(changed(category=0)), "bad_content"
    yield "category 13", signed(changed(category=13)), "bad_content"
    yield "days the wrong way round", signed(changed(first=6679, last=6676)), "bad_content"
    yield "wrong in version, content and edition", signed(changed(version=9, serial=0, edition=12)), "unknown_version"


def forged() -> Iterator[Case]:
    content = pack(PLAIN)
    signature = KEYS.private_keys[1].sign(content)
    scalar = int.from_bytes(signature[32:], "little")
    yield "signed by a forger", encode(content + FORGER.sign(content)), "forged"
    yield "signed by our other key", signed(content, 2), "forged"
    yield "names the other key", encode(pack(replace(PLAIN, key=2)) + signature), "forged"
    yield "names a key that is not there", signed(changed(key=3)), "unknown_key"
    yield "names key nought", signed(changed(key=0)), "unknown_key"
    yield "signature of nought", encode(content + bytes(64)), "forged"
    yield "signature with the same number written longer", encode(content + signature[:32] + (scalar + ORDER).to_bytes(32, "little")), "forged"
    yield "signature of another badge", encode(content + KEYS.private_keys[1].sign(pack(replace(PLAIN, serial=9)))), "forged"
    yield "signature with the identity as its point", encode(content + b"\x01" + bytes(63)), "forged"


def foreign() -> Iterator[Case]:
    texts = {
        "nothing": "",
        "spaces": "   ",
        "an address": "https://www.fimme.example/",
        "our host, no token": "HTTPS://SHOW.EXAMPLE/B/",
        "another path": f"HTTPS://SHOW.EXAMPLE/C/{TOKEN}",
        "deeper path": f"HTTPS://SHOW.EXAMPLE/A/B/{TOKEN}",
        "with a query": f"HTTPS://SHOW.EXAMPLE/B/{TOKEN}?X=1",
        "with a slash": f"HTTPS://SHOW.EXAMPLE/B/{TOKEN}/",
        "another scheme": f"FTP://SHOW.EXAMPLE/B/{TOKEN}",
        "script": f"JAVASCRIPT://SHOW.EXAMPLE/B/{TOKEN}",
        "no host": f"HTTPS:///B/{TOKEN}",
        "with a user": f"HTTPS://A@SHOW.EXAMPLE/B/{TOKEN}",
        "a visiting card": "BEGIN:VCARD\nFN:Somebody\nEND:VCARD",
        "a boarding pass": "M1DOE/JOHN            EABC123 CMNCDGAT 0123 102Y012A0001 100",
        "a product": "6111234567890",
        "token in lower case": TOKEN.lower(),
        "address whose token is in lower case": f"https://show.example/b/{TOKEN.lower()}",
        "with padding": f"{TOKEN}====",
        "twice": TOKEN * 2,
        "with a space inside": f"{TOKEN[:60]} {TOKEN[60:]}",
        "with a zero": f"0{TOKEN[1:]}",
        "with an Arabic letter": f"ا{TOKEN[1:]}",
        "with a full-width letter": f"\uff21{TOKEN[1:]}",
        "with a dotless i": f"\u0131{TOKEN[1:]}",
        "after a no-break space": f"\u00a0{TOKEN}",
        "after a byte order mark": f"\ufeff{TOKEN}",
        "after a null": f"\x00{TOKEN}",
        "before a form feed": f"{TOKEN}\x0c",
        "very long": "A" * 5000,
        "emoji": "\U0001f39f" * 40,
    }
    for name, text in texts.items():
        yield name, text, "not_a_badge"


def truncations() -> Iterator[Case]:
    for length in range(1, len(TOKEN)):
        yield f"first {length}", TOKEN[:length], "not_a_badge"
    yield "without the first", TOKEN[1:], "not_a_badge"
    yield "one too many", f"{TOKEN}A", "not_a_badge"


def flips() -> Iterator[Case]:
    """Flip each of the 660 bits that the letters carry, the four spare ones at the end too."""
    for bit in range(len(TOKEN) * 5):
        place, mask = bit // 5, 16 >> bit % 5
        text = TOKEN[:place] + ALPHABET[ALPHABET.index(TOKEN[place]) ^ mask] + TOKEN[place + 1 :]
        verdict = "unknown_key" if 8 <= bit < 16 else "malformed" if bit >= 656 else "forged"
        yield f"bit {bit}", text, verdict


def make() -> dict[str, Any]:
    """Make the corpus."""
    cases = [case for part in (good, bad_content, forged, foreign, truncations, flips) for case in part()]
    return {"edition": EDITION, "keys": KEYS.public_hex, "cases": [list(case) for case in cases]}


def written() -> str:
    """Write the corpus as JSON, one case a line."""
    corpus = make()
    lines = ",\n".join(json.dumps(case) for case in corpus["cases"])
    return f'{{"edition": {corpus["edition"]}, "keys": {json.dumps(corpus["keys"])},\n"cases": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    FILE.write_text(written())
