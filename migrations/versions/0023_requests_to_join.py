"""people ask to act for an organisation that is known already"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "join_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("passed_on_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('open','accepted','refused')", name=op.f("ck_join_requests_state")),
        sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name=op.f("ck_join_requests_answered")),
        sa.ForeignKeyConstraint(["answered_by"], ["users.id"], name=op.f("fk_join_requests_answered_by")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_join_requests_edition_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_join_requests_organisation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_join_requests_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_requests")),
    )
    for column in ("edition_id", "organisation_id", "user_id"):
        op.create_index(op.f(f"ix_join_requests_{column}"), "join_requests", [column], unique=False)
    one_open = sa.text("state = 'open'")
    op.create_index("uq_join_requests_open", "join_requests", ["edition_id", "organisation_id", "user_id"], unique=True, sqlite_where=one_open, postgresql_where=one_open)


def downgrade() -> None:
    """Go back."""
    op.drop_index("uq_join_requests_open", table_name="join_requests")
    for column in ("user_id", "organisation_id", "edition_id"):
        op.drop_index(op.f(f"ix_join_requests_{column}"), table_name="join_requests")
    op.drop_table("join_requests")
