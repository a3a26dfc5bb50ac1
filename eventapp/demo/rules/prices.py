"""The demo's price list: amounts seen at the same venue and elsewhere in Casablanca as they were, the rest said to be an example."""

from decimal import Decimal

from eventapp.pricing.models import ForStands, PriceKind, Unit
from eventapp.pricing.rules import PricePlan, QuotaTable, Terms

Texts = dict[str, str]


def _example(fr: str, ar: str, en: str) -> Texts:
    return {"fr": f"{fr} (exemple)", "ar": f"{ar} (مثال)", "en": f"{en} (example)"}


PRICES: tuple[PricePlan, ...] = (
    PricePlan(
        code="PACK",
        kind=PriceKind.PACKAGE,
        name={"fr": "Forfait d’inscription obligatoire", "ar": "رسم التسجيل الإلزامي", "en": "Compulsory registration package"},
        amount=Decimal(1000),
        per_co_exhibitor=True,
    ),
    PricePlan(
        code="BARE",
        kind=PriceKind.SPACE,
        name={"fr": "Stand nu", "ar": "أرض فارغة", "en": "Bare stand"},
        amount=Decimal(1350),
        unit=Unit.M2,
        stand_kind=ForStands.BARE,
        least_area_m2=Decimal(36),
    ),
    PricePlan(
        code="EQUIPPED",
        kind=PriceKind.SPACE,
        name={"fr": "Stand équipé", "ar": "جناح مجهّز", "en": "Equipped stand"},
        amount=Decimal(2500),
        unit=Unit.M2,
        stand_kind=ForStands.EQUIPPED,
    ),
    PricePlan(
        code="CORNER",
        kind=PriceKind.SUPPLEMENT,
        name=_example("Angle", "جناح زاوية", "Corner"),
        amount=Decimal(10),
        unit=Unit.PERCENT,
        open_sides=2,
        least_area_m2=Decimal(12),
    ),
    PricePlan(code="HEAD", kind=PriceKind.SUPPLEMENT, name=_example("Tête d’îlot", "جناح رأس الممر", "Head of a row"), amount=Decimal(15), unit=Unit.PERCENT, open_sides=3),
    PricePlan(code="ISLAND", kind=PriceKind.SUPPLEMENT, name=_example("Îlot", "جناح جزيرة", "Island"), amount=Decimal(20), unit=Unit.PERCENT, open_sides=4),
    PricePlan(
        code="POWER-3KW", kind=PriceKind.EXTRA, name=_example("Branchement électrique de 3 kW", "ربط كهربائي بقدرة 3 كيلوواط", "Power connection, 3 kW"), amount=Decimal(1200)
    ),
    PricePlan(code="TABLE", kind=PriceKind.EXTRA, name=_example("Table et quatre chaises", "طاولة وأربعة كراسي", "Table and four chairs"), amount=Decimal(650)),
    PricePlan(code="INTERNET", kind=PriceKind.EXTRA, name=_example("Accès internet filaire", "ولوج سلكي إلى الإنترنت", "Wired internet access"), amount=Decimal(900)),
    PricePlan(
        code="CARPET",
        kind=PriceKind.EXTRA,
        name=_example("Moquette", "سجّاد أرضي", "Carpet"),
        amount=Decimal(95),
        unit=Unit.M2,
        stand_kind=ForStands.BARE,
    ),
)
QUOTA = QuotaTable(steps=((Decimal(9), 2),), more_every_m2=Decimal(10), per_co_exhibitor=1)
EXTRA_BADGE = Decimal(150)
TERMS = Terms(
    deposit_percent=Decimal(50),
    payment_days=30,
    note={
        "fr": "Démonstration : le forfait et les prix au m² ont été relevés dans des salons de Casablanca ; ce qui porte la mention « exemple », le badge supplémentaire et le délai de paiement sont inventés.",
        "ar": "نسخة للعرض: رسم التسجيل وأسعار المتر المربع مأخوذة من معارض أقيمت في الدار البيضاء؛ أما ما يحمل عبارة «مثال» وسعر الشارة الإضافية وأجل الأداء فهي من وضعنا.",
        "en": "Demonstration: the package and the prices per m² were seen at shows in Casablanca; what is called an example, the extra badge and the time to pay are made up.",
    },
)
