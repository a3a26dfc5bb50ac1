"""apostrophes and hyphens are folded: what is stored folded is folded again"""

import json
import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MARKS = str.maketrans({**dict.fromkeys("‘’‛ʹʻʼʽˈ`´′＇", "'"), **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")})  # noqa: RUF001 - they look alike, which is the point
# Table, folded column, the texts that are folded in it.
ATTENDEES = "FROM attendees AS a JOIN person_names AS n ON n.person_id = a.person_id"
COLUMNS = (
    ("organisations", "folded", "SELECT id, folded, name, name_ar FROM organisations"),
    ("person_names", "folded", "SELECT id, folded, given, family FROM person_names"),
    ("exhibitors", "folded", "SELECT id, folded, public_name, public_name_ar FROM exhibitors"),
    ("agreements", "folded", "SELECT id, folded, title, subject FROM agreements"),
    ("sessions", "folded", "SELECT id, folded, title FROM sessions"),
    ("attendees", "search_text", f"SELECT a.id, a.search_text, n.given, n.family, a.organisation_name {ATTENDEES}"),  # noqa: S608 - no input
    ("attendees", "folded_name", f"SELECT a.id, a.folded_name, n.given, n.family {ATTENDEES}"),  # noqa: S608 - no input
)


def upgrade() -> None:
    """Go forward."""
    for table, column, query in COLUMNS:
        fold_again(table, column, query)


def downgrade() -> None:
    """Go back: how a mark was typed is not known any more, and the release before finds such names as it finds those typed with a plain one."""


def fold_again(table: str, column: str, query: str) -> None:
    """Fold what a column holds; an attendee of that name and address who is there already keeps the name to themselves."""
    connection = op.get_bind()
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    for row_id, folded, *texts in connection.execute(sa.text(query)):
        before[row_id] = folded
        after[row_id] = apart(after.get(row_id, folded), texts)
    for row_id, folded in sorted(after.items()):
        marked = folded.translate(MARKS)
        if marked != before[row_id] and not (column == "folded_name" and is_taken(row_id, marked)):
            connection.execute(sa.text(f"UPDATE {table} SET {column} = :folded WHERE id = :id"), {"folded": marked, "id": row_id})  # noqa: S608 - names of our own


def is_taken(attendee: int, folded: str) -> bool:
    """Say whether somebody else has that folded name at the same address."""
    query = "SELECT 1 FROM attendees AS a JOIN attendees AS b ON b.edition_id = a.edition_id AND b.email = a.email AND b.id <> a.id WHERE a.id = :id AND b.folded_name = :folded"
    return op.get_bind().execute(sa.text(query), {"id": attendee, "folded": folded}).first() is not None


def apart(folded: str, texts: list[object]) -> str:
    """Put back the acute accents that stood alone, of which folding made spaces."""
    for value in (value for text in texts if text for value in strings(text) if as_before(value) and "´" in value):
        folded = re.sub(rf"(?<!\S){re.escape(as_before(value))}(?!\S)", as_before(value.replace("´", "'")), folded)
    return folded


def strings(text: object) -> list[str]:
    """List the texts of a column, one or one in each language."""
    if isinstance(text, str) and text.startswith("{"):
        text = json.loads(text)
    return [str(value) for value in text.values()] if isinstance(text, dict) else [str(text)]


def as_before(text: str) -> str:
    """Fold as the release before did."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(bare.split())
