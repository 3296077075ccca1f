"""A room held open: what it begins with, and what it leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercise.errors import ExerciseError
from exercise.host.held import Held, Opening
from exercise.save.store import Save


@pytest.mark.parametrize(
    ("scenario", "people"), [("nowhere", ()), ("northern-strait", ("nobody",))]
)
def test_a_room_that_cannot_begin_leaves_no_save(
    tmp_path: Path, scenario: str, people: tuple[str, ...]
) -> None:
    save = tmp_path / "room.exercise"
    with pytest.raises(ExerciseError):
        Held(Opening(save, scenario, people)).start()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seed", [None, 7])
def test_the_luck_of_a_room_is_drawn_unless_it_was_given_in_the_open(
    tmp_path: Path, seed: int | None
) -> None:
    save = tmp_path / "room.exercise"
    held = Held(Opening(save, "northern-strait", (), seed=seed))
    held.start()
    held.close()
    with Save.open(save, write=False) as journal:
        (created,) = journal.read(kinds=("created",))
    assert created.body["seed"] == seed
    assert ("luck" in created.words) == (seed is None)
