"""Views of the work list, and what was decided together: loaders for the organiser's desk, and what doctor asks."""

from collections.abc import Iterable

from sqlalchemy import Select, or_, select

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.exhibitors.models import ApplicationState, DecisionTogether, DefaultView, Exhibitor, PreparedRegistration, RegistrationDraft, SavedView


def _shown_to(user_id: int, edition_id: int) -> Select[SavedView]:
    return select(SavedView).where(SavedView.edition_id == edition_id, or_(SavedView.user_id == user_id, SavedView.is_shared))


def views_of(user_id: int, edition_id: int) -> list[SavedView]:
    """List the views that somebody sees: their own and those shared with the team, by name."""
    return list(db.session.scalars(_shown_to(user_id, edition_id).order_by(SavedView.name, SavedView.id)))


def view_of(user_id: int, edition_id: int, view_id: int) -> SavedView:
    """Load a view that somebody sees; another's own, another edition's and a missing one look the same."""
    found = db.session.scalar(_shown_to(user_id, edition_id).where(SavedView.id == view_id))
    if found is None:
        raise NotThere
    return found


def view_to_change(view_id: int) -> SavedView:
    """Load a view as it is now, locked until the operation ends."""
    found = db.session.scalar(select(SavedView).where(SavedView.id == view_id).with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def default_view(user_id: int, edition_id: int) -> SavedView | None:
    """Load the view with which somebody's list opens; one that is shared no more is none."""
    chosen = DefaultView.view_id == SavedView.id
    query = _shown_to(user_id, edition_id).join(DefaultView, chosen).where(DefaultView.user_id == user_id, DefaultView.edition_id == edition_id)
    return db.session.scalar(query)


def name_is_taken(user_id: int, edition_id: int, name: str, *, but: int | None = None) -> bool:
    """Say whether somebody has a view of this name beside the one named."""
    query = select(SavedView.id).where(SavedView.user_id == user_id, SavedView.edition_id == edition_id, SavedView.name == name)
    return db.session.scalar(query.where(SavedView.id != (but or 0))) is not None


def applications_numbered(edition_id: int, exhibitor_ids: Iterable[int]) -> list[Exhibitor]:
    """Load the applications of an edition among some numbers, by name; what is another edition's or missing is left out."""
    query = select(Exhibitor).where(Exhibitor.edition_id == edition_id, Exhibitor.id.in_(list(exhibitor_ids)), Exhibitor.state != ApplicationState.DRAFT)
    return list(db.session.scalars(query.order_by(Exhibitor.folded, Exhibitor.id)))


def decided_together(edition_id: int, together_id: int) -> DecisionTogether:
    """Load what was decided together in an edition."""
    found = db.session.scalar(select(DecisionTogether).where(DecisionTogether.id == together_id, DecisionTogether.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def prepared(edition_id: int, most: int = 200) -> list[tuple[PreparedRegistration, RegistrationDraft, str]]:
    """List the registrations that organisers prepared and nobody sent yet, with who prepared each, the latest first."""
    query = select(PreparedRegistration, RegistrationDraft, User.name).join(RegistrationDraft, RegistrationDraft.id == PreparedRegistration.draft_id)
    query = query.join(User, User.id == PreparedRegistration.by_user_id).where(PreparedRegistration.edition_id == edition_id, RegistrationDraft.sent_at.is_(None))
    return [(row[0], row[1], row[2]) for row in db.session.execute(query.order_by(PreparedRegistration.draft_id.desc()).limit(most))]


def prepared_to_change(edition_id: int, draft_id: int) -> tuple[PreparedRegistration, RegistrationDraft]:
    """Load a prepared registration, locked until the operation ends."""
    query = select(PreparedRegistration, RegistrationDraft).join(RegistrationDraft, RegistrationDraft.id == PreparedRegistration.draft_id)
    query = query.where(PreparedRegistration.draft_id == draft_id, PreparedRegistration.edition_id == edition_id)
    row = db.session.execute(query.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotThere
    return row[0], row[1]


def defaults_astray() -> list[str]:
    """List default views that are another's own and not shared: nobody may see by them what they may not; breaches."""
    hidden = select(DefaultView.user_id, DefaultView.view_id).join(SavedView, SavedView.id == DefaultView.view_id)
    rows = db.session.execute(hidden.where(SavedView.user_id != DefaultView.user_id, ~SavedView.is_shared).order_by(DefaultView.view_id, DefaultView.user_id))
    return [f"the list of user {user_id} opens with view {view_id}, which is another's own" for user_id, view_id in rows]
