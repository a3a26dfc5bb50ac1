"""PDF by typst: data is data."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from eventapp.documents import pdf


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document that prints one text of its data."""
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    file = tmp_path / "doc.typ"
    file.write_text('#set text(font: ("IBM Plex Sans", "IBM Plex Sans Arabic"))\n#json(bytes(sys.inputs.data)).text\n')
    return file


@pytest.mark.parametrize("text", ["plain", "#panic()", '*bold* _x_ $1$ `raw` <label> @ref \\ "quoted"', "éèœ ñ", "// comment"])
def test_markup_in_data_is_printed_and_not_run(source: Path, text: str) -> None:
    page = PdfReader(io.BytesIO(pdf.typeset(source, {"text": text}))).pages[0]
    assert page.extract_text().replace("\n", " ") == text


def test_only_our_own_fonts_are_used(source: Path) -> None:
    reader = PdfReader(io.BytesIO(pdf.typeset(source, {"text": "Latin, عربي, 漢字"})))
    names = {font["/BaseFont"].split("+")[1] for font in (entry.get_object() for entry in reader.pages[0]["/Resources"]["/Font"].values())}  # type: ignore[index]
    assert {name.split("-")[0] for name in names} <= {"IBMPlexSans", "IBMPlexSansArabic"}


def test_missing_fonts_are_named(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    pdf._fonts.cache_clear()
    with pytest.raises(pdf.MissingFontsError, match="make setup"):
        pdf.typeset(source, {"text": "x"})
    pdf._fonts.cache_clear()
