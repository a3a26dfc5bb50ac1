"""The words of contracts, and the forms that send and accept one."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from eventapp.invoicing.forms.invoices import MarkField
from eventapp.invoicing.models import AcceptanceWay, ContractState
from eventapp.web.forms import Form

CONTRACT_STATES = {
    ContractState.NONE: _l("To send"),
    ContractState.SENT: _l("Waits for the exhibitor"),
    ContractState.ACCEPTED: _l("Contracted"),
    ContractState.OUTDATED: _l("To send anew"),
}
ACCEPTANCE_WAYS = {AcceptanceWay.CLICK: _l("by a click"), AcceptanceWay.SIGNED_COPY: _l("by a signed copy")}


class SendContractForm(Form):
    """Send what the page shows."""

    seen = MarkField()


class AcceptContractForm(Form):
    """Accept the contract whose file the page offers."""

    accepted = BooleanField(
        _l("I have read the contract and its conditions, and I accept them for my organisation."),
        validators=[InputRequired(_l("Tick the box to accept the contract."))],
    )
    seen = MarkField()
