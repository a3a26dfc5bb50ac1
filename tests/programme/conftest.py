"""The programme's cast: two rooms, and people who are wanted everywhere."""

import pytest

from eventapp.editions.models import Edition
from eventapp.organisations.models import Person
from eventapp.programme.models import ProgrammeSession, Room
from tests.support.programme import make_person, make_room, scheduled


@pytest.fixture
def atlas(sistep: Edition) -> Room:
    """A room that needs no clearing."""
    return make_room(sistep, "atlas")


@pytest.fixture
def forum(sistep: Edition) -> Room:
    """A room that is cleared for a quarter of an hour after every session."""
    return make_room(sistep, "forum", turnover=15)


@pytest.fixture
def souiri(sistep: Edition) -> Person:
    """The president of the federation."""
    return make_person("Abdelhamid", "Souiri", "عبد الحميد", "الصويري")


@pytest.fixture
def champaney(sistep: Edition) -> Person:
    """The general manager of the school."""
    return make_person("Laurent", "Champaney", "لوران", "شامباني")


@pytest.fixture
def inauguration(sistep: Edition, atlas: Room) -> ProgrammeSession:
    """The inauguration: eleven to half past twelve, in Atlas."""
    return scheduled(sistep, "Inauguration", "11:00", 90, atlas)
