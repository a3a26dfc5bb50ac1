"""Lists that were brought along, what they are compared with, and what refers to what they brought."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import Column, Table, func, or_, select

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import Model, db
from eventapp.core.errors import NotThere
from eventapp.core.texts import fold
from eventapp.exhibitors.models import Exhibitor, ExhibitorImport, ExhibitorMember, ImportedExhibitor, ImportState
from eventapp.exhibitors.rules import ENDED
from eventapp.exhibitors.rules.cells import Words
from eventapp.exhibitors.rules.lists import Around
from eventapp.organisations.queries import known_organisations

_REMEMBERED = 20


def lists_of(edition_id: int) -> list[ExhibitorImport]:
    """List an edition's imports, the latest first; those that were dropped are left out."""
    query = select(ExhibitorImport).where(ExhibitorImport.edition_id == edition_id, ExhibitorImport.state != ImportState.DROPPED)
    return list(db.session.scalars(query.order_by(ExhibitorImport.id.desc()).limit(100)))


def list_of_edition(edition_id: int, import_id: int) -> ExhibitorImport:
    """Load an edition's import."""
    found = db.session.scalar(select(ExhibitorImport).where(ExhibitorImport.id == import_id, ExhibitorImport.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def list_to_change(import_id: int) -> ExhibitorImport:
    """Load an import as it is now, locked until the operation ends."""
    return db.session.scalars(select(ExhibitorImport).where(ExhibitorImport.id == import_id).with_for_update().execution_options(populate_existing=True)).one()


def remembered_columns(edition_id: int) -> dict[str, str]:
    """Tell what the columns of an edition's earlier lists meant, by folded title."""
    query = select(ExhibitorImport.header, ExhibitorImport.columns).where(ExhibitorImport.edition_id == edition_id)
    meant: dict[str, str] = {}
    for header, columns in db.session.execute(query.order_by(ExhibitorImport.id.desc()).limit(_REMEMBERED)):
        for name, at in columns.items():
            if at < len(header):
                meant.setdefault(fold(header[at]), name)
    return meant


def around(edition_id: int, words: Words) -> Around:
    """Load what a list for an edition is compared with."""
    living = select(Exhibitor.organisation_id, Exhibitor.id, Exhibitor.public_name).where(
        Exhibitor.edition_id == edition_id, Exhibitor.organisation_id.is_not(None), Exhibitor.state.not_in(sorted(ENDED))
    )
    return Around(known_organisations(), {row[0] or 0: (row[1], row[2]) for row in db.session.execute(living)}, words)


def addresses_known(addresses: Collection[str]) -> set[str]:
    """Tell which addresses have an account."""
    return set(db.session.scalars(select(User.email).where(User.email.in_(addresses))))


def rows_brought(import_id: int) -> list[tuple[ImportedExhibitor, Exhibitor]]:
    """List what an import brought, in the order of its rows."""
    query = select(ImportedExhibitor, Exhibitor).join(Exhibitor, Exhibitor.id == ImportedExhibitor.exhibitor_id).where(ImportedExhibitor.import_id == import_id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(ImportedExhibitor.row))]


def brought_to_change(import_id: int) -> list[tuple[ImportedExhibitor, Exhibitor]]:
    """Load what an import brought as it is now, locked until the operation ends, in the order of their numbers so that two never wait for each other."""
    query = select(ImportedExhibitor, Exhibitor).join(Exhibitor, Exhibitor.id == ImportedExhibitor.exhibitor_id).where(ImportedExhibitor.import_id == import_id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(Exhibitor.id).with_for_update(of=Exhibitor).execution_options(populate_existing=True))]


def owners_of(exhibitor_ids: Collection[int]) -> dict[int, User]:
    """Load the owners of exhibitors."""
    query = select(ExhibitorMember.exhibitor_id, User).join(User, User.id == ExhibitorMember.user_id).where(ExhibitorMember.role == "owner")
    return {row[0]: row[1] for row in db.session.execute(query.where(ExhibitorMember.exhibitor_id.in_(exhibitor_ids)))}


def last_entry() -> int:
    """Tell the number of the trail's last line."""
    return db.session.scalar(select(func.max(AuditEntry.id))) or 0


def worked_on_since(exhibitor_ids: Collection[int], entry: int) -> set[int]:
    """Tell which exhibitors the trail has a later line about."""
    return set(db.session.scalars(select(AuditEntry.subject_id).where(AuditEntry.subject_kind == "exhibitor", AuditEntry.subject_id.in_(exhibitor_ids), AuditEntry.id > entry)))


def referred_to(table: str, ids: Collection[int]) -> set[int]:
    """Tell which of these rows anything at all points at, in whatever room: by the keys of every table, so that no table is forgotten."""
    found: set[int] = set()
    for column in pointing_at(table):
        found |= set(db.session.scalars(select(column).where(column.in_(ids)).distinct()))
    return found


def pointing_at(table: str) -> Iterator[Column[int]]:
    """List the columns of all tables that point at the id of one."""
    own: Table = Model.metadata.tables[table]
    for other in Model.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column is own.c.id and key.parent.name != "edition_id":
                yield key.parent


def wrong_imports() -> list[str]:
    """List imports that are neither under way, done nor over, or that keep rows of which nothing is left to do: breaches."""
    over = (ExhibitorImport.state.in_((ImportState.UNDONE, ImportState.DROPPED))) & ExhibitorImport.ended_at.is_(None)
    undated = (ExhibitorImport.state == ImportState.DONE) & ExhibitorImport.done_at.is_(None)
    unended = db.session.scalars(select(ExhibitorImport.id).where(or_(over, undated)).order_by(ExhibitorImport.id))
    astray = db.session.execute(
        select(ImportedExhibitor.import_id, ImportedExhibitor.exhibitor_id)
        .join(ExhibitorImport, ExhibitorImport.id == ImportedExhibitor.import_id)
        .where(ExhibitorImport.state != ImportState.DONE)
        .order_by(ImportedExhibitor.import_id, ImportedExhibitor.exhibitor_id)
    )
    kept = db.session.execute(select(ExhibitorImport.id, ExhibitorImport.lines).where(ExhibitorImport.state != ImportState.PREPARED).order_by(ExhibitorImport.id))
    return [
        *(f"import {number} is over, and nobody knows since when" for number in unended),
        *(f"import {number} is not done, and exhibitor {exhibitor} came with it" for number, exhibitor in astray),
        *(f"import {number} is over, and its rows are still kept" for number, lines in kept if lines),
    ]


def names_of(brought: Iterable[tuple[ImportedExhibitor, Exhibitor]], ids: Collection[int]) -> str:
    """Write the names of some of what an import brought, the first few of many."""
    names = sorted(exhibitor.public_name for _row, exhibitor in brought if exhibitor.id in ids)
    return ", ".join(names[:10]) + (f" … (+{len(names) - 10})" if len(names) > 10 else "")  # noqa: PLR2004 - a sentence, no list


def cells_of(one: ExhibitorImport) -> list[tuple[int, Mapping[str, str]]]:
    """List an import's rows: number, and cells by field."""
    return [(line["row"], {name: line["cells"][at] for name, at in one.columns.items()}) for line in one.lines]
