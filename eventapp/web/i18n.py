"""Languages: which one a reader gets, and how times, days and texts of the database are written in it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from flask import Flask, Response, g, has_request_context, redirect, request
from flask_babel import Babel, force_locale, get_locale, gettext
from jinja2 import pass_context
from jinja2.runtime import Context
from werkzeug.datastructures import MultiDict
from werkzeug.http import parse_accept_header

from eventapp.core.errors import Refusal
from eventapp.core.texts import LANGUAGES, RIGHT_TO_LEFT, days_in_words, fold, pick
from eventapp.core.zones import offset_text, wall

COOKIE = "lang"
NATIVE_NAMES = {"fr": "Français", "ar": "العربية", "en": "English"}
SHORT_NAMES = {"fr": "FR", "ar": "ع", "en": "EN"}
_DAY_PATTERNS = {"weekday": "EEEE d MMMM", "short-weekday": "EEE d MMM", "medium": "d MMM y"}  # Arabic's own medium form is digits and slashes
_NOT_OFFERED = frozenset(
    ["AC", "AQ", "BV", "CP", "CQ", "DG", "EA", "EH", "EU", "EZ", "GS", "HM", "IC", "IO", "PN", "QO", "SJ", "TA", "TF", "UM", "UN", "XA", "XB", "ZZ"]
)  # no firm has its seat there, or no country of ISO 3166 has that code
_SUBTAGS = re.compile(r"(?<=[A-Za-z])[-_][A-Za-z0-9_-]*")  # of a language tag: the region, the script
LOCALES = {"fr": "fr", "ar": "ar_MA", "en": "en_GB"}

babel = Babel()


def wished_language() -> str:
    """Choose the reader's language: the address says it, else the cookie, else the browser, else French."""
    for given in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if given in LANGUAGES:
            return str(given)
    return _browser_language() or LANGUAGES[0]


def _browser_language() -> str | None:
    """Find the language of ours that the browser asks for most: fr-CA asks for French, and comes before a language of less weight."""
    asked = _SUBTAGS.sub("", request.headers.get("Accept-Language", ""))
    return next((tag.lower() for tag, weight in parse_accept_header(asked) if weight > 0 and tag.lower() in LANGUAGES), None)


def _locale() -> str:
    if not has_request_context():
        return LOCALES[LANGUAGES[0]]
    if "language" not in g:
        g.language = wished_language()
    return LOCALES[g.language]


def language() -> str:
    """Name the language in use: fr, ar or en."""
    locale = get_locale()
    return locale.language if locale is not None else LANGUAGES[0]


def in_language(code: str) -> Any:
    """Write in another language for a while (a context manager): for mail and documents."""
    return force_locale(LOCALES[code])


def babel_locale() -> Locale:
    """Return Babel's locale for dates, numbers and lists."""
    return Locale.parse(LOCALES[language()])


def text(texts: Mapping[str, str] | None) -> str:
    """Write a text of the database in the reader's language."""
    return pick(texts, language())


def day(value: date, form: str = "full") -> str:
    """Write a date: full is Thursday 12 April 2018; also long, medium, short, or a CLDR pattern."""
    return format_date(value, _DAY_PATTERNS.get(form, form), locale=babel_locale())


def days(first: date, last: date) -> str:
    """Write the days from the first to the last, as in 12–15 April 2018."""
    return days_in_words(first, last, LOCALES[language()])


def hour(value: time | datetime | int) -> str:
    """Write a wall time, also given as minutes after midnight, as in 09:05."""
    if isinstance(value, int):
        value = time(value // 60 % 24, value % 60)
    return value.strftime("%H:%M") if language() != "fr" else value.strftime("%Hh%M").replace("h", "\u202fh\u202f")


def time_range(start: time | datetime | int, end: time | datetime | int) -> str:
    """Write from when to when, as in 09:00–17:30; in Arabic the range reads from right to left, each time in it from left to right."""
    times = [hour(start), hour(end)]
    if language() in RIGHT_TO_LEFT:
        times = [f"\u2066{one}\u2069" for one in times]
    return ("\u00a0–\u00a0" if language() == "fr" else "–").join(times)


def hour_pattern() -> str:
    """Tell a program in the browser how a wall time is written: HH and MM stand for hours and minutes."""
    return "HH:MM" if language() != "fr" else "HH\u202fh\u202fMM"


def moment(value: datetime, tz: str, form: str = "medium") -> str:
    """Write an instant as day and wall time in a zone."""
    local = wall(value, tz)
    return with_commas(day(local.date(), form), hour(local))


def clock_time(value: datetime, tz: str) -> str:
    """Write an instant's wall time in a zone."""
    return hour(wall(value, tz))


def number(value: Any) -> str:
    """Write a number by the reader's locale."""
    return format_decimal(value, locale=babel_locale())


def money(amount: Decimal, currency: str) -> str:
    """Write an amount of money by the reader's locale, as in 1 350,00 MAD."""
    written = format_currency(amount, currency, locale=babel_locale())
    return re.sub(r"(?<=[A-Z])(?=\d)", "\u00a0", written)  # MAD 1,350.00: Babel leaves out the space that CLDR asks for


class _Count(int):
    """A count that chooses the plural, and is written by the reader's locale, as in 6 023."""

    def __str__(self) -> str:
        """Write it."""
        return number(int(self))


def _counting(plain: Callable[..., str]) -> Callable[..., str]:
    """Let texts with a count in templates write it by the reader's locale."""

    @pass_context
    def ngettext(context: Context, singular: str, plural: str, count: int, **facts: Any) -> str:
        return plain(context, singular, plural, _Count(count), **facts)

    return ngettext


def percent(value: Decimal) -> str:
    """Write a percentage by the reader's locale, as in 20 %."""
    return format_percent(value / 100, locale=babel_locale(), decimal_quantization=False)


def listing(values: list[str]) -> str:
    """Write a list as in "a, b and c"."""
    return format_list(values, locale=babel_locale())


def with_commas(*values: str) -> str:
    """Write values one after the other, with the comma of the reader's script."""
    return ("، " if language() == "ar" else ", ").join(values)


def country(code: str) -> str:
    """Name a country in the reader's language."""
    return babel_locale().territories.get(code, code)


def countries(kept: str | None = None) -> list[tuple[str, str]]:
    """List countries (code, name) for a choice, Morocco first, then in the order of the reader's alphabet; one that is kept already stays a choice."""
    return list(_countries(str(babel_locale()), kept if kept in _NOT_OFFERED else None))


@cache
def _countries(locale: str, kept: str | None) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(locale).territories
    codes = {code for code in map(str, names) if len(code) == 2 and code.isalpha() and (code == kept or code not in _NOT_OFFERED)}  # noqa: PLR2004 - ISO 3166 codes
    return ("MA", names["MA"]), *sorted(((code, names[code]) for code in codes - {"MA"}), key=lambda one: fold(one[1]))


def named_countries(codes: Iterable[str]) -> list[tuple[str, str]]:
    """List some countries (code, name) in the order of the reader's alphabet."""
    return sorted(((code, country(code)) for code in set(codes)), key=lambda one: fold(one[1]))


def explain(refusal: Refusal) -> str:
    """Write a refusal's message in the reader's language; its facts are texts, times, names and sums of money."""
    facts = {name: _fact(fact) for name, fact in refusal.facts.items()}
    return gettext(refusal.message, **facts)


def _fact(fact: Any) -> str:
    if isinstance(fact, dict):
        return text(fact)
    if isinstance(fact, Decimal):
        return format_decimal(fact, "#,##0.00", locale=babel_locale())
    if isinstance(fact, datetime | time):
        return hour(fact)
    if isinstance(fact, date):
        return day(fact, "long")
    return str(fact)


def own_path(path: str | None, otherwise: str) -> str:
    """Let through a path on this site; anything else becomes the other one."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or any(ord(c) <= 32 for c in path):  # noqa: PLR2004 - space and controls
        return otherwise
    return path


def with_language(path: str, code: str) -> str:
    """Point an address of this site at its own page in another language."""
    base, _, query = path.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith("lang=")] if query else []
    return f"{base}?{'&'.join([*kept, f'lang={code}'])}"


def switch_language() -> Response:
    """Keep a language choice in a cookie and go back to the page."""
    code = request.args.get("to", "")
    to = own_path(request.args.get("next"), "/")
    if code not in LANGUAGES:
        return redirect(to)  # type: ignore[return-value]
    answer = redirect(with_language(to, code))
    answer.set_cookie(COOKIE, code, max_age=31_536_000, samesite="Lax", secure=request.is_secure, path="/")
    return answer  # type: ignore[return-value]


def current_path() -> str:
    """Name the page shown, for the language switch: path and query, of a page that a GET can show."""
    if request.method not in {"GET", "HEAD"}:
        return request.path
    args = MultiDict((k, v) for k, v in request.args.items(multi=True) if k != "lang")
    query = urlencode(list(args.items(multi=True)))
    return f"{request.path}?{query}" if query else request.path


def canonical_address() -> Response | None:
    """Send a reader whose address does not say the language to the one that does; nothing to do when it says so."""
    if request.args.get("lang") in LANGUAGES:
        return None
    answer = redirect(with_language(current_path(), language()))
    answer.vary.update(("Cookie", "Accept-Language"))
    return answer  # type: ignore[return-value]


def init_app(app: Flask) -> None:
    """Give the app its languages and the templates their filters."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(app.config["TRANSLATIONS"])
    babel.init_app(app, locale_selector=_locale)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters.update(
        text=text,
        day=day,
        days=days,
        hour=hour,
        time_range=time_range,
        moment=moment,
        clock_time=clock_time,
        number=number,
        money=money,
        percent=percent,
        listing=listing,
        country=country,
        offset_text=offset_text,
    )
    app.jinja_env.globals.update(
        ngettext=_counting(app.jinja_env.globals["ngettext"]),  # type: ignore[arg-type]
        language=language,
        LANGUAGES=LANGUAGES,
        NATIVE_NAMES=NATIVE_NAMES,
        SHORT_NAMES=SHORT_NAMES,
        days=days,
        current_path=current_path,
        RIGHT_TO_LEFT=RIGHT_TO_LEFT,
    )
