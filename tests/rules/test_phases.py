"""What the phases module claims, held against what it does."""

from __future__ import annotations

import numpy as np
import pytest

from exercise.engine.dice import Dice
from exercise.rules import adversary, deterrence, phases
from exercise.rules.phases import MOVE
from tests.rules.bench import AXES, PARENTS, Bench
from tests.rules.standing import others

CHAIR = {
    "council.chair[defence-council,aurland]": 1.0,
    "council.chair[economic-council,calder]": 1.0,
}


def bench(lanes: int = 1, phase: float = 1.0, **start: float) -> Bench:
    return Bench(
        adversary.RULE,
        deterrence.RULE,
        phases.RULE,
        *others(),
        lanes=lanes,
        start={**CHAIR, "phases.phase": phase, **start},
    )


def after(table: Bench, **cells: float) -> float:
    """The phase prompted when these cells hold; dots are written as double underscores."""
    table.turn(set_before={name.replace("__", "."): value for name, value in cells.items()})
    return table.value("phases.prompt")


def test_eight_calm_allies_who_agree_are_not_prompted_to_leave_the_first_phase() -> None:
    table = bench()
    table.put("threat.level[karsk]", 0.1)
    table.turn()
    assert table.value("threat.shared_view") == 1.0
    assert table.value("phases.prompt") == 1


def test_an_alarm_that_is_shared_prompts_assessment_and_one_that_is_not_does_not() -> None:
    table = bench()
    table.put("threat.level[karsk]", 0.7)
    assert after(table) == 2
    assert after(table, threat__shared_view=0.3) == 1


def test_a_grave_report_believed_prompts_assessment() -> None:
    table = bench(**{"threat.level[karsk]": 0.1})
    for cell, value in {
        "intelligence.live[imagery]": 1.0,
        "intelligence.severity[imagery]": 0.6,
        "intelligence.seen[calder,imagery]": 1.0,
        "intelligence.confidence[calder,imagery]": 0.7,
    }.items():
        table.turn()
        assert table.value("phases.prompt") == 1
        table.put(cell, value)
    table.turn()
    assert table.value("phases.prompt") == 2


@pytest.mark.parametrize(
    ("phase", "cell", "value"),
    [
        (2.0, "council.adopted[statement]", 1.0),
        (2.0, "council.strategy[deny]", 0.6),
        (2.0, "deterrence.level[karsk,strait]", 4.0),
        (3.0, "council.mandate[strait]", 0.5),
        (3.0, "council.joined[calder,reinforce]", 1.0),
        (3.0, "council.sanctioned[finance-package]", 0.5),
    ],
)
def test_conditions_prompt_the_next_phase_and_move_nothing(
    phase: float, cell: str, value: float
) -> None:
    table = bench(phase=phase)
    table.turn()
    assert table.value("phases.prompt") == phase
    table.put(cell, value)
    table.turn()
    assert table.value("phases.prompt") == phase + 1
    assert table.value("phases.phase") == phase


def test_execution_is_prompted_when_the_mandated_force_is_there() -> None:
    table = bench(phase=4.0, **{"council.mandate[strait]": 0.6, "forces.fill[strait]": 0.5})
    assert after(table) == 4
    table.put("forces.fill[border]", 1.0)
    assert after(table) == 4
    table.put("forces.fill[strait]", 0.85)
    assert after(table) == 5


def test_an_attack_prompts_execution_from_any_phase() -> None:
    for phase in (1.0, 2.0, 3.0, 4.0):
        table = bench(phase=phase)
        table.put("deterrence.level[karsk,strait]", 6.0)
        table.turn()
        assert table.value("phases.prompt") == 5


def test_a_determined_case_prompts_planning() -> None:
    table = bench(phase=2.0)
    table.put("council.determined[northern-treaty]", 1.0)
    table.put("deterrence.level[karsk,strait]", 3.0)
    table.turn()
    assert table.value("phases.prompt") == 4


def test_two_quiet_weeks_prompt_transition_however_long_the_turns() -> None:
    table = bench(phase=5.0)
    table.turn()
    assert table.value("phases.prompt") == 5
    table.turn()
    assert table.value("phases.prompt") == 6
    assert table.value("phases.calm") == 2


def test_when_the_adversary_eases_well_below_its_height_options_are_prompted_again() -> None:
    table = bench(phase=5.0)
    table.put("deterrence.level[karsk,strait]", 6.0)
    table.turn()
    assert table.value("phases.prompt") == 5
    table.put("deterrence.level[karsk,strait]", 4.0)
    table.turn()
    assert table.value("phases.prompt") == 5
    table.put("deterrence.level[karsk,strait]", 3.0)
    table.turn()
    assert table.value("phases.prompt") == 3


def test_only_the_chair_of_the_lead_forum_moves_the_phase() -> None:
    table = bench()
    assert table.eyes("aurland").allowed(MOVE).data.max() == 1
    for ally in ("calder", "dorvik"):
        assert table.eyes(ally).allowed(MOVE).data.max() == 0
    checks = MOVE.allowed
    assert checks is not None
    assert all(check.reason and check.remedy for check in checks(table.eyes("calder")))


def test_without_a_forum_the_first_ally_moves_it() -> None:
    table = Bench(
        adversary.RULE,
        deterrence.RULE,
        phases.RULE,
        *others(),
        axes={**AXES, "forum": ()},
    )
    assert PARENTS
    assert table.eyes("aurland").allowed(MOVE).data.max() == 1
    assert table.eyes("calder").allowed(MOVE).data.max() == 0


def test_the_chair_moves_on_skips_to_the_prompt_and_goes_back() -> None:
    table = bench()
    table.turn({"phases.move[aurland]": 1.0})
    assert table.value("phases.phase") == 2
    table.put("deterrence.level[karsk,strait]", 6.0)
    table.turn()
    table.turn({"phases.move[aurland]": 2.0})
    assert table.value("phases.phase") == 5
    table.turn({"phases.move[aurland]": -1.0})
    assert table.value("phases.phase") == 4
    assert table.why("phases.phase") == {"the chair": -1.0}


def test_an_absent_chair_follows_the_prompt_one_step_a_turn() -> None:
    table = bench()
    table.put("deterrence.level[karsk,strait]", 6.0)
    table.turn()
    seen = []
    for _ in range(5):
        table.bots(absent=("aurland", "calder"))
        seen.append(table.value("phases.phase"))
    assert seen == [2, 3, 4, 5, 5]


def test_the_climate_is_kept_apart_from_the_phase() -> None:
    table = bench()
    for level, climate in ((3.0, 3), (4.0, 4), (6.0, 5), (3.0, 3), (1.0, 2)):
        table.put("deterrence.level[karsk,strait]", level)
        table.turn()
        assert table.value("phases.climate") == climate
    assert table.value("phases.phase") == 1


def test_a_chair_decides_from_what_it_sees() -> None:
    plain, changed = bench(), bench()
    changed.put("deterrence.credibility[strait]", 0.9)
    changed.put("intelligence.seen[fallow,imagery]", 1.0)
    orders = [table.bots(absent=("aurland",)) for table in (plain, changed)]
    np.testing.assert_array_equal(orders[0]["phases.move"].data, orders[1]["phases.move"].data)


def test_one_game_among_many_is_the_same_as_alone_and_terms_sum() -> None:
    many, alone = bench(lanes=4), bench()
    alone.dice = Dice.seeded(1, [2])
    for table in (many, alone):
        for _ in range(6):
            table.bots()
        table.check_sums()
    np.testing.assert_array_equal(many.world.column(2), alone.world.column(0))
