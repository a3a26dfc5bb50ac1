"""Verbs on invoices and contracts: issuing, crediting, booking payments, sending and accepting; who sells and who pays."""

from eventapp.invoicing.operations.contracts import TO_SEND, Origin, accept_contract, file_name, record_signed_copy, send_all_contracts, send_contract
from eventapp.invoicing.operations.favour import Refund, Source, cancel_move, refund, use_credit
from eventapp.invoicing.operations.issuing import first_due, issue_credit_note, issue_invoice, mail_invoice, next_bill
from eventapp.invoicing.operations.leaving import credit_withdrawn, keep_invoiced_stands, words_on
from eventapp.invoicing.operations.paying import Received, cancel_payment, record_payment
from eventapp.invoicing.operations.setting import set_billing, set_scale, set_seller
from eventapp.invoicing.operations.statements import MOST_ROWS, Choice, name_columns, read_statement, record_lines, totals_by_exhibitor, undo_statement

__all__ = [
    "MOST_ROWS",
    "TO_SEND",
    "Choice",
    "Origin",
    "Received",
    "Refund",
    "Source",
    "accept_contract",
    "cancel_move",
    "cancel_payment",
    "credit_withdrawn",
    "file_name",
    "first_due",
    "issue_credit_note",
    "issue_invoice",
    "keep_invoiced_stands",
    "mail_invoice",
    "name_columns",
    "next_bill",
    "read_statement",
    "record_lines",
    "record_payment",
    "record_signed_copy",
    "refund",
    "send_all_contracts",
    "send_contract",
    "set_billing",
    "set_scale",
    "set_seller",
    "totals_by_exhibitor",
    "undo_statement",
    "use_credit",
    "words_on",
]
