"""What many tests share: the shipped scenario, loaded once, and games played of it once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from exercise.room import access
from exercise.scenario.compile import Exercise
from exercise.session import Session
from tests.people import play_room
from tests.scenarios import loaded


@pytest.fixture(scope="session")
def strait() -> Exercise:
    """Northern Strait, in its default rhythm."""
    return loaded("northern-strait")


@pytest.fixture(scope="session")
def room(strait: Exercise) -> Session:
    """A whole game with people in three seats, their council acts, cues, rulings and messages."""
    return play_room(strait, seed=3)


@pytest.fixture(scope="session")
def bots(strait: Exercise) -> Session:
    """A whole game by bots alone."""
    return play_room(strait, seed=5, manned=())


@pytest.fixture(scope="session", autouse=True)
def dear() -> Iterator[int]:
    """Rooms of this process try codes cheaply; what a try costs elsewhere."""
    shipped = access.COST
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "COST", 16)
        yield shipped
