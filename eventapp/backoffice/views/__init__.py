"""Pages of the organisers that show several rooms together."""

from eventapp.backoffice.views import home, mails, messages, saved_views, together, trail
from eventapp.backoffice.views.blueprint import applications, backoffice

__all__ = ["applications", "backoffice", "home", "mails", "messages", "saved_views", "together", "trail"]
