"""An exhibitor withdraws: credit notes, stand, badges and the waiting list, all at once or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from eventapp.accounts.models import User
from eventapp.attendees.operations import add_staff
from eventapp.badges.queries import active_badge
from eventapp.core.db import db
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.operations import decisions, withdraw
from eventapp.exhibitors.signals import exhibitor_withdrawn
from eventapp.invoicing import queries
from eventapp.invoicing.operations import set_scale
from eventapp.mail.models import OutgoingMail
from eventapp.mail.rendering import render_mail
from eventapp.models import metadata
from eventapp.stands.models import StandClaim
from tests.support.cast import EIGHT, make_user
from tests.support.exhibiting import make_exhibitor
from tests.support.invoicing import issue, on_stand, pay, sells

WRITES = ("INSERT", "UPDATE", "DELETE")
Rows = dict[str, list[Any]]


class PowerFailureError(Exception):
    """What strikes in the middle."""


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> int:
    """An exhibitor with a stand, two invoices, a payment and two badges; three wait for a stand, of whom two are told."""
    sells(sistep)
    set_scale(sistep.id, [(date(2018, 1, 1), Decimal(50))], actor_id=None, now=EIGHT)
    atlas = on_stand(sistep, "Atlas", stranger, "B12")
    deposit = issue(atlas, "deposit")
    pay(deposit, "30300")
    issue(atlas)
    for given in ("Omar", "Nora"):
        add_staff(atlas.id, given=given, family="Alami", email=f"{given.lower()}@atlas.example", actor_id=None, now=EIGHT)
    for name, wished in (("Rif", {"area_wished": Decimal(18), "language": "ar"}), ("Souss", {"language": "fr"}), ("Draa", {"area_wished": Decimal(100)})):
        make_exhibitor(sistep, name, make_user(f"{name.lower()}@show.example", name), state="waitlisted", **wished)
    return atlas.id


def everything() -> Rows:
    """Read every row of every table."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return {table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr) for table in metadata.sorted_tables}


@contextmanager
def striking_at(number: int) -> Iterator[list[str]]:
    """Let the power fail before the write of this number; yield the writes that were begun."""
    begun: list[str] = []

    def strike(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            begun.append(statement)
            if len(begun) == number:
                raise PowerFailureError

    event.listen(db.engine, "before_cursor_execute", strike)
    try:
        yield begun
    finally:
        event.remove(db.engine, "before_cursor_execute", strike)


def struck(work: Callable[[], object], number: int) -> bool:
    """Do some work while the power fails at a write; say whether it failed."""
    with striking_at(number) as begun:
        try:
            work()
        except PowerFailureError:
            return True
        finally:
            db.session.rollback()
    return len(begun) >= number


def test_a_withdrawal_is_whole_or_not_at_all_wherever_it_is_struck(app: Flask, atlas: int) -> None:
    before, half, number = everything(), [], 1
    while struck(lambda: withdraw(atlas, actor_id=None, now=EIGHT), number):
        after = everything()
        half += [f"write {number}: {name}" for name in before if before[name] != after[name]]
        number += 1
    assert half == []
    assert number > 25  # it has so many steps
    assert db.session.get_one(Exhibitor, atlas).state == "withdrawn"
    assert db.session.scalars(select(StandClaim)).all() == []
    assert [(one.kind, str(one.total)) for one in queries.invoices_of(atlas) if one.kind == "credit_note"] == [("credit_note", "30300.00")]
    assert [active_badge(holder[0]) for holder in everything()["attendees"]] == [None, None]
    told = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "stands/freed").order_by(OutgoingMail.to)).all()
    assert [(mail.to, mail.language) for mail in told] == [("rif@show.example", "ar"), ("souss@show.example", "fr")]
    assert [line for found in examine().values() for line in found] == []
    subject, text, _html = render_mail(told[1])
    assert ("B12" in subject, "/sistep-2018/floor-plan/B12" in text, "contact@show.example" in text) == (True, True, True)


def test_a_withdrawal_in_two_transactions_would_be_found_half_done(app: Flask, atlas: int, monkeypatch: pytest.MonkeyPatch) -> None:

    class InTwo:
        """Commits what was done before the others hear of it."""

        @staticmethod
        def send(**facts: Any) -> None:
            """Send it late."""
            db.session.commit()
            exhibitor_withdrawn.send(**facts)

    monkeypatch.setattr(decisions, "exhibitor_withdrawn", InTwo)
    before = everything()
    with striking_at(12):
        with pytest.raises(PowerFailureError):
            withdraw(atlas, actor_id=None, now=EIGHT)
        db.session.rollback()
    after = everything()
    assert "exhibitors" in [name for name in before if before[name] != after[name]]
