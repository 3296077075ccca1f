"""What many tests share: the shipped scenario, loaded once, and games played of it once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from exercise import steady
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


LONG = ("test_whole_room.py", "test_killed.py")
"""Whoever takes one of these last is waited for by all the others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests begin first."""
    items.sort(key=lambda item: item.path.name not in LONG)


def pytest_collection_finish() -> None:
    """All that was imported for the tests stays: the collector need not look through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def unsettled() -> Iterator[None]:
    """Rooms and screens of this process do not tidy up its memory, which holds all the tests."""
    idle = SimpleNamespace(
        collect=int, freeze=int, unfreeze=int,
        set_threshold=lambda *often: None, get_count=lambda: (0, 0, 0),
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(steady, "gc", idle)
        yield
