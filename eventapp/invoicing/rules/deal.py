"""The words of a contract, in the three languages."""

from collections.abc import Mapping

DEAL: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "title": "Contrat de participation",
        "organiser": "L’organisateur",
        "exhibitor": "L’exposant",
        "space": "Emplacement",
        "stand": "Stand",
        "hall": "Hall",
        "area": "Surface nette",
        "sides": "Côtés ouverts",
        "kind": "Formule",
        "with": "Coexposants : %s",
        "price": "Prix",
        "clauses": "Ce qui est convenu",
        "sign": "Acceptation",
        "for_organiser": "Pour l’organisateur",
        "for_exhibitor": "Pour l’exposant",
        "sign_as": "Lieu et date, nom et qualité, signature et cachet",
        "conditions": "Conditions de participation, version %s",
    },
    "ar": {
        "title": "عقد المشاركة",
        "organiser": "المنظم",
        "exhibitor": "العارض",
        "space": "موقع العرض",
        "stand": "الجناح",
        "hall": "الرواق",
        "area": "المساحة الصافية",
        "sides": "الجوانب المفتوحة",
        "kind": "الصيغة",
        "with": "العارضون المشاركون: %s",
        "price": "الثمن",
        "clauses": "ما اتُّفق عليه",
        "sign": "القبول",
        "for_organiser": "عن المنظم",
        "for_exhibitor": "عن العارض",
        "sign_as": "المكان والتاريخ، الاسم والصفة، التوقيع والختم",
        "conditions": "شروط المشاركة، النسخة %s",
    },
    "en": {
        "title": "Participation contract",
        "organiser": "The organiser",
        "exhibitor": "The exhibitor",
        "space": "Space",
        "stand": "Stand",
        "hall": "Hall",
        "area": "Net area",
        "sides": "Open sides",
        "kind": "Kind",
        "with": "Co-exhibitors: %s",
        "price": "Price",
        "clauses": "What is agreed",
        "sign": "Acceptance",
        "for_organiser": "For the organiser",
        "for_exhibitor": "For the exhibitor",
        "sign_as": "Place and date, name and capacity, signature and stamp",
        "conditions": "Conditions of participation, version %s",
    },
}
SIDES: Mapping[str, Mapping[int, str]] = {
    "fr": {1: "1 (linéaire)", 2: "2 (angle)", 3: "3 (tête)", 4: "4 (îlot)"},
    "ar": {1: "1 (صف)", 2: "2 (زاوية)", 3: "3 (رأس)", 4: "4 (جزيرة)"},
    "en": {1: "1 (row)", 2: "2 (corner)", 3: "3 (head)", 4: "4 (island)"},
}
KINDS: Mapping[str, Mapping[str, str]] = {
    "fr": {"bare": "nu", "equipped": "équipé"},
    "ar": {"bare": "أرضية عارية", "equipped": "مجهز"},
    "en": {"bare": "bare", "equipped": "equipped"},
}
CLAUSES: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "object": "L’organisateur met à la disposition de l’exposant, pour la durée du salon, l’emplacement désigné ci-dessus ; l’exposant s’engage à y exposer et à en payer le prix.",
        "deposit": "Un acompte de %(percent)s %% est facturé à la commande, le solde avant l’ouverture ; chaque facture est payable par virement dans les %(days)s jours.",
        "pay": "Chaque facture est payable par virement dans les %(days)s jours.",
        "change": "Tout changement de stand, de commande ou de prix donne lieu à une nouvelle version du présent contrat, à accepter à son tour ; les versions précédentes sont conservées.",
        "conditions": "Les conditions de participation, version %(number)s, reproduites ci-après, font partie du contrat.",
    },
    "ar": {
        "object": "يضع المنظم رهن إشارة العارض، طوال مدة المعرض، الموقع المبين أعلاه، ويلتزم العارض بالعرض فيه وبأداء ثمنه.",
        "deposit": "تُفوتر دفعة مقدمة بنسبة %(percent)s%% عند الطلب والباقي قبل الافتتاح، وتؤدى كل فاتورة بتحويل بنكي داخل أجل %(days)s يوما.",
        "pay": "تؤدى كل فاتورة بتحويل بنكي داخل أجل %(days)s يوما.",
        "change": "كل تغيير في الجناح أو الطلب أو الثمن تُحرر بشأنه نسخة جديدة من هذا العقد يلزم قبولها بدورها، وتُحفظ النسخ السابقة.",
        "conditions": "شروط المشاركة، النسخة %(number)s، المدرجة أدناه جزء من العقد.",
    },
    "en": {
        "object": "The organiser lets the exhibitor have the space named above for the days of the show; the exhibitor undertakes to exhibit there and to pay the price.",
        "deposit": "A deposit of %(percent)s%% is invoiced with the order and the balance before the opening; each invoice is paid by bank transfer within %(days)s days.",
        "pay": "Each invoice is paid by bank transfer within %(days)s days.",
        "change": "Any change of the stand, the order or the price makes a new version of this contract, which is to be accepted in its turn; earlier versions are kept.",
        "conditions": "The conditions of participation, version %(number)s, which follow, are part of the contract.",
    },
}
WAY_TO_ACCEPT: Mapping[str, str] = {
    "fr": "Ce contrat est accepté en ligne, par le responsable de l’exposant, dans son espace ; la date, l’auteur et l’empreinte de ce fichier sont conservés. "
    "Il peut aussi être signé ci-dessous et renvoyé à l’organisateur.",
    "ar": "يُقبل هذا العقد على الإنترنت من طرف المسؤول عن العارض في فضائه الخاص، ويُحتفظ بالتاريخ وباسم من قبله وببصمة هذا الملف. ويمكن أيضا توقيعه أدناه وإرجاعه إلى المنظم.",
    "en": "This contract is accepted online by the exhibitor’s owner, in their own space; the date, who accepted and the hash of this file are kept. "
    "It may also be signed below and sent back to the organiser.",
}
