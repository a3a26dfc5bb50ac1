"""lists of exhibitors that organisers bring along"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import BigId, UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "exhibitor_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("becomes", sa.String(length=12), nullable=False),
        sa.Column("invites", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("invited_at", UtcDateTime(), nullable=True),
        sa.Column("last_entry", BigId, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("becomes IN ('submitted','accepted')", name=op.f("ck_exhibitor_imports_becomes")),
        sa.CheckConstraint("state IN ('prepared', 'done', 'undone', 'dropped')", name=op.f("ck_exhibitor_imports_state")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_exhibitor_imports_by_user_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_exhibitor_imports_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibitor_imports")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_exhibitor_imports_id_edition_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_exhibitor_imports_edition_id"), "exhibitor_imports", ["edition_id"], unique=False)
    op.create_table(
        "imported_exhibitors",
        sa.Column("import_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=8), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.CheckConstraint("act IN ('added','updated')", name=op.f("ck_imported_exhibitors_act")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_imported_exhibitors_exhibitor_id_edition_id")),
        sa.ForeignKeyConstraint(["import_id", "edition_id"], ["exhibitor_imports.id", "exhibitor_imports.edition_id"], name=op.f("fk_imported_exhibitors_import_id_edition_id")),
        sa.PrimaryKeyConstraint("import_id", "exhibitor_id", name=op.f("pk_imported_exhibitors")),
    )
    op.create_index(op.f("ix_imported_exhibitors_exhibitor_id"), "imported_exhibitors", ["exhibitor_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_imported_exhibitors_exhibitor_id"), table_name="imported_exhibitors")
    op.drop_table("imported_exhibitors")
    op.drop_index(op.f("ix_exhibitor_imports_edition_id"), table_name="exhibitor_imports")
    op.drop_table("exhibitor_imports")
