"""The editions: public facts as facts, what is invented said to be an example."""

from datetime import date, time
from typing import Any

from eventapp.editions.models import Category

Texts = dict[str, str]

FIRST_DAY, LAST_DAY = date(2018, 4, 12), date(2018, 4, 15)
ORGANISER: Texts = {
    "fr": "FIMME, Fédération des industries métallurgiques, mécaniques et électromécaniques",
    "ar": "الفدرالية المغربية للصناعات المعدنية والميكانيكية والإلكتروميكانيكية",
    "en": "FIMME, the Moroccan federation of metallurgical, mechanical and electromechanical industries",
}
VENUE: Texts = {
    "fr": "Foire internationale de Casablanca",
    "ar": "المعرض الدولي للدار البيضاء",
    "en": "Foire internationale de Casablanca",
}
CITY: Texts = {"fr": "Casablanca", "ar": "الدار البيضاء", "en": "Casablanca"}
ADDRESS: Texts = {"fr": "Parc des expositions de l’OFEC", "ar": "فضاء معارض أوفيك (OFEC)", "en": "OFEC exhibition centre"}
ACCESS: Texts = {
    "fr": "Exemple : entrée des visiteurs par la porte principale, à droite du parvis ; dépose-minute et taxis devant la porte ; accès de plain-pied.",
    "ar": "مثال: يدخل الزوار من البوابة الرئيسية على يمين الساحة؛ موقف الإنزال وسيارات الأجرة أمام البوابة؛ الدخول دون أدراج.",
    "en": "Example: visitors come in by the main gate, on the right of the forecourt; drop-off and taxis in front of it; no steps.",
}
CONTROLLER: Texts = {
    "fr": "L’organisateur du salon (installation de démonstration)",
    "ar": "منظّم المعرض (نسخة للعرض فقط)",
    "en": "The show’s organiser (a demonstration installation)",
}
CNDP = "D-EXEMPLE-000/2018"

_ANNOUNCED: Texts = {"fr": "annoncé avant le salon, dans la presse", "ar": "معلن قبل المعرض في الصحافة", "en": "announced before the show, in the press"}
_OPENING: Texts = {"fr": "dit à l’ouverture, dans la presse", "ar": "ذكر عند الافتتاح في الصحافة", "en": "said at the opening, in the press"}
_OTHER: Texts = {"fr": "espéré selon une autre source de presse", "ar": "مأمول حسب مصدر صحفي آخر", "en": "hoped for, according to another press source"}
_EXHIBITORS: Texts = {"fr": "exposants", "ar": "عارضًا", "en": "exhibitors"}
_VISITORS: Texts = {"fr": "visiteurs professionnels", "ar": "زائر مهني", "en": "professional visitors"}


def _figure(code: str, value: str | Texts, label: Texts, source: Texts) -> dict[str, Any]:
    return {"code": code, "value": value, "label": label, "source": source, "claimed": True}


FIGURES_2018 = [
    _figure("exhibitors", "250+", _EXHIBITORS, _ANNOUNCED),
    _figure("exhibitors", "120+", _EXHIBITORS, _OPENING),
    _figure("visitors", "10 000", _VISITORS, _ANNOUNCED),
    _figure("visitors", "30 000", _VISITORS, _OTHER),
    _figure("surface", {"fr": "5\u202f000 m²", "ar": "5\u202f000 م²", "en": "5,000 m²"}, {"fr": "de surface", "ar": "من المساحة", "en": "of surface"}, _ANNOUNCED),
    _figure("countries", "5", {"fr": "pays à l’honneur", "ar": "بلدان ضيوف شرف", "en": "countries of honour"}, _ANNOUNCED),
]
FIGURES_2025 = [_figure("exhibitors", "120+", _EXHIBITORS, _ANNOUNCED)]

EDITION_2018: dict[str, Any] = {
    "slug": "sistep-2018",
    "token_number": 11,
    "is_current": True,
    "name": {"fr": "SISTEP 2018", "ar": "سيستيب 2018", "en": "SISTEP 2018"},
    "full_name": {
        "fr": "Salon International de la Sous-Traitance, d’Approvisionnement et de Partenariat",
        "ar": "المعرض الدولي للمناولة والتموين والشراكة",
        "en": "International exhibition of subcontracting, supply and partnership",
    },
    "theme": {"fr": "L’industrie, vecteur du développement en Afrique", "ar": "الصناعة، رافعة للتنمية في إفريقيا", "en": "Industry, a driver of development in Africa"},
    "about": {
        "fr": "La 11e édition, placée sous le Haut Patronage de Sa Majesté le Roi Mohammed VI, a été ouverte le 12 avril 2018 par le ministre de l’Industrie, Moulay Hafid Elalamy.\n"
        "Pays à l’honneur : Guinée, Côte d’Ivoire, Sénégal, Gabon et Cameroun.\nLes exposants, les stands, les horaires et les personnes que vous voyez ici sont des exemples, "
        "à l’exception des signataires du mémorandum et du ministre.",
        "ar": "افتتح وزير الصناعة مولاي حفيظ العلمي الدورة الحادية عشرة، المنظمة تحت الرعاية السامية لصاحب الجلالة الملك محمد السادس، يوم 12 أبريل 2018.\n"
        "ضيوف الشرف: غينيا وكوت ديفوار والسنغال والغابون والكاميرون.\nالعارضون والأروقة والتوقيتات والأشخاص المعروضون هنا أمثلة، باستثناء الموقّعين على مذكرة التفاهم والوزير.",
        "en": "The 11th edition, under the High Patronage of His Majesty King Mohammed VI, was opened on 12 April 2018 by the Minister of Industry, Moulay Hafid Elalamy.\n"
        "Countries of honour: Guinea, Côte d’Ivoire, Senegal, Gabon and Cameroon.\nThe exhibitors, stands, times and people that you see here are examples, "
        "except for the signatories of the memorandum and the minister.",
    },
    "first_day": FIRST_DAY,
    "last_day": LAST_DAY,
    "contact_email": "contact@sistep.example",
    "figures": FIGURES_2018,
}
EDITION_2025: dict[str, Any] = {
    "slug": "sistep-2025",
    "token_number": 13,
    "is_current": False,
    "name": {"fr": "SISTEP 2025", "ar": "سيستيب 2025", "en": "SISTEP 2025"},
    "full_name": {
        "fr": "SISTEP Industriel, Salon International de la Sous-Traitance et des Partenariats Industriels",
        "ar": "سيستيب الصناعي، المعرض الدولي للمناولة والشراكات الصناعية",
        "en": "SISTEP Industriel, international exhibition of subcontracting and industrial partnerships",
    },
    "theme": {
        "fr": "Sous-traitance et partenariats industriels",
        "ar": "المناولة والشراكات الصناعية",
        "en": "Subcontracting and industrial partnerships",
    },
    "about": {
        "fr": "La 13e édition, du 3 au 6 décembre 2025 à Casablanca : conférences, rendez-vous d’affaires et démonstrations techniques. "
        "Les inscriptions sont ouvertes dans cette démonstration.",
        "ar": "الدورة الثالثة عشرة من 3 إلى 6 دجنبر 2025 بالدار البيضاء: ندوات ولقاءات أعمال وعروض تقنية. التسجيل مفتوح في هذه النسخة المخصصة للعرض.",
        "en": "The 13th edition, from 3 to 6 December 2025 in Casablanca: conferences, business meetings and technical demonstrations. Registration is open in this demonstration.",
    },
    "first_day": date(2025, 12, 3),
    "last_day": date(2025, 12, 6),
    "contact_email": "contact@sistep.example",
    "figures": FIGURES_2025,
}
EDITION_2027: dict[str, Any] = {
    "slug": "sistep-2027",
    "token_number": 14,
    "is_current": False,
    "name": {"fr": "SISTEP 2027", "ar": "سيستيب 2027", "en": "SISTEP 2027"},
    "full_name": {
        "fr": "SISTEP 2027, édition d’exemple",
        "ar": "سيستيب 2027، دورة للعرض فقط",
        "en": "SISTEP 2027, an example edition",
    },
    "theme": {
        "fr": "Exemple : le placement par liste de souhaits",
        "ar": "مثال: توزيع الأجنحة حسب قائمة الرغبات",
        "en": "Example: stands placed by a wish list",
    },
    "about": {
        "fr": "Édition inventée pour cette démonstration. Les exposants y ont dit quels stands ils souhaitent ; aucun n’est encore attribué.",
        "ar": "دورة مخترعة لهذه النسخة المخصصة للعرض. ذكر العارضون فيها الأجنحة التي يرغبون فيها، ولم يُسند أي جناح بعد.",
        "en": "An edition made up for this demonstration. Its exhibitors said which stands they would like; none is allocated yet.",
    },
    "first_day": date(2027, 12, 1),
    "last_day": date(2027, 12, 4),
    "contact_email": "contact@sistep.example",
    "figures": [],
}
SHARED: dict[str, Any] = {
    "state": "public",
    "languages": ["fr", "ar", "en"],
    "organiser": ORGANISER,
    "venue": VENUE,
    "city": CITY,
    "address": ADDRESS,
    "access": ACCESS,
    "privacy_controller": CONTROLLER,
    "privacy_number": CNDP,
    "exhibit_open": True,
    "visit_open": True,
    "is_example": True,
}
OPENS, CLOSES, CLOSES_LAST = time(9), time(18), time(16)

HALL_NAMES: dict[str, Texts] = {code: {"fr": f"Hall {code}", "ar": f"الرواق {letter}", "en": f"Hall {code}"} for code, letter in (("A", "أ"), ("B", "ب"), ("C", "ج"))}

_EVERYBODY = tuple(category for category in Category if category is not Category.BUILD_UP)
# code, bit, names, who may enter
ZONES: tuple[tuple[str, int, Texts, tuple[Category, ...]], ...] = (
    ("show", 0, {"fr": "Salon", "ar": "فضاء المعرض", "en": "Show floor"}, _EVERYBODY),
    ("vip", 1, {"fr": "Salon VIP", "ar": "صالون كبار الضيوف", "en": "VIP lounge"}, (Category.VIP, Category.OFFICIAL, Category.SIGNATORY, Category.ORGANISER, Category.SECURITY)),
    ("technical", 2, {"fr": "Zone technique", "ar": "المنطقة التقنية", "en": "Technical area"}, (Category.ORGANISER, Category.SECURITY, Category.SERVICE, Category.BUILD_UP)),
)
# code, zone, names
GATES: tuple[tuple[str, str, Texts], ...] = (
    ("main", "show", {"fr": "Porte principale", "ar": "البوابة الرئيسية", "en": "Main gate"}),
    ("hall-c", "show", {"fr": "Porte du hall C", "ar": "بوابة الرواق ج", "en": "Hall C gate"}),
    ("vip", "vip", {"fr": "Entrée VIP", "ar": "مدخل كبار الضيوف", "en": "VIP entrance"}),
)
