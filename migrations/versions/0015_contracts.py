"""contracts and how they were accepted"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.append_only import trigger_statements
from eventapp.core.db import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FACTS = ("contracts", "contract_acceptances")
TABLES = ("contract_evidence", "contract_acceptances", "contracts")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "contracts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("conditions_id", sa.Integer(), nullable=True),
        sa.Column("drawn_at", UtcDateTime(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("vat_percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("net", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("vat", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("seller", sa.JSON(), nullable=False),
        sa.Column("party", sa.JSON(), nullable=False),
        sa.Column("show", sa.JSON(), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("abs(net + vat - total) < 0.005", name=op.f("ck_contracts_total")),
        sa.CheckConstraint("length(sha256) = 64 AND length(mark) = 64", name=op.f("ck_contracts_hashes")),
        sa.CheckConstraint("number > 0", name=op.f("ck_contracts_number")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_contracts_by_user_id")),
        sa.ForeignKeyConstraint(["conditions_id", "edition_id"], ["exhibiting_conditions.id", "exhibiting_conditions.edition_id"], name=op.f("fk_contracts_conditions_id_edition_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_contracts_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_contracts_exhibitor_id_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts")),
        sa.UniqueConstraint("exhibitor_id", "number", name=op.f("uq_contracts_exhibitor_id_number")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_contracts_id_edition_id")),
    )
    op.create_index("ix_contracts_edition_id", "contracts", ["edition_id"], unique=False)
    op.create_table(
        "contract_acceptances",
        sa.Column("contract_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.CheckConstraint("language IN ('fr','ar','en')", name=op.f("ck_contract_acceptances_language")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_contract_acceptances_sha256")),
        sa.CheckConstraint("way IN ('click','signed_copy')", name=op.f("ck_contract_acceptances_way")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_contract_acceptances_by_user_id")),
        sa.ForeignKeyConstraint(["contract_id", "edition_id"], ["contracts.id", "contracts.edition_id"], name=op.f("fk_contract_acceptances_contract_id_edition_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_contract_acceptances_edition_id")),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_contract_acceptances")),
    )
    op.create_table(
        "contract_evidence",
        sa.Column("contract_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["contract_id", "edition_id"], ["contracts.id", "contracts.edition_id"], name=op.f("fk_contract_evidence_contract_id_edition_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_contract_evidence_edition_id")),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_contract_evidence")),
    )
    for table in FACTS:
        for statement in trigger_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Go back."""
    for table in TABLES:
        op.drop_table(table)
