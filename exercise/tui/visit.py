"""A seat at a host elsewhere: this terminal shows its desk, and keeps up with the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

from exercise.desk import ControlDesk
from exercise.host.line import Line
from exercise.host.remote import desk_on
from exercise.tui.course import Course


class Renewing(Protocol):
    """A screen that can show itself anew."""

    def renew(self) -> None:
        """Show what there is now, if anything has changed."""
        ...


class Visit(Course):
    """The course of one seat whose exercise runs at its host: others resolve and publish."""

    def __init__(self, line: Line) -> None:
        desk = desk_on(line)
        # Standing, titles and the ending are asked of one's own desk: a visitor has no control.
        super().__init__(cast(ControlDesk, desk), [line.desk], line.close)
        self._desks[line.desk] = desk
        self.line = line
        self.turn = desk.standing().turn
        """The turn that this terminal has shown last."""

    @property
    def go_round(self) -> Callable[[], None] | None:
        """The chair says when the table goes round."""
        return None

    def waiting(self) -> tuple[str, ...]:
        """Whoever sits here has nobody to wait for."""
        return ()

    def finish(self) -> int:
        """Nothing is resolved from here."""
        raise AssertionError("a visitor's terminal resolves nothing")

    def came_out(self) -> int | None:
        """The turn whose results came out since the last time, if any did."""
        standing = self.desk.standing()
        done = standing.turn if standing.stage == "over" else standing.turn - 1
        if done < self.turn or not done:
            return None
        self.turn = done + 1
        return done


class Look(Course):
    """The course of a screen that only looks on: what everybody may know."""

    def __init__(self, line: Line) -> None:
        desk = desk_on(line)
        super().__init__(cast(ControlDesk, desk), [line.desk], line.close)
        self._desks[line.desk] = desk
        self.line = line


def shows(screen: Any) -> Renewing | None:
    """The screen, if it can show itself anew."""
    return cast(Renewing, screen) if callable(getattr(screen, "renew", None)) else None
