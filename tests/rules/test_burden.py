"""What burden sharing claims about fairness, fear and cohesion, held against it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from exercise.engine.dice import Dice
from exercise.rules.burden import RULE
from tests.rules.around import around
from tests.rules.bench import ALLIES, Bench
from tests.rules.test_domestic import during


def bench(*with_it: str, lanes: int = 1, **more: Any) -> Bench:
    return Bench(*around("burden", *with_it), lanes=lanes, **more)


SIZES = {f"economy.size[{ally}]": 100.0 for ally in ALLIES[1:]} | {"economy.size[aurland]": 2000.0}


def test_fair_shares_and_contributions_each_sum_to_one() -> None:
    table = bench(start=SIZES)
    table.put("sanctions.blow[calder]", 0.2)
    table.put("forces.usable[dorvik-ships]", 0.3)
    table.put("logistics.hosted[orm,aurland]", 1.0)
    table.turn({"burden.compensate[aurland,calder]": 3.0})
    assert table.cells("burden.fair").sum() == pytest.approx(1.0, abs=1e-6)
    assert table.cells("burden.contribution").sum() == pytest.approx(1.0, abs=1e-6)


def test_large_members_carry_more_than_their_share_of_what_all_enjoy() -> None:
    table = bench(start=SIZES)
    table.turn()
    assert table.value("burden.share[aurland]") > 1.3
    assert table.value("burden.share[fallow]") < 0.7


def test_equal_members_carry_equal_shares() -> None:
    table = bench()
    table.turn()
    assert table.cells("burden.share") == pytest.approx(1.0, abs=1e-5)


def test_force_given_hosting_and_the_cost_of_sanctions_all_count() -> None:
    for cell, ally in {
        "forces.usable[dorvik-ships]": "dorvik",
        "sanctions.blow[calder]": "calder",
        "logistics.hosted[orm,aurland]": "dorvik",
        "burden.spending[fallow]": "fallow",
    }.items():
        table = bench()
        table.turn()
        table.put(cell, 4.0)
        table.turn()
        assert table.value(f"burden.share[{ally}]") > 1.2, cell


def test_carrying_too_much_breeds_resentment_and_compensation_soothes_it() -> None:
    paid, unpaid = bench(start=SIZES), bench(start=SIZES)
    for table in (paid, unpaid):
        table.put("economy.size[fallow]", 900.0)
        table.turn()
    assert unpaid.why("burden.resentment[aurland]")["carries too much"] > 0.0
    orders = {"burden.compensate[fallow,aurland]": 6.0}
    paid.turn(orders)
    unpaid.turn()
    assert paid.why("burden.resentment[aurland]")["compensated"] < 0.0
    assert paid.value("burden.resentment[aurland]") < unpaid.value("burden.resentment[aurland]")
    assert paid.value("burden.share[fallow]") > unpaid.value("burden.share[fallow]")


def test_a_niche_role_lowers_the_resentment_of_others() -> None:
    cells = SIZES | {"burden.spending[fallow]": 0.2}
    with_niche, without = bench(start=cells), bench(start=cells)
    with_niche.turn({"burden.claim_niche[fallow]": 1.0})
    without.turn()
    for table in (with_niche, without):
        for _ in range(6):
            table.turn()
    assert with_niche.value("burden.resentment[calder]") < without.value(
        "burden.resentment[calder]"
    )


def test_a_protest_vents_shames_and_costs_cohesion() -> None:
    loud, quiet = bench(start=SIZES), bench(start=SIZES)
    loud.turn({"burden.protest[aurland]": 1.0})
    quiet.turn()
    assert loud.value("burden.cohesion") < quiet.value("burden.cohesion")
    assert loud.value("burden.resentment[aurland]") < quiet.value("burden.resentment[aurland]")
    loud.turn()
    assert loud.why("burden.spending[fallow]")["shamed"] > 0.0
    assert "shamed" not in loud.why("burden.spending[aurland]")


def test_reassuring_against_abandonment_raises_entrapment() -> None:
    table, other = bench("realignment"), bench("realignment")
    table.turn({"realignment.reassure[aurland,calder]": 1.0})
    other.turn()
    assert table.value("burden.abandonment[calder]") < other.value("burden.abandonment[calder]")
    assert table.value("burden.entrapment[aurland]") > other.value("burden.entrapment[aurland]")
    assert table.value("burden.entrapment[calder]") == other.value("burden.entrapment[calder]")


def test_conditions_tie_the_giver_less() -> None:
    tied = {}
    for level in (0.5, 1.0):
        table = bench("realignment")
        table.turn({"realignment.reassure[aurland,calder]": level})
        tied[level] = table.why("burden.entrapment[aurland]")["promised"]
    assert tied[0.5] < 0.5 * tied[1.0]


def test_broken_promises_of_others_feed_the_fear_of_being_left() -> None:
    table = bench()
    during(table, {"treaty.reputation[dorvik]": 0.4})
    assert table.why("burden.abandonment[calder]")["broken promises"] > 0.0
    assert "broken promises" not in table.why("burden.abandonment[dorvik]")


def test_danger_without_a_mandate_feeds_it_too() -> None:
    fears = []
    for mandate in (0.0, 0.9):
        table = bench(
            start={"threat.threat[calder,karsk]": 0.9, "council.mandate[strait]": mandate}
        )
        for _ in range(8):
            table.turn()
        fears.append(table.value("burden.abandonment[calder]"))
    assert fears[1] < fears[0]


def test_being_bound_against_ones_wish_feeds_the_fear_of_entrapment() -> None:
    table = bench()
    during(
        table,
        {
            "council.adopted[reinforce]": 1.0,
            "council.consent[calder,reinforce]": 0.6,
            "council.consent[dorvik,reinforce]": 0.95,
        },
    )
    dragged = [table.value(f"burden.entrapment[{ally}]") for ally in ("calder", "dorvik", "fallow")]
    assert dragged[0] > dragged[1] > dragged[2]


@pytest.mark.parametrize(
    ("cell", "better", "worse"),
    [
        ("threat.shared_view", 1.0, 0.2),
        ("threat.agreement", 1.0, 0.2),
        ("council.free_consent", 1.0, 0.2),
        ("burden.resentment[calder]", 0.0, 0.9),
        ("treaty.reputation[calder]", 1.0, 0.1),
        ("treaty.dispute[calder,dorvik]", 0.0, 1.0),
    ],
)
def test_cohesion_follows_each_of_its_six_causes(cell: str, better: float, worse: float) -> None:
    held = []
    for value in (better, worse):
        table = bench(start={cell: value})
        for _ in range(6):
            table.turn()
        held.append(table.value("burden.cohesion"))
    assert held[0] > held[1]


def test_cohesion_goes_half_way_in_six_weeks_however_they_are_cut() -> None:
    ends = []
    for schedule in ((1.0,), (6.0,)):
        table = bench(schedule=schedule, start={"burden.cohesion": 0.2})
        for _ in range(round(6.0 / schedule[0])):
            table.turn()
        ends.append(table.value("burden.cohesion"))
    assert ends[0] == pytest.approx(ends[1], abs=0.005)
    assert ends[0] == pytest.approx(0.2 + (0.8 - 0.2) / 2, abs=0.03)


def test_each_cause_of_cohesion_is_a_term_of_its_own() -> None:
    table = bench(start={"burden.cohesion": 0.5})
    during(table, {"forces.alone[calder]": 1.0, "sanctions.alone[dorvik,energy-package]": 1.0})
    terms = table.why("burden.cohesion")
    assert {"shared view", "agreement", "free consent", "fairness", "reputation"} <= set(terms)
    assert terms["force without the others"] < terms["sanctions without the others"] < 0.0


def test_refusals_come_with_a_reason_and_a_remedy() -> None:
    table = bench(start=SIZES)
    table.turn()
    eyes = table.eyes("fallow")
    protest, pay = (table.ruleset.decisions[f"burden.{n}"] for n in ("protest", "compensate"))
    assert not eyes.allowed(protest).data.any()
    assert eyes.allowed(pay).data[..., 0].tolist() == [1.0, 1.0, 1.0, 0.0]
    assert table.eyes("aurland").allowed(protest).data.all()
    checks = [*protest.allowed(eyes), *pay.allowed(eyes)]
    assert all(check.reason and check.remedy for check in checks)


def test_a_small_light_carrier_finds_a_niche_and_a_bitter_heavy_one_protests() -> None:
    table = bench(start=SIZES | {"burden.resentment[aurland]": 0.7})
    table.turn()
    orders = table.bots()
    assert orders.value("burden.claim_niche", ("fallow",)) == 1.0
    assert orders.value("burden.protest", ("aurland",)) == 1.0
    assert orders.value("burden.protest", ("fallow",)) == 0.0


def test_fears_are_an_allys_own_and_cohesion_the_allies() -> None:
    table = bench()
    assert np.count_nonzero(table.eyes("fallow")["burden.resentment"].data) == 1
    assert table.eyes("fallow")["burden.cohesion"].data.all()
    assert not table.eyes("karsk")["burden.cohesion"].data.any()


def test_nothing_reaches_its_limit_in_half_year_turns() -> None:
    table = bench(schedule=(26.0,), start=SIZES | {"threat.threat[calder,karsk]": 1.0})
    for _ in range(4):
        table.turn()
    for name in ("resentment", "abandonment", "entrapment"):
        values = table.cells(f"burden.{name}")
        assert values.min() >= 0.0
        assert values.max() < 1.0
        for posting in table.postings(f"burden.{name}"):
            assert "limit" not in {line.name for line in posting.lines}


def test_terms_sum_exactly_and_lanes_do_not_know_of_each_other() -> None:
    many, one = bench(lanes=5, start=SIZES), bench(start=SIZES)
    one.dice = Dice.seeded(1, np.array([3]))
    for table in (many, one):
        for _ in range(5):
            table.bots()
        table.check_sums()
    np.testing.assert_array_equal(many.world.column(3), one.world.column(0))


def test_every_field_changes_through_play() -> None:
    table = bench(start=SIZES)
    orders = {"burden.compensate[aurland,calder]": 3.0, "burden.claim_niche[fallow]": 1.0}
    orders |= {"burden.protest[aurland]": 1.0, "burden.contribute[fallow]": 0.2}
    during(table, {"economy.size[calder]": 300.0}, orders)
    moved = {p.field for book in table.books for p in book.postings if (p.after != p.before).any()}
    assert {f.name for f in RULE.fields} <= moved


def test_every_decision_field_and_parameter_has_words() -> None:
    assert all(f.says for f in RULE.fields)
    assert all(d.says and d.consequence for d in RULE.decisions)
    assert all(p.says and p.source for p in RULE.parameters)
