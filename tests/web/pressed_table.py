"""How every form of the product is sent twice from the same page: the page, what is typed, what has to be there first, and what the second answer says.

Each endpoint that takes a form has its line in `TABLE`; tests/web/test_pressed_twice.py walks it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from eventapp.accounts import roles
from eventapp.accounts.models import AccountLink, User
from eventapp.accounts.passwords import new_hash
from eventapp.agreements.models import Agreement
from eventapp.attendees.operations import withdraw_letter_request
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.ids import hash_secret
from eventapp.editions.models import Edition, Hall, Zone
from eventapp.exhibitors.models import Exhibitor, RegistrationDraft, ResumeLink, StandWay
from eventapp.exhibitors.operations import RulesPlan, begin_registration, set_exhibiting_rules, submit_registration, withdraw
from eventapp.exhibitors.rules import mark
from eventapp.invoicing.models import Invoice
from eventapp.invoicing.operations import Choice, record_lines
from eventapp.invoicing.queries import lines_of_statement
from eventapp.mail.models import OutgoingMail
from eventapp.organisations.operations import find_or_add_organisation
from eventapp.pricing.models import PriceItem
from eventapp.pricing.operations import set_terms
from eventapp.pricing.rules import Terms
from eventapp.programme import operations as programme
from eventapp.programme.models import ProgrammeSession, Room
from eventapp.programme.rules import Placement
from eventapp.stands.models import Stand, StandClaim
from eventapp.stands.operations import accept_lines, block_stand, free_stand, hold_stand
from tests.support.agreeing import sign_at
from tests.support.cast import EIGHT
from tests.support.everybody import DRAFT, House
from tests.support.files import pdf, picture
from tests.support.programme import DAY, make_person, on_stage

ALREADY = "This was sent already, and it was done then. Sending it again did nothing more."
PASSWORD = "correct horse battery staple"
NEW_PASSWORD = "another staple for the battery horse"

PASSPORT = {"name": "OMAR TAZI", "number": "AB123456", "expires_on": "2030-01-01", "arrives_on": "2018-04-11", "leaves_on": "2018-04-16"}

Rows = dict[str, int]


@dataclass(frozen=True)
class Twice:
    """How a form is sent twice: the page that has it, what is typed, what has to be there first, what the second answer says and where it stands."""

    says: str = ALREADY
    status: int = 200
    page: str | None = None  # the address of the page; that of the form itself unless told
    typed: dict[str, str] = field(default_factory=dict)
    first: Callable[[House], None] | None = None
    kind: str | None = None
    file: tuple[str, str, bytes] | None = None  # field, name and content of what is chosen


def edition() -> Edition:
    return db.session.scalars(select(Edition).where(Edition.slug == "sistep-2018")).one()


def in_app(work: Callable[[House], object]) -> Callable[[House], None]:
    def do(built: House) -> None:
        with built.app.app_context():
            work(built)
            db.session.remove()

    return do


def one_of(model: Any, **facts: object) -> int:
    return int(db.session.scalars(select(model.id).filter_by(**facts)).one())


def change(model: type, number: int, **values: object) -> None:
    with transaction():
        for name, value in values.items():
            setattr(db.session.get_one(model, number), name, value)


def own(built: House, name: str) -> int:
    return int(built.things[name]["own"])


@in_app
def gives_a_password(built: House) -> None:
    change(User, one_of(User, email="owner@sistep-2018.example"), password_hash=new_hash(PASSWORD, email="x@y.example", name="X"), confirmed_at=EIGHT)


@in_app
def no_letter_is_open(built: House) -> None:
    withdraw_letter_request(own(built, "exhibitor"), own(built, "letter_request"), actor_id=None, now=EIGHT)


@in_app
def statement_is_recorded(built: House) -> None:
    line = lines_of_statement(own(built, "statement_id"))[0]
    label = str(db.session.get_one(Invoice, own(built, "invoice_id")).label)
    record_lines(edition().id, line.statement_id, [Choice(line.id, label)], actor_id=None, now=clock.real_now())


@in_app
def contracts_are_out_of_date(_built: House) -> None:
    set_terms(edition().id, Terms(Decimal(30), 30), actor_id=None, now=EIGHT)


@in_app
def is_disabled(built: House) -> None:
    roles.disable_user(own(built, "user_id"), actor_id=None, now=EIGHT)


@in_app
def link_is_old(built: House) -> None:
    with transaction():
        for link in db.session.scalars(select(AccountLink)):
            link.expires_at = EIGHT


@in_app
def mail_failed(built: House) -> None:
    change(OutgoingMail, own(built, "mail_id"), state="failed")


@in_app
def session_has_a_time(built: House) -> None:
    programme.place_session(own(built, "session_id"), Placement(DAY, 660, 60, own(built, "room_id")), actor_id=None, now=EIGHT)


@in_app
def room_takes_time_to_clear(built: House) -> None:
    change(Room, own(built, "room_id"), turnover_minutes=30)
    programme.place_session(own(built, "session_id"), Placement(DAY, 660, 60, own(built, "room_id")), actor_id=None, now=EIGHT)


@in_app
def somebody_is_on_stage(built: House) -> None:
    on_stage(db.session.get_one(ProgrammeSession, own(built, "session_id")), make_person("Nora", "Alaoui"))


@in_app
def signing_has_a_time(built: House) -> None:
    sign_at(db.session.get_one(Agreement, own(built, "agreement")), "15:00", 30, db.session.get_one(Room, own(built, "room_id")))


@in_app
def a_like_organisation_is_known(_built: House) -> None:
    find_or_add_organisation(name="Tissages du Souss SARL", country="MA", actor_id=None, now=EIGHT)


@in_app
def own_application_is_withdrawn(built: House) -> None:
    withdraw(own(built, "exhibitor"), actor_id=None, now=EIGHT)


@in_app
def stand_is_free(built: House) -> None:
    free_stand(own(built, "stand"), own(built, "exhibitor"), actor_id=None, now=EIGHT)


@in_app
def places_by_wishes(built: House) -> None:
    set_exhibiting_rules(edition().id, RulesPlan(StandWay.WISH_LIST), actor_id=None, now=EIGHT)
    free_stand(own(built, "stand"), own(built, "exhibitor"), actor_id=None, now=EIGHT)


@in_app
def proposal_is_accepted(built: House) -> None:
    free_stand(own(built, "stand"), own(built, "exhibitor"), actor_id=None, now=EIGHT)
    accept_lines(own(built, "run_id"), [own(built, "exhibitor")], actor_id=None, now=EIGHT)


@in_app
def its_neighbour_is_free_too(built: House) -> None:
    for stand in db.session.scalars(select(StandClaim.stand_id).where(StandClaim.edition_id == edition().id)).all():
        free_stand(stand, actor_id=None, now=EIGHT)


@in_app
def stand_is_blocked(built: House) -> None:
    free_stand(own(built, "stand"), own(built, "exhibitor"), actor_id=None, now=EIGHT)
    block_stand(own(built, "stand"), "Emergency exit", actor_id=None, now=EIGHT)


@in_app
def application_waits_for_its_link(built: House) -> None:
    """The registration was sent in the name of an account, and its link is the one that is asked for."""
    key = built.things["portal.exhibit_resume:key"]["own"]
    with transaction():
        draft = db.session.scalars(select(RegistrationDraft).join(ResumeLink, ResumeLink.draft_id == RegistrationDraft.id).where(ResumeLink.key_hash == hash_secret(key))).one()
        account = db.session.scalars(select(User).where(User.confirmed_at.is_not(None)).order_by(User.id)).first()
        assert account is not None
        draft.answers = {**draft.answers, "contact": {**draft.answers["contact"], "contact_email": account.email}}
        submit_registration(draft.edition_id, key, seen=mark(draft.changed_at), user_id=None, now=EIGHT, real_now=EIGHT)
        draft.answers = {**draft.answers, "awaits": hash_secret(key)}


@in_app
def stand_is_held(_built: House) -> None:
    registration = begin_registration(edition().id, DRAFT, now=clock.show_now())
    hold_stand(
        db.session.scalars(select(Stand.id).where(Stand.number == "B14", Stand.edition_id == edition().id)).one(),
        registration.exhibitor_id or 0,
        actor_id=None,
        now=clock.show_now(),
    )


@in_app
def application_is_new(built: House) -> None:
    free_stand(own(built, "stand"), own(built, "exhibitor"), actor_id=None, now=EIGHT)
    change(Exhibitor, own(built, "exhibitor"), state="submitted")


@in_app
def another_edition_is_current(built: House) -> None:
    change(Edition, edition().id, is_current=False)


@in_app
def price_is_off_sale(built: House) -> None:
    change(PriceItem, own(built, "price_id"), on_sale=False)


def there_is_an_empty(model: type) -> Callable[[House], None]:
    @in_app
    def make(_built: House) -> None:
        shown = edition()
        same = {"fr": "Neuf", "en": "New"}
        with transaction():
            sizes = {"code": "Z", "width_m": 10, "depth_m": 10, "position": 9} if model is Hall else {"code": "new", "bit": 9}
            db.session.add(model(edition_id=shown.id, name=same, **sizes))

    return make


AGREEMENT = {"title_fr": "Protocole", "act": "record"} | {
    f"parties-{number}-{name}": value
    for number, organisation in enumerate(("Fonderie de l'Atlas", "École des mines"))
    for name, value in {
        "name": organisation,
        "country": "MA",
        "signatories-0-given": f"Nora {organisation[:3]}",
        "signatories-0-family": "Alaoui",
        "signatories-0-capacity_fr": "Directrice",
        "organisation": "",
        "signatories-0-person": "",
    }.items()
}
SESSION = {"title_fr": "Fonderie", "day": "2018-04-12", "start": "14:00", "length": "45", "room": "1", "parent": ""}
E = "/organiser/sistep-2018"
PROPOSAL = f"{E}/stands/proposals/{{run_id}}"
STAND, DRAW = f"{E}/stands/{{stand}}", f"{E}/stands/draw/{{hall_id}}"
BOX = {"x": "40", "y": "20", "width": "4", "depth": "2.5"}

NO_EXTRAS = {"ice": "", "website": "", "invoice_email": "", "fascia_name": "", "area": ""}

TABLE: dict[str, Twice] = {
    "accounts.change_password": Twice("Your new password is set", typed={"current": PASSWORD, "password": NEW_PASSWORD}, first=gives_a_password),
    "accounts.confirm": Twice("This was done already, and you are signed in."),
    "accounts.forgot": Twice(),
    "accounts.invitation": Twice("This was done already, and you are signed in."),
    "accounts.new_link": Twice(page="/accounts/confirm/{secret}", first=link_is_old),
    "accounts.reset": Twice("This was done already, and you are signed in."),
    "accounts.settings": Twice("Your account is changed."),
    "accounts.sign_in": Twice("This was done already, and you are signed in.", typed={"email": "owner@sistep-2018.example", "password": PASSWORD}, first=gives_a_password),
    "accounts.sign_out": Twice("You are signed out.", page="/account", kind="stranger"),
    "accounts.sign_out_everywhere": Twice("You are signed out.", page="/account"),
    "accounts.sign_up": Twice(),
    "agreements_organiser.add": Twice(typed=AGREEMENT),
    "agreements_organiser.change": Twice(typed={"title_fr": "Accord", "act": "record"}),
    "agreements_organiser.delete": Twice(),
    "agreements_organiser.signing": Twice(typed={"day": "2018-04-12", "start": "15:00", "length": "30", "where": "room", "room": "1"}),
    "agreements_organiser.unschedule": Twice(first=signing_has_a_time),
    "applications.allocate": Twice(page=f"{E}/exhibitors/{{exhibitor}}", typed={"number": "B12", "stand": ""}, first=stand_is_free),
    "applications.decide": Twice(page=f"{E}/exhibitors/{{exhibitor}}", first=application_is_new),
    "applications.delete_view": Twice(page=f"{E}/exhibitors/views/{{view_id}}/delete"),
    "applications.new_view": Twice(page=f"{E}/exhibitors/views/new?state=submitted", typed={"name": "To decide"}),
    "applications.read": Twice(page=f"{E}/exhibitors/{{exhibitor}}/messages", says="are marked as read."),
    "applications.thread": Twice(),
    "applications.together": Twice(page=f"{E}/exhibitors/together/waitlist?scope=all", first=application_is_new),
    "applications.write": Twice(page=f"{E}/exhibitors/write?scope=all", typed={f"{name}_{code}": "" for name in ("subject", "text") for code in ("ar", "en")}),
    "applications.view": Twice(page=f"{E}/exhibitors/views/{{view_id}}"),
    "applications.free": Twice("Stand B12 is not allocated to this exhibitor any more.", page=f"{E}/exhibitors/{{exhibitor}}"),
    "attendees.visit": Twice("There is a badge for this name and this e-mail address."),
    "attendees_organiser.add": Twice(),
    "attendees_organiser.correct": Twice(typed={"job_title": "Directrice"}),
    "attendees_organiser.reissue": Twice(page=f"{E}/attendees/{{attendee_id}}"),
    "attendees_organiser.revoke": Twice(page=f"{E}/attendees/{{attendee_id}}"),
    "attendees_organiser.send": Twice(page=f"{E}/attendees/{{attendee_id}}"),
    "backoffice.mail_again": Twice("This mail did not fail, or is being sent again already.", page=f"{E}/mails/{{mail_id}}", first=mail_failed),
    "badges.open_token": Twice("a mail with the way to your page is on its way to it"),
    "doors_organiser.device": Twice("The phone stands at Main gate now"),
    "doors_organiser.gate": Twice(typed={"name_fr": "Porte sud"}),
    "doors_organiser.new_gate": Twice(typed={"code": "south"}),
    "doors_organiser.prepare": Twice(typed={"label": "Telephone 4"}),
    "doors_organiser.revoke": Twice("The phone is out of use."),
    "editions_organiser.hall": Twice(typed={"name_fr": "Halle neuve"}),
    "editions_organiser.make_current": Twice("This is the current edition now", page=f"{E}/settings", first=another_edition_is_current, kind="installation's owner"),
    "editions_organiser.new": Twice(typed={"slug": "sistep-2027", "first_day": "2027-04-12", "last_day": "2027-04-15"}),
    "editions_organiser.new_hall": Twice(typed={"code": "Z", "width_m": "50", "depth_m": "40"}),
    "editions_organiser.new_zone": Twice(typed={"code": "press"}),
    "editions_organiser.remove_hall": Twice(page=f"{E}/settings/halls/{{empty_hall}}", first=there_is_an_empty(Hall)),
    "editions_organiser.remove_zone": Twice(page=f"{E}/settings/zones/{{empty_zone}}", first=there_is_an_empty(Zone)),
    "editions_organiser.section": Twice(typed={"contact_phone": "+212 5 22 00 00 01"}),
    "editions_organiser.zone": Twice(typed={"name_fr": "Zone neuve"}),
    "entry_exhibitor.logo": Twice("Your logo is saved.", file=("logo", "logo.png", picture(colour="red"))),
    "entry_exhibitor.remove_logo": Twice("Your entry has no logo any more.", page="/exhibitor/sistep-2018/{exhibitor}/catalogue"),
    "entry_exhibitor.texts": Twice(typed={"about_fr": "Presses plieuses", "website": ""}),
    "exhibiting.hand_over": Twice("This person is the owner already."),
    "exhibiting.invite": Twice(),
    "exhibiting.messages": Twice(),
    "exhibiting.new_staff": Twice(),
    "exhibiting.remove_member": Twice("This colleague is not in the team any more.", page="/exhibitor/sistep-2018/{exhibitor}/team"),
    "exhibiting.remove_staff": Twice(),
    "exhibiting.staff_list": Twice(typed={"people": '[[2, {"given": "Nora", "family": "Alaoui"}]]', "confirmed": "y"}),
    "exhibiting.withdraw": Twice(),
    "exhibiting.withdraw_invitation": Twice("This invitation is not open any more: it was accepted or withdrawn.", page="/exhibitor/sistep-2018/{exhibitor}/team"),
    "joining_organiser.one": Twice(typed={"answer": "yes"}),
    "portal.alike": Twice(page="/sistep-2018/exhibit/alike", first=a_like_organisation_is_known),
    "portal.join": Twice(kind="stranger"),
    "portal.join_request": Twice(typed={"answer": "yes"}),
    "portal.register_again": Twice(page="/sistep-2018/exhibit/join/{organisation_id}", first=own_application_is_withdrawn, kind="exhibitor's owner"),
    "exhibitor_imports.act": Twice(page=f"{E}/exhibitors/imports/{{import_id}}/drop"),
    "exhibitor_imports.columns": Twice(typed={"becomes": "accepted"}),
    "exhibitor_imports.listing": Twice(typed={"pasted": "Name\tE-mail\nTensift Moules\tnew@tensift.example"}),
    "exhibitor_imports.one": Twice(typed={"act": "import"}),
    "exhibiting_organiser.conditions": Twice(typed={"text_fr": "Payez à temps."}),
    "exhibiting_organiser.document": Twice(typed={"name_fr": "Plan", "hint_fr": ""}),
    "exhibiting_organiser.new_document": Twice(typed={"name_fr": "Plan", "due_on": "2018-04-01"}),
    "exhibiting_organiser.remove_document": Twice(page=f"{E}/settings/exhibiting/documents/{{empty_document}}"),
    "exhibiting_organiser.rules": Twice(typed={"hold_minutes": "30"}),
    "exhibiting.withdraw_question": Twice("The question is taken back", page="/exhibitor/sistep-2018/{exhibitor}/"),
    "installation.disable": Twice("is disabled and signed out.", page="/organiser/accounts"),
    "installation.enable": Twice("can sign in again.", page="/organiser/accounts", first=is_disabled),
    "contracts_exhibitor.own": Twice(typed={"accepted": "y"}),
    "invoicing_exhibitor.billing": Twice(typed={"ice": "", "purchase_order": "PO-7"}),
    "invoicing_organiser.billing": Twice(typed={"ice": "", "purchase_order": "PO-8"}),
    "invoicing_organiser.cancel": Twice(typed={"reason": "Another firm's"}),
    "invoicing_organiser.cancel_move": Twice(typed={"reason": "Booked twice"}),
    "invoicing_organiser.refund": Twice(typed={"amount": "10", "reason": "Asked for"}),
    "invoicing_organiser.use_credit": Twice(typed={"amount": "10"}),
    "invoicing_organiser.contract": Twice(first=contracts_are_out_of_date),
    "invoicing_organiser.send_contracts": Twice(page=f"{E}/invoices/contracts", first=contracts_are_out_of_date),
    "invoicing_organiser.credit": Twice(typed={"amount": "10", "reason": "Smaller"}),
    "invoicing_organiser.issue": Twice(),
    "invoicing_organiser.pay": Twice(typed={"amount": "10"}),
    "invoicing_organiser.scale": Twice(typed={"day_1": "2018-03-01", "percent_1": "30", **{f"{name}_{line}": "" for name in ("day", "percent") for line in range(2, 7)}}),
    "invoicing_organiser.seller": Twice(typed={"bank": "Another bank"}),
    "invoicing_organiser.signed_copy": Twice("is accepted already.", 422, file=("signed", "signed.pdf", pdf())),
    "invoicing_organiser.statement": Twice(),
    "invoicing_organiser.statement_columns": Twice(),
    "invoicing_organiser.statements": Twice(typed={"pasted": "Date;Label;Amount\n12/04/2018;VIR;7"}),
    "invoicing_organiser.undo_statement": Twice(typed={"reason": "Wrong bank"}, first=statement_is_recorded),
    "papers_exhibitor.provide": Twice("is sent.", file=("document", "insurance.pdf", pdf(trailer=b"/Another true"))),
    "papers_organiser.decide": Twice(page=f"{E}/documents/{{provided}}"),
    "on_behalf.again": Twice(page=f"{E}/exhibitors/telephone"),
    "on_behalf.correct": Twice(typed={**NO_EXTRAS, "city": "Fès"}),
    "on_behalf.register": Twice(typed={**NO_EXTRAS, "area": "18"}),
    "letters_exhibitor.ask": Twice(typed=PASSPORT, first=no_letter_is_open),
    "letters_exhibitor.withdraw": Twice(page="/exhibitor/sistep-2018/{exhibitor}/letters"),
    "letters_organiser.erase": Twice(page=f"{E}/letters"),
    "letters_organiser.issue": Twice(page=f"{E}/letters/{{letter_request}}"),
    "letters_organiser.refuse": Twice(page=f"{E}/letters/{{letter_request}}", typed={"reason": "Too late"}),
    "portal.exhibit_again": Twice("Your organisation", page="/sistep-2018/exhibit"),
    "portal.exhibit_check": Twice("the organiser finds your application by it", typed={"confirmed": "y"}),
    "portal.floor_hold": Twice("held by you", page="/sistep-2018/floor-plan/B14"),
    "portal.floor_hold_change": Twice("A hold can be made longer once.", page="/sistep-2018/floor-plan/B14", first=stand_is_held),
    "portal.exhibit_link": Twice(),
    "portal.exhibit_resume": Twice("Sign in", first=application_waits_for_its_link),
    "portal.exhibit_step": Twice("Check your answers", page="/sistep-2018/exhibit/contact", typed={"contact_name": "Nora"}),
    "pricing_organiser.move": Twice(page=f"{E}/prices/"),
    "pricing_organiser.new": Twice(typed={"code": "LIGHT", "amount": "150"}),
    "pricing_organiser.price": Twice(typed={"name_fr": "Prix neuf"}),
    "pricing_organiser.put_on_sale": Twice("", page=f"{E}/prices/", first=price_is_off_sale),
    "pricing_organiser.quota": Twice(typed={f"{name}_{line}": "" for name in ("from", "badges") for line in range(2, 20)}),
    "pricing_organiser.remove": Twice(page=f"{E}/prices/{{price_id}}"),
    "pricing_organiser.take_off_sale": Twice("", page=f"{E}/prices/"),
    "pricing_organiser.terms": Twice(),
    "programme_organiser.clearing": Twice(page=f"{E}/programme/{{session_id}}", typed={"clearing": "5", "reason": "Same people"}, first=room_takes_time_to_clear),
    "programme_organiser.edit": Twice(typed=SESSION),
    "programme_organiser.leave": Twice("“Inauguration” is cancelled already.", first=session_has_a_time),
    "programme_organiser.new": Twice(typed=SESSION),
    "programme_organiser.new_room": Twice(typed={"code": "B", "capacity": "80", "turnover": "15"}),
    "programme_organiser.people": Twice(page=f"{E}/programme/{{session_id}}/people?q=Nora", typed={"given": "Nora", "family": "Alaoui"}),
    "programme_organiser.publish": Twice("Nothing has changed since version 2 was published.", 422, page=f"{E}/programme/publish", first=session_has_a_time),
    "programme_organiser.remove_person": Twice("The person is not on stage any more", page=f"{E}/programme/{{session_id}}", first=somebody_is_on_stage),
    "programme_organiser.remove_room": Twice(),
    "programme_organiser.room": Twice(typed={"capacity": "90"}),
    "stands_organiser.accept_proposal": Twice(page=PROPOSAL, first=stand_is_free),
    "stands_organiser.apart": Twice(typed={"one": "1", "other": "2"}),
    "stands_organiser.end_apart": Twice("They are not kept apart any more.", page=f"{E}/stands/apart"),
    "stands_organiser.proposal_line": Twice(),
    "stands_organiser.proposals": Twice(first=places_by_wishes),
    "stands_organiser.propose_again": Twice(page=PROPOSAL, first=places_by_wishes),
    "stands_organiser.undo_proposal": Twice(page=PROPOSAL, first=proposal_is_accepted),
    "stands_organiser.add_feature": Twice(page=DRAW, typed=BOX),
    "stands_organiser.add_stand": Twice(page=DRAW, typed={**BOX, "number": "B90"}),
    "stands_organiser.allocate": Twice(page=STAND, first=stand_is_free),
    "stands_organiser.block": Twice(page=STAND, first=stand_is_free),
    "stands_organiser.describe": Twice(page=f"{STAND}/draw", typed={"number": "B91"}),
    "stands_organiser.feature": Twice(typed=BOX),
    "stands_organiser.free": Twice("Stand B12 is not allocated to this exhibitor any more.", page=STAND),
    "stands_organiser.merge": Twice(page=f"{STAND}/draw", typed={"number": "B92"}, first=its_neighbour_is_free_too),
    "stands_organiser.move": Twice(page=STAND),
    "stands_organiser.number_stands": Twice(page=DRAW, typed={"first": "C1"}),
    "stands_organiser.remove_feature": Twice(page=f"{E}/stands/features/{{feature_id}}"),
    "stands_organiser.reshape": Twice(page=f"{STAND}/draw", typed=BOX, first=stand_is_free),
    "stands_organiser.retire": Twice(page=f"{STAND}/draw", first=stand_is_free),
    "stands_organiser.split": Twice(page=f"{STAND}/draw", typed={"at": "2", "number": "B93"}, first=stand_is_free),
    "stands_organiser.swap": Twice(page=STAND),
    "stands_organiser.unblock": Twice("Stand B12 is not blocked any more.", page=STAND, first=stand_is_blocked),
    "stands_organiser.undo": Twice(page=DRAW),
    "team.disable": Twice("is disabled and signed out.", page=f"{E}/team/{{user_id}}"),
    "team.enable": Twice("can sign in again.", page=f"{E}/team/{{user_id}}", first=is_disabled),
    "team.member": Twice("are changed."),
    "team.members": Twice(),
    "team.withdraw_invitation": Twice("This invitation is not open any more: it was accepted or withdrawn.", page=f"{E}/team"),
    "visiting.join_staff": Twice(typed={"answer": "yes"}),
}
ENDS_SESSIONS = {"accounts.change_password", "accounts.sign_out_everywhere"}  # the other browser is asked to sign in
FOR_PROGRAMS = {"door_api.enrol", "door_api.scans"}  # no forms: tests/doors sends them twice
