"""Deterrence and escalation: capability, will and signals, as an adversary may read them.

Deterrence holds where the alliance could stop a move in time, means to, says so and stands
together: credibility is the product, so that nothing makes up for a factor that is missing. Force
on its way counts by how early it comes against the time the adversary needs to make its gain a
fact. Forward presence as a tripwire is contested (Reiter and Poast 2021 doubt it; Frederick and
others 2020 find that heavy forces near but not at the border deter best), so it is a parameter of
its own. What reassures can also alarm: near postures raise tension, and under tension an act may
land a rung higher than it was meant; a hotline makes that rarer and changes nobody's mind
(the security dilemma, Jervis 1978). Signs are better founded than sizes.
"""

from __future__ import annotations

from exercise.engine.declare import Habit, Rule, Step
from exercise.rules.deterrence.credibility import estimate, measure
from exercise.rules.deterrence.declared import DECISIONS, FIELDS
from exercise.rules.deterrence.escalation import fight, hold_to_account, land, place, strain
from exercise.rules.deterrence.habit import habit
from exercise.rules.deterrence.parameters import PARAMETERS

RULE = Rule(
    "deterrence",
    says="Deterrence is capability, will and signal, as an adversary may read them.",
    fields=FIELDS,
    decisions=DECISIONS,
    parameters=PARAMETERS,
    reads=(
        "adversary.act", "adversary.shown", "adversary.cap", "forces.present",
        "forces.arriving", "forces.unity",
        "forces.usable", "forces.strength", "logistics.arrived", "logistics.destination",
        "logistics.wait", "interoperability.friction", "burden.cohesion", "domestic.support",
        "domestic.capital", "treaty.reputation", "threat.threat", "council.mandate",
        "council.joined", "sanctions.adopted",
    ),
    steps=(
        Step("deterrence", land),
        Step("deterrence", place),
        Step("deterrence", hold_to_account),
        Step("deterrence", strain),
        Step("deterrence", fight),
        Step("deterrence", measure, opening=True),
        Step("deterrence", estimate, opening=True),
    ),
    unmanned=(Habit("orders", habit),),
)  # fmt: skip
