"""Example companies: a place or river, a trade, and the word Exemple, so that nobody takes one for a real firm."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

LONGEST_FASCIA = 30
MOROCCAN = (
    ("Atlas", "أطلس", "Casablanca"),
    ("Toubkal", "توبقال", "Marrakech"),
    ("Souss", "سوس", "Agadir"),
    ("Sebou", "سبو", "Kénitra"),
    ("Draa", "درعة", "Ouarzazate"),
    ("Bouregreg", "أبو رقراق", "Rabat"),
    ("Moulouya", "ملوية", "Oujda"),
    ("Chaouia", "الشاوية", "Settat"),
    ("Loukkos", "اللوكوس", "Tanger"),
    ("Tensift", "تانسيفت", "Safi"),
    ("Saïss", "سايس", "Fès"),
    ("Doukkala", "دكالة", "El Jadida"),
    ("Zenata", "زناتة", "Mohammedia"),
    ("Ifrane", "إفران", "Meknès"),
)
FOREIGN = (
    ("Teranga", "تيرانغا", "Dakar", "SN"),
    ("Casamance", "كازامانس", "Thiès", "SN"),
    ("Bandama", "بانداما", "Abidjan", "CI"),
    ("Comoé", "كوموي", "Yamoussoukro", "CI"),
    ("Fouta", "فوتا", "Conakry", "GN"),
    ("Ogooué", "أوغوي", "Libreville", "GA"),
    ("Sanaga", "ساناغا", "Douala", "CM"),
    ("Medjerda", "مجردة", "Tunis", "TN"),
    ("Garonne", "غارون", "Toulouse", "FR"),
    ("Isère", "إيزير", "Grenoble", "FR"),
    ("Duero", "دويرو", "Valladolid", "ES"),
    ("Arno", "أرنو", "Firenze", "IT"),
    ("Neckar", "نيكار", "Stuttgart", "DE"),
    ("Bosfor", "البوسفور", "Istanbul", "TR"),
)
TRADES = (
    ("Usinage", "للتشغيل الميكانيكي", "subcontracting"),
    ("Fonderie", "للسباكة", "metal_transformation"),
    ("Forge", "للحدادة الصناعية", "metal_transformation"),
    ("Emboutissage", "للكبس المعدني", "sheet_metal"),
    ("Chaudronnerie", "للمراجل والصفائح", "sheet_metal"),
    ("Soudure", "للحام الصناعي", "subcontracting"),
    ("Revêtements", "لمعالجة السطوح", "subcontracting"),
    ("Moules", "للقوالب والأدوات", "plastics"),
    ("Plasturgie", "لحقن البلاستيك", "plastics"),
    ("Électronique", "للإلكترونيات", "electronics"),
    ("Câblage", "للأسلاك الصناعية", "electronics"),
    ("Maintenance", "للصيانة الصناعية", "industrial_services"),
    ("Ingénierie", "للهندسة الصناعية", "industrial_services"),
    ("Machines-outils", "لآلات التشغيل", "machine_tools"),
    ("Microtechnique", "للتقنيات الدقيقة", "microtechnique"),
)


@dataclass(frozen=True)
class Company:
    """One example company."""

    name: str
    name_ar: str
    fascia: str
    city: str
    country: str
    sector: str
    domain: str
    ice: str


def plain(text: str) -> str:
    """Write a text in lower-case ASCII letters and hyphens."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in bare).split())


def example_ice(number: int) -> str:
    """Make a valid ICE (15 digits, divisible by 97) in a range that starts with 999."""
    start = 999_000_000_000_000 + number * 1000
    return str(start + (-start % 97))


def _company(number: int, place: tuple[str, str, str, str], trade: tuple[str, str, str]) -> Company:
    word, word_ar, city, country = place
    name, name_ar, sector = trade
    short = f"{word} {name}"
    ice = example_ice(number) if country == "MA" and number % 6 else ""  # an organisation may have none
    return Company(f"{short} Exemple", f"{word_ar} النموذجية {name_ar}", short.upper()[:LONGEST_FASCIA], city, country, sector, f"{plain(short)}.example", ice)


def _pairs() -> Iterator[Company]:
    """Pair places with trades so that neighbours in the list differ in both; about one in four comes from abroad."""
    number, abroad = 0, 0
    for turn in range(len(TRADES)):
        for index in range(len(MOROCCAN)):
            home = (*MOROCCAN[index], "MA")
            yield _company(number, home, TRADES[(index + turn) % len(TRADES)])
            number += 1
            if index % 3 == 2:  # noqa: PLR2004 - after every third one
                away = FOREIGN[abroad % len(FOREIGN)]
                yield _company(number, away, TRADES[(index + turn * 4 + 7) % len(TRADES)])
                number, abroad = number + 1, abroad + 1


def companies(count: int) -> list[Company]:
    """Make that many example companies, all of different names."""
    unique = {company.name: company for company in _pairs()}
    return list(islice(unique.values(), count))
