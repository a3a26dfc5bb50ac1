"""Messages between organiser and exhibitors: each in its reader's language, kept in the file, told by mail."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventapp.accounts.models import RoleGrant, User
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations, rules
from eventapp.exhibitors.models import Circular, ExhibitorMessage
from eventapp.exhibitors.queries import messages as threads
from eventapp.mail.models import OutgoingMail
from tests.support.cast import EIGHT
from tests.support.doctor import breaches
from tests.support.exhibiting import make_exhibitor

SUBJECT = {"fr": "Stand {stand}", "ar": "الجناح {stand}"}
TEXT = {"fr": "Bonjour {name}, à jeudi.", "ar": "مرحباً {name}"}


@pytest.mark.parametrize(
    ("subject", "text", "field"),
    [
        ({}, {"fr": "Bonjour"}, "subject_fr"),
        ({"fr": "Bonjour"}, {}, "text_fr"),
        ({"fr": "Stand"}, {"fr": "Bonjour", "en": "Good morning"}, "subject_en"),
        ({"fr": "Stand {stands}"}, {"fr": "Bonjour"}, "subject_fr"),
        ({"fr": "Stand"}, {"fr": "Bonjour {}"}, "text_fr"),
    ],
)
def test_a_message_is_whole_in_each_of_its_languages_and_has_only_known_placeholders(subject: dict[str, str], text: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.check_message(subject, text, "fr")
    assert refused.value.field == field


def test_what_fills_a_placeholder_is_taken_as_it_is() -> None:
    assert rules.fill("{name} at {stand}: {else}", {"name": "A {stand} \\1", "stand": "B12"}) == "A {stand} \\1 at B12: {else}"


def test_each_exhibitor_reads_a_message_to_many_in_its_language_with_its_own_name_and_stand(
    app: Flask, sistep: Edition, other_edition: Edition, adil: User, stranger: User
) -> None:
    atlas, rif, souss = (make_exhibitor(sistep, name, stranger, language=language) for name, language in (("Atlas", "ar"), ("Rif", "fr"), ("Souss", "en")))
    with transaction():
        atlas.public_name_ar = "أطلس"
    far = make_exhibitor(other_edition, "Far", stranger)
    chosen, stands = [rif.id, atlas.id, souss.id, souss.id, far.id], {rif.id: "B12, B13"}
    operations.write_to_many(sistep.id, chosen, SUBJECT, TEXT, stands=stands, actor_id=adil.id, now=EIGHT)
    kept = {one.exhibitor.public_name: (one.language, one.subject, one.text) for one in db.session.scalars(select(ExhibitorMessage))}
    assert kept == {
        "Atlas": ("ar", "الجناح –", "مرحباً أطلس"),
        "Rif": ("fr", "Stand B12, B13", "Bonjour Rif, à jeudi."),
        "Souss": ("fr", "Stand –", "Bonjour Souss, à jeudi."),
    }
    mails = {mail.values["path"]: (mail.language, mail.values["title"]) for mail in db.session.scalars(select(OutgoingMail))}
    assert mails[f"/exhibitor/sistep-2018/{rif.id}/messages"] == ("fr", "Stand B12, B13")
    assert len(mails) == 3
    with pytest.raises(Refusal):
        operations.write_to_many(sistep.id, [far.id], SUBJECT, TEXT, stands={}, actor_id=adil.id, now=EIGHT)
    assert (len(db.session.scalars(select(Circular)).all()), breaches()) == (1, [])


def test_the_first_answer_that_nobody_read_is_told_to_who_wrote_last_and_still_manages_the_exhibitors(app: Flask, sistep: Edition, adil: User, stranger: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    told: list[list[str]] = []

    def answered(text: str) -> None:
        operations.answer(atlas.id, text, actor_id=stranger.id, now=EIGHT)
        told.append(list(db.session.scalars(select(OutgoingMail.to).where(OutgoingMail.template == "exhibitors/answer").order_by(OutgoingMail.id))))

    answered("Before anybody wrote")
    operations.write_to_one(atlas.id, "Hello", read_up_to=10**6, actor_id=adil.id, now=EIGHT)
    answered("One")
    answered("Two: nobody read the first one yet")
    newest = threads.thread(atlas.id)[-1][0].id
    operations.read_answers(atlas.id, newest - 1, actor_id=adil.id, now=EIGHT + timedelta(hours=1))
    assert threads.unread_of([atlas.id]) == {atlas.id: 1}  # what came after the page was opened stays unread
    operations.read_answers(atlas.id, newest, actor_id=adil.id, now=EIGHT + timedelta(hours=1))
    with transaction():
        db.session.execute(update(RoleGrant).values(role="press"))
    answered("Three")
    assert told == [
        ["contact@show.example"],
        ["contact@show.example", adil.email],
        ["contact@show.example", adil.email],
        ["contact@show.example", adil.email, "contact@show.example"],
    ]
    assert breaches() == []


def test_doctor_sees_a_circular_of_nobody_and_a_message_that_its_own_side_read(app: Flask, sistep: Edition, adil: User, stranger: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    operations.write_to_one(atlas.id, "Hello", actor_id=adil.id, now=EIGHT)
    with transaction():
        db.session.add(Circular(edition_id=sistep.id, subject={"fr": "A"}, text={"fr": "B"}, at=EIGHT))
        message = db.session.scalars(select(ExhibitorMessage)).one()
        message.read_at = EIGHT
    number, message_id = db.session.scalars(select(Circular.id)).one(), message.id
    assert breaches() == [f"circular {number} went to nobody", f"message {message_id} of the organiser was read by the organiser"]
