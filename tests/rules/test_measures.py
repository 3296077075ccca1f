"""What the measures module keeps count of, held against play."""

from __future__ import annotations

import pytest

from exercise.engine.turn import Ruling
from exercise.rules import adversary, deterrence, measures
from tests.rules.bench import ALLIES, Bench
from tests.rules.standing import others


def bench(lanes: int = 1, **start: float) -> Bench:
    return Bench(
        adversary.RULE,
        deterrence.RULE,
        measures.RULE,
        *others(),
        lanes=lanes,
        start=start,
        parameters={"deterrence.misreading": 0.0},
    )


def test_the_peak_is_the_highest_rung_and_stays() -> None:
    table = bench()
    for level in (3.0, 5.0, 2.0):
        table.put("deterrence.level[karsk,strait]", level)
        table.turn()
    assert table.value("measures.peak_level") == 5
    assert table.value("measures.climb") == 0  # set by hand between turns, nobody climbed


@pytest.mark.parametrize(("level", "grade"), [(4.0, 0), (6.0, 2), (7.0, 3)])
def test_violence_is_graded_by_the_gravest(level: float, grade: float) -> None:
    table = bench()
    table.put("deterrence.level[karsk,strait]", level)
    table.turn()
    assert table.value("measures.violence") == grade


def test_a_clash_is_minor_violence() -> None:
    table = bench(lanes=200)
    table.put("deterrence.level[karsk,strait]", 5.0)
    table.turn()
    clash = table.cells("deterrence.clash")[0]
    assert 0 < clash.mean() < 1
    assert (table.cells("measures.violence") == clash).all()


def test_rungs_climbed_are_counted_and_so_are_those_that_met_no_decision() -> None:
    table = bench()
    table.turn({"adversary.do[karsk,drones,strait]": 1.0})
    table.turn(
        {"adversary.do[karsk,border-exercise,strait]": 1.0},
        set_before={"council.adopted[statement]": 1.0},
    )
    assert table.value("measures.climb") == 3
    assert table.value("measures.unanswered") == 2
    assert table.value("measures.first_coercion") == 1
    assert table.value("measures.first_breach") == 0


def test_a_week_is_noted_once() -> None:
    table = bench()
    table.turn()
    assert table.value("measures.first_mandate") == 0
    table.turn(set_before={"council.mandate[strait]": 0.4})
    table.turn()
    assert table.value("measures.first_mandate") == 2


@pytest.mark.parametrize(
    ("cells", "measure"),
    [
        ({"council.tabled[reinforce]": 1.0}, "first_tabled"),
        ({"council.adopted[reinforce]": 1.0}, "first_adopted"),
        ({"council.sanctioned[finance-package]": 0.5}, "first_sanction"),
        ({"deterrence.level[karsk,strait]": 5.0}, "first_breach"),
        (
            {"intelligence.live[imagery]": 1.0, "intelligence.seen[fallow,imagery]": 0.7},
            "first_release",
        ),
    ],
)
def test_when_things_first_happened(cells: dict[str, float], measure: str) -> None:
    table = bench()
    table.turn()
    table.turn()
    table.turn(set_before=cells)
    assert table.value(f"measures.{measure}") == 3
    assert table.why(f"measures.{measure}") == {"first": 3.0}


def test_a_report_its_owner_alone_holds_is_not_released() -> None:
    table = bench()
    for cell in (
        "intelligence.live[imagery]",
        "intelligence.origin[imagery,aurland]",
        "intelligence.seen[aurland,imagery]",
    ):
        table.put(cell, 1.0)
    table.turn()
    assert table.value("measures.first_release") == 0


def test_a_common_picture_wants_every_ally() -> None:
    table = bench()
    table.put("intelligence.live[imagery]", 1.0)
    for ally in ALLIES:
        table.turn()
        assert table.value("measures.first_common") == 0
        table.put(f"intelligence.seen[{ally},imagery]", 1.0)
    table.turn()
    assert table.value("measures.first_common") == 5


def test_force_that_stood_there_from_the_start_is_no_reinforcement() -> None:
    table = bench()
    table.turn()
    assert table.value("measures.start_force") == 2
    assert table.value("measures.first_force") == 1
    assert table.value("measures.first_reinforced") == 0
    table.turn(set_before={"forces.present[strait]": 1.6})
    assert table.value("measures.first_reinforced") == 2


def test_open_texts_hot_weeks_and_shortages_add_up_by_weeks() -> None:
    table = Bench(adversary.RULE, deterrence.RULE, measures.RULE, *others(), schedule=(2.0,))
    for cell, value in {
        "council.tabled[reinforce]": 1.0,
        "council.tabled[sanction]": 1.0,
        "economy.shortage[calder,energy]": 0.5,
        "deterrence.level[karsk,strait]": 5.0,
    }.items():
        table.put(cell, value)
    table.turn()
    assert table.value("measures.open_weeks") == 4
    assert table.value("measures.short_weeks") == 1
    assert table.value("measures.hot_weeks") == 2


def test_lows_are_kept() -> None:
    table = bench()
    assert table.value("measures.low_cohesion") == pytest.approx(0.6)
    table.turn(set_before={"burden.cohesion": 0.4, "domestic.support[fallow]": 0.3})
    table.turn(set_before={"burden.cohesion": 0.7, "domestic.support[fallow]": 0.7})
    assert table.value("measures.low_cohesion") == pytest.approx(0.4)
    assert table.value("measures.low_support[fallow]") == pytest.approx(0.3)
    assert table.value("measures.low_support[calder]") == pytest.approx(0.6)


def test_misreads_and_bluffs_are_counted() -> None:
    table = bench()
    table.turn({"deterrence.threaten[calder,karsk]": 3.0})
    table.turn({"adversary.do[karsk,drones,strait]": 1.0})
    table.turn(rulings=(Ruling("deterrence.misread", ("strait",), 1.0, "it was"),))
    assert table.value("measures.bluffs") == 1
    assert table.value("measures.misreads") == 1


def test_terms_sum_exactly() -> None:
    table = bench()
    for _ in range(6):
        table.bots()
    table.check_sums()
