"""Invoices, credit notes and pro-formas as PDF, in the exhibitor's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from sqlalchemy import select

from config import ROOT
from eventapp.core.db import db
from eventapp.core.texts import days_in_words, pick
from eventapp.documents.pdf import typeset
from eventapp.invoicing.models import Invoice, InvoiceKind
from eventapp.invoicing.rules import wording
from eventapp.invoicing.rules.amounts import in_words
from eventapp.invoicing.rules.bills import BillLine
from eventapp.pricing.models import Unit

SOURCE = ROOT / "templates" / "invoicing" / "print" / "invoice.typ"
PRO_FORMA = "pro_forma"
_LEGAL = ("ice", "tax_id", "patente", "rc")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a sheet says, before it is set: an invoice as it was issued, or what one would be."""

    kind: str
    language: str
    currency: str
    vat_percent: Decimal
    net: Decimal
    vat: Decimal
    total: Decimal
    seller: Mapping[str, str]
    buyer: Mapping[str, str]
    show: Mapping[str, Any]
    lines: Sequence[Any]  # of an invoice, or of a bill
    issued_on: date
    label: str = ""
    due_on: date | None = None
    credits: str = ""
    reason: str = ""


def paper_of(invoice: Invoice, credited: str = "") -> Paper:
    """Read an issued invoice; `credited` is the number of the one that a credit note takes back."""
    same = {name: getattr(invoice, name) for name in Paper.__dataclass_fields__ if name != "credits"}
    return Paper(credits=credited, **same)


def sheet(paper: Paper) -> dict[str, Any]:
    """Write a paper's texts, each with its direction, as the typesetter takes them."""
    words, language = wording.WORDS[paper.language], paper.language
    facts = [("number", paper.label), ("issued", wording.day_on_paper(paper.issued_on, language))]
    facts += [("due", wording.day_on_paper(paper.due_on, language))] if paper.due_on else []
    facts += [("credits", paper.credits), ("reason", paper.reason), ("reference", paper.buyer["reference"]), ("purchase_order", paper.buyer["purchase_order"])]
    facts += [("show", show_on_paper(paper.show, language))]
    said = {InvoiceKind.CREDIT_NOTE: "words_credit", PRO_FORMA: "words_pro_forma"}.get(paper.kind, "words")
    return {
        "language": language,
        "title": wording.piece(words[paper.kind]),
        "heading": f"{words[paper.kind]} {paper.label}".strip(),
        "author": paper.seller["name"],
        "facts": [[wording.piece(words[name]), wording.piece(text)] for name, text in facts if text],
        "seller": {"title": wording.piece(words["seller"]), "lines": party_on_paper(paper.seller, language, _LEGAL)},
        "buyer": {"title": wording.piece(words["buyer"]), "lines": party_on_paper(paper.buyer, language, ("ice",))},
        "head": [wording.piece(words[name]) for name in ("what", "stand", "quantity", "price", "amount")],
        "lines": [line_on_paper(line, language) for line in paper.lines],
        "sums": sums_on_paper(paper.net, paper.vat_percent, paper.vat, paper.total, language),
        "currency": wording.piece(words["currency"] % paper.currency),
        "words": in_words_of(words[said], paper.total, paper.currency, language),
        "pay": _how_to_pay(paper),
        "note": wording.piece(words["no_invoice"]) if paper.kind == PRO_FORMA else None,
        "page": words["page"],
    }


def show_on_paper(show: Mapping[str, Any], language: str) -> str:
    """Write which show it is, when and where."""
    first, last = (date.fromisoformat(show[name]) for name in ("first_day", "last_day"))
    return f"{pick(show['name'], language)} · {days_in_words(first, last, wording.LOCALES[language])} · {pick(show['city'], language)}"


def party_on_paper(party: Mapping[str, str], language: str, legal: Sequence[str]) -> list[dict[str, str]]:
    """Write a seller or buyer: name, address, legal numbers."""
    name = (party.get("name_ar") if language == "ar" else "") or party["name"]
    country = party.get("country", "")
    place = " · ".join(part for part in (party.get("city", ""), Locale.parse(wording.LOCALES[language]).territories.get(country, country)) if part)
    lines = [name, *party.get("address", "").splitlines(), place]
    lines += [f"{wording.WORDS[language][number]}{wording.COLONS[language]}{party[number]}" for number in legal if party.get(number)]
    return [wording.piece(line) for line in lines if line.strip()]


def line_on_paper(line: BillLine, language: str) -> list[Any]:
    """Write one line: what, stand, quantity, price, amount."""
    if line.unit == Unit.PERCENT:
        quantity, price = wording.sum_on_paper(line.quantity, language), f"{wording.number_on_paper(line.unit_price, language)} %"
    else:
        quantity, price = wording.number_on_paper(line.quantity, language), wording.sum_on_paper(line.unit_price, language)
    unit = " m²" if line.unit == Unit.M2 else ""
    return [wording.piece(pick(line.name, language)), line.stand, f"{quantity}{unit}", price, wording.sum_on_paper(line.net, language)]


def sums_on_paper(net: Decimal, vat_percent: Decimal, vat: Decimal, total: Decimal, language: str) -> list[list[Any]]:
    """Write the sums: without tax, the tax, with it."""
    words = wording.WORDS[language]
    sums = [(words["net"], net), (words["vat"] % wording.number_on_paper(vat_percent, language), vat), (words["total"], total)]
    return [[wording.piece(label), wording.sum_on_paper(amount, language)] for label, amount in sums]


def in_words_of(said: str, total: Decimal, currency: str, language: str) -> list[dict[str, str]] | None:
    """Write the total in words; only dirhams have some."""
    return [wording.piece(said), wording.piece(in_words(total, language))] if currency == "MAD" else None


def _how_to_pay(paper: Paper) -> dict[str, Any] | None:
    """Say to which account the money goes; nobody pays a credit note."""
    if paper.kind == InvoiceKind.CREDIT_NOTE:
        return None
    words = wording.WORDS[paper.language]
    told = [("bank", paper.seller["bank"]), ("account", paper.seller["account"]), ("bic", paper.seller["bic"])]
    facts = [[wording.piece(words[name]), wording.piece(text)] for name, text in told if text]
    facts.append([wording.piece(words["quote"]), wording.piece(paper.label or paper.buyer["reference"])])
    return {"title": wording.piece(words["pay"]), "facts": facts}


def paper_pdf(paper: Paper) -> bytes:
    """Set a paper as PDF."""
    return typeset(SOURCE, sheet(paper))


def invoice_pdf(invoice: Invoice) -> bytes:
    """Set an issued invoice as PDF, from its own copy of everything."""
    credited = db.session.scalar(select(Invoice.label).where(Invoice.id == invoice.credits_id)) if invoice.credits_id else None
    return paper_pdf(paper_of(invoice, credited or ""))
