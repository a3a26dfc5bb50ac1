"""The protocol officer's cast: three rooms, an inauguration, and who signs in to record agreements."""

import pytest
from flask.testing import FlaskClient

from eventapp.accounts.models import Role, User
from eventapp.agreements.models import Agreement
from eventapp.editions.models import Edition
from eventapp.programme.models import ProgrammeSession, Room
from tests.support.agreeing import recorded
from tests.support.browsing import sign_in_as
from tests.support.cast import grant, make_user
from tests.support.programme import make_room, scheduled


@pytest.fixture
def auditorium(sistep: Edition) -> Room:
    """The main room."""
    return make_room(sistep, "auditorium")


@pytest.fixture
def salon(sistep: Edition) -> Room:
    """The room for signings."""
    return make_room(sistep, "salon")


@pytest.fixture
def inauguration(sistep: Edition, auditorium: Room) -> ProgrammeSession:
    """The inauguration: eleven to half past twelve, in the auditorium."""
    return scheduled(sistep, "Inauguration", "11:00", 90, auditorium)


@pytest.fixture
def memorandum(sistep: Edition) -> Agreement:
    """The memorandum between the federation and the school."""
    return recorded(sistep)


@pytest.fixture
def karim(sistep: Edition) -> User:
    """The protocol officer."""
    return grant(make_user("karim@show.example", "Karim Protocol"), sistep, Role.PROTOCOL_OFFICER)


@pytest.fixture
def protocol(client: FlaskClient, karim: User) -> FlaskClient:
    """The protocol officer's browser."""
    return sign_in_as(client, karim)
