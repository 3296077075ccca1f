"""How an exercise ended, or stands: its outcome by name, and whether its objectives are met."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from exercise.engine.world import World
from exercise.record import Record
from exercise.scenario.compile import Exercise


def standing(exercise: Exercise, record: Record) -> dict[str, Any]:
    """How an exercise stands: its phase, outcome and objectives, as JSON-ready data."""
    world = record.last.after
    return {
        "scenario": exercise.name,
        "turns": record.last.number,
        "phase": int(world["phases.phase"].data[0]) if "phases.phase" in world.layout.slots else 1,
        "outcome": outcomes(exercise, world)[0],
        "objectives": {
            goal.name: {
                "met": bool(goal.met.evaluate(world)[0]),
                "measure": float(goal.measure.evaluate(world)[0]),
            }
            for goal in exercise.goals
        },
        "digest": world.digest(),
    }


UNNAMED = "no outcome was named"
VIOLENCE = ("no violence", "minor clashes", "serious clashes", "war")


def outcomes(exercise: Exercise, world: World) -> list[str]:
    """How each lane's game ended: the first outcome that holds, else how violent it was.

    Violence tells only where it is measured.
    """
    names = [ending.outcome.title for ending in exercise.endings]
    found: list[str] = list(_by_violence(world, exercise.ruleset.active))
    taken = np.zeros(world.lanes, dtype=bool)
    for name, ending in zip(names, exercise.endings, strict=True):
        holds = ending.when.evaluate(world) & ~taken
        for lane in np.flatnonzero(holds):
            found[int(lane)] = name
        taken |= holds
    return found


def _by_violence(world: World, active: Collection[str]) -> Sequence[str]:
    if "measures" not in active or "measures.peak_level" not in world.layout.slots:
        return [UNNAMED] * world.lanes
    peak = world["measures.peak_level"].data
    rung = (peak >= 5).astype(int) + (peak >= 6).astype(int) + (peak >= 7).astype(int)
    return [VIOLENCE[int(k)] for k in rung]
