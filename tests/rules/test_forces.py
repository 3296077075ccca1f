"""What the forces module claims about pledges, caveats and command, held against what it does."""

from __future__ import annotations

import numpy as np
import pytest

from exercise.engine.cells import Cells
from exercise.engine.dice import Dice
from exercise.rules import forces
from exercise.rules.forces.generation import filled, grip, worth
from exercise.scenario.model import Unit
from exercise.sight import as_actor, mask
from tests.rules.bench import Bench
from tests.rules.strait import open_doors, strait

LEVELS = {"national": 1.0, "TACON": 2.0, "TACOM": 3.0, "OPCON": 4.0, "OPCOM": 5.0}


def cells(*values: float) -> Cells:
    return Cells(np.array(values).reshape(-1, 1), ("unit",))


def under(level: str, lanes: int = 1, **orders: float) -> Bench:
    """Calder's guards pledged and handed over at a level; Aurland holds the joint command."""
    table = strait(lanes=lanes)
    open_doors(table)
    table.put("forces.pledged[guards]", 1.0)
    table.put("forces.authority[guards]", LEVELS[level])
    return table


def test_pledged_exceeds_usable_when_caveats_exist() -> None:
    table = strait()
    table.turn({"forces.pledge[fallow,rifles]": 1.0})
    bound = table.value("forces.usable[rifles]")
    assert bound < table.value("forces.strength[rifles]") * table.value("forces.pledged[rifles]")
    table.turn({"forces.lift_caveat[fallow,rifles,area]": 1.0,
                "forces.lift_caveat[fallow,rifles,night]": 1.0})  # fmt: skip
    assert table.value("forces.caveats[rifles]") == 0.0
    assert table.value("forces.usable[rifles]") > bound
    assert table.why("forces.usable[rifles]")["caveats"] > 0


def test_the_rating_is_the_worst_of_four() -> None:
    table = strait()
    assert table.value("forces.ready[rifles]") == 2.0
    table.put("forces.readiness[rifles,supply]", 4.0)
    table.turn()
    assert table.value("forces.ready[rifles]") > 3.0


def test_a_worse_rating_is_worth_less_all_the_way_down() -> None:
    values = worth(cells(1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0), 0.85, 0.6, 0.3).data[:, 0]
    assert list(values[[0, 2, 4, 6]]) == pytest.approx([1.0, 0.85, 0.6, 0.3])
    assert all(np.diff(values) < 0)


def test_authority_never_makes_a_unit_stronger() -> None:
    found = []
    for level in LEVELS:
        table = under(level)
        table.turn()
        found.append(table.value("forces.usable[guards]"))
    assert len(set(found)) == 1


def test_more_authority_means_fewer_refusals_and_less_delay() -> None:
    refusals, delays = [], []
    for level in ("TACOM", "OPCON", "OPCOM"):
        table = under(level, lanes=400)
        table.turn({"forces.task[aurland,guards,strait]": 1.0})
        refusals.append(float((table.cells("forces.refused")[3] > 0.0).mean()))
        delays.append(table.value("forces.lead_time[guards]"))
    assert refusals[0] > refusals[1] > refusals[2] > 0.0
    assert delays[0] > delays[1] > delays[2]
    assert delays[2] == table.value("forces.notice[guards]")


def test_the_joint_commander_may_not_task_what_was_not_handed_over() -> None:
    for level, allowed in (("national", 0.0), ("TACON", 0.0), ("OPCON", 1.0)):
        table = under(level, lanes=50)
        roster = table.ruleset.roster
        at = (roster.index("unit", "guards"), roster.index("theatre", "strait"))
        may = table.eyes("aurland").allowed(table.ruleset.decisions["forces.task"])
        assert may.over("unit", "theatre")[at][0] == allowed
        table.turn({"forces.task[aurland,guards,strait]": 1.0})
        assert (table.cells("forces.tasked")[at].max() > 0.0) == bool(allowed)


def test_retasking_to_another_theatre_needs_opcon() -> None:
    for level, moved in (("TACOM", 0.0), ("OPCOM", 1.0)):
        table = under(level, lanes=20)
        table.put("logistics.route[guards,north]", 1.0)
        table.put("forces.tasked[guards,strait]", 1.0)
        table.turn({"forces.task[aurland,guards,north]": 1.0})
        assert table.cells("forces.tasked")[3, 1].max() == moved
        if moved:
            assert table.cells("forces.tasked")[3].sum(axis=0).max() == 1.0


def test_a_caveat_makes_refusals_more_frequent() -> None:
    shares = []
    for caveats in (0, 4):
        table = under("OPCON", lanes=400)
        for kind in ("area", "roe", "night", "task")[:caveats]:
            table.put(f"forces.caveat[guards,{kind}]", 1.0)
        table.turn({"forces.task[aurland,guards,strait]": 1.0})
        shares.append(float((table.cells("forces.refused")[3] > 0.0).mean()))
    assert shares[1] > shares[0] + 0.2


def test_a_unit_that_refused_is_of_no_use_until_it_is_settled() -> None:
    table = under("OPCON")
    table.turn({"forces.red_card[calder,guards]": 1.0})
    refused = table.value("forces.usable[guards]")
    assert refused < 0.6
    for _ in range(12):
        table.turn()
    assert table.value("forces.usable[guards]") > refused + 0.3
    assert table.why("forces.refused[guards]")["settled"] < 0


def test_a_red_card_stops_the_joint_commander() -> None:
    table = under("OPCOM")
    table.turn({"forces.red_card[calder,guards]": 1.0, "forces.task[aurland,guards,strait]": 1.0})
    assert table.value("forces.tasked[guards,strait]") == 0.0
    assert table.why("forces.refused[guards]")["red card"] > 0


def test_the_owner_tasks_its_own_without_refusal_and_comes_first() -> None:
    table = under("OPCOM", lanes=50)
    table.put("logistics.route[guards,north]", 1.0)
    table.turn({"forces.task[calder,guards,strait]": 1.0, "forces.task[aurland,guards,north]": 1.0})
    assert table.cells("forces.tasked")[3, 0].min() == 1.0
    assert table.cells("forces.tasked")[3, 1].max() == 0.0


def test_nobody_tasks_pledges_or_binds_what_is_not_theirs() -> None:
    table = strait()
    table.turn({"forces.pledge[fallow,guards]": 1.0, "forces.set_alert[fallow,guards]": 1.0,
                "forces.task[fallow,guards,strait]": 1.0, "forces.transfer[fallow,guards]": 5.0,
                "forces.set_caveat[fallow,guards,roe]": 1.0,
                "forces.red_card[fallow,guards]": 1.0})  # fmt: skip
    for cell in ("pledged[guards]", "alert[guards]", "tasked[guards,strait]", "refused[guards]",
                 "caveat[guards,roe]"):  # fmt: skip
        assert table.value(f"forces.{cell}") == 0.0
    assert table.value("forces.authority[guards]") == 1.0


def test_withdrawing_brings_a_unit_home_under_national_control() -> None:
    table = under("OPCON")
    table.turn({"forces.task[calder,guards,strait]": 1.0})
    table.turn({"forces.withdraw[calder,guards]": 1.0})
    assert table.value("forces.pledged[guards]") == 0.0
    assert table.value("forces.authority[guards]") == 1.0
    assert table.value("forces.tasked[guards,strait]") == 0.0
    table.check_sums()


def test_transfer_needs_a_pledge_and_says_so() -> None:
    table = strait()
    transfer = table.ruleset.decisions["forces.transfer"]
    checks = transfer.allowed(table.eyes("calder")) if transfer.allowed else []
    assert any("not been pledged" in c.reason and c.remedy for c in checks)
    table.turn({"forces.transfer[calder,guards]": 4.0})
    assert table.value("forces.authority[guards]") == 1.0


def test_divided_command_is_worth_less_than_joint_command() -> None:
    unity = []
    for level in ("national", "OPCON"):
        table = strait()
        open_doors(table)
        for unit in ("guards", "ships"):
            table.put(f"forces.pledged[{unit}]", 1.0)
            table.put(f"forces.authority[{unit}]", LEVELS[level])
        table.put("forces.tasked[guards,strait]", 1.0)
        table.put("logistics.destination[guards,strait]", 1.0)
        table.turn()
        table.turn()
        unity.append(table.value("forces.unity[strait]"))
    assert unity[0] < unity[1] <= 1.0
    assert unity[0] >= 0.6


def test_full_joint_command_is_reached_step_by_step() -> None:
    values = grip(cells(1.0, 2.0, 3.0, 4.0, 5.0), 0.3, 0.6, 0.9).data[:, 0]
    assert list(values) == pytest.approx([0.0, 0.3, 0.6, 0.9, 1.0])


def test_pledges_fill_the_requirement_and_a_mandate_asks_for_more() -> None:
    table = strait()
    table.turn()
    empty = table.value("forces.fill[strait]")
    table.turn({"forces.pledge[calder,guards]": 1.0, "forces.pledge[aurland,first]": 1.0})
    assert table.value("forces.fill[strait]") > empty
    before = table.value("forces.required[strait]")
    table.put("council.force_mandate[strait]", 1.0)
    table.turn()
    assert table.value("forces.required[strait]") > before
    assert table.why("forces.required[strait]")["force"] > 0
    table.check_sums()


def test_fill_nears_one_without_reaching_past_it() -> None:
    values = filled(cells(0.0, 0.5, 1.0, 2.0, 50.0)).data[:, 0]
    assert all(np.diff(values) > 0)
    assert values[2] == pytest.approx(0.8409, abs=1e-3)
    assert values[-1] <= 1.0


def test_what_was_wrung_from_a_government_is_delivered_in_part() -> None:
    free, pressed = strait(), strait()
    for table, consent in ((free, 0.95), (pressed, 0.6)):
        table.put("forces.pledged[guards]", 1.0)
        table.put("council.adopted[reinforce]", 1.0)
        table.put("council.consent[calder,reinforce]", consent)
        table.turn()
    assert pressed.value("forces.usable[guards]") < free.value("forces.usable[guards]")
    assert pressed.why("forces.usable[guards]")["shortfall"] < 0


def test_force_counts_where_it_stands_and_is_seen_coming() -> None:
    table = strait()
    open_doors(table)
    assert table.value("forces.present[strait]") > 0.0  # Dorvik's ships are there
    before = table.value("forces.present[strait]")
    table.turn({"forces.task[calder,guards,strait]": 1.0})
    assert table.value("forces.arriving[strait]") > 0.5
    assert table.value("forces.present[strait]") == pytest.approx(before, abs=0.05)
    for _ in range(4):
        table.turn()
    assert table.value("forces.present[strait]") > before + 0.5
    assert table.value("forces.arriving[strait]") == 0.0


def test_an_alert_halves_notice_and_wears_people_out_over_months() -> None:
    table = strait()
    rested = table.value("forces.lead_time[guards]")
    table.turn({"forces.set_alert[calder,guards]": 1.0})
    assert table.value("forces.lead_time[guards]") == pytest.approx(rested / 2)
    assert table.why("forces.bill[calder]")["alert"] > 0
    for _ in range(25):
        table.turn()
    assert 1.8 < table.value("forces.readiness[guards,personnel]") < 2.2
    table.turn({"forces.set_alert[calder,guards]": -1.0})
    for _ in range(26):
        table.turn()
    assert table.value("forces.readiness[guards,personnel]") < 1.5


def test_notice_is_declared_in_bands_and_ratings_stay_at_home() -> None:
    table = strait()
    assert table.value("forces.band[ships]") == 1.0
    assert table.value("forces.band[first]") == 2.0
    roster, fields = table.ruleset.roster, table.ruleset.fields
    calder = as_actor(roster, "calder")
    assert mask(calder, fields["forces.band"], table.world) is None
    for name in ("forces.ready", "forces.readiness", "forces.notice", "forces.usable"):
        seen = mask(calder, fields[name], table.world)
        assert seen is not None
        assert seen[roster.index("unit", "guards")].max() == 1.0
        assert seen[roster.index("unit", "first")].max() == 0.0
    karsk = mask(as_actor(roster, "karsk"), fields["forces.tasked"], table.world)
    assert karsk is not None
    assert karsk.max() == 0.0


@pytest.mark.parametrize(
    ("ally", "unit", "weeks", "breach"),
    [("calder", "guards", 1, 0.0), ("aurland", "first", 8, 0.0),
     ("fallow", "rifles", 1, 0.0), ("fallow", "rifles", 6, 1.0)],
)  # fmt: skip
def test_each_parliament_has_its_own_rule(ally: str, unit: str, weeks: int, breach: float) -> None:
    table = strait(parameters={"forces.strike": 0.0})
    table.turn({f"forces.task[{ally},{unit},strait]": 1.0})
    for _ in range(weeks - 1):
        table.turn()
    assert table.value(f"forces.breach[{ally}]") == breach


def test_a_prior_vote_must_come_first_and_mends_a_breach() -> None:
    table = strait(
        parameters={"forces.strike": 0.0},
        units={"marines": Unit(title="Dorvik Marines", owner="dorvik", strength=0.2, notice=2.0)},
    )
    table.turn({"forces.task[dorvik,marines,strait]": 1.0})
    assert table.value("forces.breach[dorvik]") == 0.0  # its own waters
    table.turn({"forces.task[dorvik,marines,north]": 1.0})
    assert table.value("forces.breach[dorvik]") == 1.0
    table.put("domestic.mandated[dorvik]", 1.0)
    table.turn()
    assert table.value("forces.breach[dorvik]") == 0.0
    assert table.why("forces.unvoted[dorvik]")["settled"] < 0


def test_an_unlawful_deployment_may_be_struck_down() -> None:
    table = strait(parameters={"forces.strike": 0.5}, lanes=60)
    table.turn({"forces.task[fallow,rifles,strait]": 1.0})
    for _ in range(9):
        table.turn()
    held = table.cells("forces.tasked")[5, 0]
    assert 0.0 <= held.mean() < 0.3


def test_acting_without_a_mandate_is_acting_alone() -> None:
    table = strait()
    table.turn({"forces.task[calder,guards,strait]": 1.0})
    assert table.value("forces.alone[calder]") == pytest.approx(1.0)
    table.put("council.mandate[strait]", 0.7)
    table.turn()
    assert table.value("forces.alone[calder]") < 0.05
    assert table.value("forces.alone[dorvik]") == 0.0


def test_losses_in_the_theatre_cost_strength_and_nowhere_else() -> None:
    table = strait()
    table.put("deterrence.losses[strait]", 0.2)
    table.turn()
    assert table.value("forces.strength[ships]") == pytest.approx(0.4)
    assert table.value("forces.strength[guards]") == 1.0


def test_handing_over_is_counted_for_those_who_answer_at_home() -> None:
    table = strait()
    table.turn({"forces.pledge[calder,guards]": 1.0})
    table.turn({"forces.transfer[calder,guards]": 4.0})
    assert table.value("forces.ceded[calder]") == pytest.approx(0.9)


def rehearse(**outside: float) -> Bench:
    given = {"threat.threat": (("ally", "adversary"), outside.get("threat", 0.7)),
             "council.mandate": (("theatre",), outside.get("mandate", 0.6)),
             "domestic.support": (("ally",), outside.get("support", 0.6))}  # fmt: skip
    return strait(outside=given, lanes=60)


def test_absent_coalition_governments_attach_more_caveats() -> None:
    table = rehearse()
    for kind in ("area", "night"):
        table.put(f"forces.caveat[rifles,{kind}]", 0.0)
    table.turn()
    for _ in range(3):
        table.bots()
    caveats = table.cells("forces.caveats")
    roster = table.ruleset.roster
    coalition = caveats[roster.index("unit", "rifles")].mean()
    other = caveats[roster.index("unit", "guards")].mean()
    assert coalition > other + 0.4
    table.check_sums()


def test_absent_seats_give_more_when_asked_and_afraid() -> None:
    given = {}
    for name, threat, mandate in (("calm", 0.1, 0.0), ("alarmed", 0.8, 0.7)):
        table = rehearse(threat=threat, mandate=mandate)
        for _ in range(4):
            table.bots()
        given[name] = (table.cells("forces.pledged").mean(), table.cells("forces.tasked").mean())
    assert given["alarmed"][0] > given["calm"][0] + 0.4
    assert given["alarmed"][1] > given["calm"][1]


def test_absent_seats_hand_over_when_the_threat_is_high() -> None:
    table = rehearse(threat=0.8)
    for _ in range(6):
        table.bots()
    guards = table.ruleset.roster.index("unit", "guards")
    assert table.cells("forces.authority")[guards].mean() > 3.5


def test_absent_seats_send_forces_where_the_mandate_is_and_home_when_it_is_over() -> None:
    table = rehearse(mandate=0.0, threat=0.6)
    table.put("council.mandate[strait]", 0.7)
    table.put("forces.need[strait]", 6.0)
    for _ in range(6):
        table.bots()
    tasked = table.cells("forces.tasked")
    strait_, north = (table.ruleset.roster.index("theatre", t) for t in ("strait", "north"))
    guards = table.ruleset.roster.index("unit", "guards")
    assert tasked[guards, strait_].mean() > 0.7
    assert tasked[:, north].max() == 0.0
    for name in ("aurland", "calder", "dorvik", "fallow"):
        table.put(f"threat.threat[{name},karsk]", 0.1)
    table.put("council.mandate[strait]", 0.0)
    table.bots()
    assert table.cells("forces.tasked")[guards, strait_].max() == 0.0


def test_absent_seats_send_about_what_is_required_and_by_law() -> None:
    table = rehearse(mandate=0.0, threat=0.6)
    table.put("council.mandate[north]", 0.7)
    table.put("forces.need[north]", 0.8)
    for _ in range(8):
        table.bots()
    sent = (table.cells("forces.tasked") * table.cells("forces.strength")[:, None])[:, 1].sum(
        axis=0
    )
    assert 0.5 < sent.mean() < 2.2
    assert table.cells("forces.breach")[2].max() == 0.0  # Dorvik's parliament has not voted


def test_a_declared_caveat_is_left_as_declared() -> None:
    table = rehearse()
    table.bots()
    rifles = table.ruleset.roster.index("unit", "rifles")
    assert set(table.cells("forces.caveats")[rifles]) == {2.0}


def played(lanes: int, dice: Dice | None = None) -> Bench:
    table = strait(lanes=lanes, seed=4, outside={"threat.threat": (("ally", "adversary"), 0.7)})
    if dice is not None:
        table.dice = dice
    for _ in range(5):
        table.bots()
    return table


def test_a_lane_alone_is_the_lane_in_a_batch() -> None:
    batch, alone = played(5), played(1, Dice.seeded(4, np.array([2])))
    np.testing.assert_array_equal(batch.world.column(2), alone.world.column(0))


def test_long_turns_hold_no_surprise() -> None:
    table = strait(schedule=(26.0,), outside={"threat.threat": (("ally", "adversary"), 0.7)})
    for _ in range(6):
        table.bots()
    table.check_sums()
    assert np.isfinite(table.world.rows()).all()
    assert not [
        line for book in table.books for p in book.postings for line in p.lines
        if line.name == "limit" and p.field.startswith(("forces.", "logistics."))
    ]  # fmt: skip


def test_decisions_and_fields_speak_plainly() -> None:
    for decision in forces.RULE.decisions:
        assert decision.consequence.endswith(".")
        assert not decision.says.endswith(".")
    for field in forces.RULE.fields:
        assert field.says.endswith(".")
        assert field.rises
        assert field.falls
