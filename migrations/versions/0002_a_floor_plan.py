"""a floor plan: stands with outlines that claim their cells, holds and requests, drafts as exhibitors, an edition's rules for exhibiting"""

import json
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_DEFAULT_FACES = {1: "S", 2: "ES", 3: "ESW", 4: "NESW"}
_ALIVE = sa.text("retired_at IS NULL")
_HELD = sa.text("state = 'held'")


def upgrade() -> None:
    """Go forward."""
    _draw_stands()
    _claim_cells()
    with op.batch_alter_table("stand_claims") as batch:
        batch.alter_column("exhibitor_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("until", UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("renewed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("reason", sa.String(length=200), nullable=False, server_default=""))
        batch.drop_constraint("state", type_="check")
        batch.create_check_constraint("state", "state IN ('held', 'requested', 'allocated', 'blocked')")
        batch.create_check_constraint("for_whom", "(state = 'blocked') = (exhibitor_id IS NULL)")
        batch.create_check_constraint("end", "state <> 'held' OR until IS NOT NULL")
    with op.batch_alter_table("stand_claims") as batch:
        batch.alter_column("renewed", existing_type=sa.Boolean(), server_default=None)
        batch.alter_column("reason", existing_type=sa.String(length=200), server_default=None)
        batch.create_index("uq_stand_claims_hold", ["exhibitor_id"], unique=True, sqlite_where=_HELD, postgresql_where=_HELD)
    _tables()
    with op.batch_alter_table("exhibitors") as batch:
        batch.alter_column("organisation_id", existing_type=sa.Integer(), nullable=True)
        batch.create_check_constraint("organisation", "state = 'draft' OR organisation_id IS NOT NULL")
    with op.batch_alter_table("registration_drafts", recreate="auto" if op.get_bind().dialect.name == "postgresql" else "always") as batch:
        batch.add_column(sa.Column("sent_at", UtcDateTime(), nullable=True))
    op.execute("UPDATE registration_drafts SET sent_at = changed_at WHERE exhibitor_id IS NOT NULL")


def _draw_stands() -> None:
    """Turn the rectangles into outlines."""
    with op.batch_alter_table("stands") as batch:
        batch.add_column(sa.Column("outline", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("area_m2", sa.Numeric(precision=8, scale=2), nullable=True))
        batch.add_column(sa.Column("open_on", sa.String(length=4), nullable=True))
        batch.add_column(sa.Column("retired_at", UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    bind = op.get_bind()
    change = sa.text("UPDATE stands SET outline = :outline, area_m2 = :area, open_on = :open_on WHERE id = :id")
    for row in bind.execute(sa.text("SELECT id, x_m, y_m, width_m, depth_m, open_sides FROM stands")).all():
        x, y, width, depth = (int(Decimal(str(value)) * 2) for value in row[1:5])
        outline = [[x, y], [x + width, y], [x + width, y + depth], [x, y + depth]]
        bind.execute(change, {"id": row.id, "outline": json.dumps(outline), "area": width * depth / 4, "open_on": _DEFAULT_FACES[row.open_sides]})
    with op.batch_alter_table("stands") as batch:
        batch.drop_constraint("open_sides", type_="check")
        batch.drop_constraint("size", type_="check")
        batch.drop_constraint("uq_stands_edition_id_number", type_="unique")
        for name in ("x_m", "y_m", "width_m", "depth_m", "open_sides"):
            batch.drop_column(name)
        batch.alter_column("outline", existing_type=sa.JSON(), nullable=False)
        batch.alter_column("area_m2", existing_type=sa.Numeric(precision=8, scale=2), nullable=False)
        batch.alter_column("open_on", existing_type=sa.String(length=4), nullable=False)
        batch.alter_column("version", existing_type=sa.Integer(), server_default=None)
        batch.create_unique_constraint("uq_stands_id_hall_id", ["id", "hall_id"])
        batch.create_check_constraint("open_on", "length(open_on) BETWEEN 1 AND 4")
        batch.create_check_constraint("area", "area_m2 > 0")
        batch.create_index("uq_stands_number", ["edition_id", "number"], unique=True, sqlite_where=_ALIVE, postgresql_where=_ALIVE)


def _claim_cells() -> None:
    """Give every stand the cells of its rectangle; the key refuses two that overlap."""
    cells = op.create_table(
        "stand_cells",
        sa.Column("hall_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("x", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("y", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stand_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("x >= 0 AND y >= 0", name=op.f("ck_stand_cells_inside")),
        sa.ForeignKeyConstraint(["stand_id", "hall_id"], ["stands.id", "stands.hall_id"], name=op.f("fk_stand_cells_stand_id_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", "x", "y", name=op.f("pk_stand_cells")),
    )
    op.create_index("ix_stand_cells_stand_id", "stand_cells", ["stand_id"])
    bind = op.get_bind()
    for stand_id, hall_id, stored in bind.execute(sa.text("SELECT id, hall_id, outline FROM stands")).all():
        outline = json.loads(stored) if isinstance(stored, str) else stored
        (left, back), (right, front) = outline[0], outline[2]
        rows = [{"hall_id": hall_id, "x": x, "y": y, "stand_id": stand_id} for x in range(left, right) for y in range(back, front)]
        bind.execute(sa.insert(cells), rows)


def _tables() -> None:
    """Make what is new."""
    op.create_table(
        "stand_origins",
        sa.Column("stand_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_of_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("stand_id <> made_of_id", name=op.f("ck_stand_origins_another")),
        sa.ForeignKeyConstraint(["stand_id", "edition_id"], ["stands.id", "stands.edition_id"], name=op.f("fk_stand_origins_stand_id_edition_id")),
        sa.ForeignKeyConstraint(["made_of_id", "edition_id"], ["stands.id", "stands.edition_id"], name=op.f("fk_stand_origins_made_of_id_edition_id")),
        sa.PrimaryKeyConstraint("stand_id", "made_of_id", name=op.f("pk_stand_origins")),
    )
    op.create_table(
        "floor_features",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('aisle', 'pillar', 'door', 'wall', 'service')", name=op.f("ck_floor_features_kind")),
        sa.ForeignKeyConstraint(["hall_id", "edition_id"], ["halls.id", "halls.edition_id"], name=op.f("fk_floor_features_hall_id_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_features")),
    )
    op.create_index("ix_floor_features_hall_id", "floor_features", ["hall_id"])
    op.create_table(
        "exhibiting_rules",
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stand_way", sa.String(length=10), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), nullable=False),
        sa.Column("request_days", sa.Integer(), nullable=False),
        sa.Column("accepts_at_once", sa.Boolean(), nullable=False),
        sa.Column("badges_from", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stand_way IN ('first_come','wish_list')", name=op.f("ck_exhibiting_rules_stand_way")),
        sa.CheckConstraint("badges_from IN ('acceptance','deposit','full_payment')", name=op.f("ck_exhibiting_rules_badges_from")),
        sa.CheckConstraint("hold_minutes BETWEEN 5 AND 120", name=op.f("ck_exhibiting_rules_hold_minutes")),
        sa.CheckConstraint("request_days BETWEEN 1 AND 120", name=op.f("ck_exhibiting_rules_request_days")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_exhibiting_rules_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_exhibiting_rules")),
    )


def downgrade() -> None:
    """Go back: outlines become the rectangles around them; retired stands, holds, requests, blocks and drafts are gone."""
    bind = op.get_bind()
    for table in ("exhibiting_rules", "floor_features", "stand_origins", "stand_cells"):
        op.drop_table(table)
    op.execute("DELETE FROM registration_drafts WHERE sent_at IS NULL")
    op.execute("DELETE FROM stand_claims WHERE state <> 'allocated'")
    gone = "(SELECT id FROM stands WHERE retired_at IS NOT NULL)"
    op.execute(f"DELETE FROM stand_wishes WHERE stand_id IN {gone}")  # noqa: S608 - our own words
    op.execute("DELETE FROM stands WHERE retired_at IS NOT NULL")
    op.execute("DELETE FROM exhibitors WHERE state = 'draft'")
    with op.batch_alter_table("registration_drafts") as batch:
        batch.drop_column("sent_at")
    with op.batch_alter_table("exhibitors") as batch:
        batch.drop_constraint("organisation", type_="check")
        batch.alter_column("organisation_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("stand_claims") as batch:
        batch.drop_index("uq_stand_claims_hold")
        for name in ("state", "for_whom", "end"):
            batch.drop_constraint(name, type_="check")
        for name in ("until", "renewed", "reason"):
            batch.drop_column(name)
        batch.alter_column("exhibitor_id", existing_type=sa.Integer(), nullable=False)
        batch.create_check_constraint("state", "state IN ('allocated')")
    with op.batch_alter_table("stands") as batch:
        for name, kind in (("x_m", sa.Numeric(6, 1)), ("y_m", sa.Numeric(6, 1)), ("width_m", sa.Numeric(5, 1)), ("depth_m", sa.Numeric(5, 1)), ("open_sides", sa.Integer())):
            batch.add_column(sa.Column(name, kind, nullable=True))
    change = sa.text("UPDATE stands SET x_m = :x, y_m = :y, width_m = :width, depth_m = :depth, open_sides = length(open_on) WHERE id = :id")
    for stand_id, stored in bind.execute(sa.text("SELECT id, outline FROM stands")).all():
        outline = json.loads(stored) if isinstance(stored, str) else stored
        across, along = [x for x, _y in outline], [y for _x, y in outline]
        x, y = min(across) / 2, min(along) / 2
        bind.execute(change, {"id": stand_id, "x": x, "y": y, "width": max(across) / 2 - x, "depth": max(along) / 2 - y})
    with op.batch_alter_table("stands") as batch:
        batch.drop_index("uq_stands_number")
        batch.drop_constraint("uq_stands_id_hall_id", type_="unique")
        batch.drop_constraint("open_on", type_="check")
        batch.drop_constraint("area", type_="check")
        for name in ("outline", "area_m2", "open_on", "retired_at", "version"):
            batch.drop_column(name)
        for name, kind in (("x_m", sa.Numeric(6, 1)), ("y_m", sa.Numeric(6, 1)), ("width_m", sa.Numeric(5, 1)), ("depth_m", sa.Numeric(5, 1)), ("open_sides", sa.Integer())):
            batch.alter_column(name, existing_type=kind, nullable=False)
        batch.create_unique_constraint("uq_stands_edition_id_number", ["edition_id", "number"])
        batch.create_check_constraint("open_sides", "open_sides BETWEEN 1 AND 4")
        batch.create_check_constraint("size", "width_m > 0 AND depth_m > 0")
