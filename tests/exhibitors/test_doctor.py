"""Doctor finds what must not be about exhibitors, when somebody wrote past the program."""

import json

from sqlalchemy import text

from eventapp.accounts.models import User
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors import queries
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.operations import invite_colleague, write_conditions
from eventapp.exhibitors.operations.conditions import keep_acceptance
from eventapp.exhibitors.operations.wanted import keep_wanted
from eventapp.exhibitors.queries import wanted
from eventapp.exhibitors.rules import application
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import answers, make_exhibitor, more_answers
from tests.support.pricing import POWER, put
from tests.support.schema import write_past_the_keys


def test_doctor_finds_invitations_to_exhibitors_that_are_gone_or_of_another_edition(sistep: Edition, other_edition: Edition, stranger: User) -> None:
    ours, theirs = (make_exhibitor(edition, "Atlas", stranger) for edition in (sistep, other_edition))
    invitation_id = invite_colleague(ours.id, "brahim@atlas.example", language="fr", actor_id=stranger.id, now=EIGHT).id
    assert queries.invitations_astray() == []
    for number, why in ((theirs.id, "of another edition"), (999_999, "gone")):
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE invitations SET subject = :subject"), {"subject": json.dumps({"exhibitor_id": number, "role": "member", "name": "Atlas"})})
        db.session.rollback()
        assert queries.invitations_astray() == [f"invitation {invitation_id} is for exhibitor {number}, which is {why}"]


def wrong(edition: Edition, *statements: str) -> list[str]:
    """Write past the program and tell what doctor finds; then it is as it was."""
    write_past_the_keys(*statements)
    db.session.rollback()
    return [*wanted.wrong_wanted(), *wanted.wrong_extras(), *wanted.wrong_acceptances(), *wanted.gaps_in_conditions()]


def test_doctor_finds_what_applications_cannot_bring_or_want(sistep: Edition, stranger: User) -> None:
    put(sistep, POWER)
    atlas: Exhibitor = make_exhibitor(sistep, "Atlas", stranger)
    with transaction():
        keep_wanted(atlas, application({**answers(), **more_answers("POWER")}))
        keep_acceptance(atlas, write_conditions(sistep.id, same("Pay."), actor_id=None, now=EIGHT), "fr", now=EIGHT)
    number = atlas.id
    assert wrong(sistep) == []
    assert wrong(sistep, "UPDATE exhibitor_sectors SET sector = 'sheet_metal' WHERE sector = 'training'") == [f"exhibitor {number} has its main sector among the further ones"]
    assert wrong(sistep, "UPDATE exhibitor_sectors SET sector = 'training' WHERE sector = 'sheet_metal'", "UPDATE exhibitor_products SET position = 0 WHERE position = 1") == [
        f"exhibitor_products of exhibitor {number} are 2, from place 0"
    ]
    [found] = wrong(sistep, "UPDATE exhibitor_products SET position = 1 WHERE position = 0", "UPDATE ordered_extras SET unit_price = -1")
    assert found.partition(", called")[0] == f"exhibitor {number} ordered POWER at -1.00"
    assert wrong(sistep, "UPDATE ordered_extras SET unit_price = 1", f"UPDATE exhibitors SET state = '{ApplicationState.DRAFT}'") == [
        f"{table} of exhibitor {number} are of a draft" for table in ("exhibitor_sectors", "exhibitor_products", "co_exhibitors", "represented_firms", "ordered_extras")
    ]
    later = "INSERT INTO exhibiting_conditions (id, edition_id, number, text, since) SELECT id + 1, edition_id, number + 2, text, '2030-01-01' FROM exhibiting_conditions"
    early = "INSERT INTO accepted_conditions (id, edition_id, exhibitor_id, conditions_id, language, at, by_user_id)"
    early += " SELECT id + 1, edition_id, exhibitor_id, conditions_id + 1, language, at, by_user_id FROM accepted_conditions"
    assert wrong(sistep, "UPDATE exhibitors SET state = 'accepted'", later, early) == [
        f"exhibitor {number} accepted conditions before they were written (acceptance 2)",
        f"edition {sistep.id} has 2 versions of its conditions, the last one is number 3",
    ]
