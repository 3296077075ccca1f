"""Force generation and joint command: what is pledged is not what can be used.

A state offers units, and keeps full command of them. What an offered unit is worth to the joint
commander is its strength less its readiness (the worst of personnel, supply, equipment and
training), less the caveats its government attached (Saideman & Auerswald 2012: coalition
governments attach more), less what it lacks in supplies, and nothing while it stands aside.
Authority handed over (AAP-06: OPCOM assigns missions, OPCON directs limited ones, TACOM assigns
tasks, TACON gives local direction) never makes a unit stronger: it decides who may task it, how
soon it moves and how often its capital refuses. Command that is divided is worth less than
command that is joint. Every state has its own war-powers rule, and may act alone at a price.
Order and signs are doctrine; sizes are design judgement.
"""

from __future__ import annotations

from exercise.engine.declare import Axis, Habit, Rule, Step
from exercise.rules.forces.command import answer, command, fall, joint
from exercise.rules.forces.decisions import (
    LIFT_CAVEAT,
    PLEDGE,
    RED_CARD,
    SET_ALERT,
    SET_CAVEAT,
    TASK,
    TRANSFER,
    WITHDRAW,
)
from exercise.rules.forces.fields import (
    ALERT,
    ALONE,
    ARRIVING,
    AUTHORITY,
    BAND,
    BILL,
    BREACH,
    CALLS,
    CAVEAT_SET,
    CAVEATS,
    CEDED,
    COALITION,
    COMMANDER,
    FILL,
    HOME,
    LEAD_TIME,
    NEED,
    NOTICE,
    PLEDGED,
    PRESENT,
    READINESS,
    READY,
    REFUSED,
    REQUIRED,
    STANDARD,
    STRENGTH,
    TASKED,
    UNITY,
    UNVOTED,
    USABLE,
    WAR_POWERS,
)
from exercise.rules.forces.generation import offer, rate, value, wear
from exercise.rules.forces.parameters import (
    ALERT_COST,
    ALERT_CUT,
    ASIDE,
    AWAY_COST,
    C2,
    C3,
    C4,
    CAVEAT,
    DELAY,
    DEPLOY_ASKS,
    FEW,
    FORCE_ASKS,
    GRIP_OPCON,
    GRIP_TACOM,
    GRIP_TACON,
    MANY,
    REFUSE,
    REFUSE_CAVEAT,
    REFUSE_HELD,
    REST,
    SATELLITES,
    STRIKE,
    UNITY_FLOOR,
    WEAR,
    WINDOW,
)
from exercise.rules.forces.relations import CAVEAT_TITLES, CAVEATS_KNOWN, PILLARS
from exercise.rules.forces.unmanned import habit

RULE = Rule(
    "forces",
    says="States pledge units and keep command of them; readiness, caveats and authority decide "
    "their use.",
    axes=(
        Axis("caveat", CAVEATS_KNOWN, says="What a government may forbid its unit.",
             titles=CAVEAT_TITLES),
        Axis("pillar", PILLARS, says="What readiness rests on."),
    ),
    fields=(
        STRENGTH, NOTICE, STANDARD, READINESS, CAVEAT_SET, PLEDGED, ALERT, AUTHORITY, TASKED,
        REFUSED,
        COMMANDER, COALITION, WAR_POWERS, HOME, CALLS, NEED, UNVOTED, BREACH, BILL, CAVEATS, READY,
        LEAD_TIME, BAND, REQUIRED, CEDED, USABLE, UNITY, FILL, PRESENT, ARRIVING, ALONE,
    ),
    decisions=(PLEDGE, WITHDRAW, SET_ALERT, SET_CAVEAT, LIFT_CAVEAT, TRANSFER, TASK, RED_CARD),
    parameters=(
        C2, C3, C4, CAVEAT, MANY, FEW, GRIP_TACON, GRIP_TACOM, GRIP_OPCON, REFUSE, REFUSE_CAVEAT,
        REFUSE_HELD, DELAY, ASIDE, UNITY_FLOOR, ALERT_CUT, WEAR, REST, WINDOW, STRIKE, ALERT_COST,
        AWAY_COST, SATELLITES, DEPLOY_ASKS, FORCE_ASKS,
    ),
    reads=(
        "council.mandate", "council.force_mandate", "council.adopted", "council.consent",
        "domestic.mandated", "cyber.sat", "logistics.arrived", "logistics.destination",
        "logistics.wait", "logistics.sustain", "deterrence.losses",
    ),
    steps=(
        Step("forces", fall),
        Step("forces", offer),
        Step("forces", rate, opening=True),
        Step("forces", command),
        Step("forces", answer),
        Step("cyber", wear),
        Step("cyber", value, opening=True),
        Step("cyber", joint, opening=True),
    ),
    unmanned=(Habit("orders", habit),),
)  # fmt: skip
