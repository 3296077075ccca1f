"""What a seat types: read in several forms, refused with a reason and a remedy."""

from __future__ import annotations

import re

import pytest

from exercise.orders import LONGEST, Order, Refusal, judge, parse, possible, say
from exercise.save.journal import MemoryJournal
from exercise.saved import create
from exercise.scenario.compile import Exercise
from exercise.session import Session
from tests.people import decisions_of


def read(exercise: Exercise, text: str, actor: str = "dorvik") -> Order | Refusal:
    return parse(text, exercise.ruleset.decisions, exercise.ruleset.roster, actor)


SHARED = Order(
    "intelligence.share", "dorvik", ("coast-guard", "fallow"), 0.699999988079071, "tear-line"
)


@pytest.mark.parametrize(
    "text",
    [
        "intelligence.share[dorvik,coast-guard,fallow]=tear-line",
        "intelligence.share[coast-guard,fallow] tear-line",
        "intelligence.share coast-guard fallow tear-line",
        "share coast-guard fallow tear-line",
        "share fallow coast-guard tear-line",
        "share coast-guard with fallow as a tear-line",
        "  shar   coast-guard to fallow   tear-line ",
        "share coast-guard fallow 0.7",
    ],
)
def test_an_order_is_read_in_several_forms(strait: Exercise, text: str) -> None:
    assert read(strait, text) == SHARED


@pytest.mark.parametrize(
    ("text", "reason", "remedy"),
    [
        ("", "nothing is written", "write a decision"),
        ("shaer coast-guard fallow full", "there is no decision 'shaer'", "did you mean share?"),
        ("p coast-guard", "'p' could be", "write more of it"),
        ("share coast-gard fallow full", "there is no report 'coast-gard'", "coast-guard"),
        ("share coast-guard full", "ally", "allow"),
        ("share coast-guard fallow whispered", "'whispered' is no way to do it", "one of:"),
        ("share coast-guard fallow", "it does not say how", "one of:"),
        ("share coast-guard fallow full today", "was not understood", "leave it out"),
        ("lend calder lots", "'lots' is not a number", "give a number from"),
        ("lend calder nan", "'nan' is not a number", "give a number from"),
        ("lend calder 1e300", "'1e300' is not a number", "give a number from"),
        ("lend calder 900", "900 is out of range", "give a number from"),
        ("lend calder 0", "0 is out of range", "not 0"),
        ("x" * (LONGEST + 1), "characters are no order", "one order a line"),
    ],
)
def test_a_refusal_names_what_was_not_understood_and_what_would_be(
    strait: Exercise, text: str, reason: str, remedy: str
) -> None:
    refused = read(strait, text)
    assert isinstance(refused, Refusal)
    assert reason in refused.reason
    assert remedy in refused.remedy


def test_an_adversary_has_decisions_of_its_own(strait: Exercise) -> None:
    assert isinstance(read(strait, "share coast-guard fallow full", "karsk"), Refusal)
    by = {d.by for d in strait.ruleset.decisions.values()}
    assert {"ally", "adversary"} <= by


def test_every_allowed_order_can_be_typed_again_as_it_is_told(strait: Exercise) -> None:
    session = create(strait, MemoryJournal(), seed=1, people=("dorvik",))
    typed = 0
    for stage in ("council", "orders"):
        for decision in decisions_of(session, "dorvik", stage):
            for targets in list(possible(decision, session.eyes("dorvik")))[:2]:
                levels = decision.levels or {"": decision.high}
                for level, value in levels.items():
                    order = Order(decision.name, "dorvik", targets, value, level)
                    again = read(strait, order.line())
                    assert isinstance(again, Order), (order.line(), again)
                    assert (again.cell, again.value) == (order.cell, pytest.approx(value))
                    assert "{" not in say(order, decision, strait.ruleset.roster)
                    typed += 1
    assert typed > 50


def test_what_is_possible_is_what_is_not_refused(strait: Exercise) -> None:
    session = create(strait, MemoryJournal(), seed=1, people=("dorvik",))
    for decision in decisions_of(session, "dorvik", "orders"):
        eyes = session.eyes("dorvik")
        allowed = set(possible(decision, eyes, most=10_000))
        roster = session.ruleset.roster
        for targets in zip(*(roster.of(axis) for axis in decision.axes), strict=False):
            level, value = next(iter(decision.levels.items()), ("", decision.high))
            refused = judge(Order(decision.name, "dorvik", targets, value, level), eyes)
            assert (refused is None) == (targets in allowed), (decision.name, targets, refused)
            assert refused is None or refused.reason


def test_nobody_decides_for_another(strait: Exercise, bots: Session) -> None:
    session = create(strait, MemoryJournal(), seed=1)
    foe = next(d for d in strait.ruleset.decisions.values() if d.by == "adversary")
    targets = tuple(strait.ruleset.roster.of(axis)[0] for axis in foe.axes)
    refused = judge(Order(foe.name, "dorvik", targets, 1.0), session.eyes("dorvik"))
    assert refused is not None
    assert "not yours" in refused.reason


def test_what_cannot_be_paid_is_refused_with_what_is_left(strait: Exercise) -> None:
    session = create(strait, MemoryJournal(), seed=1, people=("dorvik",))
    told: list[Refusal] = []
    for decision in decisions_of(session, "dorvik", "orders"):
        for targets in possible(decision, session.eyes("dorvik", session.draft_slips("dorvik"))):
            level, value = next(iter(decision.levels.items()), ("", decision.high))
            order = Order(decision.name, "dorvik", targets, value, level)
            refused = session.draft("dorvik", order)
            if refused is not None:
                told.append(refused)
    assert any("staff points and you have" in one.reason for one in told)
    assert session.seal("dorvik") is None


def test_every_decision_with_several_ways_has_a_sentence_for_each(strait: Exercise) -> None:
    for name, decision in strait.ruleset.decisions.items():
        ways = list(decision.levels) if len(decision.levels) > 1 else list(decision.tells)
        assert list(decision.tells) == ways, name
        for level, told in decision.tells.items():
            named = set(re.findall(r"\{([^}]*)\}", told))
            assert named == set(re.findall(r"\{([^}]*)\}", decision.says)), (name, level)
            assert told[0].isupper(), (name, level)
            assert not told.endswith("."), (name, level)
            assert ", or " not in told, (name, level)
        assert len(set(decision.tells.values())) == len(decision.tells), name


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("bracket_clause statement-2 bracket", "Bracket “"),
        ("bracket_clause statement-2 lift the bracket", "Lift your bracket on “"),
        ("host port-orm calder open", "Open Port Orm to forces of Calder"),
        ("host port-orm calder close", "Close Port Orm to forces of Calder"),
        ("share coast-guard fallow tear-line", "to Fallow, tear-line only"),
        ("lend calder 3", "Lend supplies to Calder: 3 brigade-days"),
        ("protect port-orm protect", "Protect Port Orm"),
    ],
)
def test_an_order_is_told_as_the_one_thing_that_was_chosen(
    strait: Exercise, line: str, told: str
) -> None:
    order = read(strait, line)
    assert isinstance(order, Order), order
    said = say(order, strait.ruleset.decisions[order.decision], strait.ruleset.roster)
    assert told in said
    assert ", or " not in said
