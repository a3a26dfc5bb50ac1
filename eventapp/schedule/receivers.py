"""What happens to the schedule when something happens below, in the same transaction."""

from typing import Any

from eventapp.core.db import after_commit
from eventapp.programme.models import PublishedVersion
from eventapp.schedule import queries


def on_programme_published(_sender: Any, *, version: PublishedVersion, **_rest: Any) -> None:
    """Let this process show the new version from its next answer on; every other one sees it within a second."""
    edition_id = version.edition_id
    after_commit(lambda: queries.look_again(edition_id))
