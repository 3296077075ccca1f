"""What the treaty module claims about promises, held against what it does."""

from __future__ import annotations

import numpy as np
import pytest

from exercise.rules import treaty
from exercise.scenario.model import Treaty
from tests.rules.bench import Bench
from tests.rules.chamber import ALLIES, chamber, declared, putting, tabled, text

FULL, IN_PART, REFUSE = 1.0, 0.5, -1.0


def pact(**more: object) -> Treaty:
    return Treaty(title="Northern Treaty", parties=ALLIES, **more)  # type: ignore[arg-type]


def bench(bilateral: bool = False, lanes: int = 1, **more: object) -> Bench:
    treaties = {"pact": pact(forum=None if bilateral else "council", **more)}
    finding = text("determination", treaty="pact", theatre=None)
    return chamber(
        None, {"finding": finding}, treaty.RULE, treaties=treaties, lanes=lanes
    )  # fmt: skip


def answers(value: float, *allies: str) -> dict[str, float]:
    return {f"treaty.answer[{ally},pact]": value for ally in allies}


INVOKES = {"treaty.invoke[calder,pact]": 1.0}
FINDS = [tabled("finding"), putting("finding"), declared("finding")]


def called(**more: object) -> Bench:
    table = bench(bilateral=True, **more)
    table.turn(INVOKES)
    return table


def test_a_forum_first_finds_that_the_case_is_met() -> None:
    table = bench()
    table.turn(INVOKES)
    assert table.value("treaty.invoked[pact]") == 1.0
    assert table.value("treaty.determined[pact]") == 0.0
    table.turn(answers(FULL, "dorvik"))
    assert table.value("treaty.honour[dorvik,pact]") == 0.0
    table.turn(answers(FULL, "dorvik"), rounds=FINDS)
    assert table.value("treaty.determined[pact]") == 1.0
    assert table.value("treaty.honour[dorvik,pact]") == 1.0


def test_then_each_ally_chooses_what_it_does() -> None:
    table = bench()
    table.turn(INVOKES, rounds=FINDS)
    table.turn(
        {**answers(FULL, "dorvik"), **answers(IN_PART, "estmere"), **answers(REFUSE, "fallow")}
    )
    honour = [table.value(f"treaty.honour[{a},pact]") for a in ("dorvik", "estmere", "fallow")]
    assert honour == [1.0, 0.5, 0.0]
    assert table.value("treaty.answered[gavria,pact]") == 0.0


def test_a_finding_without_a_call_binds_nobody() -> None:
    table = bench()
    table.turn(rounds=FINDS)
    assert table.value("council.determined[pact]") == 1.0
    assert table.value("treaty.determined[pact]") == 0.0
    table.turn(INVOKES)
    assert table.value("treaty.determined[pact]") == 1.0


def test_between_nation_and_nation_the_call_is_enough() -> None:
    assert called().value("treaty.determined[pact]") == 1.0


def test_a_name_is_made_by_keeping_and_lost_by_breaking_one_s_word() -> None:
    table = called()
    table.turn(
        {**answers(FULL, "dorvik"), **answers(IN_PART, "estmere"), **answers(REFUSE, "fallow")}
    )
    kept, part, broke, rest = (
        table.value(f"treaty.reputation[{a}]") for a in ("dorvik", "estmere", "fallow", "gavria")
    )
    assert kept > rest > part > broke
    assert kept - rest == pytest.approx(0.03, abs=1e-6)
    assert rest - part == pytest.approx(0.05, abs=2e-3)
    assert rest - broke == pytest.approx(0.20, abs=5e-3)
    table.check_sums()


def test_vague_or_informal_promises_cost_less_to_break() -> None:
    losses = []
    for words in (
        {"specificity": 0.9},
        {"specificity": 0.1},
        {"specificity": 0.9, "instrument": "informal"},
    ):
        table = called(**words)
        table.turn(answers(REFUSE, "fallow"))
        losses.append(0.7 - table.value("treaty.reputation[fallow]"))
    assert losses[0] > losses[2] > losses[1] > 0.0


def test_no_answer_in_time_counts_as_a_refusal() -> None:
    table = called()
    for _ in range(4):
        table.turn()
    assert table.value("treaty.reputation[fallow]") == pytest.approx(0.7, abs=1e-6)
    table.turn()
    assert table.why("treaty.reputation[fallow]").keys() == {"did not answer"}
    assert table.value("treaty.answered[fallow,pact]") == 1.0
    assert table.value("treaty.reputation[calder]") == pytest.approx(0.7, abs=1e-6)


def test_who_is_let_down_remembers_and_a_mediator_helps() -> None:
    table = called()
    table.turn(answers(REFUSE, "fallow"))
    grudge = table.value("treaty.dispute[calder,fallow]")
    assert grudge == pytest.approx(0.1, abs=1e-6)
    assert table.value("treaty.dispute[dorvik,fallow]") == 0.0
    table.turn({"treaty.mediate[dorvik,calder,fallow]": 1.0})
    assert table.value("treaty.dispute[calder,fallow]") < 0.8 * grudge
    table.check_sums()


def test_disputes_fade_with_the_years() -> None:
    table = bench()
    table.put("treaty.dispute[calder,fallow]", 0.4)
    for _ in range(52):
        table.turn()
    assert table.value("treaty.dispute[calder,fallow]") == pytest.approx(0.2, abs=1e-4)


def test_censure_is_resented_and_raises_the_odds_of_the_next_promise() -> None:
    table = called()
    table.turn(answers(REFUSE, "fallow"))
    before = treaty.odds(table.eyes("fallow")).data[0, 0]
    allowed = table.eyes("brennia").allowed(treaty.CENSURE)
    assert [a for a, m in zip(ALLIES, allowed.data[:, 0], strict=True) if m] == ["fallow"]
    table.turn({"treaty.censure[brennia,fallow]": 1.0})
    assert table.value("treaty.dispute[fallow,brennia]") == pytest.approx(0.1, abs=1e-6)
    assert treaty.odds(table.eyes("fallow")).data[0, 0] > before


def test_being_pressed_in_the_council_sours_relations() -> None:
    table = bench()
    table.turn(rounds=[tabled("finding"), {"council.press[aurland,fallow,finding]": 1.0}])
    assert table.value("treaty.dispute[fallow,aurland]") > 0.0
    assert table.value("treaty.dispute[aurland,fallow]") == 0.0


def test_the_odds_of_an_absent_ally_have_the_published_signs() -> None:
    def odds(cell: str = "", value: float = 0.0, **words: object) -> float:
        table = called(**words)
        if cell:
            table.put(cell, value)
        return float(treaty.odds(table.eyes("fallow")).data[0, 0])

    usual = odds()
    assert 0.48 < usual < 0.82
    assert odds("threat.threat[fallow,karsk]", 0.9) > usual
    assert odds("treaty.reputation[fallow]", 0.9) > usual
    assert odds("domestic.changed[fallow]", 1.0) < usual
    assert odds("treaty.cost[pact]", 0.9) < usual
    assert odds(specificity=0.9) > usual
    assert odds(coordination=0.9) > usual
    assert odds(instrument="informal") < usual


def test_absent_allies_keep_their_word_as_often_as_the_odds_say() -> None:
    table = called(lanes=400)
    expected = float(treaty.odds(table.eyes("fallow")).data[0, 0])
    table.bots()
    honour = table.cells("treaty.honour")[[ALLIES.index(a) for a in ALLIES if a != "calder"], 0]
    assert float(np.mean(honour == 1.0)) == pytest.approx(expected, abs=0.04)
    assert float(np.mean(honour == 0.5)) == pytest.approx((1 - expected) * 0.6, abs=0.04)


def test_an_absent_ally_in_danger_consults_once_and_then_calls() -> None:
    table = bench()
    table.put("threat.threat[calder,karsk]", 0.95)
    orders = table.bots()
    assert orders.value("treaty.consult", ("calder",)) == 1.0
    assert orders.value("treaty.invoke", ("calder", "pact")) == 1.0
    assert orders.value("treaty.consult", ("fallow",)) == 0.0
    assert table.bots().value("treaty.consult", ("calder",)) == 0.0


def test_an_absent_ally_that_is_attacked_at_home_calls() -> None:
    table = bench()
    table.put("forces.home[dorvik,strait]", 1.0)
    table.put("deterrence.level[karsk,strait]", 6.0)
    orders = table.bots()
    assert orders.value("treaty.invoke", ("dorvik", "pact")) == 1.0
    assert orders.value("treaty.invoke", ("fallow", "pact")) == 0.0


def test_absent_seats_bring_a_call_before_their_forum() -> None:
    table = bench()
    table.bots(rounds=3)
    assert table.value("council.tabled[finding]") == 0.0
    table.turn(INVOKES)
    for _ in range(3):
        table.bots(rounds=3)
    assert table.value("treaty.determined[pact]") == 1.0


def test_refusals_say_what_to_do_instead() -> None:
    table = bench()
    table.turn(INVOKES)
    eyes = table.eyes("dorvik")
    assert treaty.ANSWER.allowed is not None
    (found,) = [c for c in treaty.ANSWER.allowed(eyes) if not c.mask.data.all()]
    assert found.reason == "The case has not been found met."
    assert "table the text" in found.remedy
    assert not table.eyes("calder").allowed(treaty.INVOKE).data.any()


def test_one_lane_is_like_another() -> None:
    table = bench(bilateral=True, lanes=3)
    table.turn(INVOKES)
    table.turn(answers(IN_PART, "fallow"))
    assert table.world.digest(0) == table.world.digest(2)
