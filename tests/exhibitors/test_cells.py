"""What a row of a list says is read as people write it, and what is wrong with it is told cell by cell."""

import pytest

from eventapp.exhibitors.rules.cells import PADDED, Words, read_row
from eventapp.exhibitors.rules.lists import Around, guess_columns, plan
from eventapp.organisations.rules.likeness import Known, Spelt, bare_name

WORDS = Words(
    {
        "country": {"maroc": "MA", "ma": "MA", "france": "FR"},
        "sector": {"tolerie": "sheet_metal"},
        "language": {"fr": "fr", "arabe": "ar"},
        "stand_kind": {"nu": "bare", "equipe": "equipped"},
        "open_sides": {"2": "2", "angle": "2"},
    },
    {"B12": 12, "B13": 13, "B14": 14, "B15": 15},
)


@pytest.mark.parametrize(
    ("field", "typed", "read"),
    [
        ("ice", "001561191000066", "001561191000066"),
        ("ice", "1561191000066", "001561191000066"),
        ("ice", "٠٠١٥٦١١٩١٠٠٠٠٦٦", "001561191000066"),
        ("country", "MAROC", "MA"),
        ("country", "", ""),
        ("sector", "Tôlerie", "sheet_metal"),
        ("language", "Arabe", "ar"),
        ("stand_kind", "Équipé", "equipped"),
        ("open_sides", "٢", "2"),
        ("area", "18,5 m²", "18.5"),
        ("area", "1 200", "1200"),
        ("stands", "B 12, b13", [12, 13]),
        ("stands", "B14 B15", [14, 15]),
        ("website", "www.atlas.example", "https://www.atlas.example"),
        ("contact_email", "Nora@Atlas.Example", "nora@atlas.example"),
        ("contact_phone", "0522 00 00 00", "+212 5 22 00 00 00"),
        ("products", "presses; laser; presses", ["presses", "laser"]),
    ],
)
def test_a_cell_is_read_as_people_write_it(field: str, typed: str, read: object) -> None:
    row = read_row(2, {field: typed}, WORDS)
    assert (row.values.get(field), field in row.problems, row.notes) == (read, False, [PADDED] if typed == "1561191000066" else [])


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", "", "it is needed"),
        ("name", "x" * 161, "161 characters; at most 160"),
        ("ice", "001561191000065", "last two digits, 65"),
        ("ice", "1561191000065", "digits are missing"),
        ("ice", "1,56119E+12", "shortened this number"),
        ("country", "Marok", "“Marok” is not known"),
        ("area", "huge", "“huge” is not known"),
        ("area", "3", "not known"),
        ("area", "Infinity", "not known"),
        ("contact_email", "nora at atlas", "name@company.example"),
        ("contact_phone", "12", "+212 5 22 00 00 00"),
        ("stands", "B99", "no stand B99 on the plan"),
        ("stands", "B12,B13,B14,B15", "At most 3 stands"),
        ("website", "not a site", "www.company.example"),
        ("products", "x" * 61, "at most 60"),
    ],
)
def test_a_wrong_cell_says_what_is_wrong(field: str, typed: str, says: str) -> None:
    assert says in str(read_row(2, {field: typed}, WORDS).problems[field])


def test_columns_are_guessed_in_three_languages_and_as_they_were_said_before() -> None:
    french = guess_columns(["Raison sociale", "Courriel", "N° de stand", "Nom du contact (export)", "Code client"], {})
    assert french == {"name": 0, "contact_email": 1, "stands": 2, "contact_name": 3}
    assert guess_columns(["اسم الشركة", "البريد الإلكتروني", "المدينة"], {}) == {"name": 0, "contact_email": 1, "city": 2}
    assert guess_columns(["Company", "Client", "E-mail"], {"client": "contact_name", "company": "name"}) == {"name": 0, "contact_name": 1, "contact_email": 2}


ATLAS = Spelt(1, "Fonderie de l'Atlas", "مسبك الأطلس", "MA", "001561191000066")
RIF = Spelt(2, "Rif Laser SARL", "", "MA", "")


def acts(*rows: dict[str, str], choices: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """Tell what rows would do where the foundry exhibits already, and about whom they are."""
    around = Around(Known([ATLAS, RIF]), {1: (7, "Fonderie de l'Atlas")}, WORDS)
    lines = [(number, {"contact_email": "n@x.example", **row}) for number, row in enumerate(rows, start=2)]
    return [(row.act, row.about) for row in plan(lines, choices or {}, around)]


def test_a_row_joins_what_is_known_and_asks_where_it_is_not_plain() -> None:
    assert acts({"name": "RIF LASER"}) == [("add", "Rif Laser SARL")]
    assert acts({"name": "Rif Lasser"}) == [("asks", "Rif Laser SARL")]
    assert acts({"name": "Rif Lasser"}, choices={"2": "join"}) == [("add", "Rif Laser SARL")]
    assert acts({"name": "Rif Lasser"}, choices={"2": "new"}) == [("add", "")]
    assert acts({"name": "Rif Laser", "country": "France"}) == [("add", "")]
    assert acts({"name": "Whatever", "ice": "1561191000066"}) == [("asks", "Fonderie de l'Atlas")]
    assert acts({"name": "Fonderie de l'Atlas"}, choices={"2": "update"}) == [("update", "Fonderie de l'Atlas")]
    assert acts({"name": "Fonderie de l'Atlas"}, choices={"2": "new"}) == [("asks", "Fonderie de l'Atlas")]  # one of the same name is no other one
    assert acts({"name": "Fonderie de l'Atlas"}, choices={"2": "skip"}) == [("skip", "Fonderie de l'Atlas")]


def test_a_row_twice_in_the_list_is_told() -> None:
    assert acts({"name": "Souss Moules"}, {"name": "SOUSS MOULES"}) == [("add", ""), ("wrong", "")]
    assert acts({"name": "Souss Moules"}, {"name": "Souss Moule SARL"}) == [("add", ""), ("wrong", "")]
    assert acts({"name": "Souss Moules"}, {"name": "Souss Moule SARL"}, choices={"3": "new"}) == [("add", ""), ("add", "")]
    assert acts({"name": "Souss Moules"}, {"name": "SOUSS MOULES"}, choices={"3": "new"}) == [("add", ""), ("wrong", "")]
    assert acts({"name": "Souss Moules"}, {"name": "SOUSS MOULES"}, choices={"3": "skip"}) == [("add", ""), ("skip", "")]
    assert acts({"name": "Mill 1"}, {"name": "Mill 2"}) == [("add", ""), ("add", "")]


def test_a_name_is_compared_without_its_legal_form() -> None:
    assert {bare_name(name) for name in ("Sté ATLAS Mécanique S.A.R.L.", "Atlas mecanique", "ATLAS MECANIQUE, SARL AU")} == {"atlas mecanique", "atlas mecanique au"} - {
        "atlas mecanique au"
    }
    assert (bare_name("شركة الأطلس ش.م.م."), bare_name("SA")) == ("الاطلس", "sa")
