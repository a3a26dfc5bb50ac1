"""links that open a registration under way"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("registration_drafts", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_registration_drafts_id_edition_id"), ["id", "edition_id"])
    op.create_table(
        "resume_links",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "key_hash", name=op.f("pk_resume_links")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_resume_links_edition_id")),
        sa.ForeignKeyConstraint(["draft_id", "edition_id"], ["registration_drafts.id", "registration_drafts.edition_id"], name=op.f("fk_resume_links_draft_id_edition_id")),
    )
    op.create_index(op.f("ix_resume_links_draft_id"), "resume_links", ["draft_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_resume_links_draft_id"), table_name="resume_links")
    op.drop_table("resume_links")
    with op.batch_alter_table("registration_drafts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_registration_drafts_id_edition_id"), type_="unique")
