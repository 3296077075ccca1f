"""What the industry module claims about output, surges and joint buys."""

from __future__ import annotations

import pytest

from tests.rules.strait import strait


def test_a_surge_pays_after_months() -> None:
    surged, calm = strait(), strait()
    surged.turn({"industry.surge[aurland]": 3.0})
    calm.turn()
    assert surged.why("industry.capacity[aurland]")["surge"] > 0
    first = surged.value("industry.output[aurland]") / calm.value("industry.output[aurland]")
    for _ in range(39):
        surged.turn()
        calm.turn()
    last = surged.value("industry.output[aurland]") / calm.value("industry.output[aurland]")
    assert first < 1.03
    assert last > 1.4
    assert surged.value("logistics.stock[aurland]") > calm.value("logistics.stock[aurland]")


def test_volume_cuts_cost() -> None:
    table = strait()
    first = table.value("industry.unit_cost[aurland]")
    for _ in range(10):
        table.turn()
    assert table.value("industry.unit_cost[aurland]") < first
    assert table.why("industry.unit_cost[aurland]")["made"] < 0


def joined(*allies: str) -> dict[str, float]:
    return {f"industry.join[{a},{b}]": 1.0 for a in allies for b in allies if a != b}


def test_partners_cut_cost_once_both_have_joined() -> None:
    table = strait()
    table.turn({"industry.join[calder,dorvik]": 1.0})
    assert "partners" not in table.why("industry.unit_cost[calder]")
    table.turn({"industry.join[dorvik,calder]": 1.0})
    assert table.why("industry.unit_cost[calder]")["partners"] < 0
    table.turn({"industry.join[dorvik,calder]": -1.0})
    assert table.value("industry.joint[dorvik,calder]") == 0.0
    assert table.why("industry.unit_cost[calder]")["partners"] > 0


def test_partners_add_delay() -> None:
    alone, crowd = strait(), strait()
    crowd.turn(joined("aurland", "calder", "dorvik", "fallow"))
    alone.turn()
    for table in (alone, crowd):
        table.turn({"industry.surge[aurland]": 3.0})
        for _ in range(8):
            table.turn()
    assert crowd.value("industry.output[aurland]") < alone.value("industry.output[aurland]")


def test_what_is_made_reaches_the_stock() -> None:
    table = strait()
    table.turn()
    made = table.why("industry.made[calder]")["made"]
    assert table.why("logistics.stock[calder]")["made"] == pytest.approx(made, abs=1e-6)
    table.check_sums()


def test_a_joint_buy_needs_a_partner() -> None:
    table = strait()
    may = table.eyes("calder").allowed(table.ruleset.decisions["industry.join"])
    assert may.data[table.ruleset.roster.index("ally", "calder")].max() == 0.0


def test_an_absent_seat_surges_once_when_stocks_are_thin_and_joins_who_asks() -> None:
    table = strait(outside={"threat.threat": (("ally", "adversary"), 0.7)})
    table.put("logistics.stock[aurland]", 10.0)
    table.put("industry.joint[calder,dorvik]", 1.0)
    orders = table.bots()
    assert orders.value("industry.surge", ("aurland",)) == 1.0
    assert orders.value("industry.join", ("dorvik", "calder")) == 1.0
    table.put("logistics.stock[aurland]", 10.0)
    assert table.bots().value("industry.surge", ("aurland",)) == 0.0
