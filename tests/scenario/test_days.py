"""Days on which something comes: within some rhythm; and conditions that do come about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from exercise.engine.dice import Dice
from exercise.errors import ScenarioError
from exercise.scenario.load import load
from exercise.sweep import play_turn

SMALL = Path(__file__).parent.parent / "tui" / "data" / "small.yaml"


@pytest.mark.parametrize("day", ["D-8", "D+7", "D+60", "2030-01-01"])
def test_a_day_that_no_rhythm_plays_is_a_fault_at_its_place(tmp_path: Path, day: str) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("at: D-7", f"at: {day}")
    path = tmp_path / "late.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(str(path))
    (fault,) = caught.value.faults
    assert fault.code == "never-comes"
    assert text.splitlines()[fault.line - 1].strip() == f"at: {day}"
    assert "from D−7 until D+7" in fault.message
    assert "by hand" in fault.hint


@pytest.mark.parametrize("day", ["D-7", "D", "D+6", "2030-03-02"])
def test_a_day_within_any_rhythm_is_none(tmp_path: Path, day: str) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("at: D-7", f"at: {day}")
    path = tmp_path / "fine.yaml"
    path.write_text(text, encoding="utf-8")
    assert load(str(path)).scenario.injects["notice"].at


@pytest.mark.parametrize("name", ["northern-strait", "baltic-shield"])
@pytest.mark.parametrize("rhythm", ["two-hours", "full"])
def test_no_conditional_inject_of_a_shipped_scenario_is_dead(name: str, rhythm: str) -> None:
    lanes = 96
    exercise = load(name, rhythm=rhythm)
    world, dice = exercise.ruleset.opening(lanes), Dice.seeded(7, np.arange(lanes))
    for _ in range(exercise.turns):
        world = play_turn(exercise.ruleset, world, dice)
    fired = np.broadcast_to(world["scenario.fired"].data, (len(exercise.cues), lanes)).mean(axis=1)
    rates = {
        cue.name: float(rate)
        for cue, rate in zip(exercise.cues, fired, strict=True)
        if cue.condition is not None
    }
    assert all(rate > 0.01 for rate in rates.values()), rates
    assert all(rates[branch] < 1.0 for branch in ("talks", "islet")), rates
