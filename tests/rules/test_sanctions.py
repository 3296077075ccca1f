"""What the sanctions module claims about coverage, leakage and concession, held against it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.engine.cells import Cells
from exercise.engine.dice import Dice
from exercise.engine.turn import Inputs, resolve
from exercise.rules.sanctions import RULE
from exercise.rules.sanctions.pressure import covered, denied
from tests.rules.around import around
from tests.rules.bench import ALLIES, Bench

PACKAGES = {"finance-package": "finance", "energy-package": "energy"}


def bench(lanes: int = 1, depth: float = 0.8, **more: Any) -> Bench:
    """Two packages of one sector each; every ally sells a fifth of what Karsk buys."""
    start = {f"sanctions.target[{name},karsk]": 1.0 for name in PACKAGES}
    start |= {f"sanctions.depth[{name},{sector}]": depth for name, sector in PACKAGES.items()}
    start |= {f"economy.share[{ally},{s}]": 0.2 for ally in ALLIES for s in ("energy", "finance")}
    start |= more.pop("start", {})
    return Bench(*around("sanctions"), lanes=lanes, start=start, **more)


def adopt(*allies: str, level: float = 1.0) -> dict[str, float]:
    return {f"sanctions.adopt[{ally},{name}]": level for ally in allies for name in PACKAGES}


def enforce(*allies: str, level: float = 1.0) -> dict[str, float]:
    return {f"sanctions.enforcing[{ally},{name}]": level for ally in allies for name in PACKAGES}


def test_broad_coverage_hurts_the_target_more_and_each_sender_less() -> None:
    alone, together = bench(), bench()
    alone.turn(adopt("aurland"))
    together.turn(adopt(*ALLIES))
    assert together.value("sanctions.pain[karsk]") > 3.0 * alone.value("sanctions.pain[karsk]")
    assert together.value("sanctions.blow[aurland]") < alone.value("sanctions.blow[aurland]")
    assert together.value("sanctions.coverage[karsk,energy]") == pytest.approx(0.8, abs=1e-6)


def test_leakage_grows_unless_it_is_enforced() -> None:
    lax, strict = bench(), bench()
    lax.turn(adopt(*ALLIES) | enforce(*ALLIES, level=0.6))
    strict.turn(adopt(*ALLIES) | enforce(*ALLIES))
    first = lax.value("sanctions.leak[karsk,energy]")
    for _ in range(25):
        lax.turn()
        strict.turn(enforce(*ALLIES))
    assert lax.value("sanctions.leak[karsk,energy]") > 10.0 * first > 0.0
    assert strict.value("sanctions.leak[karsk,energy]") < 0.75 * lax.value(
        "sanctions.leak[karsk,energy]"
    )
    assert strict.value("sanctions.pain[karsk]") > lax.value("sanctions.pain[karsk]")


def test_fear_of_secondary_sanctions_closes_ways_round_and_is_named() -> None:
    plain, feared = bench(), bench()
    for table in (plain, feared):
        table.turn(adopt(*ALLIES))
    feared.turn({"sanctions.punish[aurland,energy]": 1.0})
    plain.turn()
    assert feared.why("sanctions.leak[karsk,energy]")["third parties"] < 0.0
    assert feared.value("sanctions.leak[karsk,energy]") < plain.value(
        "sanctions.leak[karsk,energy]"
    )


def test_a_carve_out_spares_the_carver_and_the_target() -> None:
    whole, spared = bench(), bench()
    whole.turn(adopt(*ALLIES))
    spared.turn(adopt(*ALLIES) | {"sanctions.carve[dorvik,energy-package,energy]": 1.0})
    assert spared.value("sanctions.blow[dorvik]") < whole.value("sanctions.blow[dorvik]")
    assert spared.value("sanctions.pain[karsk]") < whole.value("sanctions.pain[karsk]")
    spared.turn({"sanctions.carve[dorvik,energy-package,energy]": -1.0})
    assert spared.value("sanctions.carved[dorvik,energy-package,energy]") == 0.0


def test_half_hearted_agreement_delivers_less_and_says_so() -> None:
    start = {"council.adopted[sanction]": 1.0, "council.package[sanction,energy-package]": 1.0}
    start |= {f"council.consent[{ally},sanction]": 0.95 for ally in ALLIES}
    free, outvoted = bench(start=start), bench(start=start)
    outvoted.put("council.consent[dorvik,sanction]", 0.6)
    for table in (free, outvoted):
        table.turn(adopt(*ALLIES))
    assert outvoted.value("sanctions.delivery[dorvik,energy-package]") == pytest.approx(0.6, 1e-6)
    assert outvoted.value("sanctions.delivery[dorvik,finance-package]") == 1.0
    assert outvoted.value("sanctions.pain[karsk]") < free.value("sanctions.pain[karsk]")


def test_two_packages_on_one_sector_do_not_stop_the_same_trade_twice() -> None:
    table = bench(start={"sanctions.depth[finance-package,energy]": 0.8})
    table.turn(adopt(*ALLIES))
    assert 0.8 < table.value("sanctions.coverage[karsk,energy]") < 1.0


def test_a_package_with_a_sunset_lapses_unless_renewed() -> None:
    table = bench(start={"sanctions.sunset[energy-package]": 3.0})
    table.turn({"sanctions.adopt[aurland,energy-package]": 1.0})
    for _ in range(2):
        table.turn()
    assert table.value("sanctions.adopted[aurland,energy-package]") == 1.0
    table.turn()
    assert table.value("sanctions.adopted[aurland,energy-package]") == 0.0
    assert table.why("sanctions.adopted[aurland,energy-package]") == {"lapsed": -1.0}


def test_lifting_ends_the_pressure() -> None:
    table = bench()
    table.turn(adopt("aurland"))
    table.turn({f"sanctions.lift[aurland,{name}]": 1.0 for name in PACKAGES})
    assert table.value("sanctions.pain[karsk]") == 0.0
    assert table.value("sanctions.blow[aurland]") == 0.0


def test_a_threat_not_carried_out_is_an_unkept_word_for_one_turn() -> None:
    table = bench()
    table.turn({"sanctions.threaten[aurland,energy-package]": 4.0})
    seen = []
    for _ in range(6):
        table.turn()
        seen.append(table.value("sanctions.unkept[aurland,energy-package]"))
    assert seen == [0.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    assert table.value("sanctions.deadline[aurland,energy-package]") == 0.0


def test_a_threat_carried_out_in_time_is_a_word_kept() -> None:
    table = bench()
    table.turn({"sanctions.threaten[aurland,energy-package]": 4.0})
    for _ in range(3):
        table.turn()
    for orders in (adopt("aurland"), {}, {}):
        table.turn(orders)
        assert table.value("sanctions.unkept[aurland,energy-package]") == 0.0


def test_a_threat_that_worked_need_not_be_carried_out() -> None:
    table = bench()
    table.turn({"sanctions.threaten[aurland,energy-package]": 4.0})
    table.put("sanctions.concession[karsk]", 1.0)
    for _ in range(5):
        table.turn()
        assert table.value("sanctions.unkept[aurland,energy-package]") == 0.0
    assert table.value("sanctions.deadline[aurland,energy-package]") == 0.0


def test_a_credible_threat_makes_yielding_likelier_in_its_last_weeks() -> None:
    table = bench(lanes=4000, start={"adversary.stake[karsk]": 0.0})
    orders = {f"sanctions.threaten[{ally},{name}]": 8.0 for ally in ALLIES for name in PACKAGES}
    table.turn(orders)
    menace, yielded = [], []
    for _ in range(8):
        before = table.cells("sanctions.concession").mean()
        table.turn()
        menace.append(table.value("sanctions.menace[karsk]"))
        yielded.append(table.cells("sanctions.concession").mean() - before)
    assert menace[:4] == [0.0] * 4
    assert min(menace[4:]) > 0.5
    assert sum(yielded[:4]) == 0.0  # nothing presses before the last four weeks
    assert 0.02 < sum(yielded[4:]) < 0.06


def share_yielding(coverage: float, depth: float) -> tuple[float, float]:
    """Mean pain and the share of 2,000 games in which Karsk yields within three years."""
    lanes = 2000
    start = {f"economy.share[aurland,{s}]": coverage for s in ("energy", "finance")}
    start |= {f"economy.share[{a},{s}]": 0.0 for a in ALLIES[1:] for s in ("energy", "finance")}
    table = bench(lanes=lanes, depth=depth, start=start)
    pain = []
    for month in range(39):
        orders = enforce("aurland") | (adopt("aurland") if month == 0 else {})
        slips = table.slips(orders)
        inputs = Inputs(orders=slips, weeks=4.0)
        table.world = resolve(table.ruleset, table.world, inputs, table.dice)
        pain.append(table.value("sanctions.pain[karsk]"))
    return float(np.mean(pain)), float(table.cells("sanctions.concession").mean())


@pytest.mark.parametrize(
    ("coverage", "depth", "pain", "success"),
    [
        (0.25, 0.55, (0.5, 0.7), (0.21, 0.29)),  # one sender
        (0.85, 0.55, (2.0, 2.7), (0.29, 0.39)),  # broad
        (0.85, 1.0, (3.8, 5.0), (0.42, 0.56)),  # broad and deep
    ],
)
def test_pain_and_success_lie_in_the_published_bands(
    coverage: float, depth: float, pain: tuple[float, float], success: tuple[float, float]
) -> None:
    """Growth lost as in Neuenkirch & Neumeier 2015; success as in Hufbauer et al. 2007."""
    hurt, yielded = share_yielding(coverage, depth)
    assert pain[0] <= hurt <= pain[1]
    assert success[0] <= yielded <= success[1]


def test_targets_with_much_at_stake_do_not_yield_within_weeks() -> None:
    shares = {}
    for stake in (0.2, 0.9):
        table = bench(lanes=2000, depth=1.0, start={"adversary.stake[karsk]": stake})
        table.turn(adopt(*ALLIES))
        for _ in range(11):
            table.turn()
        shares[stake] = float(table.cells("sanctions.concession").mean())
    assert shares[0.9] < 0.03
    assert shares[0.2] > 2.0 * shares[0.9]


def test_a_mandate_of_an_institution_helps() -> None:
    shares = []
    for mandate in (0.0, 1.0):
        sanctioned = {f"council.sanctioned[{name}]": mandate for name in PACKAGES}
        table = bench(lanes=4000, start=sanctioned)
        for turn in range(26):
            table.turn(adopt(*ALLIES) if turn == 0 else {})
        shares.append(float(table.cells("sanctions.concession").mean()))
    assert shares[1] > shares[0]


def test_whoever_sanctions_without_the_council_is_known_to_act_alone() -> None:
    table = bench()
    table.turn(adopt("aurland"))
    assert table.value("sanctions.alone[aurland,energy-package]") == 1.0
    table.put("council.sanctioned[energy-package]", 0.6)
    table.turn()
    assert table.value("sanctions.alone[aurland,energy-package]") == 0.0


def test_refusals_come_with_a_reason_and_a_remedy() -> None:
    table = bench()
    eyes = table.eyes("aurland")
    for name in ("enforcing", "lift", "punish"):
        decision = table.ruleset.decisions[f"sanctions.{name}"]
        assert not eyes.allowed(decision).data.any()
        assert all(check.reason and check.remedy for check in decision.allowed(eyes))
    carve = table.ruleset.decisions["sanctions.carve"]
    assert eyes.allowed(carve).data[..., 0].tolist() == [[0.0, 1.0], [1.0, 0.0]]
    table.turn(adopt("aurland"))
    eyes = table.eyes("aurland")
    assert eyes.allowed(table.ruleset.decisions["sanctions.lift"]).data.all()
    assert not eyes.allowed(table.ruleset.decisions["sanctions.threaten"]).data.any()


def test_absent_seats_adopt_what_the_council_mandates_by_their_will() -> None:
    table = bench(start={"council.sanctioned[energy-package]": 0.8})
    for ally, worry in zip(ALLIES, (0.8, 0.6, 0.5, 0.05), strict=True):
        table.put(f"threat.threat[{ally},karsk]", worry)
    table.put("domestic.support[fallow]", 0.3)
    orders = table.bots()
    assert orders.value("sanctions.adopt", ("aurland", "energy-package")) == 1.0
    assert orders.value("sanctions.adopt", ("fallow", "energy-package")) == 0.0
    assert orders.value("sanctions.adopt", ("aurland", "finance-package")) == 0.0
    again = table.bots()
    assert again.value("sanctions.adopt", ("aurland", "energy-package")) == 0.0
    assert again.value("sanctions.enforcing", ("aurland", "energy-package")) == 1.0


def test_an_absent_seat_spares_its_heaviest_exposure_once() -> None:
    table = bench(
        start={"council.sanctioned[energy-package]": 0.8, "economy.exposure[dorvik,energy]": 0.7}
    )
    table.put("threat.threat[dorvik,karsk]", 0.9)
    orders = table.bots()
    assert orders.value("sanctions.carve", ("dorvik", "energy-package", "energy")) == 0.5
    assert orders.value("sanctions.carve", ("aurland", "energy-package", "energy")) == 0.0
    assert not table.bots()["sanctions.carve"].data.any()


def test_worried_absent_seats_threaten_and_keep_their_word() -> None:
    table = bench(seed=3)
    for ally in ALLIES:
        table.put(f"threat.threat[{ally},karsk]", 0.9)
    table.put("domestic.support[aurland]", 0.8)
    threatened = 0.0
    for _ in range(14):
        threatened += table.bots()["sanctions.threaten"].data.sum()
        assert not table.cells("sanctions.unkept").any()
    assert threatened > 0.0
    assert table.cells("sanctions.adopted").any()


shares = st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4)


@given(adopted=shares, carved=shares, depth=st.floats(0.0, 1.0), first=st.integers(0, 3))
def test_another_sender_never_lowers_what_is_covered_or_denied(
    adopted: list[float], carved: list[float], depth: float, first: int
) -> None:
    def over(values: object, *axes: str) -> Cells:
        return Cells(np.asarray(values, dtype=np.float64)[..., None], axes)

    fewer = [0.0 if place == first else level for place, level in enumerate(adopted)]
    share, target = over([[0.25]] * 4, "ally", "sector"), over([[1.0]], "package", "adversary")
    depths = over([[depth]], "package", "sector")
    kept = over([[[c]] for c in carved], "ally", "package", "sector")
    found = []
    for levels in (fewer, adopted):
        sent = over([[level] for level in levels], "ally", "package")
        full = over([[1.0]] * 4, "ally", "package")
        covered_now = covered(sent, kept, share, depths, target)
        denied_now = denied(sent, kept, share, depths, target, full, full)
        assert (denied_now.data <= covered_now.data + 1e-6).all()
        found.append((covered_now.data.item(), denied_now.data.item()))
    assert -1e-6 <= found[0][0] <= found[1][0] + 1e-6 <= 1.0 + 2e-6
    assert found[0][1] <= found[1][1] + 1e-6


def test_carve_outs_are_the_allies_secret_and_adoption_is_not() -> None:
    table = bench()
    table.turn(adopt("aurland") | {"sanctions.carve[aurland,energy-package,energy]": 1.0})
    karsk = table.eyes("karsk")
    assert not karsk["sanctions.carved"].data.any()
    assert karsk["sanctions.adopted"].data.any()
    assert table.eyes("fallow")["sanctions.carved"].data.any()


def test_terms_sum_exactly_and_lanes_do_not_know_of_each_other() -> None:
    many = bench(lanes=5)
    for table in (many, *(bench() for _ in range(2))):
        lane = 0 if table is many else None
        if lane is None:
            table.dice = Dice.seeded(1, np.array([3]))
        table.turn(adopt(*ALLIES))
        for _ in range(6):
            table.bots()
        table.check_sums()
        if lane is None:
            np.testing.assert_array_equal(many.world.column(3), table.world.column(0))


def test_every_decision_field_and_parameter_has_words() -> None:
    assert all(f.says for f in RULE.fields)
    assert all(d.says and d.consequence for d in RULE.decisions)
    assert all(p.says and p.source for p in RULE.parameters)
