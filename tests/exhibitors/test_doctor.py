"""Doctor finds what must not be about exhibitors, when somebody wrote past the program."""

import json

from sqlalchemy import text

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.exhibitors import queries
from eventapp.exhibitors.operations import invite_colleague
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor


def test_doctor_finds_invitations_to_exhibitors_that_are_gone_or_of_another_edition(sistep: Edition, other_edition: Edition, stranger: User) -> None:
    ours, theirs = (make_exhibitor(edition, "Atlas", stranger) for edition in (sistep, other_edition))
    invitation_id = invite_colleague(ours.id, "brahim@atlas.example", language="fr", actor_id=stranger.id, now=EIGHT).id
    assert queries.invitations_astray() == []
    for number, why in ((theirs.id, "of another edition"), (999_999, "gone")):
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE invitations SET subject = :subject"), {"subject": json.dumps({"exhibitor_id": number, "role": "member", "name": "Atlas"})})
        db.session.rollback()
        assert queries.invitations_astray() == [f"invitation {invitation_id} is for exhibitor {number}, which is {why}"]
