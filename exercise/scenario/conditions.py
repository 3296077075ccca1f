"""Conditions and amounts: expressions of a scenario, worked out for all lanes at once.

    compile_condition("support[dorvik] < 0.4 and turn >= 3", resolve, file=f, line=3, column=9)

`expression` holds the grammar, `closures` the arithmetic: a text is parsed and its names are
looked up once, evaluating does neither. What always holds:

- Literals and both sides of a comparison are rounded to the 2⁻²⁴ grid, so `mean(x[*]) == 0.6`
  means what it says.
- Anything divided by zero is 0, in that lane; a divisor is rounded to the grid first. Products and
  quotients end at ±2⁶⁰. So finite cells give finite results, without warnings.
- Only + − × ÷, comparison and rounding are used, and sums are exact: a lane's result depends on
  that lane alone and is the same on every machine.
- A truth counts as 1 or 0 where it is multiplied, or compared with == or !=; a bare cell counts as
  true where it is not 0.
- Over an empty list `any` is false, `all` is true, `count`, `mean`, `min` and `max` are 0.

`resolve(name, subscripts)` gives a getter for a cell, or raises `LookupError(message, hint)`. A
getter takes whatever `evaluate` is given and returns `[lanes]`, or `[..., lanes]` where a subscript
is `*`. In a comparison with `phase`, a bare name is resolved as `("phase", (name,))`: its number in
the order of phases. An expression without cells takes its lanes from `("turn", ())`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import attrs
import numpy as np

from exercise.engine.exact import Array
from exercise.errors import Fault, ScenarioError
from exercise.scenario.closures import Bools, Compiler, Getter, Resolve, Run, Watched
from exercise.scenario.expression import Tree, parse
from exercise.scenario.tokens import SyntaxFaultError

__all__ = ["Amount", "Compared", "Condition", "Getter", "compile_amount", "compile_condition"]


class Compared(NamedTuple):
    """One comparison in one lane: its text, both values, and whether it holds.

    For `any` and `all` the values are how many cells hold and how many must.
    """

    text: str
    left: float
    right: float
    holds: bool


@attrs.frozen(eq=False)
class Condition:
    """A compiled condition; `reads` names the cells it looks at, apart from turn and phase."""

    text: str
    reads: tuple[str, ...]
    _run: Run
    _watched: tuple[Watched, ...]

    def evaluate(self, world: Any) -> Bools:
        """Whether it holds, as a new boolean array [lanes]."""
        holds: Bools = self._run(world)
        return holds

    def explain(self, world: Any, lane: int = 0) -> list[Compared]:
        """Each comparison in one lane, in the order of the text, whatever `not` makes of it."""
        return [
            Compared(
                watched.text,
                float(_at(watched.left(world), lane)),
                float(_at(watched.right(world), lane)),
                bool(_at(watched.holds(world), lane)),
            )
            for watched in self._watched
        ]


@attrs.frozen(eq=False)
class Amount:
    """A compiled amount; `reads` names the cells it looks at, apart from turn and phase."""

    text: str
    reads: tuple[str, ...]
    _run: Run

    def evaluate(self, world: Any) -> Array:
        """The amount on the grid, as a new float64 array [lanes]; its range is not checked."""
        amount: Array = self._run(world)
        return amount


def compile_condition(
    text: str, resolve: Resolve, *, file: str, line: int, column: int
) -> Condition:
    """Compile a condition whose text begins at a place; raises `ScenarioError` with its faults."""
    source = _Source(text, file, line, column)
    compiler = Compiler(text, resolve, source.fault)
    run = _filled(compiler.condition(source.tree()), compiler)
    return Condition(text, tuple(compiler.reads), run, tuple(compiler.watched))


def compile_amount(text: str, resolve: Resolve, *, file: str, line: int, column: int) -> Amount:
    """Compile an amount whose text begins at a place; raises `ScenarioError` with its faults."""
    source = _Source(text, file, line, column)
    compiler = Compiler(text, resolve, source.fault)
    run = _filled(compiler.amount(source.tree()), compiler)
    return Amount(text, tuple(compiler.reads), run)


@attrs.frozen
class _Source:
    """An expression's text and where it begins."""

    text: str
    file: str
    line: int
    column: int

    def fault(self, at: int, code: str, message: str, hint: str) -> Fault:
        """A fault at an offset of the text; below a line break columns count from the first."""
        before = self.text[:at].split("\n")
        line = self.line + len(before) - 1
        return Fault(self.file, line, self.column + len(before[-1]), code, message, hint)

    def tree(self) -> Tree:
        try:
            return parse(self.text)
        except SyntaxFaultError as error:
            fault = self.fault(error.at, error.code, error.message, error.hint)
            raise ScenarioError([fault]) from None


def _filled(run: Run, compiler: Compiler) -> Run:
    """The closure with its result spread over all lanes, in an array of its own."""
    if compiler.faults:
        raise ScenarioError(compiler.faults)
    clock: Getter | None = None
    if compiler.timeless:
        try:
            clock = compiler.resolve("turn", ())
        except LookupError:
            clock = None  # then one lane

    def filled(world: Any) -> Any:
        result = np.asarray(run(world))
        lanes = clock(world).shape if clock else ()
        return np.array(np.broadcast_to(result, np.broadcast_shapes(result.shape, lanes, (1,))))

    return filled


def _at(values: Any, lane: int) -> Any:
    """One lane's value; what is the same in all lanes has no axis."""
    return values if np.ndim(values) == 0 else values[lane if len(values) > 1 else 0]
