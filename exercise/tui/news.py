"""What is new in the council to whoever looks: marked until it has been seen.

A line has been seen once the cursor was on it, or its text was left. What somebody did himself is
nothing new to him.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import attrs

from exercise.tui.widgets.lines import Line

MARK = "● new"
SUM = "="
"""The sign of the line that counts brackets: it says nothing that a clause does not."""


def key_of(line: Line) -> str:
    """What a line is about, whatever it says of it now."""
    return f"{line.ask}|{line.data}|{'' if line.ask or line.data else line.text}|{line.heading}"


def said_by(line: Line) -> str:
    """What a line says, so that another saying is another line."""
    return f"{key_of(line)}|{line.text}|{line.note}"


@attrs.define(eq=False)
class News:
    """For one seat at one terminal: what it has read of each text, and what is new in it."""

    known: dict[str, set[str]] = attrs.field(factory=dict)
    new: dict[str, set[str]] = attrs.field(factory=dict)

    def come(self, text: str, lines: Iterable[Line], *, mine: bool = False) -> None:
        """Take note of a text's lines; those not known are new, unless they are one's own doing.

        What stands there when somebody looks for the first time is not new.
        """
        said = {said_by(line) for line in lines if not (line.heading or line.sign == SUM)}
        fresh = self.new.setdefault(text, set())
        fresh &= said
        if text in self.known and not mine:
            fresh |= said - self.known[text]
        self.known[text] = said

    def marked(self, text: str, lines: Sequence[Line]) -> list[Line]:
        """The lines, the new ones marked."""
        new = self.new.get(text, set())
        return [
            replace(line, right=MARK, right_style="$own")
            if said_by(line) in new and not line.heading
            else line
            for line in lines
        ]

    def seen(self, text: str, line: Line) -> None:
        """The cursor is on a line."""
        self.new.get(text, set()).discard(said_by(line))

    def left(self, text: str) -> None:
        """Somebody has looked at a text and goes elsewhere."""
        self.new.pop(text, None)
