"""Assembly: rules keep their word, or are refused with the rule, the name and the remedy."""

from __future__ import annotations

import pytest

from exercise.engine.cells import Cells
from exercise.engine.declare import (
    CONTROL,
    PUBLIC,
    Cost,
    Decision,
    Field,
    Only,
    Own,
    Parameter,
    Released,
    Rule,
    Step,
    Term,
)
from exercise.engine.roster import Roster
from exercise.engine.ruleset import Ruleset, assemble
from exercise.engine.turn import Turn
from exercise.errors import DeclarationError
from exercise.rules import clock

ROSTER = Roster(
    {"actor": ("a", "b"), "ally": ("a", "b"), "adversary": ()},
    {"ally": "actor", "adversary": "actor"},
)


def field(name: str, seen: object = PUBLIC, **more: object) -> Field:
    return Field(name, ("ally",), unit="", says="", seen=seen, **more)  # type: ignore[arg-type]


MINE, THEIRS, SECRET = field("one.mine"), field("two.theirs"), field("two.secret", CONTROL)
OTHER = Rule("two", "another", fields=(THEIRS, SECRET))


def built(
    *steps: Step, reads: tuple[str, ...] = (), fields: tuple[Field, ...] = (MINE,), **more: object
) -> Ruleset:
    rule = Rule("one", "a rule", fields=fields, reads=reads, steps=steps, **more)  # type: ignore[arg-type]
    return assemble([clock.RULE, rule, OTHER], ROSTER)


def adds(what: Field, delta: str | float = 0.25, **more: object) -> Step:
    def run(turn: Turn) -> None:
        value = turn.zeros("ally") + (turn[delta] if isinstance(delta, str) else delta)
        turn.post(what, Term("because", value, **more))  # type: ignore[arg-type]

    return Step("threat", run)


def test_a_sound_rule_is_assembled() -> None:
    ruleset = built(adds(MINE, "two.theirs", of=(THEIRS,)), reads=("two.theirs",))
    assert ruleset.active == ("clock", "one", "two")
    assert MINE.name in ruleset.changing
    assert THEIRS.name not in ruleset.changing


@pytest.mark.parametrize(
    ("steps", "reads", "message"),
    [
        ((adds(THEIRS),), (), "rule one writes two.theirs, which belongs to two"),
        ((adds(MINE, "two.theirs"),), (), "reads two.theirs in stage threat without declaring it"),
        ((adds(MINE),), ("two.theirs",), "declares that it reads two.theirs and never does"),
        ((Step("supper", lambda turn: None),), (), "'supper', which is no stage"),
        (
            (adds(MINE, of=(SECRET,), seen=(PUBLIC,)),), (),
            "term 'because' of one.mine tells its readers of two.secret",
        ),
        (
            (adds(MINE, of=(Only(SECRET, lambda: Cells.__new__(Cells)),), seen=(PUBLIC,)),), (),
            "tells its readers of two.secret",
        ),
    ],
)  # fmt: skip
def test_a_rule_that_breaks_its_word_is_refused(
    steps: tuple[Step, ...], reads: tuple[str, ...], message: str
) -> None:
    with pytest.raises(DeclarationError, match=message):
        built(*steps, reads=reads)


def test_a_term_may_tell_what_it_lists_as_released() -> None:
    built(adds(MINE, of=(SECRET,), seen=(PUBLIC,), releases=("two.secret",)))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ((field("one.mine", Own("unit")),), "seen by its own unit, which is none of its axes"),
        ((field("one.mine", Released("two.none")),), "there is no such field"),
        ((field("two.stolen"),), "two.stolen is declared by rule one"),
        ((field("plain"),), "plain is declared by rule one"),
    ],
)
def test_a_declaration_that_cannot_be_kept_is_refused(
    fields: tuple[Field, ...], message: str
) -> None:
    with pytest.raises(DeclarationError, match=message):
        built(fields=fields)


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(DeclarationError, match="two rule modules are called two"):
        assemble([clock.RULE, OTHER, OTHER], ROSTER)


def test_a_derived_field_takes_no_terms() -> None:
    worked_out = field("one.worked", kind="derived")
    with pytest.raises(DeclarationError, match=r"one\.worked is derived"):
        built(adds(worked_out), fields=(worked_out,))


def test_a_module_that_is_off_keeps_its_fields_at_their_start() -> None:
    kept = field("one.mine", start=0.5)
    rule = Rule("one", "a rule", fields=(kept,), steps=(adds(kept),))
    ruleset = assemble([clock.RULE, rule, OTHER], ROSTER, active=())
    assert ruleset.active == ("clock",)
    assert ruleset.opening(1).value("one.mine", ["a"]) == 0.5


def test_prices_and_parameters_are_on_the_grid_and_can_be_overridden() -> None:
    rate = Parameter("one.rate", 0.1, 0.0, 1.0, "", "design judgement", "J")
    act = Decision("one.act", (), says="Act", levels={"do": 1.0}, cost=Cost(staff=0.3, capital=2.0))
    rule = Rule("one", "a rule", fields=(MINE,), parameters=(rate,), decisions=(act,))
    ruleset = assemble([clock.RULE, rule], ROSTER, parameters={"one.rate": 0.75})
    assert ruleset.parameters["one.rate"] == 0.75
    assert set(ruleset.prices["one.act"]) == {"staff", "capital"}
    assert ruleset.prices["one.act"]["capital"] == 2.0
