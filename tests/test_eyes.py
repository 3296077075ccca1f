"""Eyes: many at once see and order what each would alone, within its purse."""

from __future__ import annotations

import numpy as np
import pytest

from exercise.engine.dice import Dice
from exercise.engine.turn import Turn, begin
from exercise.engine.world import Slips
from exercise.errors import DeclarationError
from exercise.eyes import Eyes, unmanned
from exercise.record import sparse
from exercise.scenario.compile import Exercise
from exercise.session import Session
from exercise.sight import Viewer, as_actor, mask


def turn_of(strait: Exercise, session: Session, lanes: int = 1) -> Turn:
    world = session.record.turn(2).after.copy(lanes)
    turn = begin(strait.ruleset, world, Dice.seeded(9, np.arange(lanes)))
    turn.open()
    turn.stage = "orders"
    return turn


def eyes_of(turn: Turn, *actors: str) -> Eyes:
    roster = turn.ruleset.roster
    viewers = [as_actor(roster, actor) for actor in actors]
    return Eyes(turn, viewers, Slips.empty(turn.ruleset.slip_layout, turn.world.lanes))


def test_several_viewers_at_once_order_what_each_would_alone(
    strait: Exercise, bots: Session
) -> None:
    for lanes in (1, 4):
        turn = turn_of(strait, bots, lanes)
        everyone = (*strait.ruleset.roster.of("ally"), *strait.ruleset.roster.of("adversary"))
        for stage in ("council", "orders"):
            together = unmanned(turn, Slips.empty(turn.ruleset.slip_layout, lanes), stage, everyone)
            alone = {}
            for actor in everyone:
                slips = Slips.empty(turn.ruleset.slip_layout, lanes)
                alone.update(sparse(unmanned(turn, slips, stage, (actor,)), lanes - 1))
            assert alone == sparse(together, lanes - 1)


def test_what_is_hidden_is_0(strait: Exercise, bots: Session) -> None:
    turn = turn_of(strait, bots)
    for actor in ("dorvik", "estmere"):
        eyes = eyes_of(turn, actor)
        viewer = as_actor(strait.ruleset.roster, actor)
        for field in strait.ruleset.fields.values():
            seen = mask(viewer, field, turn.world)
            whole = turn.now(field.name).data
            shown = whole if seen is None else whole * seen
            np.testing.assert_array_equal(eyes[field.name].data + 0.0, shown, err_msg=field.name)


def test_a_purse_is_spent_first_come_first_served(strait: Exercise, bots: Session) -> None:
    turn = turn_of(strait, bots)
    eyes = eyes_of(turn, "dorvik")
    decision = strait.ruleset.decisions["forces.pledge"]
    price = strait.ruleset.prices[decision.name]
    assert price
    currency, cost = next(iter(price.items()))
    eyes._left[currency] = np.array([[cost * 1.5]])
    mine = eyes.mine("unit")
    free = mine * eyes.allowed(decision) * (1.0 - eyes["forces.pledged"])
    made = eyes.order(decision, 1.0, when=mine)
    ordered = np.flatnonzero(made.data[..., 0])
    allowed = np.flatnonzero(free.data[..., 0])
    if allowed.size:
        assert ordered.tolist() == allowed[:1].tolist()
        assert eyes.left(currency)[0, 0] == pytest.approx(cost * 0.5)


def test_bots_never_spend_more_than_they_have(strait: Exercise, bots: Session) -> None:
    turn = turn_of(strait, bots, 6)
    allies = strait.ruleset.roster.of("ally")
    slips = unmanned(turn, Slips.empty(turn.ruleset.slip_layout, 6), "orders", allies)
    for currency, purse in (("staff", "domestic.staff"), ("capital", "domestic.capital")):
        spent = strait.ruleset.spent(slips, currency).data
        assert (spent <= turn.world[purse].data + 1e-9).all(), currency


def test_a_seat_without_an_actor_decides_nothing(strait: Exercise, bots: Session) -> None:
    turn = turn_of(strait, bots)
    with pytest.raises(DeclarationError, match="without an actor"):
        Eyes(turn, Viewer("press"), Slips.empty(turn.ruleset.slip_layout))


def test_nobody_orders_what_is_anothers_to_order(strait: Exercise, bots: Session) -> None:
    eyes = eyes_of(turn_of(strait, bots), "dorvik")
    foe = next(d for d in strait.ruleset.decisions.values() if d.by == "adversary")
    with pytest.raises(DeclarationError, match="is not for an ally"):
        eyes.order(foe, 1.0)
