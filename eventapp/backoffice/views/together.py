"""One step for many applications: chosen on the work list, asked about once more with the mails previewed, then taken; what came of it stays to be read."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.backoffice.queries import applications as queries
from eventapp.backoffice.views.applications import decides, list_page, preview_of, reads
from eventapp.backoffice.views.blueprint import applications
from eventapp.core import clock
from eventapp.core.texts import LANGUAGES, pick
from eventapp.editions.forms.fields import IN_LANGUAGE
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations, rules
from eventapp.exhibitors.errors import NobodyChosen
from eventapp.exhibitors.forms.desk import MOST_CHOSEN, TogetherForm, letter_in
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.queries import desk
from eventapp.stands.queries import stands_of
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

TITLES = {
    "accept": lambda n: ngettext("Accept %(num)s application", "Accept %(num)s applications", n),
    "waitlist": lambda n: ngettext("Put %(num)s application on the waiting list", "Put %(num)s applications on the waiting list", n),
    "refuse": lambda n: ngettext("Refuse %(num)s application", "Refuse %(num)s applications", n),
    "withdraw": lambda n: ngettext("Withdraw %(num)s application", "Withdraw %(num)s applications", n),
}
DONE = {
    "accept": lambda n: ngettext("%(num)s application is accepted", "%(num)s applications are accepted", n),
    "waitlist": lambda n: ngettext("%(num)s application is on the waiting list", "%(num)s applications are on the waiting list", n),
    "refuse": lambda n: ngettext("%(num)s application is refused", "%(num)s applications are refused", n),
    "withdraw": lambda n: ngettext("%(num)s application is withdrawn", "%(num)s applications are withdrawn", n),
}


def chosen_on_list(edition: Edition, wanted: queries.Wanted) -> list[Exhibitor]:
    """Load the applications that were ticked on the work list, or all that it shows where that was chosen."""
    if request.args.get("scope") == "all":
        return desk.applications_numbered(edition.id, queries.all_numbers(edition.id, wanted, MOST_CHOSEN))
    ticked = [int(typed) for typed in request.args.getlist("chosen")[:MOST_CHOSEN] if typed.isascii() and typed.isdigit() and len(typed) < 10]  # noqa: PLR2004 - no thousand million applications
    return desk.applications_numbered(edition.id, ticked)


@applications.route("/together/<any(accept, waitlist, refuse, withdraw):verb>", methods=["GET", "POST"])
@decides
@once
def together(edition: Edition, verb: str) -> Response | tuple[str, int]:
    """Ask once more, with the mails previewed, then take the step for each of the applications chosen."""
    form, wanted = TogetherForm(), queries.wanted_of(request.args)
    if form.is_submitted():
        chosen = desk.applications_numbered(edition.id, [number for number, _version in form.seen])
    else:
        chosen = chosen_on_list(edition, wanted)
        form.chosen.data = [(one.id, one.version) for one in chosen if verb in rules.possible(one.state)]
    if not chosen:
        flash(i18n.explain(NobodyChosen()), "warn")
        return redirect(list_page(edition, wanted))
    concerned = [one for one in chosen if one.id in dict(form.seen)]
    if form.validate_on_submit() and _reasons_given(form, verb, edition, concerned) and "preview" not in request.form:
        with refusals(form):
            notes = {language: _note(form, verb, edition, language) for language in _languages(concerned)}
            done = operations.decide_together(edition.id, verb, form.seen, notes, languages=edition.languages, actor_id=current_user.id, now=clock.show_now())
            return redirect(url_for("applications.decided", edition=edition.slug, together_id=done.id))
    shown: dict[str, Any] = {"previews": _previews(form, verb, edition, concerned), "left": [one for one in chosen if one not in concerned], "concerned": concerned}
    shown |= {"freed": sum(len(lines) for lines in stands_of([one.id for one in concerned]).values()) if verb == "withdraw" else 0}
    shown |= {"title": TITLES[verb](len(concerned)), "back": list_page(edition, wanted), "in_language": IN_LANGUAGE}
    return render_template("backoffice/applications/together.html", form=form, verb=verb, wanted=wanted, **shown), form.status


def _languages(concerned: Sequence[Exhibitor]) -> list[str]:
    """List the languages in which the letters are written."""
    return [language for language in LANGUAGES if any(one.language == language for one in concerned)]


def _note(form: TogetherForm, verb: str, edition: Edition, language: str) -> str:
    return letter_in(language, form.reason.data if verb == "refuse" else None, pick(form.notes, language, edition.languages))


def _reasons_given(form: TogetherForm, verb: str, edition: Edition, concerned: Sequence[Exhibitor]) -> bool:
    """Ask for a reason where applications are refused: chosen, or written in a language that each reader gets."""
    if verb != "refuse" or all(_note(form, verb, edition, language) for language in _languages(concerned)):
        return True
    form.reason.errors = [*form.reason.errors, _("Choose a reason, or write one below.")]
    return False


def _previews(form: TogetherForm, verb: str, edition: Edition, concerned: Sequence[Exhibitor]) -> list[dict[str, Any]]:
    """Write one mail for each language concerned, as the first of its readers gets it."""
    readers = Counter(one.language for one in concerned)
    found = []
    for language in _languages(concerned):
        first = next(one for one in concerned if one.language == language)
        found.append({"language": language, "count": readers[language], "to": first, "mail": preview_of(verb, first, edition, _note(form, verb, edition, language))})
    return found


@applications.get("/together/<int:together_id>")
@reads
def decided(edition: Edition, together_id: int) -> str:
    """Say how a step that was taken for many ended for each of them."""
    act = desk.decided_together(edition.id, together_id)
    names = {one.id: one for one in desk.applications_numbered(edition.id, [outcome["exhibitor"] for outcome in act.outcomes])}
    done = [one for outcome in act.outcomes if outcome["ended"] == "done" and (one := names.get(outcome["exhibitor"]))]
    left = [(one, _why(outcome)) for outcome in act.outcomes if outcome["ended"] == "left" and (one := names.get(outcome["exhibitor"]))]
    return render_template("backoffice/applications/decided.html", act=act, done=done, left=left, title=DONE[act.verb](len(done)))


def _why(outcome: dict[str, Any]) -> str:
    """Say in the reader's language why an application was left alone."""
    refused = outcome["why"]
    return _(refused, **outcome["facts"])
