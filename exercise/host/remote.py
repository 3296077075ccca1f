"""A desk in another process: it looks like the desk, and asks the host over the line.

What a seat is shown without asking is read from the line's document; everything else is asked,
and an answer is kept until something changes. While the host is away a terminal can still be
read: questions give what they gave last, and what a person does is refused in words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast, get_args, get_origin

import attrs

from exercise.desk import ControlDesk, LocalDesk, ReviewDesk
from exercise.desk.answers import Standing
from exercise.errors import ExerciseError
from exercise.host.codec import decode, encode
from exercise.host.line import HostAwayError, Line, RefusedError
from exercise.host.surface import Call, facets, surface
from exercise.orders import Refusal
from exercise.view import View

KEPT = ("choices", "suggestions", "ending", "events", "why", "view", "results", "why_result")
"""Questions whose answers stay the same until something changes."""
MOST_KEPT = 500


def desk_on(line: Line) -> LocalDesk:
    """The desk that a line came in for; control's where it came as control."""
    if line.role == "control":
        return control_on(line)
    return cast(LocalDesk, Remote(line, line.desk, LocalDesk))


def control_on(line: Line) -> ControlDesk:
    """Control's desk."""
    return cast(ControlDesk, RemoteControl(line))


class Remote:
    """Stands for a desk of a class; has every method that may be asked of it."""

    def __init__(self, line: Line, seat: str, cls: type) -> None:
        self.line = line
        self.seat = seat
        self._cls = cls
        self._kept: dict[tuple[Any, ...], tuple[int, Any]] = {}
        self._shown: tuple[Any, Any] = (None, None)
        for name, facet in facets(cls).items():
            setattr(self, name, _Facet(self, name, facet))

    def standing(self) -> Standing:
        """Where the exercise stands, as the host said last; `version` is this line's own."""
        if self._mirrors():
            found: Standing = decode(self.line.document["standing"], Standing)
        else:
            found = self._call(surface(self._cls)["standing"], (), {})
        return attrs.evolve(found, version=self.line.tick)

    def view(self, turn: int | None = None) -> View:
        """What the seat sees now, or saw when a turn was published."""
        if turn is not None or not self._mirrors():
            return cast(View, self._call(surface(self._cls)["view"], (turn,), {}))
        data = self.line.document["view"]
        if self._shown[0] is not data:
            self._shown = (data, decode(data, View))
        return cast(View, self._shown[1])

    def drafted(self) -> Any:
        """The draft, on whichever terminal of the seat it was written."""
        call = surface(self._cls)["drafted"]
        if self._mirrors():
            return decode(self.line.document["drafted"], call.returns)
        return self._call(call, (), {})

    def _mirrors(self) -> bool:
        return self.seat == self.line.desk

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        call = surface(self._cls).get(name)
        if call is None:
            raise AttributeError(f"a desk elsewhere has no {name}")
        return lambda *args, **named: self._call(call, args, named)

    def _call(self, call: Call, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        given = {**dict(zip(call.parameters, args, strict=False)), **named}
        key = (call.name, *sorted(given.items())) if call.name in KEPT else ()
        tick = self.line.tick
        if key and key in self._kept and self._kept[key][0] == tick:
            return self._kept[key][1]
        sent = {name: encode(value) for name, value in given.items()}
        try:
            answer = self.line.ask(self.seat, call.name, sent)
        except (HostAwayError, RefusedError) as error:
            if self.line.state == "here":
                raise
            return self._away(call, key, error)
        found = decode(answer, call.returns)
        if key:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            self._kept[key] = (tick, found)
        return found

    def _away(self, call: Call, key: tuple[Any, ...], error: ExerciseError) -> Any:
        """While the host is away: what was known last, nothing, or a refusal; else it is raised."""
        if key and key in self._kept:
            return self._kept[key][1]
        if Refusal in get_args(call.returns):
            return Refusal(error.message, error.remedy)
        empty = get_origin(call.returns)
        if key and empty in (list, tuple, dict):
            return empty()
        raise error


class RemoteControl(Remote):
    """Control's desk, from which every other can be reached."""

    def __init__(self, line: Line) -> None:
        super().__init__(line, "control", ControlDesk)
        self._desks: dict[str, Remote] = {}

    def desk(self, seat: str) -> Remote:
        """Any seat's desk."""
        if seat not in self._desks:
            self._desks[seat] = Remote(self.line, seat, LocalDesk)
        return self._desks[seat]

    def reviewed(self) -> Remote:
        """Control's desk on the results before release."""
        if "review" not in self._desks:
            self._desks["review"] = Remote(self.line, "review", ReviewDesk)
        return self._desks["review"]


class _Facet:
    """A part of a desk elsewhere."""

    def __init__(self, desk: Remote, name: str, cls: type) -> None:
        self._desk = desk
        self._calls = {
            method: call
            for method, call in surface(desk._cls).items()
            if method.startswith(f"{name}.")
        }
        self._name = name
        self._cls = cls

    def __getattr__(self, name: str) -> Any:
        call = self._calls.get(f"{self._name}.{name}")
        if call is None:
            raise AttributeError(f"{self._name} elsewhere has no {name}")
        if name in getattr(self._cls, "SHOWN", ()) and self._desk._mirrors():
            return lambda: decode(self._desk.line.document[call.name], call.returns)
        return lambda *args, **named: self._desk._call(call, args, named)
