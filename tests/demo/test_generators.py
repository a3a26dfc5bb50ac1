"""What the demo is made of."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from eventapp.core.texts import LANGUAGES
from eventapp.demo.rules import editions as facts
from eventapp.demo.rules.companies import LONGEST_FASCIA, companies, example_ice
from eventapp.demo.rules.crowd import Size, crowd, first_hour
from eventapp.demo.rules.floor import HALLS, Place, open_on, places
from eventapp.demo.rules.programme import PLACES, Talk, talks
from eventapp.editions.models import Category
from eventapp.organisations.rules import ice_number

DAY = date(2018, 4, 12)


def dice(seed: int = 7) -> Random:
    """Make a generator that draws the same every time."""
    return Random(seed)


def cells(place: Place) -> set[tuple[str, int, int]]:
    """List the half-metre cells of a stand."""
    xs = range(round(place.x * 2), round((place.x + place.width) * 2))
    ys = range(round(place.y * 2), round((place.y + place.depth) * 2))
    return {(place.hall, x, y) for x in xs for y in ys}


def test_no_two_stands_share_a_cell_and_all_lie_inside_their_hall() -> None:
    halls = {hall.code: hall for hall in HALLS}
    owners = Counter(cell for place in places() for cell in cells(place))
    assert [cell for cell, count in owners.items() if count > 1] == []
    assert [p.number for p in places() if p.x + p.width > halls[p.hall].width or p.y + p.depth > halls[p.hall].depth] == []


def test_stands_lie_on_the_half_metre_grid() -> None:
    assert [p.number for p in places() if any((value * 2) % 1 for value in (p.x, p.y, p.width, p.depth))] == []


def test_the_floor_has_about_five_thousand_square_metres_net() -> None:
    assert (len(places()), sum(place.area for place in places())) == (150, 4981)


def test_every_stand_has_an_open_side_and_every_kind_of_position_is_there() -> None:
    assert {len(place.open_on) for place in places()} == {1, 2, 3, 4}


def test_a_stand_alone_is_open_on_four_sides_and_one_against_the_wall_on_three() -> None:
    hall = HALLS[0]
    assert open_on(Place("A", "A1", 10, 10, 4, 4), [], hall) == "NESW"
    assert open_on(Place("A", "A1", 10, 0, 4, 4), [], hall) == "ESW"
    assert open_on(Place("A", "A1", 10, 0, 4, 4), [Place("A", "A2", 14, 0, 4, 4)], hall) == "SW"


def test_only_a_stand_of_thirty_six_square_metres_or_more_is_bare() -> None:
    assert {place.kind for place in places() if place.area < 36} == {"equipped"}
    assert {place.kind for place in places() if place.area >= 36} == {"bare"}


def test_stand_b12_is_on_the_plan() -> None:
    assert [place.area for place in places() if place.number == "B12"] == [24]


def test_companies_are_obviously_examples_and_all_different() -> None:
    made = companies(184)
    assert len({company.name for company in made}) == len({company.domain for company in made}) == 184
    assert [c.name for c in made if not c.name.endswith(" Exemple") or "نموذجي" not in c.name_ar or not c.domain.endswith(".example") or len(c.fascia) > LONGEST_FASCIA] == []


def test_all_countries_of_honour_exhibit() -> None:
    assert {"GN", "CI", "SN", "GA", "CM"} <= {company.country for company in companies(120)}


@pytest.mark.parametrize("number", [0, 1, 57, 183])
def test_an_example_ice_is_valid(number: int) -> None:
    assert ice_number(example_ice(number)) == example_ice(number)


def test_the_programme_has_forty_sessions_on_four_days_and_three_signings() -> None:
    found = talks()
    assert (len(found), {talk.day for talk in found}) == (40, {0, 1, 2, 3})
    assert [talk.key for talk in found if talk.kind == "signing"] == ["memorandum", "example-supply", "example-school"]
    assert {talk.room for talk in found} == {place.code for place in PLACES}


def test_only_the_facts_are_not_marked_as_examples() -> None:
    assert [talk.key for talk in talks() if not talk.is_example] == ["inauguration", "opening", "memorandum"]


@pytest.mark.parametrize("talk", talks(), ids=lambda talk: talk.key)
def test_a_session_has_its_texts_in_every_language(talk: Talk) -> None:
    assert [language for language in LANGUAGES if not talk.title[language] or not talk.abstract[language]] == []


def test_editions_have_their_texts_in_every_language() -> None:
    texts = [value for edition in (facts.EDITION_2018, facts.EDITION_2025, facts.SHARED) for value in edition.values() if isinstance(value, dict)]
    assert [text for text in texts if set(text) != set(LANGUAGES)] == []


def test_claims_that_disagree_are_kept_with_their_sources() -> None:
    exhibitors = [(figure["value"], figure["source"]["en"]) for figure in facts.FIGURES_2018 if figure["code"] == "exhibitors"]
    assert exhibitors == [("250+", "announced before the show, in the press"), ("120+", "said at the opening, in the press")]


def test_the_crowd_is_the_same_every_time() -> None:
    size, firms = Size(visitors=100, admitted=30), companies(20)
    assert crowd(dice(), size, firms, DAY) == crowd(dice(), size, firms, DAY)
    assert crowd(dice(), size, firms, DAY) != crowd(dice(8), size, firms, DAY)


def test_visitors_come_more_and_more_towards_the_day() -> None:
    guests = [g for g in crowd(dice(), Size(), companies(20), DAY) if g.category is Category.VISITOR]
    weeks = Counter((DAY - guest.registered_at.date()).days // 7 for guest in guests)
    assert (len(guests), max(weeks)) == (2000, 9)
    assert weeks[0] > weeks[2] > weeks[8]


def test_the_first_hour_admits_as_many_as_said_and_none_before_nine() -> None:
    guests = crowd(dice(), Size(), companies(20), DAY)
    passages = first_hour(dice(), guests, Size(), DAY)
    times = [passage.at for passage in passages]
    assert len({p.guest for p in passages if p.direction == "in" and p.guest is not None}) == 600
    assert times == sorted(times)
    assert {(at + timedelta(hours=1)).hour for at in times} == {9}


def test_nobody_is_read_at_a_gate_before_having_registered() -> None:
    guests = crowd(dice(), Size(), companies(20), DAY)
    assert [p for p in first_hour(dice(), guests, Size(), DAY) if p.guest is not None and guests[p.guest].registered_at >= p.at] == []
