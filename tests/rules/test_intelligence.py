"""What the intelligence module claims, held against what it does."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from exercise.engine.declare import PUBLIC, Cost, Field, Own, Rule
from exercise.engine.dice import Dice
from exercise.eyes import Eyes
from exercise.rules import intelligence, threat
from exercise.rules.intelligence import decisions, start
from exercise.rules.intelligence.habit import habit
from exercise.scenario.model import Actor, Report, Scenario, Theatre
from exercise.scenario.people import roster_of
from exercise.sight import as_actor, mask, sees_cell
from tests.rules.bench import ALLIES, AXES, Bench

READS = {
    "adversary.act": (("adversary", "theatre"), 0.0),
    "cyber.sat": (("ally",), 1.0),
    "council.strategy": (("strategy",), 0.0),
    "council.agreed": (("ally",), 0.0),
}
LADDER = Rule(
    "deterrence",
    says="stood in for",
    fields=(
        Field("deterrence.level", ("adversary", "theatre"), "", "", PUBLIC, high=8),
        Field("deterrence.tension", ("theatre",), "", "", PUBLIC, start=0.2),
    ),
)
STORIES = Rule(
    "information",
    says="stood in for",
    fields=(Field("information.narrative", ("ally", "adversary"), "", "", PUBLIC, low=-1),),
)
START = {
    "intelligence.severity[coast-guard]": 0.8,
    "intelligence.about[coast-guard,karsk]": 1.0,
    "intelligence.place[coast-guard,strait]": 1.0,
    "intelligence.severity[imagery]": 0.7,
    "intelligence.about[imagery,karsk]": 1.0,
    "intelligence.place[imagery,border]": 1.0,
}
OTHERS = ("aurland", "calder", "fallow")
GAMES = 400


def bench(
    lanes: int = 1,
    start: dict[str, float] | None = None,
    weeks: float = 1.0,
    seed: int = 1,
    **parameters: float,
) -> Bench:
    named = {f"intelligence.{name}": value for name, value in parameters.items()}
    return Bench(
        intelligence.RULE,
        threat.RULE,
        LADDER,
        STORIES,
        stand_ins=READS,
        start={**START, **(start or {})},
        parameters={"intelligence.deception": 0.0, "intelligence.checking": 0.0, **named},
        schedule=(weeks,),
        lanes=lanes,
        seed=seed,
    )


def released(*allies: str, form: float = 1.0, report: str = "coast-guard") -> dict[str, float]:
    return {f"intelligence.share[dorvik,{report},{ally}]": form for ally in allies}


def value(table: Bench, field: str, *names: str) -> float:
    return table.value(f"intelligence.{field}[{','.join(names)}]")


def mean(table: Bench, field: str, *at: int) -> float:
    return float(np.mean(table.cells(f"intelligence.{field}")[at]))


# release


def test_wider_lists_raise_the_shared_view_and_the_risk_of_a_leak() -> None:
    wide, narrow = bench(GAMES, leak_full=0.03), bench(GAMES, leak_full=0.03)
    wide.turn(released(*OTHERS))
    narrow.turn(released("calder"))
    for _ in range(3):
        wide.turn()
        narrow.turn()
    assert wide.value("threat.shared_view") > narrow.value("threat.shared_view")
    assert mean(wide, "leaked", 0) > 1.5 * mean(narrow, "leaked", 0) > 0.0


def test_a_tear_line_trades_confidence_for_safety() -> None:
    full, tear = bench(GAMES, leak_full=0.03), bench(GAMES, leak_full=0.03)
    full.turn(released(*OTHERS))
    tear.turn(released(*OTHERS, form=0.7))
    for _ in range(8):
        full.turn()
        tear.turn()
    assert value(full, "confidence", "calder", "coast-guard") == pytest.approx(0.6)
    assert value(tear, "confidence", "calder", "coast-guard") == pytest.approx(0.42)
    assert mean(tear, "leaked", 0) < 0.5 * mean(full, "leaked", 0)


def test_a_tear_line_persuades_less_and_the_full_text_adds_the_rest() -> None:
    moved = {}
    for name, forms in {"full": (1.0,), "tear": (0.7,), "both": (0.7, 1.0)}.items():
        table = bench()
        for form in forms:
            table.turn(released("calder", form=form))
        for _ in range(2):
            table.turn()
        moved[name] = table.value("threat.threat[calder,karsk]")
    assert moved["tear"] < moved["both"] <= moved["full"]


def test_a_withheld_report_is_seen_by_nobody_else() -> None:
    table = bench()
    table.turn()
    assert table.cells("intelligence.seen")[:, 0, 0].tolist() == [0.0, 0.0, 1.0, 0.0]
    assert table.value("threat.threat[calder,karsk]") == pytest.approx(0.35)
    assert table.value("threat.threat[dorvik,karsk]") > 0.4


def test_release_takes_a_turn_unless_it_is_arranged_or_the_turn_is_long() -> None:
    arranged = {"intelligence.arrangement[dorvik,calder]": 1.0}
    plain, listed, long = bench(), bench(start=arranged), bench(weeks=4.0)
    for table in (plain, listed, long):
        table.turn(released("calder"))
    at = ("seen", "calder", "coast-guard")
    assert (value(plain, *at), value(listed, *at), value(long, *at)) == (0.0, 1.0, 1.0)
    assert value(plain, "clearing", "calder", "coast-guard") == 1.0
    plain.turn()
    assert value(plain, *at) == 1.0
    assert value(plain, "clearing", "calder", "coast-guard") == 0.0
    assert value(plain, "fresh", "calder", "coast-guard") == 1.0
    assert plain.why("intelligence.seen[calder,coast-guard]") == {"cleared": 1.0}


def test_who_reads_a_tear_line_is_on_the_list_and_gets_the_full_text_at_once() -> None:
    table = bench()
    table.turn(released("calder", form=0.7))
    table.turn()
    table.turn(released("calder"))
    assert value(table, "seen", "calder", "coast-guard") == 1.0
    assert value(table, "fresh", "calder", "coast-guard") == pytest.approx(0.3)
    assert value(table, "confidence", "calder", "coast-guard") == pytest.approx(0.6)


def test_an_order_from_anyone_but_the_originator_releases_nothing() -> None:
    table = bench(weeks=4.0)
    table.turn(released("calder"))
    table.turn({"intelligence.share[calder,coast-guard,fallow]": 1.0})
    assert value(table, "seen", "fallow", "coast-guard") == 0.0


def refusal(eyes: Eyes, report: str, ally: str) -> tuple[str, str] | None:
    """Why a seat may not share a report with an ally, and what else it could do."""
    at = (eyes.roster.index("report", report), eyes.roster.index("ally", ally))
    for check in decisions.may_share(eyes):
        mask = check.mask.over("report", "ally@to")
        if mask[tuple(k if n > 1 else 0 for k, n in zip(at, mask.shape, strict=False))][0] == 0.0:
            names = {"report": report, "ally@to": ally}
            return check.told(names)
    return None


def test_only_the_originator_may_widen_and_the_refusal_says_whom_to_ask() -> None:
    table = bench(weeks=4.0)
    table.turn(released("calder"))
    eyes = table.eyes("calder")
    assert refusal(eyes, "coast-guard", "fallow") == (
        "dorvik made this report and alone may release it",
        "ask dorvik",
    )
    mine = table.eyes("dorvik")
    assert refusal(mine, "coast-guard", "fallow") is None
    assert refusal(mine, "coast-guard", "calder") is not None
    assert refusal(mine, "coast-guard", "dorvik") is not None


def test_a_refusal_is_the_same_for_a_hidden_report_and_an_empty_slot() -> None:
    eyes = bench().eyes("fallow")
    hidden = refusal(eyes, "coast-guard", "calder")
    assert hidden == refusal(eyes, "spare-1", "calder")
    assert hidden is not None
    assert "dorvik" not in " ".join(hidden)


# trust and requests


def asks(by: str, to: str, theatre: str = "strait") -> dict[str, float]:
    return {f"intelligence.ask[{by},{to},{theatre}]": 1.0}


def test_sharing_builds_trust_in_whoever_shared() -> None:
    table = bench(weeks=4.0)
    table.turn(released("calder"))
    assert value(table, "trust", "calder", "dorvik") == pytest.approx(0.55, abs=1e-6)
    assert value(table, "trust", "dorvik", "calder") == 0.5


def test_a_request_is_answered_turned_down_or_left_without_an_answer() -> None:
    answered, declined, ignored = bench(), bench(), bench()
    for table in (answered, declined, ignored):
        table.turn(asks("calder", "dorvik"))
        assert value(table, "requested", "calder", "dorvik", "strait") == 1.0
    answered.turn(released("calder"))
    declined.turn({"intelligence.reply[dorvik,calder,strait]": 1.0})
    ignored.turn()
    trust = [value(t, "trust", "calder", "dorvik") for t in (ignored, declined, answered)]
    assert trust[0] == pytest.approx(0.4, abs=1e-6)
    assert trust[0] < trust[1] < trust[2]
    for table in (answered, declined, ignored):
        assert value(table, "requested", "calder", "dorvik", "strait") == 0.0


def test_an_unanswered_request_costs_the_same_whether_or_not_there_was_anything() -> None:
    holding, empty = bench(), bench()
    for table, ally in ((holding, "dorvik"), (empty, "fallow")):
        table.turn(asks("calder", ally))
        table.turn()
    assert value(holding, "trust", "calder", "dorvik") == value(empty, "trust", "calder", "fallow")


def test_refusal_lowers_later_reciprocity() -> None:
    worried = {"threat.threat[aurland,karsk]": 0.55}
    kept, soured = bench(start=worried), bench(start=worried)
    soured.turn(asks("aurland", "dorvik"))
    kept.turn()
    soured.turn()
    kept.turn()
    share = ("aurland", "imagery", "dorvik")
    given = [table.bots().value("intelligence.share", share) for table in (kept, soured)]
    assert given[0] > given[1]


def test_asking_twice_before_an_answer_is_refused_with_a_remedy() -> None:
    table = bench()
    table.turn(asks("calder", "dorvik"))
    allowed = table.eyes("calder").allowed(decisions.ASK)
    assert float(allowed.data[2, 0, 0]) == 0.0
    assert float(allowed.data[2, 1, 0]) == 1.0
    assert float(allowed.data[1].max()) == 0.0
    assert all(check.remedy for check in decisions.may_ask(table.eyes("calder")))


def test_only_who_was_asked_may_reply() -> None:
    table = bench()
    table.turn(asks("calder", "dorvik"))
    assert float(table.eyes("dorvik").allowed(decisions.REPLY).data.sum()) == 1.0
    assert float(table.eyes("fallow").allowed(decisions.REPLY).data.sum()) == 0.0


# leaks and publication


def test_a_leak_costs_the_originator_collection_and_the_reader_trust() -> None:
    table = bench(start={"intelligence.seen[fallow,coast-guard]": 1.0}, leak_full=0.03)
    for _ in range(200):
        before = value(table, "collect", "dorvik", "strait")
        table.turn()
        if value(table, "leaked", "coast-guard"):
            break
    assert value(table, "leaked", "coast-guard") == 1.0
    assert value(table, "collect", "dorvik", "strait") < before - 0.1
    assert value(table, "collect", "dorvik", "border") == pytest.approx(0.4, abs=1e-6)
    assert value(table, "trust", "dorvik", "fallow") < 0.5
    assert value(table, "trust", "dorvik", "calder") == 0.5
    table.check_sums()


def test_who_saw_it_by_itself_is_no_risk_to_the_originator() -> None:
    told = bench(GAMES, start={"intelligence.seen[fallow,coast-guard]": 1.0}, leak_full=0.03)
    witness = bench(GAMES, start={"intelligence.seen[fallow,coast-guard]": 1.0}, leak_full=0.03)
    witness.put("intelligence.witness[fallow,coast-guard]", 1.0)
    for table in (told, witness):
        for _ in range(5):
            table.turn()
    assert mean(told, "leaked", 0) > 0.0
    assert mean(witness, "leaked", 0) == 0.0


def test_an_originator_does_not_leak_its_own_report() -> None:
    table = bench(GAMES, leak_full=0.03)
    for _ in range(10):
        table.turn()
    assert mean(table, "leaked") == 0.0


def test_a_published_report_is_evidence_and_shows_its_source() -> None:
    table = bench()
    table.turn({"intelligence.publish[dorvik,coast-guard]": 1.0})
    assert value(table, "evidence", "karsk") == pytest.approx(0.48, abs=1e-6)
    assert table.cells("intelligence.published")[:, 0, 0].tolist() == [1.0] * 5
    assert value(table, "seen", "fallow", "coast-guard") == pytest.approx(0.7)
    assert value(table, "seen", "dorvik", "coast-guard") == 1.0
    assert value(table, "collect", "dorvik", "strait") < 0.4
    once = value(table, "evidence", "karsk")
    table.turn({"intelligence.publish[dorvik,coast-guard]": 1.0})
    assert value(table, "evidence", "karsk") < once


def test_publishing_costs_staff_and_capital() -> None:
    assert decisions.PUBLISH.cost == Cost(staff=2, capital=2)


# sight


def test_only_holders_see_a_report_and_they_see_its_list() -> None:
    table = bench(weeks=4.0)
    table.turn(released("calder"))
    fields = table.ruleset.fields
    report = AXES["report"].index("coast-guard")
    for ally, knows in {"dorvik": True, "calder": True, "fallow": False, "karsk": False}.items():
        viewer = as_actor(table.ruleset.roster, ally)
        for name in ("severity", "live", "leaked", "source"):
            field = fields[f"intelligence.{name}"]
            assert sees_cell(viewer, field, (report,), table.world) == knows, (ally, name)
        seen = fields["intelligence.seen"]
        assert sees_cell(viewer, seen, (1, report), table.world) == knows
    public = table.ruleset.fields["intelligence.evidence"]
    assert mask(as_actor(table.ruleset.roster, "karsk"), public, table.world) is None


def test_everyone_sees_what_is_published_and_nobody_what_is_planted() -> None:
    table = bench()
    table.turn({"intelligence.publish[dorvik,coast-guard]": 1.0})
    fields, roster = table.ruleset.fields, table.ruleset.roster
    karsk = as_actor(roster, "karsk")
    assert sees_cell(karsk, fields["intelligence.severity"], (0,), table.world)
    assert not sees_cell(karsk, fields["intelligence.severity"], (1,), table.world)
    for ally in ALLIES:
        viewer = as_actor(roster, ally)
        assert not sees_cell(viewer, fields["intelligence.planted"], (0,), table.world)
        assert not sees_cell(viewer, fields["intelligence.release_ratio"], (), table.world)


@pytest.mark.parametrize("hidden", ["severity", "live", "source", "planted", "leaked"])
def test_what_a_seat_may_not_see_changes_nothing_it_does(hidden: str) -> None:
    plain, other = bench(), bench()
    other.put(f"intelligence.{hidden}[coast-guard]", 0.3)
    orders = []
    for table in (plain, other):
        slips = table.slips()
        habit(table.eyes("fallow", slips))
        orders.append(slips.rows())
    np.testing.assert_array_equal(*orders)


# what comes in


def scenario(**reports: Report) -> Scenario:
    actors = {name: Actor(title=name.title()) for name in ALLIES}
    actors["karsk"] = Actor(title="Karsk", role="adversary")
    return Scenario(
        title="Strait",
        summary="A strait.",
        start=dt.date(2031, 4, 12),
        first_day=-7,
        actors=actors,
        theatres={"strait": Theatre(title="Strait"), "border": Theatre(title="Border")},
        reports=reports,
    )


IMAGERY = Report(
    title="Ships loading",
    origin="dorvik",
    about="karsk",
    theatre="strait",
    severity=0.8,
    confidence=0.7,
    grading="B2",
    at="D+3",
    to=("calder",),
)


def staged(report: Report) -> Bench:
    roster = roster_of(scenario(imagery=report), threat.RULE.axes)
    return Bench(
        intelligence.RULE,
        threat.RULE,
        LADDER,
        STORIES,
        stand_ins=READS,
        parameters={"intelligence.deception": 0.0, "intelligence.checking": 0.0},
        roster=roster,
    )


def test_a_report_comes_in_on_its_day_and_nobody_knows_of_it_before() -> None:
    table = staged(IMAGERY)
    where = (table.ruleset.roster.index("report", "imagery"),)
    live = table.ruleset.fields["intelligence.live"]
    dorvik = as_actor(table.ruleset.roster, "dorvik")
    assert not sees_cell(dorvik, live, where, table.world)
    table.turn()
    assert value(table, "live", "imagery") == 0.0
    assert table.cells("intelligence.origin").sum() == 0.0
    assert not sees_cell(dorvik, live, where, table.world)
    eyes = table.eyes("dorvik")  # the second turn, D to D+6, has been opened
    assert float(eyes.own("intelligence.seen").data.max()) == 1.0
    table.turn()
    held = [value(table, "seen", ally, "imagery") for ally in ALLIES]
    assert held == [0.0, 1.0, 1.0, 0.0]
    assert value(table, "confidence", "dorvik", "imagery") == pytest.approx(0.7)
    assert value(table, "fresh", "calder", "imagery") == 1.0
    assert (value(table, "source", "imagery"), value(table, "credibility", "imagery")) == (2.0, 2.0)
    table.check_sums()


@pytest.mark.parametrize(
    ("text", "weeks"),
    [("", 0.0), ("D-7", 0.0), ("D", 1.0), ("D+7", 2.0), ("D−3", 4 / 7), ("2031-04-19", 2.0)],
)
def test_days_and_dates_become_weeks_from_the_first_turn(text: str, weeks: float) -> None:
    assert start.weeks_to(text, scenario()) == pytest.approx(weeks)


def test_a_report_marked_for_the_alliance_reaches_every_ally() -> None:
    shared = Report(title="Notice", origin="aurland", about="karsk", marking="alliance")
    table = staged(shared)
    assert [value(table, "seen", ally, "imagery") for ally in ALLIES] == [1.0] * 4
    assert value(table, "live", "imagery") == 1.0
    published = staged(Report(title="Notice", origin="aurland", about="karsk", marking="public"))
    assert value(published, "published", "karsk", "imagery") == 1.0


def test_a_report_that_control_brings_forward_comes_in() -> None:
    table = staged(IMAGERY)
    table.put("intelligence.arrival[imagery]", 0.0)
    table.turn()
    assert value(table, "live", "imagery") == 1.0


# detection


def acted(table: Bench, level: float = 4.0, theatre: str = "strait") -> Bench:
    table.put(f"adversary.act[karsk,{theatre}]", level)
    return table


def test_detection_grows_with_collection_and_with_the_act() -> None:
    rates = {}
    for collect in (0.0, 0.4, 0.9):
        for level in (2.0, 4.0):
            table = bench(GAMES)
            for ally in ALLIES:
                table.put(f"intelligence.collect[{ally},strait]", collect)
            acted(table, level).turn()
            rates[collect, level] = mean(table, "seen", 1, 2)
    for level in (2.0, 4.0):
        assert rates[0.0, level] < rates[0.4, level] < rates[0.9, level]
    assert rates[0.4, 2.0] < rates[0.4, 4.0]
    assert rates[0.0, 2.0] == pytest.approx(1 - 0.94**4, abs=0.07)


def test_acts_below_level_two_make_no_reports() -> None:
    table = acted(bench(GAMES), 1.0)
    table.turn()
    assert table.cells("intelligence.live")[2:].max() == 0.0


def test_the_best_placed_of_those_who_detect_makes_the_report() -> None:
    table = bench(GAMES)
    table.put("intelligence.collect[fallow,strait]", 0.9)
    acted(table, 6.0).turn()
    seen = table.cells("intelligence.seen")[:, 2]
    origin = table.cells("intelligence.origin")[2]
    assert np.all(origin.sum(axis=0) == (seen.max(axis=0) > 0))
    assert np.all(origin <= seen)
    assert np.all(origin[3] == seen[3])
    assert (seen[0] * (1 - origin[0])).sum() > 0
    assert table.value("intelligence.severity[spare-1]") == pytest.approx(6 / 7)


def test_better_collection_makes_surer_reports() -> None:
    low, high = acted(bench(GAMES), 6.0), acted(bench(GAMES), 6.0)
    for table, collect in ((low, 0.2), (high, 0.9)):
        for ally in ALLIES:
            table.put(f"intelligence.collect[{ally},strait]", collect)
        table.turn()
    cells = [t.cells("intelligence.confidence")[1, 2] for t in (low, high)]
    sure = [float(c[c > 0].mean()) for c in cells]
    assert sure[0] + 0.3 < sure[1]
    grades = [t.cells("intelligence.credibility")[2] for t in (low, high)]
    assert grades[0][grades[0] > 0].mean() > grades[1][grades[1] > 0].mean()


def test_lost_satellites_make_detection_harder() -> None:
    clear, jammed = acted(bench(GAMES)), acted(bench(GAMES))
    for ally in ALLIES:
        jammed.put(f"cyber.sat[{ally}]", 0.0)
    clear.turn()
    jammed.turn()
    assert mean(jammed, "seen", 1, 2) < mean(clear, "seen", 1, 2)


def test_new_reports_take_the_oldest_slot_and_file_away_what_was_there() -> None:
    table = bench(seed=5)
    for ally in ALLIES:
        table.put(f"intelligence.collect[{ally},strait]", 1.0)
    acted(table, 7.0)
    born = []
    for _ in range(3):
        table.turn()
        born.append([table.value(f"intelligence.born[spare-{k}]") for k in (1, 2)])
    assert born == [[1.0, 0.0], [1.0, 2.0], [3.0, 2.0]]
    assert table.value("intelligence.fresh[aurland,spare-1]") == 1.0
    assert table.value("intelligence.fresh[aurland,spare-2]") == 0.0
    table.check_sums()


def test_two_acts_in_one_turn_make_two_reports() -> None:
    table = acted(acted(bench(GAMES), 7.0), 5.0, "border")
    table.turn()
    place = table.cells("intelligence.place")
    live = table.cells("intelligence.live")
    assert live[2].mean() > 0.95
    assert live[3].mean() > 0.9
    assert np.all(place[2:].sum(axis=(0, 1)) == live[2:].sum(axis=0))
    assert np.all(place[:, :, live.min(axis=0) > 0][2:, 0].sum(axis=0) == 1.0)


# dice


def test_an_unrelated_report_leaves_every_other_roll_as_it_was() -> None:
    plain = bench(GAMES, deception=0.1, checking=0.3)
    more = Bench(
        intelligence.RULE,
        threat.RULE,
        LADDER,
        STORIES,
        stand_ins=READS,
        start=START,
        parameters={"intelligence.deception": 0.1, "intelligence.checking": 0.3},
        axes={"report": ("telegram", *AXES["report"])},
        owners={"report": ("fallow", "dorvik", "aurland", "", "")},
        lanes=GAMES,
    )
    for table in (plain, more):
        acted(table, 4.0)
        for orders in (released(*OTHERS), {}, {}):
            table.turn(orders)
    for name in ("seen", "confidence"):
        field = f"intelligence.{name}"
        np.testing.assert_array_equal(plain.cells(field), more.cells(field)[:, 1:])
    np.testing.assert_array_equal(
        plain.cells("intelligence.leaked"), more.cells("intelligence.leaked")[1:]
    )
    np.testing.assert_array_equal(plain.cells("threat.threat")[0], more.cells("threat.threat")[0])


def test_a_report_rolls_alike_in_whatever_slot_it_lands() -> None:
    few, many = bench(GAMES), bench(GAMES)
    many.put("intelligence.born[spare-1]", 1.0)  # so that the second slot is the older one
    for table in (few, many):
        acted(table, 4.0).turn()
    for name in ("seen", "confidence"):
        field = f"intelligence.{name}"
        np.testing.assert_array_equal(few.cells(field)[:, 2], many.cells(field)[:, 3])


def test_every_lane_is_the_game_it_would_be_alone() -> None:
    many, alone = bench(5, deception=0.2, checking=0.3), bench(deception=0.2, checking=0.3)
    alone.dice = Dice.seeded(1, [3])
    for table in (many, alone):
        acted(table, 4.0)
        for orders in (released(*OTHERS), asks("calder", "aurland"), {}):
            table.turn(orders)
    assert many.world.digest(3) == alone.world.digest(0)


# deception and checking


def test_adversaries_plant_reports_where_nothing_happens() -> None:
    table = bench(GAMES, deception=0.2)
    table.turn()
    planted = table.cells("intelligence.planted")[2:].max(axis=0)
    assert 0.1 < planted.mean() < 0.25
    taken = planted > 0
    assert table.cells("intelligence.severity")[2:, taken].max() > 0.4
    np.testing.assert_array_equal(
        table.cells("intelligence.live")[2:], table.cells("intelligence.planted")[2:]
    )
    assert bench(GAMES).turn().value("intelligence.live", ("spare-1",)) == 0.0


def test_a_planted_report_looks_like_a_true_one_to_its_holders() -> None:
    table = bench(deception=0.2)
    while not table.cells("intelligence.planted").max():
        table.turn()
    for field in ("seen", "confidence", "severity", "origin"):
        for posting in table.postings(f"intelligence.{field}"):
            names = {line.name for line in posting.lines}
            assert "planted" not in names
            assert not any("deception" in o.name for line in posting.lines for o in line.of)
    table.check_sums()


def test_collection_bears_out_the_true_and_finds_nothing_behind_the_false() -> None:
    table = bench(GAMES, start={"intelligence.planted[coast-guard]": 1.0}, checking=0.3)
    table.put("intelligence.collect[dorvik,strait]", 0.9)
    table.put("intelligence.collect[aurland,border]", 0.9)
    for _ in range(4):
        table.turn()
    assert mean(table, "confidence", 2, 0) < 0.5
    assert mean(table, "confidence", 0, 1) > 0.65


# collection


def test_a_task_raises_collection_there_lowers_it_elsewhere_and_fades() -> None:
    table = bench()
    table.turn({"intelligence.task[calder,strait]": 0.3})
    assert value(table, "collect", "calder", "strait") == pytest.approx(0.58, abs=1e-6)
    assert value(table, "collect", "calder", "border") == pytest.approx(0.34, abs=1e-6)
    assert value(table, "collect", "dorvik", "strait") == pytest.approx(0.4, abs=1e-6)
    for _ in range(40):
        table.turn()
    assert value(table, "collect", "calder", "strait") == pytest.approx(0.4, abs=0.01)


# absent seats


def test_an_absent_host_that_feels_threatened_releases_and_a_distant_ally_hesitates() -> None:
    mood = {
        "threat.threat[dorvik,karsk]": 0.55,
        "threat.base[dorvik,karsk]": 0.55,
        "threat.threat[aurland,karsk]": 0.2,
        "threat.base[aurland,karsk]": 0.2,
    }
    table = bench(start=mood)
    orders = table.bots()
    for ally in OTHERS:
        assert orders.value("intelligence.share", ("dorvik", "coast-guard", ally)) > 0.0
        assert orders.value("intelligence.share", ("aurland", "imagery", "calder")) == 0.0
    share = ("dorvik", "coast-guard", "calder")
    later = [table.bots().value("intelligence.share", share) for _ in range(5)]
    assert sum(form > 0.0 for form in later) <= 1  # the full text, once, after the tear-line
    asked = bench(start=mood)
    asked.turn(asks("calder", "aurland", "border"))
    answer = asked.bots().value("intelligence.share", ("aurland", "imagery", "calder"))
    assert answer == pytest.approx(0.7)


def test_a_national_marking_makes_an_absent_seat_hesitate_until_it_releases() -> None:
    mood = {"threat.threat[dorvik,karsk]": 0.55, "threat.base[dorvik,karsk]": 0.55}
    table = bench(start={**mood, "intelligence.national[coast-guard]": 1.0})
    share = ("dorvik", "coast-guard", "calder")
    assert table.bots().value("intelligence.share", share) == 0.0
    table.turn(released("fallow"))
    assert value(table, "national", "coast-guard") == 0.0


def test_an_absent_seat_publishes_what_most_allies_hold_where_its_public_doubts() -> None:
    mood = {
        "threat.threat[dorvik,karsk]": 0.7,
        "threat.base[dorvik,karsk]": 0.7,
        "intelligence.confidence[dorvik,coast-guard]": 0.8,
        "intelligence.collect[dorvik,strait]": 0.7,
    }
    kept, shared, believed = bench(start=mood), bench(start=mood), bench(start=mood)
    for table in (shared, believed):
        for ally in OTHERS:
            table.put(f"intelligence.seen[{ally},coast-guard]", 1.0)
    believed.put("information.narrative[dorvik,karsk]", 0.4)
    published = [
        table.bots().value("intelligence.publish", ("dorvik", "coast-guard"))
        for table in (kept, shared, believed)
    ]
    assert published == [0.0, 1.0, 0.0]


def test_a_seat_with_little_to_spare_gives_a_tear_line() -> None:
    mood = {"threat.threat[dorvik,karsk]": 0.7, "threat.base[dorvik,karsk]": 0.7}
    poor = bench(start={**mood, "intelligence.collect[dorvik,strait]": 0.3})
    rich = bench(start={**mood, "intelligence.collect[dorvik,strait]": 0.8})
    share = ("dorvik", "coast-guard", "calder")
    assert poor.bots().value("intelligence.share", share) == pytest.approx(0.7)
    assert rich.bots().value("intelligence.share", share) == 1.0


def test_a_seat_that_knows_little_while_things_stir_asks_whom_it_trusts() -> None:
    table = bench()
    table.put("deterrence.level[karsk,strait]", 3.0)
    table.put("intelligence.trust[calder,fallow]", 0.6)
    orders = table.bots()
    assert orders.value("intelligence.ask", ("calder", "fallow", "strait")) == 1.0
    assert orders.value("intelligence.ask", ("dorvik", "aurland", "strait")) == 0.0
    assert orders.value("intelligence.task", ("calder", "strait")) > 0.0
    replies = table.bots()
    assert replies.value("intelligence.reply", ("fallow", "calder", "strait")) == 1.0


def test_terms_sum_exactly_through_a_game_of_absent_seats() -> None:
    table = bench(deception=0.2, checking=0.3)
    for level in (0.0, 2.0, 3.0, 5.0, 6.0, 3.0):
        table.put("adversary.act[karsk,strait]", level)
        table.put("deterrence.level[karsk,strait]", level)
        table.bots()
    table.check_sums()
    assert 0.0 < table.value("intelligence.release_ratio") <= 1.0


def test_trust_is_known_only_to_the_ally_that_feels_it() -> None:
    assert table_marks("trust") == (Own("ally"),)
    assert table_marks("collect") == (Own("ally"),)


def table_marks(name: str) -> tuple[object, ...]:
    return next(f.seen for f in intelligence.RULE.fields if f.name == f"intelligence.{name}")
