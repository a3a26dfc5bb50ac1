"""Why the demo is not loaded."""

from eventapp.core.errors import N_, Refusal


class OnlyForDemos(Refusal):
    """The program runs in production."""

    message = N_("The demo is never loaded in production. Set APP_ENV=demo for an installation of its own.")
    status = 403


class RealEditionThere(Refusal):
    """The database holds an edition that is no example; it would be lost."""

    message = N_("The database holds %(editions)s, which is no example. The demo is loaded anew only where every edition is an example; nothing was changed.")


class EditionsThere(Refusal):
    """The database is not empty."""

    message = N_("The database holds %(editions)s already. To empty it and load the demo anew: flask demo load --anew")
