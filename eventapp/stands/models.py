"""Stands, the cells they cover, claims on them, wishes for them, proposals who gets which; and what else is drawn on the floor."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model


class ClaimState(StrEnum):
    """Why a stand is not free."""

    HELD = "held"  # for some minutes, while somebody fills in the application
    REQUESTED = "requested"  # by an application that is not decided
    ALLOCATED = "allocated"
    BLOCKED = "blocked"  # by the organiser, for nobody


class FeatureKind(StrEnum):
    """What is drawn on the floor beside stands."""

    AISLE = "aisle"
    PILLAR = "pillar"
    DOOR = "door"
    WALL = "wall"
    SERVICE = "service"


class RunState(StrEnum):
    """How far a search for a proposal is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"  # nothing better exists
    CUT_OFF = "cut_off"  # the time ran out before that was known
    FAILED = "failed"


UNDER_WAY = (RunState.WAITING, RunState.RUNNING)


class Kept(StrEnum):
    """What the organiser decided about a line, also for the next search."""

    NOTHING = ""
    LOCKED = "locked"
    OUT = "out"


class Stand(Model):
    """A numbered place on the floor plan: a rectilinear outline in half metres from the hall's back left corner; the area is net."""

    __tablename__ = "stands"
    __table_args__ = (
        Index("uq_stands_number", "edition_id", "number", unique=True, sqlite_where=text("retired_at IS NULL"), postgresql_where=text("retired_at IS NULL")),
        UniqueConstraint("id", "edition_id"),
        UniqueConstraint("id", "hall_id"),
        ForeignKeyConstraint(["hall_id", "edition_id"], ["halls.id", "halls.edition_id"]),
        CheckConstraint("length(open_on) BETWEEN 1 AND 4", name="open_on"),
        CheckConstraint("kind IN ('bare','equipped')", name="kind"),
        CheckConstraint("area_m2 > 0", name="area"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    hall_id: Mapped[int]
    number: Mapped[str] = mapped_column(String(8))
    outline: Mapped[list[Any]] = mapped_column(JSON)  # [[x, y], ...], clockwise
    area_m2: Mapped[Decimal] = mapped_column(Numeric(8, 2))
    open_on: Mapped[str] = mapped_column(String(4))  # the faces on an aisle, of NESW
    kind: Mapped[str] = mapped_column(String(10))
    retired_at: Mapped[datetime | None]  # it became another stand by a merge or a split, or was taken off the plan
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @property
    def open_sides(self) -> int:
        """Count the open sides: 1 row, 2 corner, 3 head, 4 island."""
        return len(self.open_on)


class StandCell(Model):
    """Half a metre by half a metre of a hall, and the stand that covers it; the key lets no two stands overlap."""

    __tablename__ = "stand_cells"
    __table_args__ = (
        ForeignKeyConstraint(["stand_id", "hall_id"], ["stands.id", "stands.hall_id"]),
        CheckConstraint("x >= 0 AND y >= 0", name="inside"),
        Index("ix_stand_cells_stand_id", "stand_id"),
    )

    hall_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    x: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    y: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stand_id: Mapped[int]


class StandOrigin(Model):
    """Which stands a stand was made of, by a merge or a split."""

    __tablename__ = "stand_origins"
    __table_args__ = (
        ForeignKeyConstraint(["stand_id", "edition_id"], ["stands.id", "stands.edition_id"]),
        ForeignKeyConstraint(["made_of_id", "edition_id"], ["stands.id", "stands.edition_id"]),
        CheckConstraint("stand_id <> made_of_id", name="another"),
    )

    stand_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_of_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int]
    at: Mapped[datetime]


class FloorFeature(Model):
    """An aisle, a pillar, a door, a wall or a service on the floor of a hall; it claims nothing."""

    __tablename__ = "floor_features"
    __table_args__ = (
        ForeignKeyConstraint(["hall_id", "edition_id"], ["halls.id", "halls.edition_id"]),
        CheckConstraint(f"kind IN ({', '.join(repr(k.value) for k in FeatureKind)})", name="kind"),
        Index("ix_floor_features_hall_id", "hall_id"),
        {"sqlite_autoincrement": True},  # an id is never given twice: an undo brings back what had it
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int]
    hall_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    outline: Mapped[list[Any]] = mapped_column(JSON)
    label: Mapped[dict[str, str]]


class PlanChange(Model):
    """One act of drawing: how what it changed was before and after, so that it can be undone."""

    __tablename__ = "plan_changes"
    __table_args__ = (Index("ix_plan_changes_edition_id", "edition_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    act: Mapped[str] = mapped_column(String(20))
    before: Mapped[list[dict[str, Any]]]
    after: Mapped[list[dict[str, Any]]]
    at: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]


class StandClaim(Model):
    """Why a stand is not free, and for whom; the key allows one claim, so no stand is sold twice."""

    __tablename__ = "stand_claims"
    __table_args__ = (
        ForeignKeyConstraint(["stand_id", "edition_id"], ["stands.id", "stands.edition_id"]),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in ClaimState)})", name="state"),
        CheckConstraint("(state = 'blocked') = (exhibitor_id IS NULL)", name="for_whom"),
        CheckConstraint("state <> 'held' OR until IS NOT NULL", name="end"),
        Index("ix_stand_claims_exhibitor_id", "exhibitor_id"),
        Index("uq_stand_claims_hold", "exhibitor_id", unique=True, sqlite_where=text("state = 'held'"), postgresql_where=text("state = 'held'")),
    )

    stand_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int]
    exhibitor_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime]
    until: Mapped[datetime | None]  # a hold ends by itself; a request has a due date for the organiser
    renewed: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(200), default="")  # why it is blocked
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class StandWish(Model):
    """A stand that an exhibitor would like, in order; it blocks nothing."""

    __tablename__ = "stand_wishes"
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "rank"),
        ForeignKeyConstraint(["stand_id", "edition_id"], ["stands.id", "stands.edition_id"]),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
    )

    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stand_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int]
    rank: Mapped[int]


class AssignmentRun(Model):
    """One search for who gets which stand, and what it ended with; one is under way in an edition at a time."""

    __tablename__ = "assignment_runs"
    __table_args__ = (
        UniqueConstraint("id", "edition_id"),
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in RunState)})", name="state"),
        Index(
            "uq_assignment_runs_under_way",
            "edition_id",
            unique=True,
            sqlite_where=text("state IN ('waiting','running')"),
            postgresql_where=text("state IN ('waiting','running')"),
        ),
        Index("ix_assignment_runs_edition_id", "edition_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(8), default=RunState.WAITING)
    weights: Mapped[dict[str, Any]]
    points: Mapped[int | None] = mapped_column(BigInteger)
    bound: Mapped[int | None] = mapped_column(BigInteger)  # what no placing exceeds; none when the search ended before it knew
    conflict: Mapped[dict[str, Any]]  # demands that contradict each other, where not everybody can have a stand
    inputs: Mapped[dict[str, Any]]  # marks of what it went by, so that changes since can be named
    version: Mapped[int] = mapped_column(default=1)  # counts every change of a line too

    @property
    def gap(self) -> float | None:
        """Say by which part of what is possible at most the proposal falls short."""
        if self.bound is None or self.points is None:
            return None
        return (self.bound - self.points) / self.bound if self.bound else 0.0

    @property
    def is_under_way(self) -> bool:
        """Say whether it has not ended."""
        return self.state in UNDER_WAY

    @property
    def can_be_changed(self) -> bool:
        """Say whether there is a proposal."""
        return self.state in {RunState.DONE, RunState.CUT_OFF}


class AssignmentLine(Model):
    """What a proposal gives one exhibitor, and why; the key proposes no stand twice."""

    __tablename__ = "assignment_lines"
    __table_args__ = (
        UniqueConstraint("run_id", "stand_id"),
        ForeignKeyConstraint(["run_id", "edition_id"], ["assignment_runs.id", "assignment_runs.edition_id"]),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["stand_id", "edition_id"], ["stands.id", "stands.edition_id"]),
        CheckConstraint("kept IN ('','locked','out')", name="kept"),
        CheckConstraint("kept <> 'locked' OR stand_id IS NOT NULL", name="locked"),
        CheckConstraint("kept <> 'out' OR stand_id IS NULL", name="out"),
        CheckConstraint("accepted_at IS NULL OR stand_id IS NOT NULL", name="accepted"),
        Index("ix_assignment_lines_exhibitor_id", "exhibitor_id"),
    )

    run_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int]
    stand_id: Mapped[int | None]
    kept: Mapped[str] = mapped_column(String(6), default=Kept.NOTHING)
    by_hand: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[dict[str, Any]]
    accepted_at: Mapped[datetime | None]  # and since then it is allocated


class KeptApart(Model):
    """Two exhibitors whose stands shall not be neighbours; the smaller id comes first."""

    __tablename__ = "kept_apart"
    __table_args__ = (
        ForeignKeyConstraint(["one_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["other_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        CheckConstraint("one_id <> other_id", name="two"),
        Index("ix_kept_apart_edition_id", "edition_id"),
    )

    one_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    other_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int]
    at: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
