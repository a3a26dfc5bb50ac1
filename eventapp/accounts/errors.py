"""What accounts refuse."""

from eventapp.core.errors import N_, Refusal


class WrongPassword(Refusal):
    """The address or the password is wrong; nobody learns which."""

    message = N_("The address or the password is wrong. Check both, or use “Forgot your password?”.")
    status = 422


class AccountDisabled(Refusal):
    """The password is right, and the account was disabled."""

    message = N_("This account was disabled. Ask the organiser of your show.")
    status = 403


class WrongCurrentPassword(Refusal):
    """To change a password one has to know it."""

    message = N_("This is not your current password.")
    field = "current"


class PasswordRefusal(Refusal):
    """A new password is not good enough."""

    field = "password"
    status = 422


class PasswordTooShort(PasswordRefusal):
    """It can be guessed."""

    message = N_("Choose a password of at least %(least)s characters; a few words that belong to nobody's name are good.")


class PasswordTooLong(PasswordRefusal):
    """It would cost the server too much."""

    message = N_("Choose a password of at most %(most)s characters.")


class PasswordIsYourName(PasswordRefusal):
    """It is the first thing that somebody would try."""

    message = N_("Choose a password that is not your name or your address.")


class PasswordTooCommon(PasswordRefusal):
    """It is on every list of passwords."""

    message = N_("This password is one of the first that thieves try. Choose another one.")


class LinkStale(Refusal):
    """A link from a mail was used before, is too old, or never was."""

    message = N_("This link was used before or is too old.")
    status = 410


class LastAdministrator(Refusal):
    """An edition keeps somebody who can let others in."""

    message = N_("This is the last administrator of the edition. Make somebody else administrator first.")


class LastOwner(Refusal):
    """An installation keeps somebody who can let everybody else in."""

    message = N_("This is the last owner of the installation who can sign in. Make somebody else an owner first.")


class AlreadyOnTeam(Refusal):
    """There is nothing to invite to."""

    message = N_("%(email)s is on the team already. To change the roles, open the name in the list of the team.")
    field = "email"


class NotYourself(Refusal):
    """Nobody locks themself out."""

    message = N_("You cannot disable your own account.")
