"""What the worker does for invoices."""

from eventapp.invoicing.operations import mail_invoice


def send_invoice(invoice_id: int) -> None:
    """Set an invoice as PDF and queue it as mail."""
    mail_invoice(invoice_id)
