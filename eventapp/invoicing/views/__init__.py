"""Pages of invoices and contracts: the organiser's and the exhibitor's."""

from eventapp.invoicing.views import contracts, favour, settings, statements
from eventapp.invoicing.views.contracts import contracts_exhibitor
from eventapp.invoicing.views.exhibitor import invoicing_exhibitor
from eventapp.invoicing.views.organiser import invoicing_organiser

__all__ = ["contracts", "contracts_exhibitor", "favour", "invoicing_exhibitor", "invoicing_organiser", "settings", "statements"]
