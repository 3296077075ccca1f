"""From the tree of an expression to closures over arrays: `[lanes]`, or `[cells, lanes]` below `*`.

`conditions` says what always holds of the values. Here: a part knows whether it is a truth or a
number, whether it still runs over the cells of a `*`, and whether its values are on the grid. What
does not fit is noted as a fault and compiling goes on, so that an author gets all faults at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from exercise.engine.exact import LIMIT, Array, on_grid, snap, total
from exercise.errors import Fault, ScenarioError
from exercise.scenario.expression import (
    Arithmetic,
    Call,
    Cell,
    Comparison,
    Joined,
    Negative,
    Not,
    Number,
    Tree,
    Truth,
)

Bools = npt.NDArray[np.bool_]
Getter = Callable[[Any], npt.NDArray[Any]]
Resolve = Callable[[str, tuple[str, ...]], Getter]
Run = Callable[[Any], Any]  # a world to Bools or Array, as the part's `truth` says
Report = Callable[[int, str, str, str], Fault]  # offset, code, message, hint

CEILING = 2.0**60
CLOCK = ("turn", "phase")

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"+": np.add, "-": np.subtract}
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}


@attrs.frozen(eq=False)
class Part:
    """A compiled part of an expression."""

    run: Run
    truth: bool = False
    wild: bool = False  # runs over the cells of a `*`
    exact: bool = False  # its values are on the grid already
    bare: bool = False  # a cell by itself, which may stand for a truth


@attrs.frozen(eq=False)
class Watched:
    """A comparison that can be reported on, outside any function over `*`."""

    text: str
    left: Run
    right: Run
    holds: Run


class Compiler:
    """Compiles one expression; afterwards `faults`, `reads` and `watched` hold what it met."""

    def __init__(self, text: str, resolve: Resolve, report: Report) -> None:
        self.text = text
        self.resolve = resolve
        self.report = report
        self.faults: list[Fault] = []
        self.reads: list[str] = []
        self.watched: list[Watched] = []
        self.timeless = True  # reads nothing that has lanes

    def condition(self, tree: Tree) -> Run:
        """A closure that gives Bools."""
        return self._truth(tree, inside=False).run

    def amount(self, tree: Tree) -> Run:
        """A closure that gives numbers on the grid."""
        return _snapped(self._number(tree, inside=False)).run

    def _fault(self, tree: Tree, code: str, message: str, hint: str, *, wild: bool = False) -> Part:
        """Note a fault; what stands in for the part fits anywhere, so that one fault is one."""
        self.faults.append(self.report(tree.at, code, message, hint))
        return Part(lambda world: np.float64(0.0), wild=wild, exact=True, bare=True)

    def _slice(self, tree: Tree) -> str:
        return " ".join(self.text[tree.at : tree.end].split())

    def _part(self, tree: Tree, inside: bool) -> Part:
        match tree:
            case Number():
                return self._literal(tree)
            case Truth():
                value = np.bool_(tree.value)
                return Part(lambda world: value, truth=True)
            case Cell():
                return self._cell(tree, inside, tree.name, tree.subscripts)
            case Call():
                return self._call(tree, inside)
            case Negative():
                part = self._number(tree.part, inside)
                return attrs.evolve(part, run=_each(np.negative, part), bare=False)
            case Arithmetic():
                return self._arithmetic(tree, inside)
            case Comparison():
                return self._comparison(tree, inside)
            case Not():
                part = self._truth(tree.part, inside)
                return attrs.evolve(part, run=_each(np.logical_not, part))
            case Joined():
                return self._joined(tree, inside)

    def _number(self, tree: Tree, inside: bool) -> Part:
        part = self._part(tree, inside)
        if not part.truth:
            return part
        hint = "multiply it by what it should count, such as 0.2 * (turn > 3)"
        message = f"{self._slice(tree)} is a condition, not a number"
        return self._fault(tree, "not-a-number", message, hint, wild=part.wild)

    def _truth(self, tree: Tree, inside: bool) -> Part:
        part = self._part(tree, inside)
        if part.truth:
            return part
        if not part.bare:
            hint = "compare it with something, such as > 0"
            message = f"{self._slice(tree)} is a number, not a condition"
            self._fault(tree, "not-a-condition", message, hint)
            return Part(lambda world: np.False_, truth=True, wild=part.wild)
        zero = _constant(0.0)
        found = Part(_both(np.not_equal, part, zero), truth=True, wild=part.wild)
        self._watch(f"{self._slice(tree)} != 0", part, zero, found, inside)
        return found

    def _watch(self, text: str, left: Part, right: Part, holds: Part, inside: bool) -> None:
        if not inside and not holds.wild:
            self.watched.append(Watched(text, left.run, right.run, holds.run))

    def _literal(self, tree: Number) -> Part:
        if not tree.value < LIMIT:
            hint = "use a larger unit"
            return self._fault(tree, "too-large", f"numbers end below {LIMIT:.0f}", hint)
        value = on_grid(tree.value)
        if value == 0.0 and tree.value != 0.0:
            message = f"{self._slice(tree)} is smaller than the least step, 0.00000006"
            return self._fault(tree, "too-fine", message, "use a smaller unit, or 0")
        return _constant(value)

    def _cell(self, tree: Tree, inside: bool, name: str, subscripts: tuple[str, ...]) -> Part:
        wild = "*" in subscripts
        if wild and not inside:
            hint = "put it inside mean(), any(), all(), count(), min() or max()"
            message = f"{self._slice(tree)} is many numbers, and one is wanted"
            return self._fault(tree, "many-cells", message, hint)
        try:
            getter = self.resolve(name, subscripts)
        except LookupError as error:
            message, hint = _said(error, self._slice(tree))
            return self._fault(tree, "unknown-name", message, hint, wild=wild)
        self.timeless = False
        label = f"{name}[{','.join(subscripts)}]" if subscripts else name
        if name not in CLOCK and label not in self.reads:
            self.reads.append(label)

        def run(world: Any) -> Array:
            values = np.asarray(getter(world), dtype=np.float64)
            return values.reshape(-1, values.shape[-1]) if wild else values

        return Part(run, wild=wild, exact=True, bare=True)

    def _arithmetic(self, tree: Arithmetic, inside: bool) -> Part:
        if tree.sign == "*":
            left = _counted(self._part(tree.left, inside))
            right = _counted(self._part(tree.right, inside))
        else:
            left, right = self._number(tree.left, inside), self._number(tree.right, inside)
        wild = left.wild or right.wild
        if tree.sign in _ARITHMETIC:
            run = self._paired(tree, _ARITHMETIC[tree.sign], left, right)
            return Part(run, wild=wild, exact=left.exact and right.exact)
        if tree.sign == "*":
            return Part(self._paired(tree, _product, left, right), wild=wild)
        return Part(self._paired(tree, _quotient, left, _snapped(right)), wild=wild)

    def _comparison(self, tree: Comparison, inside: bool) -> Part:
        parts = self._compared(tree, inside)
        pairs: list[Part] = []
        for index, sign in enumerate(tree.signs):
            left, right = _snapped(parts[index]), _snapped(parts[index + 1])
            run = self._paired(tree, _COMPARE[sign], left, right)
            pair = Part(run, truth=True, wild=left.wild or right.wild)
            ends = (self._slice(tree.parts[index]), self._slice(tree.parts[index + 1]))
            self._watch(f"{ends[0]} {sign} {ends[1]}", left, right, pair, inside)
            pairs.append(pair)
        return self._folded(tree, np.logical_and, pairs)

    def _compared(self, tree: Comparison, inside: bool) -> list[Part]:
        """The parts of a comparison as numbers; beside `phase` a bare name is a phase's name."""
        cells = [part if isinstance(part, Cell) else None for part in tree.parts]
        phased = any(cell and cell.name == "phase" and not cell.subscripts for cell in cells)
        equality = all(sign in ("==", "!=") for sign in tree.signs)
        found: list[Part] = []
        for part, cell in zip(tree.parts, cells, strict=True):
            if phased and cell and not cell.subscripts and cell.name not in CLOCK:
                found.append(self._cell(cell, inside, "phase", (cell.name,)))
            elif equality:
                found.append(_counted(self._part(part, inside)))
            else:
                found.append(self._number(part, inside))
        return found

    def _joined(self, tree: Joined, inside: bool) -> Part:
        join = np.logical_and if tree.word == "and" else np.logical_or
        return self._folded(tree, join, [self._truth(part, inside) for part in tree.parts])

    def _folded(self, tree: Tree, join: Callable[[Any, Any], Any], parts: list[Part]) -> Part:
        whole = parts[0]
        for part in parts[1:]:
            run = self._paired(tree, join, whole, part)
            whole = Part(run, truth=whole.truth, wild=whole.wild or part.wild, exact=whole.exact)
        return whole

    def _paired(
        self, tree: Tree, operation: Callable[[Any, Any], Any], left: Part, right: Part
    ) -> Run:
        """Both parts joined cell by cell; two that run over `*` must run over equally many."""
        if not (left.wild and right.wild):
            return _both(operation, left, right)
        hint = "compare cells over the same list, or take mean(), min() or max() of one"
        message = f"the two sides of {self._slice(tree)[:80]} run over lists of different length"
        fault = self.report(tree.at, "uneven-lists", message, hint)

        def run(world: Any) -> Any:
            one, two = left.run(world), right.run(world)
            if one.shape[0] != two.shape[0]:
                raise ScenarioError([fault])
            return operation(one, two)

        return run

    def _call(self, tree: Call, inside: bool) -> Part:
        if tree.function in ("any", "all", "count", "mean"):
            return self._over(tree, inside)
        if tree.function == "abs":
            if len(tree.arguments) != 1:
                return self._fault(tree, "arguments", "abs() takes one value", "give it one")
            part = self._number(tree.arguments[0], inside)
            return attrs.evolve(part, run=_each(np.abs, part), bare=False)
        extreme = np.minimum if tree.function == "min" else np.maximum
        if len(tree.arguments) == 1:
            part = self._number(tree.arguments[0], True)
            return self._reduced(tree, part, lambda values: _extreme(extreme, values))
        parts = [self._number(argument, inside) for argument in tree.arguments]
        exact = all(part.exact for part in parts)
        return attrs.evolve(self._folded(tree, extreme, parts), exact=exact, bare=False)

    def _over(self, tree: Call, inside: bool) -> Part:
        """any, all, count and mean: one argument, which runs over `*`."""
        name = tree.function
        if len(tree.arguments) != 1:
            hint = f"write {name}(field[*] > 0.5)" if name != "mean" else "write mean(field[*])"
            return self._fault(tree, "arguments", f"{name}() takes one argument", hint)
        if name == "mean":
            part = self._number(tree.arguments[0], True)
            return attrs.evolve(self._reduced(tree, part, _mean), exact=False)
        part = self._truth(tree.arguments[0], True)
        count = self._reduced(tree, part, _count)
        if name == "count":
            return count
        least = (
            _constant(1.0)
            if name == "any"
            else Part(lambda world: np.float64(len(part.run(world))))
        )
        found = Part(_both(np.greater_equal, count, least), truth=True)
        self._watch(self._slice(tree), count, least, found, inside)
        return found

    def _reduced(self, tree: Call, part: Part, reduce: Callable[[Any], Array]) -> Part:
        if not part.wild:
            name = tree.function
            hint = f"write {name}() over a cell with *, such as field[*]"
            return self._fault(tree, "no-star", f"{name}() has nothing to run over", hint)
        return Part(lambda world: reduce(part.run(world)), exact=part.exact or part.truth)


def _constant(value: float) -> Part:
    held = np.float64(value)
    return Part(lambda world: held, exact=True)


def _each(operation: Callable[[Any], Any], part: Part) -> Run:
    return lambda world: operation(part.run(world))


def _both(operation: Callable[[Any, Any], Any], left: Part, right: Part) -> Run:
    return lambda world: operation(left.run(world), right.run(world))


def _snapped(part: Part) -> Part:
    return part if part.exact else attrs.evolve(part, run=_each(snap, part), exact=True, bare=False)


def _counted(part: Part) -> Part:
    """A truth as 1 or 0; a number as it is."""
    if not part.truth:
        return part
    run = _each(lambda held: np.asarray(held, dtype=np.float64), part)
    return Part(run, wild=part.wild, exact=True)


def _held(values: Array) -> Array:
    held: Array = np.minimum(np.maximum(values, -CEILING), CEILING)
    return held


def _product(left: Array, right: Array) -> Array:
    return _held(left * right)


def _quotient(left: Array, right: Array) -> Array:
    """A quotient that is 0 where the divisor, on the grid, is 0."""
    zero = np.equal(right, 0.0)
    return _held(np.where(zero, 0.0, left / np.where(zero, 1.0, right)))


def _mean(values: Array) -> Array:
    mean: Array = np.divide(total(values, 0), max(len(values), 1))
    return mean


def _count(holds: Bools) -> Array:
    return np.asarray(np.count_nonzero(holds, axis=0), dtype=np.float64)


def _extreme(extreme: np.ufunc, values: Array) -> Array:
    return np.asarray(extreme.reduce(values, axis=0)) if len(values) else total(values, 0)


def _said(error: LookupError, name: str) -> tuple[str, str]:
    """What a resolver said: its message and its hint, each on one line."""
    said: Sequence[object] = error.args or (f"there is no {name}",)
    message, hint = said[0], said[1] if len(said) > 1 else ""
    return " ".join(str(message).split())[:300], " ".join(str(hint).split())[:300]
