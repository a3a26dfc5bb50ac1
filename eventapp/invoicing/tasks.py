"""What the worker does for invoices and contracts."""

from eventapp.core import clock
from eventapp.core.errors import Refusal
from eventapp.invoicing.operations import mail_invoice
from eventapp.invoicing.operations import send_contract as send_one


def send_invoice(invoice_id: int) -> None:
    """Set an invoice as PDF and queue it as mail."""
    mail_invoice(invoice_id)


def send_contract(exhibitor_id: int, actor_id: int | None) -> None:
    """Draw up and send an exhibitor's contract; one that has it meanwhile, or lost its stand, stays as it is on the list."""
    try:
        send_one(exhibitor_id, actor_id=actor_id, now=clock.show_now())
    except Refusal:
        return
