"""What the information module claims, held against what it does."""

from __future__ import annotations

import pytest

from exercise.engine.declare import PUBLIC, Field, Rule
from exercise.engine.dice import Dice
from exercise.rules import information
from tests.rules.bench import ALLIES, Bench

READS = {
    "adversary.act": (("adversary", "theatre"), 0.0),
    "adversary.target": (("adversary", "ally"), 0.0),
    "intelligence.evidence": (("adversary",), 0.0),
    "threat.threat": (("ally", "adversary"), 0.5),
}
LADDER = Rule(
    "deterrence",
    says="stood in for",
    fields=(
        Field("deterrence.level", ("adversary", "theatre"), unit="", high=8, seen=PUBLIC, says=""),
    ),
)
SAME = {f"information.statement[{ally}]": 2.0 for ally in ALLIES}


def bench(lanes: int = 1, weeks: float = 1.0) -> Bench:
    return Bench(information.RULE, LADDER, stand_ins=READS, lanes=lanes, schedule=(weeks,))


def test_one_line_is_coherent_and_several_are_not() -> None:
    alike, apart = bench(), bench()
    alike.turn(SAME)
    apart.turn({f"information.statement[{ally}]": 1.0 + k % 3 for k, ally in enumerate(ALLIES)})
    assert alike.value("information.coherence") == pytest.approx(1.0, abs=1e-6)
    assert apart.value("information.coherence") == pytest.approx(0.5, abs=1e-6)
    assert bench().value("information.coherence") == pytest.approx(0.5, abs=1e-6)


def test_published_evidence_beats_assertion() -> None:
    asserted, proved = bench(), bench()
    asserted.turn(dict.fromkeys(SAME, 3.0))
    proved.turn(SAME, set_before={"intelligence.evidence[karsk]": 0.8})
    cell = "information.narrative[calder,karsk]"
    assert 0.0 < asserted.value(cell) < proved.value(cell)


def test_divergent_lines_tell_less() -> None:
    alike, apart = bench(), bench()
    for table in (alike, apart):
        table.put("intelligence.evidence[karsk]", 0.8)
    alike.turn(SAME)
    apart.turn(
        {**SAME, "information.statement[aurland]": 1.0, "information.statement[calder]": 3.0}
    )
    cell = "information.narrative[fallow,karsk]"
    assert alike.value(cell) > apart.value(cell)


def test_disinformation_works_where_resilience_is_low_and_prebunking_helps() -> None:
    bare, warned = bench(), bench()
    for table in (bare, warned):
        table.put("adversary.act[karsk,strait]", 2.0)
    bare.turn()
    warned.turn({"information.prebunk[fallow]": 1.0})
    cell = "information.narrative[fallow,karsk]"
    assert bare.value(cell) < warned.value(cell) < 0.0
    assert warned.value("information.resilience[fallow]") > 0.4


def test_an_ally_that_is_aimed_at_hears_more_of_it() -> None:
    table = bench()
    table.put("adversary.target[karsk,fallow]", 1.0)
    table.turn(set_before={"adversary.act[karsk,border]": 3.0})
    told = "information.narrative[{},karsk]"
    assert table.value(told.format("fallow")) < table.value(told.format("calder"))


def test_a_story_fades_without_news() -> None:
    table = bench()
    table.turn(set_before={"information.narrative[calder,karsk]": 0.8})
    assert 0.6 < table.value("information.narrative[calder,karsk]") < 0.8


def test_a_long_turn_does_not_drive_a_story_over_its_limit() -> None:
    table = bench(weeks=52.0)
    table.put("adversary.act[karsk,strait]", 5.0)
    table.turn()
    assert -1.0 < table.value("information.narrative[calder,karsk]") < -0.2


def test_who_coordinates_takes_the_line_that_leads_and_others_keep_theirs() -> None:
    table = bench()
    table.turn(
        {
            "information.coordinate_line[aurland]": 2.0,
            "information.coordinate_line[calder]": 2.0,
            "information.coordinate_line[dorvik]": 3.0,
            "information.statement[fallow]": 1.0,
        }
    )
    assert table.cells("information.line")[:, 0].tolist() == [2.0, 2.0, 2.0, 1.0]


def test_lines_that_tie_meet_in_the_middle() -> None:
    table = bench()
    table.turn(
        {
            "information.coordinate_line[aurland]": 1.0,
            "information.coordinate_line[calder]": 3.0,
        }
    )
    assert table.value("information.line[aurland]") == 2.0


def test_a_channel_opens_closes_and_breaks_off_under_force() -> None:
    table = bench()
    opened = {"information.talks[calder,karsk]": 1.0}
    closed = {"information.talks[fallow,karsk]": -1.0}
    table.turn(opened)
    assert table.value("information.channel[karsk]") == 1.0
    table.turn({**opened, **closed})
    assert table.value("information.channel[karsk]") == 1.0
    table.turn(closed)
    assert table.value("information.channel[karsk]") == 0.0
    table.turn(opened, set_before={"adversary.act[karsk,strait]": 6.0})
    assert table.value("information.channel[karsk]") == 0.0
    assert table.why("information.channel[karsk]") == {"opened": 1.0, "broken off": -1.0}


def test_nobody_may_talk_while_force_is_used() -> None:
    table = bench()
    assert float(information.may_talk(table.eyes("calder"))[0].mask.data.min()) == 1.0
    table.put("deterrence.level[karsk,strait]", 6.0)
    refused = information.may_talk(table.eyes("calder"))[0]
    assert float(refused.mask.data.max()) == 0.0
    assert refused.remedy


def test_absent_seats_find_one_line_and_open_a_channel() -> None:
    table = bench()
    table.put("deterrence.level[karsk,strait]", 4.0)
    for _ in range(3):
        table.bots()
    assert table.value("information.coherence") > 0.9
    assert table.value("information.channel[karsk]") == 1.0
    table.check_sums()


def test_an_absent_seat_prepares_a_public_that_doubts() -> None:
    table = bench()
    table.put("information.narrative[fallow,karsk]", -0.5)
    orders = table.bots()
    assert orders.value("information.prebunk", ("fallow",)) == 1.0
    assert orders.value("information.prebunk", ("calder",)) == 0.0


def test_every_lane_is_the_game_it_would_be_alone() -> None:
    many, alone = bench(lanes=3), bench()
    alone.dice = Dice.seeded(1, [2])
    for table in (many, alone):
        table.put("adversary.act[karsk,strait]", 3.0)
        table.turn(SAME)
    assert many.world.digest(2) == alone.world.digest(0)


def test_terms_sum_exactly() -> None:
    table = bench()
    for act in (2.0, 3.0, 5.0):
        table.turn(
            {**SAME, "information.prebunk[calder]": 1.0},
            set_before={
                "adversary.act[karsk,strait]": act,
                "intelligence.evidence[karsk]": 0.4,
            },
        )
    table.check_sums()
