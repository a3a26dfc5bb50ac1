"""mails with badges that wait for a payment"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "held_badge_mails",
        sa.Column("attendee_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"], name=op.f("fk_held_badge_mails_attendee_id_edition_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_held_badge_mails_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_held_badge_mails_exhibitor_id_edition_id")),
        sa.PrimaryKeyConstraint("attendee_id", name=op.f("pk_held_badge_mails")),
    )
    op.create_index("ix_held_badge_mails_edition_id", "held_badge_mails", ["edition_id"], unique=False)
    op.create_index("ix_held_badge_mails_exhibitor_id", "held_badge_mails", ["exhibitor_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_table("held_badge_mails")
