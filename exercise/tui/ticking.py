"""The room's clock at a terminal: counted here between what the host says, told once in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from exercise.room.timing import Clock, Reading, ran, read_clock, warned


def now_utc() -> datetime:
    """The wall time."""
    return datetime.now(UTC)


SOON = "begins soon"
"""Said while the first clock waits for control to begin the exercise."""
AWAY = "the host is away"


class Wall:
    """The wall time, which stands still at a terminal while its host is away."""

    def __init__(self, now: Callable[[], datetime] = now_utc) -> None:
        self._now = now
        self._stood: datetime | None = None

    def read(self, away: bool) -> datetime:
        """The time to read the room's clock at: while the host is away, when it went away."""
        self._stood = (self._stood or self._now()) if away else None
        return self._stood or self._now()


class Ticking:
    """Reads the clock once a second; each warning comes up once, at every terminal that is here."""

    def __init__(self, now: Callable[[], datetime] = now_utc) -> None:
        self.now = now
        self._stage = (0, "")
        self._gone = 0
        """What had run of the stage when it was read last."""

    def tick(self, clock: Clock) -> str:
        """What is to be said now; empty most of the time.

        Whoever comes late, or to a stage whose time was changed, is told nothing of what is past.
        """
        now = self.now()
        gone, stage = ran(clock, now), (clock.turn, clock.stage)
        said = ""
        if stage == self._stage and clock.since:
            said = warned(clock, self._gone, gone)
        self._stage, self._gone = stage, gone
        return said


def read_now(clock: Clock, now: datetime | None = None) -> Reading | None:
    """What the clock shows; None where none runs."""
    return read_clock(clock, now or now_utc()) if clock.stage else None


def left_words(clock: Clock, now: datetime | None = None) -> str:
    """The time left as it stands at the top of every screen; empty where there is no limit."""
    reading = read_now(clock, now)
    if reading is None or reading.state == "none":
        return ""
    return f"{reading.digits}, {SOON}" if clock.waits else reading.words


def room_words(clock: Clock, now: datetime | None = None) -> str:
    """How long a stage without a limit has lasted, for control; the time left stands above."""
    reading = read_now(clock, now)
    return reading.words if reading is not None and reading.state == "none" else ""
