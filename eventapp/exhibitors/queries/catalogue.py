"""What the catalogue says about exhibitors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select, union_all

from eventapp.core.db import db
from eventapp.documents.models import StoredFile
from eventapp.exhibitors.models import ApplicationState, CatalogueEntry, CatalogueLogo, CoExhibitor, ExhibitedProduct, Exhibitor, RepresentedFirm


def entry_of(exhibitor: Exhibitor) -> CatalogueEntry:
    """Load an exhibitor's entry; where nobody wrote one, what its application says, nothing of it public."""
    return entries_of([exhibitor])[exhibitor.id]


def entries_of(exhibitors: Sequence[Exhibitor]) -> dict[int, CatalogueEntry]:
    """Load the entries of some exhibitors, in one query; each has one, written or not."""
    stored = {one.exhibitor_id: one for one in db.session.scalars(select(CatalogueEntry).where(CatalogueEntry.exhibitor_id.in_([one.id for one in exhibitors])))}
    return {one.id: stored.get(one.id) or CatalogueEntry(exhibitor_id=one.id, edition_id=one.edition_id, **unwritten(one)) for one in exhibitors}


def unwritten(exhibitor: Exhibitor) -> dict[str, object]:
    """Say what an entry holds before anybody wrote it."""
    known = {"website": exhibitor.website or "", "phone": exhibitor.contact_phone, "email": exhibitor.contact_email}
    return {"about": {}, **known, "phone_public": False, "email_public": False, "version": 1}


def entry_to_change(exhibitor_id: int) -> CatalogueEntry:
    """Load an exhibitor's entry, which is there, locked until the operation ends."""
    return db.session.scalars(select(CatalogueEntry).where(CatalogueEntry.exhibitor_id == exhibitor_id).with_for_update().execution_options(populate_existing=True)).one()


def logos_of(exhibitor_ids: Iterable[int]) -> dict[int, StoredFile]:
    """Load the logos of some exhibitors, in one query."""
    joined = (StoredFile.id == CatalogueLogo.file_id) & (StoredFile.edition_id == CatalogueLogo.edition_id)
    query = select(CatalogueLogo.exhibitor_id, StoredFile).join(StoredFile, joined).where(CatalogueLogo.exhibitor_id.in_(list(exhibitor_ids)))
    return {row[0]: row[1] for row in db.session.execute(query)}


def logo_of(exhibitor_id: int) -> StoredFile | None:
    """Load an exhibitor's logo."""
    return logos_of([exhibitor_id]).get(exhibitor_id)


def shown_by(edition_id: int) -> dict[int, list[str]]:
    """List what the accepted exhibitors of an edition show and whom they bring along, by name: products, co-exhibitors, firms represented."""
    accepted = select(Exhibitor.id).where(Exhibitor.edition_id == edition_id, Exhibitor.state == ApplicationState.ACCEPTED)
    models: tuple[Any, ...] = (ExhibitedProduct, CoExhibitor, RepresentedFirm)
    found: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(union_all(*(select(model.exhibitor_id, model.name).where(model.exhibitor_id.in_(accepted)) for model in models))):
        found[row[0]].append(row[1])
    return found


def logos_dropped() -> list[str]:
    """List logos whose file was given up: breaches."""
    joined = (StoredFile.id == CatalogueLogo.file_id) & (StoredFile.edition_id == CatalogueLogo.edition_id)
    query = select(CatalogueLogo.exhibitor_id).join(StoredFile, joined).where(StoredFile.dropped_at.is_not(None)).order_by(CatalogueLogo.exhibitor_id)
    return [f"the logo of exhibitor {exhibitor_id} was given up" for exhibitor_id in db.session.scalars(query)]
