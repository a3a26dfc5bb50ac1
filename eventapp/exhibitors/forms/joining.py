"""Forms of who asks to act for an organisation, and of who answers."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, StopValidation

from eventapp.web.forms import Form, Within


class AnotherForm(Form):
    """The organisation is none of those that are known; it needs no input."""


class JoinForm(Form):
    """What is said to who answers."""

    message = TextAreaField(
        _l("Who you are"),
        description=_l("A sentence for who decides: what you do there, and what you shall do for the show."),
        validators=[Within(max=1000, message=_l("Shorten the text to 1,000 characters."))],
    )


class AnswerJoinForm(Form):
    """Yes or no by the button pressed; a no has a reason."""

    answer = HiddenField(validators=[AnyOf(["yes", "no"], message=_l("Press yes or no."))])
    reason = TextAreaField(
        _l("Reason"), description=_l("Goes into the mail to who asks; needed for a no."), validators=[Within(max=1000, message=_l("Shorten the text to 1,000 characters."))]
    )

    @property
    def joins(self) -> bool:
        """Say whether the answer is yes."""
        return self.answer.data == "yes"

    @property
    def done(self) -> str:
        """Tell who pressed what was done."""
        return _("Done: who asked gets a mail, and acts for the organisation now.") if self.joins else _("Done: who asked gets a mail with your reason.")

    def validate_reason(self, field: TextAreaField) -> None:
        """Ask for a reason where the answer is no."""
        if self.answer.data == "no" and not field.data:
            raise StopValidation(_l("Write the reason: who asks gets it by mail."))
