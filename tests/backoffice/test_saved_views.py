"""Views of the work list: one's own or the team's, one of them first, deleted after a question."""

from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import Role, User
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import DefaultView, SavedView
from tests.support.browsing import sign_in_as
from tests.support.cast import grant, make_user
from tests.support.doctor import breaches
from tests.support.exhibiting import make_exhibitor
from tests.support.forms import press, press_on

LIST = "/organiser/sistep-2018/exhibitors"


def test_a_view_is_saved_opens_first_is_shared_and_is_deleted_after_a_question(client: FlaskClient, sistep: Edition, adil: User, stranger: User) -> None:
    make_exhibitor(sistep, "Atlas", stranger, state="submitted")
    manager = sign_in_as(client, adil)
    form = f"{LIST}/views/new?state=submitted&q=atlas&page=3&sort=nonsense"
    assert press(manager, form, "Save", name="").status_code == 422
    assert press(manager, form, "Save", name="Atlas to decide", default="y").location == f"{LIST}?q=atlas&state=submitted"
    again = press(manager, form, "Save", name="Atlas to decide")
    assert (again.status_code, "You have a view called “Atlas to decide” already." in again.text) == (422, True)
    number = db.session.scalars(select(SavedView.id)).one()
    assert (manager.get(LIST).location, manager.get(f"{LIST}?state=all").status_code) == (f"{LIST}?q=atlas&state=submitted", 200)
    assert manager.get(f"{LIST}?q=atlas&state=submitted").text.count('aria-current="true"><bdi>Atlas to decide') == 1

    finance = grant(make_user("farid@show.example", "Farid Finance"), sistep, Role.FINANCE)
    other = sign_in_as(client.application.test_client(), finance)
    other.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert [other.get(f"{LIST}/views/{number}{page}").status_code for page in ("", "/delete")] == [404, 404]
    assert press(manager, f"{LIST}/views/{number}", "Save", name="Atlas first", shared="y").status_code == 302
    assert press(other, f"{LIST}/views/{number}", "Save", default="y").status_code == 302
    assert (other.get(LIST).location, other.get(f"{LIST}/views/{number}/delete").location) == (f"{LIST}?q=atlas&state=submitted", f"{LIST}/views")
    assert press(other, f"{LIST}/views/{number}", "Save", name="Stolen", shared="").status_code == 302
    assert db.session.scalars(select(SavedView.name)).all() == ["Atlas first"]

    stale = manager.get(f"{LIST}/views/{number}")
    assert press(manager, f"{LIST}/views/{number}", "Save", name="Atlas again", shared="y").status_code == 302
    assert press_on(manager, stale, "Save", name="Atlas lost").status_code == 422
    assert "loses it" in manager.get(f"{LIST}/views/{number}/delete").text
    assert press(manager, f"{LIST}/views/{number}/delete", "Delete the view").status_code == 302
    assert (manager.get(LIST).status_code, other.get(LIST).status_code, db.session.scalars(select(DefaultView)).all()) == (200, 200, [])


def test_a_view_that_is_hidden_again_opens_nobody_elses_list_and_doctor_would_say_so(client: FlaskClient, sistep: Edition, adil: User, stranger: User) -> None:
    manager = sign_in_as(client, adil)
    press(manager, f"{LIST}/views/new?state=accepted", "Save", name="Accepted", shared="y", default="y")
    view = db.session.scalars(select(SavedView)).one()
    number, edition_id, user_id = view.id, sistep.id, stranger.id
    with transaction():
        db.session.add(DefaultView(edition_id=edition_id, user_id=user_id, view_id=number))
    assert press(manager, f"{LIST}/views/{number}", "Save", shared=[]).status_code == 302
    assert db.session.scalars(select(DefaultView.user_id)).all() == [adil.id]
    with transaction():
        db.session.add(DefaultView(edition_id=edition_id, user_id=user_id, view_id=number))
    assert breaches() == [f"the list of user {user_id} opens with view {number}, which is another's own"]
