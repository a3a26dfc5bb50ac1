"""invoices and payments"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.append_only import trigger_statements
from eventapp.core.db import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FACTS = ("invoices", "invoice_lines")
TABLES = ("payments", "invoice_lines", "invoice_accounts", "invoices", "billings", "withdrawal_steps", "sellers", "invoice_series")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "invoice_series",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('deposit', 'balance', 'credit_note')", name=op.f("ck_invoice_series_kind")),
        sa.CheckConstraint("last_number >= 0", name=op.f("ck_invoice_series_last_number")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_invoice_series_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", "kind", name=op.f("pk_invoice_series")),
    )
    op.create_table(
        "sellers",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_ar", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("ice", sa.String(length=15), nullable=False),
        sa.Column("tax_id", sa.String(length=20), nullable=False),
        sa.Column("patente", sa.String(length=20), nullable=False),
        sa.Column("rc", sa.String(length=60), nullable=False),
        sa.Column("bank", sa.String(length=120), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("bic", sa.String(length=11), nullable=False),
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_sellers_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_sellers")),
    )
    op.create_table(
        "withdrawal_steps",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("percent_kept", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.CheckConstraint("percent_kept BETWEEN 0 AND 100", name=op.f("ck_withdrawal_steps_percent")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_withdrawal_steps_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", "from_day", name=op.f("pk_withdrawal_steps")),
    )
    op.create_table(
        "billings",
        sa.Column("exhibitor_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("ice", sa.String(length=15), nullable=False),
        sa.Column("purchase_order", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_billings_exhibitor_id_edition_id")),
        sa.PrimaryKeyConstraint("exhibitor_id", name=op.f("pk_billings")),
    )
    op.create_table(
        "invoices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("credits_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("vat_percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("net", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("vat", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("seller", sa.JSON(), nullable=False),
        sa.Column("buyer", sa.JSON(), nullable=False),
        sa.Column("show", sa.JSON(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(kind = 'credit_note') = (credits_id IS NOT NULL)", name=op.f("ck_invoices_credits")),
        sa.CheckConstraint("(kind = 'credit_note') = (due_on IS NULL)", name=op.f("ck_invoices_due")),
        sa.CheckConstraint("kind IN ('deposit', 'balance', 'credit_note')", name=op.f("ck_invoices_kind")),
        sa.CheckConstraint("net >= 0 AND vat >= 0 AND total > 0 AND abs(net + vat - total) < 0.005", name=op.f("ck_invoices_total")),
        sa.CheckConstraint("number > 0 AND turn > 0", name=op.f("ck_invoices_number")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_invoices_by_user_id")),
        sa.ForeignKeyConstraint(["credits_id", "edition_id"], ["invoices.id", "invoices.edition_id"], name=op.f("fk_invoices_credits_id_edition_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_invoices_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_invoices_exhibitor_id_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
        sa.UniqueConstraint("edition_id", "kind", "number", name=op.f("uq_invoices_edition_id_kind_number")),
        sa.UniqueConstraint("exhibitor_id", "kind", "turn", name=op.f("uq_invoices_exhibitor_id_kind_turn")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_invoices_id_edition_id")),
    )
    with op.batch_alter_table("invoices", schema=None) as batch_op:
        batch_op.create_index("ix_invoices_credits_id", ["credits_id"], unique=False)

    op.create_table(
        "invoice_accounts",
        sa.Column("invoice_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("total", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("credited", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("paid", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.CheckConstraint("credited >= 0 AND credited <= total", name=op.f("ck_invoice_accounts_credited")),
        sa.CheckConstraint("paid >= 0 AND paid <= total", name=op.f("ck_invoice_accounts_paid")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_invoice_accounts_exhibitor_id_edition_id")),
        sa.ForeignKeyConstraint(["invoice_id", "edition_id"], ["invoices.id", "invoices.edition_id"], name=op.f("fk_invoice_accounts_invoice_id_edition_id")),
        sa.PrimaryKeyConstraint("invoice_id", name=op.f("pk_invoice_accounts")),
    )
    with op.batch_alter_table("invoice_accounts", schema=None) as batch_op:
        batch_op.create_index("ix_invoice_accounts_edition_id", ["edition_id", "due_on"], unique=False)
        batch_op.create_index("ix_invoice_accounts_exhibitor_id", ["exhibitor_id"], unique=False)

    op.create_table(
        "invoice_lines",
        sa.Column("invoice_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("stand", sa.String(length=8), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("unit_price", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("net", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("area_m2", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoices.id"], name=op.f("fk_invoice_lines_invoice_id")),
        sa.PrimaryKeyConstraint("invoice_id", "position", name=op.f("pk_invoice_lines")),
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("credit_name", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(invoice_id IS NULL) = (credit_name <> '')", name=op.f("ck_payments_credit")),
        sa.CheckConstraint("method IN ('transfer')", name=op.f("ck_payments_method")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payments_amount")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_payments_by_user_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_payments_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_payments_exhibitor_id_edition_id")),
        sa.ForeignKeyConstraint(["invoice_id", "edition_id"], ["invoices.id", "invoices.edition_id"], name=op.f("fk_payments_invoice_id_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index("ix_payments_exhibitor_id", ["exhibitor_id"], unique=False)
        batch_op.create_index("ix_payments_invoice_id", ["invoice_id"], unique=False)

    for table in FACTS:
        for statement in trigger_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Go back."""
    for table in TABLES:
        op.drop_table(table)
