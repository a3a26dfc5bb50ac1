"""searches for who gets which stand, what they proposed, and who is kept apart"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "assignment_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.Column("conflict", sa.JSON(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'cut_off', 'failed')", name=op.f("ck_assignment_runs_state")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_assignment_runs_by_user_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_assignment_runs_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_runs")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_assignment_runs_id_edition_id")),
    )
    op.create_index("ix_assignment_runs_edition_id", "assignment_runs", ["edition_id", "id"], unique=False)
    under_way = sa.text("state IN ('waiting','running')")
    op.create_index("uq_assignment_runs_under_way", "assignment_runs", ["edition_id"], unique=True, sqlite_where=under_way, postgresql_where=under_way)
    op.create_table(
        "assignment_lines",
        sa.Column("run_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=True),
        sa.Column("kept", sa.String(length=6), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("accepted_at IS NULL OR stand_id IS NOT NULL", name=op.f("ck_assignment_lines_accepted")),
        sa.CheckConstraint("kept <> 'locked' OR stand_id IS NOT NULL", name=op.f("ck_assignment_lines_locked")),
        sa.CheckConstraint("kept <> 'out' OR stand_id IS NULL", name=op.f("ck_assignment_lines_out")),
        sa.CheckConstraint("kept IN ('','locked','out')", name=op.f("ck_assignment_lines_kept")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_assignment_lines_exhibitor_id_edition_id")),
        sa.ForeignKeyConstraint(["run_id", "edition_id"], ["assignment_runs.id", "assignment_runs.edition_id"], name=op.f("fk_assignment_lines_run_id_edition_id")),
        sa.ForeignKeyConstraint(["stand_id", "edition_id"], ["stands.id", "stands.edition_id"], name=op.f("fk_assignment_lines_stand_id_edition_id")),
        sa.PrimaryKeyConstraint("run_id", "exhibitor_id", name=op.f("pk_assignment_lines")),
        sa.UniqueConstraint("run_id", "stand_id", name=op.f("uq_assignment_lines_run_id_stand_id")),
    )
    op.create_index("ix_assignment_lines_exhibitor_id", "assignment_lines", ["exhibitor_id"], unique=False)
    op.create_table(
        "kept_apart",
        sa.Column("one_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("one_id <> other_id", name=op.f("ck_kept_apart_two")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_kept_apart_by_user_id")),
        sa.ForeignKeyConstraint(["one_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_kept_apart_one_id_edition_id")),
        sa.ForeignKeyConstraint(["other_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_kept_apart_other_id_edition_id")),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_kept_apart")),
    )
    op.create_index("ix_kept_apart_edition_id", "kept_apart", ["edition_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_kept_apart_edition_id", table_name="kept_apart")
    op.drop_table("kept_apart")
    op.drop_index("ix_assignment_lines_exhibitor_id", table_name="assignment_lines")
    op.drop_table("assignment_lines")
    under_way = sa.text("state IN ('waiting','running')")
    op.drop_index("uq_assignment_runs_under_way", table_name="assignment_runs", sqlite_where=under_way, postgresql_where=under_way)
    op.drop_index("ix_assignment_runs_edition_id", table_name="assignment_runs")
    op.drop_table("assignment_runs")
