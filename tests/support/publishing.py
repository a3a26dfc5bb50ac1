"""Snapshots as a publication writes them, without the rooms below: for tests of what reads them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import count
from typing import Any
from zlib import crc32

from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.programme.models import PublishedVersion
from tests.support.cast import EIGHT, same

Row = dict[str, Any]
FIMME = {"fr": "FIMME", "ar": "الفيدرالية المغربية للصناعات المعدنية", "en": "FIMME"}
ARTS_ET_METIERS = same("Arts et Métiers ParisTech")


def room(number: int, name: str | Mapping[str, str], **more: object) -> Row:
    """Write a room."""
    texts = same(name) if isinstance(name, str) else dict(name)
    return {"id": number, "code": f"r{number}", "name": texts, "capacity": 100, "hall": same("Hall B"), "position": number} | more


def person(name: str | Mapping[str, str], role: str = "speaker", capacity: str = "", organisation: Mapping[str, str] | None = None) -> Row:
    """Write somebody on stage."""
    texts = same(name) if isinstance(name, str) else dict(name)
    return {"role": role, "name": texts, "capacity": same(capacity) if capacity else {}, "organisation": dict(organisation) if organisation else None}


def session(slug: str, day: str, start: int, length: int = 60, **more: object) -> Row:
    """Write a session of an hour in the first room; its title is its slug unless told."""
    values: Row = {"id": crc32(slug.encode()), "uid": f"{slug}@show.example", "sequence": 0, "slug": slug, "kind": "conference", "title": same(slug), "abstract": {}}
    values |= {"languages": ["fr"], "day": day, "start": start, "fold": 0, "length": length, "room": 1, "parent": None, "is_example": False, "people": []}
    return values | more


def snapshot(rooms: Iterable[Row], sessions: Iterable[Row]) -> Row:
    """Write a snapshot, its sessions in order."""
    return {"rooms": list(rooms), "sessions": sorted(sessions, key=lambda row: (row["day"], row["start"], row["uid"]))}


_numbers = count(1)


def store(edition: Edition, content: Row, at: datetime = EIGHT) -> PublishedVersion:
    """Store a version, as another process would have: nothing is told to this one."""
    with transaction():
        version = PublishedVersion(edition_id=edition.id, number=next(_numbers), published_at=at, snapshot=content)
        db.session.add(version)
    return version


def inauguration_day() -> Row:
    """The first day in small: the inauguration with a signing as its part, a round table beside it, a workshop later; a second day."""
    signatories = [
        person({"fr": "Abdelhamid Souiri", "ar": "عبد الحميد الصويري", "en": "Abdelhamid Souiri"}, "signatory", "President", FIMME),
        person("Laurent Champaney", "signatory", "General Manager", ARTS_ET_METIERS),
    ]
    opening = session(
        "inauguration",
        "2018-04-12",
        660,
        90,
        kind="inauguration",
        title={"fr": "Inauguration officielle", "ar": "الافتتاح الرسمي", "en": "Official opening"},
        abstract={"fr": "Le ministre ouvre le salon.", "ar": "يفتتح الوزير المعرض.", "en": "The minister opens the show."},
        languages=["fr", "ar"],
        people=[person("Moulay Hafid Elalamy", "speaker", "Minister of Industry")],
    )
    signing = session(
        "signature",
        "2018-04-12",
        705,
        15,
        kind="signing",
        title={"fr": "Signature du mémorandum", "ar": "توقيع مذكرة التفاهم", "en": "Signing of the memorandum"},
        parent=opening["uid"],
        sequence=3,
        people=signatories,
    )
    beside = session(
        "table-ronde", "2018-04-12", 690, 60, kind="round_table", title={"fr": "L’électronique en Afrique", "ar": "الإلكترونيات في إفريقيا", "en": "Electronics in Africa"}, room=2
    )
    later = session("atelier", "2018-04-12", 840, 120, kind="workshop", title={"fr": "Soudage", "ar": "اللحام", "en": "Welding"}, is_example=True)
    second = session("tole", "2018-04-13", 600, 45, kind="demonstration", title={"fr": "Tôlerie fine", "ar": "صفائح معدنية", "en": "Sheet metal"}, room=2)
    rooms = [room(1, {"fr": "Salle Atlas", "ar": "قاعة الأطلس", "en": "Atlas Room"}), room(2, {"fr": "Salle Rif", "ar": "قاعة الريف", "en": "Rif Room"}, hall=None)]
    return snapshot(rooms, [opening, signing, beside, later, second])
