"""Forms of badges: shape and presence."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField

from eventapp.web.forms import Form, Within, email_address, required


class MyPageForm(Form):
    """The holder of a badge asks for the way to their own page."""

    email = EmailField(
        _l("E-mail address of your registration"),
        [required(_l("Enter your e-mail address.")), Within(max=254, message=_l("The e-mail address can have 254 characters at most.")), email_address()],
    )
