"""registered visitors are asked before they join a staff"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "staff_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("attendee_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("extra", sa.Boolean(), nullable=False),
        sa.Column("organisation_before", sa.String(length=160), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('open','accepted','declined','withdrawn')", name=op.f("ck_staff_requests_state")),
        sa.ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"], name=op.f("fk_staff_requests_attendee_id_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_staff_requests_exhibitor_id_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_requests")),
        sa.UniqueConstraint("exhibitor_id", "attendee_id", name=op.f("uq_staff_requests_exhibitor_id_attendee_id")),
        sa.UniqueConstraint("key", name=op.f("uq_staff_requests_key")),
    )
    op.create_index(op.f("ix_staff_requests_attendee_id"), "staff_requests", ["attendee_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_staff_requests_attendee_id"), table_name="staff_requests")
    op.drop_table("staff_requests")
