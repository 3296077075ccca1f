"""What absent seats look through: their view as numbers, and the slips they may fill in.

Eyes show each field with what the viewer may not see put to 0, so that an order can depend on
nothing else. Orders that are not allowed, or not paid for, do not reach the slips. The same eyes
judge a person's order before it is sealed.

Eyes may be several actors' at once: what differs between them then lies over an axis more,
`viewer`, and what all of them see alike is there once. A habit is written as for one actor and
serves all; nothing sums over viewers, so nobody sees through another's eyes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from exercise.engine.cells import Axes, Cells, number, snapped
from exercise.engine.declare import ALLIED, PUBLIC, Decision, Field, Own, Parameter, Seen
from exercise.engine.exact import Array, Mask
from exercise.engine.few import Few
from exercise.engine.known import MANY, MASK, NONE, ON_GRID, counted, truth
from exercise.engine.roster import Roster
from exercise.engine.turn import Turn
from exercise.engine.world import Slips
from exercise.errors import DeclarationError
from exercise.sight import Viewer, as_actor, marked

VIEWER = "viewer"
"""The axis of those who look, where eyes are several actors'."""

PURSES = {"staff": "domestic.staff", "capital": "domestic.capital"}
"""The field that holds what an actor has to spend, for each currency that can run out."""


class Eyes:
    """The view of a turn under way that one or several actors have, and their hands.

    `blank` says that these actors have put nothing on the slips yet.
    """

    def __init__(
        self,
        turn: Turn,
        viewers: Viewer | Sequence[Viewer],
        slips: Slips,
        *,
        by: str = "ally",
        blank: bool = False,
    ) -> None:
        self.viewers = (viewers,) if isinstance(viewers, Viewer) else tuple(viewers)
        actors = [viewer.actor for viewer in self.viewers]
        if None in actors:
            raise DeclarationError("a seat without an actor takes no decisions")
        self.actors = tuple(actor for actor in actors if actor is not None)
        self.turn = turn
        self.by = by
        self.number = turn.number
        self.round = turn.round
        self.module = ""
        self.weeks = turn.weeks
        self._slips = slips
        self._blank = blank
        self._rows = {by: self._places(by)}
        who = tuple((v.kind, v.actor, v.allied) for v in self.viewers)
        self._sights = turn.ruleset.sights.setdefault(who, {})
        self._released = turn.ruleset.released.setdefault(who, {})
        self._left: dict[str, Array] = {}
        self._kept: dict[str, Cells] = {}
        self._owned: dict[tuple[str, str], Cells] = {}

    @property
    def roster(self) -> Roster:
        """Who and what is in the exercise."""
        return self.turn.ruleset.roster

    @property
    def actor(self) -> str:
        """The one actor whose eyes these are."""
        if len(self.actors) != 1:
            raise DeclarationError("these are the eyes of several actors at once")
        return self.actors[0]

    @property
    def lanes(self) -> int:
        """How many games lie side by side."""
        return self.turn.world.lanes

    def _places(self, axis: str) -> npt.NDArray[np.int64]:
        return np.array([self.roster.index(axis, actor) for actor in self.actors], dtype=np.int64)

    def _each(self, data: Any, axes: Axes) -> Cells:
        """Cells from an array `[viewer, *axes, lanes]`; one viewer needs no axis."""
        return Cells(data[0], axes) if len(self.actors) == 1 else Cells(data, (VIEWER, *axes))

    # what they see

    @overload
    def __getitem__(self, key: Parameter) -> float: ...
    @overload
    def __getitem__(self, key: Field | str) -> Cells: ...
    def __getitem__(self, key: Field | Parameter | str) -> Cells | float:
        """A field with hidden cells put to 0, or a parameter."""
        if isinstance(key, Parameter):
            return self.turn.ruleset.parameters[key.name]
        name = key if isinstance(key, str) else key.name
        if name not in self._kept:
            self._kept[name] = self._seen(self.turn.ruleset.fields[name])
        return self._kept[name]

    def _seen(self, field: Field) -> Cells:
        cells = self.turn.now(field.name)
        found = self._mask(field)
        return cells if found is None else found * cells

    def _mask(self, field: Field) -> Cells | None:
        """Which cells of a field each viewer may see; None where all see all."""
        if field.name not in self._sights:
            opened = tuple([m.name for m in field.seen if m.kind == "released"])
            if opened:
                return self._let_in(field, opened)
            self._sights[field.name] = self._marked(field.seen, field.axes)
        return self._sights[field.name]

    def _let_in(self, field: Field, opened: Axes) -> Cells | None:
        """The mask of a field that people are let in to by others, the `opened`.

        Fields marked alike over the axes that their marks tell apart share it, as long as what
        lets people in is what it was.
        """
        world = self.turn.world
        told = {mark.name for mark in field.seen if mark.kind == "own"}
        for name in opened:
            told.update(self._told_apart(world.layout.slots[name].axes))
        axes = tuple([axis for axis in field.axes if axis in told])
        arrays = [world.held(name).data for name in opened]
        found = self._released.get((field.seen, axes))
        if found is None or any(was is not now for was, now in zip(found[0], arrays, strict=True)):
            found = self._released[field.seen, axes] = arrays, self._marked(field.seen, axes)
        shown = found[1]
        if shown is None or axes == field.axes:
            return shown
        return shown.along(*shown.axes[: len(shown.axes) - len(axes)], *field.axes)

    def _told_apart(self, axes: Axes) -> Axes:
        """What a field over these axes lets people in to, row by row: all but who is let in."""
        who = next((axis for axis in axes if self.roster.root(axis) == "actor"), None)
        if who is None or not set(self.actors) <= set(self.roster.of(who)):
            return axes
        return tuple([axis for axis in axes if axis != who])

    def _marked(self, marks: Seen, axes: Axes) -> Cells | None:
        """What marks let each viewer see over these axes, worked out one by one."""
        world = self.turn.world
        found = [marked(viewer, marks, axes, world) for viewer in self.viewers]
        if all(one is None for one in found):
            return None
        whole = np.ones((1,) * (len(axes) + 1))
        stacked = np.stack(np.broadcast_arrays(*(whole if f is None else f for f in found)))
        if stacked.shape[-1] >= MANY:
            stacked = stacked.astype(np.bool_)
        shown = self._each(stacked, axes)
        shown.kind = MASK
        return shown

    def parameter(self, name: str) -> float:
        """A coefficient of any module, by name; coefficients are published."""
        return self.turn.ruleset.parameters[name]

    def own(self, key: Field | str | Cells, axis: str | None = None) -> Cells:
        """The actor's own row of a field (or of cells made from some): that axis falls away."""
        axis = axis or self.by
        if isinstance(key, Cells):
            return self._row(key, axis)
        name = key if isinstance(key, str) else key.name
        if (name, axis) not in self._owned:
            field = self.turn.ruleset.fields[name]
            open_to_it = self._all_see(field) or Own(axis) in field.seen
            cells = self.turn.now(name) if open_to_it else self[name]
            self._owned[name, axis] = self._row(cells, axis)
        return self._owned[name, axis]

    def _all_see(self, field: Field) -> bool:
        return PUBLIC in field.seen or (
            ALLIED in field.seen and all(viewer.allied for viewer in self.viewers)
        )

    def _row(self, cells: Cells, axis: str) -> Cells:
        """For each viewer the row of an axis that is itself."""
        if axis not in self._rows:
            self._rows[axis] = self._places(axis)
        rows = self._rows[axis]
        dim = cells.axes.index(axis)
        left = cells.axes[:dim] + cells.axes[dim + 1 :]
        if len(rows) == 1:
            return Cells(cells.data[(slice(None),) * dim + (int(rows[0]),)], left, cells.kind)
        if VIEWER not in cells.axes:
            if rows.tolist() == list(range(cells.data.shape[dim])):
                return cells.named({axis: VIEWER})
            own = cells.data.take(rows, axis=dim)
            return Cells(own, cells.axes, cells.kind).named({axis: VIEWER})
        rest = tuple(name for name in left if name != VIEWER)
        own = cells.over(VIEWER, axis, *rest)[np.arange(len(rows)), rows]
        return Cells(own, (VIEWER, *rest), cells.kind)

    def me(self, axis: str) -> Cells:
        """A mask over an actor axis: which entry is this actor."""
        return self._fixed("me", axis)

    def mine(self, axis: str) -> Cells:
        """A mask over an axis: what belongs to this actor."""
        return self._fixed("mine", axis)

    def _fixed(self, what: str, axis: str) -> Cells:
        """A mask over an axis that depends on the roster alone, made once."""
        key = f"{what} {axis}"
        found = self._sights.get(key)
        if found is None:
            if what == "me":
                names = self.roster.of(axis)
                table = np.array([[float(n == actor) for n in names] for actor in self.actors])
            else:
                table = np.stack([self.roster.mine(axis, actor) for actor in self.actors])
            found = self._sights[key] = self._each(table[..., None], (axis,))
            found.kind = MASK
        return found

    def same(self, axis: str, other: str) -> Cells:
        """A mask over two axes: where both name the same thing."""
        return self.turn.same(axis, other)

    def belongs(self, axis: str, actors: str) -> Cells:
        """A mask over an axis and actors: what belongs to whom."""
        return self.turn.belongs(axis, actors)

    def each(self, axis: str, values: Mapping[str, float] | Sequence[float]) -> Cells:
        """Fixed values over one axis."""
        return self.turn.each(axis, values)

    def zeros(self, *axes: str) -> Cells:
        """Cells of 0 over the axes."""
        return self.turn.ruleset.zeros(*axes)

    def roll(self, label: str, *axes: str, where: Cells | None = None) -> Cells:
        """Each actor's own dice, addressed by its name, the module and the label.

        Where a mask tells what they decide on, they are rolled for that alone: 0 elsewhere.
        """
        spots = None
        if where is not None:
            if where.kind == NONE:
                return where
            shape = (len(self.actors), *self.roster.shape(axes), self.lanes)
            spots = np.broadcast_to(truth(where.over(VIEWER, *axes)), shape)
        address = ("unmanned", self.module, label)
        rolled = self._each(self.turn.private_roll(address, self.actors, axes, spots), axes)
        rolled.kind = ON_GRID
        return rolled

    # what they order

    def ordered(self, decision: Decision) -> Cells:
        """What the actor has ordered so far, over the decision's targets."""
        if decision.name not in self._slips.touched:
            return self.zeros(*decision.axes)
        made = self._slips.held(decision.name).data[self._rows[decision.by]]
        return self._each(made, decision.axes)

    def few(self, mask: Cells) -> Few:
        """The few cells where a mask holds, to be worked on alone."""
        return Few(mask, self.lanes)

    def allowed(self, decision: Decision) -> Cells:
        """A mask over the decision's targets: where it is allowed, as far as the actor can see."""
        allowed = Cells(np.ones((1,) * (len(decision.axes) + 1)), decision.axes, MASK)
        if decision.allowed is not None:
            for check in decision.allowed(self):
                allowed = allowed & check.mask
        return allowed

    def left(self, currency: str) -> Array:
        """What each actor still has to spend, `[viewer, lanes]`."""
        if currency not in self._left:
            purse = PURSES[currency]
            shape = (len(self.actors), self.lanes)
            if purse not in self.turn.ruleset.fields or self.by != "ally":
                self._left[currency] = np.full(shape, np.inf)
            else:
                left = np.broadcast_to(self.own(purse).data, shape).copy()
                if not self._blank:
                    left -= self.turn.ruleset.spent(self._slips, currency).data[self._rows["ally"]]
                self._left[currency] = left
        return self._left[currency]

    def order(self, decision: Decision, value: Cells | float, when: Cells | None = None) -> Cells:
        """Order `value` (over some of the targets) wherever `when` holds, it is allowed and paid.

        Returns the mask of what was ordered. Targets are paid for in their order on the axes.
        """
        if decision.by != self.by:
            raise DeclarationError(f"{decision.name} is not for an {self.by} to order")
        axes = decision.axes
        made = snapped(value if isinstance(value, Cells) else number(value))
        wish = made if made.kind >= MASK else ~made.equals(0.0)
        if when is not None:
            wish = wish * when
        if wish.kind != NONE and wish.data.any():
            wish = wish * self.allowed(decision)
        if wish.kind == NONE or not wish.data.any():
            return self.zeros(*axes)
        shape = (len(self.actors), *self.roster.shape(axes), self.lanes)
        wanted = np.broadcast_to(truth(wish.over(VIEWER, *axes)), shape)
        keep = self._paid(decision, wanted)
        self._write(decision, made, keep)
        kept = self._each(keep if self.lanes >= MANY else keep.astype(np.float64), axes)
        kept.kind = MASK
        return kept

    def _write(self, decision: Decision, made: Cells, keep: Mask) -> None:
        """Put on the slips what is kept, `[viewer, *targets, lanes]`, of the orders made."""
        fresh = decision.name not in self._slips.touched
        rows = self._rows[decision.by].tolist()
        values: Any = keep
        if made.kind < MASK:
            values = made.over(VIEWER, *decision.axes) * keep
        if fresh and self.lanes >= MANY and rows == list(range(len(self.roster.of(decision.by)))):
            self._slips.replace(decision.name, values)
            return
        memory = self._slips.writable(decision.name)
        for place, row in enumerate(rows):
            if fresh:
                memory[row] = values[place]
            else:
                memory[row] += keep[place] * (values[place] - memory[row])

    def _paid(self, decision: Decision, wanted: Mask) -> Mask:
        """The wanted orders that the purse still holds, first come first served."""
        prices = self.turn.ruleset.prices[decision.name]
        if not prices or self.by != "ally":
            return wanted
        flat = wanted.reshape(wanted.shape[0], -1, wanted.shape[-1])
        count = counted(flat, (1,))
        for currency, price in prices.items():
            left = self.left(currency)
            who, lane = np.nonzero(count * price > left)
            if who.size:
                tight = flat[who, :, lane]
                spent = np.add.accumulate(tight, axis=1, dtype=np.float64) * price
                flat = flat.copy() if not flat.flags.writeable else flat
                flat[who, :, lane] = tight & (spent <= left[who, lane, None])
                count = counted(flat, (1,))
        for currency, price in prices.items():
            self._left[currency] = self.left(currency) - count * price
        return flat.reshape(wanted.shape)


def bot_orders(turn: Turn, absent: Sequence[str]) -> Slips:
    """What absent actors order nationally, once the councils have risen."""
    turn.stage = "orders"
    turn.round = 0
    return unmanned(turn, Slips.empty(turn.ruleset.slip_layout, turn.world.lanes), "orders", absent)


def bot_acts(turn: Turn, absent: Sequence[str]) -> Slips:
    """What absent actors do in one round of the council."""
    slips = Slips.empty(turn.ruleset.slip_layout, turn.world.lanes)
    return unmanned(turn, slips, "council", absent)


def advice(turn: Turn, actor: str, stage: str, table: int) -> Slips:
    """What an actor's own bot would order or do now, after so many rounds of the table.

    Its dice know nothing of acts of single states, since the actor may not.
    """
    kept = turn.stage, turn.round
    turn.stage, turn.round = stage, table if stage == "council" else 0
    slips = Slips.empty(turn.ruleset.slip_layout, turn.world.lanes)
    slips = unmanned(turn, slips, stage, (actor,))
    turn.stage, turn.round = kept
    return slips


def unmanned(turn: Turn, slips: Slips, stage: str, absent: Sequence[str]) -> Slips:
    """Fill in the slips of absent actors for a stage, each from its own eyes; returns the slips."""
    roster = turn.ruleset.roster
    for role in ("ally", "adversary"):
        viewers = [as_actor(roster, actor) for actor in roster.of(role) if actor in absent]
        habits = [(n, h) for n, h in turn.ruleset.habits if h.stage == stage and h.role == role]
        if not viewers or not habits:
            continue
        eyes = Eyes(turn, viewers, slips, by=role, blank=True)
        for name, habit in habits:
            eyes.module = name
            habit.decide(eyes)
    return slips
