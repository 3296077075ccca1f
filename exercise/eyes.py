"""What absent seats look through: their view as numbers, and the slips they may fill in.

Eyes show each field with what the viewer may not see put to 0, so that an order can depend on
nothing else. Orders that are not allowed, or not paid for, do not reach the slips. The same eyes
judge a person's order before it is sealed.

Eyes may be several actors' at once, each in lanes of its own: lane `v·L + l` is what viewer `v`
sees of game `l`. A habit is written for one actor and serves all of them; nothing crosses
lanes, so nobody sees through another's eyes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

from exercise.cells import Cells
from exercise.declare import Decision, Field, Parameter
from exercise.errors import DeclarationError
from exercise.exact import Array, snap
from exercise.roster import Roster
from exercise.sight import Viewer, as_actor, mask
from exercise.turn import Turn
from exercise.world import Slips

Mask = npt.NDArray[np.bool_]
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
        self._slips = slips
        self._blank = blank
        self._rows = {by: np.array([self.roster.index(by, actor) for actor in self.actors])}
        self._left: dict[str, Array] = {}
        self._kept: dict[str, Cells] = {}
        self._owned: dict[tuple[str, str], Cells] = {}
        self.weeks = self._tiled(turn.weeks)

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
        """How many lanes a view has: the games, once for each viewer."""
        return self.turn.world.lanes * len(self.viewers)

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
        cells = self.turn.world[field.name]
        found = [mask(viewer, field, self.turn.world) for viewer in self.viewers]
        if all(one is None for one in found):
            return self._tiled(cells)
        if len(found) == 1:
            return Cells(cells.data * found[0], cells.axes)
        games = self.turn.world.lanes
        out = np.empty((*cells.data.shape[:-1], len(found), games))
        for place, one in enumerate(found):
            np.multiply(cells.data, 1.0 if one is None else one, out=out[..., place, :])
        return Cells(out.reshape(*cells.data.shape[:-1], self.lanes), cells.axes)

    def _tiled(self, cells: Cells) -> Cells:
        """The same cells once for each viewer, as lanes."""
        if len(self.viewers) == 1 or cells.data.shape[-1] == 1 == self.turn.world.lanes:
            return cells
        shape = cells.data.shape
        wide = np.broadcast_to(
            cells.data[..., None, :], (*shape[:-1], len(self.viewers), shape[-1])
        )
        lanes = shape[-1] * len(self.viewers)
        return Cells(wide.reshape(*shape[:-1], lanes), cells.axes)

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
            self._owned[name, axis] = self._row(self[name], axis)
        return self._owned[name, axis]

    def _row(self, cells: Cells, axis: str) -> Cells:
        """For each viewer, in its lanes, the row of an axis that is itself."""
        rows = self._index(axis)
        dim = cells.axes.index(axis)
        left = cells.axes[:dim] + cells.axes[dim + 1 :]
        if len(rows) == 1:
            return Cells(cells.data[(slice(None),) * dim + (int(rows[0]),)], left)
        moved = np.moveaxis(cells.data, dim, 0)
        lanes = moved.shape[-1]
        if lanes == 1:
            return Cells(
                np.moveaxis(moved[rows, ..., 0], 0, -1).repeat(self.lanes // len(rows), -1), left
            )
        split = moved.reshape(*moved.shape[:-1], len(rows), lanes // len(rows))
        own = split[rows, ..., np.arange(len(rows)), :]
        return Cells(np.moveaxis(own, 0, -2).reshape(*moved.shape[1:-1], lanes), left)

    def _index(self, axis: str) -> npt.NDArray[np.int64]:
        if axis not in self._rows:
            self._rows[axis] = np.array([self.roster.index(axis, a) for a in self.actors])
        return self._rows[axis]

    def me(self, axis: str) -> Cells:
        """A mask over an actor axis: which entry is this actor."""
        names = self.roster.of(axis)
        table = np.array([[float(name == actor) for actor in self.actors] for name in names])
        return self._by_viewer(table.reshape(len(names), len(self.actors)), axis)

    def mine(self, axis: str) -> Cells:
        """A mask over an axis: what belongs to this actor."""
        table = np.stack([self.roster.mine(axis, actor) for actor in self.actors], axis=-1)
        return self._by_viewer(table, axis)

    def _by_viewer(self, table: Array, axis: str) -> Cells:
        games = self.turn.world.lanes
        if len(self.actors) > 1 and games > 1:
            table = np.repeat(table, games, axis=1)
        return Cells(table, (axis,))

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
        return Cells(np.zeros((*self.roster.shape(axes), self.lanes)), axes)

    def roll(self, label: str, *axes: str) -> Cells:
        """Each actor's own dice, addressed by its name, the module and the label."""
        rolled = self.turn.private_roll(("unmanned", self.module, label), self.actors, axes)
        if len(self.actors) == 1:
            return Cells(rolled[0], axes)
        wide = np.moveaxis(rolled, 0, -2)
        return Cells(wide.reshape(*wide.shape[:-2], self.lanes), axes)

    # what they order

    def ordered(self, decision: Decision) -> Cells:
        """What the actor has ordered so far, over the decision's targets."""
        made = self._slips[decision.name].data[self._rows[decision.by]]
        wide = np.moveaxis(made, 0, -2)
        return Cells(wide.reshape(*wide.shape[:-2], self.lanes), decision.axes)

    def allowed(self, decision: Decision) -> Cells:
        """A mask over the decision's targets: where it is allowed, as far as the actor can see."""
        allowed = Cells(np.ones((1,) * (len(decision.axes) + 1)), decision.axes)
        if decision.allowed is not None:
            for check in decision.allowed(self):
                allowed = allowed & check.mask
        return allowed

    def left(self, currency: str) -> Array:
        """What the actor still has to spend, [lanes]."""
        if currency not in self._left:
            purse = PURSES[currency]
            if purse not in self.turn.ruleset.fields or self.by != "ally":
                self._left[currency] = np.full(self.lanes, np.inf)
            else:
                left = self.own(purse).data + np.zeros(self.lanes)
                self._left[currency] = left if self._blank else left - self._spent(currency)
        return self._left[currency]

    def _spent(self, currency: str) -> Array:
        spent = self.turn.ruleset.spent(self._slips, currency)
        return spent.data[self._rows["ally"]].reshape(-1)

    def order(self, decision: Decision, value: Cells | float, when: Cells | None = None) -> Cells:
        """Order `value` (over some of the targets) wherever `when` holds, it is allowed and paid.

        Returns the mask of what was ordered. Targets are paid for in their order on the axes.
        """
        if decision.by != self.by:
            raise DeclarationError(f"{decision.name} is not for an {self.by} to order")
        shape = (*self.roster.shape(decision.axes), self.lanes)
        flat = (1,) * len(shape)
        made = value if isinstance(value, Cells) else Cells(np.full(flat, value), decision.axes)
        if when is not None:
            made = made * when
        if not made.data.any():
            return Cells(np.zeros(shape), decision.axes)
        made = made * self.allowed(decision)
        wanted = np.broadcast_to(snap(made.over(*decision.axes)), shape)
        asked = wanted != 0.0
        if asked.any():
            keep = self._paid(decision, asked)
            self._write(decision, np.where(keep, wanted, 0.0), keep)
            return Cells(keep.astype(np.float64), decision.axes)
        return Cells(np.zeros(shape), decision.axes)

    def _write(self, decision: Decision, values: Array, keep: Mask) -> None:
        memory = self._slips.writable(decision.name)
        games = self.turn.world.lanes
        for place, row in enumerate(self._rows[decision.by]):
            lanes = slice(place * games, (place + 1) * games)
            own = memory[int(row)]
            np.copyto(own, values[..., lanes], where=keep[..., lanes])

    def _paid(self, decision: Decision, wanted: Mask) -> Mask:
        """The wanted orders that the purse still holds, first come first served."""
        flat = wanted.reshape(int(np.prod(wanted.shape[:-1])), wanted.shape[-1])
        prices = self.turn.ruleset.prices[decision.name]
        for currency, price in prices.items():
            counts = np.add.accumulate(flat.astype(np.float64), axis=0) * price
            flat = flat & (counts <= self.left(currency))
        for currency, price in prices.items():
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
        viewers = [as_actor(roster, actor) for actor in roster.of(role) if actor in absent]
        habits = [(n, h) for n, h in turn.ruleset.habits if h.stage == stage and h.role == role]
        if not viewers or not habits:
            continue
        eyes = Eyes(turn, viewers, slips, by=role, blank=True)
        for name, habit in habits:
            eyes.module = name
            habit.decide(eyes)
    return slips
