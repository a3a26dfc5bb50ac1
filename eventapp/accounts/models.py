"""Users, their links by mail, roles and invitations."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Model


class Role(StrEnum):
    """What a user may do in one edition."""

    ADMINISTRATOR = "administrator"
    EXHIBITOR_MANAGER = "exhibitor_manager"
    ATTENDEE_MANAGER = "attendee_manager"
    PROGRAMME_MANAGER = "programme_manager"
    PROTOCOL_OFFICER = "protocol_officer"
    DOOR_SUPERVISOR = "door_supervisor"
    HELP_DESK = "help_desk"
    FINANCE = "finance"
    PRESS = "press"


def _one_of(column: str, values: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"


class User(Model):
    """Somebody who signs in. The password is an argon2 hash; none until the address is confirmed."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2), default="fr")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_owner: Mapped[bool] = mapped_column(default=False)  # of the whole installation
    session_epoch: Mapped[int] = mapped_column(default=1)  # raised to end all sessions
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    roles: Mapped[list["RoleGrant"]] = relationship(back_populates="user", cascade="all, delete-orphan")

    # what Flask-Login asks of a user
    @property
    def is_active(self) -> bool:
        """Say whether the user may sign in at all."""
        return self.confirmed_at is not None and self.disabled_at is None

    @property
    def is_authenticated(self) -> bool:
        """A loaded user is a known one."""
        return True

    @property
    def is_anonymous(self) -> bool:
        """A loaded user is not anonymous."""
        return False

    def get_id(self) -> str:
        """Name the session's user and epoch: raising the epoch ends the session."""
        return f"{self.id}.{self.session_epoch}"


class RoleGrant(Model):
    """A role of a user in one edition."""

    __tablename__ = "role_grants"
    __table_args__ = (UniqueConstraint("user_id", "edition_id", "role"), CheckConstraint(_one_of("role", Role), name="role"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    granted_at: Mapped[datetime]
    user: Mapped[User] = relationship(back_populates="roles")


class AccountLink(Model):
    """A link sent by mail, good once and for a while: to confirm an address or to set a password."""

    __tablename__ = "account_links"
    __table_args__ = (CheckConstraint("purpose IN ('confirm','reset')", name="purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    next_path: Mapped[str | None] = mapped_column(String(300))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()


class Invitation(Model):
    """An invitation by mail to act in an edition or for an exhibitor; `subject` says as what."""

    __tablename__ = "invitations"
    __table_args__ = (CheckConstraint("kind IN ('role','exhibitor')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    subject: Mapped[dict[str, Any]]  # {"role": ...} or {"exhibitor_id": ..., "role": ...}
    language: Mapped[str] = mapped_column(String(2))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
