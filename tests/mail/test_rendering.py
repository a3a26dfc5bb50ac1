"""Mail is written once and read twice: as text and as HTML, in the reader's language."""

from collections.abc import Callable

import pytest
from flask import Flask

from eventapp.editions.models import Edition
from eventapp.mail.models import OutgoingMail
from eventapp.mail.rendering import render_mail, write

VALUES = {"name": "Salma", "secret_path": "/accounts/x/S3CRET", "path": "/exhibitor/sistep-2018/7/?tab=staff", "inviter": "Adil", "role": "protocol_officer", "exhibitor": ""}
SUBJECTS = {
    ("confirm", "fr"): "Confirmez votre adresse pour SISTEP-2018",
    ("confirm", "ar"): "أكّدوا عنوانكم لدى SISTEP-2018",
    ("confirm", "en"): "Confirm your address for SISTEP-2018",
    ("sign_in_to_continue", "fr"): "Connectez-vous pour continuer avec SISTEP-2018",
    ("sign_in_to_continue", "ar"): "سجّلوا الدخول للمتابعة مع SISTEP-2018",
    ("sign_in_to_continue", "en"): "Sign in to go on with SISTEP-2018",
    ("reset", "fr"): "Choisir un nouveau mot de passe",
    ("reset", "ar"): "اختيار كلمة مرور جديدة",
    ("reset", "en"): "Choose a new password",
    ("invitation", "fr"): "Adil vous invite dans l’équipe de SISTEP-2018",
    ("invitation", "ar"): "يدعوكم Adil إلى فريق SISTEP-2018",
    ("invitation", "en"): "Adil invites you to the team of SISTEP-2018",
}
LINKS = {"sign_in_to_continue": "http://localhost/sign-in?next=/exhibitor/sistep-2018/7/%3Ftab%3Dstaff&lang={}"}


@pytest.mark.parametrize(("name", "language"), SUBJECTS)
def test_every_mail_of_accounts_is_in_the_readers_language_as_text_and_as_html(app: Flask, sistep: Edition, name: str, language: str) -> None:
    written = write(f"accounts/{name}", language, "salma@atlas.example", sistep.id, VALUES)
    link = LINKS.get(name, "http://localhost/accounts/x/S3CRET?lang={}").format(language)
    assert written.subject == SUBJECTS[name, language]
    assert link in written.text.splitlines()
    assert f'href="{link.replace("&", "&amp;")}"' in written.html
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in written.html


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("name", ["confirm", "sign_in_to_continue", "reset", "invitation"])
def test_no_english_is_left_in_the_other_languages(app: Flask, sistep: Edition, name: str, language: str) -> None:
    english = set(write(f"accounts/{name}", "en", "salma@atlas.example", sistep.id, VALUES).text.splitlines())
    translated = set(write(f"accounts/{name}", language, "salma@atlas.example", sistep.id, VALUES).text.splitlines())
    assert english & translated == {"", "-- ", "SISTEP-2018 · FIMME", "contact@show.example"}


def test_an_exhibitors_invitation_names_the_exhibitor(app: Flask, sistep: Edition) -> None:
    written = write("accounts/invitation", "en", "salma@atlas.example", sistep.id, {**VALUES, "role": "", "exhibitor": "Atlas Usinage"})
    assert written.subject == "Adil invites you to the team of Atlas Usinage at SISTEP-2018"


def test_values_are_shown_as_typed_in_text_and_escaped_in_html(app: Flask, sistep: Edition) -> None:
    written = write("accounts/reset", "en", "salma@atlas.example", sistep.id, {**VALUES, "name": '<script>alert("1")</script>'})
    assert 'Hello <script>alert("1")</script>,' in written.text
    assert "<script>" not in written.html
    assert "Hello &lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;," in written.html


def test_a_subject_is_one_line_whatever_the_values_are(app: Flask, sistep: Edition) -> None:
    written = write("accounts/invitation", "en", "salma@atlas.example", sistep.id, {**VALUES, "inviter": "Adil\r\nBcc: all@show.example\u2028\x00"})
    assert written.subject == "Adil Bcc: all@show.example invites you to the team of SISTEP-2018"


def test_a_mail_without_an_edition_goes_out_under_the_current_one(app: Flask, sistep: Edition, other_edition: Edition) -> None:
    assert write("accounts/confirm", "en", "salma@atlas.example", None, VALUES).subject == "Confirm your address for SISTEP-2018"


def test_a_mail_can_be_written_before_there_is_any_edition(app: Flask) -> None:
    assert write("accounts/confirm", "en", "salma@atlas.example", None, VALUES).subject == "Confirm your address for eventapp"


def test_an_organiser_who_reads_a_mail_does_not_get_the_link_that_opens_the_account(mail: Callable[..., OutgoingMail]) -> None:
    subject, text, html = render_mail(mail())
    assert subject == "Choisir un nouveau mot de passe"
    assert "S3CRET" not in text + html


def test_with_the_guard_off_the_link_is_there(mail: Callable[..., OutgoingMail]) -> None:
    _subject, text, html = render_mail(mail(), show_secret=True)
    assert "S3CRET" in text
    assert "S3CRET" in html
