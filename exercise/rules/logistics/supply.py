"""Supplies are lent, burnt and drawn; stocks fall by what units draw and grow by what is made."""

from __future__ import annotations

from exercise.engine.cells import Cells, exp, maximum, minimum, ratio, sqrt
from exercise.engine.declare import Given, Only, Term
from exercise.engine.ledger import Origin
from exercise.engine.rates import decay
from exercise.engine.turn import Turn
from exercise.rules.logistics.decisions import LEND
from exercise.rules.logistics.fields import (
    BACKLOG,
    DAMAGE,
    DESTINATION,
    HOSTED,
    LEFT,
    STOCK,
    SUPPLY,
    SUSTAIN,
)
from exercise.rules.logistics.movement import gates, welcome
from exercise.rules.logistics.parameters import (
    BURN_FIGHT,
    BURN_IDLE,
    BURN_MOVE,
    FULL,
    REFILL,
    TARGET,
)


def lend(turn: Turn) -> None:
    """Supplies change hands between allies, as far as there are any."""
    asked = turn.order(LEND) * (1.0 - turn.same("ally", "ally@to"))
    stock = turn[STOCK]
    lent = asked * minimum(ratio(stock, asked.sum("ally@to"), 1.0), 1.0)
    received = lent.named({"ally": "ally@to", "ally@to": "ally"})
    giver = Origin("order", LEND.name, ("ally@to", "ally"))
    turn.post(
        STOCK,
        Term("lent", -lent, of=(LEND,), says="{ally} lent supplies to {ally@to}."),
        Term("borrowed", received, of=(giver,), says="{ally@to} lent supplies to {ally}."),
        Term("made", turn["industry.output"] * turn.weeks, of=("industry.output",),
             says="Industry delivered."),
    )  # fmt: skip


def feed(turn: Turn) -> None:
    """Units burn supplies by what they do, and draw on their nation's stock where they can."""
    own, supply, left = turn.belongs("unit", "ally"), turn[SUPPLY], turn[LEFT]
    bound, target = turn[DESTINATION].sum("theatre"), turn[TARGET]
    there = bound * ~(left.sum("leg") > 0.0) * ~(turn[BACKLOG] > 0.0)
    moving = bound * (1.0 - there) * ~(left.pick("leg", 0) > 0.0)
    rung = turn["deterrence.level"].max("adversary") * 0.125
    heat = (turn[DESTINATION] * rung).sum("theatre")
    days = turn.weeks * 7.0
    active = turn[BURN_IDLE] + (turn[BURN_FIGHT] - turn[BURN_IDLE]) * heat
    on_the_move = supply * (1.0 - exp(-(moving * days * turn[BURN_MOVE] / target)))
    in_the_field = supply * (1.0 - exp(-(there * days * active / target)))
    gap = maximum(target - supply, 0.0) * (1.0 - decay(turn[REFILL], turn.weeks))
    gate = gates(turn)
    at_hand = gap * (1.0 - moving) * (1.0 - there * gate.max("node"))
    through = gap * there * gate * welcome(turn) * (1.0 - turn[DAMAGE])
    wanted = own * (at_hand + through.sum("node"))
    weight = turn["forces.strength"]
    demand = (wanted * weight).sum("unit")
    ration = 1.0 - exp(-ratio(turn[STOCK], demand, 100.0))
    share = (own * ration).sum("ally")
    turn.post(
        SUPPLY,
        Term("on the move", -on_the_move, of=(SUPPLY, DESTINATION, BURN_MOVE),
             says="It burnt supplies on the move."),
        Term("in the field", -in_the_field,
             of=(SUPPLY, DESTINATION, Only("deterrence.level", turn[DESTINATION]), BURN_IDLE),
             says="It burnt supplies in the field."),
        Term("resupplied", own * at_hand * ration, of=(STOCK, REFILL),
             says="{ally} resupplied it."),
        Term("resupplied by its port", through * share,
             of=(Only(HOSTED, own.named({"ally": "ally@to"})), DAMAGE, REFILL),
             says="Supplies reached it through {node}."),
    )  # fmt: skip
    turn.post(
        STOCK,
        Term("drawn", -(wanted * ration * weight), of=(SUPPLY, "forces.strength"),
             says="{unit} drew supplies."),
    )  # fmt: skip


def sustain(turn: Turn) -> None:
    """How far supplies let each unit do its work."""
    full = turn[FULL]

    def share(supply: Cells) -> Cells:
        part = supply * (1.0 / full)
        square = part * part
        return part / sqrt(sqrt(1.0 + square * square))

    turn.derive(SUSTAIN, share, Given("supply", turn[SUPPLY], (SUPPLY, FULL)))
