"""One turn: the stages in order, from a world and what was decided to the next world.

    open     the calendar moves, injects arrive, forums convene
    council  once for each round of council acts
    resolve  sealed orders meet the rules, system after system

A rule's step runs at one of the stages below; within a stage, rules run in the order of the
ruleset. Each step reads what earlier stages have written this turn, and last turn's values of
what later stages will write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, overload

import attrs
import numpy as np

from exercise.engine.cells import Cells
from exercise.engine.declare import Decision, Field, Given, Parameter, Step, Term
from exercise.engine.dice import Dice, TurnDice
from exercise.engine.exact import Array, Mask, check, on_grid
from exercise.engine.few import Few
from exercise.engine.known import NONE
from exercise.engine.ledger import Book, Ledger, Origin, Rolled
from exercise.engine.roster import unspared
from exercise.engine.world import Slips, World
from exercise.errors import DeclarationError, OutOfRangeError

if TYPE_CHECKING:
    from exercise.engine.ruleset import Ruleset

OPEN = ("calendar", "inject", "agenda")
COUNCIL = ("council",)
RESOLVE = (
    "verdict",
    "adversary",
    "treaty",
    "realignment",
    "forces",
    "industry",
    "logistics",
    "interoperability",
    "cyber",
    "sanctions",
    "economy",
    "deterrence",
    "intelligence",
    "information",
    "threat",
    "domestic",
    "burden",
    "action",
    "phase",
    "measure",
    "end",
)
STAGES = (*OPEN, *COUNCIL, *RESOLVE)


@attrs.frozen
class Ruling:
    """Control's word on one cell: add an amount, or set a value; with a reason."""

    field: str
    names: tuple[str, ...]
    amount: float
    reason: str
    how: str = "add"
    seq: int = 0
    """The journal entry that holds the reason."""
    inject: str = ""
    """The inject of control's own that does this, when it arrives; empty for a ruling."""


@attrs.define
class Inputs:
    """All that a turn is given: control's acts, each council round's acts, sealed orders, rulings.

    `weeks` is how long the turn lasts and `last` which one ends the exercise (as scheduled where
    None). Every slip sheet has as many lanes as the world.
    """

    control: Slips | None = None
    rounds: list[Slips] = attrs.field(factory=list)
    orders: Slips | None = None
    rulings: tuple[Ruling, ...] = ()
    weeks: float | None = None
    last: int | None = None


class Turn:
    """A turn being played: what a step may read, roll and post."""

    def __init__(
        self,
        ruleset: Ruleset,
        before: World,
        dice: TurnDice,
        number: int,
        weeks: Array,
        book: Book | None = None,
        rulings: Sequence[Ruling] = (),
        last: int | None = None,
    ) -> None:
        self.ruleset = ruleset
        self.before = before
        self.world = before.copy()
        self.number = number
        self.weeks = Cells(weeks, ())
        self.last = last
        self.stage = ""
        self.rule = ""
        self.round = 0
        self.step = 0
        self._dice = dice
        self._ledger = Ledger(self.world, book, ruleset.memory)
        self._book = book
        self._rulings = tuple(r for r in rulings if not r.inject)
        self._brought = tuple(r for r in rulings if r.inject)
        self._ruled: set[int] = set()
        self._slips = Slips.empty(ruleset.slip_layout, 1)

    def now(self, name: str) -> Cells:
        """A field as it is, undeclared reads allowed: for eyes, which sight restrains."""
        return self.world.held(name)

    # what a step may read

    @overload
    def __getitem__(self, key: Parameter) -> float: ...
    @overload
    def __getitem__(self, key: Field | str) -> Cells: ...
    def __getitem__(self, key: Field | Parameter | str) -> Cells | float:
        """A field's cells as they are now (a view: it follows later postings), or a parameter."""
        if isinstance(key, Parameter):
            return self.ruleset.parameters[key.name]
        name = key if isinstance(key, str) else key.name
        if self.ruleset.guard is not None:
            self._reading(name)
        return self.world.held(name)

    def was(self, key: Field | str) -> Cells:
        """A field's cells as they were when the turn began."""
        name = key if isinstance(key, str) else key.name
        self._reading(name)
        return self.before.held(name)

    def order(self, decision: Decision | str) -> Cells:
        """What was ordered: values over who orders and the targets, 0 where nothing."""
        name = decision if isinstance(decision, str) else decision.name
        self._reading(name)
        return self._slips.held(name)

    def spent(self, currency: str) -> Cells:
        """What all orders of this stage cost each actor, in `staff`, `capital` or `money`."""
        return self.ruleset.spent(self._slips, currency)

    def same(self, axis: str, other: str) -> Cells:
        """A mask over two axes: where both name the same thing."""
        return self.ruleset.same(axis, other)

    def belongs(self, axis: str, actors: str) -> Cells:
        """A mask over an axis and actors: what belongs to whom."""
        return self.ruleset.belongs(axis, actors)

    def each(self, axis: str, values: Mapping[str, float] | Sequence[float]) -> Cells:
        """Fixed values over one axis, by name or in order."""
        if isinstance(values, Mapping):
            values = [values.get(name, 0.0) for name in self.ruleset.roster.of(axis)]
        return self.ruleset.each(axis, tuple(values))

    def zeros(self, *axes: str) -> Cells:
        """Cells of 0 over the axes."""
        return self.ruleset.zeros(*axes)

    def few(self, mask: Cells) -> Few:
        """The few cells where a mask holds, to be worked on alone."""
        return Few(mask, self.world.lanes)

    # what a step may do

    def roll(self, label: str, *axes: str, identity: Cells | None = None) -> Cells:
        """Dice in [0, 1) over the axes, addressed by stage, rule, label and the cells' names.

        `identity` (whole numbers over the axes) tells what fills slots made at run time, so that
        a roll belongs to the thing and not to its place.
        """
        address: tuple[str, ...] = (self.stage, self.rule, label)
        if self.round:
            address = (*address, f"round {self.round}")
        mixed = None if identity is None else identity.over(*axes).astype(np.int64)
        names = tuple(self.ruleset.roster.of(axis) for axis in axes)
        if identity is not None:
            names = tuple(tuple(map(unspared, entries)) for entries in names)
        values = self._dice.roll(address, names, mixed)
        if self._book is not None:
            self._book.rolls.append(
                Rolled(self.stage, self.rule, label, axes, values[..., 0].copy(), self.round)
            )
        return Cells(values, axes)

    def private_roll(
        self,
        address: tuple[str, ...],
        actors: tuple[str, ...],
        axes: tuple[str, ...],
        where: Mask | None = None,
    ) -> Array:
        """Dice of single actors, `[actor, *axes, lanes]`: for bots, told to nobody."""
        if self.round:
            address = (*address, f"round {self.round}")
        names = (actors, *(self.ruleset.roster.of(a) for a in axes))
        if where is None:
            return self._dice.roll(address, names)
        return self._dice.roll_where(address, names, where)

    def post(self, field: Field, *terms: Term) -> None:
        """Change one of this rule's own fields, once in a step, by the sum of the terms.

        Raises DeclarationError for a derived field, and for whatever else the guard refuses.
        """
        if self.ruleset.guard is not None:
            self.ruleset.guard.writing(self, field, terms)
        if field.kind == "derived":
            raise DeclarationError(f"{field.name} is derived: use derive()")
        self._ledger.post(field, terms, self.stage, self.rule)
        if self._rulings and self.ruleset.ruled_at(field.name) == (
            self.stage,
            self.rule,
            self.step,
        ):
            self._rule_on(field)

    def derive(self, field: Field, combine: Callable[..., Cells], *givens: Given) -> None:
        """Compute a derived field: `combine` takes its parts in order and captures nothing."""
        if self.ruleset.guard is not None:
            self.ruleset.guard.writing(self, field, givens)
        self._ledger.derive(field, combine, givens, self.stage, self.rule)

    def impose(self, field: Field, *terms: Term) -> None:
        """Post to a stock of any module: for injects and a scenario's own actions alone.

        Raises DeclarationError for a derived field.
        """
        if field.kind == "derived":
            raise DeclarationError(
                f"{field.name} is derived and cannot be posted to",
                f"post to what it comes from: {', '.join(p.name for p in field.parts)}",
            )
        self._ledger.post(field, terms, self.stage, self.rule)

    # the stages

    def open(self, control: Slips | None = None) -> None:
        """The calendar moves and injects arrive."""
        self._take(control)
        self._run(OPEN[:2])
        for ruling in self._brought:
            field = self.ruleset.fields[ruling.field]
            term = self._brought_term(field, ruling)
            self._ledger.post(field, [term], "inject", "scenario")
        self._run(OPEN[2:])

    def calendar(self) -> None:
        """The calendar moves, and nothing else: how things stand as injects come due."""
        self._run(OPEN[:1])

    def council(self, acts: Slips) -> None:
        """One round of council acts."""
        self._in_round(self.round + 1)
        self._take(acts)
        self._run(COUNCIL)

    def resolve(self, orders: Slips | None) -> World:
        """Sealed orders meet the rules; the world after the turn.

        Raises OutOfRangeError where a rule made something that is not a number.
        """
        self._in_round(0)
        self._take(orders)
        self._run(RESOLVE)
        wrong = self.world.not_finite(self.before)
        if wrong is not None:
            raise OutOfRangeError(f"{wrong} is not a number")
        self.world.freeze(self.before, self.ruleset.over(self.before))
        return self.world

    def _in_round(self, number: int) -> None:
        self.round = number
        if self._book is not None:
            self._book.round = number

    def _take(self, slips: Slips | None) -> None:
        self._slips = slips or Slips.empty(self.ruleset.slip_layout, 1)
        self._slips.close()

    def _run(self, stages: Sequence[str]) -> None:
        for stage in stages:
            self.stage = stage
            for index, (rule, step) in enumerate(self.ruleset.steps.get(stage, ())):
                self.rule, self.step = rule, index
                if not step.wakes or self._awake(step):
                    step.run(self)

    def _awake(self, step: Step) -> bool:
        """Whether something wakes a step: an order, a field that is not 0, or a ruling due there.

        While a guard watches, all are awake.
        """
        if self.ruleset.guard is not None or self._ruled_here():
            return True
        for waker in step.wakes:
            sheet = self._slips if isinstance(waker, Decision) else self.world
            name = waker if isinstance(waker, str) else waker.name
            if sheet.held(name).kind != NONE:
                return True
        return False

    def _ruled_here(self) -> bool:
        """Whether a ruling takes effect after this very step."""
        here = (self.stage, self.rule, self.step)
        return any(self.ruleset.ruled_at(ruling.field) == here for ruling in self._rulings)

    def _rule_on(self, field: Field) -> None:
        """Post control's rulings on a field, once in a turn."""
        for index, ruling in enumerate(self._rulings):
            if ruling.field == field.name and index not in self._ruled:
                self._ruled.add(index)
                term = self._ruling_term(field, ruling, index)
                self._ledger.post(field, [term], self.stage, self.rule)

    def _ruling_term(self, field: Field, ruling: Ruling, index: int) -> Term:
        of = (Origin("ruling", str(index)),)
        return Term("ruling", self._ruled_by(field, ruling), of=of, says="Control ruled so.")

    def _brought_term(self, field: Field, ruling: Ruling) -> Term:
        of = (Origin("inject", ruling.inject),)
        says = "Control brought in something of its own."
        return Term(ruling.inject, self._ruled_by(field, ruling), of=of, says=says)

    def _ruled_by(self, field: Field, ruling: Ruling) -> Cells:
        """What a ruling adds, over the field's axes."""
        layout = self.world.layout
        now = self.world[field.name].data
        delta = np.zeros(now.shape)
        where = tuple(
            layout.roster.index(axis, name)
            for axis, name in zip(field.axes, ruling.names, strict=True)
        )
        delta[where] = ruling.amount if ruling.how == "add" else ruling.amount - now[where]
        check(delta, field.name)
        return Cells(delta, field.axes)

    def rule_unposted(self) -> None:
        """Apply rulings on stocks that no step of this turn posts to; the calendar's last act."""
        for field in self.ruleset.fields.values():
            if self.ruleset.ruled_at(field.name) is None:
                self._rule_on(field)

    def _reading(self, name: str) -> None:
        if self.ruleset.guard is not None:
            self.ruleset.guard.reading(self, name)


def begin(
    ruleset: Ruleset,
    world: World,
    dice: Dice,
    *,
    inputs: Inputs | None = None,
    book: Book | None = None,
) -> Turn:
    """The next turn of a world, not yet opened."""
    inputs = inputs or Inputs()
    number = ruleset.turns_played(world) + 1
    length = inputs.weeks if inputs.weeks is not None else ruleset.weeks_of(number)
    weeks = np.array([on_grid(length)])
    return Turn(ruleset, world, dice.turn(number), number, weeks, book, inputs.rulings, inputs.last)


def resolve(
    ruleset: Ruleset,
    world: World,
    inputs: Inputs,
    dice: Dice,
    book: Book | None = None,
) -> World:
    """Play one whole turn from its recorded inputs; the world given is left as it was."""
    turn = begin(ruleset, world, dice, inputs=inputs, book=book)
    turn.open(inputs.control)
    for acts in inputs.rounds:
        turn.council(acts)
    return turn.resolve(inputs.orders)
