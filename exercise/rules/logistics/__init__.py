"""Logistics and movement: a force counts when it stands ready, not when it is promised.

A unit waits for its notice and its papers, loads, travels, and passes its port of entry
(reception, staging and onward movement). Ports have a capacity, shared in turn by all who come
through; so once several brigades use one port, capacity binds and not distance. A nation that
does not open its nodes stops forces at its door. Kit stored forward saves loading and passage.
Brigades of about 2,800 pieces, ports of about 200 a day and a fortnight's ocean passage give the
checks: overseas about 50 days, prepositioned about 21, a neighbour by rail about 20 (reports of
US Army officers; sizes fitted). Units burn days of supply by what they do, and draw on stocks.
"""

from __future__ import annotations

from exercise.engine.declare import Axis, Habit, Rule, Step
from exercise.rules.logistics.decisions import CHARTER_LIFT, CLEAR, HOST, LEND, PRIORITY, PROTECT
from exercise.rules.logistics.fields import (
    ARRIVED,
    BACKLOG,
    CAPACITY,
    CLEARANCE,
    CROSSES,
    DAMAGE,
    DESTINATION,
    ENTRY,
    FIRST,
    GUARD,
    HOMEWARD,
    HOSTED,
    LEFT,
    PASSAGE,
    PIECES,
    PREPOSITIONED,
    PROGRESS,
    QUEUE,
    ROUTE,
    STAGE,
    STOCK,
    SUPPLY,
    SUSTAIN,
    THROUGHPUT,
    WAIT,
)
from exercise.rules.logistics.movement import consent, measure, set_out, travel
from exercise.rules.logistics.parameters import (
    BURN_FIGHT,
    BURN_IDLE,
    BURN_MOVE,
    CHARTER,
    CLEARED,
    DRAW,
    FULL,
    GUARD_LASTS,
    GUARDED,
    LOAD,
    LOAD_LAND,
    REFILL,
    REPAIR,
    TARGET,
)
from exercise.rules.logistics.relations import LEGS
from exercise.rules.logistics.supply import feed, lend, sustain
from exercise.rules.logistics.unmanned import habit

RULE = Rule(
    "logistics",
    says="Forces wait, load, travel and queue; ports, consent and supplies decide when they count.",
    axes=(Axis("leg", LEGS, says="The legs of a move before the port of entry."),),
    fields=(
        PIECES, ROUTE, PASSAGE, ENTRY, CROSSES, PREPOSITIONED, CAPACITY, DAMAGE, GUARD, HOSTED,
        CLEARANCE, STOCK, SUPPLY, DESTINATION, LEFT, BACKLOG, HOMEWARD, FIRST, ARRIVED, WAIT, STAGE,
        PROGRESS, SUSTAIN, THROUGHPUT, QUEUE,
    ),
    decisions=(HOST, CLEAR, PROTECT, LEND, CHARTER_LIFT, PRIORITY),
    parameters=(
        LOAD, LOAD_LAND, DRAW, CLEARED, CHARTER, REPAIR, GUARDED, GUARD_LASTS, BURN_MOVE, BURN_IDLE,
        BURN_FIGHT, FULL, TARGET, REFILL,
    ),
    reads=(
        "forces.tasked", "forces.lead_time", "forces.strength", "cyber.effect", "industry.output",
        "deterrence.level",
    ),
    steps=(
        Step("logistics", consent),
        Step("logistics", set_out),
        Step("logistics", travel),
        Step("logistics", lend),
        Step("logistics", feed),
        Step("logistics", measure, opening=True),
        Step("logistics", sustain, opening=True),
    ),
    unmanned=(Habit("orders", habit),),
)  # fmt: skip
