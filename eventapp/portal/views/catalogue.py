"""The public list of exhibitors, a page for each of them, and the way to one's own pages."""

from collections.abc import Sequence
from typing import Any

from flask import Response as Answer
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.core import clock
from eventapp.core.errors import NotThere
from eventapp.documents import store
from eventapp.documents.models import StoredFile
from eventapp.editions.models import Edition
from eventapp.exhibitors.forms import SECTOR_NAMES
from eventapp.exhibitors.models import CatalogueEntry, Exhibitor
from eventapp.exhibitors.queries import wanted_by
from eventapp.exhibitors.queries.catalogue import entries_of, entry_of, logo_of, logos_of
from eventapp.portal import queries
from eventapp.portal.views.public import portal
from eventapp.stands.queries import StandLine, floor_plan, stands_of
from eventapp.web import files, i18n
from eventapp.web.links import link
from eventapp.web.paging import page_number, page_of

__all__ = ["portal"]


@portal.get("/<edition>/exhibitors")
@access.public
def exhibitors(edition: Edition) -> str:
    """List the accepted exhibitors, by search, sector, country and hall; what was found beside a name is named."""
    wanted = {name: request.args.get(name, "")[:100] for name in ("q", "sector", "country", "hall")}
    page = page_of(queries.accepted_exhibitors(edition.id, **wanted), page_number(), 30)
    ids = [row.id for row in page.rows]
    logos = {number: (_logo_address(edition, number, file), file) for number, file in logos_of(ids).items()}
    shown = {"stands": stands_of(ids), "written": entries_of(page.rows), "logos": logos, "countries": i18n.named_countries(queries.countries_shown(edition.id))}
    shown["found_in"] = queries.found_in(edition.id, page.rows, wanted["q"])
    return render_template("portal/public/exhibitors.html", page=page, wanted=wanted, sectors=SECTOR_NAMES, **shown)


def _logo_address(edition: Edition, exhibitor_id: int, file: StoredFile, *, whole: bool = False) -> str:
    """Write the address of a logo; another picture has another address."""
    write = link if whole else url_for
    return write("portal.logo", edition=edition.slug, shown=exhibitor_id, v=file.sha256[:12])


@portal.get("/<edition>/exhibitors/<int:shown>")
@access.public
def exhibitor(edition: Edition, shown: int) -> str:
    """Show one exhibitor, with its stand on the plan."""
    one = queries.public_exhibitor(edition.id, shown)
    stands = stands_of([one.id]).get(one.id, [])
    plan = floor_plan(edition.id, clock.show_now()) if stands else []
    place = next(((hall, stand) for hall in plan for stand in hall.stands if stand.id == stands[0].id), None)
    entry, file = entry_of(one), logo_of(one.id)
    facts = {
        "stands": stands,
        "place": place,
        "sectors": SECTOR_NAMES,
        "entry": entry,
        "wanted": wanted_by(one.id),
        "logo": (_logo_address(edition, one.id, file), file) if file else None,
    }
    structured = _described(edition, one, stands) | _told(edition, entry, file)
    return render_template("portal/public/exhibitor.html", one=one, structured=structured, **facts)


@portal.get("/<edition>/exhibitors/<int:shown>/logo")
@access.public
def logo(edition: Edition, shown: int) -> Answer:
    """Show an accepted exhibitor's logo; a reader keeps it, since another logo has another address."""
    file = logo_of(queries.public_exhibitor(edition.id, shown).id)
    if file is None:
        raise NotThere
    return files.picture(store.path_of(file), file.media_type, file.sha256, public=request.args.get("v") == file.sha256[:12])


def _told(edition: Edition, entry: CatalogueEntry, file: StoredFile | None) -> dict[str, Any]:
    """Tell search engines what the entry says to everybody."""
    said = {
        "description": i18n.text(entry.about),
        "sameAs": entry.website,
        "telephone": entry.phone if entry.phone_public else "",
        "email": entry.email if entry.email_public else "",
    }
    logo_at = {"logo": _logo_address(edition, entry.exhibitor_id, file, whole=True)} if file else {}
    return {name: value for name, value in said.items() if value} | logo_at


def _described(edition: Edition, one: Exhibitor, stands: Sequence[StandLine]) -> dict[str, object]:
    """Describe an exhibitor for search engines (schema.org)."""
    where = (
        {"@type": "Place", "name": f"{i18n.text(edition.venue)}, {', '.join(line.number for line in stands)}"} if stands else {"@type": "Place", "name": i18n.text(edition.venue)}
    )
    show = {
        "@type": "ExhibitionEvent",
        "name": i18n.text(edition.full_name),
        "startDate": edition.first_day.isoformat(),
        "endDate": edition.last_day.isoformat(),
        "location": where,
    }
    address = {"@type": "PostalAddress", "addressLocality": one.city, "addressCountry": one.organisation.country}
    return {"@context": "https://schema.org", "@type": "Organization", "name": one.public_name, "address": address, "event": show}


@portal.get("/me")
@access.public
def my_space() -> Response | str:
    """Go to the reader's own pages: at once where there is one, else by a list."""
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in", next=url_for("portal.my_space")))
    places = queries.places_of(current_user)
    if len(places) == 1:
        return redirect(url_for(places[0].endpoint, **places[0].arguments))
    return render_template("portal/public/my_space.html", places=places)
