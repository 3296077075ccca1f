"""What the logistics module claims about movement and supply, held against what it does."""

from __future__ import annotations

import attrs
import numpy as np
import pytest

from exercise.engine.dice import Dice
from exercise.rules.logistics.routes import routes_of
from exercise.scenario.model import Unit
from exercise.sight import as_actor, mask
from tests.rules.bench import Bench
from tests.rules.strait import DAY, HEAVY, SCENARIO, open_doors, ready_after, strait


def days_until_ready(unit: str, *first: str, **start: float) -> int:
    table = strait(schedule=DAY)
    open_doors(table)
    for cell, value in start.items():
        table.put(cell, value)
    if first:
        table.turn({f"forces.task[aurland,{name},strait]": 1.0 for name in first})
    return ready_after(table, unit)


def test_an_overseas_heavy_brigade_takes_about_fifty_days() -> None:
    assert 45 <= days_until_ready("first") <= 55


def test_a_prepositioned_brigade_takes_about_three_weeks() -> None:
    stored = {"logistics.prepositioned[first,strait]": 1.0, "forces.notice[first]": 7.0}
    assert 18 <= days_until_ready("first", **stored) <= 25


def test_a_neighbour_by_rail_takes_about_three_weeks() -> None:
    assert 18 <= days_until_ready("guards") <= 25


def test_prepositioning_cuts_days() -> None:
    half = days_until_ready("first", **{"logistics.prepositioned[first,strait]": 0.5})
    assert half < days_until_ready("first")


def test_capacity_binds_once_brigades_share_a_port_and_distance_does_not() -> None:
    alone = days_until_ready("third")
    third = days_until_ready("third", "first", "second")
    assert 25 <= third - alone <= 30  # two brigades of 2,800 pieces at 200 a day stand before it
    nearer = {"logistics.passage[third,strait]": 7.0, "logistics.passage[second,strait]": 7.0,
              "logistics.passage[first,strait]": 7.0}  # fmt: skip
    saved_alone = alone - days_until_ready("third", **nearer)
    assert saved_alone < third - alone
    wide = days_until_ready("third", "first", "second", **{"logistics.capacity[orm]": 2000.0})
    assert third - wide > 30


def test_without_host_support_there_is_no_onward_movement() -> None:
    table = strait(schedule=(20.0,))
    table.turn({"forces.task[aurland,first,strait]": 1.0})
    assert table.value("logistics.stage[first]") == 4.0
    assert table.value("logistics.wait[first]") == 365.0
    table.turn({"logistics.host[dorvik,orm,aurland]": 1.0})
    assert table.value("logistics.arrived[first]") == 1.0


def test_only_the_owner_opens_a_node() -> None:
    table = strait()
    table.turn({"logistics.host[calder,orm,aurland]": 1.0})
    assert table.value("logistics.hosted[orm,aurland]") == 0.0
    assert table.eyes("dorvik").allowed(table.ruleset.decisions["logistics.host"]).data.max() == 1.0
    own_only = table.eyes("calder").allowed(table.ruleset.decisions["logistics.host"])
    orm = table.ruleset.roster.index("node", "orm")
    assert own_only.data[orm].max() == 0.0


def test_a_queue_is_served_in_turn_and_priority_changes_the_turn() -> None:
    def both(priority: bool) -> tuple[float, float]:
        table = strait(schedule=(6.5,))
        open_doors(table)
        if priority:
            table.put("logistics.first[second]", 1.0)
        table.turn({f"forces.task[aurland,{u},strait]": 1.0 for u in ("first", "second")})
        return table.value("logistics.backlog[first]"), table.value("logistics.backlog[second]")

    first, second = both(priority=False)
    assert first < second
    first, second = both(priority=True)
    assert second < first


def test_a_damaged_port_makes_everybody_later_and_is_repaired_over_weeks() -> None:
    table = strait()
    open_doors(table)
    table.turn({"forces.task[aurland,first,strait]": 1.0})
    whole = table.value("logistics.wait[first]")
    table.turn(set_before={"logistics.damage[orm]": 0.6})
    assert table.value("logistics.wait[first]") > whole
    assert table.why("logistics.wait[first]")["rate"] > 0
    before = table.value("logistics.damage[orm]")
    for _ in range(6):
        table.turn()
    assert table.value("logistics.damage[orm]") < before / 3


def test_a_cyber_attack_does_less_to_a_protected_node() -> None:
    struck = []
    for guard in (0.0, 1.0):
        table = strait()
        table.put("cyber.effect[orm]", 0.5)
        table.put("logistics.guard[orm]", guard)
        table.turn()
        struck.append(table.value("logistics.damage[orm]"))
        assert table.why("logistics.damage[orm]")["cyber attack"] > 0
    assert struck[1] < struck[0]
    table = strait()
    table.turn({"logistics.protect[dorvik,orm]": 1.0})
    assert table.value("logistics.guard[orm]") == 1.0
    table.turn()
    assert table.why("logistics.guard[orm]")["guard tires"] < 0


def test_clearance_given_beforehand_saves_days() -> None:
    slow, fast = strait(), strait()
    for table in (slow, fast):
        open_doors(table)
        table.put("forces.notice[guards]", 2.0)
        table.put("logistics.clearance[dorvik,calder]", 12.0)
    fast.turn({"logistics.clear[dorvik,calder]": 1.0})
    slow.turn()
    for table in (slow, fast):
        table.turn({"forces.task[calder,guards,strait]": 1.0})
    gain = slow.value("logistics.wait[guards]") - fast.value("logistics.wait[guards]")
    assert 9 < gain < 12


def test_chartered_lift_shortens_loading_and_passage() -> None:
    table = strait()
    open_doors(table)
    table.turn({"forces.task[aurland,first,strait]": 1.0})
    table.turn({"logistics.charter[aurland,first]": 1.0})
    assert table.why("logistics.left[first,loading]")["chartered lift"] < -3
    assert table.why("logistics.left[first,passage]")["chartered lift"] < -3
    eyes = table.eyes("aurland")
    allowed = eyes.allowed(table.ruleset.decisions["logistics.charter"])
    names = table.ruleset.roster.of("unit")
    assert {n for n, ok in zip(names, allowed.data[:, 0], strict=True) if ok} == {"first"}


def test_a_unit_passes_the_stages_in_order_and_travels_between_them() -> None:
    table = strait(schedule=DAY)
    open_doors(table)
    table.turn({"forces.task[aurland,first,strait]": 1.0})
    stages, progress = [], []
    for _ in range(60):
        table.turn()
        stages.append(table.value("logistics.stage[first]"))
        progress.append(table.value("logistics.progress[first]"))
    assert stages == sorted(stages)
    assert set(stages) == {1.0, 2.0, 3.0, 4.0, 5.0}
    assert progress == sorted(progress)
    assert progress[0] == 0.0
    assert progress[-1] == 1.0
    table.check_sums()


def test_a_unit_called_home_has_to_come_home_before_it_sets_out_again() -> None:
    table = strait(schedule=(4.0,))
    open_doors(table)
    table.turn({"forces.task[aurland,first,strait]": 1.0})
    assert table.value("logistics.stage[first]") == 3.0
    table.turn({"forces.task[aurland,first,strait]": -1.0})
    assert table.value("logistics.stage[first]") == 0.0
    assert table.value("logistics.destination[first,strait]") == 0.0
    assert table.why("logistics.homeward[first]")["called home"] > 0.0
    assert table.value("logistics.homeward[first]") == 0.0  # four weeks were enough
    quick = strait(schedule=(4.0, 0.2))
    quick.turn({"forces.task[aurland,first,strait]": 1.0})
    quick.turn({"forces.task[aurland,first,strait]": -1.0})
    assert quick.value("logistics.homeward[first]") > 0.0
    quick.turn({"forces.task[aurland,first,strait]": 1.0})
    assert quick.why("logistics.left[first,wait]")["home first"] > 0.0


def test_moving_to_another_theatre_starts_anew() -> None:
    table = strait(schedule=(1.0,))
    table.turn({"forces.task[aurland,first,strait]": 1.0})
    table.turn({"forces.task[aurland,first,north]": 1.0})
    assert table.value("logistics.destination[first,strait]") == 0.0
    assert table.value("logistics.destination[first,north]") == 1.0
    assert table.why("logistics.left[first,loading]")["called off"] < 0
    table.check_sums()


def test_no_route_no_move() -> None:
    table = strait()
    table.turn({"forces.task[calder,guards,north]": 1.0})
    assert table.value("logistics.destination[guards,north]") == 0.0
    task = table.ruleset.decisions["forces.task"]
    checks = task.allowed(table.eyes("calder")) if task.allowed else []
    roster = table.ruleset.roster
    at = (roster.index("unit", "guards"), roster.index("theatre", "north"), 0)
    refused = [check for check in checks if check.mask.over("unit", "theatre").shape[1] == 2]
    assert any(check.mask.over("unit", "theatre")[at] == 0.0 for check in refused)
    assert any("no route" in check.reason for check in checks)


def test_a_unit_that_stands_in_the_theatre_is_ready_at_the_start() -> None:
    table = strait()
    assert table.value("logistics.arrived[ships]") == 1.0
    assert table.value("logistics.stage[ships]") == 5.0


def test_fighting_burns_more_than_waiting_and_want_of_supplies_hampers() -> None:
    calm, hot = strait(), strait()
    for table in (calm, hot):
        table.put("logistics.stock[dorvik]", 0.0)
        table.put("industry.output[dorvik]", 0.0)
        table.put("industry.capacity[dorvik]", 0.0)
    hot.put("deterrence.level[karsk,strait]", 8.0)
    for _ in range(6):
        calm.turn()
        hot.turn()
    assert hot.value("logistics.supply[ships]") < calm.value("logistics.supply[ships]")
    assert hot.value("logistics.sustain[ships]") < 0.9
    assert hot.value("logistics.sustain[ships]") < calm.value("logistics.sustain[ships]")


def test_what_units_draw_leaves_the_stock() -> None:
    table = strait()
    table.put("logistics.supply[ships]", 10.0)
    table.turn()
    drawn = table.why("logistics.stock[dorvik]")["drawn"]
    got = table.why("logistics.supply[ships]")["resupplied by its port"]
    assert drawn == pytest.approx(-got * 0.5, abs=1e-6)


def test_a_loan_moves_what_there_is_and_no_more() -> None:
    table = strait()
    held = table.value("logistics.stock[dorvik]")
    before = table.cells("logistics.stock").sum()
    table.turn({"logistics.lend[dorvik,calder]": 200.0})
    why = table.why("logistics.stock[calder]")
    assert why["borrowed"] == pytest.approx(held, abs=1e-6)
    made = sum(table.cells("industry.output")[:, 0])
    assert table.cells("logistics.stock").sum() <= before + made + 1e-6
    table.check_sums()


def test_routes_are_found_once_by_least_days() -> None:
    routes = routes_of(SCENARIO)
    assert routes["first", "strait"].nodes == ("aurhaven", "ocean", "orm")
    assert routes["first", "strait"].by_sea
    assert routes["first", "strait"].days == pytest.approx(14.0)
    assert routes["guards", "strait"].entry == "dorvik-yard"
    assert routes["ships", "strait"].days == 0.0
    assert ("guards", "north") not in routes


def test_a_narrow_link_slows_a_route_and_hostile_ground_closes_it() -> None:
    rail = next(link for link in SCENARIO.links if link.mode == "rail")
    others = tuple(link for link in SCENARIO.links if link.mode != "rail")
    narrow = attrs.evolve(SCENARIO, links=(*others, attrs.evolve(rail, capacity=50.0)))
    wide = routes_of(SCENARIO)["guards", "strait"].days
    assert routes_of(narrow)["guards", "strait"].days > wide + 20
    taken = {
        **SCENARIO.nodes,
        "dorvik-yard": attrs.evolve(SCENARIO.nodes["dorvik-yard"], owner="karsk"),
    }
    assert ("guards", "strait") not in routes_of(attrs.evolve(SCENARIO, nodes=taken))


def test_a_unit_off_the_map_travels_without_a_port() -> None:
    table = strait(
        units={"wing": Unit(title="A wing", owner="calder", kind="squadron", notice=2.0)}
    )
    for _ in range(3):
        table.turn({"forces.task[calder,wing,strait]": 1.0})
    assert table.value("logistics.arrived[wing]") == 1.0


def test_an_unrelated_unit_changes_no_other_roll_and_no_other_move() -> None:
    extra = {"fourth": Unit(title="Fourth Brigade", owner="aurland", at="aurhaven", **HEAVY)}  # type: ignore[arg-type]
    with_it, without = strait(units=extra), strait()
    for table in (with_it, without):
        open_doors(table)
        table.put("forces.commander[aurland]", 1.0)
        for _ in range(3):
            table.turn({"forces.pledge[calder,guards]": 1.0,
                        "forces.task[calder,guards,strait]": 1.0})  # fmt: skip
    rolls = [
        {(r.rule, r.label): r.values for book in t.books for r in book.rolls}
        for t in (with_it, without)
    ]
    units = len(SCENARIO.units)
    for key, values in rolls[1].items():
        np.testing.assert_array_equal(rolls[0][key][: len(values)], values[:units])
    for field in ("wait", "stage", "supply"):
        assert with_it.value(f"logistics.{field}[guards]") == without.value(
            f"logistics.{field}[guards]"
        )


def played(lanes: int, dice: Dice | None = None) -> Bench:
    table = strait(lanes=lanes, seed=9)
    open_doors(table)
    if dice is not None:
        table.dice = dice
    table.turn({"forces.task[aurland,first,strait]": 1.0, "forces.task[fallow,rifles,strait]": 1.0,
                "forces.pledge[calder,guards]": 1.0})  # fmt: skip
    for _ in range(4):
        table.turn({"forces.task[aurland,guards,strait]": 1.0})
    return table


def test_a_lane_alone_is_the_lane_in_a_batch() -> None:
    batch = played(5)
    alone = played(1, Dice.seeded(9, np.array([3])))
    np.testing.assert_array_equal(batch.world.column(3), alone.world.column(0))


def test_allies_see_moves_and_only_owners_see_supplies() -> None:
    table = strait()
    roster, fields = table.ruleset.roster, table.ruleset.fields
    calder, karsk = as_actor(roster, "calder"), as_actor(roster, "karsk")
    assert mask(calder, fields["logistics.wait"], table.world) is None
    assert mask(karsk, fields["logistics.wait"], table.world).max() == 0.0  # type: ignore[union-attr]
    supply = mask(calder, fields["logistics.supply"], table.world)
    assert supply is not None
    assert supply[roster.index("unit", "guards")] == 1.0
    assert supply[roster.index("unit", "ships")] == 0.0


def test_absent_seats_open_doors_clear_borders_and_forces_arrive() -> None:
    table = strait(outside={"threat.threat": (("ally", "adversary"), 0.7),
                            "council.mandate": (("theatre",), 0.6)})  # fmt: skip
    for _ in range(12):
        table.bots()
    assert table.value("logistics.hosted[dorvik-yard,calder]") == 1.0
    assert table.value("logistics.clearance[dorvik,calder]") == 1.0
    assert table.value("logistics.arrived[guards]") == 1.0
    assert table.value("logistics.arrived[first]") == 1.0
    table.check_sums()
