"""A list of exhibitors compared with itself and with what is there: what each row would do, what is to mend, what is to answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventapp.core.errors import Refusal
from eventapp.core.texts import fold
from eventapp.exhibitors.errors import RowTwice
from eventapp.exhibitors.rules import Application
from eventapp.exhibitors.rules.cells import ReadRow, Words, read_row
from eventapp.organisations.rules.likeness import Known, Spelt, bare_name

COLUMN_WORDS: dict[str, tuple[str, ...]] = {  # what people call the columns; the first three are ours, in English, French and Arabic
    "name": (
        *("Name of the organisation", "Nom de l'organisation", "اسم المؤسسة", "Organisation", "Organization", "Company", "Company name", "Firm", "Exhibitor", "Name"),
        *(
            "Nom",
            "Société",
            "Entreprise",
            "Raison sociale",
            "Dénomination",
            "Nom de l'entreprise",
            "Nom de la société",
            "Exposant",
            "الشركة",
            "اسم الشركة",
            "المؤسسة",
            "الاسم",
            "العارض",
        ),
    ),
    "name_ar": ("Name in Arabic", "Nom en arabe", "الاسم بالعربية", "Arabic name", "Raison sociale en arabe", "اسم الشركة بالعربية"),
    "country": ("Country", "Pays", "البلد", "الدولة"),
    "city": ("City", "Ville", "المدينة", "Town"),
    "ice": ("ICE", "ICE", "رقم ICE", "Identifiant commun de l'entreprise", "التعريف الموحد للمقاولة", "N° ICE", "Numéro ICE", "ICE number", "رقم التعريف الموحد"),
    "sector": ("Sector", "Secteur", "القطاع", "Secteur d'activité", "Activité", "Industry", "Activity", "النشاط"),
    "website": ("Website", "Site web", "الموقع الإلكتروني", "Site", "Site internet", "URL", "Web", "الموقع"),
    "contact_name": (
        *("Name of the contact", "Nom du contact", "اسم جهة الاتصال", "Contact", "Contact person", "Contact name", "Interlocuteur", "Personne de contact", "Responsable"),
        *("Nom et prénom", "جهة الاتصال", "المسؤول"),
    ),
    "contact_email": ("E-mail address", "Adresse e-mail", "البريد الإلكتروني", "E-mail", "Email", "Mail", "Courriel", "Contact e-mail", "E-mail du contact", "البريد"),
    "contact_phone": ("Telephone", "Téléphone", "الهاتف", "Phone", "Tel", "Tél", "Mobile", "GSM", "Portable", "رقم الهاتف"),
    "language": ("Language", "Langue", "اللغة", "Lang"),
    "stand_kind": ("Kind of stand", "Type de stand", "نوع الجناح", "Stand type", "Type", "Formule"),
    "area": ("Area wished (m²)", "Surface souhaitée (m²)", "المساحة المرغوبة (م²)", "Area", "Surface", "m2", "m²", "Superficie", "Surface en m2", "المساحة"),
    "open_sides": ("Open sides", "Faces ouvertes", "الجهات المفتوحة", "Angles", "Côtés ouverts"),
    "stands": ("Stands asked for", "Stands demandés", "الأجنحة المطلوبة", "Stand", "Stands", "Stand number", "N° de stand", "Numéro de stand", "الجناح", "رقم الجناح"),
    "fascia_name": ("Name on the fascia", "Nom sur l'enseigne", "الاسم على اللافتة", "Fascia", "Enseigne", "Bandeau", "اللافتة"),
    "products": ("Products", "Produits", "المنتجات", "Produits exposés", "Keywords", "Mots-clés"),
    "message": ("Message", "Message à l'organisateur", "رسالة", "Remarques", "Remarks", "Notes", "Commentaire", "Observations", "ملاحظات"),
}
_SHORTEST_PART = 3
_NEW, _JOIN, _UPDATE, _SKIP = "new", "join", "update", "skip"


def guess_columns(header: Sequence[str], remembered: Mapping[str, str]) -> dict[str, int]:
    """Guess which column holds what: as it was said of such a title before, by what people call it, else by a part of its title."""
    titles = {fold(title): at for at, title in enumerate(header) if title}
    found = {remembered[title]: at for title, at in titles.items() if remembered.get(title) in COLUMN_WORDS}
    for name, words in COLUMN_WORDS.items():
        at = next((titles[fold(word)] for word in words if fold(word) in titles and titles[fold(word)] not in found.values()), None)
        if at is not None:
            found.setdefault(name, at)
    for title, at in titles.items():
        part = None if at in found.values() or title in remembered else _part_of(title, found)
        if part:
            found[part] = at
    return found


def _part_of(title: str, found: Mapping[str, int]) -> str | None:
    """Name the field whose longest name stands in a title as words of it."""
    padded = f" {title.replace('(', ' ').replace(')', ' ').replace(':', ' ')} "
    inside = [(len(word), name) for name, words in COLUMN_WORDS.items() if name not in found for word in words if len(word) >= _SHORTEST_PART and f" {fold(word)} " in padded]
    return max(inside)[1] if inside else None


@dataclass(frozen=True)
class Around:
    """What a list is compared with: organisations, the applications that live in the edition (organisation: number and name), and words."""

    known: Known
    living: Mapping[int, tuple[int, str]]
    words: Words


@dataclass
class Planned:
    """What a row would do: add, update, be left out, or nothing before something is mended (`wrong`) or answered (`asks`)."""

    row: int
    read: ReadRow
    act: str = "add"
    organisation_id: int | None = None
    exhibitor_id: int | None = None
    about: str = ""  # whom it is likely the same as, or who is there already
    options: tuple[str, ...] = ()
    choice: str = ""
    problems: dict[str, Refusal] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Write whom the row is about."""
        return str(self.read.values.get("name", ""))

    @property
    def is_settled(self) -> bool:
        """Say whether the row can be imported or is left out."""
        return self.act in {"add", "update", "skip"}


def plan(rows: Iterable[tuple[int, Mapping[str, str]]], choices: Mapping[str, str], around: Around) -> list[Planned]:
    """Say of each row what it would do."""
    seen = Known()
    planned = []
    for number, cells in rows:
        read = read_row(number, cells, around.words)
        one = Planned(number, read, problems=dict(read.problems), choice=choices.get(str(number), ""))
        _compare(one, seen, around)
        planned.append(one)
    return planned


def _compare(one: Planned, seen: Known, around: Around) -> None:
    values = one.read.values
    name, country, ice = one.name, str(values.get("country") or "MA"), str(values.get("ice", ""))
    if name:
        _with_the_list(one, seen, (name, str(values.get("name_ar", ""))), country, ice)
    if not one.problems and one.act == "add":
        _with_what_is_there(one, around, (name, str(values.get("name_ar", ""))), country, ice)
    if one.problems:
        one.act, one.options = "wrong", one.options or (_SKIP,)
    if one.choice == _SKIP:
        one.act = _SKIP
    elif name and one.act != "wrong":
        seen.add(Spelt(one.row, name, str(values.get("name_ar", "")), country, ice))


def _with_the_list(one: Planned, seen: Known, names: tuple[str, str], country: str, ice: str) -> None:
    """Find an earlier row about the same organisation; one that is only like it may be another."""
    same = seen.same(names[0], country, ice)
    if same:
        one.problems["name"] = RowTwice(row=same.id)
        return
    alike = seen.likely(names, country, ice)
    if alike and one.choice != _NEW:
        one.problems["name"] = RowTwice(row=alike[0].id)
    if alike:
        one.options = (_NEW, _SKIP)


def _with_what_is_there(one: Planned, around: Around, names: tuple[str, str], country: str, ice: str) -> None:
    same = around.known.same(names[0], country, ice)
    likely = [] if same or one.choice == _NEW else around.known.likely(names, country, ice)
    there = same or (likely[0] if likely else None)
    if there is None:
        one.options = one.options or ((_NEW,) if one.choice == _NEW else ())
        return
    exhibits = around.living.get(there.id)
    one.about = there.name if not exhibits else exhibits[1]
    offered = _UPDATE if exhibits else _JOIN
    if not same:
        one.options = (offered, _NEW, _SKIP)
    elif exhibits:
        one.options = (_UPDATE, _SKIP)
    one.choice = one.choice if one.choice in one.options else _unasked(one, there, same is not None, offered)
    one.act = {_JOIN: "add", _NEW: "add", _UPDATE: "update", _SKIP: _SKIP, "": "asks"}[one.choice]
    if one.choice != _NEW:
        one.organisation_id, one.exhibitor_id = there.id, exhibits[0] if exhibits and one.choice == _UPDATE else None


def _unasked(one: Planned, there: Spelt, is_same: bool, offered: str) -> str:
    """Choose where it is plain: a known organisation joins, and so does one that differs by its legal form; who exhibits already is asked about."""
    plain = is_same or bare_name(there.name) == bare_name(one.name)
    return _JOIN if offered == _JOIN and plain else ""


def application_of(values: Mapping[str, Any]) -> Application:
    """Make an application of what a row says."""
    plain = ("name", "name_ar", "city", "ice", "website", "contact_email", "contact_phone", "area", "message", "fascia_name", "open_sides")
    given: dict[str, Any] = {name: values[name] for name in plain if values.get(name)}
    given |= {name: values.get(name) or otherwise for name, otherwise in (("country", "MA"), ("sector", "other"), ("language", "fr"), ("stand_kind", "equipped"))}
    given["contact_name"] = values.get("contact_name") or values["name"][:120]
    return Application(**given, wishes=tuple(values.get("stands", ())), products=tuple(values.get("products", ())))


def totals(planned: Iterable[Planned]) -> dict[str, int]:
    """Count what the rows would do."""
    counts = dict.fromkeys(("add", "update", "skip", "wrong", "asks"), 0)
    for one in planned:
        counts[one.act] += 1
    return counts
