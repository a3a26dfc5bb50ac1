"""One application as the exhibitor manager reads it."""

import re

import pytest
from flask.testing import FlaskClient

from eventapp.accounts.models import User
from eventapp.audit.trail import record
from eventapp.backoffice.views.acts import ACTS
from eventapp.core.db import transaction
from eventapp.editions.models import Edition
from eventapp.stands.views.acts import ACTS as ACTS_ON_STANDS
from tests.support.browsing import csrf_of, sign_in_as
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor


def test_the_decision_stands_between_what_was_sent_and_the_history(client: FlaskClient, sistep: Edition, adil: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", adil, state="submitted")
    page = sign_in_as(client, adil).get(f"/organiser/sistep-2018/exhibitors/{atlas.id}").text
    places = {part: page.index(f'id="{part}"') for part in ("answers", "decide", "stand-title", "people", "history")}
    assert sorted(places, key=places.__getitem__) == ["answers", "decide", "stand-title", "people", "history"]


def test_the_history_writes_every_act_of_the_trail_in_words(client: FlaskClient, sistep: Edition, adil: User) -> None:
    sign_in_as(client, adil)
    for number, codes in enumerate((list(ACTS)[::2], list(ACTS)[1::2])):
        exhibitor = make_exhibitor(sistep, f"Atlas {number}", adil)
        with transaction():
            for code in codes:
                record(code, "exhibitor", exhibitor.id, actor_id=adil.id, at=EIGHT, edition_id=sistep.id)
        history = client.get(f"/organiser/sistep-2018/exhibitors/{exhibitor.id}").text.split('<ol class="history">')[1].split("</ol>")[0]
        said = re.findall(r"<strong>(.+?)</strong>", history)
        assert (len(said), [words for words in said if words in ACTS]) == (len(codes), [])
    assert {code for code in ACTS if code.startswith("stand.")} == set(ACTS_ON_STANDS)


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
