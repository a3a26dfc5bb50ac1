"""What changes below mean for invoices: a withdrawal credits them, stands that are billed stay as they are."""

from datetime import datetime

from eventapp.core.db import db, transaction
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.invoicing import queries
from eventapp.invoicing.errors import StandIsInvoiced
from eventapp.invoicing.models import Invoice
from eventapp.invoicing.operations.issuing import issue_credit_note

REASONS = {"fr": "Désistement : %s %% restent dus", "ar": "انسحاب: تبقى نسبة %s%% مستحقة", "en": "Withdrawal: %s%% stay due"}


def credit_withdrawn(exhibitor: Exhibitor, *, actor_id: int | None, now: datetime) -> list[Invoice]:
    """Credit the invoices of who withdraws, but for the percentage that the scale keeps on this day; the earliest invoice is kept first."""
    with transaction():
        edition = db.session.get_one(Edition, exhibitor.edition_id)
        leaving = queries.leaving_on(exhibitor, wall(now, edition.timezone).date())
        reason = REASONS[exhibitor.language] % f"{leaving.percent.normalize():f}"
        parts = zip(queries.living_invoices(exhibitor.id), leaving.credits, strict=True)
        return [issue_credit_note(one.id, amount, reason, edition_id=edition.id, actor_id=actor_id, now=now) for one, amount in parts if amount > 0]


def words_on(exhibitor: Exhibitor, *, now: datetime) -> dict[str, str]:
    """Write what a withdrawal costs for the mail that tells of it; nothing where nothing was billed or agreed."""
    edition = db.session.get_one(Edition, exhibitor.edition_id)
    leaving = queries.leaving_on(exhibitor, wall(now, edition.timezone).date())
    if not leaving.whole:
        return {}
    sums = {name: str(getattr(leaving, name)) for name in ("whole", "kept", "credited", "back", "due", "to_invoice")}
    return {**sums, "percent": f"{leaving.percent.normalize():f}", "currency": edition.currency}


def keep_invoiced_stands(exhibitor_id: int) -> None:
    """Refuse to change the stands of an exhibitor whose balance invoice lists them; one that withdraws gives them up."""
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)  # so that no invoice is issued meanwhile
        balance = queries.living_balance(exhibitor_id)
        if balance is not None and exhibitor.state == ApplicationState.ACCEPTED:
            raise StandIsInvoiced(name=exhibitor.public_name, label=balance.label)
