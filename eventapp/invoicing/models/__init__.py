"""Invoices, payments and the bank statements that they come from, contracts and how they were accepted."""

from eventapp.invoicing.models.contracts import AcceptanceWay, Contract, ContractAcceptance, ContractEvidence, ContractState, SignedCopy
from eventapp.invoicing.models.favour import CreditMove, NamedCredit
from eventapp.invoicing.models.invoices import Billing, Invoice, InvoiceAccount, InvoiceKind, InvoiceLine, InvoiceState, Payment, Seller, Series, WithdrawalStep
from eventapp.invoicing.models.statements import LinePayment, RecordedLine, Statement, StatementLine

__all__ = [
    "AcceptanceWay",
    "Billing",
    "Contract",
    "ContractAcceptance",
    "ContractEvidence",
    "ContractState",
    "CreditMove",
    "Invoice",
    "InvoiceAccount",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceState",
    "LinePayment",
    "NamedCredit",
    "Payment",
    "RecordedLine",
    "Seller",
    "Series",
    "SignedCopy",
    "Statement",
    "StatementLine",
    "WithdrawalStep",
]
