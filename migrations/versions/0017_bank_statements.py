"""bank statements and what was recorded by them"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES = ("line_payments", "recorded_lines", "statement_lines", "statements")


def upgrade() -> None:
    """Go forward."""
    op.create_index("uq_payments_id_edition_id", "payments", ["id", "edition_id"], unique=True)
    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_statements_by_user_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_statements_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_statements_id_edition_id")),
    )
    op.create_index("ix_statements_edition_id", "statements", ["edition_id"], unique=False)
    op.create_table(
        "statement_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_statement_lines_amount")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_statement_lines_edition_id")),
        sa.ForeignKeyConstraint(["statement_id", "edition_id"], ["statements.id", "statements.edition_id"], name=op.f("fk_statement_lines_statement_id_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_lines")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_statement_lines_id_edition_id")),
        sa.UniqueConstraint("statement_id", "row", name=op.f("uq_statement_lines_statement_id_row")),
    )
    op.create_index("ix_statement_lines_key", "statement_lines", ["key"], unique=False)
    op.create_table(
        "recorded_lines",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_recorded_lines_edition_id")),
        sa.ForeignKeyConstraint(["line_id", "edition_id"], ["statement_lines.id", "statement_lines.edition_id"], name=op.f("fk_recorded_lines_line_id_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", "key", name=op.f("pk_recorded_lines")),
    )
    op.create_index("ix_recorded_lines_line_id", "recorded_lines", ["line_id"], unique=False)
    op.create_table(
        "line_payments",
        sa.Column("payment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_line_payments_edition_id")),
        sa.ForeignKeyConstraint(["line_id", "edition_id"], ["statement_lines.id", "statement_lines.edition_id"], name=op.f("fk_line_payments_line_id_edition_id")),
        sa.ForeignKeyConstraint(["payment_id", "edition_id"], ["payments.id", "payments.edition_id"], name=op.f("fk_line_payments_payment_id_edition_id")),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_line_payments")),
    )
    op.create_index("ix_line_payments_line_id", "line_payments", ["line_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("uq_payments_id_edition_id", "payments")
