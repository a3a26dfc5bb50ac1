"""How a bank's statement is read: days and sums as banks write them, and the key of a line."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import starmap

from eventapp.core.money import rounded
from eventapp.core.texts import fold

COLUMNS: Mapping[str, Sequence[str]] = {  # what banks call their columns
    "date": ("Date", "Date opération", "Date de l'opération", "Date op", "Date comptable", "Booking date", "Transaction date", "التاريخ", "تاريخ العملية"),
    "amount": ("Crédit", "Credit", "Montant crédit", "Montant", "Amount", "Montant (MAD)", "Crédit (MAD)", "دائن", "المبلغ"),
    "label": ("Libellé", "Libellé opération", "Libellé de l'opération", "Description", "Label", "Details", "Nature de l'opération", "البيان"),
    "reference": ("Référence", "Reference", "Réf", "Communication", "Motif", "المرجع"),
}
NEEDED = ("date", "amount", "label")
_LARGEST = Decimal(10) ** 11
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T].*)?")
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789,")
_SUM = re.compile(r"[+-]?[0-9][0-9., ']*")
_SUMS = frozenset(map(fold, ("Total", "Totaux", "Subtotal", "Solde", "Soldes", "Balance", "المجموع", "مجموع", "الرصيد", "رصيد")))
_OF_WHAT = frozenset(  # what stands beside such a word
    fold(
        "grand sous opening closing au du de des d a à la le date initial final précédent ancien nouveau clôture ouverture créditeur débiteur "
        "mouvements opérations crédits débits général période mois on at the of في بتاريخ"
    ).split()
)
_THIS_CENTURY = 2000


@dataclass(frozen=True)
class ReadLine:
    """A line as it was read."""

    row: int
    paid_on: date
    amount: Decimal
    label: str
    key: str


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row: in which field, and what stands there."""

    row: int
    field: str
    text: str


@dataclass(frozen=True)
class Reading:
    """What a statement says: money that came in, rows that are no such thing, and rows that nobody can read."""

    lines: tuple[ReadLine, ...]
    left_out: int
    problems: tuple[Problem, ...]
    totals: int = 0  # rows of sums and balances

    @property
    def rows(self) -> set[int]:
        """Number the rows that nobody can read."""
        return {one.row for one in self.problems}


def day_of(text: str) -> date | None:
    """Read a day as banks write it, the day before the month; None for what is none."""
    text = text.translate(_WESTERN).strip()
    year_first, day_first = _YEAR_FIRST.fullmatch(text), _DAY_FIRST.fullmatch(text)
    try:
        if year_first:
            return date(*(int(part) for part in year_first.groups()))
        if day_first:
            day, month, year = (int(part) for part in day_first.groups())
            return date(year + _THIS_CENTURY if len(day_first[3]) == 2 else year, month, day)  # noqa: PLR2004 - two digits
    except ValueError:
        return None
    return None


def sum_of(text: str) -> Decimal | None:
    """Read a sum as banks write it: 60 600,00 or 60,600.00 or 60.600,00 MAD, 0 where nothing stands; None for what is none."""
    bare = re.sub(r"(?i)\s*(mad|dhs?|د\.م\.|درهم)\s*", "", text.translate(_WESTERN)).replace("\u00a0", " ").replace("\u202f", " ").strip().replace("−", "-")
    if not bare:
        return Decimal(0)
    if not _SUM.fullmatch(bare):
        return None
    bare = bare.replace(" ", "").replace("'", "")
    whole, mark, cents = bare.rpartition(max(",", ".", key=bare.rfind)) if re.search(r"[.,]\d{1,2}$", bare) else (bare, "", "")
    try:
        found = Decimal(f"{re.sub('[.,]', '', whole or '0')}{'.' if mark else ''}{cents}")
    except ArithmeticError:
        return None
    return rounded(found) if abs(found) < _LARGEST else None


def read(rows: Sequence[tuple[int, Sequence[str]]], columns: Mapping[str, int]) -> Reading:
    """Read the rows of a statement by its columns. Money that went out, rows without a sum, and rows of sums and balances are left out; a line's key counts which of several equal ones of a day it is."""
    problems: list[Problem] = []
    found: list[tuple[int, date, Decimal, str]] = []
    left_out, totals = 0, 0
    for number, cells in rows:
        amount, day = sum_of(cells[columns["amount"]]), day_of(cells[columns["date"]])
        if day is None and amount != 0 and _is_totals(cells[columns["date"]], cells[columns["label"]]):
            totals += 1
        elif amount is None:
            problems.append(Problem(number, "amount", cells[columns["amount"]]))
        elif amount <= 0:
            left_out += 1
        elif day is None:
            problems.append(Problem(number, "date", cells[columns["date"]]))
        else:
            said = " · ".join(dict.fromkeys(cells[columns[name]] for name in ("label", "reference") if name in columns and cells[columns[name]]))
            found.append((number, day, amount, said))
    return Reading(tuple(_keyed(found)), left_out, tuple(problems), totals)


def _is_totals(day: str, label: str) -> bool:
    """Say whether a row without a day is one of sums: neither day nor text stands in it, or only a word for a sum."""
    words = set(re.sub(r"[\d/.:()'’-]", " ", fold(f"{day} {label}")).split())
    return not f"{day}{label}".strip() or (bool(words & _SUMS) and words <= _SUMS | _OF_WHAT)


def _keyed(found: Sequence[tuple[int, date, Decimal, str]]) -> list[ReadLine]:
    seen: Counter[tuple[str, str, str]] = Counter()

    def keyed(row: int, day: date, amount: Decimal, label: str) -> ReadLine:
        same = (day.isoformat(), f"{amount:.2f}", fold(label))
        seen[same] += 1
        return ReadLine(row, day, amount, label, hashlib.sha256(json.dumps([*same, seen[same]]).encode()).hexdigest())

    return list(starmap(keyed, found))
