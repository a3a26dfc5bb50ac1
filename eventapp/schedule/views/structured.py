"""Sessions described for search engines (schema.org)."""

from typing import Any

from eventapp.editions.models import Edition
from eventapp.schedule.rules import Session
from eventapp.web import i18n
from eventapp.web.links import link


def event(edition: Edition, session: Session, whole: Session | None) -> dict[str, Any]:
    """Describe a session as an event, with its parts, and the whole or the show that it belongs to."""
    found = _event(edition, session)
    found["@context"] = "https://schema.org"
    found["superEvent"] = (
        _event(edition, whole) if whole else {"@type": "ExhibitionEvent", "name": i18n.text(edition.name), "url": link("portal.edition_home", edition=edition.slug)}
    )
    if session.parts:
        found["subEvent"] = [_event(edition, part) for part in session.parts]
    return found


def _event(edition: Edition, session: Session) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "streetAddress": i18n.text(edition.address), "addressLocality": i18n.text(edition.city)}
    described: dict[str, Any] = {
        "@type": "BusinessEvent",
        "name": i18n.text(session.title),
        "startDate": session.starts.isoformat(),
        "endDate": session.ends.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": list(session.languages),
        "location": {"@type": "Place", "name": f"{i18n.text(session.room.name)}, {i18n.text(edition.venue)}", "address": address},
        "organizer": {"@type": "Organization", "name": i18n.text(edition.organiser)},
        "url": link("schedule.session_page", edition=edition.slug, slug=session.slug, lang=i18n.language()),
    }
    if i18n.text(session.abstract):
        described["description"] = i18n.text(session.abstract)
    if session.people:
        described["performer"] = [_person(one.name, one.capacity, one.organisation) for one in session.people]
    return described


def _person(name: Any, capacity: Any, organisation: Any) -> dict[str, Any]:
    found = {"@type": "Person", "name": i18n.text(name)}
    if i18n.text(capacity):
        found["jobTitle"] = i18n.text(capacity)
    return found | ({"affiliation": {"@type": "Organization", "name": i18n.text(organisation)}} if organisation else {})
