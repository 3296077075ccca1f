"""How an absent government keeps forces moving."""

from __future__ import annotations

from exercise.engine.cells import Cells, clip, maximum, minimum, ratio
from exercise.engine.kept import kept
from exercise.eyes import Eyes
from exercise.rules.logistics.decisions import CHARTER_LIFT, CLEAR, HOST, LEND, PROTECT
from exercise.rules.logistics.fields import (
    CLEARANCE,
    CROSSES,
    DAMAGE,
    DESTINATION,
    ENTRY,
    GUARD,
    HOSTED,
    LEFT,
    STOCK,
)


def wanted_at(eyes: Eyes) -> Cells:
    """A mask [theatre]: where forces are wanted by a mandate, or else most."""
    return _wanted(eyes["council.mandate"], eyes["council.force_mandate"], eyes["forces.required"])


@kept
def _wanted(deploy: Cells, force: Cells, need: Cells) -> Cells:
    asked = (deploy + force) > 0.0
    return asked | (need.equals(need.max("theatre")) & ~asked.any("theatre"))


@kept
def ways(table: Cells, bound: Cells, wanted: Cells) -> Cells:
    """Which of a table of ports or borders lie on the way to where forces are bound or wanted."""
    return (table * clip(bound + wanted)).max("theatre")


@kept
def forces_of(strength: Cells, owned: Cells) -> Cells:
    """What force each nation has."""
    return (strength * owned).sum("unit")


def habit(eyes: Eyes) -> None:
    """It opens doors to allies whom it needs, speeds its own, and shares what it can spare."""
    fear = eyes.own("threat.threat").max("adversary")
    bound, wanted = eyes[DESTINATION], wanted_at(eyes)
    offered = clip(eyes["forces.pledged"] + bound.max("theatre"))
    coming = offered * eyes.belongs("unit", "ally@to")
    gate = ways(eyes[ENTRY], bound, wanted)
    needed = (coming * gate).max("unit")
    eyes.order(HOST, 1.0, when=(needed > 0.0) * ~(eyes[HOSTED] > 0.0) * (fear > 0.3))
    here = eyes.own(ways(eyes[CROSSES], bound, wanted))
    passing_by = (coming * here).max("unit")
    slow = eyes.own(CLEARANCE) > 1.5
    eyes.order(CLEAR, 1.0, when=slow * (passing_by > 0.0) * (fear > 0.3))
    in_use = (offered * gate).max("unit")
    worried = (fear > 0.6) | (eyes[DAMAGE] > 0.05)
    eyes.order(PROTECT, 1.0, when=worried * in_use * (eyes[GUARD] < 0.4))
    slowed = (eyes[LEFT].pick("leg", 1) + eyes[LEFT].pick("leg", 2)) > 10.0
    slowed = slowed & (fear > 0.55) & eyes.mine("unit")
    eyes.order(CHARTER_LIFT, 1.0, when=slowed & (eyes.roll("charter", "unit", where=slowed) < 0.3))
    force = forces_of(eyes["forces.strength"], eyes.belongs("unit", "ally"))
    held = ratio(eyes[STOCK], force, 60.0)
    mine = eyes.own(held)
    short = (held < 20.0).turned(ally="ally@to")
    spare = maximum(eyes.own(STOCK) * 0.2, 0.0)
    eyes.order(LEND, minimum(spare, 200.0) * short, when=(mine > 45.0) * (fear > 0.4))
