"""One application as the exhibitor manager reads it."""

from flask.testing import FlaskClient

from eventapp.accounts.models import User
from eventapp.editions.models import Edition
from tests.support.browsing import sign_in_as
from tests.support.exhibiting import make_exhibitor


def test_the_decision_stands_between_what_was_sent_and_the_history(client: FlaskClient, sistep: Edition, adil: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", adil, state="submitted")
    page = sign_in_as(client, adil).get(f"/organiser/sistep-2018/exhibitors/{atlas.id}").text
    places = {part: page.index(f'id="{part}"') for part in ("answers", "decide", "stand-title", "people", "history")}
    assert sorted(places, key=places.__getitem__) == ["answers", "decide", "stand-title", "people", "history"]
