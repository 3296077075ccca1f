"""What an inject waits for is told in words: titles of what it looks at, never names of cells."""

from __future__ import annotations

import re

import pytest

from exercise.desk import ControlDesk
from exercise.room.awaited import awaited
from exercise.room.msel import Row
from exercise.save.journal import MemoryJournal
from exercise.saved import create
from exercise.scenario.conditions import Compared
from tests.host.test_codec import carried
from tests.scenarios import loaded


@pytest.mark.parametrize(
    ("text", "now", "told"),
    [
        ("forces.fill[strait] > 0.6", 0.231, "Forces for the Strait above 0.6, now 0.23"),
        ("max(forces.fill[*]) > 0.80", 0.5, "Forces for any theatre above 0.8, now 0.5"),
        ("min(forces.fill[*]) >= 0.8", 0.5, "Forces for every theatre at least 0.8, now 0.5"),
        ("threat.shared_view < 0.826", 0.9, "Common view of the threat below 0.826, now 0.9"),
        ("clock.elapsed >= 4", 1.0, "at least 4 weeks gone"),
        ("turn >= 3", 1.0, "turn 3 or later"),
        ("deterrence.level[karsk,strait] >= 4", 2.0,
         "Karsk in the Strait at least “builds up”, now “presses”"),
        ("max(deterrence.level[karsk,*]) <= 3", 5.0,
         "Karsk in every theatre at most “coerces”, now “breaches”"),
    ],
)  # fmt: skip
def test_a_comparison_is_told_in_words(text: str, now: float, told: str) -> None:
    ruleset = loaded("northern-strait").ruleset
    assert awaited(Compared(text, now, 0.0, False), ruleset) == told


def test_what_compares_more_than_one_thing_keeps_its_form_without_cells() -> None:
    text = "council.coalition[reinforce-strait] + council.coalition[reinforce-border] > 0"
    told = awaited(Compared(text, 0.0, 0.0, False), loaded("northern-strait").ruleset)
    assert "Reinforcing the strait" in told
    assert "council." not in told
    assert told.endswith("> 0, now 0")


@pytest.mark.parametrize("name", ["northern-strait", "baltic-shield"])
def test_no_shipped_inject_tells_control_of_a_cell(name: str) -> None:
    control = ControlDesk(create(loaded(name), MemoryJournal(), seed=1, people=[]))
    rows = [row for row in control.msel.rows() if row.missing]
    assert rows
    for row in rows:
        assert not re.search(r"[a-z]+\.[a-z_]+|\[", " ".join(row.missing).replace("0.", "")), row
        assert any(re.search(r"[a-z]+\.[a-z_]+", part) for part in row.waits)  # for authors
        assert carried(row, Row) == row
