"""Tables that people send, as XLSX or CSV of any usual encoding and separator, read as plain texts with their row numbers."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from eventapp.core.texts import clean, fold
from eventapp.documents.errors import CellIsFormula, ColumnTwice, NoTable, OldWorkbook, RowTooLong, TableEmpty, TableTooLarge

MOST_COLUMNS = 60
MOST_UNPACKED = 60 * 1024 * 1024  # bytes of an XLSX when unpacked
MOST_PARTS = 400
LONGEST_CELL = 4_000
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS = re.compile(rb"\x7fELF|\x89PNG|\xff\xd8\xff|\x1f\x8b|7z\xbc\xaf|PK\x05\x06|(MZ|#!|%PDF|GIF8|RIFF|Rar!)(?![A-Za-z0-9 ]*[;,\t|\r\n])")  # unless it is a column's title
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")  # no table has them; a file of DOS may end with 0x1a
_DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError)
_SEPARATORS = ";,\t|"
_ARABIC_SHARE = 0.5


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table: the titles of its columns and its rows, empty ones left out."""

    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    def columns(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """Find for each field the column whose title is one of its names, whatever case and accents."""
        titles = {fold(title): at for at, title in enumerate(self.header)}
        return {name: titles[fold(word)] for name, words in wanted.items() for word in reversed(words) if fold(word) in titles}

    def records(self, columns: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row's number with its cells by field."""
        return ((row.number, {name: row.cells[at] for name, at in columns.items()}) for row in self.rows)


def read_sheet(content: bytes, *, most_rows: int) -> Sheet:
    """Read a file by what is in it, not by its name; refuse what is no table, has formulas, or is too large."""
    if content.startswith(_OLD):
        raise OldWorkbook
    if _OTHERS.match(content):
        raise NoTable
    lines = _of_workbook(content) if content.startswith(_ZIP) else _of_text(content)
    return _sheet(lines, most_rows)


def _sheet(lines: Iterable[tuple[int, list[str]]], most_rows: int) -> Sheet:
    """Take the first row that is not empty as the titles."""
    filled = ((number, cells) for number, cells in lines if any(cells))
    first = next(filled, None)
    if first is None:
        raise TableEmpty
    header = _titles(first[1])
    rows: list[SheetRow] = []
    for number, cells in filled:
        if len(rows) == most_rows:
            raise TableTooLarge(most=most_rows)
        if any(cells[len(header) :]):
            raise RowTooLong(row=number)
        rows.append(SheetRow(number, tuple((cells + [""] * len(header))[: len(header)])))
    if not rows:
        raise TableEmpty
    return Sheet(header, tuple(rows))


def _titles(cells: list[str]) -> tuple[str, ...]:
    """Read the titles; each may stand there once."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > MOST_COLUMNS:
        raise TableTooLarge(most=MOST_COLUMNS)
    seen: set[str] = set()
    for title in filter(None, cells):
        if fold(title) in seen:
            raise ColumnTwice(title=title)
        seen.add(fold(title))
    return tuple(cells)


def _of_text(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Read CSV."""
    text = _decoded(content)
    if _CONTROL.search(text):
        raise NoTable
    separator = _separator(text)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for number, cells in enumerate(reader, start=1):
            if number == 1 and len(cells) <= 2 and cells and cells[0].lower().startswith("sep="):  # noqa: PLR2004 - what spreadsheets write: sep=;
                continue
            yield number, [_text(cell) for cell in cells]
    except csv.Error as error:
        raise NoTable from error


def _decoded(content: bytes) -> str:
    """Decode by the byte order mark, as UTF-8, or as one of the code pages of our region."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decode(content, encoding)
    try:
        return content.decode()
    except UnicodeDecodeError:
        arabic = _decode(content, "cp1256", "replace")
        beyond = [letter for letter in arabic if ord(letter) > 127]  # noqa: PLR2004 - not ASCII
        is_arabic = sum("\u0600" <= letter <= "\u06ff" for letter in beyond) > _ARABIC_SHARE * len(beyond)
        return arabic if is_arabic and "\ufffd" not in arabic else _decode(content, "cp1252")


def _decode(content: bytes, encoding: str, errors: str = "strict") -> str:
    try:
        return content.decode(encoding, errors)
    except UnicodeDecodeError as error:
        raise NoTable from error


def _separator(text: str) -> str:
    """Choose the separator that stands as often in each of the first rows, and most often."""
    if text[:4].lower() == "sep=" and len(text) > 4 and text[4] in _SEPARATORS:  # noqa: PLR2004 - after "sep="
        return text[4]
    first = [line for line in text.splitlines()[:20] if line.strip()]
    if not first:
        return ";"
    widths = {sign: [len(next(csv.reader([line], delimiter=sign), [])) for line in first] for sign in _SEPARATORS}
    return max(_SEPARATORS, key=lambda sign: (widths[sign][0] > 1, len(set(widths[sign])) == 1, widths[sign][0]))


def _of_workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Read the first sheet of an XLSX."""
    from openpyxl import load_workbook  # noqa: PLC0415 - it brings much along, and the server starts without it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    _refuse_odd_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        titles: list[str] = []
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = [_cell(cell, number, titles) for cell in row[: MOST_COLUMNS + 1]]
            titles = titles or (cells if any(cells) else [])
            yield number, cells
    except (*_DAMAGED, InvalidFileException, KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        raise NoTable from error


def _refuse_odd_archive(content: bytes) -> None:
    """Refuse archives that unpack to far more than a list, and parts that declare entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise TableTooLarge(most=MOST_PARTS)
            for part in parts:
                with archive.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(4096).upper():
                        raise NoTable
    except _DAMAGED as error:
        raise NoTable from error


def _cell(cell: Any, number: int, titles: Sequence[str]) -> str:
    """Write a cell as the text that a person sees in it."""
    value = cell.value
    if cell.data_type == "f":
        column = cell.column - 1
        raise CellIsFormula(row=number, title=titles[column] if column < len(titles) else column + 1)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _text(str(value))


def _text(value: str) -> str:
    return " ".join(clean(value).split())[:LONGEST_CELL]
