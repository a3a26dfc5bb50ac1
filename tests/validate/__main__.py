"""Validate what is exported from the demo: `python -m tests.validate SCHEMAS`, a folder with the schemas of frab's schedule (`*.xsd`, `schema.json`)."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from icalendar import Calendar
from jsonschema import FormatChecker
from jsonschema.validators import validator_for
from lxml import etree

from eventapp import create_app
from eventapp.core.texts import LANGUAGES
from eventapp.demo.operations import load_demo
from eventapp.demo.rules.crowd import Size
from eventapp.demo.rules.people import SHOW_START
from eventapp.editions.queries import all_editions
from tests.support.databases import test_settings

PASSWORD = "correct horse battery staple"
Faults = Iterator[str]


def by_xsd(schema: Path, body: bytes) -> Faults:
    """List where an XML document departs from a schema."""
    # Our own documents and a schema on this machine: neither entities nor the network are wanted.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    against = etree.XMLSchema(etree.parse(str(schema), parser))
    if not against.validate(etree.fromstring(body, parser)):
        yield from (f"line {fault.line}: {fault.message}" for fault in against.error_log)


def by_json_schema(schema: Path, body: bytes) -> Faults:
    """List where a JSON document departs from a schema, formats included."""
    told = json.loads(schema.read_text())
    kind = validator_for(told)
    kind.check_schema(told)
    for fault in kind(told, format_checker=FormatChecker()).iter_errors(json.loads(body)):
        yield f"{fault.json_path}: {fault.message}"


def by_reading(body: bytes) -> Faults:
    """List what an iCalendar reader could not read, and events without what RFC 5545 asks of them."""
    found = Calendar.from_ical(body)
    yield from (str(fault) for part in found.walk() for fault in part.errors)
    for event in found.walk("VEVENT"):
        yield from (f"{event.get('UID')}: no {name}" for name in ("UID", "DTSTAMP", "DTSTART") if name not in event)


def exports(app: Flask, folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Give each export with the schema it was held against and its faults."""
    client = app.test_client()
    with app.app_context():
        editions = [edition.slug for edition in all_editions()]
    for path in (f"/{edition}/schedule{{}}?lang={lang}" for edition in editions for lang in LANGUAGES):
        xml, data, calendar = (client.get(path.format(ending)).data for ending in (".xml", ".json", ".ics"))
        for schema in sorted(folder.glob("*.xsd")):
            yield path.format(".xml"), schema.name, list(by_xsd(schema, xml))
        for schema in sorted(folder.glob("*.json")):
            yield path.format(".json"), schema.name, list(by_json_schema(schema, data))
        yield path.format(".ics"), "RFC 5545, by icalendar", list(by_reading(calendar))


def main() -> int:
    """Print a line for every export and schema; the status says whether all are valid."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("schemas", type=Path)
    folder = ask.parse_args().schemas
    if not (any(folder.glob("*.xsd")) and any(folder.glob("*.json"))):
        print(f"no *.xsd and *.json in {folder}")
        return 2
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="eventapp-validate-") as name:
        app = create_app(test_settings(Path(name), f"sqlite:///{name}/demo.sqlite"))
        with app.app_context():
            upgrade()
            load_demo(PASSWORD, size=Size(), show_at=SHOW_START, real_now=datetime.now(UTC))
        for path, against, faults in exports(app, folder):
            wrong += bool(faults)
            print(f"{'WRONG' if faults else 'valid'}  {path}  {against}")
            for fault in faults[:10]:
                print(f"       {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
