"""credits with a name, and where they went"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; what was kept under a name before is there to be used."""
    op.create_table(
        "named_credits",
        sa.Column("payment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("used", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.CheckConstraint("used >= 0 AND used <= amount", name=op.f("ck_named_credits_used")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_named_credits_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_named_credits_exhibitor_id_edition_id")),
        sa.ForeignKeyConstraint(["payment_id", "edition_id"], ["payments.id", "payments.edition_id"], name=op.f("fk_named_credits_payment_id_edition_id")),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_named_credits")),
    )
    op.create_index("ix_named_credits_exhibitor_id", "named_credits", ["exhibitor_id"], unique=False)
    kept = "SELECT id, edition_id, exhibitor_id, amount, 0 FROM payments WHERE invoice_id IS NULL AND cancelled_at IS NULL"
    op.execute(f"INSERT INTO named_credits (payment_id, edition_id, exhibitor_id, amount, used) {kept}")
    op.create_table(
        "credit_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("from_invoice_id", sa.Integer(), nullable=True),
        sa.Column("from_payment_id", sa.Integer(), nullable=True),
        sa.Column("to_invoice_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_credit_moves_amount")),
        sa.CheckConstraint("(from_invoice_id IS NULL) <> (from_payment_id IS NULL)", name=op.f("ck_credit_moves_source")),
        sa.CheckConstraint("to_invoice_id IS NULL OR from_invoice_id IS NULL OR to_invoice_id <> from_invoice_id", name=op.f("ck_credit_moves_another")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_credit_moves_by_user_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_credit_moves_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_credit_moves_exhibitor_id_edition_id")),
        sa.ForeignKeyConstraint(["from_invoice_id", "edition_id"], ["invoices.id", "invoices.edition_id"], name=op.f("fk_credit_moves_from_invoice_id_edition_id")),
        sa.ForeignKeyConstraint(["from_payment_id", "edition_id"], ["payments.id", "payments.edition_id"], name=op.f("fk_credit_moves_from_payment_id_edition_id")),
        sa.ForeignKeyConstraint(["to_invoice_id", "edition_id"], ["invoices.id", "invoices.edition_id"], name=op.f("fk_credit_moves_to_invoice_id_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_moves")),
    )
    op.create_index("ix_credit_moves_exhibitor_id", "credit_moves", ["exhibitor_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_table("credit_moves")
    op.drop_table("named_credits")
