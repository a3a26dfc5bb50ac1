"""the badges that come with a stand are numbered seats"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward: everybody on a staff now has a seat, in the order in which they came."""
    op.create_table(
        "staff_seats",
        sa.Column("exhibitor_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seat", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("attendee_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("seat > 0", name=op.f("ck_staff_seats_seat")),
        sa.ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"], name=op.f("fk_staff_seats_attendee_id_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_staff_seats_exhibitor_id_edition_id")),
        sa.PrimaryKeyConstraint("exhibitor_id", "seat", name=op.f("pk_staff_seats")),
        sa.UniqueConstraint("attendee_id", name=op.f("uq_staff_seats_attendee_id")),
    )
    op.execute(
        "INSERT INTO staff_seats (exhibitor_id, seat, edition_id, attendee_id) "
        "SELECT exhibitor_id, row_number() OVER (PARTITION BY exhibitor_id ORDER BY id), edition_id, id FROM attendees WHERE exhibitor_id IS NOT NULL AND withdrawn_at IS NULL"
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("staff_seats")
