"""The forms of an entry in the catalogue: its texts and addresses, its logo."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, Field, StringField, TelField
from wtforms.validators import Optional, Regexp, StopValidation

from eventapp.documents.uploads import Accepts, Upload, most_bytes, take
from eventapp.editions.forms import Section
from eventapp.editions.forms.fields import add_texts, in_languages
from eventapp.exhibitors.forms.words import WEBSITE, whole_address
from eventapp.exhibitors.operations.catalogue import EntryPlan
from eventapp.web.forms import Form, Within, email_address, phone_number

LONGEST_ABOUT = 600
LOGO_SIDE = 1024


class EntryForm(Section):
    """What visitors read about an exhibitor."""

    TEXTS: ClassVar = ("about",)
    PLAIN: ClassVar = ("website", "phone", "phone_public", "email", "email_public")

    website = StringField(
        _l("Website"),
        description=_l("For instance www.company.example"),
        validators=[
            Optional(),
            Within(max=200, message=_l("Shorten the address to 200 characters.")),
            Regexp(WEBSITE, message=_l("Enter the address as in www.company.example, without spaces.")),
        ],
    )
    phone = TelField(_l("Telephone"), validators=[Optional(), Within(max=30, message=_l("Shorten the number to 30 characters.")), phone_number()])
    phone_public = BooleanField(_l("Show the telephone number to everybody"))
    email = EmailField(
        _l("E-mail address"),
        validators=[Optional(), Within(max=254, message=_l("Shorten the address to 254 characters.")), email_address(_l("Enter an address as in name@company.example."))],
    )
    email_public = BooleanField(_l("Show the e-mail address to everybody"))

    def validate_phone_public(self, field: Field) -> None:
        """Ask for the number that is to be shown."""
        if field.data and not self.phone.data:
            raise StopValidation(_l("Enter the telephone number that is to be shown, or take the tick away."))

    def validate_email_public(self, field: Field) -> None:
        """Ask for the address that is to be shown."""
        if field.data and not self.email.data:
            raise StopValidation(_l("Enter the e-mail address that is to be shown, or take the tick away."))

    @property
    def plan(self) -> EntryPlan:
        """Read the entry as the operation takes it."""
        addresses = {"website": whole_address(self.website.data or ""), "phone": self.phone.data or "", "email": self.email.data or ""}
        return EntryPlan(self.texts("about"), **addresses, phone_public=bool(self.phone_public.data), email_public=bool(self.email_public.data))


_about: dict[str, Any] = {"about": in_languages(_l("About you"), LONGEST_ABOUT, long=True)}
add_texts(EntryForm, _about)


class LogoForm(Form):
    """A picture to be the logo."""

    logo = FileField(
        _l("Logo"), description=_l("PNG, JPEG or WebP, at most 5 MB and 5,000 pixels on each side. We make it 1,024 pixels at most and leave out everything but the picture.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build the form; a file is asked for."""
        super().__init__(*args, **kwargs)
        self.logo.flags.required = True

    def picture(self) -> Upload:
        """Read the picture, drawn anew; refuse what is none."""
        sent = self.logo.data
        content = sent.stream.read(most_bytes(Accepts.PICTURE) + 1) if sent else b""
        return take(content, sent.filename or "" if sent else "", Accepts.PICTURE, field="logo", longest_side=LOGO_SIDE)
