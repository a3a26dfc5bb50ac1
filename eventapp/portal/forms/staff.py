"""Forms of an exhibitor's staff: one person, or a whole list."""

import json
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, HiddenField, StringField
from wtforms.validators import Optional

from eventapp.documents.sheets import read_sheet
from eventapp.portal.errors import ColumnMissing, NoFile
from eventapp.web import i18n
from eventapp.web.forms import Form, Within, email_address, required


class StaffForm(Form):
    """Somebody who works on the stand."""

    given = StringField(_l("First name"), validators=[required(_l("Enter the first name.")), Within(max=80, message=_l("Shorten the name to 80 characters."))])
    family = StringField(_l("Family name"), validators=[required(_l("Enter the family name.")), Within(max=80, message=_l("Shorten the name to 80 characters."))])
    given_ar = StringField(_l("First name in Arabic"), validators=[Within(max=80, message=_l("Shorten the name to 80 characters."))])
    family_ar = StringField(_l("Family name in Arabic"), validators=[Within(max=80, message=_l("Shorten the name to 80 characters."))])
    email = EmailField(
        _l("E-mail address"),
        description=_l("If you give one, the badge is sent there too."),
        validators=[Optional(), Within(max=254, message=_l("Shorten the address to 254 characters.")), email_address(_l("Enter an address as in name@company.example."))],
    )
    job_title = StringField(_l("Job title"), validators=[Within(max=120, message=_l("Shorten the job title to 120 characters."))])
    extra = BooleanField(_l("Add with an extra badge."))

    def answers(self) -> dict[str, Any]:
        """Collect what was entered."""
        return {"extra": bool(self.extra.data), **{field.name: field.data or "" for field in self if field.name not in {"csrf_token", "extra"}}}


LANGUAGES_OF_TITLES = ("en", "fr", "ar")
STAFF_COLUMNS = {  # what people call the columns of a list of staff; the first three are ours
    "given": ("First name", "Prénom", "الاسم الشخصي", "Given name", "Forename", "الاسم"),
    "family": ("Family name", "Nom", "الاسم العائلي", "Last name", "Surname", "Nom de famille", "اللقب", "النسب"),
    "given_ar": ("First name in Arabic", "Prénom en arabe", "الاسم الشخصي بالعربية"),
    "family_ar": ("Family name in Arabic", "Nom en arabe", "الاسم العائلي بالعربية"),
    "job_title": ("Job title", "Fonction", "الوظيفة", "Poste", "Function", "Title", "المهنة"),
    "email": ("E-mail address", "Adresse e-mail", "البريد الإلكتروني", "E-mail", "Email", "Mail", "Courriel"),
}
MOST_STAFF_ROWS = 300
People = list[tuple[int, dict[str, str]]]


class StaffListForm(Form):
    """A list of people who work on the stand, as a file or as it was read from one."""

    file = FileField(_l("List of people"), description=_l("XLSX or CSV; the first row names the columns."))
    people = HiddenField(validators=[Within(max=400_000, message=_l("Send the list in parts."))])
    extra = BooleanField(_l("Add those beyond our quota with extra badges."))
    confirmed = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build the form; a file is asked for where none was read yet."""
        super().__init__(*args, **kwargs)
        self.file.flags.required = True

    def read(self) -> People:
        """Read the people from the file that was sent, or from what the page before showed."""
        if self.file.data:
            sheet = read_sheet(self.file.data.read(), most_rows=MOST_STAFF_ROWS)
            columns = sheet.columns(STAFF_COLUMNS)
            missing = [name for name in ("given", "family") if name not in columns]
            if missing:
                raise ColumnMissing(title=STAFF_COLUMNS[missing[0]][LANGUAGES_OF_TITLES.index(i18n.language())])
            return list(sheet.records(columns))
        return self._kept()

    def _kept(self) -> People:
        try:
            rows = json.loads(self.people.data or "[]")
            found = [(int(number), {name: str(text) for name, text in person.items() if name in STAFF_COLUMNS}) for number, person in rows[:MOST_STAFF_ROWS]]
        except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
            found = []
        if not found:
            raise NoFile
        return found

    @staticmethod
    def wrong(people: People) -> list[tuple[int, str]]:
        """List what is wrong in the rows before anything is looked up: by row, in words."""
        found = []
        for number, person in people:
            form = StaffForm(formdata=MultiDict(person), meta={"csrf": False})
            form.validate()
            found += [(number, str(field.errors[0])) for field in form if field.errors]
        return found
