"""From a cell as an author writes it to the place where its value lies.

`threat.threat[calder,karsk]` names module, field and cell; the module may be left out where only
one module has a field of that name.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping

import attrs
import numpy as np
import numpy.typing as npt

from exercise.engine.cells import base
from exercise.engine.declare import Field
from exercise.engine.roster import Roster
from exercise.engine.world import Sheet

Getter = Callable[[Sheet], npt.NDArray[np.float64]]
PHASES = ("indications", "assessment", "options", "planning", "execution", "transition")


def nearest(name: str, known: tuple[str, ...] | list[str]) -> str:
    """“did you mean …?” for the nearest known name, or what is known, or nothing."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    return f"known: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}" if known else ""


@attrs.frozen(eq=False)
class Lookup:
    """Finds fields and cells of one exercise by what an author writes."""

    fields: Mapping[str, Field]
    roster: Roster

    def field(self, name: str) -> Field:
        """A field by full or unique short name; raises `LookupError(message, hint)`."""
        if name in self.fields:
            return self.fields[name]
        if "." not in name:
            full = [known for known in self.fields if known.partition(".")[2] == name]
            if len(full) == 1:
                return self.fields[full[0]]
            if full:
                raise LookupError(
                    f"several modules have a field {name}", f"write {' or '.join(full)}"
                )
        short = [known.partition(".")[2] for known in self.fields] if "." not in name else []
        raise LookupError(f"there is no field {name}", nearest(name, [*self.fields, *short]))

    def names(
        self, field: Field, subscripts: tuple[str, ...], stars: bool = False
    ) -> tuple[str, ...]:
        """The subscripts, checked against the field's axes; raises `LookupError(message, hint)`."""
        if len(subscripts) != len(field.axes):
            wanted = ", ".join(base(axis) for axis in field.axes)
            shape = f"{field.name}[{wanted}]" if wanted else field.name
            raise LookupError(
                f"{field.name} takes {len(field.axes)} names, not {len(subscripts)}",
                f"write {shape}",
            )
        for axis, name in zip(field.axes, subscripts, strict=True):
            known = self.roster.of(axis)
            if name not in known and not (stars and name == "*"):
                raise LookupError(f"there is no {base(axis)} {name}", nearest(name, known))
        return subscripts

    def __call__(self, name: str, subscripts: tuple[str, ...]) -> Getter:
        """A getter for a cell, `[lanes]`, or cells (`*`), `[..., lanes]`."""
        if name == "phase" and subscripts:
            return _constant(self._phase(subscripts[0]))
        if name == "turn":
            name = "clock.turn"
        elif name == "phase":
            name = "phases.phase"
        field = self.field(name)
        names = self.names(field, subscripts, stars=True)
        where = tuple(
            slice(None) if n == "*" else self.roster.index(axis, n)
            for axis, n in zip(field.axes, names, strict=True)
        )
        key = field.name
        return lambda sheet: sheet[key].data[where]

    def _phase(self, name: str) -> float:
        if name not in PHASES:
            raise LookupError(f"there is no phase {name}", nearest(name, PHASES))
        return float(PHASES.index(name) + 1)


def _constant(value: float) -> Getter:
    return lambda sheet: np.full(sheet.lanes, value)


def split_cell(text: str) -> tuple[str, tuple[str, ...]]:
    """`module.field[a, b]` as a name and its subscripts; raises `LookupError(message, hint)`."""
    name, bracket, rest = text.strip().partition("[")
    if not bracket:
        return name, ()
    if not rest.endswith("]"):
        raise LookupError(f"{text!r} has no closing bracket", "write module.field[name,name]")
    return name.strip(), tuple(part.strip() for part in rest[:-1].split(","))
