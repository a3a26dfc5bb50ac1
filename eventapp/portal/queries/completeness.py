"""What an accepted exhibitor has to do, asked of each room that knows a part of it."""

from collections.abc import Callable, Iterable
from datetime import date

from eventapp.attendees.queries import staff_of
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.queries.catalogue import entry_of, logo_of
from eventapp.exhibitors.queries.papers import papers_of
from eventapp.invoicing.models import ContractState
from eventapp.invoicing.queries import account_of, contract_state
from eventapp.portal.rules import Progress, Step

Line = Callable[[Edition, Exhibitor, date], Iterable[Step]]


def _contract(_edition: Edition, exhibitor: Exhibitor, _today: date) -> Iterable[Step]:
    state = contract_state(exhibitor)
    if state in {ContractState.SENT, ContractState.ACCEPTED}:  # what the organiser has to send first is not the exhibitor's to do
        yield Step(matter="contract", is_done=state == ContractState.ACCEPTED, page="contracts_exhibitor.own")


def _invoices(_edition: Edition, exhibitor: Exhibitor, _today: date) -> Iterable[Step]:
    for row in account_of(exhibitor.id).rows:
        if row.owing is not None and row.owing.credited < row.owing.total:
            yield Step(matter="invoice", is_done=row.owing.due == 0, page="invoicing_exhibitor.account", due_on=row.owing.due_on, name=row.invoice.label)


def _documents(_edition: Edition, exhibitor: Exhibitor, today: date) -> Iterable[Step]:
    for paper in papers_of(exhibitor, today):
        yield Step(
            matter="document",
            is_done=paper.standing.is_done,
            page="papers_exhibitor.provide",
            arguments={"required_id": paper.required.id},
            due_on=paper.required.due_on,
            name=paper.required.name,
            note=paper.standing.value,
        )


def _catalogue(edition: Edition, exhibitor: Exhibitor, _today: date) -> Iterable[Step]:
    about = entry_of(exhibitor).about
    yield Step(matter="catalogue", is_done=all(about.get(language) for language in edition.languages), page="entry_exhibitor.texts")
    yield Step(matter="logo", is_done=logo_of(exhibitor.id) is not None, page="entry_exhibitor.logo")


def _staff(_edition: Edition, exhibitor: Exhibitor, _today: date) -> Iterable[Step]:
    yield Step(matter="staff", is_done=bool(staff_of(exhibitor.id)), page="exhibiting.new_staff")


# what counts; a room that asks something more of exhibitors adds its line
LINES: tuple[Line, ...] = (_contract, _invoices, _documents, _catalogue, _staff)


def progress_of(edition: Edition, exhibitor: Exhibitor, today: date) -> Progress | None:
    """Say how far an accepted exhibitor is on a day; None before and after."""
    if exhibitor.state != ApplicationState.ACCEPTED:
        return None
    return Progress(tuple(step for line in LINES for step in line(edition, exhibitor, today)), today)
