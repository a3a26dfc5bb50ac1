"""contracts that came back signed"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "signed_copies",
        sa.Column("contract_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id", "edition_id"], ["contracts.id", "contracts.edition_id"], name=op.f("fk_signed_copies_contract_id_edition_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_signed_copies_edition_id")),
        sa.ForeignKeyConstraint(["file_id", "edition_id"], ["stored_files.id", "stored_files.edition_id"], name=op.f("fk_signed_copies_file_id_edition_id")),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_signed_copies")),
    )
    op.create_index("ix_signed_copies_file_id", "signed_copies", ["file_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_table("signed_copies")
