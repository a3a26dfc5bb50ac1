"""Forms as a browser sees them: read from a page with what is filled in, changed, sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class PageForm:
    """One form of a page: where it goes, what is filled in, the words of its choices and of its buttons."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)  # of a select: words -> value
    buttons: dict[str, dict[str, str]] = field(default_factory=dict)  # words -> attributes

    def choice(self, name: str, words: str) -> str:
        """Find the value of the option whose words contain these."""
        return next(value for shown, value in self.choices[name].items() if words in shown)


class _Reader(HTMLParser):
    """Collect the forms of a page."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[PageForm] = []
        self.inside: PageForm | None = None
        self.select = ""
        self.open: tuple[str, dict[str, str]] | None = None  # the element whose text is being read
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form or a part of one."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = PageForm(given.get("action") or self.path, given.get("method", "get").lower())
            self.forms.append(self.inside)
        elif self.inside is None:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self.select = given.get("name", "")
            self.inside.choices[self.select] = {}
        elif tag in {"option", "textarea", "button"}:
            self.open, self.text = (tag, given), ""

    def _input(self, given: dict[str, str]) -> None:
        assert self.inside is not None
        values = self.inside.fields.setdefault(given.get("name", ""), [])
        if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
            values.append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        """Read on."""
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        """Note what a choice, a text or a button says."""
        if tag == "form":
            self.inside = None
        if self.open is None or self.open[0] != tag or self.inside is None:
            return
        (_, given), words = self.open, " ".join(self.text.split())
        self.open = None
        if tag == "option":
            value = given.get("value", words)
            self.inside.choices[self.select][words] = value
            if "selected" in given or self.select not in self.inside.fields:
                self.inside.fields[self.select] = [value]
        elif tag == "textarea":
            self.inside.fields.setdefault(given.get("name", ""), []).append(self.text.removeprefix("\n"))
        else:
            self.inside.buttons[words] = given


def forms_of(page: TestResponse, path: str) -> list[PageForm]:
    """Read the forms of a page."""
    reader = _Reader(path)
    reader.feed(page.text)
    return reader.forms


def _has(form: PageForm, button: str) -> bool:
    return any(button in words for words in form.buttons)


def form_with(client: FlaskClient, path: str, button: str) -> PageForm:
    """Open a page and find the form that has this button."""
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    return _form_on(page, path, button)


def _form_on(page: TestResponse, path: str, button: str) -> PageForm:
    found = [form for form in forms_of(page, path) if _has(form, button)]
    assert found, (path, button)
    return found[0]


def press(client: FlaskClient, path: str, button: str, **fields: object) -> TestResponse:
    """Open a page, fill some fields in (a select by the words of its option) and press the button with these words."""
    return _press(client, form_with(client, path, button), button, fields)


def press_on(client: FlaskClient, page: TestResponse, button: str, **fields: object) -> TestResponse:
    """Fill in the form of a page that is open already, and press the button with these words."""
    return _press(client, _form_on(page, page.request.path, button), button, fields)


def _press(client: FlaskClient, form: PageForm, button: str, fields: dict[str, object]) -> TestResponse:
    data: dict[str, object] = {name: values for name, values in form.fields.items() if name}
    for name, value in fields.items():
        shown = form.choices.get(name, {})
        data[name] = form.choice(name, str(value)) if shown and str(value) not in shown.values() else value
    pressed = next(given for words, given in form.buttons.items() if button in words)
    if pressed.get("name"):
        data[pressed["name"]] = pressed.get("value", "")
    return client.post(pressed.get("formaction") or form.action, data=data)
