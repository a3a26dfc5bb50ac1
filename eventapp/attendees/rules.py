"""Decisions about attendees: which hat counts, what two names have in common, the consent's words."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from eventapp.attendees.errors import PassportExpires, PassportOdd, StayOdd
from eventapp.core.texts import clean, fold
from eventapp.editions.models import Category

LONGEST_FOLDED = 170

# Of several hats the first one here is the main one: it is the word on the badge.
PRECEDENCE = (
    Category.OFFICIAL,
    Category.VIP,
    Category.SIGNATORY,
    Category.SPEAKER,
    Category.PRESS,
    Category.ORGANISER,
    Category.SECURITY,
    Category.EXHIBITOR,
    Category.SERVICE,
    Category.BUILD_UP,
    Category.STUDENT,
    Category.VISITOR,
)

# What an exhibitor may take over when it adds somebody who is registered already: nobody else's rights come with it.
ORDINARY = frozenset({Category.VISITOR, Category.STUDENT, Category.BUILD_UP})

CATEGORY_NAMES: dict[str, dict[str, str]] = {
    Category.VISITOR: {"fr": "Visiteur", "ar": "زائر", "en": "Visitor"},
    Category.EXHIBITOR: {"fr": "Exposant", "ar": "عارض", "en": "Exhibitor"},
    Category.BUILD_UP: {"fr": "Montage", "ar": "تركيب", "en": "Build-up"},
    Category.SPEAKER: {"fr": "Intervenant", "ar": "متحدث", "en": "Speaker"},
    Category.SIGNATORY: {"fr": "Signataire", "ar": "موقّع", "en": "Signatory"},
    Category.OFFICIAL: {"fr": "Délégation officielle", "ar": "وفد رسمي", "en": "Official delegation"},
    Category.VIP: {"fr": "VIP", "ar": "ضيف شرف", "en": "VIP"},
    Category.PRESS: {"fr": "Presse", "ar": "صحافة", "en": "Press"},
    Category.STUDENT: {"fr": "Étudiant", "ar": "طالب", "en": "Student"},
    Category.ORGANISER: {"fr": "Organisation", "ar": "التنظيم", "en": "Organiser"},
    Category.SECURITY: {"fr": "Sécurité", "ar": "أمن", "en": "Security"},
    Category.SERVICE: {"fr": "Service", "ar": "خدمات", "en": "Service"},
}

# The words that somebody agrees to, by version; a version is never changed, only followed by another.
MARKETING_TEXTS: dict[str, dict[str, str]] = {
    "m1": {
        "fr": "J’accepte que l’organisateur m’écrive par e-mail au sujet des prochaines éditions du salon. Je peux changer d’avis à tout moment.",
        "ar": "أوافق على أن يراسلني المنظّم بالبريد الإلكتروني بشأن الدورات القادمة للمعرض. يمكنني تغيير رأيي في أي وقت.",
        "en": "I agree that the organiser may write to me by e-mail about coming editions of the show. I can change my mind at any time.",
    }
}
MARKETING_VERSION = "m1"


def main_category(hats: Collection[str]) -> Category:
    """Choose the category that stands on the badge."""
    return next(category for category in PRECEDENCE if category in hats)


def folded_name(given: str, family: str) -> str:
    """Fold a name, so that two spellings of it that differ in case, accents or spaces are the same."""
    return fold(f"{clean(given)} {clean(family)}")[:LONGEST_FOLDED]


def may_join_staff(hats: Collection[str], exhibitor_id: int | None, own_exhibitor_id: int) -> bool:
    """Say whether an exhibitor may add somebody who has these hats, maybe for an exhibitor, to its staff."""
    return set(hats) <= ORDINARY | {Category.EXHIBITOR} and exhibitor_id in {None, own_exhibitor_id}


def category_without(hats: Collection[str], hat: str) -> Category | None:
    """Say what stands on the badge of somebody who takes a hat off; None when there is no badge any more."""
    left = {one for one in hats if one != hat}
    return main_category(left) if left else None


def stamp(details: Mapping[str, str | None]) -> str:
    """Make a short sign of what is written about an attendee, by which a page from before a change is known."""
    return hashlib.sha256(json.dumps(details, sort_keys=True).encode()).hexdigest()[:16]


def corrected_details(before: Mapping[str, str | None], corrected: Mapping[str, str | None]) -> dict[str, str | None]:
    """Put what was typed in the place of what was written before, cleaned; an address that is left empty is none."""
    typed = {name: clean(text) for name, text in corrected.items() if name in before}
    if "email" in typed:
        return {**before, **typed, "email": typed["email"].lower() or None}
    return {**before, **typed}


LONGEST_STAY = 60  # days
_PASSPORT = re.compile(r"[A-Z0-9]{5,20}")


@dataclass(frozen=True)
class Passport:
    """What a letter for a visa says of a passport."""

    name: str
    nationality: str
    number: str
    expires_on: date


def checked_passport(passport: Passport, leaves_on: date) -> Passport:
    """Write a passport's data in one way; refuse what no passport has."""
    number = "".join(passport.number.split()).upper().replace("-", "")
    if not _PASSPORT.fullmatch(number):
        raise PassportOdd
    if passport.expires_on < leaves_on:
        raise PassportExpires
    return replace(passport, name=clean(passport.name), number=number)


def check_stay(arrives_on: date, leaves_on: date, first_day: date, last_day: date) -> None:
    """Refuse a stay that has nothing to do with the show."""
    if not (arrives_on <= last_day and first_day <= leaves_on and arrives_on <= leaves_on and (leaves_on - arrives_on).days <= LONGEST_STAY):
        raise StayOdd(most=LONGEST_STAY)


def letter_label(slug: str, number: int) -> str:
    """Write a letter's number as people do, as in SISTEP-2018-V-0001."""
    return f"{slug.upper()}-V-{number:04}"


LETTER_WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "title": "Lettre d’invitation",
        "to": "À l’attention du service des visas",
        "body": "Nous invitons la personne ci-dessous au salon « %(show)s », qui se tient du %(first)s au %(last)s (%(place)s). Elle y tiendra le stand de %(exhibitor)s. "
        "Son séjour est prévu du %(arrives)s au %(leaves)s.",
        "costs": "Les frais de voyage, de séjour et d’assurance sont à la charge de son employeur. Cette lettre est établie à la demande de l’exposant pour une demande de visa ; "
        "elle ne donne pas droit à l’entrée sur le territoire.",
        "thanks": "Nous vous remercions de l’attention que vous porterez à sa demande.",
        "name": "Nom",
        "nationality": "Nationalité",
        "passport": "Passeport",
        "expires": "Valable jusqu’au",
        "job": "Fonction",
        "employer": "Exposant",
        "sign": "Signature et cachet",
        "number": "Numéro",
        "date": "Date",
    },
    "en": {
        "title": "Letter of invitation",
        "to": "To the visa section",
        "body": "We invite the person named below to the show “%(show)s”, held from %(first)s to %(last)s (%(place)s), where they will staff the stand of %(exhibitor)s. "
        "The stay is planned from %(arrives)s to %(leaves)s.",
        "costs": "Travel, accommodation and insurance are paid by the employer. This letter is issued at the exhibitor’s request for a visa application; it is no permission to enter.",
        "thanks": "We thank you for considering the application.",
        "name": "Name",
        "nationality": "Nationality",
        "passport": "Passport",
        "expires": "Valid until",
        "job": "Job title",
        "employer": "Exhibitor",
        "sign": "Signature and stamp",
        "number": "Number",
        "date": "Date",
    },
}
