"""What a row of a list of exhibitors says, read cell by cell."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from eventapp.core.errors import Refusal
from eventapp.core.texts import clean, fold
from eventapp.exhibitors.errors import CellMissing, CellTooLong, CellUnknown, IceRounded, StandsTooMany, StandUnknown
from eventapp.exhibitors.rules import LONGEST_FASCIA, LONGEST_PRODUCT, MOST_PRODUCTS, MOST_WISHES
from eventapp.organisations.rules import ICE_DIGITS, ice_number

LONGEST = {"name": 160, "name_ar": 160, "city": 80, "website": 200, "contact_name": 120, "contact_email": 254, "contact_phone": 30, "fascia_name": LONGEST_FASCIA, "message": 2000}
NEEDED = ("name", "contact_email")
LEAST_AREA, MOST_AREA = Decimal(4), Decimal(5000)
_LEAST_ICE = 9  # what is left of fifteen digits when a spreadsheet drops the zeros before them
_SHORTENED = re.compile(r"\d[.,]?\d*e\+?\d+", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;/+،؛|]")
_UNIT = re.compile(r"(m2|m²|م2|م²|sqm|m)\Z", re.IGNORECASE)
_WEBSITE = re.compile(r"(https?://)?[^\s/?#@\\]+\.[^\s/?#@\\]{2,}([/?#]\S*)?\Z", re.IGNORECASE)
_EXAMPLES = {"country": "Maroc, MA", "sector": "Tôlerie", "language": "fr", "stand_kind": "Équipé", "open_sides": "1"}

_A_NUMBER = "\u2066+212 5 22 00 00 00\u2069"  # left to right in an Arabic sentence too
PADDED = "padded"  # a note: zeros were put back before an ICE


@dataclass(frozen=True)
class Words:
    """What a list may say, folded: by field, each word and the code it means; and the stands of the plan by number."""

    codes: Mapping[str, Mapping[str, str]]
    stands: Mapping[str, int] = field(default_factory=dict)


@dataclass
class ReadRow:
    """One row: what it says, what is wrong with it by field, and what was put right unasked."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, Refusal] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_row(number: int, cells: Mapping[str, str], words: Words) -> ReadRow:
    """Read a row's cells by field; every problem is kept at its own."""
    row = ReadRow(number)
    for name in dict.fromkeys((*cells, *NEEDED)):
        try:
            row.values[name] = _READERS.get(name, _plain)(name, cells.get(name, ""), words, row)
        except Refusal as refusal:
            row.problems[name] = refusal
    return row


def _plain(name: str, typed: str, _words: Words, _row: ReadRow) -> str:
    text = clean(typed)
    if not text and name in NEEDED:
        raise CellMissing
    if len(text) > LONGEST[name]:
        raise CellTooLong(count=len(text), most=LONGEST[name])
    return text


def western(typed: str) -> str:
    """Write the digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in clean(typed))


def _coded(name: str, typed: str, words: Words, _row: ReadRow) -> str:
    text = western(typed)
    known = words.codes[name]
    code = known.get(fold(text)) if text else ""
    if code is None:
        raise CellUnknown(text=text[:40], example=_EXAMPLES[name])
    return code


def _ice(_name: str, typed: str, _words: Words, row: ReadRow) -> str:
    text = western(typed)
    if _SHORTENED.fullmatch(text.replace(" ", "")):
        raise IceRounded(text=text[:40])
    digits = "".join(text.split())
    short = digits.isascii() and digits.isdigit() and _LEAST_ICE <= len(digits) < ICE_DIGITS
    if not short:
        return ice_number(text) or ""
    try:
        number = ice_number(digits.zfill(ICE_DIGITS))
    except Refusal:
        return ice_number(digits) or ""
    row.notes.append(PADDED)
    return number or ""


def _email(name: str, typed: str, words: Words, row: ReadRow) -> str:
    text = _plain(name, typed, words, row)
    try:
        return validate_email(text, check_deliverability=False, test_environment=True, allow_smtputf8=False).normalized.lower()
    except EmailNotValidError as error:
        raise CellUnknown(text=text[:40], example="name@company.example") from error


def _phone(name: str, typed: str, _words: Words, _row: ReadRow) -> str:
    text = western(typed)
    if not text:
        return ""
    try:
        number = phonenumbers.parse(text, "MA")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise CellUnknown(text=text[: LONGEST[name]], example=_A_NUMBER)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _website(name: str, typed: str, words: Words, row: ReadRow) -> str:
    text = _plain(name, typed, words, row)
    if text and not _WEBSITE.match(text):
        raise CellUnknown(text=text[:40], example="www.company.example")
    return text if not text or text.lower().startswith(("http://", "https://")) else f"https://{text}"


def _area(_name: str, typed: str, _words: Words, _row: ReadRow) -> str:
    text = _UNIT.sub("", western(typed).replace(" ", "").replace("\u202f", "")).replace(",", ".").replace("٫", ".")
    if not text:
        return ""
    try:
        area = Decimal(text)
    except InvalidOperation:
        area = Decimal(0)
    if not area.is_finite() or not LEAST_AREA <= area <= MOST_AREA or area != round(area, 1):
        raise CellUnknown(text=clean(typed)[:40], example="18")
    return format(area.normalize(), "f")


def _stands(_name: str, typed: str, words: Words, _row: ReadRow) -> list[int]:
    wished = [part for part in (_number(part) for part in _BETWEEN.split(typed)) if part]
    if len(wished) == 1 and wished[0] not in words.stands:
        wished = [_number(part) for part in typed.split()]
    unknown = next((number for number in wished if number not in words.stands), None)
    if unknown:
        raise StandUnknown(stand=unknown[:20])
    if len(set(wished)) > MOST_WISHES:
        raise StandsTooMany(most=MOST_WISHES)
    return list(dict.fromkeys(words.stands[number] for number in wished))


def _number(typed: str) -> str:
    return "".join(western(typed).upper().split())


def _products(_name: str, typed: str, _words: Words, _row: ReadRow) -> list[str]:
    listed = list(dict.fromkeys(filter(None, (clean(part) for part in _BETWEEN.split(typed)))))
    long = next((one for one in listed if len(one) > LONGEST_PRODUCT), None)
    if long:
        raise CellTooLong(count=len(long), most=LONGEST_PRODUCT)
    return listed[:MOST_PRODUCTS]


_READERS: dict[str, Callable[[str, str, Words, ReadRow], Any]] = {
    **dict.fromkeys(_EXAMPLES, _coded),
    "ice": _ice,
    "contact_email": _email,
    "contact_phone": _phone,
    "website": _website,
    "area": _area,
    "stands": _stands,
    "products": _products,
}
