"""What is left out of the collector's searches is still let go."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from exercise.steady import settle


class Ring:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_was_there_is_searched_no_more_and_what_came_later_is() -> None:
    before = Ring()
    settle()
    later = Ring()
    searched = {id(thing) for thing in gc.get_objects()}
    assert id(later) in searched
    assert id(before) not in searched


def test_garbage_is_freed_whether_it_came_before_or_after() -> None:
    early = Ring()
    kept = weakref.ref(early)
    settle()
    del early
    late = weakref.ref(Ring())
    gc.collect()
    assert late() is None
    settle()
    assert kept() is None
