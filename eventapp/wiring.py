"""The one table of effects: which task the worker runs for a job, which receiver acts on a signal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from blinker import Signal
from flask import current_app

from config import Settings
from eventapp.accounts.signals import invitation_accepted
from eventapp.agreements import receivers as agreements
from eventapp.agreements.signals import people_asked_about
from eventapp.attendees import receivers as attendees
from eventapp.attendees.signals import attendee_changed, attendee_registered, attendee_withdrawn, registered_again
from eventapp.audit import trail
from eventapp.badges import receivers as badges
from eventapp.badges import tasks as badge_tasks
from eventapp.badges import token
from eventapp.documents import store
from eventapp.doors import receivers as doors
from eventapp.editions.queries import show_of
from eventapp.editions.signals import days_changing, edition_made_from, hall_changing, hall_leaving, zone_leaving
from eventapp.exhibitors import receivers as exhibitors
from eventapp.exhibitors import tasks as exhibitor_tasks
from eventapp.exhibitors.queries import papers
from eventapp.exhibitors.signals import exhibiting_rules_set, exhibitor_decided, exhibitor_submitted, exhibitor_withdrawn, exhibitors_leaving, withdrawal_asked
from eventapp.invoicing import receivers as invoicing
from eventapp.invoicing import tasks as invoice_tasks
from eventapp.invoicing.signals import account_changed
from eventapp.jobs.runner import Task
from eventapp.mail import delivery
from eventapp.mail import editions as mail_editions
from eventapp.pricing import receivers as pricing
from eventapp.pricing.signals import price_leaving
from eventapp.programme import receivers as programme
from eventapp.programme.signals import programme_published, session_left_programme
from eventapp.schedule import receivers as schedule
from eventapp.stands import receivers as stands
from eventapp.stands import tasks as stand_tasks
from eventapp.stands.queries import kinds_of
from eventapp.stands.signals import stands_changing
from eventapp.web import gone

TASKS: dict[str, Task] = {
    "exhibitors.pass_on": exhibitor_tasks.pass_on,
    "mail.deliver": delivery.deliver,
    "badges.send_badge": badge_tasks.send_badge,
    "stands.tell_of_ended_request": stand_tasks.tell_of_ended_request,
    "invoicing.send_invoice": invoice_tasks.send_invoice,
    "invoicing.send_contract": invoice_tasks.send_contract,
    "stands.propose": stand_tasks.propose_stands,
    "documents.sweep": store.sweep,
    "exhibitors.remind": exhibitor_tasks.remind,
}

# what comes again by itself, and how often
PERIODS: dict[str, timedelta] = {
    "documents.sweep": timedelta(hours=6),
    "exhibitors.remind": timedelta(minutes=30),
}

SIGNALS: tuple[tuple[Signal, Callable[..., Any]], ...] = (
    (attendee_registered, badges.on_registered),
    (attendee_changed, badges.on_changed),
    (attendee_withdrawn, badges.on_withdrawn),
    (registered_again, badges.on_registered_again),
    (people_asked_about, attendees.on_people_asked_about),
    (session_left_programme, agreements.on_session_left_programme),
    (invitation_accepted, exhibitors.on_invitation_accepted),
    (exhibitor_submitted, stands.on_exhibitor_submitted),
    (exhibitor_decided, stands.on_exhibitor_decided),
    (withdrawal_asked, invoicing.on_withdrawal_asked),
    (exhibitor_withdrawn, invoicing.on_exhibitor_withdrawn),
    (exhibitor_withdrawn, stands.on_exhibitor_withdrawn),
    (exhibitor_withdrawn, attendees.on_exhibitor_withdrawn),
    (account_changed, badges.on_account_changed),
    (exhibiting_rules_set, badges.on_exhibiting_rules_set),
    (exhibitors_leaving, stands.on_exhibitors_leaving),
    (price_leaving, exhibitors.on_price_leaving),
    (price_leaving, invoicing.on_price_leaving),
    (stands_changing, invoicing.on_stands_changing),
    (programme_published, schedule.on_programme_published),
    (edition_made_from, pricing.on_edition_made_from),
    (edition_made_from, exhibitors.on_edition_made_from),
    (edition_made_from, stands.on_edition_made_from),
    (edition_made_from, programme.on_edition_made_from),
    (edition_made_from, doors.on_edition_made_from),
    (days_changing, programme.on_days_changing),
    (hall_changing, stands.on_hall_changing),
    (hall_leaving, stands.on_hall_leaving),
    (hall_leaving, programme.on_hall_leaving),
    (zone_leaving, doors.on_zone_leaving),
)


def connect() -> None:
    """Connect every signal to its receivers; the receivers run inside the sender's transaction."""
    for signal, receiver in SIGNALS:
        signal.connect(receiver, weak=False)
    mail_editions.connect(show_of)
    gone.connect(trail.happened)
    token.connect(_settings)
    papers.connect(kinds_of)
    store.connect(lambda: _settings().instance_dir)


def _settings() -> Settings:
    return cast("Settings", current_app.config["SETTINGS"])
