"""Forms of invoices, payments, bank statements and contracts."""

from eventapp.invoicing.forms.contracts import ACCEPTANCE_WAYS, CONTRACT_STATES, AcceptContractForm, SendContractForm, SignedCopyForm
from eventapp.invoicing.forms.favour import RefundForm, UseCreditForm
from eventapp.invoicing.forms.invoices import KIND_NAMES, STATE_NAMES, BillingForm, CancelForm, CreditForm, IssueForm, PaymentForm, ScaleForm, SellerForm
from eventapp.invoicing.forms.statements import LIKENESS_NAMES, ColumnsForm, StatementForm, lines_form

__all__ = [
    "ACCEPTANCE_WAYS",
    "CONTRACT_STATES",
    "KIND_NAMES",
    "LIKENESS_NAMES",
    "STATE_NAMES",
    "AcceptContractForm",
    "BillingForm",
    "CancelForm",
    "ColumnsForm",
    "CreditForm",
    "IssueForm",
    "PaymentForm",
    "RefundForm",
    "ScaleForm",
    "SellerForm",
    "SendContractForm",
    "SignedCopyForm",
    "StatementForm",
    "UseCreditForm",
    "lines_form",
]
