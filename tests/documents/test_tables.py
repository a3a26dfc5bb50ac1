"""Tables that a spreadsheet opens, without formulas."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.documents.tables import csv_bytes


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "＝1", "＋1", "－1", "＠x"])
def test_no_text_becomes_a_formula(formula: str) -> None:
    assert read(csv_bytes(["Name"], [[formula]]))[1] == [f"'{formula}"]


def test_numbers_and_plain_texts_stay() -> None:
    content = csv_bytes(["Name", "Serial", "Nothing"], [["سلمى; \"Salma\", 'x'", -5, None]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content) == [["Name", "Serial", "Nothing"], ["سلمى; \"Salma\", 'x'", "-5", ""]]


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=4))
def test_what_is_written_is_read_back(row: list[str]) -> None:
    found = read(csv_bytes(["x"] * len(row), [row]))[1]
    assert [cell.removeprefix("'") if not text.startswith("'") else cell for cell, text in zip(found, row, strict=True)] == row
