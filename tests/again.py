"""Playing one step of a turn again with one thing changed: the judge of what an explanation says.

A turn is played once and the world kept as it was before each step. A step can then be run
again with a cell, an order, a roll or a coefficient changed, and what it posts compared.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import attrs
import numpy as np

from exercise.engine.cells import Cells
from exercise.engine.declare import Field, Given, Step, Term
from exercise.engine.dice import Dice, TurnDice
from exercise.engine.exact import Array, on_grid
from exercise.engine.ledger import Book, Posting
from exercise.engine.ruleset import Ruleset
from exercise.engine.turn import OPEN, RESOLVE, Turn
from exercise.engine.world import Slips, World
from exercise.record import TurnRecord, dense


class Loaded:
    """Dice of which one falls as it is told to."""

    def __init__(self, dice: TurnDice, label: str, where: tuple[int, ...], value: float) -> None:
        self._dice, self._label, self._where, self._value = dice, label, where, value

    def roll(self, address, names, identity=None):  # type: ignore[no-untyped-def]
        rolls = self._dice.roll(address, names, identity)
        if self._label == address[2] and len(names) == len(self._where):
            rolls[self._where] = self._value
        return rolls


class Bent(Turn):
    """A turn in which cells are put to values, and again after each posting of their field."""

    bent: tuple[Array, Array] | None = None
    """Which rows, as a mask, and the values of all rows."""
    target = ""

    def post(self, field: Field, *terms: Term) -> None:
        """Post as ever, then bend."""
        super().post(field, *terms)
        self._bend(field)

    def derive(self, field: Field, combine: Callable[..., Cells], *givens: Given) -> None:
        """Derive as ever, then bend."""
        super().derive(field, combine, *givens)
        self._bend(field)

    def _bend(self, field: Field) -> None:
        if self.bent is not None and field.name != self.target:
            rows = self.world.layout.slots[field.name].rows
            mask, values = self.bent
            now = self.world[field.name].data
            bent = np.where(mask[rows, None], values[rows], now.reshape(-1, 1))
            self.world.fill(field.name, bent.reshape(now.shape))


@attrs.frozen(eq=False)
class Kept:
    """A step as it was played: the world before it, its slips, and what it posted."""

    stage: str
    rule: str
    index: int
    step: Step
    round: int
    world: Array
    slips: Slips
    postings: tuple[Posting, ...]


class Replay:
    """A recorded turn, played again step by step."""

    def __init__(self, ruleset: Ruleset, record: TurnRecord, dice: Dice, weeks: float) -> None:
        self.ruleset, self.record, self.dice = ruleset, record, dice.turn(record.number)
        self.weeks = np.array([on_grid(weeks)])
        self.before = record.before.column()
        self.kept: list[Kept] = []
        book = Book()
        turn = self._turn(ruleset, record.before, self.dice, book)
        self._stages(turn, book, OPEN, record.control, 0)
        for number, acts in enumerate(record.rounds, start=1):
            self._stages(turn, book, ("council",), acts, number)
        self._stages(turn, book, RESOLVE, record.orders, 0)
        self.after = turn.world

    def _turn(self, ruleset: Ruleset, before: World, dice: TurnDice, book: Book) -> Bent:
        before = before.copy()
        return Bent(
            ruleset, before, dice, self.record.number, self.weeks, book, self.record.rulings
        )

    def _stages(
        self, turn: Turn, book: Book, stages: Sequence[str], orders: object, number: int
    ) -> None:
        slips = dense(self.ruleset.slip_layout, orders)  # type: ignore[arg-type]
        turn._in_round(number)
        turn._take(slips)
        for stage in stages:
            turn.stage = stage
            for index, (rule, step) in enumerate(self.ruleset.steps.get(stage, ())):
                turn.rule, turn.step = rule, index
                world, done = turn.world.rows(), len(book.postings)
                step.run(turn)
                self.kept.append(
                    Kept(stage, rule, index, step, number, world, slips,
                         tuple(book.postings[done:]))
                )  # fmt: skip

    def step_of(self, posting: Posting) -> Kept:
        """The step that made a posting of the record."""
        for kept in self.kept:
            same = (kept.stage, kept.rule, kept.round) == (
                posting.stage, posting.rule, posting.round,
            )  # fmt: skip
            if same and any(_alike(p, posting) for p in kept.postings):
                return kept
        raise AssertionError(f"no step posts {posting.field} as the record says")

    def again(
        self,
        kept: Kept,
        *,
        cells: Mapping[int, float] | tuple[Array, Array] | None = None,
        orders: Collection[str] = (),
        parameter: tuple[str, float] | None = None,
        roll: tuple[str, tuple[int, ...], float] | None = None,
        target: str = "",
        past: str = "",
        change: Callable[[Array], None] | None = None,
    ) -> tuple[Posting, ...]:
        """What the step posts with one thing changed.

        `cells` are values by their rows, or a mask of rows and the values of all rows.
        """
        ruleset, dice = self.ruleset, self.dice
        if parameter is not None:
            ruleset = attrs.evolve(
                ruleset, parameters={**ruleset.parameters, parameter[0]: parameter[1]}
            )
        if roll is not None:
            dice = Loaded(dice, *roll)  # type: ignore[assignment]
        book = Book()
        turn = self._turn(ruleset, self.record.before, dice, book)
        now = kept.world[:, 0]
        if cells:
            mask, values = _masked(cells, now)
            if past != "not":
                turn.before.load(np.where(mask, values, self.before))
            if past != "only":
                now = np.where(mask, values, now)
                turn.bent, turn.target = (mask, values[:, None]), target
        if change is not None:
            column = now.copy()[:, None]
            change(column)
            now = column[:, 0]
        turn.world.load(now)
        slips = kept.slips
        if orders:
            left = {k: v for k, v in self._orders(kept).items() if k not in orders}
            slips = dense(ruleset.slip_layout, left)
        turn._in_round(kept.round)
        turn._take(slips)
        turn.stage, turn.rule, turn.step = kept.stage, kept.rule, kept.index
        kept.step.run(turn)
        return tuple(book.postings)

    def _orders(self, kept: Kept):  # type: ignore[no-untyped-def]
        if kept.round:
            return self.record.rounds[kept.round - 1]
        return self.record.control if kept.stage in OPEN else self.record.orders


def _masked(cells: Mapping[int, float] | tuple[Array, Array], now: Array) -> tuple[Array, Array]:
    """Cells as a mask of rows and the values of all rows."""
    if isinstance(cells, tuple):
        return cells
    mask, values = np.zeros(len(now), dtype=bool), now.copy()
    for row, value in cells.items():
        mask[row], values[row] = True, value
    return mask, values


def _alike(one: Posting, other: Posting) -> bool:
    return (
        one.field == other.field
        and one.after.shape == other.after.shape
        and bool((one.before == other.before).all() and (one.after == other.after).all())
    )


def posting_like(found: Sequence[Posting], wanted: Posting, kept: Kept) -> Posting | None:
    """The posting among `found` that stands where `wanted` stood in its step."""
    place = next(i for i, p in enumerate(p for p in kept.postings if p.field == wanted.field)
                 if _alike(p, wanted))  # fmt: skip
    same = [p for p in found if p.field == wanted.field]
    return same[place] if place < len(same) else None
