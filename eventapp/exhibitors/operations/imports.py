"""An organiser brings along a list of exhibitors: all of it or nothing, and back again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete

from eventapp.accounts.models import User
from eventapp.accounts.people import find_or_add_user
from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Edition
from eventapp.exhibitors import queries as exhibitors
from eventapp.exhibitors.errors import ColumnsNotSaid, ColumnTwice, ListClosed, ListNotReady, ListTold, ListTouched
from eventapp.exhibitors.models import (
    ApplicationState,
    CoExhibitor,
    ExhibitedProduct,
    Exhibitor,
    ExhibitorImport,
    ExhibitorMember,
    FurtherSector,
    ImportedExhibitor,
    ImportState,
    RepresentedFirm,
)
from eventapp.exhibitors.operations.on_behalf import tell_of_entry
from eventapp.exhibitors.operations.registration import add_exhibitor
from eventapp.exhibitors.queries import imports as queries
from eventapp.exhibitors.rules import cells, lists
from eventapp.exhibitors.signals import exhibitor_decided, exhibitors_leaving
from eventapp.organisations.models import Organisation
from eventapp.organisations.operations import complete_organisation
from eventapp.organisations.rules import folded_names

MOST_ROWS = 1000
Lines = Sequence[tuple[int, Sequence[str]]]
_OVERWRITTEN = ("city", "website", "sector", "contact_name", "contact_email", "contact_phone", "language", "stand_kind", "fascia_name", "message")
_OWN_TABLES = (ExhibitorMember, FurtherSector, ExhibitedProduct, CoExhibitor, RepresentedFirm)


def keep_list(edition_id: int, name: str, header: Sequence[str], lines: Lines, *, actor_id: int, now: datetime) -> ExhibitorImport:
    """Keep a list that was read, with a guess of what its columns are; nothing else is stored yet."""
    with transaction():
        columns = lists.guess_columns(header, queries.remembered_columns(edition_id))
        kept = [{"row": number, "cells": list(texts)} for number, texts in lines]
        one = ExhibitorImport(edition_id=edition_id, name=name[:160], header=list(header), lines=kept, columns=columns, choices={}, counts={}, made_at=now, by_user_id=actor_id)
        db.session.add(one)
        db.session.flush()
    return one


def _open(import_id: int) -> ExhibitorImport:
    one = queries.list_to_change(import_id)
    if one.state != ImportState.PREPARED:
        raise ListClosed
    return one


def set_columns(import_id: int, columns: Mapping[str, int], *, becomes: str, invites: bool, now: datetime) -> ExhibitorImport:
    """Say what the columns are, and what the exhibitors become; answers about rows that were read otherwise are forgotten."""
    missing = next((name for name in cells.NEEDED if name not in columns), None)
    if missing:
        raise ColumnsNotSaid(missing)
    taken: set[int] = set()
    for name, at in columns.items():
        if at in taken:
            raise ColumnTwice(name)
        taken.add(at)
    with transaction():
        one = _open(import_id)
        if dict(one.columns) != dict(columns):
            one.columns, one.choices = dict(columns), {}
        one.becomes, one.invites, one.made_at = becomes, invites, now
    return one


def answer_rows(import_id: int, choices: Mapping[str, str]) -> ExhibitorImport:
    """Keep what is to be done with rows that were asked about."""
    with transaction():
        one = _open(import_id)
        one.choices = {row: choice for row, choice in {**one.choices, **choices}.items() if choice}
    return one


def drop_list(import_id: int, *, now: datetime) -> None:
    """Forget a list that was not imported."""
    with transaction():
        one = _open(import_id)
        one.state, one.ended_at, one.lines, one.choices = ImportState.DROPPED, now, [], {}


def planned(one: ExhibitorImport, words: cells.Words) -> list[lists.Planned]:
    """Say what every row of a list would do now."""
    return lists.plan(queries.cells_of(one), one.choices, queries.around(one.edition_id, words))


def import_list(import_id: int, words: cells.Words, *, seen: int | None = None, actor_id: int, now: datetime, real_now: datetime) -> ExhibitorImport:
    """Import every row of a list, or nothing; its rows are forgotten then. `seen` is the version that the page showed."""
    with transaction():
        one = _open(import_id)
        if seen is not None and one.version != seen:
            raise ChangedMeanwhile
        rows = planned(one, words)
        if not all(row.is_settled for row in rows):
            raise ListNotReady
        known = queries.addresses_known({row.read.values["contact_email"] for row in rows if row.act == "add"})
        for row in rows:
            if row.act == "add":
                _add(one, row, known, actor_id=actor_id, now=now, real_now=real_now)
            elif row.act == "update":
                _update(one, row, actor_id=actor_id, now=now)
        counts = lists.totals(rows)
        one.state, one.done_at, one.lines, one.choices, one.counts = ImportState.DONE, now, [], {}, counts
        record("exhibitors.imported", "exhibitor_import", one.id, actor_id=actor_id, at=now, edition_id=one.edition_id, added=counts["add"], updated=counts["update"])
        if one.invites:
            _invite(one, actor_id=actor_id, now=now, real_now=real_now)
        db.session.flush()
        one.last_entry = queries.last_entry()
        db.session.flush()
    return one


def _add(one: ExhibitorImport, row: lists.Planned, known: set[str], *, actor_id: int, now: datetime, real_now: datetime) -> None:
    applied = lists.application_of(row.read.values)
    owner = find_or_add_user(applied.contact_email, applied.contact_name, applied.language, real_now)
    exhibitor = add_exhibitor(one.edition_id, applied, owner_id=owner.id, organisation_id=row.organisation_id, brought_by=actor_id, now=now, real_now=real_now)
    if one.becomes == ApplicationState.ACCEPTED:
        _accept(exhibitor, actor_id=actor_id, now=now)
    made = {"organisation": exhibitor.organisation_id} if row.organisation_id is None else {}
    made |= {"user": owner.id} if applied.contact_email not in known else {}
    db.session.flush()
    _note(one, row, exhibitor, "added", {}, made)


def _accept(exhibitor: Exhibitor, *, actor_id: int, now: datetime) -> None:
    exhibitor.state, exhibitor.decided_at = ApplicationState.ACCEPTED, now
    record("exhibitor.accepted", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id)
    declared: dict[str, Any] = {"ice": exhibitor.ice, "name_ar": exhibitor.public_name_ar, "website": exhibitor.website, "city": exhibitor.city}
    complete_organisation(exhibitor.organisation.id, **declared, actor_id=actor_id, now=now)
    exhibitor_decided.send(exhibitor=exhibitor, actor_id=actor_id, now=now)


def _note(one: ExhibitorImport, row: lists.Planned, exhibitor: Exhibitor, act: str, before: dict[str, Any], made: dict[str, Any]) -> None:
    of = {"import_id": one.id, "exhibitor_id": exhibitor.id, "edition_id": one.edition_id, "row": row.row}
    db.session.add(ImportedExhibitor(**of, act=act, version_after=exhibitor.version, before=before, made=made))
    db.session.flush()


def _update(one: ExhibitorImport, row: lists.Planned, *, actor_id: int, now: datetime) -> None:
    """Write what a row says over what is there; what it leaves empty stays."""
    exhibitor = exhibitors.exhibitor_to_change(row.exhibitor_id or 0)
    values = row.read.values
    after: dict[str, Any] = {name: values[name] for name in _OVERWRITTEN if values.get(name)}
    after |= {column: values[name] for name, column in (("name_ar", "public_name_ar"), ("ice", "ice")) if values.get(name) and not getattr(exhibitor, column)}
    after |= {"area_wished": Decimal(values["area"])} if values.get("area") else {}
    after |= {"open_sides_wished": int(values["open_sides"])} if values.get("open_sides") else {}
    changed = {name: value for name, value in after.items() if getattr(exhibitor, name) != value}
    before = {name: _plain(getattr(exhibitor, name)) for name in changed}
    _write(exhibitor, changed)
    if changed:
        record("exhibitor.corrected", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=one.edition_id, fields=sorted(changed))
    _note(one, row, exhibitor, "updated", before, {})


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal | date) else value


def _write(exhibitor: Exhibitor, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(exhibitor, name, value)
    exhibitor.folded = folded_names(exhibitor.public_name, exhibitor.public_name_ar)
    db.session.flush()


def undo_import(import_id: int, *, actor_id: int, now: datetime) -> ExhibitorImport:
    """Take back all that an import brought, as long as nobody was written to and nothing of it has been touched since."""
    with transaction():
        one = queries.list_to_change(import_id)
        if one.state != ImportState.DONE:
            raise ListClosed
        if one.invited_at is not None:
            raise ListTold
        brought = queries.brought_to_change(import_id)
        ids = {exhibitor.id for _row, exhibitor in brought}
        changed = {exhibitor.id for row, exhibitor in brought if exhibitor.version != row.version_after}
        _refuse_touched(brought, changed | queries.worked_on_since(ids, one.last_entry or 0))
        added = [(row, exhibitor) for row, exhibitor in brought if row.act == "added"]
        for row, exhibitor in brought:
            if row.act == "updated":
                _write(exhibitor, {name: Decimal(value) if name == "area_wished" and value else value for name, value in row.before.items()})
        _remove(one.id, brought, {exhibitor.id for _row, exhibitor in added}, [row.made for row, _exhibitor in added])
        one.state, one.ended_at = ImportState.UNDONE, now
        record("exhibitors.import_undone", "exhibitor_import", one.id, actor_id=actor_id, at=now, edition_id=one.edition_id)
    return one


def _refuse_touched(brought: Sequence[tuple[ImportedExhibitor, Exhibitor]], touched: set[int]) -> None:
    if touched:
        raise ListTouched(names=queries.names_of(brought, touched))


def _remove(import_id: int, brought: Sequence[tuple[ImportedExhibitor, Exhibitor]], added: set[int], made: Sequence[Mapping[str, int]]) -> None:
    """Remove exhibitors, and the organisations and accounts that came with them; who is pointed at from anywhere stays, and nothing is removed then."""
    exhibitors_leaving.send(exhibitor_ids=added)
    db.session.execute(delete(ImportedExhibitor).where(ImportedExhibitor.import_id == import_id))
    for model in _OWN_TABLES:
        db.session.execute(delete(model).where(model.exhibitor_id.in_(added)))
    _refuse_touched(brought, queries.referred_to("exhibitors", added))
    db.session.execute(delete(Exhibitor).where(Exhibitor.id.in_(added)))
    organisations, users = ({one[name] for one in made if name in one} for name in ("organisation", "user"))
    db.session.execute(delete(Organisation).where(Organisation.id.in_(organisations - queries.referred_to("organisations", organisations))))
    db.session.execute(delete(User).where(User.id.in_(users - queries.referred_to("users", users)), User.confirmed_at.is_(None)))
    db.session.expire_all()


def invite_imported(import_id: int, *, actor_id: int, now: datetime, real_now: datetime) -> ExhibitorImport:
    """Write to all that an import added: what was entered for them, and the way to their own pages."""
    with transaction():
        one = queries.list_to_change(import_id)
        if one.state != ImportState.DONE or one.invited_at is not None:
            raise ListClosed
        _invite(one, actor_id=actor_id, now=now, real_now=real_now)
    return one


def _invite(one: ExhibitorImport, *, actor_id: int, now: datetime, real_now: datetime) -> None:
    edition = db.session.get_one(Edition, one.edition_id)
    added = [exhibitor for row, exhibitor in queries.rows_brought(one.id) if row.act == "added"]
    owners = queries.owners_of([exhibitor.id for exhibitor in added])
    for exhibitor in added:
        if exhibitor.state in {ApplicationState.REFUSED, ApplicationState.WITHDRAWN}:
            continue
        tell_of_entry(exhibitor, owners[exhibitor.id], edition, real_now=real_now)
    one.invited_at = now
    record("exhibitors.import_told", "exhibitor_import", one.id, actor_id=actor_id, at=now, edition_id=one.edition_id, count=len(added))
