"""what belongs together is of one edition"""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What others point at together with its edition.
POINTED_AT = ("zones", "gates", "devices", "attendees")

# Who points at what: the table, its column, and the table pointed at.
POINTING = (
    ("attendees", "exhibitor_id", "exhibitors"),
    ("registration_drafts", "exhibitor_id", "exhibitors"),
    ("badges", "attendee_id", "attendees"),
    ("gates", "zone_id", "zones"),
    ("devices", "gate_id", "gates"),
    ("scans", "gate_id", "gates"),
    ("scans", "zone_id", "zones"),
    ("scans", "device_id", "devices"),
    ("scans", "attendee_id", "attendees"),
    ("scans", "since_gate_id", "gates"),
    ("presence", "attendee_id", "attendees"),
    ("presence", "zone_id", "zones"),
    ("presence", "gate_id", "gates"),
    ("visits", "attendee_id", "attendees"),
    ("occupancy", "owner_id", "sessions"),
    ("occupancy", "session_id", "sessions"),
)

# These had no key of their own before.
UNTIED = {("scans", "attendee_id"), ("occupancy", "owner_id"), ("occupancy", "session_id")}

# The scan path writes these: that the edition exists follows from what they point at, and is not looked up a second time.
WITHOUT_EDITION_KEY = ("scans", "presence", "visits")

TABLES = ("zones", "gates", "devices", "attendees", "registration_drafts", "badges", "scans", "presence", "visits", "occupancy")


def upgrade() -> None:
    """Go forward."""
    refuse_strays()
    op.execute("DELETE FROM zone_rules WHERE day IS NULL AND id NOT IN (SELECT min(id) FROM zone_rules WHERE day IS NULL GROUP BY zone_id, category)")
    op.create_index("uq_zone_rules_every_day", "zone_rules", ["zone_id", "category"], unique=True, sqlite_where=sa.text("day IS NULL"), postgresql_where=sa.text("day IS NULL"))
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            if table in POINTED_AT:
                batch_op.create_unique_constraint(batch_op.f(f"uq_{table}_id_edition_id"), ["id", "edition_id"])
            if table in WITHOUT_EDITION_KEY:
                batch_op.drop_constraint(batch_op.f(f"fk_{table}_edition_id"), type_="foreignkey")
            for column, there in pointing_from(table):
                if (table, column) not in UNTIED:
                    batch_op.drop_constraint(batch_op.f(f"fk_{table}_{column}"), type_="foreignkey")
                batch_op.create_foreign_key(batch_op.f(f"fk_{table}_{column}_edition_id"), there, [column, "edition_id"], ["id", "edition_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("uq_zone_rules_every_day", table_name="zone_rules")
    for table in reversed(TABLES):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column, there in pointing_from(table):
                batch_op.drop_constraint(batch_op.f(f"fk_{table}_{column}_edition_id"), type_="foreignkey")
                if (table, column) not in UNTIED:
                    batch_op.create_foreign_key(batch_op.f(f"fk_{table}_{column}"), there, [column], ["id"])
            if table in WITHOUT_EDITION_KEY:
                batch_op.create_foreign_key(batch_op.f(f"fk_{table}_edition_id"), "editions", ["edition_id"], ["id"])
            if table in POINTED_AT:
                batch_op.drop_constraint(batch_op.f(f"uq_{table}_id_edition_id"), type_="unique")


def pointing_from(table: str) -> list[tuple[str, str]]:
    """List a table's columns that point at something of its edition, and where."""
    return [(column, there) for here, column, there in POINTING if here == table]


def refuse_strays() -> None:
    """Stop before anything is changed when a row points into another edition or at nothing, and name such rows: a person has to say what is right."""
    found = []
    for table, column, there in POINTING:
        stray = f"FROM {table} c LEFT JOIN {there} p ON p.id = c.{column} AND p.edition_id = c.edition_id WHERE c.{column} IS NOT NULL AND p.id IS NULL"  # noqa: S608 - our own names
        numbers = op.get_bind().execute(sa.text(f"SELECT DISTINCT c.{column} {stray} ORDER BY 1 LIMIT 5")).scalars().all()
        if numbers:
            found.append(f"{table} name {there} of another edition: {column} {', '.join(str(number) for number in numbers)}")
    if found:
        raise CommandError(f"rows cross editions; put them right, then upgrade again: {'; '.join(found)}")
