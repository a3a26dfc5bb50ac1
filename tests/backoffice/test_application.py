"""One application as the exhibitor manager reads it."""

import re

import pytest
from flask.testing import FlaskClient

from eventapp.accounts.models import User
from eventapp.editions.models import Edition
from tests.support.browsing import csrf_of, sign_in_as
from tests.support.exhibiting import make_exhibitor


def test_the_decision_stands_between_what_was_sent_and_the_history(client: FlaskClient, sistep: Edition, adil: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", adil, state="submitted")
    page = sign_in_as(client, adil).get(f"/organiser/sistep-2018/exhibitors/{atlas.id}").text
    places = {part: page.index(f'id="{part}"') for part in ("answers", "decide", "stand-title", "people", "history")}
    assert sorted(places, key=places.__getitem__) == ["answers", "decide", "stand-title", "people", "history"]


@pytest.mark.parametrize(("first", "then", "buttons"), [("accept", "refuse", ["withdraw"]), ("refuse", "waitlist", ["accept", "waitlist"]), ("withdraw", "accept", [])])
def test_a_note_typed_in_a_page_that_is_out_of_date_is_kept_with_what_is_possible_now(
    client: FlaskClient, sistep: Edition, adil: User, first: str, then: str, buttons: list[str]
) -> None:
    atlas = make_exhibitor(sistep, "Atlas", adil, state="submitted")
    path = f"/organiser/sistep-2018/exhibitors/{atlas.id}"
    page = sign_in_as(client, adil).get(path)
    sent = {"csrf_token": csrf_of(page), "version": str(atlas.version)}
    assert client.post(f"{path}/{first}", data={**sent, "note": ""}).status_code == 302
    answer = client.post(f"{path}/{then}", data={**sent, "note": "Dear Nora, hall A is full & we are sorry."})
    main = answer.text.split('id="decide"')[1].split("</section>")[0]
    assert (answer.status_code, "Dear Nora, hall A is full &amp; we are sorry.</textarea>" in main) == (422, True)
    offered = [verb for verb in ("accept", "waitlist", "refuse", "withdraw") if f'action="{path}/{verb}"' in main]
    assert offered == buttons
    if buttons:
        version = re.search(r'name="version"[^>]*value="(\d+)"', main)
        assert version is not None
        again = client.post(f"{path}/{buttons[-1]}", data={**sent, "note": "Dear Nora.", "version": version[1]})
        assert (again.status_code, client.get(path).text.count("Dear Nora.")) == (302, 1)
