"""The words of contracts, and the forms that send and accept one."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField
from wtforms.validators import InputRequired

from eventapp.documents.uploads import MOST_MB, Accepts, Upload, take
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


class SignedCopyForm(Form):
    """A contract that came back signed, as PDF."""

    signed = FileField(_l("Signed contract"), description=_l("PDF, at most %(most)s MB. Look at it first: it makes the exhibitor contracted.", most=MOST_MB[Accepts.PDF]))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build the form; a file is asked for."""
        super().__init__(*args, **kwargs)
        self.signed.flags.required = True

    def upload(self) -> Upload:
        """Take the file; refuse what is no proper PDF."""
        sent = self.signed.data
        return take(sent.read() if sent else b"", str(sent.filename or "") if sent else "", Accepts.PDF, field="signed")
