"""A save of every released format opens for ever, whatever has become of the rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from exercise.explain.why import why
from exercise.save.journal import check_journal
from exercise.save.savefile import MIGRATIONS
from exercise.save.store import Save
from exercise.saved import read
from exercise.sight import WHITE_CELL, as_actor
from exercise.view import view_of

KEPT = sorted((Path(__file__).parent / "fixtures").glob("format-*.exercise"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_kept_save_can_be_stepped_through_and_asked(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path))
    with Save.open(copy, write=False) as journal:
        assert check_journal(journal) is None
        saved = read(journal)
        assert len(saved.record.turns) == 7
        for turn in saved.record.turns[1:]:
            seat = as_actor(saved.record.catalog.roster, "dorvik")
            assert view_of(saved.record, seat, turn, saved.facts).changed
        told = why(saved.record, WHITE_CELL, "threat.shared_view", 2).to_data()
        assert sum(t["amount"] for t in told["terms"]) == told["after"] - told["before"]


def test_there_is_one_for_each_format() -> None:
    assert [path.stem for path in KEPT] == [
        f"format-{number}" for number in range(1, len(MIGRATIONS) + 1)
    ]
