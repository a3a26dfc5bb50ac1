"""A message to many exhibitors, and what two of them answered, marked as examples."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.operations import answer, write_to_many
from eventapp.exhibitors.queries import owner_of
from eventapp.stands.queries import stands_of

SUBJECT = {"fr": "Exemple : montage du stand {stand}", "ar": "مثال: تركيب الجناح {stand}", "en": "Example: building up stand {stand}"}
TEXT = {
    "fr": "Bonjour,\n\nle montage est ouvert à {name} la veille du salon de 8 h à 20 h. Dites-nous ici l’heure d’arrivée de vos machines.",
    "ar": "تحية طيبة،\n\nيُفتح التركيب أمام {name} عشية المعرض من الساعة 8 إلى الساعة 20. أخبرونا هنا بساعة وصول آلاتكم.",
    "en": "Good morning,\n\nbuild-up is open to {name} on the eve of the show from 8:00 to 20:00. Tell us here when your machines arrive.",
}
ANSWERS = (
    "Exemple de réponse : notre centre d’usinage arrive à 9 h avec un camion de 19 tonnes.",
    "Exemple de réponse : pouvons-nous commencer à 7 h ? Le transporteur vient de Tanger.",
)


def add_messages(edition: Edition, exhibitors: Sequence[Exhibitor], actor_id: int, at: datetime) -> None:
    """Write to the first accepted exhibitors about build-up; the first two answer."""
    readers = [one.id for one in exhibitors if one.state == "accepted"][:40]
    if not readers:
        return
    stands = {number: ", ".join(line.number for line in lines) for number, lines in stands_of(readers).items()}
    write_to_many(edition.id, readers, SUBJECT, TEXT, stands=stands, is_example=True, actor_id=actor_id, now=at)
    for hours, (number, text) in enumerate(zip(readers, ANSWERS, strict=False), start=2):
        owner = owner_of(number)
        answer(number, text, actor_id=owner.id if owner else None, now=at + timedelta(hours=hours))
