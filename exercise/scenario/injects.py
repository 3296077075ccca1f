"""The scenario's own rule: injects, own fields and own actions, in the same machinery as all else.

An inject is due on its day (where its condition holds then), or when its condition first holds;
control may fire it at once or hold it back. It comes once. What it does is posted to stocks of
any module as terms that name it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from exercise.engine.cells import Cells, base, where
from exercise.engine.declare import (
    ALLIED,
    CONTROL,
    CONTROL_SEAT,
    PUBLIC,
    Check,
    Cost,
    Decision,
    Field,
    Joined,
    Only,
    Own,
    Rule,
    Seen,
    Step,
    Term,
    literal,
)
from exercise.engine.exact import Array, snap
from exercise.engine.ledger import Origin
from exercise.engine.roster import Roster
from exercise.engine.turn import Turn
from exercise.eyes import Eyes
from exercise.scenario.conditions import Amount, Condition
from exercise.scenario.lookup import split_cell
from exercise.scenario.model import OwnAction, OwnField

DUE = Field(
    "scenario.due", ("inject",), unit="yes/no", seen=CONTROL,
    says="Whether {inject} is due: its day or its condition has come.",
)  # fmt: skip
HELD = Field(
    "scenario.held", ("inject",), unit="yes/no", seen=CONTROL, kind="choice",
    says="Whether control holds {inject} back.",
)  # fmt: skip
FIRED = Field(
    "scenario.fired", ("inject",), unit="yes/no", seen=CONTROL,
    says="Whether {inject} has come.",
)  # fmt: skip
CUE = Decision(
    "scenario.cue", ("inject",), by=CONTROL_SEAT, stage="control",
    says="Fire “{inject}” now, or hold it back", levels={"fire": 1.0, "hold": -1.0},
    tells={"fire": "Fire “{inject}” now", "hold": "Hold back “{inject}”"},
    cost=Cost(staff=0),
)  # fmt: skip


@attrs.frozen(eq=False)
class Move:
    """A compiled effect: the stock, the cell's indices, and what is done to it."""

    field: Field
    where: tuple[int, ...]
    add: float | Amount | None = None
    factor: float | None = None
    value: float | None = None

    def delta(self, turn: Turn, mask: Array) -> Cells:
        """What it adds where the mask [lanes] is 1, over the field's axes."""
        now = turn.now(self.field.name).data
        here = now[self.where]
        if self.value is not None:
            change = self.value - here
        elif self.factor is not None:
            change = snap(here * (self.factor - 1.0))
        elif isinstance(self.add, Amount):
            change = self.add.evaluate(turn.world)
        else:
            change = np.full(1, self.add or 0.0)
        change = change * mask
        delta = np.zeros((*now.shape[:-1], change.shape[-1]))
        delta[self.where] = change
        return Cells(delta, self.field.axes)

    def sources(self, turn: Turn) -> tuple[object, ...]:
        """The cells that its amount is worked out from."""
        return looked_at(self.add.reads, turn) if isinstance(self.add, Amount) else ()


def looked_at(reads: Sequence[str], turn: Turn) -> tuple[object, ...]:
    """The cells that an expression reads, as sources of a term that names no axis of theirs."""
    fields = turn.ruleset.fields
    found: list[object] = []
    for read in reads:
        name, names = split_cell(read)
        if name not in fields:
            continue
        roles = tuple(f"{base(axis)}@read{k}" for k, axis in enumerate(fields[name].axes))
        mask = Cells(np.ones((1,) * (len(roles) + 1)), roles)
        for role, entry in zip(roles, names, strict=False):
            if entry != "*":
                mask = mask * turn.each(role, {entry: 1.0})
        found.append(Only(Joined(name, *roles), mask))
    return tuple(found)


@attrs.frozen(eq=False)
class Cue:
    """A compiled inject: when it is due, and its moves."""

    name: str
    enabled: bool
    offset: float | None
    condition: Condition | None
    negated: bool
    moves: tuple[Move, ...]

    def due(self, turn: Turn, start: Array, end: Array) -> Array:
        """A mask [lanes]: whether its day and condition have come in this turn."""
        due = np.full(start.shape, float(self.enabled))
        if self.offset is not None:
            due = due * (start <= self.offset + 1e-6) * (self.offset + 1e-6 < end)
        if self.condition is not None:
            holds = self.condition.evaluate(turn.world)
            due = due * (~holds if self.negated else holds)
        elif self.offset is None:
            due = due * 0.0
        return due


def fire(turn: Turn, cues: Sequence[Cue]) -> None:
    """Injects whose time has come are fired, unless held; their moves are posted."""
    roster = turn.ruleset.roster
    end = turn["clock.elapsed"].data
    start = end - turn["clock.weeks"].data
    cue = turn.order(CUE)
    coming = (
        np.stack(np.broadcast_arrays(*(c.due(turn, start, end) for c in cues)))
        if cues
        else np.zeros((0, 1))
    )
    due = turn[DUE]
    turn.post(
        DUE, Term("its time came", Cells(coming, ("inject",)) * (1.0 - due), says="Its time came.")
    )
    held = turn[HELD]
    wanted = where_set(cue, held)
    turn.post(HELD, Term("control", wanted - held, of=(CUE,), says="Control decided so."))
    now = (turn[DUE] | (cue > 0.0)) & ~turn[HELD] & ~turn[FIRED]
    fired = Cells(now.data + 0.0, now.axes)
    turn.post(FIRED, Term("it came", fired, of=(DUE, CUE), says="It came."))
    terms: dict[str, tuple[Field, list[Term]]] = {}
    for index, one in enumerate(cues):
        came = fired.data[index].any()
        for move in one.moves:
            _, found = terms.setdefault(move.field.name, (move.field, []))
            if not came:
                continue
            found.append(
                Term(
                    one.name,
                    move.delta(turn, fired.data[index]),
                    of=(Origin("inject", one.name), *move.sources(turn)),
                    says=f"Control brought in: {literal(roster.title('inject', one.name))}.",
                )
            )
    for field, found in terms.values():
        turn.impose(field, *found)


def where_set(cue: Cells, held: Cells) -> Cells:
    """What `held` becomes: 1 where control holds, 0 where it fires, else as it was."""
    return (cue < 0.0) | (held & cue.equals(0.0))


def own_fields(fields: Mapping[str, OwnField]) -> tuple[Field, ...]:
    """The scenario's fields, declared."""
    marks: dict[str, Seen] = {"public": (PUBLIC,), "allied": (ALLIED,), "control": (CONTROL,)}
    found = []
    for name, own in fields.items():
        actor_axis = next((a for a in own.axes if base(a) in ("ally", "adversary", "actor")), "")
        seen = marks.get(own.seen) or ((Own(actor_axis),) if actor_axis else (CONTROL,))
        found.append(
            Field(
                f"scenario.{name}",
                tuple(own.axes),
                own.unit,
                own.says,
                seen,
                low=own.low,
                high=own.high,
                start=own.start,
            )
        )
    return tuple(found)


def own_decision(name: str, action: OwnAction, when: Condition | None) -> Decision:
    """A scenario's action as a decision; what it is aimed at is its only axis."""

    def allowed(eyes: Eyes) -> list[Check]:
        if when is None:
            return []
        holds = when.evaluate(eyes).astype(np.float64)
        shape = (1,) * len(axes) + holds.shape
        reason = f"it is allowed only while: {when.text}"
        return [Check(Cells(holds.reshape(shape), axes), reason, "wait until that holds")]

    axes: tuple[str, ...] = ()
    if action.target:
        axes = ("ally@to",) if action.target == "ally" else (action.target,)
    return Decision(
        f"scenario.{name}", axes, says=action.says, levels={"do": 1.0},
        cost=Cost(staff=action.staff, capital=action.capital), consequence=action.consequence,
        allowed=allowed,
    )  # fmt: skip


@attrs.frozen(eq=False)
class Deed:
    """A compiled action: its decision, and for each effect a field and how its cells are found.

    `pattern` gives for each axis of the field a name, or `self`, `target`, `others`.
    """

    decision: Decision
    field: Field
    pattern: tuple[str, ...]
    add: float | None = None
    factor: float | None = None
    value: float | None = None

    def term(self, turn: Turn) -> Term:
        """What all orders of the action do to the field, as one term over who and whom."""
        made = abs(turn.order(self.decision)) > 0.0
        renames = {axis: f"{base(axis)}@target" for axis in self.decision.axes}
        reach = made.named({"ally": "ally@by", **renames})
        roster = turn.ruleset.roster
        for axis, word in zip(self.field.axes, self.pattern, strict=True):
            reach = reach * self._at(turn, roster, axis, word)
        now = turn[self.field]
        if self.value is not None:
            change = self.value - now
        elif self.factor is not None:
            change = now * (self.factor - 1.0)
        else:
            change = now * 0.0 + (self.add or 0.0)
        return Term(
            self.decision.says, reach * change, of=(self.decision,),
            says="{ally@by} did this: " + self.decision.says + ".",
        )  # fmt: skip

    def _at(self, turn: Turn, roster: Roster, axis: str, word: str) -> Cells:
        if word in ("self", "others"):
            same = turn.same(axis, "ally@by")
            return same if word == "self" else 1.0 - same
        if word == "target":
            return turn.same(axis, f"{base(axis)}@target")
        return turn.each(axis, {word: 1.0})


def act(turn: Turn, deeds: Sequence[Deed]) -> None:
    """Post what the scenario's own actions do."""
    found: dict[str, tuple[Field, list[Term]]] = {}
    for deed in deeds:
        _, terms = found.setdefault(deed.field.name, (deed.field, []))
        terms.append(deed.term(turn))
    for field, terms in found.values():
        turn.impose(field, *terms)


def end(turn: Turn, last: int, ends: Condition | None, over: Field, war: bool) -> None:
    """The exercise is over after its last turn, when its end condition holds, or at war.

    Which turn is the last is as scheduled, unless control put turns in or left some out.
    """
    terms = []
    done = turn[over]
    if turn.number >= (turn.last or last):
        terms.append(Term("the last turn", 1.0 - done, says="The last turn has been played."))
    else:
        stop = turn.zeros()
        if ends is not None:
            stop = stop | Cells(ends.evaluate(turn.world).astype(np.float64), ())
        if war:
            stop = stop | (turn["deterrence.war"] > 0.0)
        terms.append(Term("its end came", stop * (1.0 - done), says="What ends the exercise came."))
    turn.impose(over, *terms)


def ask(turn: Turn, phases: Mapping[int, Condition]) -> None:
    """Whether the scenario's condition for the phase after the present one holds."""
    phase, asked = turn["phases.phase"], turn["phases.asked"]
    answer = phase * 0.0 - 1.0
    for number, condition in phases.items():
        holds = Cells(condition.evaluate(turn.world).astype(np.float64), ())
        answer = where(phase.equals(number - 1.0), holds, answer)
    turn.impose(
        turn.ruleset.fields["phases.asked"],
        Term("the scenario's condition", answer - asked, says="The scenario says so."),
    )


def rule_of(
    cues: Sequence[Cue],
    fields: Sequence[Field],
    decisions: Sequence[Decision],
    deeds: Sequence[Deed],
    last: int,
    ends: Condition | None,
    over: Field,
    war: bool,
    phases: Mapping[int, Condition],
) -> Rule:
    """The scenario as a rule module of its own, `scenario`."""
    reads = ["clock.elapsed", "clock.weeks", "clock.over"]
    reads += sorted({d.field.name for d in deeds if d.field.module != "scenario"})
    if war and last > 1:  # the last turn is the last, war or no war
        reads.append("deterrence.war")
    if phases:
        reads += ["phases.phase", "phases.asked"]
    return Rule(
        "scenario",
        says="What this scenario brings of its own: injects, fields, actions, its end.",
        fields=(DUE, HELD, FIRED, *fields),
        decisions=(CUE, *decisions),
        reads=tuple(dict.fromkeys(reads)),
        steps=(
            Step("inject", lambda turn: fire(turn, cues)),
            Step("action", lambda turn: act(turn, deeds)),
            *((Step("action", lambda turn: ask(turn, phases)),) if phases else ()),
            Step("end", lambda turn: end(turn, last, ends, over, war)),
        ),
    )
