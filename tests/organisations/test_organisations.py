"""Organisations and people: one record each, however they are spelt."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.organisations import queries
from eventapp.organisations.models import Organisation
from eventapp.organisations.operations import add_person, complete_organisation, find_or_add_organisation
from tests.support.cast import EIGHT

ICE = "001561191000066"
OTHER_ICE = "002136093000040"


def organisation(name: str, country: str = "MA", **more: str) -> Organisation:
    return find_or_add_organisation(name=name, country=country, actor_id=None, now=EIGHT, **more)  # type: ignore[arg-type]


def names() -> list[str]:
    return list(db.session.scalars(select(Organisation.name).order_by(Organisation.id)))


@pytest.mark.parametrize(
    "again",
    [
        "Fonderie de l'Atlas",
        "FONDERIE DE L'ATLAS",
        "  Fonderie  de l'Átlas ",
        "FONDERIE DE L’ATLAS",
        "Fonderie de lʼAtlas",
        "Fonderie de l`Atlas",
        "Fonderie de l´Atlas",
        "مسبك الأطلس",
        "مسبك الاطلس",
    ],
)
def test_another_spelling_finds_the_same_organisation(app: Flask, again: str) -> None:
    first = organisation("Fonderie de l'Atlas", name_ar="مسبك الأطلس")
    assert organisation(again).id == first.id
    assert names() == ["Fonderie de l'Atlas"]


def test_the_same_ice_is_the_same_organisation_under_any_name(app: Flask) -> None:
    first = organisation("Atlas", ice=ICE)
    assert organisation("Atlas Foundry", ice="001 561 191 000 066").id == first.id
    assert names() == ["Atlas"]


def test_the_same_name_in_another_country_or_with_another_ice_is_another_organisation(app: Flask) -> None:
    ids = {organisation("Atlas", ice=ICE).id, organisation("Atlas", "FR").id, organisation("Atlas", ice=OTHER_ICE).id}
    assert len(ids) == 3


def test_a_known_organisation_is_not_changed_by_whoever_types_its_name(app: Flask) -> None:
    organisation("Atlas")
    organisation("ATLAS", website="https://evil.example", city="Nowhere")
    found = db.session.scalars(select(Organisation)).one()
    assert (found.name, found.website, found.city, found.ice) == ("Atlas", None, "", None)


def test_gaps_are_filled_and_what_is_known_stays(app: Flask) -> None:
    atlas = organisation("Atlas", city="Fès")
    organisation("Rif", ice=OTHER_ICE)
    complete_organisation(atlas.id, ice=ICE, name_ar="الأطلس", city="Rabat", actor_id=None, now=EIGHT)
    assert (atlas.ice, atlas.name_ar, atlas.city) == (ICE, "الأطلس", "Fès")
    assert queries.search_organisations("الاطلس")[0].id == atlas.id
    rif_ice = complete_organisation(organisation("Souss").id, ice=OTHER_ICE, actor_id=None, now=EIGHT)
    assert rif_ice.ice is None
    trail = db.session.scalars(select(AuditEntry.details).where(AuditEntry.action == "organisation.completed")).all()
    assert trail == [{"fields": ["ice", "name_ar"]}]


@pytest.mark.parametrize("typed", ["atlas", "FOND átl", "l'atlas fonderie", "الاطلس", "أطلس", ICE])
def test_search_finds_by_any_words_in_any_spelling(app: Flask, typed: str) -> None:
    organisation("Fonderie de l'Atlas", name_ar="مسبك الأطلس", ice=ICE)
    organisation("Usinage du Rif")
    assert [found.name for found in queries.search_organisations(typed)] == ["Fonderie de l'Atlas"]


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "nothing like it"])
def test_search_for_nothing_finds_nothing(app: Flask, typed: str) -> None:
    organisation("Atlas")
    assert queries.search_organisations(typed) == []


def test_a_name_that_folding_lengthens_still_fits(app: Flask) -> None:
    found = organisation("ﷺ" * 160, name_ar="ﷺ" * 160)
    assert len(found.folded) <= 340
    assert organisation("ﷺ" * 160).id == found.id


def test_a_person_is_found_by_any_spelling(app: Flask) -> None:
    person = add_person(given="Abdelhamid", family="Souiri", given_ar="عبد الحميد", family_ar="الصويري", now=EIGHT)
    add_person(given="Laurent", family="Champaney", now=EIGHT)
    assert [(n.script, n.full) for n in queries.person(person.id).names] == [("latn", "Abdelhamid Souiri"), ("arab", "عبد الحميد الصويري")]
    for typed in ("SOUIRI", "souiri abdelhamid", "الصويرى"):
        assert [found.id for found in queries.search_people(typed)] == [person.id]
    assert (person.name("ar"), person.name("fr")) == ("عبد الحميد الصويري", "Abdelhamid Souiri")


@pytest.mark.parametrize("number", [0, -1, 999])
def test_what_does_not_exist_is_not_there(app: Flask, number: int) -> None:
    with pytest.raises(NotThere):
        queries.organisation(number)
    with pytest.raises(NotThere):
        queries.person(number)


def test_doctor_finds_a_person_without_a_name(app: Flask) -> None:
    person = add_person(given="", family="", now=EIGHT)
    person_id = person.id
    assert queries.people_without_names() == []
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM person_names")
    assert queries.people_without_names() == [f"person {person_id} has no name"]
