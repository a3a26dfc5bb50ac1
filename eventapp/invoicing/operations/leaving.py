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
from eventapp.invoicing.rules.owing import Owing, percent_kept, to_credit

REASONS = {"fr": "Désistement : %s %% restent dus", "ar": "انسحاب: تبقى نسبة %s%% مستحقة", "en": "Withdrawal: %s%% stay due"}


def credit_withdrawn(exhibitor: Exhibitor, *, actor_id: int | None, now: datetime) -> list[Invoice]:
    """Credit the invoices of who withdraws, but for the percentage that the scale keeps on this day; the earliest invoice is kept first."""
    with transaction():
        edition = db.session.get_one(Edition, exhibitor.edition_id)
        kept = percent_kept(queries.scale_of(edition.id), wall(now, edition.timezone).date())
        living, accounts = queries.living_invoices(exhibitor.id), queries.accounts_of(exhibitor.id)
        owed = [Owing(one.total, accounts[one.id].credited, accounts[one.id].paid, accounts[one.id].due_on) for one in living]
        reason = REASONS[exhibitor.language] % f"{kept.normalize():f}"
        parts = zip(living, to_credit(owed, kept), strict=True)
        return [issue_credit_note(one.id, amount, reason, edition_id=edition.id, actor_id=actor_id, now=now) for one, amount in parts if amount > 0]


def keep_invoiced_stands(exhibitor_id: int) -> None:
    """Refuse to change the stands of an exhibitor whose balance invoice lists them; one that withdraws gives them up."""
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)  # so that no invoice is issued meanwhile
        balance = queries.living_balance(exhibitor_id)
        if balance is not None and exhibitor.state == ApplicationState.ACCEPTED:
            raise StandIsInvoiced(name=exhibitor.public_name, label=balance.label)
