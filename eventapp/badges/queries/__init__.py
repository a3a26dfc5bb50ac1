"""Every select about badges: loaders, the cards as documents, the organiser's list, and what doctor asks."""

from eventapp.badges.queries.cards import badge_pdf, cards_of
from eventapp.badges.queries.checks import badges_across_editions, badges_of_the_gone, doubled, gaps_in_revocations, held_after_payment, wrong_tokens
from eventapp.badges.queries.lists import SearchedFor, attendees, category_counts, latest_badges, with_badges
from eventapp.badges.queries.loading import active_badge, badge_named, badges_of, edition_of_payload, last_badge, next_revocation, revocation_list, zone_bits

__all__ = [
    "SearchedFor",
    "active_badge",
    "attendees",
    "badge_named",
    "badge_pdf",
    "badges_across_editions",
    "badges_of",
    "badges_of_the_gone",
    "cards_of",
    "category_counts",
    "doubled",
    "edition_of_payload",
    "gaps_in_revocations",
    "held_after_payment",
    "last_badge",
    "latest_badges",
    "next_revocation",
    "revocation_list",
    "with_badges",
    "wrong_tokens",
    "zone_bits",
]
