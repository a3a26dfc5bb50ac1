"""Every select about agreements."""

from eventapp.agreements.queries.candidates import KnownOrganisation, KnownPerson, known_organisations, known_people
from eventapp.agreements.queries.checks import broken_agreements, wrong_signatories, wrong_signings
from eventapp.agreements.queries.lists import Wanted, agreements, all_agreements, counts, engagements, history, public_slug, wholes_of_day
from eventapp.agreements.queries.loading import agreement_of_edition, agreement_of_session, agreement_to_change, edition_to_add_to, twin_of

__all__ = [
    "KnownOrganisation",
    "KnownPerson",
    "Wanted",
    "agreement_of_edition",
    "agreement_of_session",
    "agreement_to_change",
    "agreements",
    "all_agreements",
    "broken_agreements",
    "counts",
    "edition_to_add_to",
    "engagements",
    "history",
    "known_organisations",
    "known_people",
    "public_slug",
    "twin_of",
    "wholes_of_day",
    "wrong_signatories",
    "wrong_signings",
]
