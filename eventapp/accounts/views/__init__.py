"""Pages of accounts: sign-in and what belongs to it, one's own settings, invitations, an edition's team."""

from eventapp.accounts.views import entering, invitations, settings
from eventapp.accounts.views.blueprint import accounts
from eventapp.accounts.views.installation import installation
from eventapp.accounts.views.team import team

__all__ = ["accounts", "entering", "installation", "invitations", "settings", "team"]
