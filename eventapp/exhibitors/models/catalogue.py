"""What visitors read about an exhibitor in the catalogue, and its logo."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model


class CatalogueEntry(Model):
    """An exhibitor's entry in the catalogue of its edition, with its own copy of addresses; one that nobody wrote has no row."""

    __tablename__ = "catalogue_entries"
    __table_args__ = (ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),)

    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    about: Mapped[dict[str, str]]
    website: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(30))
    email: Mapped[str] = mapped_column(String(254))
    phone_public: Mapped[bool]
    email_public: Mapped[bool]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class CatalogueLogo(Model):
    """The logo of an exhibitor, as it was drawn anew."""

    __tablename__ = "catalogue_logos"
    __table_args__ = (
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["file_id", "edition_id"], ["stored_files.id", "stored_files.edition_id"]),
    )

    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    file_id: Mapped[int] = mapped_column(unique=True)
