"""What realignment claims about allies that drift, held against it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from exercise.engine.dice import Dice
from exercise.rules.realignment import RULE
from tests.rules.around import around
from tests.rules.bench import Bench


def bench(lanes: int = 1, **more: Any) -> Bench:
    return Bench(*around("realignment"), lanes=lanes, **more)


def test_resentful_unthreatened_allies_drift_first() -> None:
    table = bench()
    for ally, resentment, threat in (
        ("fallow", 0.8, 0.1),
        ("dorvik", 0.6, 0.9),
        ("aurland", 0.0, 0.1),
    ):
        table.put(f"burden.resentment[{ally}]", resentment)
        table.put(f"threat.threat[{ally},karsk]", threat)
    table.turn()
    pressure = {
        a: table.value(f"realignment.exit_pressure[{a}]") for a in ("fallow", "dorvik", "aurland")
    }
    assert pressure["fallow"] > 0.3
    assert pressure["fallow"] > pressure["aurland"] > pressure["dorvik"]


@pytest.mark.parametrize("fear", ["entrapment", "abandonment", "resentment"])
def test_each_grievance_draws_an_ally_out(fear: str) -> None:
    table = bench(start={f"burden.{fear}[calder]": 0.8})
    table.turn()
    assert table.value("realignment.exit_pressure[calder]") > table.value(
        "realignment.exit_pressure[fallow]"
    )


def test_a_standing_offer_draws_the_harder_the_harder_life_is() -> None:
    table = bench()
    for ally in ("calder", "dorvik"):
        table.put(f"adversary.offer[karsk,{ally}]", 0.8)
    table.put("economy.hardship[dorvik]", 0.7)
    for _ in range(6):
        table.turn()
    lure = {a: table.value(f"realignment.outside[{a}]") for a in ("calder", "dorvik", "fallow")}
    assert lure["dorvik"] > lure["calder"] > lure["fallow"] == 0.0
    assert table.value("realignment.exit_pressure[dorvik]") > table.value(
        "realignment.exit_pressure[fallow]"
    )


def test_an_offer_that_is_not_renewed_fades() -> None:
    table = bench(start={"realignment.outside[calder]": 0.8})
    for _ in range(13):
        table.turn()
    assert table.value("realignment.outside[calder]") == pytest.approx(0.4, abs=0.001)


def test_an_offer_saturates_in_half_year_turns() -> None:
    table = bench(schedule=(26.0,), start={"adversary.offer[karsk,calder]": 1.0})
    for _ in range(4):
        table.turn()
        assert 0.0 < table.value("realignment.outside[calder]") < 0.9


def test_a_reassurance_stands_and_wears_down() -> None:
    table = bench()
    table.turn({"realignment.reassure[aurland,calder]": 1.0})
    assert table.value("realignment.assured[aurland,calder]") == 1.0
    table.turn({"realignment.reassure[aurland,calder]": 0.5})
    assert table.value("realignment.assured[aurland,calder]") == 1.0  # no word is taken back
    for _ in range(26):
        table.turn()
    assert table.value("realignment.assured[aurland,calder]") == pytest.approx(0.5, abs=0.001)


def test_nobody_reassures_itself() -> None:
    table = bench()
    eyes = table.eyes("calder")
    reassure = table.ruleset.decisions["realignment.reassure"]
    assert eyes.allowed(reassure).data[:, 0].tolist() == [1.0, 0.0, 1.0, 1.0]
    assert all(check.reason and check.remedy for check in reassure.allowed(eyes))


def test_a_strong_absent_seat_reassures_whose_soil_is_in_danger() -> None:
    table = bench(
        start={
            "economy.size[aurland]": 900.0,
            "forces.home[calder,border]": 1.0,
            "deterrence.level[karsk,border]": 4.0,
        }
    )
    orders = table.bots()["realignment.reassure"].data[..., 0]
    assert np.argwhere(orders).tolist() == [[0, 1]]
    assert orders[0, 1] == 0.5
    assert not table.bots()["realignment.reassure"].data.any()


def test_the_lure_of_an_offer_is_an_allys_own_secret() -> None:
    table = bench(start={"realignment.outside[calder]": 0.8})
    assert not table.eyes("fallow")["realignment.outside"].data.any()
    assert table.eyes("calder")["realignment.outside"].data.any()


def test_terms_sum_exactly_and_lanes_do_not_know_of_each_other() -> None:
    many, one = bench(lanes=5), bench()
    one.dice = Dice.seeded(1, np.array([3]))
    for table in (many, one):
        table.put("adversary.offer[karsk,calder]", 0.7)
        table.put("burden.resentment[calder]", 0.7)
        for _ in range(5):
            table.bots()
        table.check_sums()
    np.testing.assert_array_equal(many.world.column(3), one.world.column(0))


def test_every_field_changes_through_play() -> None:
    table = bench(start={"adversary.offer[karsk,calder]": 0.7})
    table.turn({"realignment.reassure[aurland,calder]": 1.0})
    moved = {p.field for book in table.books for p in book.postings if (p.after != p.before).any()}
    assert {f.name for f in RULE.fields} <= moved


def test_every_decision_field_and_parameter_has_words() -> None:
    assert all(f.says for f in RULE.fields)
    assert all(d.says and d.consequence for d in RULE.decisions)
    assert all(p.says and p.source for p in RULE.parameters)
