"""the id of a removed hall, zone, room or price is never given again"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("halls", "zones", "rooms", "price_items")


def upgrade() -> None:
    """Go forward."""
    number_anew(once=True)


def downgrade() -> None:
    """Go back."""
    number_anew(once=False)


def number_anew(*, once: bool) -> None:
    """Let SQLite count the ids of these tables on, or from the largest that is there; PostgreSQL's sequences always count on."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in TABLES:
        with op.batch_alter_table(table, schema=None, recreate="always", table_kwargs={"sqlite_autoincrement": once}):
            pass
