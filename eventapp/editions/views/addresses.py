"""Which words the program's own addresses use where an edition's name would stand."""

from flask import Flask

# addresses of later parts of the program, so that no edition sits on them
KEPT = frozenset({"api", "assets", "b", "door", "healthz", "metrics", "readyz", "verify"})


def reserved_words(app: Flask) -> frozenset[str]:
    """List the words that no edition may be called: every fixed part of an address that stands where others have `<edition>`."""
    rules = [rule.rule.split("/") for rule in app.url_map.iter_rules()]
    before = {tuple(parts[: parts.index("<edition>")]) for parts in rules if "<edition>" in parts}
    words = {parts[len(start)] for parts in rules for start in before if len(parts) > len(start) and tuple(parts[: len(start)]) == start}
    return KEPT | {word.lower() for word in words if word and not word.startswith("<")}
