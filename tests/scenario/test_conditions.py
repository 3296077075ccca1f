"""Conditions and amounts: what they mean, on every lane, and what is refused where."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exercise.engine.exact import GRID
from exercise.errors import Fault, ScenarioError
from exercise.scenario.conditions import (
    Amount,
    Compared,
    Condition,
    Getter,
    compile_amount,
    compile_condition,
)

World = dict[str, np.ndarray]
PHASES = ("calm", "assessment", "crisis")
NAMES = ("dorvik", "fallow-north", "karsk")


def world(lanes: int = 3) -> World:
    """Three lanes that differ; more lanes repeat them."""
    base = {
        "turn": [1, 3, 5],
        "phase": [0, 1, 2],
        "tension[baltic]": [0.2, 0.6, 0.9],
        "economy.gdp": [100, 0, 50],
        "alert": [0, 1, 1],
        "support[dorvik]": [0.3, 0.3, 0.3],
        "support[fallow-north]": [0.6, 0.4, 0.2],
        "support[karsk]": [0.9, 0.8, 0.1],
        "support[in]": [0.5, 0.5, 0.5],
    }
    found = {name: np.resize(np.array(row, dtype=float), lanes) for name, row in base.items()}
    found["support[*]"] = np.stack([found[f"support[{name}]"] for name in NAMES])
    found["trust[*,*]"] = np.stack([found["support[*]"]] * 2)
    found["nobody[*]"] = np.zeros((0, lanes))
    return {name: np.rint(values / GRID) * GRID for name, values in found.items()}


KNOWN = world()


def resolve(name: str, subscripts: tuple[str, ...]) -> Getter:
    if name == "phase" and subscripts:
        if subscripts[0] not in PHASES:
            raise LookupError(f"there is no phase {subscripts[0]}", 'did you mean "crisis"?')
        number = PHASES.index(subscripts[0])
        return lambda state: np.full(state["turn"].shape, float(number))
    cell = f"{name}[{','.join(subscripts)}]" if subscripts else name
    if cell not in KNOWN:
        raise LookupError(f"there is no cell {cell}", "the cells are listed in the reference")
    return lambda state: state[cell]


def condition(text: str) -> Condition:
    return compile_condition(text, resolve, file="a.yaml", line=7, column=11)


def amount(text: str) -> Amount:
    return compile_amount(text, resolve, file="a.yaml", line=7, column=11)


def refused(
    text: str, compiler: Callable[[str], Condition | Amount] = condition
) -> tuple[Fault, ...]:
    with pytest.raises(ScenarioError) as caught:
        compiler(text)
    return caught.value.faults


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("true", [1, 1, 1]),
        ("not true", [0, 0, 0]),
        ("turn >= 3", [0, 1, 1]),
        ("turn == 3", [0, 1, 0]),
        ("turn != 3", [1, 0, 1]),
        ("1 < turn < 5", [0, 1, 0]),
        ("tension[baltic] > 0.5 and turn >= 5", [0, 0, 1]),
        ("turn < 2 or turn > 4 and alert", [1, 0, 1]),
        ("(turn < 2 or turn > 4) and alert", [0, 0, 1]),
        ("not alert", [1, 0, 0]),
        ("not turn < 2 and alert == true", [0, 1, 1]),
        ("(turn > 2) == (alert > 0)", [1, 1, 1]),
        ("support[fallow-north] < 0.5", [0, 1, 1]),
        ("support[ fallow-north ] - support[dorvik] > 0", [1, 1, 0]),
        ("support[in] == 0.5", [1, 1, 1]),
        ("economy.gdp / 2 == 50", [1, 0, 0]),
        ("2 + 3 * 4 - 6 / 3 == 12", [1, 1, 1]),
        ("10 - 4 - 3 == 3", [1, 1, 1]),
        ("-turn + +6 == 1", [0, 0, 1]),
        ("2*-turn<-3", [0, 1, 1]),
        ("abs(2 - turn) == 1", [1, 1, 0]),
        ("min(turn, 2, 4) == 2", [0, 1, 1]),
        ("max(turn, 2) == 2", [1, 0, 0]),
        ("min(support[*]) < 0.2", [0, 0, 1]),
        ("max(support[*]) > 0.85", [1, 0, 0]),
        ("mean(support[*]) == 0.5", [0, 1, 0]),
        ("mean(support[*]) == 0.6", [1, 0, 0]),
        ("any(support[*] > 0.7)", [1, 1, 0]),
        ("all(support[*] >= 0.3)", [1, 1, 0]),
        ("count(support[*] < 0.35) == 1", [1, 1, 0]),
        ("any(support[*] > 0.7 and turn > 2)", [0, 1, 0]),
        ("any(not (support[*] > 0.15))", [0, 0, 1]),
        ("count(support[*] > mean(support[*])) == 1", [1, 1, 1]),
        ("count(trust[*, *] > 0.7) == 2", [1, 1, 0]),
        ("all(min(support[*], 0.3) == 0.3)", [1, 1, 0]),
        ("phase == assessment", [0, 1, 0]),
        ("phase >= assessment", [0, 1, 1]),
        ("calm < phase", [0, 1, 1]),
        ("phase[crisis] == phase", [0, 0, 1]),
        ("turn >\n 2", [0, 1, 1]),
        (".5 < 1e0 and 1. == 1", [1, 1, 1]),
    ],
)
def test_a_condition_means_what_it_says(text: str, holds: list[int]) -> None:
    found = condition(text).evaluate(world())
    assert found.dtype == bool
    assert found.tolist() == [bool(value) for value in holds]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5 * tension[baltic]", [0.1, 0.3, 0.45]),
        ("0.25", [0.25, 0.25, 0.25]),
        ("-0.25", [-0.25, -0.25, -0.25]),
        ("0.5 * (turn > 2)", [0, 0.5, 0.5]),
        ("true * 2", [2, 2, 2]),
        ("count(support[*] > 0.5) / 4", [0.5, 0.25, 0]),
        ("mean(support[*]) * 3 - max(0, turn - 4)", [1.8, 1.5, -0.4]),
        ("1 / 3", [1 / 3, 1 / 3, 1 / 3]),
    ],
)
def test_an_amount_is_a_number_on_the_grid(text: str, value: list[float]) -> None:
    found = amount(text).evaluate(world())
    assert found.dtype == np.float64
    assert np.allclose(found, value, rtol=0, atol=2e-7)
    assert (found / GRID == np.rint(found / GRID)).all()


def test_thresholds_are_on_the_grid_like_the_cells() -> None:
    state = world()
    state["tension[baltic]"] = np.rint(np.array([0.6, 0.7, 0.1]) / GRID) * GRID
    assert condition("tension[baltic] == 0.6").evaluate(state).tolist() == [True, False, False]
    assert condition("0.7 >= tension[baltic] >= 0.1").evaluate(state).all()
    assert condition("tension[baltic] * 10 / 10 == tension[baltic]").evaluate(state).all()


def test_anything_divided_by_zero_is_zero_in_that_lane_alone() -> None:
    found = amount("turn / economy.gdp").evaluate(world())
    assert np.allclose(found, [0.01, 0, 0.1], atol=1e-7)
    assert amount("0 / 0 + 1 / (turn - turn)").evaluate(world()).tolist() == [0, 0, 0]
    assert condition("turn / (0.1 + 0.2 - 0.3) < 1e6").evaluate(world()).all()


def test_no_finite_world_gives_a_result_that_is_not_finite() -> None:
    state = world()
    state["economy.gdp"] = np.array([2.0**28 - 1, -(2.0**28) + 1, GRID])
    text = "*".join(["economy.gdp"] * 40) + " - " + "1/economy.gdp"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(amount(text).evaluate(state)).all()


def test_an_empty_list_has_no_cells_to_fail() -> None:
    state = world()
    text = "all(nobody[*] > 1) and not any(nobody[*] > 1) and count(nobody[*] > 0) == 0"
    assert condition(text).evaluate(state).all()
    text = "mean(nobody[*]) == 0 and min(nobody[*]) == 0 and max(nobody[*]) == 0"
    assert condition(text).evaluate(state).all()


def test_a_result_is_the_callers_own() -> None:
    state = world()
    amount("turn").evaluate(state)[:] = 99
    condition("alert").evaluate(state)[:] = False
    assert state["turn"].tolist() == [1, 3, 5]


def test_an_expression_without_cells_fills_all_lanes() -> None:
    assert condition("true").evaluate(world(5)).shape == (5,)
    assert amount("0.5").evaluate(world(1)).shape == (1,)

    def knows_nothing(name: str, subscripts: tuple[str, ...]) -> Getter:
        raise LookupError(f"there is no {name}")

    found = compile_condition("1 < 2", knows_nothing, file="a", line=1, column=1)
    assert found.evaluate(None).tolist() == [True]


def test_a_lane_has_the_same_bits_alone_and_among_others() -> None:
    text = "mean(support[*]) * tension[baltic] / 3 + min(support[*]) - turn / 7"
    many = amount(text).evaluate(world(731))
    for lane in (0, 1, 2, 730):
        state = {name: values[..., lane : lane + 1] for name, values in world(731).items()}
        assert amount(text).evaluate(state)[0] == many[lane]


def test_reads_names_each_cell_once_and_leaves_the_clock_out() -> None:
    text = "support[ dorvik ] < 1 and turn > 2 and phase == crisis and any(trust[*, *] > alert)"
    assert condition(f"{text} or support[dorvik] > 3").reads == (
        "support[dorvik]",
        "trust[*,*]",
        "alert",
    )
    assert amount("0.1 * economy.gdp").reads == ("economy.gdp",)


def test_control_is_told_why_a_condition_does_not_hold() -> None:
    text = "0.5 < tension[baltic] < (turn + 1) * 2 and not (alert) and any(support[*] > 0.85)"
    found = condition(text)
    assert not found.evaluate(world())[1]
    lines = found.explain(world(), lane=1)
    assert [(line.text, line.holds) for line in lines] == [
        ("0.5 < tension[baltic]", True),
        ("tension[baltic] < (turn + 1) * 2", True),
        ("(alert) != 0", True),
        ("any(support[*] > 0.85)", False),
    ]
    assert lines[1].left == pytest.approx(0.6)
    assert lines[1].right == 8
    assert lines[3][1:] == (0, 1, False)
    assert condition("all(support[*] > 0.35)").explain(world())[0][1:] == (2, 3, False)
    assert condition("2 < 1").explain(world(), 2) == [Compared("2 < 1", 2, 1, False)]


@pytest.mark.parametrize(
    ("text", "offset", "code", "says"),
    [
        ("", 0, "empty", "'true'"),
        ("  ", 0, "empty", "'true'"),
        ("turn > ", 7, "breaks-off", "finish it"),
        ("turn > 3 and", 12, "breaks-off", "finish it"),
        ("and turn", 0, "unexpected", "expected a cell or a number"),
        ("turn = 3", 5, "single-equals", "write '=='"),
        ("turn > 3 && alert", 9, "unknown-sign", "write 'and'"),
        ("turn > 3 || alert", 9, "unknown-sign", "write 'or'"),
        ("!alert", 0, "unknown-sign", "write 'not'"),
        ("turn ≥ 3", 5, "unknown-sign", "write '>='"),
        ("turn => 3", 5, "unknown-sign", "write '>='"),
        ("turn − 3", 5, "unknown-sign", "write '-'"),
        ("turn AND alert", 5, "unexpected", "small letters"),
        ("turn is 3", 5, "unexpected", "compare with =="),
        ("turn alert", 5, "unexpected", "put a sign"),
        ("turn > 3, alert", 8, "unexpected", "'and'"),
        ("turn > 0,3", 8, "unexpected", "decimal point"),
        ("(turn > 3", 0, "open-bracket", "')'"),
        ("turn > 3)", 8, "unexpected", "delete it"),
        ("support[dorvik", 7, "open-bracket", "']'"),
        ("support['dorvik']", 8, "bad-subscript", "stand names"),
        ("support[dorvik, ]", 16, "bad-subscript", "missing"),
        ("support[a b]", 8, "bad-subscript", "not a name"),
        ("support[x[0]]", 9, "bad-subscript", "brackets inside brackets"),
        ("support(dorvik) > 1", 0, "unknown-function", "go in [ ]"),
        ("phase == 'crisis'", 9, "no-text", "without quotes"),
        ("9**9**9", 1, "no-power", "x * x"),
        ("9^9", 1, "no-power", "x * x"),
        ("turn // 2", 5, "unknown-sign", "the signs are"),
        ("alert.__class__.__mro__", 0, "too-many-dots", "module.field"),
        ("().__class__", 2, "unknown-sign", "no meaning"),
        ("() > 1", 1, "unexpected", "expected a cell"),
        ("alert.__class__ > 1", 0, "unknown-name", "no cell alert.__class__"),
        ("__import__('os')", 11, "no-text", "holds no text"),
        ("exec(turn)", 0, "unknown-function", "the functions are"),
        ("lambda: 1", 6, "unknown-sign", "no meaning"),
        ("[x for x in y]", 0, "stray-bracket", "behind a field"),
        ("{alert}", 0, "unknown-sign", "( )"),
        ("f'{alert}'", 1, "no-text", "holds no text"),
        ("alert if turn else alert", 6, "unexpected", "the only words"),
        ("turn := 3", 5, "single-equals", "write '=='"),
        ("alert; turn", 5, "unknown-sign", "no meaning"),
        ("5x > 1", 1, "bad-number", "runs into a word"),
        ("1_000 > 1", 1, "bad-number", "runs into a word"),
        ("0x10 > 1", 1, "bad-number", "runs into a word"),
        ("turn > ३", 7, "unknown-sign", "no meaning"),
        ("9" * 21 + " > 1", 0, "long-number", "round it"),
        ("1e999 > turn", 0, "too-large", "larger unit"),
        ("300000000 > turn", 0, "too-large", "larger unit"),
        ("1e-9 < turn", 0, "too-fine", "smaller unit"),
        ("turn > 1 and 3", 13, "not-a-condition", "compare it"),
        ("turn + 1", 0, "not-a-condition", "compare it"),
        ("(turn > 1) + 1 > 2", 0, "not-a-number", "multiply it"),
        ("(turn > 1) > 0", 0, "not-a-number", "multiply it"),
        ("support[*] > 1", 0, "many-cells", "mean()"),
        ("mean(turn) > 1", 0, "no-star", "field[*]"),
        ("any(turn > 1)", 0, "no-star", "field[*]"),
        ("min(turn) > 1", 0, "no-star", "field[*]"),
        ("count(support[*], 1) > 1", 0, "arguments", "one argument"),
        ("abs(1, 2) > 1", 0, "arguments", "one value"),
        ("turn > 1 and suport[dorvik] < 1", 13, "unknown-name", "listed in the reference"),
        ("phase == crysis", 9, "unknown-name", 'did you mean "crisis"?'),
    ],
)
def test_what_is_not_in_the_language_is_refused_at_its_place(
    text: str, offset: int, code: str, says: str
) -> None:
    (fault,) = refused(text)
    assert (fault.file, fault.line, fault.column) == ("a.yaml", 7, 11 + offset)
    assert fault.code == code
    assert says in str(fault)
    assert "\n" not in str(fault)


def test_a_comparison_alone_is_no_amount() -> None:
    (fault,) = refused("turn > 2", amount)
    assert fault.code == "not-a-number"


def test_all_unknown_names_are_told_at_once() -> None:
    found = refused("a > 1 and b[x] < 2 and any(c[*] > 1) and 3 and mean(d[*]) > 0")
    assert [(f.column - 11, f.code) for f in found] == [
        (0, "unknown-name"),
        (10, "unknown-name"),
        (27, "unknown-name"),
        (41, "not-a-condition"),
        (52, "unknown-name"),
    ]


def test_below_a_line_break_the_place_is_in_the_next_line() -> None:
    (fault,) = refused("turn > 3 and\n  suport[x] > 1\n")
    assert (fault.line, fault.column) == (8, 13)


def test_lists_of_different_length_are_not_compared() -> None:
    uneven = condition("alert and any(support[*] > trust[*,*])")
    with pytest.raises(ScenarioError, match=r"a\.yaml:7:25: uneven-lists"):
        uneven.evaluate(world())


@pytest.mark.parametrize(
    "text",
    [
        "x" * 501,
        "(" * 400 + "1",
        "(" * 200 + "1" + ")" * 200,
        "not " * 120 + "true",
        "-" * 490 + "1 > 0",
        "+".join(["1"] * 240) + ">1",
        "abs(" * 100 + "1" + ")" * 100,
        "max(" * 60 + "1,2" + ")" * 60 + ">1",
        "9**9**9",
        "[" * 500,
        "turn[" * 90,
        "1" * 500,
        "a." * 240 + "a",
    ],
)
def test_hostile_conditions_are_refused_at_once_with_one_line(text: str) -> None:
    began = time.process_time()
    (fault,) = refused(text)
    assert time.process_time() - began < 0.5
    assert len(str(fault)) < 300
    assert "\n" not in str(fault)


def test_the_longest_chain_that_is_allowed_works() -> None:
    assert amount("+".join(["turn"] * 95)).evaluate(world()).tolist() == [95, 285, 475]


CELLS = ("turn", "phase", "alert", "crisis", "support[*]", "support[dorvik]", "trust[*,*]")
STRANGE = ("nope", "nope[x]", "nobody[*]", "1e300", "**", "__class__", "lambda", "'", "=", "!", ".")
WORDS = ("and", "or", "not", "true", "false", "mean(", "any(", "all(", "count(", "min(", "max(")
SIGNS = ("<", "<=", ">", ">=", "==", "!=", "+", "-", "*", "/", "(", ")", ",", "[", "]", "\n")
PIECES = st.sampled_from((*CELLS, *STRANGE, *WORDS, *SIGNS, "0.5", "3", "0", "abs(", "é"))


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80) | st.lists(PIECES, max_size=25).map(" ".join))
@example("any ( support[*] > nobody[*] )")
@example("- ( turn > 1 )")
@example("\u0660")
@example("a[\n]")
@example("0" * 30)
def test_any_text_is_a_condition_or_faults_and_quick(text: str) -> None:
    began = time.process_time()
    state = world()
    for compiler, dtype in ((condition, np.bool_), (amount, np.float64)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                found = compiler(text).evaluate(state)
        except ScenarioError as error:
            told = error.faults
        else:
            told = ()
            assert found.shape == (3,)
            assert found.dtype == dtype
            assert np.isfinite(found).all()
        assert all(f.line >= 7 and f.column >= 11 and f.message for f in told)
    assert time.process_time() - began < 1


@st.composite
def sums(draw: st.DrawFn) -> str:
    """Arithmetic that Python reads alike."""
    depth = draw(st.integers(0, 3))
    text = draw(st.sampled_from(["turn", "2", "0.5", "alert", "3"]))
    for _ in range(depth):
        other = draw(st.sampled_from(["turn", "4", "0.25", "alert"]))
        text = draw(
            st.sampled_from(
                [f"{text} + {other}", f"{other} - {text}", f"({text}) * {other}", f"-({text})"]
            )
        )
    return text


@settings(deadline=None)
@given(sums(), sums(), st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
def test_arithmetic_binds_as_in_python(left: str, right: str, sign: str) -> None:
    text = f"{left} {sign} {right}"
    expected = [
        bool(eval(text, {"turn": float(turn), "alert": float(alert)}))
        for turn, alert in ((1, 0), (3, 1), (5, 1))
    ]
    assert condition(text).evaluate(world()).tolist() == expected


def test_four_thousand_lanes_cost_no_more_than_arrays_do() -> None:
    state = world(4096)
    found = condition("tension[baltic] > 0.6 and support[fallow-north] < 0.4 and turn >= 3")
    found.evaluate(state)
    began = time.process_time()
    for _ in range(20):
        found.evaluate(state)
    assert (time.process_time() - began) / 20 < 0.005
