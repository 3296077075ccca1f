"""Every exception raised on purpose.

A refusal that a player can act on is a value (`exercise.orders.Refusal`), not an exception.
What is raised here stops a command: each has a message that gives place, value and rule, and a
remedy, and is shown to people as plain lines without a traceback.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs


class ExerciseError(Exception):
    """Something the user can mend; `remedy` says how."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n  {self.remedy}" if self.remedy else self.message


class UsageError(ExerciseError):
    """The command was called in a way that cannot work."""


class DeclarationError(ExerciseError):
    """A rule module says something about itself that does not hold; found when assembled."""


class OutOfRangeError(ExerciseError):
    """A value left what the grid can represent."""


class SaveError(ExerciseError):
    """A save cannot be opened, read or written."""


class SaveInUseError(SaveError):
    """Another host has the save open."""


@attrs.frozen
class Fault:
    """One thing wrong with a scenario file: where, what, and what would mend it."""

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.file}:{self.line}:{self.column}: {self.code}: {self.message}"
        return f"{text}; {self.hint}" if self.hint else text


class ScenarioError(ExerciseError):
    """A scenario has faults; all of them, in file order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
