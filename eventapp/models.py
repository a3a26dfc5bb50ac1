"""Every room's tables, so that the metadata is whole."""

from eventapp.accounts import models as accounts
from eventapp.agreements import models as agreements
from eventapp.attendees import models as attendees
from eventapp.audit import models as audit
from eventapp.badges import models as badges
from eventapp.core import clock, presses
from eventapp.core.db import Model
from eventapp.documents import models as documents
from eventapp.doors import models as doors
from eventapp.editions import models as editions
from eventapp.exhibitors import models as exhibitors
from eventapp.invoicing import models as invoicing
from eventapp.jobs import models as jobs
from eventapp.jobs import periodic
from eventapp.mail import models as mail
from eventapp.organisations import models as organisations
from eventapp.pricing import models as pricing
from eventapp.programme import models as programme
from eventapp.stands import models as stands

metadata = Model.metadata

__all__ = [
    "accounts",
    "agreements",
    "attendees",
    "audit",
    "badges",
    "clock",
    "documents",
    "doors",
    "editions",
    "exhibitors",
    "invoicing",
    "jobs",
    "mail",
    "metadata",
    "organisations",
    "periodic",
    "presses",
    "pricing",
    "programme",
    "stands",
]
