"""Example documents to provide, and how those of the first exhibitors stand."""

from datetime import timedelta
from typing import Any

BEFORE_THE_SHOW = {"insurance": timedelta(days=30), "drawings": timedelta(days=45), "form": timedelta(days=-1)}
DOCUMENTS: dict[str, dict[str, Any]] = {
    "insurance": {
        "name": {"fr": "Attestation d’assurance", "ar": "شهادة التأمين", "en": "Insurance certificate"},
        "hint": {
            "fr": "Responsabilité civile, valable du montage au démontage.",
            "ar": "المسؤولية المدنية، سارية من التركيب إلى التفكيك.",
            "en": "Third-party liability, valid from build-up to dismantling.",
        },
        "for_stands": "all",
        "accepts": "pdf",
    },
    "drawings": {
        "name": {"fr": "Plans du stand nu", "ar": "تصاميم الجناح غير المجهز", "en": "Drawings of the bare stand"},
        "hint": {
            "fr": "Plan coté et élévations, avec les hauteurs et les matériaux.",
            "ar": "تصميم بالأبعاد والواجهات، مع الارتفاعات والمواد.",
            "en": "Plan with dimensions and elevations, with heights and materials.",
        },
        "for_stands": "bare",
        "accepts": "any",
    },
    "form": {
        "name": {"fr": "Bon à tirer du catalogue", "ar": "إذن طبع صفحة الدليل", "en": "Catalogue form, signed"},
        "hint": {"fr": "La page du catalogue, relue et signée.", "ar": "صفحة الدليل بعد مراجعتها وتوقيعها.", "en": "The page of the catalogue, read and signed."},
        "for_stands": "all",
        "accepts": "any",
    },
}
REASON = "Exemple : l’attestation ne couvre pas les jours de démontage."
NOTE = "Exemple généré pour la démonstration : cette page tient lieu de document."
PROVIDING = 60


def outcome(number: int, code: str) -> str:
    """Say what became of a document of an exhibitor: approved, refused, waiting, or nothing sent (an empty text)."""
    turn = (number * 7 + len(code)) % 10
    if number == 0:  # whose page the demo shows first
        return {"insurance": "refused", "drawings": "waiting", "form": ""}[code]
    if code == "form":
        return "waiting" if turn < 3 else ""  # noqa: PLR2004 - three in ten
    return "approved" if turn < 6 else "waiting" if turn < 8 else "refused" if turn == 8 else ""  # noqa: PLR2004 - six, two and one in ten
