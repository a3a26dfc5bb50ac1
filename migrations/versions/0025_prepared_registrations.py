"""registrations that an organiser prepared for somebody"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "prepared_registrations",
        sa.Column("draft_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("last_mail_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_prepared_registrations_by_user_id")),
        sa.ForeignKeyConstraint(
            ["draft_id", "edition_id"], ["registration_drafts.id", "registration_drafts.edition_id"], name=op.f("fk_prepared_registrations_draft_id_edition_id")
        ),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_prepared_registrations")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("prepared_registrations")
