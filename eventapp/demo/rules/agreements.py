"""The memorandum of 2018 as it was, and two example agreements."""

from dataclasses import dataclass

Texts = dict[str, str]


@dataclass(frozen=True)
class Signer:
    """Who signs for a party, with every spelling known: script, given name, family name."""

    spellings: tuple[tuple[str, str, str], ...]
    capacity: Texts


@dataclass(frozen=True)
class Institution:
    """A real organisation."""

    name: str
    name_ar: str
    kind: str
    country: str
    city: str


FIMME = Institution("FIMME", "الفدرالية المغربية للصناعات المعدنية والميكانيكية والإلكتروميكانيكية", "federation", "MA", "Casablanca")
ARTS_ET_METIERS = Institution("Arts et Métiers ParisTech", "آر إي ميتيي باريس تك", "school", "FR", "Paris")
MINISTRY = Institution("Ministère de l’Industrie", "وزارة الصناعة", "ministry", "MA", "Rabat")

SOUIRI = Signer(
    (("latn", "Abdelhamid", "Souiri"), ("arab", "عبد الحميد", "الصويري"), ("latn", "Abdelhamid", "Alsouiri")),
    {"fr": "Président de la FIMME", "ar": "رئيس الفدرالية", "en": "President of FIMME"},
)
CHAMPANEY = Signer(
    (("latn", "Laurent", "Champaney"), ("arab", "لوران", "شامباني")),
    {"fr": "Directeur général d’Arts et Métiers ParisTech", "ar": "المدير العام لآر إي ميتيي باريس تك", "en": "General Manager of Arts et Métiers ParisTech"},
)
ELALAMY = Signer((("latn", "Moulay Hafid", "Elalamy"), ("arab", "مولاي حفيظ", "العلمي")), {"fr": "Ministre de l’Industrie", "ar": "وزير الصناعة", "en": "Minister of Industry"})

MEMORANDUM_TITLE: Texts = {
    "fr": "Mémorandum d’entente entre la FIMME et Arts et Métiers ParisTech",
    "ar": "مذكرة تفاهم بين الفدرالية وآر إي ميتيي باريس تك",
    "en": "Memorandum of understanding between FIMME and Arts et Métiers ParisTech",
}
MEMORANDUM_SUBJECT: Texts = {
    "fr": "Développer ensemble la formation des techniciens et des cadres de la métallurgie, de la mécanique et de l’électromécanique\u202f; étudier la création d’un centre commun de "
    "formation professionnelle.",
    "ar": "تطوير تكوين التقنيين والأطر في التعدين والميكانيك والإلكتروميكانيك معًا؛ ودراسة إحداث مركز مشترك للتكوين المهني.",
    "en": "Develop together the training of technicians and managers in the metallurgical, mechanical and electromechanical fields; study the creation of a joint vocational training centre.",
}


@dataclass(frozen=True)
class Example:
    """An example agreement between two example organisations, signed in the session of that key."""

    key: str
    kind: str
    title: Texts
    subject: Texts


EXAMPLE_SCHOOL = ("École Exemple de Mécanique", "المدرسة النموذجية للميكانيك", "Casablanca")
EXAMPLES = (
    Example(
        "example-supply",
        "framework",
        {"fr": "Exemple d’accord-cadre d’approvisionnement", "ar": "مثال اتفاق إطار للتوريد", "en": "Example framework agreement on supply"},
        {"fr": "Livraison de pièces moulées sur trois ans (inventé).", "ar": "توريد قطع مسبوكة لمدة ثلاث سنوات (متخيل).", "en": "Cast parts over three years (invented)."},
    ),
    Example(
        "example-school",
        "specific",
        {"fr": "Exemple de convention de stages", "ar": "مثال اتفاقية تداريب", "en": "Example agreement on traineeships"},
        {"fr": "Vingt stages par an en atelier (inventé).", "ar": "عشرون تدريبًا في الورشة كل سنة (متخيل).", "en": "Twenty traineeships a year in the workshop (invented)."},
    ),
)
GIVEN_CAPACITY: Texts = {"fr": "Directeur général (exemple)", "ar": "المدير العام (مثال)", "en": "General manager (example)"}
