"""pages whose button was pressed"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "presses",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("led_to", sa.String(length=500), nullable=False),
        sa.Column("pressed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_presses")),
    )
    op.create_index(op.f("ix_presses_pressed_at"), "presses", ["pressed_at"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_presses_pressed_at"), table_name="presses")
    op.drop_table("presses")
