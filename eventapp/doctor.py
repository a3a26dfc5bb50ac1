"""`flask doctor`: prove every invariant on the data as they are; non-zero status on a breach."""

from collections.abc import Callable, Iterable

import click
from flask.cli import with_appcontext

from eventapp.accounts import queries as account_checks
from eventapp.agreements import queries as agreement_checks
from eventapp.attendees import queries as attendee_checks
from eventapp.badges import queries as badge_checks
from eventapp.core.append_only import missing_triggers
from eventapp.core.db import db
from eventapp.documents import store as file_checks
from eventapp.doors.queries import counting as door_checks
from eventapp.editions import queries as edition_checks
from eventapp.exhibitors import queries as exhibitor_checks
from eventapp.exhibitors.queries import catalogue as catalogue_checks
from eventapp.exhibitors.queries import desk as desk_checks
from eventapp.exhibitors.queries import imports as import_checks
from eventapp.exhibitors.queries import joining as joining_checks
from eventapp.exhibitors.queries import messages as message_checks
from eventapp.exhibitors.queries import papers as paper_checks
from eventapp.exhibitors.queries import wanted as wanted_checks
from eventapp.invoicing import queries as invoicing_checks
from eventapp.mail import outbox as mail_checks
from eventapp.organisations import queries as organisation_checks
from eventapp.pricing import queries as pricing_checks
from eventapp.programme import queries as programme_checks
from eventapp.stands import queries as stand_checks
from eventapp.web.console import Command

Check = Callable[[], Iterable[str]]


def append_only_triggers() -> list[str]:
    """List triggers of append-only tables that are missing."""
    return [f"trigger {name} is missing" for name in missing_triggers(db.session.connection())]


# What must hold, and the query that lists its breaches.
CHECKS: tuple[tuple[str, Check], ...] = (
    ("facts cannot be changed", append_only_triggers),
    ("an account has a proper address, and a password only once it is confirmed", account_checks.wrong_accounts),
    ("somebody who owns the installation can sign in", account_checks.ownerless),
    ("an invitation is accepted or withdrawn, not both", account_checks.answered_twice),
    ("every waiting mail has a job that sends it", mail_checks.lost_mails),
    ("every stored file has its bytes", file_checks.missing_files),
    ("no bytes lie in the folder that belong to no file", file_checks.orphans),
    ("an edition has an address and a number of its own, the current one is public, and hours and entry rules lie on the days of the show", edition_checks.wrong_editions),
    ("an ICE is one organisation's", organisation_checks.shared_ice),
    ("a person has a name", organisation_checks.people_without_names),
    ("a stand has one price, and one supplement for its open sides", pricing_checks.priced_twice),
    ("a larger stand has no fewer badges", pricing_checks.falling_quotas),
    ("nobody and no room is in two places at once", programme_checks.occupancy_breaches),
    ("a session claims what it needs, and nothing else is claimed", programme_checks.wrong_claims),
    ("rooms and people that an edition claims are its own", programme_checks.claims_astray),
    ("a part lies within its whole, and parts follow one another", programme_checks.parts_outside),
    ("a session with a time lies on an open day of the show", programme_checks.outside_the_show),
    ("published versions of the programme have no gaps", programme_checks.gaps_in_versions),
    ("an organisation has one living application in an edition", exhibitor_checks.living_twice),
    ("an exhibitor has exactly one owner", exhibitor_checks.without_one_owner),
    ("an invitation is for an exhibitor of its own edition", exhibitor_checks.invitations_astray),
    ("a registration became an exhibitor of its own edition", exhibitor_checks.drafts_across_editions),
    ("a work list opens with a view that its reader may see", desk_checks.defaults_astray),
    ("what an application brings and wants belongs to one of its edition that was sent, each thing once", wanted_checks.wrong_wanted),
    ("an extra was ordered under a name and for a price", wanted_checks.wrong_extras),
    ("versions of the conditions have no gaps", wanted_checks.gaps_in_conditions),
    ("conditions were accepted after they were written, in their own edition", wanted_checks.wrong_acceptances),
    ("somebody asks once to join an organisation, and an answer has its time", joining_checks.wrong_requests),
    ("an import that is over keeps none of its rows, and one that is not done brought nobody", import_checks.wrong_imports),
    ("a logo in the catalogue is a file that is kept", catalogue_checks.logos_dropped),
    ("of a document an exhibitor provided one counts", paper_checks.provided_twice),
    ("a document that counts is a file that is kept", paper_checks.files_given_up),
    ("a message to many went to somebody", message_checks.circulars_without_readers),
    ("only answers of exhibitors wait to be read", message_checks.unread_of_organisers),
    ("no stand is sold twice", stand_checks.sold_twice),
    ("no stand overlaps another, and its area is that of its outline", stand_checks.wrong_cells),
    ("every stand lies in its hall", stand_checks.outside_their_halls),
    ("who is not an exhibitor any more keeps no stand", stand_checks.held_by_the_gone),
    ("only accepted exhibitors have a stand", stand_checks.allocated_to_others_than_accepted),
    ("stand and exhibitor are of one edition", stand_checks.allocated_across_editions),
    ("a search for stands that is under way has a job", stand_checks.searches_without_a_job),
    ("two exhibitors kept apart are written down once", stand_checks.pairs_in_disorder),
    ("invoices are numbered without a gap or a double", invoicing_checks.gaps_in_numbers),
    ("an invoice's lines, tax and total go together", invoicing_checks.wrong_sums),
    ("no invoice is credited or paid beyond what it is for", invoicing_checks.wrong_accounts),
    ("a line of a bank statement is recorded once, by payments of no more than its sum", invoicing_checks.wrong_statement_lines),
    ("of what is in an exhibitor's favour no more is used or sent back than there is", invoicing_checks.wrong_credits),
    ("nobody is billed twice for the same", invoicing_checks.billed_twice),
    ("the square metres billed are those of the stands", invoicing_checks.wrong_areas),
    ("a contract is the file that was drawn up, and that file was accepted", invoicing_checks.wrong_contracts),
    ("an agreement binds two parties, and somebody signs for each once it is scheduled", agreement_checks.broken_agreements),
    ("a scheduled agreement has its signing in the programme", agreement_checks.wrong_signings),
    ("who signs in the programme is who signs the agreement", agreement_checks.wrong_signatories),
    ("staff and exhibitor are of one edition", attendee_checks.staff_across_editions),
    ("a badge of a stand's quota is held by somebody of its staff", attendee_checks.seats_of_others),
    ("who was asked to join a staff is on it after a yes only, and all are of one edition", attendee_checks.wrong_requests),
    ("an attendee's category is the first of their hats", attendee_checks.wrong_categories),
    ("one active badge for each attendee, one serial for each", badge_checks.doubled),
    ("badge and attendee are of one edition", badge_checks.badges_across_editions),
    ("every badge's token is ours and says what the row says", badge_checks.wrong_tokens),
    ("the revocation list is whole", badge_checks.gaps_in_revocations),
    ("no badge's mail waits for a payment that has come", badge_checks.held_after_payment),
    ("a withdrawn attendee has no active badge", badge_checks.badges_of_the_gone),
    ("one counted visit for each attendee and day", door_checks.visited_twice),
    ("presence and visits are what the scans say", door_checks.wrong_figures),
    ("a code enrols one phone, once", door_checks.codes_left),
    ("scans, gates and devices are of one edition", door_checks.scans_across_editions),
)


def examine() -> dict[str, list[str]]:
    """Run every check; return the breaches of each, in words."""
    return {name: list(check()) for name, check in CHECKS}


@click.command("doctor", cls=Command)
@with_appcontext
def command() -> None:
    """Prove that the data keep every rule; list what does not."""
    found = examine()
    for name, breaches in found.items():
        click.echo(f"{'BREACH' if breaches else 'ok':7}{name}")
        for breach in breaches[:50]:
            click.echo(f"         {breach}")
    if any(found.values()):
        raise SystemExit(1)
