"""Who and what is in an exercise: the names on every axis, and whose each thing is.

The roster is made once from a scenario. Names are unique on their axis, in the order the
scenario gives them; a part of an axis (`ally` of `actor`) keeps that order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs
import numpy as np

from exercise.engine.cells import Axes, base
from exercise.engine.exact import Array

if TYPE_CHECKING:
    from exercise.scenario.model import Scenario


@attrs.frozen(eq=False)
class Roster:
    """The axes of one exercise.

    `names` maps an axis to its entries, `parents` an axis to the axis it is a part of, `owners`
    an axis to the actor each entry belongs to ("" for nobody's). An actor belongs to itself.
    """

    names: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, str] = attrs.field(factory=dict)
    owners: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    titles: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    scenario: Scenario | None = None

    def of(self, axis: str) -> tuple[str, ...]:
        """The names on an axis; the role after `@` does not matter."""
        return self.names[base(axis)]

    def shape(self, axes: Axes) -> tuple[int, ...]:
        """How long each axis is; 1 for an axis without a name."""
        return tuple(len(self.names[base(axis)]) if axis else 1 for axis in axes)

    def index(self, axis: str, name: str) -> int:
        """Where a name stands on its axis; raises `KeyError`, naming both."""
        try:
            return self.names[base(axis)].index(name)
        except ValueError:
            raise KeyError(f"no {base(axis)} is called {name!r}") from None

    def owner(self, axis: str) -> tuple[str, ...]:
        """The actor each entry belongs to; entries of actor axes are their own."""
        key = base(axis)
        if key in self.owners:
            return self.owners[key]
        return self.names[key] if self.root(key) == "actor" else ("",) * len(self.names[key])

    def root(self, axis: str) -> str:
        """The axis that this one is, in the end, a part of."""
        key = base(axis)
        while key in self.parents:
            key = self.parents[key]
        return key

    def title(self, axis: str, name: str) -> str:
        """What people call it; its name, in words, where the scenario gives no title."""
        return self.titles.get(base(axis), {}).get(name) or name.replace("-", " ")

    def mine(self, axis: str, actor: str) -> Array:
        """A mask over an axis: what belongs to an actor."""
        return np.array([float(owner == actor) for owner in self.owner(axis)])

    def member(self, axis: str, whole: str) -> Array:
        """A 0/1 matrix [axis, whole]: which entry of the whole each entry of the part is."""
        own, all_names = self.of(axis), self.of(whole)
        return np.array([[float(name == other) for other in all_names] for name in own]).reshape(
            len(own), len(all_names)
        )

    def belongs(self, axis: str, actors: str) -> Array:
        """A 0/1 matrix [axis, actors]: to which actor each entry belongs."""
        owners, all_names = self.owner(axis), self.of(actors)
        return np.array(
            [[float(owner == other) for other in all_names] for owner in owners]
        ).reshape(len(owners), len(all_names))


def cell_name(field: str, names: Sequence[str]) -> str:
    """A cell as it is written everywhere: `module.field[name,name]`."""
    return f"{field}[{','.join(names)}]" if names else field


SPARE = "spare-"
"""What the names of slots begin with that stay free for what is made at run time."""


def spares(count: int) -> tuple[str, ...]:
    """The names of `count` spare slots."""
    return tuple(f"{SPARE}{k + 1}" for k in range(count))


def unspared(name: str) -> str:
    """The name, or "" for a spare slot: a roll there belongs to what fills it."""
    return "" if name.startswith(SPARE) else name
