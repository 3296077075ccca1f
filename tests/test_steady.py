"""What is left out of the collector's searches is still let go."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from exercise import steady
from exercise.steady import ENOUGH, rest, settle


class Ring:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(steady, "gc", gc)
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


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


def test_work_under_way_is_not_held_up_by_a_search_of_all() -> None:
    settle()
    searches = gc.get_stats()[2]["collections"]
    grown = [[number] for number in range(100_000)]
    assert gc.get_stats()[2]["collections"] == searches
    assert len(grown) == 100_000


def test_a_rest_frees_what_has_gathered_and_is_short_where_nothing_has() -> None:
    settle()
    rest()
    searches = gc.get_stats()[2]["collections"]
    rest()
    assert gc.get_stats()[2]["collections"] == searches
    ring = Ring()
    for _ in range(ENOUGH):
        gc.collect(1)
    gone = weakref.ref(ring)
    del ring
    rest()
    assert gone() is None
