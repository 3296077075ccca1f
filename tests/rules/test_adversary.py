"""What the adversary module claims, held against what it does."""

from __future__ import annotations

import numpy as np
import pytest

from exercise.engine.dice import Dice
from exercise.engine.turn import Ruling
from exercise.rules import adversary, deterrence
from exercise.rules.adversary.formula import appraisal, tastes
from exercise.rules.adversary.ladder import ACTS, LADDER, RUNGS
from tests.rules.bench import ALLIES, Bench
from tests.rules.standing import others

RIVERA = {
    "no action": {"wait"},
    "peaceful": {
        "message",
        "visit",
        "trade-offer",
        "share-intelligence",
        "security-pact",
        "disarm-forces",
        "disarm-nuclear",
    },
    "temperate": {"arbitration", "peace-talks", "alliance", "criticise"},
    "provoking": {
        "border-exercise",
        "blockade",
        "occupy-town",
        "drones",
        "cyber-build-up",
        "force-build-up",
        "nuclear-option",
        "cut-relations",
        "trade-restriction",
        "arm-proxy",
    },
    "extreme": {
        "cyber-attack",
        "targeted-attack",
        "invasion",
        "tactical-nuclear",
        "full-nuclear",
    },
}


def bench(lanes: int = 1, seed: int = 1) -> Bench:
    return Bench(
        adversary.RULE,
        deterrence.RULE,
        *others(),
        lanes=lanes,
        seed=seed,
    )


def one_theatre(lanes: int, seed: int = 1) -> Bench:
    return Bench(
        adversary.RULE,
        deterrence.RULE,
        *others(),
        axes={"theatre": ("strait",)},
        parameters={"deterrence.signal_life": 520},
        lanes=lanes,
        seed=seed,
    )


def spread(table: Bench, field: str, values: np.ndarray) -> None:
    """Set a field to one value in each lane."""
    table.world.fill(field, values)


def passive_alliance(
    lanes: int = 3000, seed: int = 1, **pinned: float
) -> tuple[np.ndarray, np.ndarray]:
    """Twelve weeks against allies who do nothing: shares by violence, and each game's peak."""
    table = one_theatre(lanes, seed)
    dice = np.random.default_rng(seed)
    drawn = {
        "stake": dice.uniform(0.1, 0.9, lanes),
        "risk": dice.uniform(0.1, 0.7, lanes),
        "will": dice.uniform(0.3, 0.9, lanes),
        "cohesion": dice.uniform(0.3, 0.95, lanes),
    }
    drawn.update({name: np.full(lanes, value) for name, value in pinned.items()})
    will, cohesion = drawn["will"], drawn["cohesion"]
    signal, force = dice.uniform(0.5, 1.0, lanes), dice.uniform(1.0, 2.5, lanes)
    spread(table, "adversary.stake", drawn["stake"])
    spread(table, "adversary.risk", drawn["risk"])
    spread(table, "adversary.seen_cohesion", cohesion)
    for part in ("domestic.support", "threat.threat", "treaty.reputation"):
        spread(table, part, will)
    spread(table, "domestic.capital", will * 100)
    spread(table, "burden.cohesion", cohesion)
    spread(table, "information.coherence", (cohesion - 0.4 * will) / 0.6)
    spread(table, "council.mandate", np.ones(lanes))
    spread(table, "forces.present", force)
    spread(table, "deterrence.signal", signal)
    strength = force**2 / (1 + force**2)
    read = 2 * strength * will * signal * (0.5 + 0.5 * cohesion)
    spread(table, "adversary.seen_credibility", np.minimum(read, 1.0))
    peak, clash = np.ones(lanes), np.zeros(lanes)
    for _ in range(12):
        table.bots(absent=("karsk",))
        peak = np.maximum(peak, table.cells("deterrence.level")[0, 0])
        clash = np.maximum(clash, table.cells("deterrence.clash")[0])
    grade = np.where(peak >= 7, 3, np.where(peak >= 6, 2, clash))
    return np.array([np.mean(grade == k) for k in range(4)]), peak


def test_every_act_stands_on_one_rung_and_all_27_are_placed() -> None:
    assert len(RUNGS) == len(LADDER) == 9
    assert len(set(ACTS)) == len(ACTS)
    assert sum(len(acts) for acts in RIVERA.values()) == 27
    assert set().union(*RIVERA.values()) <= set(ACTS)


def test_shares_of_violence_lie_near_those_of_recorded_crises() -> None:
    shares, _ = passive_alliance()
    np.testing.assert_allclose(shares, [0.59, 0.15, 0.18, 0.08], atol=0.06)


@pytest.mark.parametrize(
    ("what", "safer", "worse"),
    [("will", 0.8, 0.3), ("cohesion", 0.9, 0.3), ("risk", 0.2, 0.7), ("stake", 0.2, 0.8)],
)
def test_war_grows_rarer_with_will_and_cohesion_and_likelier_with_risk_and_stake(
    what: str, safer: float, worse: float
) -> None:
    calm, _ = passive_alliance(2000, **{what: safer})
    grim, _ = passive_alliance(2000, **{what: worse})
    assert calm[3] < grim[3] - 0.03


def test_chances_are_shares_of_one_and_only_of_rungs_within_reach() -> None:
    table = bench()
    table.turn()
    chances = table.cells("adversary.considered")[0, 0, :, 0]
    assert chances.sum() == pytest.approx(1.0, abs=1e-5)
    assert (chances[:4] > 0).all()
    assert (chances[4:] == 0).all()


def test_what_it_believes_moves_what_it_considers_and_is_named() -> None:
    table = bench()
    table.turn()
    table.put("adversary.seen_credibility[karsk,strait]", 1.0)
    before = table.value("adversary.considered[karsk,strait,coercion]")
    table.turn()
    assert table.value("adversary.considered[karsk,strait,coercion]") < before
    assert table.why("adversary.considered[karsk,strait,coercion]")["credibility"] < 0
    table.check_sums()


def test_a_bot_chooses_as_often_as_its_record_says() -> None:
    table = one_theatre(6000)
    weighed = appraisal(tastes(table.eyes("karsk")))
    givens = adversary.formula.beliefs(table.eyes("karsk"))
    weights = weighed(*(given.value for given in givens))
    chances = weights.over("adversary", "theatre", "level")[0, 0, :, 0]
    table.bots(absent=("karsk",))
    acted = np.bincount(table.cells("adversary.act")[0, 0].astype(int), minlength=9) / 6000
    np.testing.assert_allclose(acted, chances, atol=0.02)


def test_it_climbs_two_rungs_a_turn_at_most_and_falls_by_one() -> None:
    table = one_theatre(400)
    spread(table, "adversary.stake", np.ones(400))
    spread(table, "adversary.risk", np.ones(400))
    before = table.cells("adversary.act")[0, 0].copy()
    for _ in range(6):
        level = table.cells("deterrence.level")[0, 0].copy()
        table.bots(absent=("karsk",))
        step = table.cells("adversary.act")[0, 0] - level
        assert step.max() <= 2
        assert step.min() >= -1
    assert table.cells("adversary.act")[0, 0].max() > before.max()


def test_a_person_may_not_skip_rungs_nor_use_what_it_lacks_nor_pass_control() -> None:
    table = bench()
    eyes = table.eyes("karsk")
    allowed = eyes.allowed(adversary.declared.DO).data[..., 0]
    assert allowed[ACTS.index("drones"), 0] == 1
    assert allowed[ACTS.index("invasion"), 0] == 0
    table.put("deterrence.level[karsk,strait]", 6.0)
    table.put("adversary.cap[karsk]", 6.0)
    allowed = table.eyes("karsk").allowed(adversary.declared.DO).data[..., 0]
    assert allowed[ACTS.index("invasion"), 0] == 0
    assert allowed[ACTS.index("tactical-nuclear"), 0] == 0
    table.put("adversary.cap[karsk]", 7.0)
    assert table.eyes("karsk").allowed(adversary.declared.DO).data[ACTS.index("invasion"), 0, 0]
    checks = adversary.declared.DO.allowed
    assert checks is not None
    assert all(check.reason and check.remedy for check in checks(table.eyes("karsk")))


def test_nuclear_use_is_off_until_control_opens_it() -> None:
    table = one_theatre(200)
    for name in ("adversary.stake", "adversary.risk"):
        spread(table, name, np.ones(200))
    table.put("deterrence.level[karsk,strait]", 7.0)
    for _ in range(4):
        table.bots(absent=("karsk",))
    assert table.cells("deterrence.level").max() <= 7


def test_without_an_order_it_carries_on() -> None:
    table = bench()
    table.turn({"adversary.do[karsk,drones,strait]": 1})
    table.turn()
    assert table.value("adversary.act[karsk,strait]") == 3
    assert table.value("adversary.shown[karsk,drones,strait]") == 1


def test_covert_acts_are_not_shown() -> None:
    table = bench()
    table.turn({"adversary.do[karsk,cyber-attack,strait]": 1})
    assert table.value("adversary.done[karsk,cyber-attack,strait]") == 1
    assert table.value("adversary.shown[karsk,cyber-attack,strait]") == 0
    assert table.value("deterrence.level[karsk,strait]") == 3


def test_a_failed_text_makes_the_allies_look_less_united_and_an_adopted_one_more() -> None:
    calm, split, firm = bench(), bench(), bench()
    turn = "council.{}[reinforce]"
    worlds = []
    for table, what in ((calm, ""), (split, "failed"), (firm, "adopted")):
        if what:
            # the text falls or passes during the turn: the stand-in moves by a ruling
            table.turn(rulings=(Ruling(f"council.{what}", ("reinforce",), 1.0, "it did"),))
            assert table.value(turn.format(what)) == 1
        else:
            table.turn()
        worlds.append(table.value("adversary.seen_cohesion[karsk]"))
    assert worlds[1] < worlds[0] < worlds[2]


def test_a_called_bluff_lowers_the_credibility_it_reckons_with_and_fades() -> None:
    table = bench()
    table.turn({"deterrence.threaten[calder,karsk]": 4, "adversary.do[karsk,drones,strait]": 1})
    table.turn({"adversary.do[karsk,border-exercise,strait]": 1})
    assert table.value("deterrence.due[calder,karsk]") == 1
    table.turn()
    assert table.value("deterrence.called[calder,karsk]") == 1
    assert table.value("adversary.caught[karsk]") == pytest.approx(0.10, abs=1e-6)
    for _ in range(6):
        table.turn()
    assert table.value("adversary.caught[karsk]") < 0.03


def test_gains_against_a_hollow_alliance_satisfy_it_sooner() -> None:
    hollow, firm = bench(), bench()
    spread(firm, "forces.present", np.array([30.0]))
    spread(firm, "council.mandate", np.array([1.0]))
    for table in (hollow, firm):
        for _ in range(3):
            table.turn({"adversary.do[karsk,drones,strait]": 1})
    assert 0 < firm.value("adversary.sated[karsk]") < hollow.value("adversary.sated[karsk]")


def test_after_a_concession_it_climbs_no_further_for_a_while() -> None:
    table = one_theatre(300)
    spread(table, "adversary.stake", np.ones(300))
    table.turn(rulings=(Ruling("sanctions.concession", ("karsk",), 1.0, "it gave in"),))
    assert table.value("adversary.standstill[karsk]") == 8
    for _ in range(7):
        table.bots(absent=("karsk",))
    assert table.cells("deterrence.level").max() <= 1


def test_it_courts_the_ally_that_depends_on_it_and_doubts_its_own_government() -> None:
    table = bench()
    for sector in ("energy", "finance"):
        table.put(f"economy.dependence[fallow,{sector}]", 0.8)
    table.put("domestic.support[fallow]", 0.3)
    table.turn()
    assert table.value("adversary.wedge[karsk,fallow]") > table.value(
        "adversary.wedge[karsk,calder]"
    )
    orders = table.bots(absent=("karsk",))
    assert orders.value("adversary.court", ("karsk", "fallow")) == 1
    assert table.value("adversary.target[karsk,fallow]") == 1


def test_what_it_holds_back_and_offers_stands_until_it_says_otherwise() -> None:
    table = bench()
    table.turn({"adversary.withhold[karsk,energy]": 0.5, "adversary.tempt[karsk,fallow]": 0.35})
    table.turn()
    assert table.value("adversary.cut[karsk,energy]") == 0.5
    assert table.value("adversary.offer[karsk,fallow]") == pytest.approx(0.35)
    table.turn({"adversary.withhold[karsk,energy]": -1, "adversary.tempt[karsk,fallow]": -1})
    assert table.value("adversary.cut[karsk,energy]") == 0
    assert table.value("adversary.offer[karsk,fallow]") == 0


def test_a_bot_squeezes_where_it_has_a_hold_and_delivers_again_in_calm() -> None:
    table = one_theatre(300)
    spread(table, "adversary.stake", np.full(300, 0.9))
    spread(table, "economy.dependence", np.full(300, 0.4))
    for _ in range(8):
        table.bots(absent=("karsk",))
    cut = table.cells("adversary.cut")[0]
    assert (cut > 0).any()
    table.put("deterrence.level[karsk,strait]", 1.0)
    orders = table.bots(absent=("karsk",))
    freed = orders["adversary.withhold"].data[0]
    assert (freed[cut > 0] != 0).all()
    assert (freed == -1).any()


def test_of_two_theatres_it_presses_where_it_sees_least_resolve() -> None:
    table = bench()
    table.put("adversary.seen_credibility[karsk,strait]", 0.9)
    table.put("adversary.seen_credibility[karsk,border]", 0.1)
    orders = table.bots(absent=("karsk",))
    assert orders.value("adversary.press", ("karsk", "border")) == 1
    assert orders.value("adversary.press", ("karsk", "strait")) == 0


def test_short_turns_do_not_make_it_act_more_often() -> None:
    table = Bench(
        adversary.RULE,
        deterrence.RULE,
        *others(),
        schedule=(0.1,),
        lanes=1000,
    )
    spread(table, "adversary.stake", np.ones(1000))
    orders = table.bots(absent=("karsk",))
    acted = orders["adversary.do"].data.any(axis=(0, 1, 2)).mean()
    assert 0.06 < acted < 0.14


@pytest.mark.parametrize(
    "hidden",
    [
        "deterrence.credibility[strait]",
        "deterrence.capability[border]",
        "burden.cohesion",
        "deterrence.estimate[strait]",
        "domestic.capital[calder]",
        "threat.threat[calder,karsk]",
        "sanctions.coverage[karsk,energy]",
    ],
)
def test_its_bot_decides_from_what_it_sees(hidden: str) -> None:
    plain, changed = bench(), bench()
    changed.put(hidden, 0.987)
    orders = [table.bots(absent=("karsk",)) for table in (plain, changed)]
    np.testing.assert_array_equal(orders[0].rows(), orders[1].rows())


def test_one_game_among_many_is_the_same_as_alone() -> None:
    many, alone = bench(lanes=5), bench()
    alone.dice = Dice.seeded(1, [3])
    for _ in range(5):
        many.bots()
        alone.bots()
    np.testing.assert_array_equal(many.world.column(3), alone.world.column(0))


def test_terms_sum_exactly() -> None:
    table = bench()
    for _ in range(6):
        table.bots()
    table.turn({"deterrence.threaten[calder,karsk]": 5, "adversary.do[karsk,message,strait]": 1})
    table.check_sums()


def test_two_adversaries_decide_as_each_would_alone_and_embolden_each_other() -> None:
    def both() -> Bench:
        return Bench(
            adversary.RULE,
            deterrence.RULE,
            *others(),
            axes={"adversary": ("karsk", "vesk"), "actor": (*ALLIES, "karsk", "vesk")},
            lanes=50,
        )

    together, first, second = both(), both(), both()
    orders = together.bots(absent=("karsk", "vesk"))
    apart = first.bots(absent=("karsk",)).rows() + second.bots(absent=("vesk",)).rows()
    np.testing.assert_array_equal(orders.rows(), apart)
    chances = []
    for breach in (0.0, 5.0):
        table = both()
        table.put("deterrence.level[karsk,strait]", 3.0)
        table.put("deterrence.level[vesk,border]", breach)
        table.turn()
        chances.append(table.value("adversary.considered[karsk,strait,breach]"))
    assert chances[1] > chances[0]
