"""What the economy module claims about dependence, stocks and hardship, held against it."""

from __future__ import annotations

import numpy as np
import pytest

from exercise.engine.dice import Dice
from exercise.rules.economy import RULE
from tests.rules.around import around
from tests.rules.bench import ALLIES, Bench


def bench(lanes: int = 1, **start: float) -> Bench:
    return Bench(*around("economy"), lanes=lanes, start=start)


def cut_off(table: Bench, sector: str = "energy", share: float = 0.8) -> None:
    """The adversary cuts a supply in the turn that is played here."""
    table.put(f"economy.cut[{sector}]", share)
    table.put(f"adversary.cut[karsk,{sector}]", share)


def test_diversified_allies_suffer_less() -> None:
    table = bench()
    table.put("economy.dependence[fallow,energy]", 0.6)
    table.put("economy.dependence[calder,energy]", 0.1)
    cut_off(table)
    for _ in range(6):
        table.turn()
    assert table.value("economy.shortage[fallow,energy]") > table.value(
        "economy.shortage[calder,energy]"
    )
    assert table.value("economy.hardship[fallow]") > 3.0 * table.value("economy.hardship[calder]")


def test_a_programme_of_diversification_lowers_dependence_and_exposure() -> None:
    table = bench()
    table.put("economy.share[dorvik,energy]", 0.1)
    for _ in range(10):
        table.turn({"economy.diversify[dorvik,energy]": 1.0})
    assert table.value("economy.dependence[dorvik,energy]") < 0.08
    assert table.value("economy.exposure[dorvik,energy]") < 0.08
    assert table.value("economy.share[dorvik,energy]") > 0.1
    assert table.value("economy.dependence[calder,energy]") == pytest.approx(0.15, abs=1e-6)


def test_stocks_buy_weeks_and_not_months() -> None:
    table = bench()
    table.put("economy.dependence[fallow,energy]", 1.0)
    table.put("economy.stock[fallow,energy]", 2.0)
    cut_off(table)
    short = []
    for _ in range(6):
        table.turn({"economy.release_stock[fallow,energy]": 1.0})
        short.append(table.value("economy.shortage[fallow,energy]"))
    assert short[0] == 0.0
    assert short[-1] > 0.5
    assert table.value("economy.stock[fallow,energy]") == 0.0


def test_stocks_last_as_long_however_long_the_turns_are() -> None:
    weekly, monthly = bench(), Bench(*around("economy"), schedule=(4.0,))
    for table in (weekly, monthly):
        table.put("economy.dependence[fallow,energy]", 0.5)
        table.put("economy.stock[fallow,energy]", 20.0)
        cut_off(table)
    for _ in range(4):
        weekly.turn({"economy.release_stock[fallow,energy]": 1.0})
    monthly.turn({"economy.release_stock[fallow,energy]": 1.0})
    left = [table.value("economy.stock[fallow,energy]") for table in (weekly, monthly)]
    assert left[0] == pytest.approx(left[1], abs=0.1)


def test_substitution_takes_a_quarter_to_get_half_way_and_goes_further_with_partners() -> None:
    lone, befriended = bench(), bench()
    for ally in ALLIES[:3]:
        befriended.put(f"economy.share[{ally},energy]", 0.3)
    found = []
    for table in (lone, befriended):
        cut_off(table)
        for _ in range(13):
            table.turn()
        found.append(table.value("economy.substitute[fallow,energy]"))
    assert found[0] == pytest.approx(0.7 * 0.5 * 0.5, abs=0.01)
    assert found[1] > 1.5 * found[0]


def test_an_adversarys_cut_enters_as_it_is_made_and_leaves_as_it_is_lifted() -> None:
    table = bench()
    table.turn()
    turn_with(table, 0.6)
    assert table.value("economy.cut[energy]") == pytest.approx(0.6, abs=1e-6)
    table.turn()
    assert table.value("economy.cut[energy]") == pytest.approx(0.6, abs=1e-6)
    turn_with(table, 0.0)
    assert table.value("economy.cut[energy]") == pytest.approx(0.0, abs=1e-6)


def turn_with(table: Bench, share: float) -> None:
    """Play a turn during which the adversary comes to cut this share of energy."""
    from exercise.engine.ledger import Book
    from exercise.engine.turn import begin

    book = Book()
    turn = begin(table.ruleset, table.world, table.dice, book=book)
    turn.open()
    turn.world.put("adversary.cut", ("karsk", "energy"), share)
    table.world = turn.resolve(table.slips())
    table.books.append(book)


def test_a_cut_that_was_injected_finds_its_way_again() -> None:
    table = bench()
    table.put("economy.cut[finance]", 0.5)
    for _ in range(26):
        table.turn()
    assert table.value("economy.cut[finance]") == pytest.approx(0.25, abs=0.01)
    assert set(table.why("economy.cut[finance]")) == {"found its way"}


def test_aid_moves_weeks_of_the_receivers_need_and_loses_nothing() -> None:
    table = bench()
    table.put("economy.size[aurland]", 400.0)
    table.put("economy.stock[dorvik,energy]", 0.0)
    table.turn({"economy.aid[aurland,dorvik,energy]": 2.0})
    assert table.value("economy.stock[dorvik,energy]") == pytest.approx(2.0, abs=1e-6)
    assert table.value("economy.stock[aurland,energy]") == pytest.approx(3.5, abs=1e-6)


def test_nobody_can_give_more_than_is_in_store() -> None:
    table = bench()
    table.put("economy.stock[aurland,energy]", 1.0)
    table.turn({f"economy.aid[aurland,{ally},energy]": 2.0 for ally in ALLIES[1:]})
    assert table.value("economy.stock[aurland,energy]") == pytest.approx(0.0, abs=1e-6)
    received = sum(table.value(f"economy.stock[{ally},energy]") - 4.0 for ally in ALLIES[1:])
    assert received == pytest.approx(1.0, abs=1e-5)


def test_buying_fills_the_stores() -> None:
    table = bench()
    table.turn({"economy.stockpile[aurland,energy]": 2.0})
    assert 5.5 < table.value("economy.stock[aurland,energy]") < 6.0


def test_ones_own_sanctions_bite_and_drive_firms_out_of_the_market() -> None:
    table = bench()
    table.put("sanctions.blow[calder]", 0.5)
    table.put("sanctions.adopted[calder,energy-package]", 1.0)
    table.put("sanctions.depth[energy-package,energy]", 1.0)
    for _ in range(8):
        table.turn()
    assert table.value("economy.hardship[calder]") > 0.1
    assert table.value("economy.exposure[calder,energy]") < 0.14
    assert table.value("economy.exposure[calder,finance]") == pytest.approx(0.15, abs=1e-6)
    assert set(table.why("economy.hardship[calder]")) == {"own sanctions", "people adapt"}


def test_hardship_fades_when_its_causes_end() -> None:
    table = bench()
    table.put("economy.hardship[calder]", 0.8)
    for _ in range(8):
        table.turn()
    assert table.value("economy.hardship[calder]") == pytest.approx(0.4, abs=0.001)


def test_hardship_saturates_even_in_half_year_turns() -> None:
    table = Bench(*around("economy"), schedule=(26.0,))
    table.put("economy.dependence[fallow,energy]", 1.0)
    cut_off(table, share=1.0)
    for _ in range(4):
        table.turn()
        assert 0.0 < table.value("economy.hardship[fallow]") < 1.0
        assert "limit" not in table.why("economy.hardship[fallow]")


def test_refusals_come_with_a_reason_and_a_remedy() -> None:
    table = bench()
    eyes = table.eyes("aurland")
    release, aid = (table.ruleset.decisions[f"economy.{n}"] for n in ("release_stock", "aid"))
    assert not eyes.allowed(release).data.any()  # nothing is cut off
    assert eyes.allowed(aid).data[..., 0].tolist() == [
        [0.0, 0.0],
        [1.0, 1.0],
        [1.0, 1.0],
        [1.0, 1.0],
    ]
    checks = [*release.allowed(eyes), *aid.allowed(eyes)]
    assert all(check.reason and check.remedy for check in checks)


def test_an_absent_seat_opens_its_stocks_when_short_and_frees_itself_when_worried() -> None:
    table = bench()
    table.put("economy.dependence[fallow,energy]", 0.6)
    cut_off(table)
    orders = table.bots()
    assert orders.value("economy.release_stock", ("fallow", "energy")) > 0.0
    assert orders.value("economy.diversify", ("fallow", "energy")) == 1.0
    assert orders.value("economy.diversify", ("fallow", "finance")) == 0.0


def test_an_absent_seat_with_full_stores_helps_a_bare_ally() -> None:
    table = bench()
    table.put("economy.stock[aurland,energy]", 12.0)
    table.put("economy.stock[fallow,energy]", 0.0)
    table.put("economy.dependence[fallow,energy]", 0.9)
    cut_off(table)
    table.bots()
    orders = table.bots()
    assert orders.value("economy.aid", ("aurland", "fallow", "energy")) == 1.0
    assert orders.value("economy.aid", ("calder", "fallow", "energy")) == 0.0


def test_the_adversary_does_not_see_stocks() -> None:
    table = bench()
    assert not table.eyes("karsk")["economy.stock"].data.any()
    assert table.eyes("fallow")["economy.stock"].data.any()


def test_terms_sum_exactly_and_lanes_do_not_know_of_each_other() -> None:
    many, one = bench(lanes=5), bench()
    one.dice = Dice.seeded(1, np.array([3]))
    for table in (many, one):
        table.put("economy.dependence[fallow,energy]", 0.6)
        cut_off(table)
        for _ in range(5):
            table.bots()
        table.check_sums()
    np.testing.assert_array_equal(many.world.column(3), one.world.column(0))


def test_every_decision_field_and_parameter_has_words() -> None:
    assert all(f.says for f in RULE.fields)
    assert all(d.says and d.consequence for d in RULE.decisions)
    assert all(p.says and p.source for p in RULE.parameters)


def test_every_field_but_how_critical_a_sector_is_changes_through_play() -> None:
    table = bench()
    table.put("sanctions.blow[calder]", 0.5)
    table.put("sanctions.adopted[calder,energy-package]", 1.0)
    table.put("sanctions.depth[energy-package,energy]", 1.0)
    table.put("economy.share[fallow,energy]", 0.2)
    turn_with(table, 0.5)
    table.turn(
        {
            "economy.release_stock[fallow,energy]": 0.5,
            "economy.diversify[fallow,energy]": 1.0,
            "economy.stockpile[aurland,energy]": 1.0,
        }
    )
    moved = {p.field for book in table.books for p in book.postings if (p.after != p.before).any()}
    assert {f.name for f in RULE.fields} - moved == {"economy.weight"}
