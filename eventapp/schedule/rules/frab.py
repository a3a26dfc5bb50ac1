"""The programme in the shape that schedule programs read: frab's `schedule.json`, and the same as `schedule.xml`.

Both shapes are described by the schemas of the Chaos Computer Club's video team, which frab, pretalx and their readers share. There are two
schemas of the XML, an older one beside the one in use; what is written here keeps to what both of them know.
"""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

from eventapp.programme.rules import wall_start
from eventapp.schedule.rules.programme import OnStage, Programme, Room, Session

SCHEMA = "https://c3voc.de/schedule/schema.json"
_SLOT = "00:05"
_MOST, _SHORTEST = 2**31 - 1, 3
_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")

Tree = dict[str, Any]


@dataclass(frozen=True)
class Show:
    """What of an edition stands above its programme; `write` picks a reader's language, `page` gives the address of a session."""

    slug: str
    title: str
    timezone: str
    first_day: date
    last_day: date
    version: str
    url: str
    base_url: str
    write: Callable[[Mapping[str, str] | None], str]
    page: Callable[[Session], str]
    kinds: Mapping[str, str]

    @property
    def acronym(self) -> str:
        """Write the edition's short name as the schemas allow: small letters, digits and low lines, four at least."""
        return re.sub(r"[^a-z0-9]", "_", self.slug.lower()).ljust(4, "_")


def as_tree(show: Show, programme: Programme, days: Sequence[date]) -> Tree:
    """Write a programme as frab's JSON."""
    names, numbers = _room_names(show, programme), _numbers(programme)
    conference = {
        "acronym": show.acronym,
        "title": show.title,
        "start": show.first_day.isoformat(),
        "end": show.last_day.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": _SLOT,
        "time_zone_name": show.timezone,
        "url": show.url,
        "tracks": [{"name": show.kinds[kind], "slug": kind.replace("_", "-")} for kind in programme.kinds],
        "rooms": [_room(show, room, names[room.id]) for room in programme.rooms],
        "days": [_day(show, programme, number, day, names, numbers) for number, day in enumerate(days, 1)],
    }
    return {"$schema": SCHEMA, "generator": {"name": "eventapp"}, "schedule": {"version": show.version, "base_url": show.base_url, "conference": conference}}


def as_xml(tree: Tree) -> bytes:
    """Write the same as frab's XML."""
    told, conference = tree["schedule"], tree["schedule"]["conference"]
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", name=tree["generator"]["name"])
    _texts(root, {"version": told["version"]})
    head = ET.SubElement(root, "conference")
    _texts(head, {name: conference[name] for name in ("title", "acronym", "start", "end")} | {"days": str(conference["daysCount"])})
    _texts(head, {"timeslot_duration": conference["timeslot_duration"], "base_url": told["base_url"], "time_zone_name": conference["time_zone_name"]})
    guids = {room["name"]: room["guid"] for room in conference["rooms"]}
    for day in conference["days"]:
        shown = ET.SubElement(root, "day", date=day["date"], start=day["day_start"], end=day["day_end"], index=str(day["index"]))
        for name, events in day["rooms"].items():
            room = ET.SubElement(shown, "room", name=_allowed(name), guid=guids[name])
            for event in events:
                _event_as_xml(room, event)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _room_names(show: Show, programme: Programme) -> dict[int, str]:
    """Name rooms so that no two are alike, as they are told apart by their names alone."""
    names = {room.id: show.write(room.name) for room in programme.rooms}
    every = list(names.values())
    return {room.id: names[room.id] if every.count(names[room.id]) == 1 else f"{names[room.id]} ({room.code})" for room in programme.rooms}


def _numbers(programme: Programme) -> dict[str, int]:
    """Give sessions numbers made of what never changes of them, in 31 bits, since some readers keep no more."""
    taken: set[int] = set()
    found: dict[str, int] = {}
    for uid in sorted(programme.by_uid):
        number = _guid(uid).int % _MOST + 1
        while number in taken:
            number = number % _MOST + 1
        taken.add(number)
        found[uid] = number
    return found


def _guid(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, name)


def _room(show: Show, room: Room, name: str) -> Tree:
    hall = {"description": show.write(room.hall)} if room.hall else {}
    return {"name": name, "guid": str(_guid(f"{show.url}#{room.code}")), "capacity": room.capacity, **hall}


def _day(show: Show, programme: Programme, number: int, day: date, names: Mapping[int, str], numbers: Mapping[str, int]) -> Tree:
    """Write a day, from midnight to midnight of the show's clock, or as long as its last session lasts."""
    sessions = sorted((one for one in programme if one.day == day), key=lambda one: (one.starts.timestamp(), one.whole is not None, one.uid))
    ends = max([wall_start(day + timedelta(days=1), 0, show.timezone), *(one.ends for one in sessions)], key=datetime.timestamp)
    rooms = {names[room.id]: [_event(show, programme, one, names, numbers) for one in sessions if one.room == room] for room in programme.rooms}
    return {
        "index": number,
        "date": day.isoformat(),
        "day_start": wall_start(day, 0, show.timezone).isoformat(),
        "day_end": ends.isoformat(),
        "rooms": {name: events for name, events in rooms.items() if events},
    }


def _event(show: Show, programme: Programme, session: Session, names: Mapping[int, str], numbers: Mapping[str, int]) -> Tree:
    whole = programme.by_uid.get(session.whole) if session.whole else None
    minutes = round((session.ends.timestamp() - session.starts.timestamp()) / 60)
    return {
        "guid": str(_guid(session.uid)),
        "id": numbers[session.uid],
        "date": session.starts.isoformat(),
        "start": f"{session.starts:%H:%M}",
        "end": session.ends.isoformat(),
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": names[session.room.id],
        "slug": f"{show.acronym}-{numbers[session.uid] % 1_000_000}-{session.slug if len(session.slug) >= _SHORTEST else f'session-{session.slug}'}",
        "url": show.page(session),
        "title": show.write(session.title),
        "subtitle": show.write(whole.title) if whole else "",
        "track": show.kinds[session.kind],
        "type": session.kind,
        "language": next(iter(session.languages), None),
        "abstract": show.write(session.abstract),
        "description": "\n".join(_described(show, one) for one in session.people),
        "persons": [{"name": show.write(one.name), "guid": str(_guid(_identity(one)))} for one in session.people],
        "links": [],
    }


def _described(show: Show, person: OnStage) -> str:
    return " · ".join(filter(None, (show.write(person.name), show.write(person.capacity), show.write(person.organisation))))


def _identity(person: OnStage) -> str:
    """Tell people apart as the programme does: by their names and whom they stand for."""
    return repr((sorted(person.name.items()), sorted((person.organisation or {}).items())))


def _allowed(text: str) -> str:
    """Leave out the characters that XML has no way to write."""
    return _NOT_XML.sub("", text)


def _texts(parent: ET.Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = _allowed(text)


def _event_as_xml(room: ET.Element, event: Tree) -> None:
    element = ET.SubElement(room, "event", id=str(event["id"]), guid=event["guid"])
    _texts(element, {name: event[name] or "" for name in ("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug")})
    _texts(element, {name: event[name] for name in ("track", "description", "url") if event[name]})
    if event["language"]:
        _texts(element, {"language": event["language"]})
    persons = ET.SubElement(element, "persons")
    for person in event["persons"]:
        ET.SubElement(persons, "person").text = _allowed(person["name"])
    ET.SubElement(element, "links")
