"""What the threat module claims about allies, held against what it does."""

from __future__ import annotations

from exercise.rules import threat
from tests.rules.bench import Bench

READS = {
    "intelligence.seen": (("ally", "report"), 0.0),
    "intelligence.confidence": (("ally", "report"), 0.6),
    "intelligence.severity": (("report",), 0.8),
    "intelligence.fresh": (("ally", "report"), 0.0),
    "intelligence.about": (("report", "adversary"), 1.0),
    "information.narrative": (("ally", "adversary"), 0.0),
    "council.strategy": (("strategy",), 0.0),
    "council.agreed": (("ally",), 0.0),
}


def bench(**start: float) -> Bench:
    return Bench(threat.RULE, stand_ins=READS)


def shown(table: Bench, report: str, *allies: str) -> None:
    for ally in allies:
        table.put(f"intelligence.seen[{ally},{report}]", 1.0)
        table.put(f"intelligence.fresh[{ally},{report}]", 1.0)


def test_withholding_a_report_lowers_the_shared_view() -> None:
    released, withheld = bench(), bench()
    shown(released, "coast-guard", "aurland", "calder", "dorvik", "fallow")
    shown(withheld, "coast-guard", "dorvik")
    released.turn()
    withheld.turn()
    assert withheld.value("threat.shared_view") < released.value("threat.shared_view")


def test_a_distant_ally_perceives_less_than_a_frontline_one() -> None:
    table = bench()
    table.put("threat.base[calder,karsk]", 0.7)
    table.put("threat.base[fallow,karsk]", 0.2)
    for _ in range(10):
        table.turn()
    assert table.value("threat.threat[calder,karsk]") > table.value("threat.threat[fallow,karsk]")


def test_with_no_news_threat_returns_to_base() -> None:
    table = bench()
    table.put("threat.threat[calder,karsk]", 0.9)
    for _ in range(260):
        table.turn()
    assert abs(table.value("threat.threat[calder,karsk]") - 0.35) < 0.002


def test_a_strategy_moves_only_those_who_agreed_to_it() -> None:
    table = bench()
    for strategy, weight in {"deny": 0.7, "contain": 0.3}.items():
        table.put(f"council.strategy[{strategy}]", weight)
    table.put("council.agreed[calder]", 1.0)
    table.turn()
    assert table.value("threat.weight[calder,deny]") > 0.25
    assert table.value("threat.weight[fallow,deny]") == 0.25
    assert table.value("threat.agreement") < 1.0


def test_what_an_ally_says_moves_the_others_and_is_named() -> None:
    table = bench()
    table.turn({"threat.assess[calder,karsk]": 0.9})
    assert table.why("threat.threat[fallow,karsk]")["what allies say"] > 0
    assert "what allies say" not in table.why("threat.threat[calder,karsk]")


def test_a_worried_absent_seat_says_so_once() -> None:
    table = bench()
    table.put("threat.threat[calder,karsk]", 0.8)
    orders = table.bots()
    assert orders.value("threat.assess", ("calder", "karsk")) > 0.8
    assert table.bots().value("threat.assess", ("calder", "karsk")) == 0.0


def test_terms_sum_exactly() -> None:
    table = bench()
    shown(table, "imagery", "calder", "aurland")
    for _ in range(5):
        table.turn({"threat.assess[calder,karsk]": 0.6})
    table.check_sums()
