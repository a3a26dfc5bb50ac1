"""The published programme as plain values: read from a snapshot, by day, by room, session by session."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from eventapp.programme.rules import wall_end, wall_start

Texts = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Room:
    """A place where sessions are held."""

    id: int
    code: str
    name: Texts
    hall: Texts | None
    capacity: int
    position: int


@dataclass(frozen=True)
class OnStage:
    """Somebody on stage: what they do, in which capacity, for whom."""

    role: str
    name: Texts
    capacity: Texts
    organisation: Texts | None


@dataclass(frozen=True, eq=False)
class Session:
    """One session: texts in every language, wall times aware of their zone, its parts in order, the whole it is a part of (by uid)."""

    uid: str
    sequence: int
    slug: str
    kind: str
    title: Texts
    abstract: Texts
    languages: tuple[str, ...]
    day: date
    starts: datetime
    ends: datetime
    length: int
    room: Room
    is_example: bool
    people: tuple[OnStage, ...]
    whole: str | None
    parts: tuple["Session", ...] = ()

    @property
    def signatories(self) -> list[OnStage]:
        """List who signs."""
        return [person for person in self.people if person.role == "signatory"]

    @property
    def others(self) -> list[OnStage]:
        """List who is on stage and does not sign."""
        return [person for person in self.people if person.role != "signatory"]


@dataclass(frozen=True)
class Programme:
    """A published programme: its rooms in order, whole sessions in order, and every session by its slug and by its uid."""

    rooms: tuple[Room, ...]
    wholes: tuple[Session, ...]
    by_slug: Mapping[str, Session]
    by_uid: Mapping[str, Session]

    @property
    def days(self) -> list[date]:
        """List the days that have sessions."""
        return sorted({session.day for session in self.wholes})

    @property
    def kinds(self) -> list[str]:
        """List the kinds that there are, parts included."""
        return sorted({session.kind for session in self.by_uid.values()})

    @property
    def has_examples(self) -> bool:
        """Say whether some sessions are example data."""
        return any(session.is_example for session in self.by_uid.values())

    def __iter__(self) -> Iterator[Session]:
        """Go through every session, each whole before its parts."""
        for session in self.wholes:
            yield session
            yield from session.parts


def read_programme(snapshot: Mapping[str, Any] | None, tz: str) -> Programme:
    """Read a snapshot; without one the programme is empty. A part whose whole is not there stands for itself."""
    if snapshot is None:
        return Programme((), (), {}, {})
    rooms = {row["id"]: _room(row) for row in snapshot["rooms"]}
    there = {row["uid"] for row in snapshot["sessions"]}
    rows = [{**row, "parent": row["parent"] if row["parent"] in there else None} for row in snapshot["sessions"]]
    parts: dict[str, list[Session]] = {}
    for row in rows:
        if row["parent"]:
            parts.setdefault(row["parent"], []).append(_session(row, rooms, tz))
    wholes = sorted((_session(row, rooms, tz, tuple(sorted(parts.get(row["uid"], []), key=_when))) for row in rows if not row["parent"]), key=_when)
    every = [one for whole in wholes for one in (whole, *whole.parts)]
    in_order = tuple(sorted(rooms.values(), key=lambda room: (room.position, room.id)))
    return Programme(in_order, tuple(wholes), {one.slug: one for one in every}, {one.uid: one for one in every})


def _room(row: Mapping[str, Any]) -> Room:
    return Room(row["id"], row["code"], row["name"], row["hall"], row["capacity"], row["position"])


def _session(row: Mapping[str, Any], rooms: Mapping[int, Room], tz: str, parts: tuple[Session, ...] = ()) -> Session:
    day = date.fromisoformat(row["day"])
    return Session(
        uid=row["uid"],
        sequence=row["sequence"],
        slug=row["slug"],
        kind=row["kind"],
        title=row["title"],
        abstract=row["abstract"],
        languages=tuple(row["languages"]),
        day=day,
        starts=wall_start(day, row["start"], tz, row["fold"]),
        ends=wall_end(day, row["start"], row["length"], tz, row["fold"]),
        length=row["length"],
        room=rooms[row["room"]],
        is_example=row["is_example"],
        people=tuple(OnStage(one["role"], one["name"], one["capacity"], one["organisation"]) for one in row["people"]),
        whole=row["parent"],
        parts=parts,
    )


def _when(session: Session) -> tuple[float, int, str]:
    return session.starts.timestamp(), session.room.position, session.uid


def days_shown(programme: Programme, first: date, last: date) -> list[date]:
    """List the days that have a page: the edition's, and any other on which something is published."""
    of_the_edition = {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return sorted(of_the_edition | set(programme.days))


def parties(session: Session) -> list[tuple[Texts | None, list[OnStage]]]:
    """Group a signing's signatories under their organisations, in the order in which they are listed."""
    grouped: dict[tuple[tuple[str, str], ...] | None, tuple[Texts | None, list[OnStage]]] = {}
    for person in session.signatories:
        key = tuple(sorted(person.organisation.items())) if person.organisation else None
        grouped.setdefault(key, (person.organisation, []))[1].append(person)
    return list(grouped.values())


def neighbours(programme: Programme, session: Session) -> tuple[Session | None, Session | None]:
    """Find what comes before and after in the same room on the same day; for a part, within its whole."""
    row = [one for one in programme if (one.room, one.day, one.whole) == (session.room, session.day, session.whole)]
    at = row.index(session)
    return row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None


def parallel(programme: Programme, session: Session) -> list[Session]:
    """List what happens elsewhere meanwhile: whole sessions in other rooms."""
    return [one for one in programme.wholes if one.room != session.room and one.starts < session.ends and session.starts < one.ends]


def narrowed(sessions: Sequence[Session], wanted: Callable[[Session], bool]) -> list[tuple[Session, tuple[Session, ...]]]:
    """Keep the sessions that are wanted, each with its parts; a whole that is not wanted itself stays with those of its parts that are."""
    found = []
    for session in sessions:
        parts = session.parts if wanted(session) else tuple(part for part in session.parts if wanted(part))
        if parts or wanted(session):
            found.append((session, parts))
    return found
