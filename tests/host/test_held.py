"""A room held open: what it begins with, and what it leaves behind."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from exercise.branches import luck_words
from exercise.errors import ExerciseError
from exercise.host.held import Held, Opening
from exercise.host.line import Line
from exercise.host.remote import control_on
from exercise.review.hotwash import hotwash_markdown
from exercise.save.store import Save
from exercise.saved import read
from exercise.verified import Verified, verify


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


def test_a_room_that_is_opened_again_after_its_end_goes_back_on_luck_drawn_anew(
    tmp_path: Path,
) -> None:
    opening = Opening(tmp_path / "room.exercise", "northern-strait", ())
    held = Held(opening)
    held.start()
    with closing(Line(held.where, code=held.own, token=held.token)) as line:
        control_on(line).end("lunch")
    held.close()
    again = Held(opening)
    again.start()
    with closing(Line(again.where, code=again.own, token=again.token)) as line:
        control = control_on(line)
        assert control.roll_back(1, "it went on after all") is None
        assert luck_words(control.branches())
        assert control.standing().commitment == control.branches()[-1].commitment
    again.close()
    with Save.open(opening.save, write=False) as journal:
        found = verify(journal)
        assert isinstance(found, Verified)
        assert found.luck == "sealed"
        page = hotwash_markdown(read(journal))
        assert f"luck committed to as {found.commitment}" in page
        assert "revealed as" not in page
