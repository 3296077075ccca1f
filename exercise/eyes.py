"""What an absent seat looks through: its view as numbers, and the slips it may fill in.

Eyes are made for one actor and show each field with what the actor may not see put to 0, so
that an order can depend on nothing else. Orders that are not allowed, or not paid for, do not
reach the slips. The same eyes judge a person's order before it is sealed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from exercise.cells import Cells
from exercise.declare import Decision, Field, Parameter
from exercise.errors import DeclarationError
from exercise.exact import Array, on_grid, snap
from exercise.roster import Roster
from exercise.sight import Viewer, mask
from exercise.turn import Turn
from exercise.world import Slips

Mask = npt.NDArray[np.bool_]
PURSES = {"staff": "domestic.staff", "capital": "domestic.capital"}
"""The field that holds what an actor has to spend, for each currency that can run out."""


class Eyes:
    """One actor's view of a turn under way, and its hand."""

    def __init__(self, turn: Turn, viewer: Viewer, slips: Slips, *, by: str = "ally") -> None:
        if viewer.actor is None:
            raise DeclarationError(f"{viewer.name} has no actor and so takes no decisions")
        self.turn = turn
        self.viewer = viewer
        self.actor = viewer.actor
        self.by = by
        self.number = turn.number
        self.round = turn.round
        self.weeks = turn.weeks
        self._slips = slips
        self._index = self.roster.index(by, self.actor)
        self._left: dict[str, Array] = {}

    @property
    def roster(self) -> Roster:
        """Who and what is in the exercise."""
        return self.turn.ruleset.roster

    @property
    def lanes(self) -> int:
        """How many games lie side by side."""
        return self.turn.world.lanes

    # what it sees

    @overload
    def __getitem__(self, key: Parameter) -> float: ...
    @overload
    def __getitem__(self, key: Field | str) -> Cells: ...
    def __getitem__(self, key: Field | Parameter | str) -> Cells | float:
        """A field with hidden cells put to 0, or a parameter."""
        if isinstance(key, Parameter):
            return self.turn.ruleset.parameters[key.name]
        field = self.turn.ruleset.fields[key] if isinstance(key, str) else key
        cells = self.turn.world[field.name]
        seen = mask(self.viewer, field, self.turn.world)
        return cells if seen is None else Cells(cells.data * seen, cells.axes)

    def parameter(self, name: str) -> float:
        """A coefficient of any module, by name; coefficients are published."""
        return self.turn.ruleset.parameters[name]

    def own(self, key: Field | str, axis: str | None = None) -> Cells:
        """The actor's own row of a field: the actor axis falls away."""
        cells = self[key]
        axis = axis or self.by
        return cells.pick(axis, self.roster.index(axis, self.actor))

    def me(self, axis: str) -> Cells:
        """A mask over an actor axis: which entry is this actor."""
        names = self.roster.of(axis)
        return Cells(
            np.array([[float(name == self.actor)] for name in names]).reshape(-1, 1), (axis,)
        )

    def mine(self, axis: str) -> Cells:
        """A mask over an axis: what belongs to this actor."""
        return Cells(self.roster.mine(axis, self.actor)[:, None], (axis,))

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
        return self.turn.zeros(*axes)

    def roll(self, label: str, *axes: str) -> Cells:
        """This actor's own dice, addressed by its name."""
        turn = self.turn
        kept, turn.stage, turn.rule = (turn.stage, turn.rule), "unmanned", self.actor
        book, turn._book = turn._book, None
        rolled = turn.roll(label, *axes)
        turn._book = book
        turn.stage, turn.rule = kept
        return rolled

    # what it orders

    def ordered(self, decision: Decision) -> Cells:
        """What this actor has ordered so far, over the decision's targets."""
        return self._slips[decision.name].pick(decision.by, self._index)

    def allowed(self, decision: Decision) -> Cells:
        """A mask over the decision's targets: where it is allowed, as far as the actor can see."""
        shape = self.roster.shape(decision.axes)
        allowed = Cells(np.ones((*shape, 1)), decision.axes)
        if decision.allowed is not None:
            for check in decision.allowed(self):
                allowed = allowed & check.mask
        return allowed

    def left(self, currency: str) -> Array:
        """What the actor still has to spend, [lanes]."""
        if currency not in self._left:
            purse = PURSES[currency]
            if purse not in self.turn.ruleset.fields or self.by != "ally":
                self._left[currency] = np.full(self.turn.world.lanes, np.inf)
            else:
                self._left[currency] = self.own(purse).data.copy()
                self._left[currency] -= self._spent(currency)
        return self._left[currency]

    def _spent(self, currency: str) -> Array:
        spent = self.turn.ruleset.spent(self._slips, currency)
        return spent.pick("ally", self._index).data

    def order(self, decision: Decision, value: Cells | float, when: Cells | None = None) -> Cells:
        """Order `value` (over some of the targets) wherever `when` holds, it is allowed and paid.

        Returns the mask of what was ordered. Targets are paid for in their order on the axes.
        """
        if decision.by != self.by:
            raise DeclarationError(f"{decision.name} is not for an {self.by} to order")
        shape = (*self.roster.shape(decision.axes), self.turn.world.lanes)
        made = (
            value
            if isinstance(value, Cells)
            else Cells(np.full((1,) * len(shape), value), decision.axes)
        )
        if when is not None:
            made = made * when
        made = made * self.allowed(decision)
        wanted = np.broadcast_to(snap(made.over(*decision.axes)), shape)
        keep = self._paid(decision, wanted != 0.0)
        memory = self._slips.writable(decision.name)[self._index]
        memory[...] = np.where(keep, wanted, memory)
        return Cells(keep.astype(np.float64), decision.axes)

    def _paid(self, decision: Decision, wanted: Mask) -> Mask:
        """The wanted orders that the purse still holds, first come first served."""
        flat = wanted.reshape(-1, wanted.shape[-1])
        for currency in PURSES:
            price = on_grid(getattr(decision.cost, currency))
            if price:
                left = self.left(currency)
                counts = np.add.accumulate(flat.astype(np.float64), axis=0) * price
                flat = flat & (counts <= left)
        for currency in PURSES:
            price = on_grid(getattr(decision.cost, currency))
            if price:
                self._left[currency] = self.left(currency) - flat.sum(axis=0) * price
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


def unmanned(turn: Turn, slips: Slips, stage: str, absent: Sequence[str]) -> Slips:
    """Fill in the slips of absent actors for a stage, each from its own eyes; returns the slips."""
    roster = turn.ruleset.roster
    for role in ("ally", "adversary"):
        for actor in roster.of(role):
            if actor not in absent:
                continue
            viewer = Viewer(actor, "seat", actor, role == "ally")
            eyes = Eyes(turn, viewer, slips, by=role)
            for _, habit in turn.ruleset.habits:
                if habit.stage == stage and habit.role == role:
                    habit.decide(eyes)
    return slips
