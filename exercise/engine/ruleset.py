"""A ruleset: rule modules put together for one exercise, and proved to keep their word.

Assembly lays out the world, orders the steps, and then plays one turn on two lanes under a
guard that refuses what was not declared: a foreign field written, a field read that is not
among `reads`, a term told to more people than its sources are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from math import prod

import attrs
import numpy as np
import numpy.typing as npt

from exercise.engine.cells import Cells
from exercise.engine.declare import (
    Axis,
    Decision,
    Field,
    Given,
    Habit,
    Joined,
    Only,
    Rule,
    Step,
    Term,
)
from exercise.engine.derived import Memory
from exercise.engine.dice import Dice
from exercise.engine.exact import Array, on_grid
from exercise.engine.known import NONE, ON_GRID, counted, known
from exercise.engine.ledger import Book
from exercise.engine.roster import Roster
from exercise.engine.turn import STAGES, Inputs, Turn, resolve
from exercise.engine.world import Layout, Slips, World, field_rows, slip_rows, start_values
from exercise.errors import DeclarationError

CLOCK = "clock"


@attrs.define
class Guard:
    """Watches a dry run: who reads and writes what, and whether it was declared."""

    ruleset: Ruleset
    read: dict[str, set[str]] = attrs.field(factory=dict)
    posted: dict[str, tuple[str, str, int]] = attrs.field(factory=dict)

    def reading(self, turn: Turn, name: str) -> None:
        """Refuse, by DeclarationError, a foreign name that the rule does not list under `reads`."""
        rule = self.ruleset.rules[turn.rule]
        module = name.partition(".")[0]
        if module != rule.name:
            if name not in rule.reads:
                raise DeclarationError(
                    f"rule {rule.name} reads {name} in stage {turn.stage} without declaring it",
                    f'add "{name}" to its reads',
                )
            self.read.setdefault(rule.name, set()).add(name)

    def writing(self, turn: Turn, field: Field, what: Sequence[Term | Given]) -> None:
        """Refuse a foreign field, a field posted twice in a step, and an untold release.

        All by DeclarationError.
        """
        if field.module != turn.rule:
            raise DeclarationError(
                f"rule {turn.rule} writes {field.name}, which belongs to {field.module}",
                "publish a field of its own that the other reads",
            )
        for item in what:
            if isinstance(item, Term) and item.seen is not None:
                self._released(field, item)
        if field.kind != "derived":
            self.posted[field.name] = (turn.stage, turn.rule, turn.step)

    def _released(self, field: Field, term: Term) -> None:
        for given in term.of:
            source = given
            while isinstance(source, Joined | Only):
                source = source.source
            seen = getattr(source, "seen", None)
            name = str(getattr(source, "name", getattr(source, "label", source)))
            if isinstance(source, str):
                seen = self.ruleset.fields[source].seen
            if seen != term.seen and name not in term.releases:
                raise DeclarationError(
                    f"term {term.name!r} of {field.name} tells its readers of {name}, "
                    "which they may not see",
                    f'list "{name}" under releases, or leave the term\'s `seen` to its sources',
                )


@attrs.define(eq=False, slots=False)
class Ruleset:
    """The rules of one exercise: fields, decisions, parameters and steps, laid out and ordered."""

    roster: Roster
    rules: Mapping[str, Rule]
    active: tuple[str, ...]
    fields: Mapping[str, Field]
    decisions: Mapping[str, Decision]
    parameters: Mapping[str, float]
    layout: Layout
    slip_layout: Layout
    steps: Mapping[str, tuple[tuple[str, Step], ...]]
    schedule: tuple[float, ...]
    rounds: int = 3
    starts: Mapping[str, Mapping[tuple[str, ...], float]] = attrs.field(factory=dict)
    guard: Guard | None = None
    changing: frozenset[str] = frozenset()
    """The stocks that some step, inject or action posts to; the others stay as they began."""
    _ruled: dict[str, tuple[str, str, int]] = attrs.field(factory=dict)
    sights: dict[object, dict[str, Cells | None]] = attrs.field(factory=dict)
    """For viewers who look together, what they may see of fields marked by the roster alone."""
    released: dict[object, dict[object, tuple[list[Array], Cells | None]]] = attrs.field(
        factory=dict
    )
    """For them and marks that let people in by other fields: those fields' values, and the mask."""
    memory: Memory = attrs.field(factory=Memory)
    _made: dict[tuple[tuple[str, ...], tuple[float, ...]], Cells] = attrs.field(factory=dict)

    def turns_played(self, world: World) -> int:
        """How many turns lie behind a world (the lanes of one batch move together)."""
        return int(world.held(f"{CLOCK}.turn").data.max())

    def weeks_of(self, number: int) -> float:
        """How long a turn lasts, in weeks; past the schedule, as long as the last one."""
        return self.schedule[min(number, len(self.schedule)) - 1]

    def over(self, world: World) -> npt.NDArray[np.bool_]:
        """A mask [lanes]: which games have ended."""
        over: npt.NDArray[np.bool_] = world[f"{CLOCK}.over"].data > 0.0
        return over

    def ruled_at(self, field: str) -> tuple[str, str, int] | None:
        """Stage, rule and step after whose posting a ruling takes effect; None where none posts."""
        return self._ruled.get(field)

    @cached_property
    def habits(self) -> tuple[tuple[str, Habit], ...]:
        """How absent seats decide, rule by rule, for the rules that are on."""
        return tuple((name, h) for name in self.active for h in self.rules[name].unmanned)

    @cached_property
    def prices(self) -> Mapping[str, Mapping[str, float]]:
        """What each decision costs, by currency, where it costs anything that can run out."""
        return {
            name: {
                currency: on_grid(price)
                for currency, price in (("staff", d.cost.staff), ("capital", d.cost.capital))
                if price
            }
            for name, d in self.decisions.items()
        }

    def spent(self, slips: Slips, currency: str) -> Cells:
        """What the slips cost each ally, `[ally, lane]`, in one currency."""
        total: Array | None = None
        for name in slips.touched:
            price = self.prices[name].get(currency)
            if price and self.decisions[name].by == "ally":
                orders = slips.held(name)
                if orders.kind != NONE:
                    made = orders.data
                    made = made if made.dtype == np.bool_ else made != 0.0
                    each = made.reshape(made.shape[0], prod(made.shape[1:-1]), made.shape[-1])
                    costs = counted(each, (1,)) * price
                    total = costs if total is None else total + costs
        return self.zeros("ally") if total is None else Cells(total, ("ally",), ON_GRID)

    # what is the same all game

    def same(self, axis: str, other: str) -> Cells:
        """A mask over two axes: where both name the same thing."""
        return self._fixed(("same", axis, other), lambda: self.roster.member(axis, other))

    def belongs(self, axis: str, actors: str) -> Cells:
        """A mask over an axis and actors: what belongs to whom."""
        return self._fixed(("belongs", axis, actors), lambda: self.roster.belongs(axis, actors))

    def each(self, axis: str, values: tuple[float, ...]) -> Cells:
        """Fixed values over one axis, in its order."""
        return self._fixed(
            ("each", axis), lambda: np.array([on_grid(float(v)) for v in values]), values
        )

    def zeros(self, *axes: str) -> Cells:
        """Cells of 0 over the axes."""
        return self._fixed(("zeros", *axes), lambda: np.zeros(self.roster.shape(axes)))

    def _fixed(
        self, key: tuple[str, ...], make: Callable[[], Array], values: tuple[float, ...] = ()
    ) -> Cells:
        """Cells that depend on the roster alone, made once, in one lane."""
        found = self._made.get((key, values))
        if found is None:
            data = make()[..., None]
            data.flags.writeable = False
            found = self._made[key, values] = Cells(data, key[1:], known(data))
        return found

    def opening(self, lanes: int = 1) -> World:
        """The world before the first turn, derived fields included."""
        return self._opening.copy(lanes)

    @cached_property
    def _opening(self) -> World:
        world = World(self.layout)
        for field in self.fields.values():
            values = start_values(field, self.roster)
            for names, value in self.starts.get(field.name, {}).items():
                where = tuple(
                    self.roster.index(a, n) for a, n in zip(field.axes, names, strict=True)
                )
                values[where] = on_grid(value)
            world.replace(field.name, values[..., None])
        weeks = np.array([on_grid(self.weeks_of(1))])
        turn = Turn(self, world, Dice.seeded(0).turn(0), 0, weeks)
        for stage in STAGES:
            for name, step in self.steps.get(stage, ()):
                if step.opening:
                    turn.stage, turn.rule = stage, name
                    step.run(turn)
        return turn.world


def _named(rules: Iterable[Rule]) -> tuple[dict[str, Rule], dict[str, Field], dict[str, Decision]]:
    modules: dict[str, Rule] = {}
    fields: dict[str, Field] = {}
    decisions: dict[str, Decision] = {}
    for rule in rules:
        if rule.name in modules:
            raise DeclarationError(f"two rule modules are called {rule.name}")
        modules[rule.name] = rule
        names = [f.name for f in rule.fields] + [d.name for d in rule.decisions]
        for name in names + [p.name for p in rule.parameters]:
            module, _, own = name.partition(".")
            if module != rule.name or not own:
                raise DeclarationError(
                    f"{name} is declared by rule {rule.name}",
                    f"call it {rule.name}.{own or name}",
                )
        for field in rule.fields:
            fields[field.name] = field
        for decision in rule.decisions:
            decisions[decision.name] = decision
    return modules, fields, decisions


def _check_marks(fields: Mapping[str, Field], decisions: Mapping[str, Decision]) -> None:
    """Refuse a sight mark that has no axis, or no release field, to be judged by."""
    seen = [(f.name, f.axes, f.seen) for f in fields.values()]
    seen += [(d.name, d.slip_axes, d.seen) for d in decisions.values()]
    for name, axes, marks in seen:
        for mark in marks:
            if mark.kind == "own" and mark.name not in axes:
                raise DeclarationError(
                    f"{name} is seen by its own {mark.name}, which is none of its axes",
                    f"its axes are: {', '.join(axes) or 'none'}",
                )
            if mark.kind == "released" and mark.name not in fields:
                raise DeclarationError(
                    f"{name} is seen as {mark.name} says, and there is no such field",
                    "name a field over an actor axis and axes that the two share",
                )


def shared_axes(rules: Iterable[Rule]) -> tuple[Axis, ...]:
    """The axes that rule modules bring along, as against those a scenario fills."""
    return tuple(axis for rule in rules for axis in rule.axes)


def assemble(
    rules: Sequence[Rule],
    roster: Roster,
    *,
    active: Iterable[str] | None = None,
    schedule: Sequence[float] = (1.0,),
    parameters: Mapping[str, float] | None = None,
    starts: Mapping[str, Mapping[tuple[str, ...], float]] | None = None,
    rounds: int = 3,
    imposed: Iterable[str] = (),
) -> Ruleset:
    """Put rule modules together for a roster; raises `DeclarationError` where one breaks its word.

    A module that is not `active` keeps its fields at their start, so that the rest still run.
    `schedule` is the length of each turn in weeks, `rounds` how often an unmanned council goes
    round the table in a turn, `imposed` the stocks that injects and actions may change.
    """
    modules, fields, decisions = _named(rules)
    _check_marks(fields, decisions)
    on = tuple(name for name in modules if active is None or name in set(active) or name == CLOCK)
    steps: dict[str, list[tuple[str, Step]]] = {}
    for name in on:
        for step in modules[name].steps:
            if step.stage not in STAGES:
                raise DeclarationError(
                    f"rule {name} has a step at {step.stage!r}, which is no stage"
                )
            steps.setdefault(step.stage, []).append((name, step))
    chosen = {p.name: p.default for rule in modules.values() for p in rule.parameters}
    chosen.update(parameters or {})
    ruleset = Ruleset(
        roster=roster,
        rules=modules,
        active=on,
        fields=fields,
        decisions=decisions,
        parameters={name: on_grid(value) for name, value in chosen.items()},
        layout=Layout.of(roster, field_rows(fields.values())),
        slip_layout=Layout.of(roster, slip_rows(decisions.values())),
        steps={stage: tuple(found) for stage, found in steps.items()},
        schedule=tuple(schedule),
        rounds=rounds,
        starts=starts or {},
    )
    _prove(ruleset)
    ruleset.changing = frozenset(ruleset._ruled) | frozenset(imposed)
    return ruleset


def _prove(ruleset: Ruleset) -> None:
    """Play one guarded turn on two lanes with the book open."""
    guard = Guard(ruleset)
    ruleset.guard = guard
    try:
        world = ruleset.opening(2)
        empty = Slips.empty(ruleset.slip_layout, 2)
        dice = Dice.seeded(0, np.zeros(2, np.int64))
        inputs = Inputs(control=empty, rounds=[empty], orders=empty)
        resolve(ruleset, world, inputs, dice, Book())
    finally:
        ruleset.guard = None
    ruleset._ruled.update(guard.posted)
    for name in ruleset.active:
        rule = ruleset.rules[name]
        unread = set(rule.reads) - guard.read.get(name, set())
        unread = {n for n in unread if n in ruleset.fields or n in ruleset.decisions}
        if unread:
            raise DeclarationError(
                f"rule {name} declares that it reads {', '.join(sorted(unread))} and never does",
                "take it out of reads",
            )
