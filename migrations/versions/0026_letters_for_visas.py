"""letters of invitation for visas"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "visa_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("attendee_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("leaves_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("language IN ('fr','en')", name=op.f("ck_visa_requests_language")),
        sa.CheckConstraint("state IN ('open','issued','refused','withdrawn')", name=op.f("ck_visa_requests_state")),
        sa.ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"], name=op.f("fk_visa_requests_attendee_id_edition_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_visa_requests_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_visa_requests_exhibitor_id_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visa_requests")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_visa_requests_id_edition_id")),
    )
    op.create_index("ix_visa_requests_edition_id", "visa_requests", ["edition_id"], unique=False)
    op.create_index("ix_visa_requests_exhibitor_id", "visa_requests", ["exhibitor_id"], unique=False)
    op.create_index("uq_visa_requests_open", "visa_requests", ["attendee_id"], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_table(
        "visa_passports",
        sa.Column("request_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("nationality", sa.String(length=2), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_visa_passports_edition_id")),
        sa.ForeignKeyConstraint(["request_id", "edition_id"], ["visa_requests.id", "visa_requests.edition_id"], name=op.f("fk_visa_passports_request_id_edition_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_visa_passports")),
    )
    op.create_table(
        "visa_letters",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_visa_letters_number")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_visa_letters_by_user_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_visa_letters_edition_id")),
        sa.ForeignKeyConstraint(["request_id", "edition_id"], ["visa_requests.id", "visa_requests.edition_id"], name=op.f("fk_visa_letters_request_id_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", "number", name=op.f("pk_visa_letters")),
        sa.UniqueConstraint("request_id", name=op.f("uq_visa_letters_request_id")),
    )


def downgrade() -> None:
    """Go back."""
    for table in ("visa_letters", "visa_passports", "visa_requests"):
        op.drop_table(table)
