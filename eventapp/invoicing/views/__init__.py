"""Pages of invoices: the organiser's and the exhibitor's."""

from eventapp.invoicing.views import settings
from eventapp.invoicing.views.exhibitor import invoicing_exhibitor
from eventapp.invoicing.views.organiser import invoicing_organiser

__all__ = ["invoicing_exhibitor", "invoicing_organiser", "settings"]
