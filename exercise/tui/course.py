"""A game in this terminal: who sits here, whose desk is shown, and what comes next.

The terminal is control here: once everybody who sits here has sealed, the turn is resolved and
published. Everything is asked of desks.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from exercise.desk import ControlDesk, LocalDesk
from exercise.engine.declare import Rule
from exercise.errors import UsageError
from exercise.save.journal import Journal, MemoryJournal
from exercise.saved import create, resume
from exercise.scenario.compile import Exercise
from exercise.scenario.load import load
from exercise.scenario.people import seats_of
from exercise.tui.news import News

if TYPE_CHECKING:
    from exercise.tui.app import Studio


class Course:
    """One game, the desks of those who sit here, and control's."""

    def __init__(
        self, control: ControlDesk, seats: Sequence[str], close: Callable[[], None] | None = None
    ) -> None:
        self.control = control
        self.seats = tuple(seats)
        self.seat = self.seats[0] if self.seats else "control"
        self.met: set[str] = set()
        """Seats whose first page has been read."""
        self.news: dict[str, News] = {}
        """What is new in the council to each seat here."""
        self._desks: dict[str, LocalDesk] = {}
        self._close = close

    @property
    def desk(self) -> LocalDesk:
        """The desk of the seat that is in front of the screen."""
        return self.desk_of(self.seat)

    def desk_of(self, seat: str) -> LocalDesk:
        """Any desk."""
        if seat == "control":
            return self.control
        if seat not in self._desks:
            self._desks[seat] = self.control.desk(seat)
        return self._desks[seat]

    @property
    def go_round(self) -> Callable[[], None] | None:
        """Lets the others at the table speak once more, where that is done from here."""
        return self.control.go_round

    def present(self) -> Mapping[str, int]:
        """How many terminals are at each seat and role now: this one, at the seats here."""
        return dict.fromkeys(self.seats, 1)

    def terminals(self) -> Mapping[str, bool]:
        """The terminals of one's own delegations that are here now, and which are their heads."""
        return {}

    @property
    def takes_turns(self) -> bool:
        """Whether several people share this terminal, so that a curtain falls between desks."""
        return len(self.seats) > 1

    @property
    def eyes(self) -> tuple[str, ...]:
        """Through whose eyes it is looked back; control's and every seat's where empty."""
        return ()

    @property
    def saved(self) -> bool:
        """Whether there is a save."""
        return self._close is not None

    @property
    def over(self) -> bool:
        """Whether the exercise has ended."""
        return self.control.standing().stage == "over"

    def waiting(self) -> tuple[str, ...]:
        """Who of those here has not sealed."""
        sealed = self.control.standing().sealed
        return tuple(seat for seat in self.seats if not sealed.get(seat))

    def title(self, seat: str) -> str:
        """What a seat is called."""
        return self.control.standing().titles.get(seat, "Control" if seat == "control" else seat)

    def come_to_end(self, app: Studio) -> None:
        """Show the ending where it came from elsewhere; here the last results lead to it."""

    def finish(self) -> int:
        """Resolve and publish the turn; returns its number."""
        number = self.control.standing().turn
        self.control.resolve()
        self.control.publish()
        return number

    def close(self) -> None:
        """Close the save, if there is one."""
        if self._close is not None:
            self._close()
            self._close = None


def begin(
    scenario: str,
    seats: Sequence[str] = (),
    seed: int | None = None,
    save: str | Path | None = None,
    *,
    rhythm: str | None = None,
    names: str | None = None,
    rules: Sequence[Rule] | None = None,
) -> Course:
    """A new game; without a seed its luck is its own. Raises what loading and saving raise."""
    exercise = load(scenario, rhythm=rhythm, names=names, rules=rules)
    _known(exercise, seats)
    luck = None if seed is not None else _luck()
    journal, close = _journal(save)
    session = create(exercise, journal, seed=seed, luck=luck, people=seats)
    session.draw_luck = _luck
    return Course(ControlDesk(session), seats, close)


def _known(exercise: Exercise, seats: Sequence[str]) -> None:
    known = seats_of(exercise.scenario)
    for seat in seats:
        if seat not in known:
            raise UsageError(f"there is no seat {seat!r}", f"seats: {', '.join(known)}")


def _journal(save: str | Path | None) -> tuple[Journal, Callable[[], None] | None]:
    if save is None:
        return MemoryJournal(), None
    from exercise.save.store import Save

    made = Save.create(save)
    return made, made.close


def take_up(save: str | Path) -> Course:
    """Go on where a save stands, at the seats that people sat at; raises `SaveError`."""
    from exercise.save.store import Save

    journal = Save.open(save)
    try:
        session = resume(journal)
    except BaseException:
        journal.close()
        raise
    session.draw_luck = _luck
    control = ControlDesk(session)
    filling = control.standing().filling
    seats = [seat for seat, by in filling.items() if by in ("person", "desk")]
    return Course(control, seats, journal.close)


def _luck() -> bytes:
    """256 random bits."""
    return secrets.token_bytes(32)
