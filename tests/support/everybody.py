"""Everybody and everything at once: two editions with rows of every kind, somebody of every kind, and canaries in what few may see."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from eventapp import create_app
from eventapp.accounts import invitations, links
from eventapp.accounts.models import Invitation, Role, User
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_staff, ask_for_letter, issue_letter, register_visitor
from eventapp.attendees.queries import asked_by
from eventapp.attendees.rules import Passport
from eventapp.badges.queries import active_badge
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.ids import hash_secret
from eventapp.documents.sheets import read_sheet
from eventapp.documents.uploads import Accepts, take
from eventapp.doors.models import Device, Gate
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ExhibitingRules, Exhibitor, ExhibitorMember
from eventapp.exhibitors.operations import answer, decide_together, invite_colleague, prepare_registration, put_logo, save_step, save_view, write_to_many
from eventapp.exhibitors.operations.imports import keep_list
from eventapp.exhibitors.operations.joining import ask_to_join
from eventapp.exhibitors.operations.papers import provide_document
from eventapp.invoicing.models import CreditMove, Statement
from eventapp.invoicing.operations import (
    Received,
    Refund,
    Source,
    issue_credit_note,
    issue_invoice,
    read_statement,
    record_payment,
    record_signed_copy,
    refund,
    send_contract,
    set_seller,
)
from eventapp.mail.models import OutgoingMail
from eventapp.mail.outbox import queue_mail
from eventapp.pricing.operations import set_terms
from eventapp.pricing.rules import Terms
from eventapp.programme.models import ProgrammeSession as Session
from eventapp.programme.models import PublishedVersion, Room
from eventapp.stands.operations import add_feature, allocate_stand, keep_apart
from eventapp.stands.queries import last_change, stand_numbered
from tests.support.agreeing import recorded
from tests.support.cast import EIGHT, grant, make_edition, make_user, same
from tests.support.databases import SECRET, Store, test_settings
from tests.support.exhibiting import answers, make_exhibitor, make_stand
from tests.support.files import ask, certificate, logo, pdf
from tests.support.invoicing import SELLER
from tests.support.pricing import put_all
from tests.support.proposing import make_proposal
from tests.support.publishing import room as a_room
from tests.support.publishing import session as a_session
from tests.support.publishing import snapshot as published

OWN, NEIGHBOURS, OTHER_EDITION, MISSING = "own", "the neighbour's", "another edition's", "missing"
OUTSIDERS = ("anonymous", "stranger")
EXHIBITORS = ("exhibitor's owner", "exhibitor's member", "another exhibitor's owner")
ROLES = tuple(role.value for role in Role)
ABOVE = ("another edition's administrator", "installation's owner")
DEVICE = "device"
KINDS = (*OUTSIDERS, *EXHIBITORS, *ROLES, *ABOVE, DEVICE)

DRAFT = "the-key-of-a-registration-under-way"
DEVICE_TOKEN = "the-bearer-token-of-a-telephone-at-gate-3"
RAW_CSRF = "0123456789abcdef0123456789abcdef01234567"
CSRF = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(RAW_CSRF)
NOBODY_HAS = 987654
LIST = (("Name", "E-mail"), ("Souss Tissage", "canary-list@souss.example"))

SEE_EXHIBITORS = {"administrator", "exhibitor_manager", "finance", "installation's owner"}
SEE_ATTENDEES = {"administrator", "attendee_manager", "help_desk", "installation's owner"}
CANARIES: dict[str, set[str]] = {
    "canary-atlas-contact": {"exhibitor's owner", "exhibitor's member"} | SEE_EXHIBITORS,
    "canary-atlas-staff": {"exhibitor's owner", "exhibitor's member"} | SEE_ATTENDEES,
    "canary-rif-contact": {"another exhibitor's owner"} | SEE_EXHIBITORS,
    "canary-rif-staff": {"another exhibitor's owner"} | SEE_ATTENDEES,
    "canary-asker": {"exhibitor's owner", "another exhibitor's owner", "administrator", "exhibitor_manager", *ABOVE},
    "canary-list": {"administrator", "exhibitor_manager", *ABOVE},
    "canary-visitor": SEE_ATTENDEES,
    "canary-team": {"administrator", "installation's owner"},
    "canary-far-contact": set(ABOVE),
    "canary-far-staff": set(ABOVE),
    "canary-far-visitor": set(ABOVE),
    "canary-far-team": set(ABOVE),
    "canary-draft-edition": {"installation's owner"},
}


@dataclass
class House:
    """An app on a database of its own, with everybody in it; what a request changed is put back."""

    app: Flask
    store: Store
    people: dict[str, str | None] = field(default_factory=dict)  # kind -> what a session knows the person by
    things: dict[str, dict[str, Any]] = field(default_factory=dict)  # argument of an address -> own, another's, another edition's, missing

    def put_back(self) -> None:
        """Bring the database back to what it was."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        self.store.reset()

    def browser(self, kind: str, language: str = "en") -> FlaskClient:
        """Open a browser in which somebody of a kind is signed in."""
        browser = self.app.test_client()
        browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        session: dict[str, Any] = {"csrf_token": RAW_CSRF, "exhibit": {"sistep-2018": DRAFT}}
        if self.people[kind] is not None:
            session |= {"_user_id": self.people[kind], "_fresh": True}
        serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        browser.set_cookie("session", serializer.dumps(session))
        if kind == DEVICE:
            browser.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {DEVICE_TOKEN}"
        return browser

    def ask(self, kind: str, method: str, path: str, **more: Any) -> TestResponse:
        """Send one request as somebody of a kind, with a good CSRF token."""
        if method == "GET":
            return self.browser(kind).get(path, **more)
        answer = self.browser(kind).open(path, method=method, data={"csrf_token": CSRF}, **more)
        if answer.status_code in {200, 201, 204, 302, 303}:
            self.put_back()
        return answer

    def choices(self, rule: Rule, name: str) -> dict[str, Any]:
        """List what an argument of an address can name: a thing of one's own, or somebody else's."""
        converter = rule._converters[name]
        if isinstance(converter, AnyConverter):
            return {OWN: min(converter.items)}
        found = self.things.get(f"{rule.endpoint}:{name}") or self.things.get(name)
        assert found, f"{rule.endpoint} ({rule.rule}) needs rows for <{name}>: add one line to `things` in tests/support/everybody.py"
        return found

    def path(self, rule: Rule, **instead: str) -> str:
        """Write a rule's address with one's own things, or with somebody else's where asked, as in `edition="missing"`."""
        whole = instead.pop("everything", OWN)
        values = {name: (found := self.choices(rule, name)).get(instead.get(name, whole), found[OWN]) for name in rule.arguments}
        built = self.app.url_map.bind("localhost").build(rule.endpoint, values)
        if built.lower().startswith("/b/"):  # one endpoint, two spellings
            built = rule.rule.replace("<text>", str(values["text"]))
        return built


def words(answer: TestResponse, path: str) -> str:
    """Return what an answer says, without its own address and one-time tokens."""
    said = answer.data.decode(errors="replace").replace(quote(path, safe=""), "@").replace(quote(path), "@").replace(path, "@")
    return re.sub(r'name="csrf_token"[^>]*value="[^"]+"', "", said)


@contextmanager
def house(store: Store, folder: Path) -> Iterator[House]:
    """Build the house with everybody in it."""
    store.reset()
    clock.forget_anchor()
    built = House(create_app(test_settings(folder, store.url)), store)
    with built.app.app_context():
        fill(built)
        db.session.remove()
        db.engine.dispose()
    store.keep()
    yield built
    built.put_back()


def fill(built: House) -> None:
    """Store two editions with rows of every kind, a third that nobody may know of, and somebody of every kind."""
    near = _edition("sistep-2018", 11, "", is_current=True)
    far = _edition("sistep-2025", 13, "far-", first_day=date(2025, 12, 3))
    for show in (near, far):
        _registration_under_way(show)
    draft = _edition("sistep-2031", 31, "far-", first_day=date(2031, 4, 1), state="draft", name=same("canary-draft-edition"), about=same("canary-draft-edition"))
    built.people = _people(near.edition, far.edition, near)
    nothing = {name: _nothing_like(value) for name, value in near.rows.items()}
    built.things = {name: {OWN: near.rows[name], OTHER_EDITION: far.rows[name], MISSING: nothing[name]} for name in near.rows}
    for name, value in near.neighbours.items():
        built.things[name][NEIGHBOURS] = value
    built.things["edition"]["draft"] = draft.edition.slug
    built.things["organisation_id"].pop(OTHER_EDITION)  # an organisation is of no edition
    built.things["organisation_id"].pop(NEIGHBOURS)
    built.things["filename"] = {OWN: "shared/app.css", MISSING: "shared/nothing.css"}


def _registration_under_way(show: "Show") -> None:
    key = DRAFT if show.edition.slug == "sistep-2018" else f"{DRAFT} of {show.edition.slug}"
    for step, given in answers(name="Tissage du Souss", contact_email="new@souss.example", ice="").items():
        save_step(show.edition.id, key, step, given, now=EIGHT)
        if step == "contact":
            show.rows["portal.exhibit_resume:key"] = _newest_secret()


def _nothing_like(value: Any) -> Any:
    return NOBODY_HAS if isinstance(value, int) else "A" * 132 if len(str(value)) == 132 else "nothing-of-this-name"


@dataclass
class Show:
    """One edition and what the arguments of addresses name in it."""

    edition: Edition
    owner: User
    member: User
    neighbour: User
    rows: dict[str, Any] = field(default_factory=dict)
    neighbours: dict[str, Any] = field(default_factory=dict)


def _edition(slug: str, number: int, mark: str, *, first_day: date = date(2018, 4, 12), **more: object) -> Show:
    edition = make_edition(slug, number, first_day, first_day + timedelta(days=3), **more)
    owner, member, neighbour = (make_user(f"{name}@{slug}.example", f"{name.title()} {number}") for name in ("owner", "member", "neighbour"))
    show = Show(edition, owner, member, neighbour)
    show.rows |= {"edition": slug, "hall_id": edition.halls[0].id, "zone_id": edition.zones[0].id}
    _exhibitors(show, mark)
    _visitors(show, mark)
    _asked(show)
    _team(show, mark)
    _programme(show)
    _doors(show)
    show.rows |= _floor(show)
    show.rows |= _proposed(show)
    show.rows["price_id"] = put_all(edition)[-1].id
    show.rows["import_id"] = keep_list(edition.id, "list.csv", LIST[0], [(2, LIST[1])], actor_id=owner.id, now=EIGHT).id
    _papers(show)
    _invoices(show)
    _desk(show)
    _joining(show)
    _links(show)
    _mail(show)
    return show


def _exhibitors(show: Show, mark: str) -> None:
    atlas = _exhibitor(show, "Atlas", show.owner, f"canary-{mark or 'atlas-'}contact", number=101 + show.edition.token_number)
    rif = _exhibitor(show, "Rif", show.neighbour, f"canary-{mark or 'rif-'}contact", number=501 + show.edition.token_number)
    with transaction():
        atlas.members.append(ExhibitorMember(user_id=show.member.id, role="member", since=EIGHT))
    for exhibitor in (atlas, rif):
        put_logo(exhibitor.id, logo(), actor_id=None, now=EIGHT)
    stands = [make_stand(show.edition, number) for number in ("B12", "B13")]
    for stand, exhibitor in zip(stands, (atlas, rif), strict=True):
        allocate_stand(stand.id, exhibitor.id, actor_id=None, now=EIGHT)
    free = make_stand(show.edition, "B14")
    with transaction():
        db.session.add(ExhibitingRules(edition_id=show.edition.id, stand_way="first_come"))
    staff = [_staff(exhibitor, name, f"canary-{mark or f'{name}-'}staff") for exhibitor, name in ((atlas, "atlas"), (rif, "rif"))]
    invited = [_invited(exhibitor, user) for exhibitor, user in ((atlas, show.owner), (rif, show.neighbour))]
    show.rows |= {
        "number": free.number,
        "shown": atlas.id,
        "exhibitor": atlas.id,
        "stand": stands[0].id,
        "attendee": staff[0].id,
        "user": show.member.id,
        "invitation": invited[0].id,
    }
    show.neighbours |= {"exhibitor": rif.id, "stand": stands[1].id, "attendee": staff[1].id, "user": show.neighbour.id, "invitation": invited[1].id}


def _papers(show: Show) -> None:
    required, _nobodys = ask(show.edition, "Insurance"), ask(show.edition, "Drawings")
    show.rows["required_id"] = required.id
    for rows in (show.rows, show.neighbours):
        rows["provided"] = provide_document(rows["exhibitor"], required.id, certificate(str(rows["exhibitor"])), actor_id=None, now=EIGHT).id


def _invoices(show: Show) -> None:
    set_seller(show.edition.id, SELLER, actor_id=None, now=EIGHT)
    set_terms(show.edition.id, Terms(Decimal(50), 30), actor_id=None, now=EIGHT)
    _signed(show)
    _letters(show)
    for rows in (show.rows, show.neighbours):
        rows["move_id"] = _refunded(show, rows["exhibitor"]).id
        invoice = issue_invoice(rows["exhibitor"], "deposit", actor_id=None, now=EIGHT)
        paid = record_payment(invoice.id, Received(Decimal(100), EIGHT.date()), edition_id=show.edition.id, actor_id=None, now=EIGHT)
        contract = send_contract(rows["exhibitor"], actor_id=None, now=EIGHT)
        statement = _statement(show, invoice.label)
        rows |= {"statement_id": statement.id, "invoice_id": invoice.id, "payment_id": paid[0].id, "contract_id": contract.id}


def _signed(show: Show) -> None:
    """Let first versions of the contracts come back signed; the terms change afterwards."""
    set_terms(show.edition.id, Terms(Decimal(40), 30), actor_id=None, now=EIGHT)
    for rows in (show.rows, show.neighbours):
        first = send_contract(rows["exhibitor"], actor_id=None, now=EIGHT)
        record_signed_copy(show.edition.id, first.id, take(pdf(), "signed.pdf", Accepts.PDF), actor_id=show.owner.id, now=EIGHT)
        rows |= {"invoicing_organiser.signed_paper:contract_id": first.id, "contracts_exhibitor.signed:contract_id": first.id}
    set_terms(show.edition.id, Terms(Decimal(50), 30), actor_id=None, now=EIGHT)


def _letters(show: Show) -> None:
    """Let letters for visas be asked for, and one be issued before."""
    passport, stay = Passport("OMAR TAZI", "SN", "AB123456", show.edition.last_day + timedelta(days=900)), (show.edition.first_day, show.edition.last_day)
    for rows in (show.rows, show.neighbours):
        ask = partial(ask_for_letter, rows["exhibitor"], rows["attendee"], passport, stay, language="fr", actor_id=None, now=EIGHT)
        issued = ask()
        issue_letter(show.edition.id, issued.id, actor_id=None, now=EIGHT)
        rows |= {"letter_request": ask().id, "letters_exhibitor.paper:letter_request": issued.id, "letters_organiser.letter_paper:letter_request": issued.id}


def _refunded(show: Show, exhibitor_id: int) -> CreditMove:
    """Let an exhibitor pay an invoice that is credited then, and have some of it back."""
    facts: dict[str, Any] = {"actor_id": None, "now": EIGHT}
    first = issue_invoice(exhibitor_id, "deposit", **facts)
    record_payment(first.id, Received(first.total, EIGHT.date()), edition_id=show.edition.id, **facts)
    issue_credit_note(first.id, first.total, "Anew", edition_id=show.edition.id, **facts)
    return refund(exhibitor_id, Source("invoice", first.id), Refund(Decimal(20), EIGHT.date(), "", "Asked for"), **facts)


def _statement(show: Show, label: str) -> Statement:
    """Read in a bank statement whose line nobody has recorded."""
    content = f"Date;Libellé;Crédit\n{clock.real_now() - timedelta(days=1):%d/%m/%Y};VIR {label};30200\n"
    return read_statement(show.edition.id, read_sheet(content.encode(), most_rows=9), "april.csv", actor_id=None, now=EIGHT)


def _desk(show: Show) -> None:
    """Save a view of the work list for the team, decide about nobody together, and let organiser and exhibitor write."""
    show.rows["view_id"] = save_view(show.edition.id, show.owner.id, f"Foundries of {show.edition.slug}", {"sector": "other"}, shared=True, now=EIGHT)
    show.rows["together_id"] = decide_together(show.edition.id, "accept", [], {}, languages=[], actor_id=show.owner.id, now=EIGHT).id
    prepared = answers(name=f"Cuirs de {show.edition.slug}", contact_email=f"leather@{show.edition.slug}.example", ice="")
    show.rows["draft_id"] = prepare_registration(show.edition.id, prepared, actor_id=show.owner.id, now=EIGHT).id
    hello = {"fr": f"Bonjour {show.edition.slug}"}
    show.rows["circular_id"] = write_to_many(show.edition.id, [show.rows["exhibitor"]], hello, hello, stands={}, actor_id=None, now=EIGHT).id
    answer(show.rows["exhibitor"], "We come at seven", actor_id=show.owner.id, now=EIGHT)


def _floor(show: Show) -> dict[str, int]:
    """Draw something beside the stands; it is the last act of drawing too."""
    feature = add_feature(show.edition.halls[0], "service", [[100, 40], [104, 40], [104, 44], [100, 44]], same("Bar"), actor_id=None, now=EIGHT)
    change = last_change(show.edition.halls[0])
    assert change is not None
    return {"feature_id": feature.id, "change_id": change.id}


def _proposed(show: Show) -> dict[str, int]:
    """Propose the stand that is free to Atlas, and keep it and Rif apart."""
    atlas, rif = show.rows["exhibitor"], show.neighbours["exhibitor"]
    keep_apart(show.edition.id, atlas, rif, actor_id=None, now=EIGHT)
    free = stand_numbered(show.edition.id, show.rows["number"])
    return {"run_id": make_proposal(show.edition, {atlas: free.id, rif: None}).id}


def _exhibitor(show: Show, name: str, owner: User, canary: str, *, number: int) -> Exhibitor:
    private = {"contact_name": canary, "contact_email": f"{canary}@atlas.example", "message": canary}
    return make_exhibitor(show.edition, f"{name} {show.edition.slug}", owner, number=number, **private)


def _staff(exhibitor: Exhibitor, name: str, canary: str) -> Attendee:
    return add_staff(exhibitor.id, given=canary, family="Staff", email=f"{canary}@{name}.example", actor_id=None, now=EIGHT)


def _invited(exhibitor: Exhibitor, by: User) -> Invitation:
    return invite_colleague(exhibitor.id, f"new@{exhibitor.reference.lower()}.example", language="en", actor_id=by.id, now=clock.real_now())


def _visitors(show: Show, mark: str) -> None:
    found = []
    for given in (f"canary-{mark}visitor", "Salma"):
        visitor = register_visitor(
            show.edition.id, given=given, family=show.edition.slug, email=f"{given}@{show.edition.slug}.example", organisation=given, country="MA", language="en", now=EIGHT
        )
        assert visitor is not None
        found.append(visitor)
    badge = active_badge(found[1].id)
    assert badge is not None
    show.rows |= {"attendee_id": found[0].id, "key": found[1].personal_key, "text": badge.token}


def _asked(show: Show) -> None:
    """Let each exhibitor ask a visitor to join its staff."""
    person: dict[str, Any] = {"given": "Omar", "family": "Tazi", "email": f"omar@{show.edition.slug}.example"}
    visitor = register_visitor(show.edition.id, **person, language="en", now=EIGHT)
    assert visitor is not None
    for rows in (show.rows, show.neighbours):
        add_staff(rows["exhibitor"], **person, actor_id=None, now=EIGHT)
    key = asked_by(show.rows["exhibitor"])[0][0].key
    show.rows |= {"visiting.join_staff:secret": key, "exhibiting.withdraw_question:attendee": visitor.id}


def _team(show: Show, mark: str) -> None:
    colleague = grant(make_user(f"canary-{mark}team@{show.edition.slug}.example", f"canary-{mark}team"), show.edition, Role.PRESS)
    invitation = invitations.invite(f"new@{show.edition.slug}.example", "role", show.edition.id, {"role": "press"}, "en", actor_id=colleague.id, now=clock.real_now())
    show.rows |= {"user_id": colleague.id, "invitation_id": invitation.id, "accounts.invitation:secret": _newest_secret()}


def _newest_secret() -> str:
    values = db.session.scalars(select(OutgoingMail.values).order_by(OutgoingMail.id.desc())).first()
    assert values is not None
    return str(values["secret_path"]).rpartition("/")[2]


def _joining(show: Show) -> None:
    """Let somebody ask to act for each exhibitor's organisation."""
    asker = make_user(f"canary-asker@{show.edition.slug}.example", "canary-asker")
    for rows in (show.rows, show.neighbours):
        organisation = db.session.get_one(Exhibitor, rows["exhibitor"]).organisation_id
        assert organisation is not None
        rows["request_id"] = ask_to_join(show.edition.id, organisation, asker.id, now=clock.real_now()).id
        rows["organisation_id"] = organisation


def _links(show: Show) -> None:
    now = clock.real_now()
    with transaction():
        newcomer = User(email=f"newcomer@{show.edition.slug}.example", name="Newcomer", created_at=now, language="en")
        db.session.add(newcomer)
        db.session.flush()
        for user, purpose in ((newcomer, "confirm"), (show.owner, "reset")):
            links.mail_link(user, purpose, language="en", next_path=None, edition_id=None, now=now)
            db.session.flush()
            show.rows[f"accounts.{purpose}:secret"] = _newest_secret()
    show.rows["accounts.new_link:secret"] = show.rows["accounts.confirm:secret"]


def _mail(show: Show) -> None:
    with transaction():
        letter = queue_mail(
            show.owner.email, "accounts/reset", "en", edition_id=show.edition.id, attachments=[("badge.pdf", "application/pdf", b"%PDF-")], name="Owner", secret_path="/"
        )
        assert letter is not None
    show.rows |= {"mail_id": letter.id, "attachment_id": letter.attachments[0].id}


def _programme(show: Show) -> None:
    edition = show.edition
    with transaction():
        room = Room(edition_id=edition.id, code="A", name=same("Room A"), capacity=100)
        db.session.add(room)
        db.session.flush()
        words_of_it = {"title": same("Inauguration"), "abstract": same(""), "languages": ["fr"]}
        session = Session(edition_id=edition.id, slug="inauguration", kind="inauguration", uid=f"one@{edition.slug}", created_at=EIGHT, **words_of_it)
        snapshot = published([a_room(1, "Room A")], [a_session(session.slug, str(edition.first_day), 660, kind="inauguration")])
        db.session.add_all([session, PublishedVersion(edition_id=edition.id, number=1, published_at=EIGHT, snapshot=snapshot)])
        db.session.flush()
    show.rows |= {
        "room_id": room.id,
        "session_id": session.id,
        "agreement": recorded(edition).id,
        "slug": session.slug,
        "day": str(edition.first_day),
        "schedule.room_screen:room": "r1",
    }


def _doors(show: Show) -> None:
    edition = show.edition
    with transaction():
        gate = Gate(edition_id=edition.id, zone_id=edition.zones[0].id, code="MAIN", name=same("Main gate"))
        db.session.add(gate)
        db.session.flush()
        device = Device(edition_id=edition.id, gate_id=gate.id, label="Telephone 3", created_at=EIGHT, enrolled_at=EIGHT, token_hash=hash_secret(f"{DEVICE_TOKEN}{edition.id}"))
        if edition.slug == "sistep-2018":
            device.token_hash = hash_secret(DEVICE_TOKEN)
        db.session.add(device)
        db.session.flush()
    show.rows |= {"gate_id": gate.id, "device_id": device.id}


def _people(near: Edition, far: Edition, show: Show) -> dict[str, str | None]:
    users = {
        "stranger": make_user("stranger@show.example", "Sam Stranger"),
        "exhibitor's owner": show.owner,
        "exhibitor's member": show.member,
        "another exhibitor's owner": show.neighbour,
        **{role.value: grant(make_user(f"{role.value}@show.example", role.value.title()), near, role) for role in Role},
        "another edition's administrator": grant(make_user("nadia@show.example", "Nadia Neighbour"), far, Role.ADMINISTRATOR),
        "installation's owner": make_user("olga@show.example", "Olga Owner", is_owner=True),
    }
    return {kind: str(user.get_id()) for kind, user in users.items()} | {"anonymous": None, DEVICE: None}
