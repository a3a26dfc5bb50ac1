"""Read pages as a browser does: the forms that they really contain, with every field and what it holds."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

TYPED = {"text", "email", "tel", "url", "search", "number", "textarea", "date", "time", "datetime-local"}
Values = list[tuple[str, str | bytes]]


@dataclass
class Field:
    """One field of a form: its type, what it holds, and for a choice what can be chosen."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        """Say whether a person types into it."""
        return self.kind in TYPED


@dataclass
class Form:
    """One form of a page."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    has_plain_button: bool = False  # the others are named, and only the pressed one is sent


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms = path, list[Form]()
        self.form: Form | None = None
        self.select: Field | None = None
        self.textarea: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(given.get("method", "get").lower(), given.get("action") or self.path)
            self.forms.append(self.form)
        elif self.form is not None:
            read = getattr(self, f"_read_{tag}", None)
            if read:
                read(self.form, given)

    def _read_input(self, form: Form, given: dict[str, str]) -> None:
        name, kind, value = given.get("name", ""), given.get("type", "text"), given.get("value", "")
        if not name or kind in {"submit", "button", "reset", "image"}:
            return
        found = form.fields.setdefault(name, Field(name, kind))
        if kind in {"radio", "checkbox"}:
            found.options.append(value or "on")
            found.chosen += [value or "on"] if "checked" in given else []
        else:
            found.value = value

    def _read_button(self, form: Form, given: dict[str, str]) -> None:
        form.has_plain_button |= not given.get("name") and given.get("type", "submit") == "submit"
        if given.get("name"):
            form.fields.setdefault(given["name"], Field(given["name"], "button", given.get("value", "")))

    def _read_select(self, form: Form, given: dict[str, str]) -> None:
        self.select = form.fields.setdefault(given["name"], Field(given["name"], "select")) if given.get("name") else None

    def _read_option(self, _form: Form, given: dict[str, str]) -> None:
        if self.select is not None:
            self.select.options.append(given.get("value", ""))
            self.select.chosen += [given.get("value", "")] if "selected" in given else []

    def _read_textarea(self, form: Form, given: dict[str, str]) -> None:
        self.textarea = form.fields.setdefault(given["name"], Field(given["name"], "textarea")) if given.get("name") else None

    def handle_data(self, data: str) -> None:
        if self.textarea is not None:
            self.textarea.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea is not None:
            self.textarea.value = self.textarea.value.removeprefix("\r\n").removeprefix("\n")
            self.textarea = None


def forms_of(page: str, path: str) -> list[Form]:
    """Read the forms of a page."""
    reader = _Reader(path)
    reader.feed(page)
    return reader.forms


PLAUSIBLE = {
    "email": "somebody@new.example",
    "tel": "+212 5 22 00 00 00",
    "url": "https://new.example",
    "number": "15",
    "date": "2018-04-12",
    "time": "11:00",
    "password": "correct horse battery staple",
}


def filled(form: Form) -> Values:
    """Fill a form in as somebody would: what it holds stays, the rest gets something plausible."""
    values: Values = []
    for one in form.fields.values():
        if one.kind in {"radio", "checkbox", "select"}:
            possible = [option for option in one.options if option]
            values += [(one.name, value) for value in one.chosen or possible[:1]]
        elif one.kind != "file" and not (one.kind == "button" and form.has_plain_button):
            values.append((one.name, one.value or ("" if one.kind in {"hidden", "button"} else PLAUSIBLE.get(one.kind, "Something"))))
    return values


def replaced(values: Values, name: str, *instead: str | bytes) -> Values:
    """Give a field other values, or none."""
    return [(key, value) for key, value in values if key != name] + [(name, value) for value in instead]


def encoded(values: Values) -> bytes:
    """Write values as a browser sends them; bytes are sent as they are."""
    return urlencode(values, errors="surrogatepass").encode()
