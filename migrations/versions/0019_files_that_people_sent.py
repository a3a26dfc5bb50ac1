"""files that people sent: logos of the catalogue, documents of exhibitors; work that comes again"""

import sqlalchemy as sa
from alembic import op

from eventapp.core.db import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "periodic_tasks",
        sa.Column("task", sa.String(length=60), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("task", name=op.f("pk_periodic_tasks")),
    )
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=110), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("stored_at", UtcDateTime(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("dropped_at", UtcDateTime(), nullable=True),
        sa.Column("swept_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_files_size")),
        sa.CheckConstraint("swept_at IS NULL OR dropped_at IS NOT NULL", name=op.f("ck_stored_files_swept_at")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_stored_files_by_user_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_stored_files_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_stored_files_id_edition_id")),
        sa.UniqueConstraint("place", name=op.f("uq_stored_files_place")),
    )
    op.create_index(op.f("ix_stored_files_dropped_at"), "stored_files", ["dropped_at"], unique=False)
    op.create_index(op.f("ix_stored_files_edition_id"), "stored_files", ["edition_id"], unique=False)
    op.create_table(
        "catalogue_entries",
        sa.Column("exhibitor_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone_public", sa.Boolean(), nullable=False),
        sa.Column("email_public", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_catalogue_entries_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_catalogue_entries_exhibitor_id_edition_id")),
        sa.PrimaryKeyConstraint("exhibitor_id", name=op.f("pk_catalogue_entries")),
    )
    op.create_table(
        "catalogue_logos",
        sa.Column("exhibitor_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_catalogue_logos_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_catalogue_logos_exhibitor_id_edition_id")),
        sa.ForeignKeyConstraint(["file_id", "edition_id"], ["stored_files.id", "stored_files.edition_id"], name=op.f("fk_catalogue_logos_file_id_edition_id")),
        sa.PrimaryKeyConstraint("exhibitor_id", name=op.f("pk_catalogue_logos")),
        sa.UniqueConstraint("file_id", name=op.f("uq_catalogue_logos_file_id")),
    )
    op.create_table(
        "required_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("hint", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("for_stands", sa.String(length=4), nullable=False),
        sa.Column("accepts", sa.String(length=4), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("for_stands IN ('all','bare')", name=op.f("ck_required_documents_for_stands")),
        sa.CheckConstraint("accepts IN ('pdf','any')", name=op.f("ck_required_documents_accepts")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_required_documents_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_required_documents")),
        sa.UniqueConstraint("id", "edition_id", name=op.f("uq_required_documents_id_edition_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_required_documents_edition_id"), "required_documents", ["edition_id"], unique=False)
    op.create_table(
        "provided_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("required_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("provided_at", UtcDateTime(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('waiting','approved','refused','replaced')", name=op.f("ck_provided_documents_state")),
        sa.CheckConstraint("state <> 'refused' OR reason <> ''", name=op.f("ck_provided_documents_reason")),
        sa.CheckConstraint("state NOT IN ('approved','refused') OR decided_at IS NOT NULL", name=op.f("ck_provided_documents_decided_at")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_provided_documents_by_user_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_provided_documents_decided_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_provided_documents_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_provided_documents_exhibitor_id_edition_id")),
        sa.ForeignKeyConstraint(
            ["required_id", "edition_id"], ["required_documents.id", "required_documents.edition_id"], name=op.f("fk_provided_documents_required_id_edition_id")
        ),
        sa.ForeignKeyConstraint(["file_id", "edition_id"], ["stored_files.id", "stored_files.edition_id"], name=op.f("fk_provided_documents_file_id_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provided_documents")),
        sa.UniqueConstraint("file_id", name=op.f("uq_provided_documents_file_id")),
    )
    op.create_index(op.f("ix_provided_documents_edition_id"), "provided_documents", ["edition_id"], unique=False)
    op.create_index(op.f("ix_provided_documents_required_id"), "provided_documents", ["required_id"], unique=False)
    op.create_index(
        "uq_provided_documents_current",
        "provided_documents",
        ["exhibitor_id", "required_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'replaced'"),
        postgresql_where=sa.text("state <> 'replaced'"),
    )
    op.create_table(
        "document_reminders",
        sa.Column("exhibitor_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("required_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("days_before", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_document_reminders_edition_id")),
        sa.ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"], name=op.f("fk_document_reminders_exhibitor_id_edition_id")),
        sa.ForeignKeyConstraint(
            ["required_id", "edition_id"], ["required_documents.id", "required_documents.edition_id"], name=op.f("fk_document_reminders_required_id_edition_id")
        ),
        sa.PrimaryKeyConstraint("exhibitor_id", "required_id", "due_on", "days_before", name=op.f("pk_document_reminders")),
    )
    op.create_index(op.f("ix_document_reminders_required_id"), "document_reminders", ["required_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index(op.f("ix_document_reminders_required_id"), table_name="document_reminders")
    op.drop_table("document_reminders")
    op.drop_index("uq_provided_documents_current", table_name="provided_documents")
    op.drop_index(op.f("ix_provided_documents_required_id"), table_name="provided_documents")
    op.drop_index(op.f("ix_provided_documents_edition_id"), table_name="provided_documents")
    op.drop_table("provided_documents")
    op.drop_index(op.f("ix_required_documents_edition_id"), table_name="required_documents")
    op.drop_table("required_documents")
    op.drop_table("catalogue_logos")
    op.drop_table("catalogue_entries")
    op.drop_index(op.f("ix_stored_files_edition_id"), table_name="stored_files")
    op.drop_index(op.f("ix_stored_files_dropped_at"), table_name="stored_files")
    op.drop_table("stored_files")
    op.drop_table("periodic_tasks")
