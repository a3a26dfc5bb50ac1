"""Entries in the catalogue: texts in three languages and drawn logos, for the first exhibitors."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.demo.rules.catalogue import WITH_LOGO, WITH_TEXTS, about, logo
from eventapp.demo.rules.companies import Company
from eventapp.documents.uploads import Accepts, take
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.operations import EntryPlan, put_logo, write_entry


def add_entries(exhibitors: Sequence[Exhibitor], firms: Sequence[Company], now: datetime) -> None:
    """Write the entries of the first accepted exhibitors; some have no logo yet, some no text in every language."""
    accepted = [(exhibitor, firm) for exhibitor, firm in zip(exhibitors, firms, strict=False) if exhibitor.state == ApplicationState.ACCEPTED]
    for number, (exhibitor, firm) in enumerate(accepted[:WITH_TEXTS]):
        plan = EntryPlan(about(firm, number), exhibitor.website or "", exhibitor.contact_phone, exhibitor.contact_email, email_public=number % 2 == 0)
        write_entry(exhibitor.id, plan, actor_id=None, now=now)
        if number < WITH_LOGO:
            put_logo(exhibitor.id, take(logo(firm, number), "logo.png", Accepts.PICTURE, field="logo", longest_side=512), actor_id=None, now=now)
