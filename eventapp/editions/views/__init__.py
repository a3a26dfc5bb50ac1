"""Pages of editions: the list, a new one, settings; and the loader that turns an address into an edition."""

from eventapp.editions.views import areas, settings
from eventapp.editions.views.organiser import editions_organiser

__all__ = ["areas", "editions_organiser", "settings"]
