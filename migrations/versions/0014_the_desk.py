"""views of the work list, and what was decided together"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_saved_views_edition_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_saved_views_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("edition_id", "user_id", "name", name=op.f("uq_saved_views_edition_id_user_id_name")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_saved_views_id_edition_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "default_views",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_default_views_user_id")),
        sa.ForeignKeyConstraint(["view_id", "edition_id"], ["saved_views.id", "saved_views.edition_id"], name=op.f("fk_default_views_view_id_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", "user_id", name=op.f("pk_default_views")),
    )
    op.create_table(
        "decisions_together",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=10), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.CheckConstraint("verb IN ('accept','waitlist','refuse','withdraw')", name=op.f("ck_decisions_together_verb")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_decisions_together_by_user_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_decisions_together_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions_together")),
    )
    op.create_index(op.f("ix_decisions_together_edition_id"), "decisions_together", ["edition_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_decisions_together_edition_id"), table_name="decisions_together")
    op.drop_table("decisions_together")
    op.drop_table("default_views")
    op.drop_table("saved_views")
