"""What the interoperability module claims about training together, held against what it does."""

from __future__ import annotations

import pytest

from tests.rules.strait import open_doors, strait

EXERCISE = "interoperability.exercise[calder,dorvik,strait]"


def test_an_exercise_teaches_both_and_nobody_else() -> None:
    table = strait()
    table.turn({EXERCISE: 3.0})
    assert table.value("interoperability.interop[calder,dorvik]") > 0.55
    assert table.value("interoperability.interop[dorvik,calder]") > 0.55
    assert table.value("interoperability.interop[calder,fallow]") < 0.5
    assert table.why("interoperability.interop[dorvik,calder]")["exercised as a guest"] > 0
    assert table.why("interoperability.interop[calder,dorvik]")["exercised"] > 0


def test_skills_fade() -> None:
    table = strait(schedule=(104.0,))
    table.turn()
    assert table.value("interoperability.interop[calder,dorvik]") == pytest.approx(0.25)
    assert table.value("interoperability.interop[calder,calder]") == 1.0
    assert table.why("interoperability.drill[calder]")["drill fades"] < 0


def test_a_drill_and_a_standard_raise_what_they_should() -> None:
    table = strait()
    table.turn({"interoperability.train[calder]": 1.0, "interoperability.adopt[calder]": 1.0})
    assert table.why("interoperability.drill[calder]")["drilled"] > 0
    assert table.why("interoperability.standard[calder]")["adopted"] > 0
    assert table.why("interoperability.interop[calder,dorvik]")["standards"] > 0


def test_shared_kit_raises_interoperability_slowly() -> None:
    table = strait(schedule=(13.0,))
    table.put("industry.joint[calder,dorvik]", 1.0)
    table.turn()
    assert "shared kit" not in table.why("interoperability.interop[calder,dorvik]")
    table.put("industry.joint[dorvik,calder]", 1.0)
    table.turn()
    assert 0 < table.why("interoperability.interop[calder,dorvik]")["shared kit"] < 0.05


def mishaps(drill: float, interop: float) -> float:
    table = strait(lanes=600)
    open_doors(table)
    for pair in ("calder,dorvik", "dorvik,calder"):
        table.put(f"interoperability.interop[{pair}]", interop)
    for ally in ("calder", "dorvik"):
        table.put(f"interoperability.drill[{ally}]", drill)
    table.put("forces.tasked[guards,strait]", 1.0)
    table.put("logistics.destination[guards,strait]", 1.0)
    table.turn()
    table.turn()
    return float((table.cells("interoperability.mishap")[1, 2] > 0.0).mean())


def test_pairs_that_exercised_and_drilled_err_less() -> None:
    assert mishaps(0.9, 0.9) < mishaps(0.1, 0.9) < mishaps(0.1, 0.1)


def test_a_misunderstanding_adds_friction_and_is_cleared_up() -> None:
    table = strait()
    smooth = table.value("interoperability.friction")
    table.turn(set_before={"interoperability.mishap[calder,dorvik]": 0.8})
    rough = table.value("interoperability.friction")
    assert rough < smooth
    assert table.why("interoperability.mishap[calder,dorvik]")["cleared up"] < 0
    for _ in range(8):
        table.turn()
    assert table.value("interoperability.mishap[calder,dorvik]") < 0.05


def test_forces_that_know_each_other_lose_less_to_friction() -> None:
    table = strait()
    strangers = table.value("interoperability.friction")
    table.turn({EXERCISE: 3.0})
    assert table.why("interoperability.friction")["interop"] > 0
    assert table.value("interoperability.friction") > strangers


def test_an_exercise_signals_and_provokes_at_once_and_less_when_announced() -> None:
    plain, told = strait(), strait()
    plain.turn({EXERCISE: 3.0})
    told.turn({EXERCISE: 3.0, "interoperability.notify[calder,strait]": 1.0})
    assert plain.value("interoperability.show[calder,strait]") == 3.0
    assert told.value("interoperability.show[calder,strait]") == 3.0
    assert plain.value("interoperability.provocation[strait]") == 3.0
    assert told.value("interoperability.provocation[strait]") == 1.5
    plain.turn()
    assert plain.value("interoperability.show[calder,strait]") == 0.0
    assert plain.value("interoperability.provocation[strait]") == 0.0


def test_an_exercise_needs_a_partner() -> None:
    table = strait()
    may = table.eyes("calder").allowed(table.ruleset.decisions["interoperability.exercise"])
    calder = table.ruleset.roster.index("ally", "calder")
    assert may.over("ally@to", "theatre")[calder].max() == 0.0


def test_absent_seats_drill_and_exercise_now_and_then() -> None:
    table = strait(lanes=40, outside={"threat.threat": (("ally", "adversary"), 0.6)})
    for _ in range(6):
        orders = table.bots()
        chosen = orders["interoperability.exercise"].data
        assert ((chosen > 0.0).sum(axis=(1, 2)) <= 1).all()
    assert (table.cells("interoperability.interop")[1, 2] > 0.5).any()
    assert table.cells("interoperability.drill").mean() > 0.3
    table.check_sums()
