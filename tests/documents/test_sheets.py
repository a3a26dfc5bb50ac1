"""Tables that people send: encodings, separators, workbooks, and what is refused."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from eventapp.core.errors import Refusal
from eventapp.documents.errors import CellIsFormula, ColumnTwice, NoTable, OldWorkbook, RowTooLong, TableEmpty, TableTooLarge
from eventapp.documents.sheets import Sheet, SheetRow, read_sheet

FRENCH = "Prénom;Nom;Poste\r\nZoé;Bénnis;Soudeuse\r\n\r\nÉlie;d'Août;\r\n"
ARABIC = "الاسم;اللقب\r\nسلمى;بنيس\r\n"


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes, most_rows: int = 100) -> Sheet:
    return read_sheet(content, most_rows=most_rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_french_list_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert read(FRENCH.encode(encoding)) == Sheet(("Prénom", "Nom", "Poste"), (SheetRow(2, ("Zoé", "Bénnis", "Soudeuse")), SheetRow(4, ("Élie", "d'Août", ""))))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1256"])
def test_an_arabic_list_too(encoding: str) -> None:
    assert read(ARABIC.encode(encoding)) == Sheet(("الاسم", "اللقب"), (SheetRow(2, ("سلمى", "بنيس")),))


@pytest.mark.parametrize("sign", list(";,\t|"))
def test_the_separator_is_found(sign: str) -> None:
    text = sign.join(["Given", "Family"]) + "\n" + sign.join(["Amina", '"Ben; Ali, the | \t second"']) + "\n"
    assert read(text.encode()).rows == (SheetRow(2, ("Amina", "Ben; Ali, the | second")),)


def test_what_a_spreadsheet_says_about_the_separator_is_heard() -> None:
    assert read(b"sep=,\r\nGiven,Family\r\nAmina,Bennis\r\n") == Sheet(("Given", "Family"), (SheetRow(3, ("Amina", "Bennis")),))


def test_a_workbook_is_read_as_people_see_it() -> None:
    half_past_nine = datetime(2018, 4, 12, 9, 30)  # noqa: DTZ001 - a workbook knows no zone
    content = workbook(["Name", "ICE", "Day", "At", "Area", "Yes"], [" Atlas ", 1561191000066, date(2018, 4, 12), half_past_nine, 18.5, True], [None] * 6, ["Rif"])
    assert read(content).rows == (SheetRow(2, ("Atlas", "1561191000066", "2018-04-12", "2018-04-12 09:30", "18.5", "True")), SheetRow(4, ("Rif", "", "", "", "", "")))


def test_columns_are_found_by_any_of_their_names() -> None:
    sheet = read(b"PRENOM;Nom de famille;Autre\nAmina;Bennis;x\n")
    columns = sheet.columns({"given": ["First name", "Prénom"], "family": ["Nom de famille", "Nom"], "email": ["E-mail"]})
    assert columns == {"given": 0, "family": 1}
    assert list(sheet.records(columns)) == [(2, {"given": "Amina", "family": "Bennis"})]


@pytest.mark.parametrize(
    ("content", "refusal", "facts"),
    [
        (b"", TableEmpty, {}),
        (b"\n\n", TableEmpty, {}),
        (b"Given;Family\n", TableEmpty, {}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OldWorkbook, {}),
        (b"PK\x03\x04 nothing", NoTable, {}),
        (b"MZ\x90\x00\x03\x00\x00\x00", NoTable, {}),
        (b"MZ this program", NoTable, {}),
        (b"%PDF-1.7\n1 0 obj\n", NoTable, {}),
        (b"one\x01two\nthree\n", NoTable, {}),
        (b"MZ;Zone\n", TableEmpty, {}),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NoTable, {}),
        (b"\xff\xfeA", NoTable, {}),
        (b"Given;given\nAmina;Bennis\n", ColumnTwice, {"title": "given"}),
        (b"Given;Family\nAmina;Bennis;more\n", RowTooLong, {"row": 2}),
        (b"Given\n" + b"Amina\n" * 101, TableTooLarge, {"most": 100}),
        (";".join(f"c{n}" for n in range(61)).encode() + b"\n1\n", TableTooLarge, {"most": 60}),
        (workbook(["Given", "Area"], ["Amina", 3], ["Zoe", "=1+1"]), CellIsFormula, {"row": 3, "title": "Area"}),
        (workbook(["Given"]), TableEmpty, {}),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, refusal: type[Refusal], facts: dict[str, object]) -> None:
    with pytest.raises(refusal) as found:
        read(content)
    assert (type(found.value), found.value.facts) == (refusal, facts)


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def repacked(content: bytes, change: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed(parts | change)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TableTooLarge):
        read(repacked(workbook(["Given"], ["Amina"]), {"xl/bomb.xml": b"0" * (61 * 1024 * 1024)}))


def test_a_workbook_that_declares_entities_is_refused() -> None:
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(NoTable):
        read(repacked(workbook(["Given"], ["Amina"]), {"xl/worksheets/sheet1.xml": declared}))


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(NoTable):
        read(packed({"readme.txt": b"hello"}))


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_break_the_reader(content: bytes) -> None:
    try:
        sheet = read(content)
    except Refusal:
        return
    assert all(len(row.cells) == len(sheet.header) for row in sheet.rows)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
def test_no_damaged_workbook_breaks_the_reader(at: int, damage: bytes) -> None:
    content = bytearray(workbook(["Given", "Family"], ["Amina", "Bennis"]))
    content[at : at + len(damage)] = damage
    try:
        read(bytes(content))
    except Refusal:
        return
