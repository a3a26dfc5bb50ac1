"""Keep the catalogues: `update [room]` finds every string and adds what is new, `check` lists what lacks, `compile` makes what the app reads.

Each room has its own file, translations/<language>/<room>.po; English is the text in the code.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "translations"
LOCALES = {"fr": "fr", "ar": "ar"}
ARABIC_PLURALS = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"  # zero, one, two, few, many, other; Babel swaps the last two
)
METHODS = [("eventapp/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.jinja", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "_l": None, "_n": (1, 2), "lazy_gettext": None, "N_": None, "pgettext": ((1, "c"), 2)}
Key = tuple[str | None, str]


def room_of(file: str) -> str:
    """Name the room that a source file belongs to."""
    parts = Path(file).parts
    return parts[1] if parts[0] in {"eventapp", "templates"} and len(parts) > 2 else "shared"


def found_messages(only: str | None = None) -> dict[str, dict[Key, tuple[str, ...]]]:
    """Find every string to translate: room -> (context, id) -> ids (two for a plural). A string belongs to the first room that has it.

    With `only`, every string of that room, whichever room it belongs to.
    """
    found: dict[str, dict[Key, tuple[str, ...]]] = defaultdict(dict)
    plural = {}
    seen: dict[Key, str] = {}
    options = {"jinja2": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}}
    rows = extract_from_dir(
        str(ROOT),
        method_map=METHODS,
        options_map={"templates/**.html": options["jinja2"], "templates/**.jinja": options["jinja2"]},
        keywords=KEYWORDS,
        directory_filter=lambda d: Path(d).name not in {"node_modules", ".venv", "vendor", ".git", "instance", ".cache"},
    )
    for file, _line, message, _comments, context in sorted(rows, key=lambda r: (r[0], r[1])):
        ids = message if isinstance(message, tuple) else (message,)
        key = (context, ids[0])
        if len(ids) > 1:
            plural[key] = ids
        if key not in seen or room_of(file) == only:
            seen[key] = room_of(file)
    for key, room in seen.items():
        found[room][key] = plural.get(key, (key[1],))
    return found


def catalogue(language: str, room: str) -> Catalog:
    """Read a room's catalogue, or start one."""
    file = FOLDER / language / f"{room}.po"
    if file.exists():
        with file.open("rb") as source:
            return read_po(source, locale=LOCALES[language])
    return Catalog(locale=LOCALES[language], project="eventapp", charset="utf-8")


def all_translations(language: str) -> dict[Key, Message]:
    """Collect what is translated, whichever room's file it stands in."""
    rooms = sorted((FOLDER / language).glob("*.po"))
    return {(m.context, str(m.id[0] if isinstance(m.id, tuple) else m.id)): m for file in rooms for m in catalogue(language, file.stem) if m.id and _is_whole(m)}


def _is_whole(message: Message) -> bool:
    if message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def update(only: str | None = None) -> None:
    """Write each room's files anew (or one room's): what the code has, with the translations there are."""
    found = found_messages(only)
    for language in LOCALES:
        known = all_translations(language)
        for file in (FOLDER / language).glob("*.po"):
            if file.stem not in found and only is None:
                file.unlink()
        for room, messages in found.items():
            if only not in {None, room}:
                continue
            fresh = Catalog(locale=LOCALES[language], charset="utf-8", fuzzy=False)
            for (context, _id), ids in sorted(messages.items(), key=lambda m: (m[0][1], m[0][0] or "")):
                old = known.get((context, ids[0]))
                string = old.string if old and isinstance(old.string, (tuple, list)) == (len(ids) > 1) else ("",) * fresh.num_plurals if len(ids) > 1 else ""
                fresh.add(ids if len(ids) > 1 else ids[0], string, context=context, flags=["python-format"] if "%(" in ids[0] else [])
            (FOLDER / language).mkdir(exist_ok=True)
            with (FOLDER / language / f"{room}.po").open("wb") as target:
                write_po(target, fresh, width=0, omit_header=False, sort_output=False)
            _plain_header(FOLDER / language / f"{room}.po")


def _plain_header(file: Path) -> None:
    """Keep only the header lines that say something, so that a rewrite changes nothing by itself."""
    head, _, rest = file.read_text("utf-8").partition("\n\n")
    keep = [
        line
        for line in head.splitlines()
        if line.startswith(("msgid", "msgstr", '"Language:', '"Plural-Forms:', '"Content-Type:', '"MIME-Version:', '"Content-Transfer-Encoding:'))
    ]
    if file.parent.name == "ar":
        keep = [f'"Plural-Forms: {ARABIC_PLURALS}\\n"' if line.startswith('"Plural-Forms:') else line for line in keep]
    file.write_text("\n".join(keep) + "\n\n" + rest, "utf-8")


def problems() -> list[str]:
    """List strings of the code that a language lacks, or whose placeholders differ."""
    wrong = []
    needed = {key: ids for messages in found_messages().values() for key, ids in messages.items()}
    for language in LOCALES:
        known = all_translations(language)
        for key, ids in needed.items():
            if key not in known:
                wrong.append(f"{language}: not translated: {key[1]!r}")
                continue
            if (len(ids) > 1) != isinstance(known[key].id, tuple):
                wrong.append(f"{language}: singular and plural differ from the code: {key[1]!r}")
            wrong += [f"{language}: {key[1]!r}: {error}" for error in _placeholder_errors(known[key])]
    return wrong


def _placeholder_errors(message: Message) -> list[str]:
    names = lambda text: set(re.findall(r"%\((\w+)\)", text))  # noqa: E731
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    allowed = set().union(*(names(i) for i in ids))
    wrong = [f"unknown placeholder in {s!r}" for s in strings if names(s) - allowed]
    if len(ids) == 1 and names(strings[0]) != allowed:
        wrong.append(f"placeholders differ in {strings[0]!r}")
    return wrong


def compile_all() -> None:
    """Join the rooms' files into the one catalogue that the app reads."""
    for language in LOCALES:
        whole = Catalog(locale=LOCALES[language], charset="utf-8")
        if language == "ar":
            whole.mime_headers = [("Plural-Forms", ARABIC_PLURALS)]
        for key, message in all_translations(language).items():
            whole.add(message.id, message.string, context=key[0])
        target = FOLDER / language / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")
        with fresh.open("wb") as file:
            write_mo(file, whole)
        fresh.replace(target)


def main() -> int:
    """Do what is asked."""
    verb = sys.argv[1] if len(sys.argv) > 1 else "check"
    if verb == "update":
        update(sys.argv[2] if len(sys.argv) > 2 else None)
    elif verb == "compile":
        compile_all()
    else:
        wrong = problems()
        print(*wrong, sep="\n", end="\n" if wrong else "")
        return bool(wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main())
