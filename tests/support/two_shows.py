"""Two editions at work, each with a row of everything that belongs to an edition and points at something else of it."""

import uuid
from datetime import time
from decimal import Decimal

from eventapp.accounts.models import User
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_staff, ask_for_letter, issue_letter, register_visitor, withdraw_letter_request
from eventapp.attendees.queries import staff_of
from eventapp.attendees.rules import Passport
from eventapp.badges.operations import revoke_badge
from eventapp.badges.queries import active_badge
from eventapp.badges.token import keyring
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.zones import instant
from eventapp.documents.sheets import read_sheet
from eventapp.documents.uploads import Accepts, take
from eventapp.doors import operations as doors
from eventapp.editions.models import Edition
from eventapp.exhibitors import rules
from eventapp.exhibitors.models import BadgeRelease, DocumentReminder, Exhibitor, StandWay
from eventapp.exhibitors.operations import (
    EntryPlan,
    RulesPlan,
    accept,
    imports,
    prepare_registration,
    put_logo,
    save_step,
    save_view,
    set_exhibiting_rules,
    submit_registration,
    write_conditions,
    write_entry,
    write_to_many,
)
from eventapp.exhibitors.operations.joining import ask_to_join
from eventapp.exhibitors.operations.papers import provide_document
from eventapp.exhibitors.queries import accepted_of_edition
from eventapp.exhibitors.rules.cells import Words
from eventapp.invoicing import queries
from eventapp.invoicing.models import Invoice
from eventapp.invoicing.operations import (
    Choice,
    Origin,
    Source,
    accept_contract,
    issue_credit_note,
    read_statement,
    record_lines,
    record_signed_copy,
    send_contract,
    set_billing,
    set_seller,
    use_credit,
)
from eventapp.invoicing.queries import invoices_of, lines_of_statement
from eventapp.pricing.operations import set_terms
from eventapp.pricing.rules import Terms
from eventapp.programme import operations as programme
from eventapp.stands.models import FloorFeature, StandOrigin
from eventapp.stands.operations import allocate_stand, keep_apart
from tests.support.agreeing import recorded
from tests.support.cast import EIGHT, make_user, same
from tests.support.exhibiting import answers, make_exhibitor, make_stand, more_answers
from tests.support.files import ask, certificate, logo, pdf, stored
from tests.support.invoicing import SELLER, issue, pay
from tests.support.pricing import CORNER, EQUIPPED, POWER
from tests.support.pricing import put as put_price
from tests.support.programme import draft, make_room, scheduled
from tests.support.proposing import make_proposal


def at_work(edition: Edition, key: str) -> None:
    """Let an exhibitor register and be accepted, staff and a visitor come, a session be placed and published, and a telephone read badges twice."""
    stand = make_stand(edition, "B12")
    set_exhibiting_rules(edition.id, RulesPlan(StandWay.WISH_LIST, badges_from=BadgeRelease.FULL_PAYMENT), actor_id=None, now=EIGHT)
    for step, given in answers(ice="", name=f"Atlas {key}", wishes=[stand.id]).items():
        save_step(edition.id, key, step, given, now=EIGHT)
    conditions = write_conditions(edition.id, same("Pay in time."), actor_id=None, now=EIGHT)
    power = put_price(edition, POWER)
    for step, given in more_answers(power.code).items():
        save_step(edition.id, key, step, given, now=EIGHT)
    accepted = (conditions.number, "fr")
    exhibitor = submit_registration(edition.id, key, accepted=accepted, seen=rules.mark(EIGHT), user_id=None, now=EIGHT, real_now=clock.real_now())
    accept(exhibitor.id, actor_id=None, now=EIGHT)
    allocate_stand(stand.id, exhibitor.id, actor_id=None, now=EIGHT)
    _bring_along(edition, key)
    write_entry(exhibitor.id, EntryPlan(same("Press brakes")), actor_id=None, now=EIGHT)
    put_logo(exhibitor.id, logo(), actor_id=None, now=EIGHT)
    required = ask(edition, "Insurance", due_on=EIGHT.date())
    provide_document(exhibitor.id, required.id, certificate(key), actor_id=None, now=EIGHT)
    with transaction():
        db.session.add(DocumentReminder(exhibitor_id=exhibitor.id, required_id=required.id, due_on=EIGHT.date(), days_before=7, edition_id=edition.id, at=EIGHT))
    assert exhibitor.organisation_id is not None
    ask_to_join(edition.id, exhibitor.organisation_id, make_user(f"asker@{key}.example", "Asker").id, now=EIGHT)
    _bill(edition, exhibitor)
    _propose(edition, exhibitor, key)
    staff = add_staff(exhibitor.id, given="Omar", family="Alami", email=f"omar@{key}.example", actor_id=None, now=EIGHT)
    passport, stay = Passport("OMAR ALAMI", "SN", "AB123456", edition.last_day), (edition.first_day, edition.last_day)
    issue_letter(edition.id, ask_for_letter(exhibitor.id, staff.id, passport, stay, language="fr", actor_id=None, now=EIGHT).id, actor_id=None, now=EIGHT)
    visitor = register_visitor(edition.id, given="Salma", family="Tazi", email=f"salma@{key}.example", language="fr", now=EIGHT)
    assert visitor is not None
    add_staff(exhibitor.id, given="Salma", family="Tazi", email=f"salma@{key}.example", actor_id=None, now=EIGHT)  # asked first
    scheduled(edition, f"Opening {key}", "11:00", 30, make_room(edition, "atlas"), day=edition.first_day)
    programme.publish(edition.id, actor_id=None, now=EIGHT)
    recorded(edition, f"Memorandum {key}")
    with transaction():
        db.session.add(FloorFeature(edition_id=edition.id, hall_id=edition.halls[0].id, kind="pillar", outline=[[90, 50], [91, 50], [91, 51], [90, 51]], label=same("Pillar")))
        db.session.add(StandOrigin(stand_id=stand.id, made_of_id=make_stand(edition, "B11").id, edition_id=edition.id, at=EIGHT))
    save_view(edition.id, exhibitor.members[0].user_id, "To decide", {"state": "submitted"}, shared=True, default=True, now=EIGHT)
    write_to_many(edition.id, [exhibitor.id], same("Build-up"), same("Come early"), stands={}, actor_id=None, now=EIGHT)
    prepare_registration(edition.id, answers(ice="", name=f"Souss {key}"), actor_id=exhibitor.members[0].user_id, now=EIGHT)
    _read(edition, [staff, visitor])


def _bring_along(edition: Edition, key: str) -> None:
    """Import a list of one exhibitor."""
    by = make_user(f"manager@{key}.example", "Exhibitor manager")
    listed = imports.keep_list(edition.id, "list.csv", ("Name", "E-mail"), [(2, (f"Tensift {key}", f"contact@tensift-{key}.example"))], actor_id=by.id, now=EIGHT)
    imports.answer_rows(listed.id, {"2": "new"})
    imports.import_list(listed.id, Words({}), actor_id=by.id, now=EIGHT, real_now=EIGHT)


def _bill(edition: Edition, exhibitor: Exhibitor) -> None:
    """Issue an invoice, credit and pay some of it, and let it go to another address."""
    set_seller(edition.id, SELLER, actor_id=None, now=EIGHT)
    put_price(edition, EQUIPPED)
    billing = {"name": "Holding", "address": "", "city": "", "country": "MA", "ice": "", "purchase_order": ""}
    set_billing(exhibitor.id, billing, actor_id=None, now=EIGHT)
    invoice = issue(exhibitor)
    issue_credit_note(invoice.id, Decimal(10), "Smaller", edition_id=edition.id, actor_id=None, now=EIGHT)
    pay(invoice, "10")
    statement = read_statement(edition.id, read_sheet(f"Date;Libellé;Crédit\n12/04/2018;VIR {invoice.label};20".encode(), most_rows=9), "april.csv", actor_id=None, now=EIGHT)
    record_lines(edition.id, statement.id, [Choice(lines_of_statement(statement.id)[0].id, invoice.label)], actor_id=None, now=EIGHT)
    _move_credits(edition, exhibitor, invoice)
    signed = send_contract(exhibitor.id, actor_id=None, now=EIGHT)
    record_signed_copy(edition.id, signed.id, take(pdf(), "signed.pdf", Accepts.PDF), actor_id=exhibitor.members[0].user_id, now=EIGHT)
    set_terms(edition.id, Terms(Decimal(40), 20), actor_id=None, now=EIGHT)
    contract = send_contract(exhibitor.id, actor_id=None, now=EIGHT)
    origin = Origin("192.0.2.7", "Browser")
    accept_contract(exhibitor.id, contract.id, seen=contract.sha256, language="fr", origin=origin, actor_id=exhibitor.members[0].user_id, now=EIGHT)


def _propose(edition: Edition, exhibitor: Exhibitor, key: str) -> None:
    """Propose another stand to the exhibitor, and keep it and somebody else apart."""
    owner = db.session.get_one(User, exhibitor.members[0].user_id)
    keep_apart(edition.id, exhibitor.id, make_exhibitor(edition, f"Oasis {key}", owner).id, actor_id=None, now=EIGHT)
    make_proposal(edition, {exhibitor.id: make_stand(edition, "B10").id})


def _move_credits(edition: Edition, exhibitor: Exhibitor, invoice: Invoice) -> None:
    """Use a named credit on an invoice, and what was paid on one that is credited then on its successor."""
    due = queries.accounts_of(exhibitor.id)[invoice.id]
    pay(invoice, str(due.total - due.credited - due.paid + 50), credit_name="Advance")
    issue_credit_note(invoice.id, due.total - due.credited, "Anew", edition_id=edition.id, actor_id=None, now=EIGHT)
    again = issue(exhibitor)
    for source in (Source("invoice", invoice.id), Source("payment", queries.payments_of(exhibitor.id)[-1].id)):
        use_credit(exhibitor.id, source, again.id, Decimal(20), actor_id=None, now=EIGHT)


def with_nobody_on_them(edition: Edition, owner: User) -> None:
    """Add one more of each thing that others point at, which nothing points at yet."""
    exhibitor = make_exhibitor(edition, "Rif", owner)
    make_stand(edition, "B13")
    save_view(edition.id, owner.id, "Foundries", {"sector": "other"}, now=EIGHT)
    stored(edition.id)
    ask(edition, "Drawings")
    save_step(edition.id, f"{edition.slug} again", "organisation", answers(ice="", name="Draa")["organisation"], now=EIGHT)
    write_to_many(edition.id, [exhibitor.id], same("Parking"), same("Behind hall B"), stands={}, actor_id=None, now=EIGHT)
    atlas, stay = accepted_of_edition(edition.id)[0], (edition.first_day, edition.last_day)
    asked = ask_for_letter(atlas.id, staff_of(atlas.id)[0].id, Passport("OMAR ALAMI", "SN", "AB123456", edition.last_day), stay, language="fr", actor_id=None, now=EIGHT)
    withdraw_letter_request(atlas.id, asked.id, actor_id=None, now=EIGHT)
    visitor = register_visitor(edition.id, given="Nadia", family="Rami", email="nadia@rif.example", language="fr", now=EIGHT)
    assert visitor is not None
    revoke_badge(visitor.id, actor_id=None, now=EIGHT)
    gate = doors.add_gate(edition.id, code="side", name=same("Side gate"), zone_id=edition.zones[0].id, actor_id=None, now=EIGHT)
    doors.prepare_device(edition.id, gate_id=gate.id, label="Phone 4", actor_id=None, now=EIGHT, real_now=EIGHT)
    draft(edition, f"Talk by {exhibitor.public_name}")
    make_room(edition, "rif")
    pay(invoices_of(accepted_of_edition(edition.id)[0].id)[-1], "1")
    for content in (b"Date;Label;Amount\n12/04/2018;From nobody;7", b"A;B\n1;2"):
        read_statement(edition.id, read_sheet(content, most_rows=9), "may.csv", actor_id=None, now=EIGHT)
    put_price(edition, CORNER)  # so that another version of the contract is to be accepted
    send_contract(accepted_of_edition(edition.id)[0].id, actor_id=None, now=EIGHT)


def _read(edition: Edition, holders: list[Attendee]) -> None:
    at = instant(edition.first_day, time(10), edition.timezone)
    gate = doors.add_gate(edition.id, code="main", name=same("Main gate"), zone_id=edition.zones[0].id, actor_id=None, now=EIGHT)
    prepared = doors.prepare_device(edition.id, gate_id=gate.id, label="Phone 3", actor_id=None, now=EIGHT, real_now=EIGHT)
    bearer = doors.enrol(prepared.code, "", now=EIGHT, real_now=EIGHT).token
    tokens = [badge.token for badge in (active_badge(holder.id) for holder in holders) if badge is not None]
    scans = [
        {"id": str(uuid.uuid4()), "token": token, "gate": gate.id, "direction": "in", "scanned_at": at.isoformat(), "clock_offset_ms": 0, "verdict": ""}
        for token in (*tokens, *tokens, "no badge of ours")
    ]
    for one in scans:
        doors.record_scans(bearer, [one], keys=keyring().public_keys, language="en", now=at)
