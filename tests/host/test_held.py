"""A room that cannot begin leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercise.errors import ExerciseError
from exercise.host.held import Held, Opening


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
