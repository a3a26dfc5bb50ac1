"""Write a mail: subject, text and HTML, in the reader's language, from one template."""

import re
import textwrap
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import current_app
from jinja2 import Environment, Template

from eventapp.core.texts import LANGUAGES
from eventapp.mail.editions import show_of
from eventapp.mail.models import OutgoingMail
from eventapp.web import i18n

SECRET = "secret_path"  # noqa: S105 - the name of the value that holds a link which opens an account
_WIDTH = 76
_LONGEST_SUBJECT = 300


@dataclass(frozen=True)
class Written:
    """A mail's words."""

    subject: str
    text: str
    html: str


def render_mail(mail: OutgoingMail, *, show_secret: bool | None = None) -> tuple[str, str, str]:
    """Write a mail's subject, text and HTML for a page; links that open an account are hidden, except in the demo, where no mail leaves."""
    hidden = current_app.config["APP_ENV"] != "demo" if show_secret is None else not show_secret
    values = {**mail.values, SECRET: "/…"} if hidden and SECRET in mail.values else mail.values
    written = write(mail.template, mail.language, mail.to, mail.edition_id, values)
    return written.subject, written.text, written.html


def write(template: str, language: str, to: str, edition_id: int | None, values: dict[str, Any]) -> Written:
    """Render `room/name` for a reader; every value is escaped in the HTML."""
    language = language if language in LANGUAGES else LANGUAGES[0]
    room, _, name = template.partition("/")
    file = f"{room}/mail/{name}.jinja"
    show = show_of(edition_id)
    plain, rich = _environments()
    with i18n.in_language(language):
        own = {"language": language, "to": to, "show": show, "edition_name": i18n.text(show.name) if show else "eventapp", "link": partial(_link, language)}
        words = plain.get_template(file)
        subject = _subject(words, {**values, **own})
        text = _tidy(words.render({**values, **own, "rendering": "text"}))
        html = rich.get_template(file).render({**values, **own, "rendering": "html", "mail_subject": subject})
    return Written(subject, text, "\n".join(line.strip() for line in html.splitlines() if line.strip()) + "\n")


def _environments() -> tuple[Environment, Environment]:
    """Derive from the app's templates one environment that escapes nothing and one that escapes everything."""
    kept: dict[str, Any] = current_app.extensions
    if "mail" not in kept:
        kept["mail"] = (current_app.jinja_env.overlay(autoescape=False), current_app.jinja_env.overlay(autoescape=True))
    both: tuple[Environment, Environment] = kept["mail"]
    return both


def _link(language: str, path: str) -> str:
    """Write the whole address of a path on this site, in the reader's language."""
    return current_app.config["BASE_URL"] + i18n.with_language(path, language)


def _subject(template: Template, values: dict[str, Any]) -> str:
    """Write the subject: one line, however the values look."""
    written = "".join(template.blocks["subject"](template.new_context(values)))
    return re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", " ", written).strip()[:_LONGEST_SUBJECT]


def _tidy(text: str) -> str:
    """Wrap long lines, and leave one empty line between paragraphs."""
    lines = [part for line in text.splitlines() for part in _wrapped(line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _wrapped(line: str) -> list[str]:
    if len(line) <= _WIDTH or "://" in line:
        return [line if line == "-- " else line.rstrip()]
    return textwrap.wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
