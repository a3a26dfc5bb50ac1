"""The badge as PDF: what is read on it, and that its code is read back."""

import io
from itertools import pairwise

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_attendee
from eventapp.attendees.rules import CATEGORY_NAMES
from eventapp.badges import rules, token
from eventapp.badges.errors import NoBadge
from eventapp.badges.queries import active_badge, badge_pdf, cards_of
from eventapp.badges.queries.cards import SOURCE
from eventapp.core.db import transaction
from eventapp.documents.pdf import pictures
from eventapp.editions.models import Category, Edition
from tests.support.cast import EIGHT

HOSTILE = {
    "typst markup": ("#panic[x]", '$x$ *b* _i_ `r` <l> @r \\ "q"'),
    "two hundred letters without a space": ("W" * 80, "M" * 80),
    "long names": ("Maria-Magdalena-Alexandrina", "Bouabid-Benmoussa de la Torre y Fernandez de Villanueva del Rosario"),
    "both directions": ("شركة OCP 1", "Ali (علي) – 12"),
    "emoji": ("\U0001f600\u200d\U0001f468", "Li \U0001f1f2\U0001f1e6"),
    "combining marks": ("Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤", "a\u0301" * 30),
    "a script without a font": ("李明", "Ωμέγα"),
}


def make(sistep: Edition, given: str, family: str, category: Category = Category.VISITOR, **details: str) -> Attendee:
    return add_attendee(sistep.id, category, given=given, family=family, actor_id=None, now=EIGHT, **details)  # type: ignore[arg-type]


def decoded(picture: bytes) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))]


def address_of(attendee: Attendee) -> str:
    badge = active_badge(attendee.id)
    assert badge is not None
    return token.address(badge.token)


def test_a_badge_says_name_company_category_and_show(sistep: Edition) -> None:
    salma = make(sistep, "Salma", "El Idrissi", given_ar="سلمى", family_ar="الإدريسي", organisation="Atlas Usinage", email="salma@visitor.example", phone="+212 522")
    reader = PdfReader(io.BytesIO(badge_pdf([salma.id])))
    words = reader.pages[0].extract_text()
    assert [word in words for word in ("Salma", "El Idrissi", "Atlas Usinage", "Visiteur", "Visitor", "SISTEP-2018", "12–15 avril 2018")] == [True] * 7
    assert [secret in words for secret in ("salma@", "+212", salma.reference, salma.personal_key)] == [False] * 4
    width, height = (float(side) / 72 * 25.4 for side in (reader.pages[0].mediabox.width, reader.pages[0].mediabox.height))
    assert (round(width), round(height), len(reader.pages)) == (105, 148, 1)


def test_the_code_on_the_page_is_the_badges_own_and_big_enough(sistep: Edition) -> None:
    salma = make(sistep, "Salma", "El Idrissi")
    picture = pictures(SOURCE, cards_of([salma.id]), ppi=254)[0]  # ten pixels a millimetre
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    assert [code.text for code in found] == [address_of(salma)]
    corners = found[0].position
    assert corners.top_right.x - corners.top_left.x >= 320
    assert token.read(token.token_in(found[0].text), token.keyring().public_keys).edition == sistep.token_number


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_names_make_one_page_whose_code_is_read(sistep: Edition, case: str) -> None:
    given, family = HOSTILE[case]
    attendee = make(sistep, given, family, organisation=family * 2, given_ar="ع" * 80, family_ar=given)
    assert len(PdfReader(io.BytesIO(badge_pdf([attendee.id]))).pages) == 1
    assert [decoded(picture) for picture in pictures(SOURCE, cards_of([attendee.id]))] == [[address_of(attendee)]]


def test_markup_in_a_name_is_printed_as_it_is(sistep: Edition) -> None:
    attendee = make(sistep, "#let x", "[*] $y$ \\")
    words = PdfReader(io.BytesIO(badge_pdf([attendee.id]))).pages[0].extract_text()
    assert [text in words for text in ("#let x", "[*] $y$ \\")] == [True, True]


def test_arabic_letters_are_joined_and_run_from_the_right(sistep: Edition) -> None:
    joined = pictures(SOURCE, cards_of([make(sistep, "A", "B", given_ar="سلمى", family_ar="الإدريسي").id]))[0]
    apart = pictures(SOURCE, cards_of([make(sistep, "A", "B", given_ar="س\u200cل\u200cم\u200cى", family_ar="الإدريسي").id]))[0]
    assert joined != apart  # the same letters, kept from joining, look different
    assert [rules.piece(text)["dir"] for text in ("سلمى", "شركة OCP 1", "OCP شركة", "12")] == ["rtl", "rtl", "ltr", "ltr"]


def test_one_spelling_is_not_printed_twice(sistep: Edition) -> None:
    attendee = make(sistep, "سلمى", "تازي", given_ar="سلمى", family_ar="تازي", email="salma@visitor.example")
    card = cards_of([attendee.id])["cards"][0]
    assert (card["given"]["text"], card["second"]["text"]) == ("سلمى", "")


def test_several_badges_make_one_document_in_the_order_asked_for(sistep: Edition) -> None:
    people = [make(sistep, f"Person {number}", "X") for number in range(3)]
    order = [people[2], people[0], people[1]]
    found = [decoded(picture) for picture in pictures(SOURCE, cards_of([person.id for person in order]))]
    assert found == [[address_of(person)] for person in order]


def test_every_category_has_its_word_in_three_languages_and_its_own_band(sistep: Edition) -> None:
    for category in Category:
        assert sorted(CATEGORY_NAMES[category]) == ["ar", "en", "fr"]
        card = cards_of([make(sistep, "A", category, category).id])["cards"][0]
        assert (card["colour"], card["words"][0]["text"]) == (rules.COLOURS[category], CATEGORY_NAMES[category]["fr"])


@pytest.mark.parametrize("colour", sorted(set(rules.COLOURS.values())))
def test_white_words_on_every_band_can_be_read(colour: str) -> None:
    channels = [int(colour[start:end], 16) / 255 for start, end in pairwise((1, 3, 5, 7))]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_who_has_no_active_badge_has_no_card(sistep: Edition) -> None:
    with pytest.raises(NoBadge):
        badge_pdf([])
    with pytest.raises(NoBadge):
        badge_pdf([999])


def test_an_arabic_edition_sets_its_badges_in_arabic(sistep: Edition) -> None:
    salma = make(sistep, "Salma", "El Idrissi")
    with transaction():
        sistep.languages = ["ar", "fr"]
    card = cards_of([salma.id])["cards"][0]
    assert [word["text"] for word in card["words"]] == ["زائر", "Visiteur"]
    assert len(badge_pdf([salma.id])) > 1000
