"""`schedule.page`: a programme of 300 sessions as one page, beside a bare Flask page on the same server."""

import gzip
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from eventapp import create_app
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.organisations.operations import add_person
from eventapp.programme import operations
from eventapp.programme.models import SessionKind, StageRole
from eventapp.programme.rules import Details, OnStage, Placement
from tests.load.client import Run, drive_apart, get
from tests.load.report import median, report
from tests.support.cast import EIGHT, make_edition
from tests.support.databases import test_settings
from tests.support.server import Server, free_port, installation

FIRST = date(2031, 4, 10)  # not yet, so that the page shows all days
DAYS, ROOMS, SESSIONS = 4, 12, 300
PAGE = "/bench/schedule?lang=fr"
LARGEST = 30_000
WORDS = [
    "acier",
    "usinage",
    "fonderie",
    "découpe",
    "laser",
    "pièce",
    "série",
    "ligne",
    "robot",
    "capteur",
    "énergie",
    "hydrogène",
    "emploi",
    "formation",
    "apprenti",
    "atelier",
    "export",
    "filière",
    "aéronautique",
    "automobile",
    "ferroviaire",
    "moule",
    "plasturgie",
    "câblage",
    "électronique",
    "maintenance",
    "qualité",
    "norme",
    "essai",
    "banc",
    "logistique",
    "stock",
    "achat",
    "coût",
    "délai",
    "marché",
    "Afrique",
    "partenaire",
    "technologie",
    "données",
    "réseau",
    "sécurité",
    "jumeau",
    "numérique",
    "simulation",
    "impression",
    "additive",
    "poudre",
    "traitement",
    "surface",
    "peinture",
    "soudage",
    "tôlerie",
    "pliage",
    "emboutissage",
    "forge",
    "estampage",
    "recyclage",
    "carbone",
    "sobriété",
]
GIVEN = [
    "Amina",
    "Karim",
    "Sanae",
    "Youssef",
    "Nadia",
    "Omar",
    "Laila",
    "Hassan",
    "Salma",
    "Mehdi",
    "Fatou",
    "Ibrahima",
    "Aïcha",
    "Jean",
    "Claire",
    "Paul",
    "Inès",
    "Rachid",
    "Hanane",
    "Driss",
]
FAMILY = [
    "Benali",
    "Alaoui",
    "Berrada",
    "El",
    "Idrissi",
    "Tazi",
    "Chraibi",
    "Diallo",
    "Traoré",
    "Koné",
    "Ndiaye",
    "Martin",
    "Lefèvre",
    "Moreau",
    "Bennis",
    "Fassi",
    "Lahlou",
    "Kabbaj",
    "Sow",
    "Camara",
    "Mbaye",
]


@dataclass(frozen=True)
class Stage:
    """A served programme, the app that published it, and the floor beside it."""

    server: Server
    floor_port: int
    app: Flask
    edition: int
    one_session: int


def _title(chance: random.Random, words: int) -> dict[str, str]:
    return {"fr": " ".join(chance.sample(WORDS, words)).capitalize(), "en": " ".join(chance.sample(WORDS, words)).capitalize()}


def seed(app: Flask) -> tuple[int, int]:
    """Store an edition with its programme by the programme's own operations, and publish it; return the edition's id and a session's."""
    chance = random.Random(2018)
    with app.app_context():
        edition = make_edition("bench", 77, FIRST, FIRST + timedelta(days=DAYS - 1))
        with transaction():
            people = [add_person(given=given, family=family, now=EIGHT).id for given in GIVEN for family in FAMILY]
            rooms = [operations.add_room(edition.id, code=f"r{n}", name=_title(chance, 2), capacity=80, actor_id=None, now=EIGHT).id for n in range(ROOMS)]
            ids = [_session(edition, chance, rooms, people, number) for number in range(SESSIONS)]
        operations.publish(edition.id, actor_id=None, now=EIGHT)
        return edition.id, ids[-1]


def _session(edition: Edition, chance: random.Random, rooms: Sequence[int], people: Sequence[int], number: int) -> int:
    """Store one session of 45 minutes with one or two people on stage."""
    per_room = -(-SESSIONS // (DAYS * ROOMS))
    day, rest = divmod(number, ROOMS * per_room)
    place, turn = divmod(rest, per_room)
    kind = list(SessionKind)[number % 5]
    session = operations.add_session(edition.id, Details(kind, _title(chance, chance.randint(4, 9)), _title(chance, 30)), actor_id=None, now=EIGHT)
    operations.place_session(session.id, Placement(FIRST + timedelta(days=day), 9 * 60 + turn * 60, 45, rooms[place]), actor_id=None, now=EIGHT)
    free = people[(number * 2) % len(people)], people[(number * 2 + 1) % len(people)]
    for person in free[: chance.randint(1, 2)]:
        operations.put_on_stage(session.id, OnStage(person, StageRole.SPEAKER), actor_id=None, now=EIGHT)
    return session.id


@contextmanager
def open_schedule() -> Iterator[Stage]:
    """Serve product and floor."""
    with tempfile.TemporaryDirectory(prefix="eventapp-bench-") as name:
        folder = Path(name)
        with installation(folder) as server:
            app = create_app(test_settings(folder, server.database_url, base_url=server.base))
            edition, session = seed(app)
            server.start(8)
            floor = Server(folder, server.database_url, port=free_port())
            floor.start(8, application="tests.load.hello:app", ready="/hello")
            try:
                yield Stage(server, floor.port, app, edition, session)
            finally:
                floor.stop()
                with app.app_context():
                    db.session.remove()
                    db.engine.dispose()


def asked(stage: Stage, amount: int, **headers: str) -> list[bytes]:
    """Write requests for the page."""
    return [get(PAGE, stage.server.port, Accept_Encoding="gzip", **headers)] * amount


def wrong(run: Run, status: int, body: bytes) -> int:
    """Count answers that are not what was expected."""
    return sum((answer.status, answer.body) != (status, body) for answer in run.answers)


def _own_page(stage: Stage) -> tuple[bytes, str]:
    """Ask the publishing app itself for the page; return its compressed bytes and its tag."""
    answer = stage.app.test_client().get(PAGE, headers={"Accept-Encoding": "gzip", "Host": f"127.0.0.1:{stage.server.port}"})
    assert answer.status_code == 200, answer.status
    return answer.data, answer.headers["ETag"]


@dataclass(frozen=True)
class Shown:
    """How long until a publication shows, in seconds: where it was made (by the clock and in processor time), and in the other process."""

    own: float
    own_work: float
    elsewhere: float


def _publish_again(stage: Stage, number: int) -> Shown:
    """Change a title and publish; wait until both processes show it."""
    with stage.app.app_context():
        operations.change_session(stage.one_session, Details(SessionKind.WORKSHOP, {"fr": f"Nouveau titre {number}"}), version=None, actor_id=None, now=EIGHT)
        operations.publish(stage.edition, actor_id=None, now=EIGHT)
    published, worked = time.perf_counter(), time.process_time()
    page, _tag = _own_page(stage)
    own, own_work = time.perf_counter() - published, time.process_time() - worked
    assert f"Nouveau titre {number}".encode() in gzip.decompress(page)
    while drive_apart(stage.server.port, asked(stage, 1), 1).answers[0].body != page:
        assert time.perf_counter() - published < 5, "the other process never shows the publication"
        time.sleep(0.01)
    return Shown(own, own_work, time.perf_counter() - published)


def bench(*, amount: int = 6000, repetitions: int = 5, clients: int = 16) -> list[dict[str, Any]]:
    """Measure pages a second, product and floor in turn; every body must be the expected page."""
    with open_schedule() as stage:
        page, tag = _own_page(stage)
        bad = wrong(drive_apart(stage.server.port, asked(stage, 500), clients), 200, page)
        drive_apart(stage.floor_port, [get("/hello", stage.floor_port)] * 500, clients)
        product, unchanged, floor = [], [], []
        for _ in range(repetitions):
            product.append(drive_apart(stage.server.port, asked(stage, amount), clients))
            floor.append(drive_apart(stage.floor_port, [get("/hello", stage.floor_port)] * amount, clients))
            unchanged.append(drive_apart(stage.server.port, asked(stage, amount, If_None_Match=tag), clients))
        bad += sum(wrong(run, 200, page) for run in product) + sum(wrong(run, 304, b"") for run in unchanged) + sum(wrong(run, 200, b"hello") for run in floor)
        seen = [_publish_again(stage, number) for number in range(repetitions)]
    value, beside = median([run.rate for run in product]), median([run.rate for run in floor])
    rebuilt, work, elsewhere = median([one.own for one in seen]), median([one.own_work for one in seen]), max(one.elsewhere for one in seen)
    whole = bad == 0 and len(page) < LARGEST
    first = report(
        "schedule.page",
        value,
        "pages/s",
        floor=beside,
        goal="0.6 of the floor, under 30 kB, every body right",
        ok=whole and value / beside >= 0.6,
        p99_ms=round(median([run.percentile(0.99) for run in product]) * 1000, 2),
        unchanged_per_s=round(median([run.rate for run in unchanged])),
        compressed_bytes=len(page),
        plain_bytes=len(gzip.decompress(page)),
        wrong=bad,
    )
    second = report(
        "schedule.rebuilt",
        rebuilt * 1000,
        "ms",
        goal="100 ms from publication to the new page",
        ok=rebuilt < 0.1,
        processor_ms=round(work * 1000),
        slowest_other_process_ms=round(elsewhere * 1000),
    )
    return [first, second]
