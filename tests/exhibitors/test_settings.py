"""How an edition deals with applications, and its conditions: set by its exhibitor managers, taken over by a new edition."""

from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import Role
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Edition
from eventapp.editions.operations import make_edition
from eventapp.editions.operations.making import NewEdition
from eventapp.exhibitors.errors import DaysOdd, MinutesOdd
from eventapp.exhibitors.models import BadgeRelease, ExhibitingRules, StandWay
from eventapp.exhibitors.operations import RulesPlan, set_exhibiting_rules, write_conditions
from eventapp.exhibitors.queries import current_conditions, exhibiting_rules
from tests.support.browsing import send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user, same
from tests.support.racing import at_once, tally

FIRST_COME = RulesPlan(StandWay.FIRST_COME, 30, 7, accepts_at_once=True, badges_from=BadgeRelease.DEPOSIT)
PAGE = "/organiser/sistep-2018/settings/exhibiting"


def said(own: ExhibitingRules) -> tuple[object, ...]:
    return (own.stand_way, own.hold_minutes, own.request_days, own.accepts_at_once, own.badges_from)


def test_rules_are_set_and_noted(sistep: Edition) -> None:
    assert said(exhibiting_rules(sistep.id)) == ("wish_list", 20, 14, False, "acceptance")
    set_exhibiting_rules(sistep.id, FIRST_COME, version=1, actor_id=None, now=EIGHT)
    assert said(exhibiting_rules(sistep.id)) == ("first_come", 30, 7, True, "deposit")
    set_exhibiting_rules(sistep.id, FIRST_COME, version=2, actor_id=None, now=EIGHT)  # saved as they were: no trace
    assert db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "exhibiting_rules")).all() == ["exhibiting_rules.set"]


@pytest.mark.parametrize(
    ("plan", "refusal"),
    [(RulesPlan(StandWay.FIRST_COME, minutes), MinutesOdd) for minutes in (0, 4, 121)] + [(RulesPlan(StandWay.FIRST_COME, 20, days), DaysOdd) for days in (0, 121)],
)
def test_odd_lengths_are_refused(sistep: Edition, plan: RulesPlan, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        set_exhibiting_rules(sistep.id, plan, actor_id=None, now=EIGHT)
    assert db.session.scalars(select(ExhibitingRules)).all() == []


def test_of_several_who_set_the_rules_at_once_one_wins(app: Flask, sistep: Edition) -> None:
    edition_id = sistep.id
    works = [partial(set_exhibiting_rules, edition_id, RulesPlan(StandWay.FIRST_COME, 20 + number), version=1, actor_id=None, now=EIGHT) for number in range(4)]
    assert tally(at_once(app, works)) == {"won": 1, ChangedMeanwhile.__name__: 3}


def test_a_new_edition_takes_rules_and_conditions_over(sistep: Edition) -> None:
    set_exhibiting_rules(sistep.id, FIRST_COME, actor_id=None, now=EIGHT)
    for words in ("Pay.", "Pay in time."):
        write_conditions(sistep.id, same(words), actor_id=None, now=EIGHT)
    wanted = NewEdition("sistep-2027", same("SISTEP 2027"), same("Salon 2027"), sistep.first_day, sistep.last_day, "contact@show.example")
    made = make_edition(wanted, copied_from=sistep.id, reserved=(), actor_id=None, now=EIGHT)
    assert said(exhibiting_rules(made.id)) == said(exhibiting_rules(sistep.id))
    copied = current_conditions(made.id)
    assert copied is not None
    assert (copied.number, copied.text) == (1, same("Pay in time."))


def test_a_manager_sets_the_rules_and_is_told_of_another_ones_change(client: FlaskClient, sistep: Edition) -> None:
    sign_in_as(client, grant(make_user("ghita@show.example", "Ghita"), sistep, Role.EXHIBITOR_MANAGER))
    typed = {"stand_way": "first_come", "hold_minutes": "30", "request_days": "7", "badges_from": "deposit", "version": "1"}
    assert send(client, f"{PAGE}/rules", **typed).location == f"{PAGE}/"
    assert "30 minutes" in client.get(f"{PAGE}/").text
    stale = send(client, f"{PAGE}/rules", **{**typed, "hold_minutes": "45"})
    assert (stale.status_code, "Somebody changed this while you had the page open." in stale.text, 'value="45"' in stale.text) == (422, True, True)
    odd = send(client, f"{PAGE}/rules", **{**typed, "hold_minutes": "500", "version": "2"})
    assert (odd.status_code, "from 5 to 120" in odd.text) == (422, True)


def test_a_manager_writes_the_conditions_version_by_version(client: FlaskClient, sistep: Edition) -> None:
    sign_in_as(client, grant(make_user("ghita@show.example", "Ghita"), sistep, Role.EXHIBITOR_MANAGER))
    assert send(client, f"{PAGE}/conditions", text_fr="", version="0").status_code == 422
    assert send(client, f"{PAGE}/conditions", text_fr="Payez.", text_ar="ادفعوا.", version="0").location == f"{PAGE}/"
    stale = send(client, f"{PAGE}/conditions", text_fr="Payez vite.", version="0")
    assert (stale.status_code, "Payez vite." in stale.text) == (422, True)
    assert send(client, f"{PAGE}/conditions", text_fr="Payez vite.", text_ar="", version="1").location == f"{PAGE}/"
    current = current_conditions(sistep.id)
    assert current is not None
    assert (current.number, current.text) == (2, {"fr": "Payez vite."})
