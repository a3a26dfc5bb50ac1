"""Pages of the organisers that show several rooms together."""

from eventapp.backoffice.views import home, mails, trail
from eventapp.backoffice.views.blueprint import backoffice

__all__ = ["backoffice", "home", "mails", "trail"]
