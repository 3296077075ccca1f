"""What domestic politics claims about support, capital and parliaments, held against it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from exercise.engine.dice import Dice
from exercise.engine.ledger import Book
from exercise.engine.turn import Inputs, begin
from exercise.engine.world import World
from exercise.rules.domestic import RULE
from tests.rules.around import around
from tests.rules.bench import ALLIES, Bench

UNITS = dict(
    zip(
        ALLIES,
        ("aurland-brigade", "calder-brigade", "dorvik-ships", "fallow-battalion"),
        strict=True,
    )
)


def bench(lanes: int = 1, **more: Any) -> Bench:
    return Bench(*around("domestic"), lanes=lanes, **more)


def during(
    table: Bench, changes: dict[str, float], orders: dict[str, float] | None = None
) -> World:
    """Play a turn in which other modules come to publish these values."""
    book = Book()
    turn = begin(table.ruleset, table.world, table.dice, inputs=Inputs(), book=book)
    turn.open()
    for cell, value in changes.items():
        name, _, names = cell.rstrip("]").partition("[")
        turn.world.put(name, names.split(",") if names else (), value)
    table.world = turn.resolve(table.slips(orders))
    table.books.append(book)
    return table.world


def support(table: Bench, ally: str = "calder") -> float:
    return table.value(f"domestic.support[{ally}]")


def test_hardship_costs_support() -> None:
    table = bench()
    table.put("economy.hardship[calder]", 0.6)
    table.turn()
    assert table.why("domestic.support[calder]")["hardship"] < 0.0
    assert support(table) < support(table, "fallow")


def test_unkept_threats_cost_support_in_trade_and_in_arms() -> None:
    table = bench()
    table.put("sanctions.unkept[calder,energy-package]", 1.0)
    table.put("deterrence.called[dorvik,karsk]", 1.0)
    table.turn()
    assert -0.05 < table.why("domestic.support[calder]")["unkept threat"] < -0.03
    assert -0.05 < table.why("domestic.support[dorvik]")["bluff called"] < -0.03


def test_breaches_of_war_powers_and_acting_alone_have_a_price() -> None:
    table = bench()
    table.put("forces.breach[calder]", 1.0)
    table.put("forces.alone[dorvik]", 1.0)
    table.put("sanctions.alone[fallow,energy-package]", 1.0)
    for _ in range(4):
        table.turn()
    assert support(table, "calder") < support(table, "dorvik") < support(table, "aurland")
    assert "sanctions alone" in table.why("domestic.support[fallow]")


def test_a_rally_is_small_and_larger_with_a_mandate_of_the_council() -> None:
    gained = []
    for mandate in (0.0, 0.8):
        table = bench(start={"council.mandate[strait]": mandate})
        during(table, {"deterrence.level[karsk,strait]": 5.0})
        gained.append(table.why("domestic.support[calder]")["rally"])
    assert 0.0 < gained[0] < 0.02
    assert gained[1] > 2.0 * gained[0]


def test_a_rally_fades() -> None:
    table = bench()
    during(table, {"deterrence.level[karsk,strait]": 5.0})
    high = support(table)
    for _ in range(20):
        table.turn()
    assert support(table) < high
    assert table.value("domestic.rallied[calder]") < 0.003


def test_a_fresh_mandate_rallies_too() -> None:
    table = bench()
    during(table, {"council.mandate[strait]": 0.8})
    assert table.why("domestic.rallied[calder]")["mandate"] > 0.01


def test_an_attack_at_home_closes_ranks_by_tens_of_points_and_for_long() -> None:
    table = bench(start={"forces.home[calder,border]": 1.0})
    before = support(table)
    during(table, {"deterrence.level[karsk,border]": 7.0})
    for _ in range(3):
        table.turn()
    closed = support(table) - before
    assert closed > 0.12
    assert abs(support(table, "fallow") - before) < 0.03
    table.put("deterrence.level[karsk,border]", 2.0)
    for _ in range(12):
        table.turn()
    assert support(table) - before > 0.6 * closed


def losses(at_home: float) -> Bench:
    """Five hundred soldiers of Calder fall in the strait, which is home to it or is not."""
    unit = UNITS["calder"]
    start = {
        "forces.home[calder,strait]": at_home,
        f"logistics.arrived[{unit}]": 1.0,
        f"logistics.destination[{unit},strait]": 1.0,
    }
    table = bench(start=start)
    during(table, {"deterrence.losses[strait]": 0.3, "deterrence.casualties[calder]": 500.0})
    return table


def test_losses_abroad_cost_support_and_losses_in_ones_own_defence_do_not() -> None:
    abroad, home = losses(0.0), losses(1.0)
    assert abroad.value("domestic.losses[calder]") == pytest.approx(500.0, abs=0.01)
    assert -0.40 < abroad.why("domestic.support[calder]")["losses"] < -0.20
    assert home.value("domestic.losses[calder]") == 0.0
    assert "losses" not in home.why("domestic.support[calder]")


def test_ten_times_the_losses_cost_about_fifteen_points() -> None:
    table = bench(start={"domestic.losses[calder]": 99.0, "domestic.support[calder]": 0.5})
    during(table, {"domestic.losses[calder]": 999.0})
    assert table.why("domestic.support[calder]")["losses"] == pytest.approx(-0.13, abs=0.02)


def test_speeches_help_less_each_time_and_values_move_the_worried() -> None:
    table = bench(start={"threat.threat[calder,karsk]": 0.9, "threat.threat[fallow,karsk]": 0.1})
    table.turn({f"domestic.address[{ally}]": 2.0 for ally in ("calder", "fallow")})
    first = table.why("domestic.support[calder]")["spoke of values"]
    assert first > 0.01
    assert table.why("domestic.support[fallow]")["spoke of values"] < 0.0
    table.turn({"domestic.address[calder]": 2.0, "domestic.address[dorvik]": 1.0})
    assert table.why("domestic.support[calder]")["spoke of values"] < 0.75 * first
    assert table.why("domestic.support[dorvik]")["spoke of interests"] > 0.01


def test_every_order_is_paid_for_and_a_turn_brings_new_staff_work() -> None:
    table = bench()
    table.turn({"domestic.address[calder]": 1.0, "domestic.seek_vote[calder]": 1.0})
    assert table.value("domestic.staff[calder]") == 4.0
    assert table.why("domestic.capital[calder]")["spent"] == -8.0
    table.turn()
    assert table.value("domestic.staff[calder]") == 6.0
    assert table.why("domestic.staff[calder]") == {"a new turn's staff work": 2.0}


def test_acts_in_council_are_paid_for_in_council() -> None:
    table = bench()
    turn = begin(table.ruleset, table.world, table.dice)
    turn.open()
    turn.council(table.slips({"domestic.address[calder]": 1.0}))
    assert turn.world.value("domestic.staff", ("calder",)) == 5.0


def test_a_seat_cannot_spend_more_than_it_has() -> None:
    table = bench(start={"domestic.capital[calder]": 3.0})
    eyes = table.eyes("calder")
    made = eyes.order(table.ruleset.decisions["domestic.seek_vote"], 1.0)
    assert not made.data.any()


def test_capital_comes_in_by_the_week_faster_with_support_and_saturates() -> None:
    table = bench(start={"domestic.support[calder]": 0.9, "domestic.support[fallow]": 0.1})
    table.turn()
    assert table.value("domestic.capital[calder]") > table.value("domestic.capital[fallow]") > 50.0
    long = Bench(*around("domestic"), schedule=(26.0,))
    for _ in range(4):
        long.turn()
    assert 50.0 < long.value("domestic.capital[calder]") < 100.0


def test_parliament_follows_the_public() -> None:
    shares = {}
    for level in (0.25, 0.65):
        table = bench(lanes=1000, start={"domestic.support[calder]": level})
        table.turn({"domestic.seek_vote[calder]": 1.0})
        shares[level] = float(table.cells("domestic.mandated")[ALLIES.index("calder")].mean())
    assert shares[0.25] < 0.35
    assert shares[0.65] > 0.85


def test_a_lost_vote_costs_support() -> None:
    table = bench(start={"domestic.support[calder]": 0.05, "threat.threat[calder,karsk]": 0.0})
    table.turn({"domestic.seek_vote[calder]": 1.0})
    assert table.value("domestic.mandated[calder]") == 0.0
    assert table.why("domestic.support[calder]")["vote lost"] < 0.0


def test_unpopular_governments_fall_and_their_successors_owe_parliament_nothing() -> None:
    fallen = {}
    for level in (0.15, 0.6):
        cells = {f"domestic.support[{ally}]": level for ally in ALLIES}
        cells |= {f"domestic.usual[{ally}]": level for ally in ALLIES}
        table = bench(lanes=1000, start=cells | {"domestic.mandated[calder]": 1.0})
        for _ in range(26):
            table.turn()
        fallen[level] = float(table.cells("domestic.changed").mean())
        mandated = table.cells("domestic.mandated")[ALLIES.index("calder")]
        changed = table.cells("domestic.changed")[ALLIES.index("calder")]
        np.testing.assert_array_equal(mandated, 1.0 - changed)
    assert 0.08 < fallen[0.15] < 0.30
    assert fallen[0.6] < 0.02


def test_being_outvoted_and_handing_forces_over_costs_autonomy() -> None:
    table = bench()
    during(
        table,
        {
            "council.adopted[reinforce]": 1.0,
            "council.consent[calder,reinforce]": 0.6,
            "council.consent[fallow,reinforce]": 0.95,
            f"forces.authority[{UNITS['dorvik']}]": 4.0,
        },
    )
    autonomy = {ally: table.value(f"domestic.autonomy[{ally}]") for ally in ALLIES}
    assert autonomy["calder"] < autonomy["fallow"] < autonomy["aurland"]
    assert autonomy["dorvik"] < autonomy["aurland"]
    during(table, {f"forces.authority[{UNITS['dorvik']}]": 1.0})
    assert table.value("domestic.autonomy[dorvik]") > autonomy["dorvik"]


def test_a_country_that_decides_little_for_itself_minds() -> None:
    table = bench(start={"domestic.autonomy[calder]": 0.1})
    table.turn()
    assert table.why("domestic.support[calder]")["autonomy"] < 0.0
    assert "autonomy" not in table.why("domestic.support[fallow]")


def test_nothing_reaches_its_limit_in_half_year_turns() -> None:
    table = Bench(*around("domestic"), schedule=(26.0,))
    table.put("economy.hardship[calder]", 0.9)
    table.put("forces.breach[calder]", 1.0)
    for _ in range(3):
        table.turn()
        assert support(table) > 0.0
        assert "limit" not in table.why("domestic.support[calder]")


def test_an_absent_government_speaks_when_support_slips_and_not_twice_running() -> None:
    table = bench(start={"domestic.support[calder]": 0.4})
    assert table.bots().value("domestic.address", ("calder",)) == 1.0
    again = table.bots()
    assert again.value("domestic.address", ("calder",)) == 0.0
    assert not again["domestic.address"].data.any()


def test_an_absent_government_asks_parliament_once_there_is_a_mandate() -> None:
    table = bench(start={"council.mandate[strait]": 0.6})
    assert table.bots().value("domestic.seek_vote", ("calder",)) == 1.0
    table.put("domestic.mandated[calder]", 1.0)
    table.put("forces.war_powers[dorvik]", 1.0)
    assert table.bots().value("domestic.seek_vote", ("calder",)) == 0.0
    unasked = bench(start={"council.mandate[strait]": 0.6, "forces.war_powers[calder]": 1.0})
    assert unasked.bots().value("domestic.seek_vote", ("calder",)) == 0.0


def test_purses_are_a_governments_own_secret() -> None:
    table = bench()
    seen = table.eyes("fallow")["domestic.capital"].data[..., 0]
    assert seen.tolist() == [0.0, 0.0, 0.0, 50.0]


def test_terms_sum_exactly_and_lanes_do_not_know_of_each_other() -> None:
    many, one = bench(lanes=5), bench()
    one.dice = Dice.seeded(1, np.array([3]))
    for table in (many, one):
        table.put("economy.hardship[calder]", 0.7)
        table.put("domestic.support[calder]", 0.3)
        for _ in range(5):
            table.bots()
        table.check_sums()
    np.testing.assert_array_equal(many.world.column(3), one.world.column(0))


def test_every_field_but_what_is_usual_changes_through_play() -> None:
    cells = {"forces.home[calder,border]": 1.0, "domestic.support[fallow]": 0.0}
    unit = UNITS["aurland"]
    cells |= {f"logistics.arrived[{unit}]": 1.0, f"logistics.destination[{unit},strait]": 1.0}
    table = bench(start=cells, parameters={"domestic.fall": 0.01})
    changes = {"deterrence.level[karsk,border]": 6.0, f"forces.authority[{unit}]": 3.0}
    changes |= {"deterrence.losses[strait]": 0.1, "deterrence.casualties[aurland]": 20.0}
    orders = {f"domestic.seek_vote[{ally}]": 1.0 for ally in ALLIES}
    during(table, changes, orders | {"domestic.address[aurland]": 1.0})
    for _ in range(26):
        table.put("domestic.support[fallow]", 0.0)
        table.turn()
    moved = {p.field for book in table.books for p in book.postings if (p.after != p.before).any()}
    assert {f.name for f in RULE.fields} - moved == {"domestic.usual"}


def test_every_decision_field_and_parameter_has_words() -> None:
    assert all(f.says for f in RULE.fields)
    assert all(d.says and d.consequence for d in RULE.decisions)
    assert all(p.says and p.source for p in RULE.parameters)
