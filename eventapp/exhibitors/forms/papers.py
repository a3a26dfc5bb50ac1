"""The forms of documents to provide: what is asked for, the file that is sent, the organiser's word."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from eventapp.documents.uploads import Accepts, Upload, most_bytes, take
from eventapp.editions.forms import Section
from eventapp.editions.forms.fields import DayField, add_texts, in_languages
from eventapp.exhibitors.operations.papers import DocumentPlan
from eventapp.exhibitors.rules.papers import Standing
from eventapp.web.forms import Form, VersionField, Within

LONGEST_NAME, LONGEST_HINT, LONGEST_REASON = 80, 400, 1000
FOR_NAMES = {"all": _l("every exhibitor"), "bare": _l("exhibitors with a bare stand")}
ACCEPTS_NAMES = {"pdf": _l("PDF"), "any": _l("PDF or picture (PNG, JPEG, WebP)")}
STANDING_NAMES = {
    Standing.AWAITED: _l("Awaited"),
    Standing.LATE: _l("Late"),
    Standing.WAITING: _l("To look at"),
    Standing.REFUSED: _l("Not accepted"),
    Standing.APPROVED: _l("Approved"),
}
OWN_STANDING_NAMES = {
    **STANDING_NAMES,
    Standing.AWAITED: _l("To send"),
    Standing.WAITING: _l("The organiser looks at it"),
    Standing.REFUSED: _l("To send again"),
}  # as exhibitors say it
TAGS = {Standing.AWAITED: "plain", Standing.LATE: "stop", Standing.WAITING: "info", Standing.REFUSED: "warn", Standing.APPROVED: "ok"}
_ONE_OF_THEM = _l("Choose one of the options.")


class DocumentForm(Section):
    """What exhibitors shall provide."""

    TEXTS: ClassVar = ("name", "hint")
    PLAIN: ClassVar = ("due_on", "for_stands", "accepts")

    due_on = DayField(_l("Last day to send it"), validators=[InputRequired(_l("Choose the last day."))])
    for_stands = RadioField(_l("Asked of"), choices=[SelectChoice(code, name) for code, name in FOR_NAMES.items()], default="all", invalid_choice_message=_ONE_OF_THEM)
    accepts = RadioField(_l("Taken as"), choices=[SelectChoice(code, name) for code, name in ACCEPTS_NAMES.items()], default="pdf", invalid_choice_message=_ONE_OF_THEM)

    @property
    def plan(self) -> DocumentPlan:
        """Read it as the operation takes it."""
        assert self.due_on.data is not None
        return DocumentPlan(self.texts("name"), self.due_on.data, self.texts("hint"), self.for_stands.data, self.accepts.data)


_texts: dict[str, Any] = {
    "name": in_languages(_l("Name"), LONGEST_NAME),
    "hint": in_languages(_l("What it has to contain"), LONGEST_HINT, long=True),
}
add_texts(DocumentForm, _texts)


class EmptyDocument:
    """What the form of a new document shows."""

    name: ClassVar[dict[str, str]] = {}
    hint: ClassVar[dict[str, str]] = {}
    due_on = None
    for_stands, accepts = "all", "pdf"


class FileForm(Form):
    """The file of a document."""

    document = FileField(_l("File"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build the form; a file is asked for."""
        super().__init__(*args, **kwargs)
        self.document.flags.required = True

    def upload(self, accepts: str) -> Upload:
        """Read the file as it may be kept; refuse what it must not be."""
        sent, wanted = self.document.data, Accepts(accepts)
        content = sent.stream.read(most_bytes(wanted) + 1) if sent else b""
        return take(content, sent.filename or "" if sent else "", wanted, field="document")


class VerdictForm(Form):
    """Whether a document will do."""

    reason = TextAreaField(
        _l("If you refuse it: what is missing or wrong"),
        description=_l("The exhibitor reads it in the mail and on its page."),
        validators=[Within(max=LONGEST_REASON, message=_l("Shorten it to 1,000 characters."))],
    )
    version = VersionField()
