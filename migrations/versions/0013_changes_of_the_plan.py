"""what was drawn on the plan, so that it can be undone"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "plan_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_plan_changes_by_user_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_plan_changes_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_changes")),
    )
    op.create_index("ix_plan_changes_edition_id", "plan_changes", ["edition_id", "id"], unique=False)
    number_features(once=True)


def downgrade() -> None:
    """Go back."""
    number_features(once=False)
    op.drop_index("ix_plan_changes_edition_id", table_name="plan_changes")
    op.drop_table("plan_changes")


def number_features(*, once: bool) -> None:
    """Let SQLite give no feature's id again; PostgreSQL's sequences always count on."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("floor_features", schema=None, recreate="always", table_kwargs={"sqlite_autoincrement": once}):
            pass
