"""Who fills a seat: a person at a terminal, a person at the desk, or a bot.

A seat has an identity of its own and need not be an actor: a chair, a military adviser or a
press cell has a seat and takes no national decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import attrs

from exercise.engine.roster import Roster
from exercise.errors import UsageError
from exercise.scenario.model import Scenario
from exercise.scenario.people import evaluators_of, seats_of
from exercise.sight import PUBLIC_VIEW, WHITE_CELL, Viewer

EVALUATOR = Viewer("evaluator", "control")
"""Whoever watches and rates where the scenario has no seat for it: it sees what control sees."""
Filling = Literal["person", "desk", "bot"]


def watches(scenario: Scenario, seat: str) -> bool:
    """Whether a seat is an evaluator's: it sees, writes notes, and takes no part."""
    usual = seat == EVALUATOR.name and seat not in seats_of(scenario)
    return usual or seat in evaluators_of(scenario)


@attrs.define
class Seating:
    """Every seat of an exercise and who fills it."""

    viewers: Mapping[str, Viewer]
    filling: dict[str, Filling]
    titles: Mapping[str, str]

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        roster: Roster,
        people: Iterable[str] = (),
        desk: Iterable[str] = (),
    ) -> Seating:
        """Bots, but for where people or the desk sit; raises `UsageError` for no such seat."""
        seats = seats_of(scenario)
        viewers: dict[str, Viewer] = {}
        titles: dict[str, str] = {}
        for name, seat in seats.items():
            allied = seat.actor in roster.of("ally") or seat.sees in ("allied", "control")
            kind: Literal["control", "seat", "public"] = (
                "control" if seat.sees == "control" else "seat"
            )
            actor = seat.actor if seat.sees == "own" else None
            viewers[name] = Viewer(name, kind, actor, allied and seat.sees != "public")
            titles[name] = seat.title or (roster.title("actor", seat.actor) if seat.actor else name)
        seating = cls(viewers, dict.fromkeys(viewers, "bot"), titles)
        for name in people:
            seating.fill(name, "person")
        for name in desk:
            seating.fill(name, "desk")
        return seating

    def fill(self, name: str, filling: Filling) -> None:
        """Say who fills a seat."""
        if name not in self.viewers:
            raise UsageError(f"there is no seat {name!r}", f"seats: {', '.join(self.viewers)}")
        self.filling[name] = filling

    def viewer(self, name: str) -> Viewer:
        """The viewer that a seat is; `control`, `public` and `evaluator` are always there."""
        if name == WHITE_CELL.name:
            return WHITE_CELL
        if name == PUBLIC_VIEW.name:
            return PUBLIC_VIEW
        if name == EVALUATOR.name and name not in self.viewers:
            return EVALUATOR
        if name not in self.viewers:
            raise UsageError(
                f"there is no seat {name!r}", f"seats: control, {', '.join(self.viewers)}"
            )
        return self.viewers[name]

    def manned(self) -> tuple[str, ...]:
        """The actors whose decisions people take."""
        return tuple(
            viewer.actor
            for name, viewer in self.viewers.items()
            if viewer.actor is not None and self.filling[name] != "bot"
        )

    def seat_of(self, actor: str) -> str | None:
        """The seat that speaks for an actor."""
        return next((n for n, v in self.viewers.items() if v.actor == actor), None)
