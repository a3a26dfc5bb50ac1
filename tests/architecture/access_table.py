"""Who may use which endpoint: one row each. `test_access.py` tries every row on everybody and on everybody's things.

An edition's administrator and the installation's owner have every role of the edition, so `of_edition("finance")` lets in three kinds.
"""

from dataclasses import dataclass

from tests.support.everybody import ABOVE, KINDS, ROLES

OPEN, SIGN_IN, NOT_ALLOWED, NOT_THERE, GONE, NO_TOKEN = "open", "sign in", "403", "404", "410", "401"


@dataclass(frozen=True)
class Row:
    """Who may use an endpoint: `may` names the kinds; `area` says how the others are turned away; `dead` what a thing answers that is not there."""

    may: frozenset[str]
    area: str
    dead: str = NOT_THERE


def of_edition(*roles: str) -> Row:
    """Let in people with one of these roles in the edition."""
    return Row(frozenset({"administrator", "installation's owner", *roles}), "edition")


def of_exhibitor(*members: str) -> Row:
    """Let in the exhibitor's own people: its owner, or its members too."""
    return Row(frozenset(f"exhibitor's {member}" for member in members), "exhibitor")


def by_link(dead: str) -> Row:
    """Let in whoever has the secret address; `dead` is what any other address answers."""
    return Row(frozenset(KINDS), "link", dead)


ANYBODY = Row(frozenset(KINDS), "public")
ACCOUNTS = Row(frozenset({*KINDS} - {"anonymous", "device"}), "account")
INSTALLATION = Row(frozenset({"installation's owner"}), "installation")
RESPONSIBLE = Row(frozenset({"exhibitor's owner"}), "own")  # nothing in the address says whose it is
DEVICES = Row(frozenset({"device"}), "device")

EXHIBITOR_MANAGERS = of_edition("exhibitor_manager")
APPLICATION_READERS = of_edition("exhibitor_manager", "finance")
PRICE_KEEPERS = of_edition("exhibitor_manager", "finance")
BILLERS = of_edition("exhibitor_manager", "finance")
BADGE_DESK = of_edition("attendee_manager", "help_desk")
AGREEMENT_READERS = of_edition("protocol_officer", "programme_manager", "press")
PROTOCOL = of_edition("protocol_officer")
PROGRAMME_MANAGERS = of_edition("programme_manager")
MEMBERS, OWNERS = of_exhibitor("owner", "member"), of_exhibitor("owner")

TABLE: dict[str, Row] = {
    "accounts.change_password": ACCOUNTS,
    "accounts.confirm": by_link(GONE),
    "accounts.forgot": ANYBODY,
    "accounts.invitation": by_link(GONE),
    "accounts.mailed": ANYBODY,
    "accounts.new_link": by_link(OPEN),
    "accounts.reset": by_link(GONE),
    "accounts.settings": ACCOUNTS,
    "accounts.sign_in": ANYBODY,
    "accounts.sign_out": ANYBODY,
    "accounts.sign_out_everywhere": ACCOUNTS,
    "accounts.sign_up": ANYBODY,
    "agreements_organiser.add": PROTOCOL,
    "agreements_organiser.change": PROTOCOL,
    "agreements_organiser.delete": PROTOCOL,
    "agreements_organiser.export": AGREEMENT_READERS,
    "agreements_organiser.listing": AGREEMENT_READERS,
    "agreements_organiser.one": AGREEMENT_READERS,
    "agreements_organiser.signing": PROTOCOL,
    "agreements_organiser.unschedule": PROTOCOL,
    "applications.allocate": EXHIBITOR_MANAGERS,
    "applications.application": APPLICATION_READERS,
    "applications.decide": EXHIBITOR_MANAGERS,
    "applications.circular": EXHIBITOR_MANAGERS,
    "applications.decided": APPLICATION_READERS,
    "applications.delete_view": APPLICATION_READERS,
    "applications.export": APPLICATION_READERS,
    "applications.free": EXHIBITOR_MANAGERS,
    "applications.inbox": EXHIBITOR_MANAGERS,
    "applications.new_view": APPLICATION_READERS,
    "applications.read": EXHIBITOR_MANAGERS,
    "applications.thread": EXHIBITOR_MANAGERS,
    "applications.together": EXHIBITOR_MANAGERS,
    "applications.view": APPLICATION_READERS,
    "applications.views": APPLICATION_READERS,
    "applications.withdraw": EXHIBITOR_MANAGERS,
    "applications.work_list": APPLICATION_READERS,
    "applications.write": EXHIBITOR_MANAGERS,
    "attendees.check_mail": ANYBODY,
    "attendees.visit": ANYBODY,
    "attendees_organiser.add": BADGE_DESK,
    "attendees_organiser.badge_as_pdf": BADGE_DESK,
    "attendees_organiser.correct": BADGE_DESK,
    "attendees_organiser.export": of_edition("attendee_manager"),
    "attendees_organiser.listing": BADGE_DESK,
    "attendees_organiser.one": BADGE_DESK,
    "attendees_organiser.reissue": BADGE_DESK,
    "attendees_organiser.revoke": BADGE_DESK,
    "attendees_organiser.send": BADGE_DESK,
    "backoffice.home": of_edition(*ROLES),
    "backoffice.mail": of_edition(),
    "backoffice.mail_again": of_edition(),
    "backoffice.mail_attachment": of_edition(),
    "backoffice.mail_html": of_edition(),
    "backoffice.mails": of_edition("help_desk"),
    "backoffice.trail": of_edition(),
    "badges.open_token": by_link(NOT_THERE),
    "door.manifest": ANYBODY,
    "door.reader": ANYBODY,
    "door.scanner": ANYBODY,
    "door.shell": ANYBODY,
    "door_api.enrol": ANYBODY,
    "door_api.scans": DEVICES,
    "door_api.state": DEVICES,
    "doors_organiser.device": of_edition("door_supervisor"),
    "doors_organiser.gate": of_edition("door_supervisor"),
    "doors_organiser.journal": of_edition("door_supervisor", "help_desk"),
    "doors_organiser.new_gate": of_edition("door_supervisor"),
    "doors_organiser.overview": of_edition("door_supervisor", "help_desk"),
    "doors_organiser.prepare": of_edition("door_supervisor"),
    "doors_organiser.revoke": of_edition("door_supervisor"),
    "editions_organiser.all_editions": ACCOUNTS,
    "editions_organiser.hall": of_edition(),
    "editions_organiser.make_current": INSTALLATION,
    "editions_organiser.new": INSTALLATION,
    "editions_organiser.new_hall": of_edition(),
    "editions_organiser.new_zone": of_edition(),
    "editions_organiser.remove_hall": of_edition(),
    "editions_organiser.remove_zone": of_edition(),
    "editions_organiser.section": of_edition(),
    "editions_organiser.settings": of_edition(),
    "editions_organiser.zone": of_edition(),
    "entry_exhibitor.entry": MEMBERS,
    "entry_exhibitor.logo": MEMBERS,
    "entry_exhibitor.logo_picture": MEMBERS,
    "entry_exhibitor.remove_logo": MEMBERS,
    "entry_exhibitor.texts": MEMBERS,
    "exhibiting.badge": MEMBERS,
    "exhibiting.badges": MEMBERS,
    "exhibiting.hand_over": OWNERS,
    "exhibiting.home": MEMBERS,
    "exhibiting.invite": OWNERS,
    "exhibiting.messages": MEMBERS,
    "exhibiting.new_staff": MEMBERS,
    "exhibiting.remove_member": OWNERS,
    "joining_organiser.listing": EXHIBITOR_MANAGERS,
    "joining_organiser.one": EXHIBITOR_MANAGERS,
    "portal.alike": ANYBODY,
    "portal.found_organisations": ANYBODY,
    "portal.join": ACCOUNTS,
    "portal.join_request": RESPONSIBLE,
    "portal.register_again": ACCOUNTS,
    "exhibitor_imports.act": EXHIBITOR_MANAGERS,
    "exhibitor_imports.columns": EXHIBITOR_MANAGERS,
    "exhibitor_imports.example": EXHIBITOR_MANAGERS,
    "exhibitor_imports.listing": EXHIBITOR_MANAGERS,
    "exhibitor_imports.one": EXHIBITOR_MANAGERS,
    "exhibitor_imports.to_mend": EXHIBITOR_MANAGERS,
    "exhibiting.staff_list": MEMBERS,
    "exhibiting.staff_list_example": MEMBERS,
    "exhibiting.remove_staff": MEMBERS,
    "exhibiting.withdraw": OWNERS,
    "exhibiting.withdraw_invitation": OWNERS,
    "exhibiting_organiser.conditions": EXHIBITOR_MANAGERS,
    "exhibiting_organiser.document": EXHIBITOR_MANAGERS,
    "exhibiting_organiser.new_document": EXHIBITOR_MANAGERS,
    "exhibiting_organiser.remove_document": EXHIBITOR_MANAGERS,
    "exhibiting_organiser.rules": EXHIBITOR_MANAGERS,
    "exhibiting_organiser.settings": EXHIBITOR_MANAGERS,
    "exhibiting.withdraw_question": MEMBERS,
    "installation.accounts": INSTALLATION,
    "installation.disable": INSTALLATION,
    "installation.enable": INSTALLATION,
    "papers_exhibitor.file": MEMBERS,
    "papers_exhibitor.listing": MEMBERS,
    "papers_exhibitor.provide": MEMBERS,
    "papers_organiser.decide": EXHIBITOR_MANAGERS,
    "papers_organiser.export": EXHIBITOR_MANAGERS,
    "papers_organiser.file": EXHIBITOR_MANAGERS,
    "papers_organiser.listing": EXHIBITOR_MANAGERS,
    "papers_organiser.one": EXHIBITOR_MANAGERS,
    "portal.edition_home": ANYBODY,
    "portal.exhibit": ANYBODY,
    "portal.exhibit_again": ANYBODY,
    "portal.exhibit_check": ANYBODY,
    "portal.exhibit_done": ANYBODY,
    "portal.exhibit_link": ANYBODY,
    "portal.exhibit_resume": by_link(GONE),
    "portal.exhibit_step": ANYBODY,
    "on_behalf.again": EXHIBITOR_MANAGERS,
    "on_behalf.correct": EXHIBITOR_MANAGERS,
    "on_behalf.register": EXHIBITOR_MANAGERS,
    "portal.exhibitor": ANYBODY,
    "portal.exhibitors": ANYBODY,
    "portal.floor": ANYBODY,
    "portal.floor_hold": ANYBODY,
    "portal.floor_hold_change": ANYBODY,
    "portal.floor_stand": ANYBODY,
    "portal.floor_states": ANYBODY,
    "portal.home": ANYBODY,
    "portal.legal": ANYBODY,
    "portal.logo": ANYBODY,
    "portal.my_space": ACCOUNTS,
    "portal.privacy": ANYBODY,
    "portal.switch_language": ANYBODY,
    "schedule.calendar_file": ANYBODY,
    "schedule.data": ANYBODY,
    "schedule.frab_json": ANYBODY,
    "schedule.frab_xml": ANYBODY,
    "schedule.room_screen": ANYBODY,
    "schedule.screen": ANYBODY,
    "schedule.day": ANYBODY,
    **dict.fromkeys(
        (
            "pricing_organiser.listing",
            "pricing_organiser.move",
            "pricing_organiser.new",
            "pricing_organiser.price",
            "pricing_organiser.put_on_sale",
            "pricing_organiser.quota",
            "pricing_organiser.remove",
            "pricing_organiser.take_off_sale",
            "pricing_organiser.terms",
            "pricing_organiser.try_it",
        ),
        PRICE_KEEPERS,
    ),
    **dict.fromkeys(("stands_organiser.plan", "stands_organiser.stand"), APPLICATION_READERS),
    **dict.fromkeys(
        (
            "stands_organiser.add_feature",
            "stands_organiser.accept_proposal",
            "stands_organiser.add_stand",
            "stands_organiser.allocate",
            "stands_organiser.apart",
            "stands_organiser.block",
            "stands_organiser.describe",
            "stands_organiser.draw",
            "stands_organiser.draw_stand",
            "stands_organiser.end_apart",
            "stands_organiser.feature",
            "stands_organiser.free",
            "stands_organiser.merge",
            "stands_organiser.move",
            "stands_organiser.number_stands",
            "stands_organiser.proposal",
            "stands_organiser.proposal_line",
            "stands_organiser.proposal_state",
            "stands_organiser.proposals",
            "stands_organiser.propose_again",
            "stands_organiser.remove_feature",
            "stands_organiser.reshape",
            "stands_organiser.retire",
            "stands_organiser.split",
            "stands_organiser.swap",
            "stands_organiser.unblock",
            "stands_organiser.undo",
            "stands_organiser.undo_proposal",
        ),
        EXHIBITOR_MANAGERS,
    ),
    **dict.fromkeys(
        (
            "invoicing_organiser.account",
            "invoicing_organiser.billing",
            "invoicing_organiser.cancel",
            "invoicing_organiser.cancel_move",
            "invoicing_organiser.refund",
            "invoicing_organiser.use_credit",
            "invoicing_organiser.contract",
            "invoicing_organiser.contract_paper",
            "invoicing_organiser.contracts",
            "invoicing_organiser.send_contracts",
            "invoicing_organiser.credit",
            "invoicing_organiser.export",
            "invoicing_organiser.issue",
            "invoicing_organiser.listing",
            "invoicing_organiser.paper",
            "invoicing_organiser.pay",
            "invoicing_organiser.pro_forma",
            "invoicing_organiser.scale",
            "invoicing_organiser.seller",
            "invoicing_organiser.signed_copy",
            "invoicing_organiser.signed_paper",
            "invoicing_organiser.statement",
            "invoicing_organiser.statement_columns",
            "invoicing_organiser.statements",
            "invoicing_organiser.undo_statement",
        ),
        BILLERS,
    ),
    **dict.fromkeys(("letters_exhibitor.ask", "letters_exhibitor.listing", "letters_exhibitor.paper", "letters_exhibitor.withdraw"), MEMBERS),
    **dict.fromkeys(
        (
            "letters_organiser.erase",
            "letters_organiser.issue",
            "letters_organiser.letter_paper",
            "letters_organiser.one",
            "letters_organiser.refuse",
            "letters_organiser.work_list",
        ),
        of_edition("attendee_manager"),
    ),
    **dict.fromkeys(("contracts_exhibitor.own", "contracts_exhibitor.paper", "contracts_exhibitor.signed"), MEMBERS),
    **dict.fromkeys(("invoicing_exhibitor.account", "invoicing_exhibitor.billing", "invoicing_exhibitor.paper", "invoicing_exhibitor.pro_forma"), MEMBERS),
    "programme_organiser.clearing": PROGRAMME_MANAGERS,
    "programme_organiser.day": of_edition(*ROLES),
    "programme_organiser.edit": PROGRAMME_MANAGERS,
    "programme_organiser.leave": PROGRAMME_MANAGERS,
    "programme_organiser.listing": of_edition(*ROLES),
    "programme_organiser.new": PROGRAMME_MANAGERS,
    "programme_organiser.new_room": PROGRAMME_MANAGERS,
    "programme_organiser.people": PROGRAMME_MANAGERS,
    "programme_organiser.publish": PROGRAMME_MANAGERS,
    "programme_organiser.publishing": of_edition(*ROLES),
    "programme_organiser.remove_person": PROGRAMME_MANAGERS,
    "programme_organiser.remove_room": PROGRAMME_MANAGERS,
    "programme_organiser.room": PROGRAMME_MANAGERS,
    "programme_organiser.rooms": of_edition(*ROLES),
    "programme_organiser.session": of_edition(*ROLES),
    "schedule.programme": ANYBODY,
    "schedule.session_calendar": ANYBODY,
    "schedule.session_page": ANYBODY,
    "site.healthz": ANYBODY,
    "site.readyz": ANYBODY,
    "site.robots": ANYBODY,
    "site.sitemap": ANYBODY,
    "static": ANYBODY,
    "team.disable": INSTALLATION,
    "team.enable": INSTALLATION,
    "team.member": of_edition(),
    "team.members": of_edition(),
    "team.withdraw_invitation": of_edition(),
    "visiting.badge": by_link(NOT_THERE),
    "visiting.badge_as_pdf": by_link(NOT_THERE),
    "visiting.join_staff": by_link(NOT_THERE),
}


def expected(row: Row, kind: str) -> str:
    """Say what somebody of a kind gets from an endpoint whose things are all there and of the near edition."""
    if kind in row.may:
        return OPEN
    if row.area == "device":
        return NO_TOKEN
    if kind in {"anonymous", "device"}:
        return SIGN_IN
    inside = {"edition": ROLES, "exhibitor": ("exhibitor's member",)}.get(row.area, ())
    return NOT_ALLOWED if kind in inside else NOT_THERE


def expected_elsewhere(row: Row, kind: str) -> str:
    """Say what they get from the same endpoint of the other edition, with the things of that one."""
    if row.area in {"public", "link", "account"}:
        return expected(row, kind)
    if row.area == "device":
        return OPEN if kind == "device" else NO_TOKEN
    if kind in {"anonymous", "device"}:
        return SIGN_IN
    far = {"edition": ABOVE, "installation": ("installation's owner",)}.get(row.area, ())
    return OPEN if kind in far else NOT_THERE
