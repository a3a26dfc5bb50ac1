"""The words of invoices, in the three languages: what the law wants said, and how a sum and a day are written on paper."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from eventapp.core.texts import direction

LOCALES = {"fr": "fr", "ar": "ar_MA", "en": "en_GB"}
COLONS = {"fr": "\u00a0: ", "ar": ": ", "en": ": "}
_DAYS = {"fr": "d MMMM y", "ar": "d MMMM y", "en": "d MMMM y"}

WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "deposit": "Facture d’acompte",
        "balance": "Facture",
        "credit_note": "Avoir",
        "pro_forma": "Facture pro forma",
        "no_invoice": "Ce document n’est pas une facture et n’ouvre pas droit à déduction de la TVA.",
        "number": "Numéro",
        "issued": "Date",
        "due": "À payer avant le",
        "credits": "Facture concernée",
        "reason": "Motif",
        "reference": "Référence de l’exposant",
        "purchase_order": "Bon de commande",
        "show": "Salon",
        "seller": "Vendeur",
        "buyer": "Client",
        "ice": "ICE",
        "tax_id": "IF",
        "patente": "Taxe professionnelle",
        "rc": "RC",
        "what": "Désignation",
        "stand": "Stand",
        "quantity": "Quantité",
        "price": "Prix unitaire HT",
        "amount": "Montant HT",
        "net": "Total HT",
        "vat": "TVA %s %%",
        "total": "Total TTC",
        "words": "Arrêté la présente facture à la somme de :",
        "words_credit": "Arrêté le présent avoir à la somme de :",
        "words_pro_forma": "Soit la somme de :",
        "pay": "Règlement par virement bancaire",
        "bank": "Banque",
        "account": "RIB / IBAN",
        "bic": "BIC",
        "quote": "Indiquez dans le libellé du virement :",
        "page": "Page",
        "currency": "Montants en %s",
    },
    "ar": {
        "deposit": "فاتورة دفعة مقدمة",
        "balance": "فاتورة",
        "credit_note": "إشعار دائن",
        "pro_forma": "فاتورة شكلية",
        "no_invoice": "هذه الوثيقة ليست فاتورة ولا تخول خصم الضريبة على القيمة المضافة.",
        "number": "الرقم",
        "issued": "التاريخ",
        "due": "تؤدى قبل",
        "credits": "الفاتورة المعنية",
        "reason": "السبب",
        "reference": "مرجع العارض",
        "purchase_order": "سند الطلب",
        "show": "المعرض",
        "seller": "البائع",
        "buyer": "الزبون",
        "ice": "التعريف الموحد للمقاولة",
        "tax_id": "التعريف الضريبي",
        "patente": "الضريبة المهنية",
        "rc": "السجل التجاري",
        "what": "البيان",
        "stand": "الجناح",
        "quantity": "الكمية",
        "price": "ثمن الوحدة دون ضريبة",
        "amount": "المبلغ دون ضريبة",
        "net": "المجموع دون ضريبة",
        "vat": "الضريبة على القيمة المضافة %s%%",
        "total": "المجموع مع الضريبة",
        "words": "حُصرت هذه الفاتورة في مبلغ:",
        "words_credit": "حُصر هذا الإشعار الدائن في مبلغ:",
        "words_pro_forma": "أي مبلغ:",
        "pay": "الأداء بتحويل بنكي",
        "bank": "البنك",
        "account": "رقم الحساب البنكي",
        "bic": "الرمز البنكي",
        "quote": "اذكروا في بيان التحويل:",
        "page": "صفحة",
        "currency": "المبالغ بعملة %s",
    },
    "en": {
        "deposit": "Deposit invoice",
        "balance": "Invoice",
        "credit_note": "Credit note",
        "pro_forma": "Pro-forma invoice",
        "no_invoice": "This is not an invoice: no VAT can be deducted with it.",
        "number": "Number",
        "issued": "Date",
        "due": "Due by",
        "credits": "Invoice concerned",
        "reason": "Reason",
        "reference": "Exhibitor’s reference",
        "purchase_order": "Purchase order",
        "show": "Show",
        "seller": "Seller",
        "buyer": "Buyer",
        "ice": "ICE",
        "tax_id": "Tax id (IF)",
        "patente": "Business tax (patente)",
        "rc": "Trade register (RC)",
        "what": "Description",
        "stand": "Stand",
        "quantity": "Quantity",
        "price": "Unit price without tax",
        "amount": "Amount without tax",
        "net": "Total without tax",
        "vat": "VAT %s%%",
        "total": "Total with tax",
        "words": "The sum of this invoice in words (French):",
        "words_credit": "The sum of this credit note in words (French):",
        "words_pro_forma": "The sum in words (French):",
        "pay": "Payment by bank transfer",
        "bank": "Bank",
        "account": "Account (RIB / IBAN)",
        "bic": "BIC",
        "quote": "Write in the transfer’s reference:",
        "page": "Page",
        "currency": "Amounts in %s",
    },
}


def sum_on_paper(amount: Decimal, language: str) -> str:
    """Write an amount with two decimals, by the paper's language."""
    return str(format_decimal(amount, "#,##0.00", locale=LOCALES[language]))


def number_on_paper(number: Decimal, language: str) -> str:
    """Write a number without needless zeros."""
    return str(format_decimal(number.normalize(), "#,##0.##", locale=LOCALES[language]))


def day_on_paper(day: date, language: str) -> str:
    """Write a day, as in 12 avril 2018."""
    return str(format_date(day, _DAYS[language], locale=LOCALES[language]))


def piece(text: str) -> dict[str, str]:
    """Give a text to the typesetter with the way it runs."""
    return {"text": text, "dir": direction(text)}
