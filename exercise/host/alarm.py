"""Closes a stage by itself at the end of its grace, where control or the scenario chose that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from exercise.desk import ControlDesk
from exercise.errors import ExerciseError
from exercise.room.timing import due

AFTER = 0.05
"""Seconds after the end, so that the last second is over by any reading."""


class Alarm:
    """Set anew whenever something has changed; rings at most once for a stage."""

    def __init__(
        self, control: ControlDesk, rung: Callable[[], None], tell: Callable[[str], None]
    ) -> None:
        self._control = control
        self._rung = rung
        self._tell = tell
        self._handle: asyncio.TimerHandle | None = None

    def set(self) -> None:
        """Wait for the end of the stage under way, if it closes by itself."""
        self.stop()
        seconds = due(self._control.timing.clock(), datetime.now(UTC))
        if seconds is not None:
            loop = asyncio.get_running_loop()
            self._handle = loop.call_later(seconds + AFTER, self._ring)

    def stop(self) -> None:
        """Wait no longer."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _ring(self) -> None:
        """Close the stage, unless time was added meanwhile."""
        clock = self._control.timing.clock()
        if due(clock, datetime.now(UTC)) != 0.0:
            self.set()
            return
        self._control.timing.rang()
        try:
            if clock.stage == "council":
                self._control.close_council()
            else:
                self._control.resolve()
        except ExerciseError as error:
            self._tell(f"the stage could not close by itself: {error.message}")
        self._rung()
