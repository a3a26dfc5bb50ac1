"""what exhibitors bring and want, and the conditions that they accept"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.append_only import trigger_statements
from eventapp.core.db import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NEW_TEXTS = (("invoice_name", 120), ("invoice_email", 254), ("billing_entity", 160), ("purchase_order", 60))
SECTORS = "'machine_tools', 'sheet_metal', 'electronics', 'industrial_services', 'plastics', 'subcontracting', 'microtechnique', 'metal_transformation', 'training', 'other'"
FACTS = ("exhibiting_conditions", "accepted_conditions")
NEW_TABLES = ("accepted_conditions", "exhibiting_conditions", "ordered_extras", "represented_firms", "co_exhibitors", "exhibitor_products", "exhibitor_sectors")


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("exhibitors", schema=None) as batch_op:
        for name, length in NEW_TEXTS:
            batch_op.add_column(sa.Column(name, sa.String(length=length), server_default="", nullable=False))
        batch_op.add_column(sa.Column("open_sides_wished", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_exhibitors_open_sides_wished"), "open_sides_wished BETWEEN 1 AND 4")
    op.create_index("uq_price_items_id_edition_id", "price_items", ["id", "edition_id"], unique=True)
    op.create_table(
        "exhibitor_sectors",
        *of_exhibitor("exhibitor_sectors"),
        sa.Column("sector", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("exhibitor_id", "sector", name=op.f("pk_exhibitor_sectors")),
        sa.CheckConstraint(f"sector IN ({SECTORS})", name=op.f("ck_exhibitor_sectors_sector")),
    )
    op.create_table(
        "exhibitor_products",
        *of_exhibitor("exhibitor_products"),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("exhibitor_id", "position", name=op.f("pk_exhibitor_products")),
    )
    op.create_table(
        "co_exhibitors",
        sa.Column("id", sa.Integer(), nullable=False),
        *of_exhibitor("co_exhibitors"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("ice", sa.String(length=15), nullable=True),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_exhibitors")),
        sa.UniqueConstraint("exhibitor_id", "position", name=op.f("uq_co_exhibitors_exhibitor_id_position")),
    )
    op.create_table(
        "represented_firms",
        *of_exhibitor("represented_firms"),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.PrimaryKeyConstraint("exhibitor_id", "position", name=op.f("pk_represented_firms")),
    )
    op.create_table(
        "ordered_extras",
        *of_exhibitor("ordered_extras"),
        sa.Column("price_item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.Numeric(precision=7, scale=2), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("unit_price", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.PrimaryKeyConstraint("exhibitor_id", "price_item_id", name=op.f("pk_ordered_extras")),
        sa.ForeignKeyConstraint(["price_item_id", "edition_id"], ["price_items.id", "price_items.edition_id"], name=op.f("fk_ordered_extras_price_item_id_edition_id")),
        sa.CheckConstraint("quantity > 0 AND quantity < 10000", name=op.f("ck_ordered_extras_quantity")),
        sa.CheckConstraint("unit IN ('each','m2')", name=op.f("ck_ordered_extras_unit")),
    )
    op.create_index(op.f("ix_ordered_extras_price_item_id"), "ordered_extras", ["price_item_id"], unique=False)
    op.create_table(
        "exhibiting_conditions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibiting_conditions")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_exhibiting_conditions_edition_id_number")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_exhibiting_conditions_id_edition_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_exhibiting_conditions_edition_id")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_exhibiting_conditions_by_user_id")),
    )
    op.create_table(
        "accepted_conditions",
        sa.Column("id", sa.Integer(), nullable=False),
        *of_exhibitor("accepted_conditions"),
        sa.Column("conditions_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_conditions")),
        sa.ForeignKeyConstraint(
            ["conditions_id", "edition_id"], ["exhibiting_conditions.id", "exhibiting_conditions.edition_id"], name=op.f("fk_accepted_conditions_conditions_id_edition_id")
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_accepted_conditions_by_user_id")),
        sa.CheckConstraint("language IN ('fr','ar','en')", name=op.f("ck_accepted_conditions_language")),
    )
    op.create_index(op.f("ix_accepted_conditions_exhibitor_id"), "accepted_conditions", ["exhibitor_id"], unique=False)
    for table in FACTS:
        for statement in trigger_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Go back."""
    for table in NEW_TABLES:
        op.drop_table(table)
    op.drop_index("uq_price_items_id_edition_id", table_name="price_items")
    with op.batch_alter_table("exhibitors", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_exhibitors_open_sides_wished"), type_="check")
        batch_op.drop_column("open_sides_wished")
        for name, _length in reversed(NEW_TEXTS):
            batch_op.drop_column(name)


def of_exhibitor(table: str) -> list[sa.Column[int] | sa.ForeignKeyConstraint]:
    """Say that the rows of a table belong to an exhibitor of an edition."""
    return [
        sa.Column("exhibitor_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f(f"fk_{table}_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f(f"fk_{table}_exhibitor_id_edition_id")),
    ]
