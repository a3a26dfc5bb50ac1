"""Which open invoice a line of a bank's statement pays: certain, likely, or nobody knows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from eventapp.core.texts import fold

_LONG_ENOUGH = 3  # letters of a word that says something
_FILLERS = frozenset({"sarl", "sas", "srl", "ltd", "llc", "gmbh", "spa", "societe", "ste", "and", "the", "des", "les", "pour", "group"})


class Likeness(StrEnum):
    """How sure a match is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    NONE = "none"


@dataclass(frozen=True)
class OpenInvoice:
    """An invoice on which something is due."""

    label: str
    exhibitor: str  # the exhibitor's reference
    names: tuple[str, ...]  # what its payer may be called
    due: Decimal


@dataclass(frozen=True)
class Proposal:
    """What a line pays: an invoice by its number, or all that is open of an exhibitor by its reference."""

    likeness: Likeness
    to: str = ""


def propose(amount: Decimal, label: str, open_invoices: Sequence[OpenInvoice]) -> Proposal:
    """Match by the number in the label, then by the exhibitor's reference, then by name and sum."""
    text = fold(label).upper()
    named = [one for one in open_invoices if _stands_in(one.label, text)]
    if named:
        return _by_number(amount, named, open_invoices)
    referred = [one for one in open_invoices if _stands_in(one.exhibitor, text)]
    if referred:
        return _of_one(amount, referred, certain=True)
    words = set(re.findall(r"\w+", fold(label)))
    called = [one for one in open_invoices if any(_is_called(name, words) for name in one.names)]
    if called:
        return _of_one(amount, called, certain=False)
    alike = [one for one in open_invoices if one.due == amount]
    return Proposal(Likeness.LIKELY, alike[0].label) if len(alike) == 1 else Proposal(Likeness.NONE)


def _by_number(amount: Decimal, named: Sequence[OpenInvoice], open_invoices: Sequence[OpenInvoice]) -> Proposal:
    if len(named) == 1:
        return Proposal(Likeness.CERTAIN if named[0].due == amount else Likeness.LIKELY, named[0].label)
    payers = {one.exhibitor for one in named}
    if len(payers) > 1:
        return Proposal(Likeness.NONE)
    whole = sum((one.due for one in open_invoices if one.exhibitor in payers), Decimal(0))
    return Proposal(Likeness.CERTAIN if whole == amount else Likeness.LIKELY, named[0].exhibitor)


def _of_one(amount: Decimal, found: Sequence[OpenInvoice], *, certain: bool) -> Proposal:
    """Match by the sum among the invoices of one exhibitor; several exhibitors are told apart by it alone."""
    sure = Likeness.CERTAIN if certain else Likeness.LIKELY
    alike = [one for one in found if one.due == amount]
    if len(alike) == 1:
        return Proposal(sure, alike[0].label)
    payers = {one.exhibitor for one in found}
    if len(payers) > 1:
        return Proposal(Likeness.NONE)
    whole = sum((one.due for one in found), Decimal(0))
    return Proposal(sure if whole == amount else Likeness.LIKELY, found[0].exhibitor if len(found) > 1 else found[0].label)


def _stands_in(number: str, text: str) -> bool:
    """Say whether a number stands in a label, with or without its hyphens, and is not the beginning of a longer one."""
    signs = [sign for sign in fold(number).upper() if sign.isalnum()]
    return re.search(rf"{'[^A-Z0-9]*'.join(map(re.escape, signs))}(?![0-9])", text) is not None


def _is_called(name: str, words: set[str]) -> bool:
    """Say whether every word of a name that says something stands in a label."""
    said = [word for word in re.findall(r"\w+", fold(name)) if len(word) >= _LONG_ENOUGH and word not in _FILLERS]
    return bool(said) and words.issuperset(said)


def spread(amount: Decimal, dues: Sequence[Decimal]) -> list[Decimal]:
    """Share a sum among invoices in their order: each gets what is due on it, the last one what is left."""
    found, left = [], amount
    for number, due in enumerate(dues):
        part = left if number == len(dues) - 1 else min(left, due)
        found.append(part)
        left -= part
    return found
