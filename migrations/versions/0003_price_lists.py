"""price lists"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ONE_FOR_A_STAND = sa.text("on_sale AND kind IN ('space','supplement')")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "price_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("stand_kind", sa.String(length=10), nullable=False),
        sa.Column("open_sides", sa.Integer(), nullable=False),
        sa.Column("least_area_m2", sa.Numeric(precision=7, scale=2), nullable=False),
        sa.Column("per_co_exhibitor", sa.Boolean(), nullable=False),
        sa.Column("on_sale", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_items")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_price_items_edition_id_code")),
        sa.CheckConstraint("kind IN ('package','space','supplement','extra')", name=op.f("ck_price_items_kind")),
        sa.CheckConstraint(
            "unit = 'each' OR (unit = 'm2' AND kind <> 'package') OR (unit = 'percent' AND kind = 'supplement' AND amount <= 100)", name=op.f("ck_price_items_unit")
        ),
        sa.CheckConstraint("kind <> 'space' OR unit = 'm2'", name=op.f("ck_price_items_space_unit")),
        sa.CheckConstraint("amount >= 0 AND amount < 10000000", name=op.f("ck_price_items_amount")),
        sa.CheckConstraint("stand_kind IN ('both','bare','equipped')", name=op.f("ck_price_items_stand_kind")),
        sa.CheckConstraint("(kind = 'supplement' AND open_sides BETWEEN 2 AND 4) OR (kind <> 'supplement' AND open_sides = 0)", name=op.f("ck_price_items_open_sides")),
        sa.CheckConstraint("least_area_m2 >= 0 AND (least_area_m2 = 0 OR kind IN ('space','supplement'))", name=op.f("ck_price_items_least_area")),
        sa.CheckConstraint("NOT per_co_exhibitor OR kind = 'package'", name=op.f("ck_price_items_per_co_exhibitor")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_price_items_edition_id")),
    )
    columns = ["edition_id", "kind", "stand_kind", "open_sides", "least_area_m2"]
    op.create_index("uq_price_items_stand", "price_items", columns, unique=True, sqlite_where=ONE_FOR_A_STAND, postgresql_where=ONE_FOR_A_STAND)
    op.create_table(
        "price_lists",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("deposit_percent", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("payment_days", sa.Integer(), nullable=False),
        sa.Column("co_exhibitor_badges", sa.Integer(), nullable=False),
        sa.Column("more_every_m2", sa.Numeric(precision=7, scale=2), nullable=True),
        sa.Column("extra_badge_amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("note", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_price_lists")),
        sa.CheckConstraint("deposit_percent BETWEEN 0 AND 100", name=op.f("ck_price_lists_deposit")),
        sa.CheckConstraint("payment_days BETWEEN 0 AND 365", name=op.f("ck_price_lists_payment_days")),
        sa.CheckConstraint("co_exhibitor_badges BETWEEN 0 AND 999", name=op.f("ck_price_lists_co_exhibitor_badges")),
        sa.CheckConstraint("more_every_m2 > 0", name=op.f("ck_price_lists_more_every")),
        sa.CheckConstraint("extra_badge_amount >= 0 AND extra_badge_amount < 10000000", name=op.f("ck_price_lists_extra_badge")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_price_lists_edition_id")),
    )
    op.create_table(
        "quota_steps",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_area_m2", sa.Numeric(precision=7, scale=2), nullable=False),
        sa.Column("badges", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "from_area_m2", name=op.f("pk_quota_steps")),
        sa.CheckConstraint("from_area_m2 > 0", name=op.f("ck_quota_steps_area")),
        sa.CheckConstraint("badges BETWEEN 0 AND 999", name=op.f("ck_quota_steps_badges")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_quota_steps_edition_id")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("quota_steps")
    op.drop_table("price_lists")
    op.drop_index("uq_price_items_stand", table_name="price_items")
    op.drop_table("price_items")
