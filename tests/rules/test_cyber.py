"""What the cyber module claims, held against what it does."""

from __future__ import annotations

import numpy as np

from exercise.engine.dice import Dice
from exercise.rules import cyber
from tests.rules.bench import ALLIES, Bench

READS = {
    "adversary.act": (("adversary", "theatre"), 0.0),
    "adversary.target": (("adversary", "ally"), 0.0),
    "deterrence.level": (("adversary", "theatre"), 0.0),
    "threat.threat": (("ally", "adversary"), 0.5),
}
POOLED = {f"cyber.pool_logs[{ally},karsk]": 1.0 for ally in ALLIES}
GAMES = 400


def bench(lanes: int = 1, **parameters: float) -> Bench:
    named = {f"cyber.{name}": value for name, value in parameters.items()}
    return Bench(cyber.RULE, stand_ins=READS, parameters=named, lanes=lanes)


def under_attack(table: Bench, level: float = 3.0) -> Bench:
    table.put("adversary.act[karsk,strait]", level)
    for ally in ALLIES:
        table.put(f"adversary.target[karsk,{ally}]", 1.0)
    return table


def mean(table: Bench, field: str) -> float:
    return float(np.mean(table.cells(field)))


def test_below_level_three_nothing_is_attacked() -> None:
    table = under_attack(bench(GAMES), level=2.0)
    table.turn()
    assert table.cells("cyber.effect").max() == 0.0
    assert table.cells("cyber.sat").min() >= 0.9


def test_an_act_of_level_three_may_bring_effects_by_a_roll() -> None:
    table = under_attack(bench(GAMES))
    table.turn()
    hit = (table.cells("cyber.effect") > 0.0).mean()
    assert 0.03 < hit < 0.15
    assert table.cells("cyber.sat").min() < 0.6


def test_better_defence_lets_less_through() -> None:
    weak, hard = under_attack(bench(GAMES)), under_attack(bench(GAMES))
    for ally in ALLIES:
        weak.put(f"cyber.defence[{ally}]", 0.2)
        hard.put(f"cyber.defence[{ally}]", 0.9)
    weak.turn()
    hard.turn()
    assert mean(hard, "cyber.effect") < mean(weak, "cyber.effect")


def test_hardening_raises_defence_and_stays() -> None:
    table = bench()
    table.turn({"cyber.harden[dorvik]": 1.0})
    reached = table.value("cyber.defence[dorvik]")
    table.turn()
    assert reached > 0.5
    assert table.value("cyber.defence[dorvik]") == reached
    assert table.value("cyber.defence[calder]") == 0.5


def test_effects_pass_within_weeks() -> None:
    table = bench()
    table.put("cyber.effect[orm]", 0.6)
    table.put("cyber.sat[dorvik]", 0.3)
    for _ in range(6):
        table.turn()
    assert table.value("cyber.effect[orm]") < 0.05
    assert table.value("cyber.sat[dorvik]") > 0.9


def test_pooled_logs_speed_attribution_and_it_is_slower_than_the_effect() -> None:
    alone, together = (
        under_attack(bench(GAMES, attempt=0.5)),
        under_attack(bench(GAMES, attempt=0.5)),
    )
    for _ in range(3):
        alone.turn()
        together.turn(POOLED)
    assert mean(together, "cyber.attribution") > mean(alone, "cyber.attribution") > 0.0
    first = under_attack(bench(GAMES, attempt=0.5))
    first.turn()
    assert mean(first, "cyber.attribution") < 0.06


def test_without_an_attack_there_is_nothing_to_trace() -> None:
    table = bench()
    table.turn(POOLED)
    assert table.value("cyber.attribution[karsk]") == 0.0
    refused = cyber.may_pool(table.eyes("calder"))[0]
    assert float(refused.mask.data.max()) == 0.0
    assert refused.remedy


def test_noise_follows_jamming_and_attacks() -> None:
    table = bench()
    quiet = table.value("cyber.noise")
    table.put("cyber.sat[calder]", 0.0)
    table.put("cyber.effect[orm]", 0.9)
    table.turn()
    assert table.value("cyber.noise") > quiet


def test_an_absent_seat_hardens_and_pools_after_an_attack() -> None:
    table = bench()
    table.put("cyber.effect[orm]", 0.5)
    orders = table.bots()
    assert orders.value("cyber.harden", ("dorvik",)) == 1.0
    assert orders.value("cyber.harden", ("calder",)) == 0.0


def test_another_node_leaves_the_rolls_of_the_first_as_they_were() -> None:
    plain = under_attack(bench(GAMES, attempt=0.5))
    more = under_attack(
        Bench(
            cyber.RULE,
            stand_ins=READS,
            parameters={"cyber.attempt": 0.5},
            lanes=GAMES,
            axes={"node": ("islet", "aurhaven", "orm", "calder-railhead")},
            owners={"node": ("fallow", "aurland", "dorvik", "calder")},
        )
    )
    plain.turn()
    more.turn()
    np.testing.assert_array_equal(plain.cells("cyber.effect"), more.cells("cyber.effect")[1:])


def test_every_lane_is_the_game_it_would_be_alone() -> None:
    many, alone = under_attack(bench(5, attempt=0.5)), under_attack(bench(attempt=0.5))
    alone.dice = Dice.seeded(1, [4])
    for _ in range(3):
        many.turn(POOLED)
        alone.turn(POOLED)
    assert many.world.digest(4) == alone.world.digest(0)


def test_terms_sum_exactly() -> None:
    table = under_attack(bench(attempt=0.5))
    for _ in range(4):
        table.turn({**POOLED, "cyber.harden[dorvik]": 1.0})
    table.check_sums()
