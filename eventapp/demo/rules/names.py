"""Example people: given names and family names in both scripts."""

from dataclasses import dataclass
from random import Random

from eventapp.demo.rules.companies import plain

GIVEN = (
    ("Youssef", "يوسف"), ("Salma", "سلمى"), ("Karim", "كريم"), ("Nadia", "نادية"), ("Omar", "عمر"), ("Hajar", "هاجر"), ("Mehdi", "المهدي"), ("Imane", "إيمان"),
    ("Anas", "أنس"), ("Meryem", "مريم"), ("Hamza", "حمزة"), ("Khadija", "خديجة"), ("Rachid", "رشيد"), ("Sanae", "سناء"), ("Ismail", "إسماعيل"), ("Loubna", "لبنى"),
    ("Said", "سعيد"), ("Fatima", "فاطمة"), ("Adil", "عادل"), ("Zineb", "زينب"), ("Mounir", "منير"), ("Asmae", "أسماء"), ("Driss", "إدريس"), ("Houda", "هدى"),
    ("Ilyas", "إلياس"), ("Kenza", "كنزة"), ("Tarik", "طارق"), ("Ghita", "غيثة"), ("Walid", "وليد"), ("Samira", "سميرة"), ("Badr", "بدر"), ("Naima", "نعيمة"),
)  # fmt: skip
FAMILY = (
    ("Alaoui", "العلوي"), ("Bennis", "بنيس"), ("Cherkaoui", "الشرقاوي"), ("Doukkali", "الدكالي"), ("El Fassi", "الفاسي"), ("Filali", "الفيلالي"), ("Ghazi", "الغازي"),
    ("Hakimi", "الحكيمي"), ("Idrissi", "الإدريسي"), ("Jabri", "الجابري"), ("Kabbaj", "القباج"), ("Lahlou", "لحلو"), ("Mansouri", "المنصوري"), ("Naciri", "الناصري"),
    ("Ouazzani", "الوزاني"), ("Qadiri", "القادري"), ("Rami", "الرامي"), ("Sebti", "السبتي"), ("Tazi", "التازي"), ("Yacoubi", "اليعقوبي"), ("Zaoui", "الزاوي"),
    ("Amrani", "العمراني"), ("Berrada", "برادة"), ("Chraibi", "الشرايبي"), ("Daoudi", "الداودي"), ("Guessous", "جسوس"), ("Haddad", "الحداد"), ("Kettani", "الكتاني"),
)  # fmt: skip
ABROAD = (
    ("Aminata", "Diallo"), ("Moussa", "Camara"), ("Awa", "Ndiaye"), ("Kouassi", "Yao"), ("Fatou", "Sow"), ("Jean", "Mbarga"), ("Claire", "Martin"), ("Luis", "Ortega"),
    ("Giulia", "Ferri"), ("Jonas", "Keller"), ("Elif", "Demir"), ("Ines", "Gharbi"), ("Serge", "Ondo"), ("Marie", "Lefort"), ("Paul", "Girard"), ("Mariam", "Bah"),
)  # fmt: skip
ROLES = (
    "Directeur général", "Directrice commerciale", "Responsable achats", "Ingénieur méthodes", "Responsable qualité", "Chef d’atelier",
    "Chargée d’affaires", "Technicien", "Responsable export", "Acheteuse projet",
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """A person's name; the Arabic spelling is empty where it is not known."""

    given: str
    family: str
    given_ar: str = ""
    family_ar: str = ""

    @property
    def full(self) -> str:
        """Write the name in Latin script."""
        return f"{self.given} {self.family}"

    @property
    def mailbox(self) -> str:
        """Write the part of an address before the @."""
        return f"{plain(self.given)}.{plain(self.family)}"


def name(rng: Random, country: str = "MA") -> Name:
    """Draw a name; of Moroccans three in four have an Arabic spelling too."""
    if country not in {"MA", "TN"}:
        return Name(*rng.choice(ABROAD))
    (given, given_ar), (family, family_ar) = rng.choice(GIVEN), rng.choice(FAMILY)
    return Name(given, family, given_ar, family_ar) if rng.random() < 0.75 else Name(given, family)  # noqa: PLR2004 - three in four
