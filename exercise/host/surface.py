"""What may be asked of a desk over the line: its public methods, by their annotations.

A desk's *facets* (`talk`, `moves`, …) are asked as `talk.send`; what a facet names in `SHOWN`,
methods without arguments, every terminal of the seat is sent as it changes. What is not declared
on a desk's class, with every argument and the answer of a kind that can be carried, cannot be
asked.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs

from exercise.host.codec import CodecError, carries, decode, hints


@attrs.frozen
class Call:
    """A method that may be called: its parameters by name, and the kind of its answer."""

    name: str
    parameters: Mapping[str, Any]
    needed: int
    returns: Any

    def read(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """Arguments as they came over the line, as values; raises `CodecError`."""
        unknown = [name for name in args if name not in self.parameters]
        if unknown:
            raise CodecError(f"{self.name} knows no {unknown[0]!r:.60}")
        wanting = [name for name in list(self.parameters)[: self.needed] if name not in args]
        if wanting:
            raise CodecError(f"{self.name} needs {', '.join(wanting)}")
        return {name: decode(value, self.parameters[name]) for name, value in args.items()}


@lru_cache(maxsize=64)
def surface(cls: type) -> Mapping[str, Call]:
    """Every method of a class of desks, or of its facets, that may be called from afar."""
    found = dict(_methods(cls, ""))
    for name, facet in facets(cls).items():
        found |= _methods(facet, f"{name}.")
    return found


def facets(cls: type) -> dict[str, type]:
    """A desk's facets: public attributes annotated with a class."""
    found: dict[str, type] = {}
    for base in reversed(cls.__mro__):
        names = vars(base).get("__annotations__", {})
        if not names or base.__module__ == "builtins":
            continue
        told = hints(base)
        found |= {
            name: told[name]
            for name in names
            if not name.startswith("_") and isinstance(told[name], type)
        }
    return found


@lru_cache(maxsize=64)
def shown(cls: type) -> tuple[str, ...]:
    """The questions whose answers terminals are sent without asking, of facets alone."""
    return tuple(
        f"{name}.{method}"
        for name, facet in facets(cls).items()
        for method in getattr(facet, "SHOWN", ())
    )


def _methods(cls: type, lead: str) -> dict[str, Call]:
    found = {}
    for name, function in inspect.getmembers(cls, inspect.isfunction):
        if name.startswith("_"):
            continue
        told = hints(function)
        returns = told.pop("return", Any)
        parameters = list(inspect.signature(function).parameters.values())[1:]
        kinds = {p.name: told.get(p.name, object) for p in parameters}
        if carries(returns) and all(carries(kind) for kind in kinds.values()):
            needed = sum(p.default is inspect.Parameter.empty for p in parameters)
            found[lead + name] = Call(lead + name, kinds, needed, returns)
    return found
