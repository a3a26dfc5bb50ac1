"""Verbs on invoices: issuing, crediting, booking payments; who sells and who pays."""

from eventapp.invoicing.operations.issuing import first_due, issue_credit_note, issue_invoice, mail_invoice, next_bill
from eventapp.invoicing.operations.leaving import credit_withdrawn, keep_invoiced_stands
from eventapp.invoicing.operations.paying import Received, cancel_payment, record_payment
from eventapp.invoicing.operations.setting import set_billing, set_scale, set_seller

__all__ = [
    "Received",
    "cancel_payment",
    "credit_withdrawn",
    "first_due",
    "issue_credit_note",
    "issue_invoice",
    "keep_invoiced_stands",
    "mail_invoice",
    "next_bill",
    "record_payment",
    "set_billing",
    "set_scale",
    "set_seller",
]
