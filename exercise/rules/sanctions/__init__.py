"""Sanctions and their enforcement: pain follows coverage, and leaks away unless it is enforced.

A package hurts by how much of the target's supply the senders together cover, how deep it cuts,
how strictly it is enforced and how little finds its way round (Chupilkin, Javorcik & Plekhanov
2025: evasion below a tenth overall, above a half for many goods). Growth lost by targets: 0.5–0.9
points under one large sender, 2.3–3.5 under the United Nations, above 5 where comprehensive
(Neuenkirch & Neumeier 2015). Thin coverage costs each sender more, as rivals take its trade. About
a third of episodes succeed (Hufbauer et al. 2007), threats more often than impositions (TIES), and
targets with much at stake do not yield within weeks. So this is a model of pain rather than of
success, on which the data sets disagree.
"""

from __future__ import annotations

from exercise.engine.declare import Habit, Rule, Step
from exercise.rules.sanctions.conduct import decide, police, stand, threaten
from exercise.rules.sanctions.decisions import ADOPT, CARVE, ENFORCING, LIFT, PUNISH, THREATEN
from exercise.rules.sanctions.fields import (
    ADOPTED,
    ALONE,
    BLOW,
    CARVED,
    CONCESSION,
    COVERAGE,
    DEADLINE,
    DEFIANCE,
    DELIVERY,
    DENIAL,
    DEPTH,
    ENFORCE,
    EVADABLE,
    LEAK,
    LEFT,
    MENACE,
    PAIN,
    SECONDARY,
    SUNSET,
    TARGET,
    UNKEPT,
)
from exercise.rules.sanctions.parameters import (
    BACKED,
    BACKFILL,
    BLOW_SIZE,
    DEFIANT,
    FATIGUE,
    LEAK_LIFE,
    PAIN_CURVE,
    PAIN_MOST,
    PRESSURE,
    REACH,
    STEADFAST,
    THREATENING,
    YIELDING,
)
from exercise.rules.sanctions.pressure import concede, defy, evade, hurt, reckon
from exercise.rules.sanctions.unmanned import habit

RULE = Rule(
    "sanctions",
    says="Pain follows coverage, depth and enforcement, and leaks away unless it is watched.",
    fields=(
        TARGET, DEPTH, SUNSET, EVADABLE, ADOPTED, LEFT, CARVED, ENFORCE, SECONDARY,
        DEADLINE, UNKEPT, ALONE, DELIVERY, COVERAGE, DENIAL, LEAK, PAIN, BLOW, MENACE, DEFIANCE,
        CONCESSION,
    ),
    decisions=(THREATEN, ADOPT, CARVE, ENFORCING, PUNISH, LIFT),
    parameters=(
        PAIN_MOST, PAIN_CURVE, LEAK_LIFE, FATIGUE, REACH, BLOW_SIZE, BACKFILL, YIELDING, PRESSURE,
        STEADFAST, THREATENING, BACKED, DEFIANT,
    ),
    reads=(
        "adversary.stake",
        "council.adopted",
        "council.consent",
        "council.package",
        "council.sanctioned",
        "economy.exposure",
        "economy.share",
        "economy.weight",
    ),
    steps=(
        Step("sanctions", decide, wakes=(ADOPT, LIFT, CARVE, ADOPTED, LEFT)),
        Step("sanctions", police, wakes=(ENFORCING, PUNISH, ADOPTED, SECONDARY)),
        Step("sanctions", threaten, wakes=(THREATEN, DEADLINE, UNKEPT)),
        Step("sanctions", stand, wakes=(ADOPTED, ALONE)),
        Step("sanctions", reckon, opening=True),
        Step("sanctions", evade, wakes=(COVERAGE, LEAK)),
        Step("sanctions", hurt, opening=True),
        Step("sanctions", defy, wakes=(COVERAGE, DEFIANCE)),
        Step("sanctions", concede),
    ),
    unmanned=(Habit("orders", habit),),
)  # fmt: skip
