"""Forms of accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from eventapp.accounts.models import Role
from eventapp.accounts.naming import role_duty, role_name
from eventapp.accounts.passwords import LEAST, MOST
from eventapp.web import i18n
from eventapp.web.forms import Form, Within, email_address, required

LONGEST_NAME = 120


def _email(missing: str = _l("Enter your e-mail address.")) -> EmailField:
    return EmailField(_l("E-mail address"), validators=[required(missing), Within(max=254, message=_l("Shorten the address to 254 characters.")), email_address()])


def _name() -> StringField:
    return StringField(_l("Your name"), validators=[required(_l("Enter your name.")), Within(max=LONGEST_NAME, message=_l("Shorten the name to 120 characters."))])


def _new_password() -> PasswordField:
    return PasswordField(
        _l("New password"),
        description=_l("At least %(least)s characters. A few words that do not belong together are easy to keep in mind.", least=LEAST),
        validators=[required(_l("Choose a password.")), Within(max=MOST, message=_l("Choose a password of at most %(most)s characters.", most=MOST))],
    )


def _own_language() -> RadioField:
    return RadioField(_l("Language of our mail"), choices=dict(i18n.NATIVE_NAMES), validators=[required(_l("Choose a language."))])


class SignInForm(Form):
    """Address and password."""

    email = _email()
    password = PasswordField(
        _l("Password"), validators=[required(_l("Enter your password.")), Within(max=MOST, message=_l("Passwords here have at most %(most)s characters.", most=MOST))]
    )


class SignUpForm(Form):
    """An account for a new person; the password is chosen once the address is confirmed."""

    name = _name()
    email = _email()


class AddressForm(Form):
    """The address of an account."""

    email = _email()


class PasswordForm(Form):
    """A first or a new password."""

    password = _new_password()


class ConfirmForm(Form):
    """Nothing but the button."""


class ChangePasswordForm(Form):
    """From the old password to a new one."""

    current = PasswordField(_l("Current password"), validators=[required(_l("Enter your current password.")), Within(max=MOST, message=_l("This is not your current password."))])
    password = _new_password()


class DetailsForm(Form):
    """What an account says about its owner."""

    name = _name()
    language = _own_language()


class NewPersonForm(Form):
    """An account that begins with an invitation."""

    name = _name()
    password = _new_password()


class InviteForm(Form):
    """Somebody new for the team."""

    email = _email(_l("Enter the e-mail address of the person you invite."))
    role = SelectField(_l("Role"), validators=[required(_l("Choose a role."))])
    language = SelectField(_l("Language of the invitation"), choices=dict(i18n.NATIVE_NAMES), validators=[required(_l("Choose a language."))])

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Name the roles in the reader's language."""
        super().__init__(*args, **kwargs)
        self.role.choices = {"": "—", **{role.value: role_name(role) for role in Role}}


class RolesForm(Form):
    """What a member of the team may do."""

    roles = SelectMultipleField(_l("Roles"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Name the roles in the reader's language."""
        super().__init__(*args, **kwargs)
        self.roles.choices = {role.value: role_name(role) for role in Role}

    @property
    def duties(self) -> dict[str, str]:
        """Say what each role is for."""
        return {role.value: role_duty(role) for role in Role}
