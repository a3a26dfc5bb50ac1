"""The example conditions, and contracts that the first exhibitors have and mostly accepted."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from eventapp.demo.rules.contracts import ACCEPTED, CONDITIONS, SENT
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.operations import write_conditions
from eventapp.exhibitors.queries import owner_of
from eventapp.invoicing.operations import Origin, accept_contract, send_contract


def add_conditions(edition: Edition, actor_id: int, now: datetime) -> None:
    """Write the example conditions of an edition."""
    write_conditions(edition.id, CONDITIONS, actor_id=actor_id, now=now)


def add_contracts(exhibitors: Sequence[Exhibitor], actor_id: int, now: datetime) -> None:
    """Send the first exhibitors their contracts; most accept within days."""
    for number, exhibitor in enumerate([one for one in exhibitors if one.state == ApplicationState.ACCEPTED][:SENT]):
        contract, owner = send_contract(exhibitor.id, actor_id=actor_id, now=now), owner_of(exhibitor.id)
        if number < ACCEPTED and owner is not None:
            origin = Origin("192.0.2.10", "Example")
            accept_contract(exhibitor.id, contract.id, seen=contract.sha256, language=contract.language, origin=origin, actor_id=owner.id, now=now + timedelta(days=2 + number % 4))
