"""Loaders of editions."""

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.mail.editions import Show


def edition_named(slug: str) -> Edition:
    """Load the edition that an address names."""
    edition = db.session.scalar(select(Edition).where(Edition.slug == slug))
    if edition is None:
        raise NotThere
    return edition


def show_of(edition_id: int | None) -> Show | None:
    """Tell what mail and invitations say about an edition; without one, about the current edition."""
    edition = db.session.get(Edition, edition_id) if edition_id is not None else current_edition()
    return Show(edition.slug, edition.name, edition.organiser, edition.contact_email) if edition else None


def current_edition() -> Edition | None:
    """Load the edition that the home page shows: the one marked current, else the latest public one."""
    ranked = select(Edition).where(Edition.state == "public").order_by(Edition.is_current.desc(), Edition.first_day.desc())
    return db.session.scalar(ranked.limit(1))


def public_editions() -> list[Edition]:
    """List the editions that anybody may see, latest first."""
    return list(db.session.scalars(select(Edition).where(Edition.state != "draft").order_by(Edition.first_day.desc())))


def editions_by_id(ids: set[int]) -> list[Edition]:
    """List some editions, latest first."""
    return list(db.session.scalars(select(Edition).where(Edition.id.in_(ids)).order_by(Edition.first_day.desc())))


def all_editions() -> list[Edition]:
    """List every edition, latest first."""
    return list(db.session.scalars(select(Edition).order_by(Edition.first_day.desc())))
