"""From a scenario to an exercise ready to be played; every fault on the way, in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeVar

import attrs

from exercise.engine.cells import base
from exercise.engine.declare import Field, Rule
from exercise.engine.roster import Roster
from exercise.engine.ruleset import Ruleset, assemble, shared_axes
from exercise.errors import Fault, ScenarioError
from exercise.rules import installed
from exercise.scenario import limits, references
from exercise.scenario.calendar import Calendar, calendar_of, rhythm_of
from exercise.scenario.conditions import Amount, Condition, compile_amount, compile_condition
from exercise.scenario.injects import (
    DUE,
    FIRED,
    HELD,
    Cue,
    Deed,
    Move,
    own_decision,
    own_fields,
    rule_of,
)
from exercise.scenario.lookup import PHASES, Lookup, nearest, split_cell
from exercise.scenario.model import Effect, Inject, Objective, Outcome, Scenario
from exercise.scenario.nodes import Path, Positions
from exercise.scenario.people import roster_of

T = TypeVar("T")


@attrs.frozen(eq=False)
class Goal:
    """An objective, compiled: whether it is met, and its measure."""

    name: str
    objective: Objective
    met: Condition
    measure: Amount


@attrs.frozen(eq=False)
class Ending:
    """A named outcome, compiled."""

    outcome: Outcome
    when: Condition


@attrs.frozen(eq=False)
class Exercise:
    """A scenario in one rhythm, compiled: all that a session, a sweep or a check needs."""

    name: str
    scenario: Scenario
    rhythm: str
    calendar: Calendar
    ruleset: Ruleset
    goals: tuple[Goal, ...]
    endings: tuple[Ending, ...]
    cues: tuple[Cue, ...]
    lookup: Lookup
    written: Callable[[], str] = str
    """Writes its text, references merged; asked for where it is kept."""

    @cached_property
    def source(self) -> str:
        """The text that a save keeps, from which it can be compiled again."""
        return self.written()

    @property
    def turns(self) -> int:
        """How many turns it has."""
        return len(self.calendar.weeks)


class Compiler:
    """Compiles one scenario, gathering faults as it goes."""

    def __init__(
        self,
        scenario: Scenario,
        positions: Positions,
        rules: Sequence[Rule],
        before: Sequence[Fault] = (),
    ) -> None:
        self.scenario = scenario
        self.positions = positions
        self.rules = rules
        self.faults: list[Fault] = []
        self.told = {(fault.file, fault.line, fault.column) for fault in before}
        self.roster: Roster = roster_of(scenario, shared_axes(rules))
        self.fields: dict[str, Field] = {f.name: f for rule in rules for f in rule.fields}
        self.fields |= {field.name: field for field in own_fields(scenario.fields)}
        self.fields |= {field.name: field for field in (DUE, HELD, FIRED)}
        self.lookup = Lookup(self.fields, self.roster)
        self._check()
        self.decisions = tuple(
            own_decision(
                name,
                action,
                self.condition(("actions", name, "when"), action.when) if action.when else None,
            )
            for name, action in scenario.actions.items()
        )

    def _check(self) -> None:
        """Names, references, sizes and own axes; without its axes an own field cannot be judged."""
        for path, *words in limits.names(self.scenario):
            self.faults.append(self.positions.key_fault(path, *words))
        axes = self.roster.names
        for found in (*references.found(self.scenario, axes), *limits.found(self.scenario)):
            self.fault(*found)
        astray = [*limits.own_axes(self.scenario, axes)]
        for found in astray:
            self.fault(*found)
        if astray:
            raise ScenarioError(self.faults)

    def shadowed(self, path: Path) -> bool:
        """Whether something in the value was faulty before: what it says now may follow from that.

        Where a faulty value was left out, a default or nothing stands in its place.
        """
        return bool(self.told) and self.positions.touches(path, self.told)

    def fault(self, path: Path, code: str, message: str, hint: str = "") -> None:
        """Note a fault at a value's place, unless it is the shadow of an earlier one."""
        if not self.shadowed(path):
            self.faults.append(self.positions.fault(path, code, message, hint))

    def key_fault(self, path: Path, code: str, message: str, hint: str = "") -> None:
        """Note a fault at a key's place."""
        self.faults.append(self.positions.key_fault(path, code, message, hint))

    def tried(self, path: Path, make: Callable[[], T]) -> T | None:
        """The result, or None with a fault noted at the path."""
        try:
            return make()
        except LookupError as error:
            message, *hint = (str(arg) for arg in error.args)
            self.fault(path, "unknown-cell", message, hint[0] if hint else "")
        except ScenarioError as error:
            self.faults.extend(error.faults)
        return None

    def condition(self, path: Path, text: str) -> Condition | None:
        """A condition, or None with its faults noted."""
        if self.shadowed(path):
            return None
        line, column = self.positions.inside(path)
        file = self.positions.file(path)
        return self.tried(
            path, lambda: compile_condition(text, self.lookup, file=file, line=line, column=column)
        )

    def amount(self, path: Path, text: str) -> Amount | None:
        """An amount, or None with its faults noted."""
        if self.shadowed(path):
            return None
        line, column = self.positions.inside(path)
        file = self.positions.file(path)
        return self.tried(
            path, lambda: compile_amount(text, self.lookup, file=file, line=line, column=column)
        )

    def starts(self) -> dict[str, dict[tuple[str, ...], float]]:
        """Start values that the author gives, by field and names."""
        found: dict[str, dict[tuple[str, ...], float]] = {}
        for cell, value in self.scenario.values.items():
            self._start(found, ("values", cell), cell, (), value)
        for block, things in (
            ("actors", self.scenario.actors),
            ("theatres", self.scenario.theatres),
            ("sectors", self.scenario.sectors),
        ):
            for key, thing in things.items():
                for cell, value in thing.fields.items():
                    self._start(found, (block, key, "fields", cell), cell, (key,), value)
        return found

    def _start(
        self,
        found: dict[str, dict[tuple[str, ...], float]],
        path: Path,
        cell: str,
        first: tuple[str, ...],
        value: float,
    ) -> None:
        def place() -> tuple[Field, tuple[str, ...]]:
            name, names = split_cell(cell)
            field = self.lookup.field(name)
            return field, self.lookup.names(field, (*first, *names))

        placed = self.tried(path, place)
        if placed is None:
            return
        field, names = placed
        if field.kind == "derived":
            self.fault(
                path,
                "derived-field",
                f"{field.name} is worked out each turn and has no start",
                f"set what it comes from: {', '.join(part.name for part in field.parts)}",
            )
        elif not field.low <= value <= field.high:
            self.fault(
                path, "out-of-range",
                f"{field.name} lies between {field.low:g} and {field.high:g}, not {value:g}",
            )  # fmt: skip
        else:
            found.setdefault(field.name, {})[names] = value

    def moves(self, path: Path, effects: Sequence[Effect]) -> tuple[Move, ...]:
        """Compiled effects of an inject."""
        found = []
        for index, effect in enumerate(effects):
            here: Path = (*path, "effects", index)
            placed = self._stock(here, effect)
            if placed is None:
                continue
            field, subscripts = placed
            names = self.tried((*here, "cell"), partial(self.lookup.names, field, subscripts))
            if names is None:
                continue
            where = tuple(self.roster.index(a, n) for a, n in zip(field.axes, names, strict=True))
            add = effect.add
            amount = self.amount((*here, "add"), add) if isinstance(add, str) else add
            found.append(Move(field, where, amount, effect.multiply, effect.set))
        return tuple(found)

    def _stock(self, path: Path, effect: Effect) -> tuple[Field, tuple[str, ...]] | None:
        def place() -> tuple[Field, tuple[str, ...]]:
            name, names = split_cell(effect.cell)
            return self.lookup.field(name), names

        placed = self.tried((*path, "cell"), place)
        if placed is None:
            return None
        field, _ = placed
        if field.kind == "derived":
            parts = ", ".join(part.name for part in field.parts)
            self.fault(
                (*path, "cell"), "derived-field",
                f"{field.name} is worked out each turn and cannot be changed directly",
                f"change what it comes from: {parts}",
            )  # fmt: skip
            return None
        given = [w for w in ("add", "multiply", "set") if getattr(effect, w) is not None]
        if len(given) != 1:
            self.fault(
                path,
                "one-effect",
                f"an effect needs exactly one of add, multiply, set; found {len(given)}",
                "write one of them" if not given else f"keep {given[0]}, or make two effects of it",
            )
            return None
        if effect.set is not None and not field.low <= effect.set <= field.high:
            self.fault(
                (*path, "set"), "out-of-range",
                f"{field.name} lies between {field.low:g} and {field.high:g}, not {effect.set:g}",
            )  # fmt: skip
            return None
        return placed

    def cue(self, name: str, inject: Inject, calendar: Calendar) -> Cue:
        """A compiled inject."""
        path: Path = ("injects", name)
        condition = self.condition((*path, "when"), inject.when) if inject.when else None
        other = self.scenario.injects.get(inject.unless)
        if other is not None and other.when:
            condition = self.condition(("injects", inject.unless, "when"), other.when)
        offset = calendar.offset(inject.at) if inject.at else None
        return Cue(name, inject.enabled, offset, condition, bool(inject.unless),
                   self.moves(path, inject.effects))  # fmt: skip

    def deeds(self) -> tuple[Deed, ...]:
        """Compiled effects of the scenario's own actions."""
        found = []
        for decision, (name, action) in zip(
            self.decisions, self.scenario.actions.items(), strict=True
        ):
            for index, effect in enumerate(action.effects):
                here: Path = ("actions", name, "effects", index)
                placed = self._stock(here, effect)
                if placed is None:
                    continue
                field, words = placed
                if not self._pattern((*here, "cell"), field, words, action.target):
                    continue
                if isinstance(effect.add, str):
                    self.fault((*here, "add"), "not-a-number", "an action adds a number")
                    continue
                found.append(Deed(decision, field, words, effect.add, effect.multiply, effect.set))
        return tuple(found)

    def _pattern(
        self, path: Path, field: Field, words: tuple[str, ...], target: str | None
    ) -> bool:
        plain = words
        if len(words) == len(field.axes):
            plain = tuple(
                self._example(axis, word, target)
                for axis, word in zip(field.axes, words, strict=True)
            )
        return self.tried(path, lambda: self.lookup.names(field, plain)) is not None

    def _example(self, axis: str, word: str, target: str | None) -> str:
        """A name that `self`, `others` or `target` may stand for on an axis, else the word."""
        known = self.roster.of(axis)
        whose = {"self": "ally", "others": "ally", "target": target}.get(word)
        fits = whose is not None and self.roster.root(axis) == self.roster.root(whose)
        return known[0] if fits and base(axis) in (whose, "actor") and known else word

    def goals(self) -> tuple[Goal, ...]:
        """Compiled objectives; those without a condition are for evaluators alone."""
        found = []
        for name, objective in self.scenario.objectives.items():
            if not objective.met and not objective.measure:
                continue
            if not objective.met or not objective.measure:
                given, lacks = ("met", "measure") if objective.met else ("measure", "met")
                message = f"an objective with `{given}` needs `{lacks}`"
                hint = f"add `{lacks}`, or leave both out and let evaluators judge"
                self.fault(("objectives", name), "half-measured", message, hint)
                continue
            met = self.condition(("objectives", name, "met"), objective.met)
            measure = self.amount(("objectives", name, "measure"), objective.measure)
            if met is not None and measure is not None:
                found.append(Goal(name, objective, met, measure))
        return tuple(found)

    def endings(self) -> tuple[Ending, ...]:
        """Compiled outcomes, in order."""
        found = []
        for index, outcome in enumerate(self.scenario.outcomes):
            when = self.condition(("outcomes", index, "when"), outcome.when)
            if when is not None:
                found.append(Ending(outcome, when))
        return tuple(found)

    def active(self) -> tuple[str, ...] | None:
        """The modules that are on; None for all."""
        rules = self.scenario.rules
        if rules == "all":
            return None
        if rules == "none":
            return ("scenario",)
        names = (rules,) if isinstance(rules, str) else rules
        known = [rule.name for rule in self.rules]
        for index, name in enumerate(names):
            if name not in known:
                self.fault(("rules", index), "unknown-rule", f"there is no rule module {name!r}",
                           nearest(name, known))  # fmt: skip
        return (*names, "scenario")

    def phases(self) -> dict[int, Condition]:
        """The scenario's own conditions that prompt a phase, by the phase's number."""
        found: dict[int, Condition] = {}
        for name, text in self.scenario.phases.items():
            if name not in PHASES[1:]:
                message = f"there is no phase {name} to go on to"
                hint = nearest(name, PHASES[1:])
                self.key_fault(("phases", name), "unknown-phase", message, hint)
            elif (condition := self.condition(("phases", name), text)) is not None:
                found[PHASES.index(name) + 1] = condition
        return found

    def parameters(self) -> Mapping[str, float]:
        """Overridden coefficients, checked against their range."""
        known = {p.name: p for rule in self.rules for p in rule.parameters}
        for name, value in self.scenario.parameters.items():
            path: Path = ("parameters", name)
            if name not in known:
                self.fault(path, "unknown-parameter", f"there is no parameter {name}",
                           nearest(name, list(known)))  # fmt: skip
            elif not known[name].low <= value <= known[name].high:
                low, high = known[name].low, known[name].high
                self.fault(
                    path, "out-of-range", f"{name} lies between {low:g} and {high:g}, not {value:g}"
                )
        return self.scenario.parameters


def compile_scenario(
    scenario: Scenario,
    positions: Positions,
    *,
    name: str = "",
    rhythm: str | None = None,
    rules: Sequence[Rule] | None = None,
    written: Callable[[], str] = str,
    faults: Sequence[Fault] = (),
) -> Exercise:
    """An exercise from a scenario; raises `ScenarioError` with every fault, in file order.

    `faults` are those found before; a later fault that may follow from one of them is left out.
    """
    rules = tuple(rules if rules is not None else installed())
    chosen, beat = rhythm_of(scenario, rhythm if rhythm in scenario.turns else None)
    calendar = calendar_of(scenario, beat.weeks)
    try:
        compiler = Compiler(scenario, positions, rules, faults)
    except ScenarioError as error:
        raise ScenarioError(_ordered(faults, error.faults)) from None
    cues = tuple(compiler.cue(key, inject, calendar) for key, inject in scenario.injects.items())
    starts, deeds = compiler.starts(), compiler.deeds()
    goals, endings = compiler.goals(), compiler.endings()
    ends = compiler.condition(("ends",), scenario.ends) if scenario.ends else None
    active, parameters, phases = compiler.active(), compiler.parameters(), compiler.phases()
    if faults or compiler.faults:
        raise ScenarioError(_ordered(faults, compiler.faults))
    war = "deterrence.war" in compiler.fields
    if "phases.asked" not in compiler.fields:
        phases = {}
    own = rule_of(
        cues, own_fields(scenario.fields), compiler.decisions, deeds, len(beat.weeks), ends,
        compiler.fields["clock.over"], war, phases,
    )  # fmt: skip
    ruleset = assemble(
        [*rules, own],
        compiler.roster,
        active=active,
        schedule=beat.weeks,
        parameters=parameters,
        starts=starts,
        imposed=(
            *(move.field.name for cue in cues for move in cue.moves),
            *(deed.field.name for deed in deeds),
            compiler.fields["clock.over"].name,
            *(("phases.asked",) if phases else ()),
        ),
    )
    return Exercise(
        name, scenario, chosen, calendar, ruleset, goals, endings, cues, compiler.lookup, written
    )


def _ordered(before: Sequence[Fault], later: Sequence[Fault]) -> list[Fault]:
    """In file order; of the later ones, the first at a place alone."""
    places: dict[tuple[str, int, int], Fault] = {}
    for fault in later:
        places.setdefault((fault.file, fault.line, fault.column), fault)
    for fault in before:
        places.pop((fault.file, fault.line, fault.column), None)
    return sorted(
        [*before, *places.values()], key=lambda fault: (fault.file, fault.line, fault.column)
    )
