"""Forms of bank statements: the file, its columns, the lines to record."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from eventapp.documents.sheets import Sheet, read_sheet
from eventapp.invoicing.errors import FileMissing
from eventapp.invoicing.operations import MOST_ROWS, Choice
from eventapp.invoicing.queries import LineShown
from eventapp.invoicing.rules.matching import Likeness
from eventapp.web.forms import Form, Within

LIKENESS_NAMES = {Likeness.CERTAIN: _l("Certain"), Likeness.LIKELY: _l("Likely"), Likeness.NONE: _l("Nobody knows")}
_LONGEST_TO = 40


class StatementForm(Form):
    """A bank statement as a file."""

    file = FileField(_l("Bank statement"), description=_l("CSV or XLSX as your bank gives it; the first row names the columns. At most 500 rows."))

    pasted = TextAreaField(
        _l("Or paste its rows"),
        description=_l("With the row that names the columns, as copied from a spreadsheet or a CSV file."),
        validators=[Within(max=200_000, message=_l("Send the statement as a file, or in parts."))],
    )

    def read(self) -> tuple[Sheet, str]:
        """Read the table and its name."""
        if self.file.data:
            return read_sheet(self.file.data.read(), most_rows=MOST_ROWS), str(self.file.data.filename or "")
        if not self.pasted.data:
            raise FileMissing
        return read_sheet(self.pasted.data.encode(), most_rows=MOST_ROWS), ""


class ColumnsForm(Form):
    """Which column says what."""

    date = SelectField(_l("Day"))
    amount = SelectField(_l("Amount that came in"), description=_l("Choose the credits, where debits have a column of their own. Sums below 0 are left out."))
    label = SelectField(_l("Text of the transfer"))
    reference = SelectField(_l("Reference"))
    leave_out = SelectMultipleField(coerce=int, validate_choice=False)

    def __init__(self, header: Sequence[str], *args: Any, **kwargs: Any) -> None:
        """Offer the columns by their titles."""
        super().__init__(*args, **kwargs)
        choices = [SelectChoice("", "–"), *(SelectChoice(str(at), title or f"#{at + 1}") for at, title in enumerate(header))]
        for field in (self.date, self.amount, self.label, self.reference):
            field.choices = choices

    @property
    def columns(self) -> dict[str, int | None]:
        """Read which columns were chosen."""
        return {name: int(self[name].data) if self[name].data else None for name in ("date", "amount", "label", "reference")}


class LinesForm(Form):
    """Which lines are recorded, and on what; made for the lines of one statement."""

    credit_name = StringField(
        _l("Name of what is beyond the due"),
        description=_l("Where more came than is due, the rest is kept as a credit of the exhibitor under this name."),
        validators=[Within(max=120, message=_l("Shorten it to %(most)s characters.", most=120))],
    )

    def choices(self) -> list[Choice]:
        """Read the lines that were ticked."""
        ticked = [field.name.removeprefix("take_") for field in self if field.name.startswith("take_") and field.data]
        return [Choice(int(number), self[f"to_{number}"].data or "") for number in ticked]


def lines_form(shown: Sequence[LineShown]) -> LinesForm:
    """Make the form of a statement's lines that are not recorded: the certain ones are ticked, each names what is proposed."""
    fields: dict[str, Any] = {}
    for one in shown:
        if not one.payments and not one.recorded_elsewhere:
            fields[f"take_{one.line.id}"] = BooleanField(_l("Record row %(row)s", row=one.line.row), default=one.proposal.likeness == Likeness.CERTAIN)
            too_long = _l("Shorten it to %(most)s characters.", most=_LONGEST_TO)
            fields[f"to_{one.line.id}"] = StringField(_l("Row %(row)s pays", row=one.line.row), default=one.proposal.to, validators=[Within(max=_LONGEST_TO, message=too_long)])
    return type("LinesOfStatement", (LinesForm,), fields)()
