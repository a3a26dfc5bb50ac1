"""What agreements do when something happens in the programme, in the same transaction."""

from datetime import datetime
from typing import Any

from eventapp.agreements.operations import signing_left_programme
from eventapp.programme.models import ProgrammeSession


def on_session_left_programme(_sender: Any, *, session: ProgrammeSession, actor_id: int | None, now: datetime) -> None:
    """Make an agreement proposed again whose signing was taken off or cancelled."""
    signing_left_programme(session, actor_id=actor_id, now=now)
