"""May the holder of a badge pass? Decided from what the badge says, what became of it, and the zone's rules of the day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from eventapp.badges.token import Payload
from eventapp.editions.models import Category


class Reason(StrEnum):
    """Why a scan was answered as it was."""

    OK = "ok"
    ALREADY_INSIDE = "already_inside"
    NOT_INSIDE = "not_inside"
    UNKNOWN_CODE = "unknown_code"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_KEY = "unknown_key"
    OTHER_EDITION = "other_edition"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"
    ZONE = "zone"
    WRONG_GATE = "wrong_gate"
    MALFORMED = "malformed"


# What is wrong with a code, in the door's words.
CODE_REASONS = {
    "not_a_badge": Reason.UNKNOWN_CODE,
    "malformed": Reason.MALFORMED,
    "unknown_key": Reason.UNKNOWN_KEY,
    "forged": Reason.BAD_SIGNATURE,
    "unknown_version": Reason.UNKNOWN_CODE,
    "bad_content": Reason.MALFORMED,
}
_OUTCOMES = {Reason.OK: "admitted", Reason.NOT_INSIDE: "admitted", Reason.ALREADY_INSIDE: "already_inside"}

# UFI and FKM count none of these, whatever else they come for.
NEVER_VISITORS = frozenset({Category.EXHIBITOR, Category.BUILD_UP, Category.PRESS, Category.ORGANISER, Category.SECURITY, Category.SERVICE})


@dataclass(frozen=True, slots=True)
class Issued:
    """What is known of the badge that a code names: whose it is, what became of it, and the hats of its holder."""

    attendee_id: int
    state: str
    ended_at: datetime | None
    hats: frozenset[str]


def may_enter(hats: Collection[str], rules: Collection[str], day: date) -> bool:
    """Say whether one of the hats opens a zone on a day; a rule is `vip`, or `vip@2018-04-12` for one day only."""
    return any(hat in rules or f"{hat}@{day}" in rules for hat in hats)


def counts_as_visitor(hats: Collection[str]) -> bool:
    """Say whether somebody with these hats is a visitor."""
    return bool(hats) and NEVER_VISITORS.isdisjoint(hats)


def objection(payload: Payload, issued: Issued, *, direction: str, day: date, rules: Collection[str], at: datetime | None) -> Reason | None:
    """Say why the holder may not pass, or nothing.

    `at` is when a device decided by itself; without it the badge's state of now decides. Nobody who leaves is held back.
    """
    if direction == "out":
        return None
    if issued.state != "active" and (at is None or issued.ended_at is None or issued.ended_at <= at):
        return Reason.REPLACED if issued.state == "replaced" else Reason.REVOKED
    if not payload.first_day <= day <= payload.last_day:
        return Reason.NOT_YET_VALID if day < payload.first_day else Reason.EXPIRED
    return None if may_enter(issued.hats, rules, day) else Reason.ZONE


def passes(verdict: str, objected: Reason | None) -> bool:
    """Say whether the holder went through: as the device showed, or as the server answers."""
    return verdict in {"enter", "look"} if verdict else objected is None


def outcome_of(verdict: str, reason: Reason) -> str:
    """Name the outcome; what a device decided by itself is only stored."""
    return "stored" if verdict else _OUTCOMES.get(reason, "refused")
