"""What many tests share: the shipped scenario, loaded once, and games played of it once."""

from __future__ import annotations

import pytest

from exercise.scenario.compile import Exercise
from exercise.scenario.load import load
from exercise.session import Session
from tests.people import play_room


@pytest.fixture(scope="session")
def strait() -> Exercise:
    """Northern Strait, in its default rhythm."""
    return load("northern-strait")


@pytest.fixture(scope="session")
def room(strait: Exercise) -> Session:
    """A whole game with people in three seats, their council acts, cues, rulings and messages."""
    return play_room(strait, seed=3)


@pytest.fixture(scope="session")
def bots(strait: Exercise) -> Session:
    """A whole game by bots alone."""
    return play_room(strait, seed=5, manned=())
