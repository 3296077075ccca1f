"""What the deterrence module claims, held against what it does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercise.engine.cells import Cells
from exercise.engine.dice import Dice
from exercise.rules import adversary, deterrence
from exercise.rules.deterrence.credibility import capability, product
from exercise.rules.deterrence.declared import STRIKE, TAKE_POSTURE
from tests.rules.bench import ALLIES, Bench
from tests.rules.standing import others

SEIZE = {"adversary.do[karsk,seizure,strait]": 1.0}
shares = st.floats(0, 1)


def bench(lanes: int = 1, weeks: float = 1.0, **parameters: float) -> Bench:
    return Bench(
        adversary.RULE,
        deterrence.RULE,
        *others(),
        lanes=lanes,
        schedule=(weeks,),
        parameters={f"deterrence.{name}": value for name, value in parameters.items()},
    )


def at(table: Bench, field: str, value: float) -> None:
    """Set every cell of a field."""
    table.world.fill(field, value)


def stationed(table: Bench, unit: str, theatre: str = "strait") -> None:
    table.put(f"logistics.arrived[{unit}]", 1.0)
    table.put(f"logistics.destination[{unit},{theatre}]", 1.0)


def cell(value: float) -> Cells:
    return Cells(np.array([value]), ())


@pytest.mark.parametrize(
    "missing",
    [
        ("domestic.support", "threat.threat", "treaty.reputation", "domestic.capital"),
        ("forces.present",),
        ("forces.usable",),
    ],
)
def test_without_will_or_force_there_is_no_credibility(missing: tuple[str, ...]) -> None:
    table = bench()
    at(table, "council.mandate", 1.0)
    at(table, "deterrence.posture", 1.0)
    table.turn()
    assert table.value("deterrence.credibility[strait]") > 0
    for field in missing:
        at(table, field, 0.0)
    table.turn()
    assert table.value("deterrence.credibility[strait]") == 0


@given(shares, shares, shares, shares, shares)
@settings(max_examples=100, deadline=None)
def test_more_of_any_factor_never_lowers_credibility(
    force: float, will: float, signal: float, cohesion: float, trip: float
) -> None:
    parts = [force, will, signal, cohesion, trip]
    credible = product(2.0, 0.15)
    plain = credible(*(cell(part) for part in parts)).data[0]
    assert 0 <= plain <= 1
    for k in range(5):
        more = [min(part + 0.1, 1.0) if k == j else part for j, part in enumerate(parts)]
        assert credible(*(cell(part) for part in more)).data[0] >= plain - 1e-9


@given(st.floats(0, 20), st.floats(0, 20), st.floats(0, 60), st.floats(1, 60), st.floats(0.1, 20))
@settings(max_examples=100, deadline=None)
def test_force_on_its_way_counts_the_more_the_sooner_it_comes(
    present: float, arriving: float, wait: float, fact: float, enemy: float
) -> None:
    args = [cell(x) for x in (present, arriving, wait, fact, enemy)]
    soon = capability(*args).data[0]
    late = capability(args[0], args[1], cell(wait + 10), args[3], args[4]).data[0]
    never = capability(args[0], cell(0.0), *args[2:]).data[0]
    assert soon >= late >= never


def test_even_forces_give_half_capability() -> None:
    table = bench()
    table.turn()
    assert table.value("deterrence.capability[strait]") == pytest.approx(0.5)


def test_credibility_is_the_product_of_its_named_parts() -> None:
    table = bench()
    at(table, "council.mandate", 1.0)
    table.turn()
    value = table.value
    signal = value("deterrence.signal[calder]")
    expected = value("deterrence.capability[strait]") * value("deterrence.resolve[strait]")
    expected *= signal * (0.5 + 0.5 * value("burden.cohesion")) * 2
    assert value("deterrence.credibility[strait]") == pytest.approx(expected, abs=1e-6)
    at(table, "burden.cohesion", 0.9)
    table.turn()
    assert table.why("deterrence.credibility[strait]")["cohesion"] > 0


def test_the_will_of_the_unbound_counts_for_less() -> None:
    bound, unbound = bench(), bench()
    at(bound, "council.mandate", 1.0)
    for table in (bound, unbound):
        table.turn()
    assert unbound.value("deterrence.resolve[strait]") == pytest.approx(
        0.3 * bound.value("deterrence.resolve[strait]"), abs=1e-6
    )


def test_will_is_weighed_by_the_force_each_ally_can_use() -> None:
    table = bench()
    table.put("domestic.support[fallow]", 0.0)
    table.turn()
    heavy = table.value("deterrence.resolve[strait]")
    table.put("forces.usable[fallow-battalion]", 0.0)
    table.turn()
    assert table.value("deterrence.resolve[strait]") > heavy


def test_forces_at_the_border_raise_tension_and_from_the_rear_half_as_much() -> None:
    raised = {}
    for name, posture in (("none", 0.0), ("rear", 0.5), ("border", 1.0)):
        table = bench()
        stationed(table, "calder-brigade")
        table.turn({"deterrence.take_posture[calder,strait]": posture})
        raised[name] = table.value("deterrence.tension[strait]")
    assert raised["border"] > raised["rear"] > raised["none"]
    halves = (raised["rear"] - raised["none"]) / (raised["border"] - raised["none"])
    assert halves == pytest.approx(0.5, abs=0.02)


def test_reinforcing_the_border_can_make_a_move_likelier_to_be_misread() -> None:
    calm, tense = bench(lanes=4000), bench(lanes=4000)
    at(tense, "deterrence.posture", 1.0)
    for table in (calm, tense):
        for _ in range(6):
            table.turn({"adversary.do[karsk,border-exercise,strait]": 1.0})
    assert tense.cells("deterrence.misread")[0].mean() > calm.cells("deterrence.misread")[0].mean()


def test_a_hotline_cuts_accidents_and_not_intent() -> None:
    cold, warm = bench(lanes=4000), bench(lanes=4000)
    warm.turn({"deterrence.call[calder,karsk]": 1.0})
    cold.turn()
    for table in (cold, warm):
        at(table, "deterrence.tension", 0.8)
        at(table, "deterrence.level", 4.0)
        at(table, "adversary.act", 4.0)
        table.turn({"adversary.do[karsk,border-exercise,strait]": 1.0})
    rates = [table.cells("deterrence.misread")[0].mean() for table in (cold, warm)]
    assert rates[0] == pytest.approx(0.16, abs=0.02)
    assert rates[1] == pytest.approx(0.08, abs=0.02)
    chances = [table.cells("adversary.considered") for table in (cold, warm)]
    np.testing.assert_array_equal(chances[0], chances[1])


def test_an_accident_never_makes_a_war_that_control_has_not_opened() -> None:
    table = bench(lanes=500, misreading=0.6)
    at(table, "adversary.cap", 6.0)
    at(table, "deterrence.tension", 1.0)
    at(table, "deterrence.level", 6.0)
    for _ in range(4):
        table.turn({"adversary.do[karsk,targeted-attack,strait]": 1.0})
    assert table.cells("deterrence.level").max() == 6
    assert table.cells("deterrence.war").max() == 0


def test_an_invasion_is_war() -> None:
    table = bench()
    at(table, "deterrence.level", 6.0)
    table.turn({"adversary.do[karsk,invasion,strait]": 1.0})
    assert table.value("deterrence.war") == 1


def test_a_breach_brings_clashes_at_its_rate_whatever_the_length_of_turns() -> None:
    for weeks, expected in ((1.0, 0.35), (0.5, 1 - 0.65**0.5), (4.0, 1 - 0.65**4)):
        table = bench(lanes=4000, weeks=weeks, misreading=0.0)
        at(table, "deterrence.level", 4.0)
        table.turn(SEIZE)
        assert table.cells("deterrence.clash")[0].mean() == pytest.approx(expected, abs=0.03)
        assert table.cells("deterrence.clash")[1].max() == 0


def test_tension_rests_somewhere_and_never_at_its_limit() -> None:
    for weeks in (1.0, 26.0):
        table = bench(weeks=weeks)
        at(table, "deterrence.level", 5.0)
        for _ in range(60):
            table.turn()
        assert 0.2 < table.value("deterrence.tension[strait]") < 0.95


def test_threats_and_moves_make_resolve_plain_and_it_fades() -> None:
    table = bench()
    table.turn({"deterrence.threaten[calder,karsk]": 5.0})
    loud = table.value("deterrence.signal[calder]")
    assert loud == pytest.approx(0.6, abs=0.01)
    assert table.value("deterrence.signal[fallow]") == 0.5
    for _ in range(40):
        table.turn()
    assert 0.5 < table.value("deterrence.signal[calder]") < 0.52


def test_a_line_crossed_and_not_answered_is_a_called_bluff() -> None:
    table = bench()
    table.turn({"deterrence.threaten[calder,karsk]": 3.0})
    table.turn({"adversary.do[karsk,drones,strait]": 1.0})
    assert table.value("deterrence.due[calder,karsk]") == 1
    before = table.value("deterrence.signal[calder]")
    table.turn()
    assert table.value("deterrence.called[calder,karsk]") == 1
    assert table.value("deterrence.line[calder,karsk]") == 0
    assert table.value("deterrence.signal[calder]") < before
    assert table.why("deterrence.signal[calder]")["bluff called"] < 0
    table.turn()
    assert table.value("deterrence.called[calder,karsk]") == 0


def test_a_line_crossed_and_answered_is_kept() -> None:
    table = bench()
    stationed(table, "calder-brigade")
    table.turn({"deterrence.threaten[calder,karsk]": 3.0})
    table.turn({"adversary.do[karsk,drones,strait]": 1.0})
    table.turn({"deterrence.take_posture[calder,strait]": 1.0})
    assert table.value("deterrence.called[calder,karsk]") == 0
    assert table.value("deterrence.due[calder,karsk]") == 0


def test_a_threat_may_be_taken_back() -> None:
    table = bench()
    table.turn({"deterrence.threaten[calder,karsk]": 5.0})
    table.turn({"deterrence.threaten[calder,karsk]": -1.0})
    assert table.value("deterrence.line[calder,karsk]") == 0


def test_assurances_ease_tension() -> None:
    plain, eased = bench(), bench()
    plain.turn()
    eased.turn({"deterrence.reassure[fallow,karsk]": 1.0})
    assert eased.value("deterrence.tension[strait]") < plain.value("deterrence.tension[strait]")


def test_fighting_starts_at_an_attack_and_the_stronger_side_takes_ground() -> None:
    for force, holds in ((8.0, True), (0.2, False)):
        table = bench(lanes=200, misreading=0.0)
        at(table, "forces.present", force)
        at(table, "deterrence.level", 5.0)
        at(table, "deterrence.ground", 0.5)
        table.turn(SEIZE)
        assert (table.cells("deterrence.ground")[0] == 0.5).all()
        table.turn({"adversary.do[karsk,occupy-town,strait]": 1.0})
        ground = table.cells("deterrence.ground")[0]
        assert (ground > 0.5).all() if holds else (ground < 0.5).all()
        assert (table.cells("deterrence.losses")[0] > 0).all()
        assert (table.cells("deterrence.losses")[1] == 0).all()


def test_the_stronger_lose_fewer() -> None:
    weak, strong = bench(fortune=0.0), bench(fortune=0.0)
    at(strong, "forces.present", 5.0)
    for table in (weak, strong):
        stationed(table, "calder-brigade")
        at(table, "deterrence.level", 6.0)
        table.turn()
    lost = [table.value("deterrence.losses[strait]") for table in (weak, strong)]
    assert lost[0] > lost[1] > 0
    hurt = [table.value("deterrence.casualties[calder]") for table in (weak, strong)]
    assert hurt[0] > hurt[1] > 0
    assert weak.value("deterrence.casualties[fallow]") == 0


def test_a_strike_wants_force_and_a_mandate_or_an_attack() -> None:
    table = bench()
    assert table.eyes("calder").allowed(STRIKE).data.max() == 0
    stationed(table, "calder-brigade")
    assert table.eyes("calder").allowed(STRIKE).data.max() == 0
    table.put("council.force_mandate[strait]", 0.5)
    assert table.eyes("calder").allowed(STRIKE).data[0, 0] == 1
    table.put("council.force_mandate[strait]", 0.0)
    table.put("deterrence.level[karsk,strait]", 6.0)
    assert table.eyes("calder").allowed(STRIKE).data[0, 0] == 1
    assert table.eyes("fallow").allowed(STRIKE).data[0, 0] == 0
    checks = STRIKE.allowed
    assert checks is not None
    assert all(check.reason and check.remedy for check in checks(table.eyes("calder")))


def test_a_strike_weakens_the_adversary_and_raises_tension() -> None:
    table = bench()
    table.turn({"deterrence.strike[calder,strait]": 1.0})
    assert table.value("deterrence.enemy_force[karsk,strait]") < 1
    assert table.why("deterrence.tension[strait]")["strikes"] > 0


def test_the_estimate_is_near_the_truth_and_not_the_truth() -> None:
    table = bench(lanes=2000)
    at(table, "council.mandate", 1.0)
    at(table, "forces.present", 2.0)
    table.turn()
    gap = table.cells("deterrence.estimate")[0] - table.cells("deterrence.credibility")[0]
    assert abs(gap.mean()) < 0.01
    assert gap.std() == pytest.approx(0.10, abs=0.01)


def test_a_posture_wants_force_in_the_theatre() -> None:
    table = bench()
    assert table.eyes("calder").allowed(TAKE_POSTURE).data.max() == 0
    stationed(table, "calder-brigade")
    assert table.eyes("calder").allowed(TAKE_POSTURE).data[:, 0].tolist() == [1, 0]


def test_an_absent_seat_stands_ready_where_it_has_force_and_keeps_its_word() -> None:
    table = bench()
    stationed(table, "calder-brigade")
    table.put("deterrence.level[karsk,strait]", 4.0)
    table.put("deterrence.due[calder,karsk]", 1.0)
    orders = table.bots(absent=ALLIES)
    assert orders.value("deterrence.take_posture", ("calder", "strait")) == 1
    assert orders.value("deterrence.take_posture", ("aurland", "strait")) == 0
    assert table.value("deterrence.called[calder,karsk]") == 0


def test_absent_seats_stand_down_when_it_is_quiet() -> None:
    table = bench()
    table.put("deterrence.posture[calder,strait]", 1.0)
    table.bots(absent=ALLIES)
    assert table.value("deterrence.posture[calder,strait]") == 0


@pytest.mark.parametrize(
    "hidden",
    [
        "deterrence.credibility[strait]",
        "deterrence.enemy_force[karsk,strait]",
        "deterrence.will[fallow]",
        "adversary.stake[karsk]",
        "adversary.seen_credibility[karsk,strait]",
        "deterrence.misread[strait]",
    ],
)
def test_allied_bots_decide_from_what_they_see(hidden: str) -> None:
    plain, changed = bench(), bench()
    for table in (plain, changed):
        stationed(table, "calder-brigade")
        table.put("deterrence.level[karsk,strait]", 4.0)
    changed.put(hidden, 0.95)
    orders = [table.bots(absent=("calder",)) for table in (plain, changed)]
    np.testing.assert_array_equal(orders[0].rows(), orders[1].rows())


def test_what_everybody_may_read_of_an_act_does_not_tell_that_it_was_misread() -> None:
    table = bench(lanes=1, misreading=0.6)
    at(table, "deterrence.tension", 1.0)
    at(table, "deterrence.level", 4.0)
    for _ in range(12):
        table.turn({"adversary.do[karsk,border-exercise,strait]": 1.0})
        for posting in table.postings("deterrence.level"):
            for line in posting.lines:
                secret = any(origin.kind == "chance" for origin in line.of)
                assert not (secret and line.name == "seen to act")
    assert table.value("deterrence.misread[strait]") > 0


def test_one_game_among_many_is_the_same_as_alone() -> None:
    many, alone = bench(lanes=4), bench()
    alone.dice = Dice.seeded(1, [2])
    for table in (many, alone):
        stationed(table, "calder-brigade")
        at(table, "deterrence.level", 5.0)
        for _ in range(4):
            table.bots()
    np.testing.assert_array_equal(many.world.column(2), alone.world.column(0))


def test_terms_sum_exactly() -> None:
    table = bench()
    stationed(table, "calder-brigade")
    at(table, "deterrence.level", 5.0)
    table.turn({"deterrence.threaten[calder,karsk]": 5.0, "deterrence.strike[aurland,strait]": 1})
    for _ in range(5):
        table.bots()
    table.check_sums()
