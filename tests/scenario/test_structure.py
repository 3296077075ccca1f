"""From nodes to attrs classes: strictness, all faults at once, and their places."""

from __future__ import annotations

import datetime
import enum
import time
from collections.abc import Mapping
from typing import Any, Literal

import attrs
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from exercise.errors import DeclarationError, Fault, ScenarioError
from exercise.scenario.nodes import Positions
from exercise.scenario.structure import MAX_FAULTS, describe, salvage, structure, structure_collect
from exercise.scenario.yaml12 import read_text, read_text_collect


class Role(enum.Enum):
    ALLY = "ally"
    ADVERSARY = "adversary"


def key(says: str = "", default: object = attrs.NOTHING, **more: Any) -> Any:
    validator = more.pop("validator", None)
    return attrs.field(default=default, validator=validator, metadata={"says": says, **more})


@attrs.frozen(kw_only=True)
class Cost:
    """What an order costs."""

    staff: float
    capital: float = 0.0

    @classmethod
    def from_scalar(cls, value: float) -> Cost:
        if value > 100:
            raise ValueError("nobody has that many staff points")
        return cls(staff=value)


def _no_spaces(instance: object, attribute: attrs.Attribute[str], value: str) -> None:
    if " " in value:
        raise ValueError("a name\nhas no spaces")


def _not_above_high(instance: Any, attribute: attrs.Attribute[float], value: float) -> None:
    if value > instance.high:
        raise ValueError("low is above high")


@attrs.frozen(kw_only=True)
class Actor:
    """A state or firm.

    More words.
    """

    title: str = key("What people call it.", key="name", validator=_no_spaces)
    will: float = key("How firm it is.", low=0, high=1)
    role: Role = attrs.field(default=Role.ALLY)
    weeks: tuple[float, ...] = key(default=(), unit="weeks", low=0.5)
    low: float = key(default=0.0, validator=_not_above_high)
    high: float = key(default=1.0)


@attrs.frozen(kw_only=True)
class Note:
    """Words."""

    text: str


@attrs.frozen(kw_only=True)
class Plan:
    """A small scenario."""

    title: str
    start: datetime.date | None = None
    turns: int = 3
    live: bool = False
    numbers: Literal["shown", "bands", "hidden"] = "bands"
    actors: Mapping[str, Actor] = attrs.Factory(dict)
    at: tuple[float, float] | None = None
    cost: float | Cost = 0.0
    costs: tuple[Cost, ...] = ()
    add: float | str | None = None
    rules: str | list[str] = "all"
    notes: tuple[Note | Cost, ...] = ()
    anything: object = None
    by_turn: dict[int, str] = attrs.Factory(dict)
    _hidden: int = 0


def plan(text: str) -> Plan:
    return structure(read_text(text, "a.yaml"), Plan)


def faults(text: str) -> tuple[Fault, ...]:
    value, found = structure_collect(read_text(text, "a.yaml"), Plan)
    assert (value is None) == bool(found)
    return found


def only_fault(line: str) -> Fault:
    (fault,) = faults(f"title: x\n{line}\n")
    return fault


def test_a_whole_file_becomes_the_class() -> None:
    found = plan(
        """
title: Northern Strait
start: 2030-01-05
turns: 4
live: true
numbers: hidden
actors:
  NO:
    name: Norway
    will: 1
    role: adversary
    weeks: [1, 2.5]
at: [1, 2.5]
costs: [1, {staff: 2, capital: 3}]
rules: [threat, council]
notes: [{text: hello}, {staff: 1}]
anything: {a: [1, x]}
by_turn: {3: landing}
hidden: 5
"""
    )
    assert found == Plan(
        title="Northern Strait",
        start=datetime.date(2030, 1, 5),
        turns=4,
        live=True,
        numbers="hidden",
        actors={"NO": Actor(title="Norway", will=1.0, role=Role.ADVERSARY, weeks=(1.0, 2.5))},
        at=(1.0, 2.5),
        costs=(Cost(staff=1.0), Cost(staff=2.0, capital=3.0)),
        rules=["threat", "council"],
        notes=(Note(text="hello"), Cost(staff=1.0)),
        anything={"a": [1, "x"]},
        by_turn={3: "landing"},
        hidden=5,
    )
    assert type(found.actors["NO"].will) is float


def test_defaults_stand_where_nothing_is_said() -> None:
    assert plan("title: x") == Plan(title="x")


def test_a_union_takes_the_form_that_the_value_has() -> None:
    assert plan("title: x\nadd: 1").add == 1.0
    assert plan("title: x\nadd: 0.1 * threat").add == "0.1 * threat"
    assert plan("title: x\nadd:").add is None
    assert plan("title: x\nrules: none").rules == "none"


def test_a_plain_value_becomes_a_block_where_the_block_allows_it() -> None:
    assert plan("title: x\ncost: 2").cost == Cost(staff=2.0)
    assert plan("title: x\ncost: {staff: 2}").cost == Cost(staff=2.0)
    assert plan("title: x").cost == 0.0


@pytest.mark.parametrize(
    ("line", "column", "code", "says"),
    [
        ("turns: '3'", 8, "wrong-type", "take the quotes away"),
        ("turns: 3.0", 8, "wrong-type", "whole number"),
        ("turns: true", 8, "wrong-type", "not true"),
        ("live: yes", 7, "wrong-type", "write true or false"),
        ("live: 1", 7, "wrong-type", "true or false"),
        ("start: soon", 8, "wrong-type", "year-month-day"),
        ("numbers: band", 10, "unknown-value", 'did you mean "bands"?'),
        ("numbers: 3", 10, "wrong-type", "one of shown, bands, hidden"),
        ("actors: [a]", 9, "wrong-type", "not a list"),
        ("actors:", 8, "wrong-type", "delete the key"),
        ("at: 1", 5, "wrong-type", "put it in brackets: [1]"),
        ("at: [1]", 5, "wrong-length", "must have 2 entries, not 1"),
        ("at: [1, x]", 9, "wrong-type", "at[1] must be a number"),
        ("at: [1, '1,5']", 9, "wrong-type", "decimal point: 1.5"),
        ("at: [1, .inf]", 9, "out-of-range", "finite"),
        ("cost: 101", 7, "bad-value", "nobody has that many"),
        ("cost: {}", 7, "missing-key", "staff"),
        ("costs: [x]", 9, "wrong-type", "a number or a group of keys"),
        ("rules: 3", 8, "wrong-type", 'put it in quotes: "3"'),
        ("rules: 2030-01-01", 8, "wrong-type", 'in quotes: "2030-01-01"'),
        ("add: [1]", 6, "wrong-type", "write one value here"),
        ("by_turn: {x: landing}", 11, "wrong-type", "whole number"),
        ("_hidden: 1", 1, "unknown-key", 'did you mean "hidden"?'),
        ("zzzz: 1", 1, "unknown-key", "its keys are title, start"),
    ],
)
def test_a_wrong_value_is_told_at_its_place_with_a_remedy(
    line: str, column: int, code: str, says: str
) -> None:
    fault = only_fault(line)
    assert (fault.line, fault.column, fault.code) == (2, column, code)
    assert says in str(fault)


def test_text_that_looks_like_a_value_must_be_quoted() -> None:
    (fault,) = faults("title: 12\n")
    assert str(fault) == (
        'a.yaml:1:8: wrong-type: title must be text, not the number 12; put it in quotes: "12"'
    )


TEN = """title: 12
numbers: band
trns: 4
start: 2030-01-01
actors:
  dorvik:
    name: The Republic
    wil: 0.3
  karsk:
    name: Karsk
    will: 3
    weeks: [1, 0]
    low: 2
at: [1, 2, 3]
live: no
notes:
  - {}
  - {text: hello, txt: 3}
"""


def test_ten_mistakes_are_ten_messages_in_file_order() -> None:
    found = faults(TEN)
    assert [(f.line, f.column, f.code) for f in found] == [
        (1, 8, "wrong-type"),
        (2, 10, "unknown-value"),
        (3, 1, "unknown-key"),
        (7, 11, "bad-value"),
        (8, 5, "unknown-key"),
        (11, 11, "out-of-range"),
        (12, 16, "out-of-range"),
        (13, 10, "bad-value"),
        (14, 5, "wrong-length"),
        (15, 7, "wrong-type"),
        (17, 5, "missing-key"),
        (18, 19, "unknown-key"),
    ]
    with pytest.raises(ScenarioError) as caught:
        plan(TEN)
    assert caught.value.faults == found
    assert len(str(caught.value).splitlines()) == len(found)


def test_a_typo_of_a_required_key_is_not_also_called_missing() -> None:
    found = faults("title: x\nactors: {a: {name: A, wil: 1}}\n")
    assert [f.code for f in found] == ["unknown-key"]
    assert found[0].hint == 'did you mean "will"?'


def test_a_key_that_is_missing_says_what_it_is_for() -> None:
    (fault,) = faults("title: x\nactors:\n  a:\n    name: A\n")
    assert (fault.line, fault.column) == (4, 5)
    assert str(fault).endswith('actors.a lacks "will"; add "will: …", a number: how firm it is')


def test_a_mistyped_block_is_checked_all_the_same() -> None:
    found = faults("title: x\nactor:\n  a: {name: A, will: 7}\n")
    assert [(f.line, f.code) for f in found] == [(2, "unknown-key"), (3, "out-of-range")]


def test_limits_hold_inside_lists_and_name_the_unit() -> None:
    (fault,) = faults("title: x\nactors: {a: {name: A, will: 1, weeks: [1, 0.1]}}\n")
    assert fault.message == "actors.a.weeks[1] must be 0.5 weeks or more, not 0.1"


def test_a_validator_speaks_at_the_fields_own_line_and_on_one_line() -> None:
    (fault,) = faults("title: x\nactors:\n  a:\n    will: 1\n    name: a b\n")
    assert (fault.line, fault.column) == (5, 11)
    assert fault.message == "actors.a.name: a name has no spaces"


def test_a_validator_may_look_at_other_fields_unless_they_are_wrong_themselves() -> None:
    (fault,) = faults("title: x\nactors: {a: {name: A, will: 1, low: 0.5, high: 0.2}}\n")
    assert "low is above high" in fault.message
    (fault,) = faults("title: x\nactors: {a: {name: A, will: 1, low: 0.5, high: x}}\n")
    assert fault.code == "wrong-type"
    (fault,) = faults("title: x\nactors: {a: {name: A, will: 1, low: 0.5, highh: 1}}\n")
    assert fault.code == "unknown-key"


def test_what_can_be_salvaged_keeps_names_and_places_for_later_checks() -> None:
    found, told = salvage(read_text(TEN, "a.yaml"), Plan)
    assert told == faults(TEN)
    assert found is not None
    assert (found.title, found.numbers, found.turns, found.at) == ("", "bands", 3, None)
    assert found.start == datetime.date(2030, 1, 1)
    assert found.actors == {
        "dorvik": Actor(title="", will=0.0),
        "karsk": Actor(title="Karsk", will=0.0, weeks=(1.0, 0.0)),
    }
    assert len(found.notes) == 2
    sound, none = salvage(read_text("title: x", "a.yaml"), Plan)
    assert (sound, none) == (Plan(title="x"), ())
    assert salvage(read_text("- 1", "a.yaml"), Plan)[0] is None


@attrs.frozen
class Pair:
    """Two that differ."""

    one: int
    two: int

    def __attrs_post_init__(self) -> None:
        if self.one == self.two:
            raise ValueError("the two must differ")


def test_what_the_class_itself_refuses_stands_at_the_block() -> None:
    _, (fault,) = structure_collect(read_text("one: 1\ntwo: 1\n", "a.yaml"), Pair, path="pair")
    assert (fault.line, fault.column, fault.message) == (1, 1, "pair: the two must differ")


def test_a_file_that_is_no_block_at_all_is_one_fault() -> None:
    assert [f.code for f in faults("- 1\n")] == ["wrong-type"]
    assert [f.code for f in faults("hello\n")] == ["wrong-type"]


def test_an_alias_read_in_two_places_is_no_reason_to_say_it_twice() -> None:
    found = faults("title: x\nnotes:\n  - &n {text: 3}\n  - *n\n")
    assert [(f.line, f.column, f.message) for f in found] == [
        (3, 15, "notes[0].text must be text, not the number 3")
    ]


def test_endless_faults_end_quickly() -> None:
    text = "title: x\n" + "".join(f"{'k' * 50}{i}: 1\n" for i in range(20_000))
    node = read_text(text, "a.yaml")
    began = time.process_time()
    _, found = structure_collect(node, Plan)
    assert time.process_time() - began < 2
    assert len(found) == MAX_FAULTS + 1
    assert found[-1].code == "too-many-faults"


def test_what_an_author_typed_is_shown_short_and_without_control_characters() -> None:
    fault = only_fault('"' + "x" * 500 + '\\u202e": 1')
    assert len(str(fault)) < 400
    assert "\u202e" not in str(fault)


def test_a_class_that_no_file_can_fill_is_found_at_once() -> None:
    @attrs.frozen
    class Odd:
        when: complex = 0j

    with pytest.raises(DeclarationError, match=r"Odd\.when"):
        structure(read_text("when: 1", "a.yaml"), Odd)


POSITIONS = Positions(
    read_text("injects:\n  - {at: D+1}\n  - at: D+2\n    when: 'turn > 3'\n", "a.yaml")
)


def test_a_path_leads_to_its_place() -> None:
    assert POSITIONS.at(()) == (1, 1)
    assert POSITIONS.at(("injects", 1)) == (3, 5)
    assert POSITIONS.at(("injects", 1, "when")) == (4, 11)
    assert POSITIONS.inside(("injects", 1, "when")) == (4, 12)


def test_a_path_to_nothing_has_the_place_of_what_is_above_it() -> None:
    assert POSITIONS.at(("injects", 1, "effects", 0, "add")) == (3, 5)
    assert POSITIONS.at(("injects", 9)) == (2, 3)


def test_positions_make_faults() -> None:
    fault = POSITIONS.fault(("injects", 1, "when"), "unknown-name", "there is no x", "say y")
    assert str(fault) == "a.yaml:4:11: unknown-name: there is no x; say y"
    assert POSITIONS.key_fault(("injects", 1, "when"), "c", "m").column == 5
    assert POSITIONS.key_fault(("injects", 1), "c", "m").column == 5  # in a list, the value's
    assert POSITIONS.key_fault(("injects", 0, "when"), "c", "m").line == 2
    assert POSITIONS.file(("injects", 0)) == "a.yaml"


def test_the_description_has_every_key_of_every_block() -> None:
    blocks = {block.name: block for block in describe(Plan)}
    assert list(blocks) == ["Plan", "Actor", "Cost", "Note"]
    assert blocks["Actor"].says == "A state or firm."
    assert blocks["Cost"].short == "a number"
    name, will, role, weeks, *_ = blocks["Actor"].keys
    assert (name.name, name.required, name.says) == ("name", True, "What people call it.")
    assert (will.low, will.high, will.words) == (0, 1, "a number")
    assert (role.default, role.words) == ("ally", "one of ally, adversary")
    assert (weeks.unit, weeks.default) == ("weeks", [])
    assert {k.name: k.blocks for k in blocks["Plan"].keys}["notes"] == ("Note", "Cost")


def test_the_description_gives_schema_fragments() -> None:
    plan_doc, actor, *_ = describe(Plan)
    schemas = {k.name: k.schema for k in (*plan_doc.keys, *actor.keys)}
    assert schemas["numbers"] == {"enum": ["shown", "bands", "hidden"], "default": "bands"}
    assert schemas["actors"]["additionalProperties"] == {"$ref": "#/$defs/Actor"}
    assert schemas["weeks"]["items"] == {"type": "number", "minimum": 0.5}
    assert schemas["at"]["anyOf"][0]["maxItems"] == 2
    assert schemas["costs"]["items"]["anyOf"] == [{"type": "number"}, {"$ref": "#/$defs/Cost"}]
    assert actor.schema["required"] == ["name", "will"]
    assert actor.schema["additionalProperties"] is False


WORDS = st.sampled_from(["title", "actors", "cost", "notes", "wil", "will", "name", "at", "text"])
YAMLISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(WORDS, YAMLISH, max_size=5))
def test_any_tree_becomes_a_plan_or_faults(tree: dict[str, object]) -> None:
    node, faults = read_text_collect(yaml.safe_dump(tree, allow_unicode=True), "a.yaml")
    if node is not None:
        value, faults = structure_collect(node, Plan)
        assert (value is None) == bool(faults)
        assert salvage(node, Plan)[1] == faults
    assert all(fault.message and fault.line >= 1 for fault in faults)
