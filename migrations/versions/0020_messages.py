"""messages between organiser and exhibitors"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "circulars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_circulars_by_user_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_circulars_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circulars")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_circulars_id_edition_id")),
    )
    op.create_index(op.f("ix_circulars_edition_id"), "circulars", ["edition_id"], unique=False)
    op.create_table(
        "exhibitor_messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("circular_id", sa.Integer(), nullable=True),
        sa.Column("from_organiser", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("circular_id IS NULL OR from_organiser", name=op.f("ck_exhibitor_messages_circular")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_exhibitor_messages_by_user_id")),
        sa.ForeignKeyConstraint(["circular_id", "edition_id"], ["circulars.id", "circulars.edition_id"], name=op.f("fk_exhibitor_messages_circular_id_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_exhibitor_messages_exhibitor_id_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibitor_messages")),
        sa.UniqueConstraint("exhibitor_id", "circular_id", name=op.f("uq_exhibitor_messages_exhibitor_id_circular_id")),
    )
    op.create_index(op.f("ix_exhibitor_messages_circular_id"), "exhibitor_messages", ["circular_id"], unique=False)
    op.create_index(op.f("ix_exhibitor_messages_exhibitor_id"), "exhibitor_messages", ["exhibitor_id"], unique=False)
    op.create_index("ix_exhibitor_messages_unread", "exhibitor_messages", ["edition_id", "from_organiser", "read_at"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_exhibitor_messages_unread", table_name="exhibitor_messages")
    op.drop_index(op.f("ix_exhibitor_messages_exhibitor_id"), table_name="exhibitor_messages")
    op.drop_index(op.f("ix_exhibitor_messages_circular_id"), table_name="exhibitor_messages")
    op.drop_table("exhibitor_messages")
    op.drop_index(op.f("ix_circulars_edition_id"), table_name="circulars")
    op.drop_table("circulars")
