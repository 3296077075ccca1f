"""What the council module claims about alliances, held against what it does."""

from __future__ import annotations

import numpy as np
import pytest

from exercise.engine.dice import Dice
from exercise.engine.exact import normal
from exercise.engine.turn import Inputs, Ruling, begin, resolve
from exercise.eyes import unmanned
from exercise.rules import council
from exercise.rules.council.rounds import only_first
from tests.rules.bench import Bench
from tests.rules.chamber import (
    ALLIES,
    adopted,
    chamber,
    declared,
    forum,
    putting,
    tabled,
    text,
)

LANES = 600


def spread_threat(table: Bench, mean: float = 0.62, deviation: float = 0.15) -> None:
    """Give each ally in each lane its own view of the threat, drawn by its name."""
    dice = Dice.seeded(7, np.arange(table.world.lanes)).turn(1)
    allies = table.ruleset.roster.of("ally")
    drawn = mean + deviation * normal(dice.roll(("threat",), [allies]))
    drawn = np.minimum(np.maximum(np.round(drawn * 2**20) / 2**20, 0.0), 1.0)
    table.world.fill("threat.threat", drawn[:, None])


def alliance(members: int, protocol: str = "consensus", lanes: int = LANES) -> Bench:
    allies = tuple(f"ally-{k}" for k in range(members))
    table = chamber(
        {"council": forum(protocol, chair=allies[0])},
        {"reinforce": text(sponsor=allies[0], weights=(0.2,) * 5)},
        allies=allies,
        parameters={"council.noise": 0.12},
        lanes=lanes,
    )
    spread_threat(table)
    return table


def session(table: Bench, rounds: int = 3) -> None:
    """A session of bots in every lane."""
    turn = begin(table.ruleset, table.world, table.dice)
    turn.open()
    for _ in range(rounds):
        turn.council(unmanned(turn, table.slips(), "council", table.ruleset.roster.of("ally")))
    table.world = turn.resolve(table.slips())


def take_it_or_leave_it(members: int, protocol: str) -> tuple[float, float]:
    """How often a text of strength .6 passes when nobody may change it, and the mean least g*."""
    table = alliance(members, protocol)
    sponsor = "ally-0"
    for clause in ("reinforce-4", "reinforce-5"):
        table.put(f"council.dropped[{clause}]", 1.0)
    turn = begin(table.ruleset, table.world, table.dice)
    turn.open()
    turn.council(table.slips({f"council.table[{sponsor},reinforce]": 1.0}))
    turn.council(table.slips(putting(chair=sponsor)))
    last = table.slips(declared(chair=sponsor))
    no = turn.world["council.utility"].data[:, 0] < -0.05
    last.writable("council.object")[:, 0] = no
    turn.council(last)
    passed = turn.world["council.adopted"].data[0]
    least = turn.world["council.accept"].data[:, 0].min(axis=0)
    assert turn.world.value("council.strength", ("reinforce",)) == pytest.approx(0.6, abs=1e-6)
    return float(passed.mean()), float(least.mean())


@pytest.mark.parametrize(
    ("members", "consensus", "minus_one", "least"),
    [(5, 0.67, 0.95, 0.50), (8, 0.53, 0.88, 0.45), (12, 0.42, 0.77, 0.43)],
)
def test_texts_pass_about_as_often_as_in_the_published_table(
    members: int, consensus: float, minus_one: float, least: float
) -> None:
    passed, lowest = take_it_or_leave_it(members, "consensus")
    assert passed == pytest.approx(consensus, abs=0.06)
    assert lowest == pytest.approx(least, abs=0.03)
    assert take_it_or_leave_it(members, "minus-one")[0] == pytest.approx(minus_one, abs=0.06)


def test_more_members_pass_less_and_weaker_texts() -> None:
    rates, strengths = [], []
    for members in (5, 8, 12):
        table = alliance(members)
        for _ in range(3):
            session(table)
        passed = table.cells("council.adopted")[0]
        rates.append(float(passed.mean()))
        strengths.append(float(table.cells("council.in_force")[0][passed > 0].mean()))
    assert rates[0] > rates[1] > rates[2]
    assert strengths[0] > strengths[1] > strengths[2]


def test_bargaining_passes_more_than_taking_or_leaving() -> None:
    table = alliance(8)
    for _ in range(3):
        session(table)
    assert table.cells("council.adopted")[0].mean() > take_it_or_leave_it(8, "consensus")[0]


def test_a_higher_threat_gives_a_stronger_text() -> None:
    mild, grave = alliance(8, lanes=50), alliance(8, lanes=50)
    spread_threat(mild, mean=0.5)
    spread_threat(grave, mean=0.75)
    for table in (mild, grave):
        session(table)
    assert grave.cells("council.in_force").mean() > mild.cells("council.in_force").mean()


def test_absent_seats_end_where_all_can_accept_the_text() -> None:
    table = chamber()
    table.put("threat.threat[fallow,karsk]", 0.5)
    session(table)
    least = table.value("council.accept[fallow,reinforce]")
    assert adopted(table)
    assert 0.0 < table.value("council.in_force[reinforce]") <= least
    assert table.value("council.common_ground[reinforce]") == pytest.approx(least, abs=1e-6)


def test_an_absent_seat_that_gains_nothing_blocks_and_the_willing_go_ahead() -> None:
    table = chamber()
    table.put("threat.threat[fallow,karsk]", 0.0)
    for _ in range(3):
        session(table)
    assert table.value("council.failed[reinforce]") == 1.0
    assert table.value("council.coalition[reinforce]") == 1.0
    assert table.value("council.joined[fallow,reinforce]") == 0.0
    assert table.value("council.delivery[calder,strait]") > 0.9


def test_an_absent_chair_moves_a_blocked_matter_where_the_blocker_does_not_sit() -> None:
    members = [ally for ally in ALLIES if ally != "fallow"]
    table = chamber({"council": forum(), "planning": forum(members=members)})
    table.put("threat.threat[fallow,karsk]", 0.0)
    for _ in range(2):
        session(table)
    assert table.value("council.before[reinforce,planning]") == 1.0
    assert adopted(table)
    assert table.value("council.consent[fallow,reinforce]") == 0.0


def test_an_absent_seat_breaks_a_silence_it_cannot_keep() -> None:
    table = chamber(motions={"reinforce": text(mode="silence")})
    table.put("threat.threat[fallow,karsk]", 0.0)
    session(table)
    assert not adopted(table)
    assert table.value("council.broken[fallow,reinforce]") == 1.0


def test_absent_seats_vote_where_there_are_votes() -> None:
    table = chamber({"council": forum("weighted-majority")})
    table.put("threat.threat[fallow,karsk]", 0.0)
    table.put("council.dropped[reinforce-1]", 1.0)
    session(table)
    assert adopted(table)
    assert table.value("council.consent[fallow,reinforce]") == pytest.approx(0.6, abs=1e-6)


def test_an_absent_chair_takes_a_bracketed_text_out_of_silence() -> None:
    table = chamber(motions={"reinforce": text(mode="silence")})
    for _ in range(2):
        session(table)
    assert adopted(table)
    assert 0.0 < table.value("council.in_force[reinforce]") < 1.0


def test_an_absent_sponsor_softens_what_it_brings_to_a_vote() -> None:
    table = chamber({"council": forum("weighted-majority")})
    for _ in range(2):
        session(table)
    assert adopted(table)
    assert 0.0 < table.value("council.in_force[reinforce]") < 1.0


def test_a_quarrel_with_the_sponsor_costs_its_text_support() -> None:
    table = chamber()
    before = table.eyes("fallow").own("council.inclination").data[0, 0]
    table.put("treaty.dispute[fallow,calder]", 0.5)
    after = table.eyes("fallow").own("council.inclination").data[0, 0]
    assert before - after == pytest.approx(0.15, abs=1e-6)


def test_carrying_more_than_others_makes_an_ally_less_willing() -> None:
    table = chamber()
    table.put("burden.share[fallow]", 2.0)
    table.turn()
    assert table.why("council.inclination[fallow,reinforce]") == {
        "share": pytest.approx(-0.1, abs=1e-6)
    }


def test_tabling_in_another_order_leaves_every_other_roll_as_it_was() -> None:
    motions = {"reinforce": text(), "protest": text("statement"), "hit": text("force")}
    turned = dict(reversed(motions.items()))
    moods = []
    for texts, first in ((motions, "hit"), (turned, "protest")):
        table = chamber(motions=texts, parameters={"council.noise": 0.12})
        table.turn(rounds=[tabled(first), tabled("reinforce")])
        moods.append([table.value(f"council.mood[{a},reinforce]") for a in ALLIES])
    assert moods[0] == moods[1]
    assert len(set(moods[0])) == len(ALLIES)


def test_the_same_games_side_by_side_or_alone() -> None:
    together = alliance(5, lanes=4)
    for _ in range(3):
        session(together)
    for lane in (0, 3):
        alone = alliance(5, lanes=1)
        alone.dice = Dice.seeded(1, [lane])
        source = alliance(5, lanes=4)
        alone.world.load(source.world.column(lane))
        for _ in range(3):
            session(alone)
        assert alone.world.digest(0) == together.world.digest(lane)


def test_explanation_never_changes_a_number() -> None:
    table = chamber(parameters={"council.noise": 0.12})
    inputs = Inputs(rounds=[table.slips(tabled()), table.slips(putting())])
    plain = resolve(table.ruleset, table.world, inputs, table.dice)
    table.turn(rounds=[tabled(), putting()])
    assert table.world.digest() == plain.digest()


def test_terms_sum_exactly_over_a_long_game_of_bots() -> None:
    motions = {
        "reinforce": text(),
        "aim": text("strategy", sponsor="aurland", strategy={"deny": 0.7, "contain": 0.3}),
        "sanction": text("sanction", "economic", "brennia", package="finance-package"),
    }
    economic = forum("weighted-majority", chair="brennia", competence=("sanction",))
    table = chamber(
        {"council": forum(), "economic": economic}, motions, parameters={"council.noise": 0.12}
    )
    spread_threat(table)
    for _ in range(6):
        table.bots(rounds=3)
    table.check_sums()
    assert table.cells("council.adopted").sum() >= 2


def test_without_a_source_the_change_would_be_another() -> None:
    with_it, without = chamber(), chamber()
    objects = {"council.object[halden,reinforce]": 1.0}
    with_it.turn(rounds=[tabled(), {**putting(), **objects}, declared()])
    without.turn(rounds=[tabled(), putting(), declared()])
    assert without.why("council.adopted[reinforce]") == {"adopted": 1.0}
    assert with_it.why("council.adopted[reinforce]") == {}


def test_free_consent_is_weighted_by_capability() -> None:
    table = chamber(start={"council.capability[fallow]": 9.0})
    press = {"council.press[aurland,fallow,reinforce]": 1.0}
    table.turn(rounds=[tabled(), {**putting(), **press}, declared()])
    small = chamber()
    small.turn(rounds=[tabled(), {**putting(), **press}, declared()])
    assert table.value("council.free_consent") < small.value("council.free_consent")


def test_an_exercise_without_texts_still_assembles() -> None:
    table = Bench(
        council.RULE,
        stand_ins={
            "threat.threat": (("ally", "adversary"), 0.5),
            "threat.agreement": ((), 1.0),
            "domestic.support": (("ally",), 0.5),
            "burden.share": (("ally",), 1.0),
            "treaty.dispute": (("ally", "ally@to"), 0.0),
        },
        axes={"motion": (), "clause": (), "forum": ()},
    )
    table.turn(rounds=[{}])
    assert table.value("council.free_consent") == 1.0


def test_of_two_targets_at_once_only_the_first_counts() -> None:
    table = chamber({name: forum() for name in ("council", "planning", "economic")})
    both = {f"council.move[aurland,reinforce,{name}]": 1.0 for name in ("planning", "economic")}
    table.turn(rounds=[tabled(), both])
    assert list(table.cells("council.before")[0, :, 0]) == [0.0, 1.0, 0.0]
    marks = table.world["council.before"]
    assert only_first(marks, "forum").data.tolist() == marks.data.tolist()


def test_a_ruling_on_a_position_counts_once_and_before_silence_runs_out() -> None:
    ruling = Ruling("council.broken", ("fallow", "reinforce"), 1.0, "The letter was late.", "set")
    table, ruled = chamber(), chamber()
    table.turn(rounds=[tabled(), putting(how=2.0), {}, {}])
    ruled.turn(rounds=[tabled(), putting(how=2.0), {}, {}], rulings=[ruling])
    assert adopted(table)
    assert not adopted(ruled)
    pressed = Ruling("council.pressed", ("fallow", "reinforce"), 2.0, "Two calls.")
    table.turn(rounds=[{}, {}], rulings=[pressed])
    assert table.value("council.pressed[fallow,reinforce]") == 2.0


def test_members_and_threats_that_an_inject_changes_count_in_the_same_session() -> None:
    table = chamber(lanes=1)
    turn = begin(table.ruleset, table.world, table.dice)
    member = turn.world["council.member"].data.copy()
    member[0, ALLIES.index("fallow")] = 0.0
    turn.world.fill("council.member", member)
    turn.open()
    assert turn.world.value("council.sits", ("fallow", "reinforce")) == 0.0
