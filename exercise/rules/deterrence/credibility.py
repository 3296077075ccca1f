"""Credibility: capability, will, signal and cohesion multiplied, and the staffs' estimate."""

from __future__ import annotations

from collections.abc import Callable

from exercise.engine.cells import (
    Cells,
    clip,
    maximum,
    normal,
    ratio,
)
from exercise.engine.declare import (
    Chance,
    Given,
    Term,
)
from exercise.engine.turn import Turn
from exercise.rules.deterrence.declared import (
    CAPABILITY,
    CREDIBILITY,
    ENEMY_FORCE,
    ESTIMATE,
    FAIT,
    POSTURE,
    RESOLVE,
    SIGNAL,
    WILL,
)
from exercise.rules.deterrence.parameters import (
    NOISE,
    SCALE,
    TRIPWIRE,
    UNBOUND,
)


def capability(present: Cells, arriving: Cells, wait: Cells, fact: Cells, enemy: Cells) -> Cells:
    """F²/(F²+E²), which is logistic(2·ln(F/E)); force on its way counts by when it comes."""
    ours = present + arriving * ratio(fact, fact + wait)
    return ratio(ours * ours, ours * ours + enemy * enemy)


def willingness(support: Cells, threat: Cells, reputation: Cells, capital: Cells) -> Cells:
    """0.4 support, 0.3 threat, 0.2 reputation, 0.1 political capital."""
    return support * 0.4 + threat * 0.3 + reputation * 0.2 + capital * 0.1


def joint_will(unbound: float) -> Callable[..., Cells]:
    """The mean of wills, weighed by usable force; those not bound to act count for less."""

    def mean(will: Cells, usable: Cells, bound: Cells) -> Cells:
        counted = will * usable * (bound * (1.0 - unbound) + unbound)
        return ratio(counted.sum("ally"), usable.sum("ally"))

    return mean


def product(scale: float, trip: float) -> Callable[..., Cells]:
    """Capability × will × signal × (½ + ½ cohesion) × scale, and what a tripwire adds to it."""

    def credible(
        capability: Cells, resolve: Cells, signal: Cells, cohesion: Cells, tripwire: Cells
    ) -> Cells:
        base = clip(capability * resolve * signal * (0.5 + 0.5 * cohesion) * scale)
        return base + base * (1.0 - base) * tripwire * trip

    return credible


def measure(turn: Turn) -> None:
    """What the allies could do, whether they mean to, and how credible that makes them."""
    threat = turn["threat.threat"].max("adversary")
    turn.derive(
        WILL, willingness,
        Given("support", turn["domestic.support"], ("domestic.support",)),
        Given("threat", threat, ("threat.threat",)),
        Given("reputation", turn["treaty.reputation"], ("treaty.reputation",)),
        Given("capital", turn["domestic.capital"] / 100.0, ("domestic.capital",)),
    )  # fmt: skip
    usable, going = turn["forces.usable"], turn["logistics.destination"]
    coming = usable * going * (1.0 - turn["logistics.arrived"])
    wait = ratio((coming * turn["logistics.wait"]).sum("unit"), coming.sum("unit"))
    turn.derive(
        CAPABILITY, capability,
        Given("present", turn["forces.present"], ("forces.present",)),
        Given("arriving", turn["forces.arriving"], ("forces.arriving",)),
        Given("wait", wait, ("logistics.wait", "logistics.destination", "logistics.arrived")),
        Given("fact", turn[FAIT], (FAIT,)),
        Given("enemy", turn[ENEMY_FORCE].sum("adversary"), (ENEMY_FORCE,)),
    )  # fmt: skip
    force = (usable * turn.belongs("unit", "ally")).sum("unit")
    free = maximum(turn[POSTURE], turn["council.joined"].max("motion"))
    bound = maximum(turn["council.mandate"], free)
    turn.derive(
        RESOLVE, joint_will(turn[UNBOUND]),
        Given("will", turn[WILL], (WILL,)),
        Given("usable", force, ("forces.usable",)),
        Given("bound", bound, ("council.mandate", "council.joined", POSTURE)),
    )  # fmt: skip
    signal = ratio((turn[SIGNAL] * force).sum("ally"), force.sum("ally"))
    forward = turn[POSTURE].sum("ally")
    turn.derive(
        CREDIBILITY, product(turn[SCALE], turn[TRIPWIRE]),
        Given("capability", turn[CAPABILITY], (CAPABILITY,)),
        Given("resolve", turn[RESOLVE], (RESOLVE,)),
        Given("signal", signal, (SIGNAL, "forces.usable")),
        Given("cohesion", turn["burden.cohesion"], ("burden.cohesion",)),
        Given("tripwire", forward / (forward + 2.0), (POSTURE,)),
    )  # fmt: skip


def estimate(turn: Turn) -> None:
    """The allies' staffs judge their own credibility, and err."""
    error = turn.zeros("theatre")
    if turn.number > 0:  # before the first turn there is no luck yet
        error = normal(turn.roll("estimate", "theatre")) * turn[NOISE]
    turn.post(
        ESTIMATE,
        Term("assessment", turn[CREDIBILITY] - turn[ESTIMATE], of=(CREDIBILITY,),
             says="Staffs weighed force, will, signals and cohesion."),
        Term("error", error, of=(Chance("estimate"), NOISE), says="Nobody can measure it."),
    )  # fmt: skip
