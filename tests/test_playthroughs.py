"""Shipped scenarios play as they are written down: a change of the rules is read first."""

from __future__ import annotations

import difflib

import pytest

from tests.playthroughs import FOLDER, SCENARIOS, told


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shipped_scenario_plays_as_written_down(name: str) -> None:
    path = FOLDER / f"{name}.txt"
    assert path.is_file(), "write it with: python -m tests.playthroughs"
    written, played = path.read_text(encoding="utf-8"), told(name)
    parting = difflib.unified_diff(written.splitlines(), played.splitlines(), lineterm="", n=1)
    assert written == played, "\n".join([
        "if this is as it should be: python -m tests.playthroughs", *list(parting)[:40],
    ])  # fmt: skip


def test_no_playthrough_is_left_of_a_scenario_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(SCENARIOS)
