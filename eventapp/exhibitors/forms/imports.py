"""The forms of a list of exhibitors: the file, what its columns are, what becomes of its rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from eventapp.core.errors import N_, Refusal
from eventapp.core.texts import LANGUAGES, clean, fold
from eventapp.documents.sheets import Sheet, read_sheet
from eventapp.exhibitors.forms.words import KIND_SHORT, SECTOR_NAMES
from eventapp.exhibitors.models import ApplicationState, StandKind
from eventapp.exhibitors.operations.imports import MOST_ROWS
from eventapp.exhibitors.rules.cells import NEEDED, PADDED
from eventapp.exhibitors.rules.lists import COLUMN_WORDS
from eventapp.web import i18n
from eventapp.web.forms import Form, VersionField, Within

LONGEST_PASTED = 400_000
_TITLES_IN = ("en", "fr", "ar")
_KINDS = {
    StandKind.EQUIPPED: ("equipped", "équipé", "aménagé", "stand équipé", "stand aménagé", "shell scheme", "مجهز", "جناح مجهز"),
    StandKind.BARE: ("bare", "nu", "surface nue", "stand nu", "raw space", "space only", "عار", "عاري", "غير مجهز"),
}
_SIDES = {"1": ("row", "linéaire"), "2": ("corner", "angle", "زاوية"), "3": ("head", "tête", "presqu'île"), "4": ("island", "îlot", "جزيرة")}
_LANGUAGE_WORDS = {"fr": ("french", "français", "الفرنسية"), "ar": ("arabic", "arabe", "العربية"), "en": ("english", "anglais", "الإنجليزية")}
NOTES = {PADDED: _l("Zeros were put back before this ICE: a spreadsheet had dropped them.")}
BECOMES = {ApplicationState.SUBMITTED: _l("Applications to decide"), ApplicationState.ACCEPTED: _l("Accepted exhibitors")}
CHOICES = {
    "join": _l("It is the same one: use its record"),
    "update": _l("It is the same one: write over its application"),
    "new": _l("It is another one: add it"),
    "skip": _l("Leave this row out"),
}


class NoList(Refusal):
    """No file was chosen."""

    message = N_("Choose the file with your list, or paste its rows.")
    field = "file"
    status = 422


def column_title(name: str) -> str:
    """Name a column in the reader's language."""
    return COLUMN_WORDS[name][_TITLES_IN.index(i18n.language())]


def words_of_lists() -> dict[str, dict[str, str]]:
    """Tell what words of any of the languages mean in a list, folded."""
    sectors: dict[str, str] = {}
    countries: dict[str, str] = {}
    for language in LANGUAGES:
        with i18n.in_language(language):
            sectors |= {fold(str(name)): code for code, name in SECTOR_NAMES.items()}
            countries |= {fold(name): code for code, name in i18n.countries()}
    sectors |= {fold(code): code for code in SECTOR_NAMES}
    countries |= {fold(code): code for code in countries.values()}
    kinds = {fold(word): kind.value for kind, words in _KINDS.items() for word in (str(KIND_SHORT[kind]), *words)}
    sides = {fold(word): count for count, words in _SIDES.items() for word in (count, *words)}
    languages = {fold(word): code for code, words in _LANGUAGE_WORDS.items() for word in (*words, code, i18n.NATIVE_NAMES[code])}
    return {"country": countries, "sector": sectors, "stand_kind": kinds, "open_sides": sides, "language": languages}


class ListForm(Form):
    """A list of exhibitors as a file."""

    file = FileField(_l("List of exhibitors"), description=_l("XLSX or CSV, at most %(most)s rows; the first row names the columns, in any order.", most=MOST_ROWS))

    pasted = TextAreaField(
        _l("Or paste the rows"),
        description=_l("Copied from the spreadsheet, the row that names the columns first."),
        validators=[Within(max=LONGEST_PASTED, message=_l("Send so long a list as a file."))],
    )

    def read(self) -> tuple[str, Sheet]:
        """Read the file that was sent, or what was pasted: its name and its table."""
        if self.file.data:
            name = clean(str(self.file.data.filename or "")).replace("\\", "/").rpartition("/")[2]
            return name or "…", read_sheet(self.file.data.read(), most_rows=MOST_ROWS)
        if not self.pasted.data:
            raise NoList
        try:
            return _("Pasted rows"), read_sheet(self.pasted.data.encode(), most_rows=MOST_ROWS)
        except Refusal as refusal:
            refusal.field = "pasted"
            raise


class ColumnsForm(Form):
    """Which column of the file holds what; its fields are those of a list: see `columns_form`."""

    HEADER: ClassVar[Sequence[str]] = ()

    becomes = RadioField(
        _l("What they become"),
        choices=[SelectChoice(code.value, name) for code, name in BECOMES.items()],
        validators=[InputRequired(_l("Choose what they become."))],
        invalid_choice_message=_l("Choose one of the options."),
    )
    invites = BooleanField(
        _l("Write to each contact right after the import"), description=_l("Otherwise nobody gets a mail: you can write to all of them later, from the page of the import.")
    )

    @property
    def columns(self) -> dict[str, int]:
        """Read the columns chosen, by what they hold."""
        return {name: int(self[name].data) for name in COLUMN_WORDS if self[name].data}

    def of_list(self) -> Iterator[Any]:
        """List the fields that say which column holds what."""
        return (self[name] for name in COLUMN_WORDS)


def columns_form(header: Sequence[str]) -> type[ColumnsForm]:
    """Make the form that says what the columns of a file are."""
    choices = [SelectChoice("", _l("not in the file")), *(SelectChoice(str(at), title) for at, title in enumerate(header) if title)]
    fields: dict[str, Any] = {"HEADER": header}
    for name in COLUMN_WORDS:
        field = SelectField(column_title(name), choices=choices, default="", invalid_choice_message=_l("Choose a column of the file."))
        fields[name] = field
    return type("ColumnsOfFile", (ColumnsForm,), fields)


def shown_columns(columns: Mapping[str, Any]) -> dict[str, str]:
    """Write a list's columns as its form shows them."""
    return {name: str(at) for name, at in columns.items()}


class RowsForm(Form):
    """What to do with rows that are asked about, and the press on import; its answers stand beside the rows as `row-7`."""

    version = VersionField()

    def answers(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Read the answers, by row."""
        given = {name.removeprefix("row-"): choice for name, choice in typed.items() if name.startswith("row-")}
        return {row: choice for row, choice in given.items() if row.isascii() and row.isdigit() and len(row) < 8 and (choice in CHOICES or not choice)}  # noqa: PLR2004 - a row's number


class ActForm(Form):
    """An act on a list that was asked about once more; it needs no input."""


__all__ = ["BECOMES", "CHOICES", "NEEDED", "NOTES", "ActForm", "ColumnsForm", "ListForm", "RowsForm", "column_title", "columns_form", "shown_columns", "words_of_lists"]
