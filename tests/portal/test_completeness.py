"""How complete an exhibitor's participation is: one bar, what is left with its page and its date, what is late at the top."""

import re
from datetime import date, timedelta

from flask.testing import FlaskClient

from eventapp.accounts.models import User
from eventapp.attendees.operations import add_staff
from eventapp.editions.models import Edition
from eventapp.exhibitors.operations import EntryPlan, put_logo, write_entry
from eventapp.exhibitors.operations.papers import provide_document, refuse_document
from eventapp.portal.queries.completeness import progress_of
from eventapp.portal.rules import Progress, Step
from tests.support.browsing import sign_in_as
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import make_exhibitor
from tests.support.files import ask, certificate, logo

TODAY = date(2018, 3, 20)


def test_all_is_done_only_when_all_is_done() -> None:
    steps = [Step(matter=str(number), is_done=number < 3, page="x", due_on=None if number % 2 else TODAY + timedelta(days=2 - number)) for number in range(6)]
    progress = Progress(tuple(steps), TODAY)
    assert (progress.percent, [step.matter for step in progress.left], [step.matter for step in progress.done]) == (50, ["4", "3", "5"], ["0", "1", "2"])
    assert [step.is_late(TODAY) for step in progress.left] == [True, False, False]
    assert [Progress(tuple(Step(matter="x", is_done=number < done, page="x") for number in range(300)), TODAY).percent for done in (0, 299, 300)] == [0, 99, 100]
    assert Progress((), TODAY).percent == 100


def test_the_bar_fills_as_things_are_done(client: FlaskClient, sistep: Edition, stranger: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    insurance, drawings = ask(sistep, "Insurance", due_on=date(2018, 4, 13)), ask(sistep, "Drawings", due_on=date(2018, 3, 1))
    ask(sistep, "Of bare stands", for_stands="bare")

    def left() -> list[str]:
        progress = progress_of(sistep, atlas, TODAY)
        assert progress is not None
        return [str(step.name["en"]) if isinstance(step.name, dict) else step.matter for step in progress.left]

    assert left() == ["Drawings", "Insurance", "catalogue", "logo", "staff"]
    home = f"/exhibitor/sistep-2018/{atlas.id}/"
    page = sign_in_as(client, stranger).get(home).text
    assert ("0 of 5 done" in page, re.findall(r'class="tap" href="([^"]+)"', page.split('class="todo"')[1].split("</ol>")[0])) == (
        True,
        [f"{home}documents/{drawings.id}", f"{home}documents/{insurance.id}", f"{home}catalogue/texts", f"{home}catalogue/logo", f"{home}staff/new"],
    )
    assert [words in page for words in ("until 13 April 2018", "Late")] == [True, True]
    for required in (insurance, drawings):
        sent = provide_document(atlas.id, required.id, certificate(str(required.id)), actor_id=None, now=EIGHT)
    write_entry(atlas.id, EntryPlan({"fr": "Presses"}), actor_id=None, now=EIGHT)
    put_logo(atlas.id, logo(), actor_id=None, now=EIGHT)
    assert left() == ["catalogue", "staff"]
    refuse_document(sistep.id, sent.id, "Not to scale.", actor_id=None, now=EIGHT)
    write_entry(atlas.id, EntryPlan(same("Presses")), actor_id=None, now=EIGHT)
    add_staff(atlas.id, given="Omar", family="Alami", actor_id=None, now=EIGHT)
    assert left() == ["Drawings"]
    assert [words in client.get(home).text for words in ("4 of 5 done", "To send again")] == [True, True]
    provide_document(atlas.id, drawings.id, certificate("to scale"), actor_id=None, now=EIGHT)
    assert "Everything is there" in client.get(home).text


def test_before_acceptance_and_after_the_end_there_is_no_bar(client: FlaskClient, sistep: Edition, stranger: User) -> None:
    sign_in_as(client, stranger)
    ask(sistep, "Insurance")
    pages = [client.get(f"/exhibitor/sistep-2018/{make_exhibitor(sistep, name, stranger, state=name).id}/") for name in ("submitted", "waitlisted", "refused", "withdrawn")]
    assert [(page.status_code, "progress-bar" in page.text) for page in pages] == [(200, False)] * 4
