"""The end: the outcome, which objectives were met, where things stand, and the digest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs
from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.screens.said import gauge_lines
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import counted, plain

if TYPE_CHECKING:
    from exercise.desk import Ending
    from exercise.tui.course import Course


class OverScreen(Page):
    """How it ended."""

    KEY = "over"
    BINDINGS = bindings_of(KEY)

    def __init__(self, course: Course) -> None:
        super().__init__()
        self.course = course

    def body(self) -> Iterator[Widget]:
        """Outcome above, the rest as one list."""
        yield Static(id="outcome", classes="title air", markup=False)
        yield Static(id="outcome-says", classes="line", markup=False)
        yield Lines(id="ending", classes="air large")

    def on_mount(self) -> None:
        """Tell it."""
        desk = self.course.desk
        view = desk.view()
        self.mark(view, desk.standing())
        ending = desk.ending()
        if ending is None:
            return
        if len(self.course.seats) == 1:  # who plays alone has nobody to keep a secret from
            control = self.course.control.ending()
            ending = attrs.evolve(ending, digest=control.digest if control else "")
        outcome = plain(ending.outcome)
        self.query_one("#outcome", Static).update(outcome[:1].upper() + outcome[1:])
        says = plain(ending.says) or f"After {counted(ending.turns, 'turn')}."
        self.query_one("#outcome-says", Static).update(says)
        lines = self.query_one(Lines)
        stand = gauge_lines(view)
        lines.show([
            *aim_lines(ending),
            *([Line("Where things stand", heading=True), *stand] if stand else []),
            Line(lasted(ending, " · "), heading=True),
        ])  # fmt: skip
        lines.focus()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Ask why, or say more."""
        line = event.line
        if line.ask:
            self.ask(self.course.desk, line.ask, line.turn)
        elif line.note:
            self.studio.tell(line.note, quiet=True)

    def action_replay(self) -> None:
        """Go through the turns again."""
        from exercise.tui.screens.replay import ReplayScreen

        self.studio.push_screen(ReplayScreen(self.course, self.course.eyes))

    def action_leave(self) -> None:
        """Close."""
        self.studio.leave(self.course)


def aim_lines(ending: Ending) -> Iterator[Line]:
    """The objectives, met or not, in words and by sign."""
    if ending.aims:
        yield Line("Objectives", heading=True)
    for aim in ending.aims:
        yield Line(
            aim.title, sign="✓" if aim.met else "–", sign_style="$own" if aim.met else "$dim",
            right="met" if aim.met else "not met", note=aim.says,
        )  # fmt: skip


def lasted(ending: Ending, between: str) -> str:
    """How long it lasted, and to whom may know everything the name of this course of events."""
    digest = f"{between}digest {ending.digest}" if ending.digest else ""
    return f"{counted(ending.turns, 'turn')}{digest}"


def summary(scenario: str, ending: Ending) -> str:
    """The end in a few lines, for a terminal without screens."""
    lines = [f"{plain(scenario)}: {plain(ending.outcome)}"]
    if ending.says:
        lines.append(plain(ending.says))
    lines += [f"  {'met    ' if aim.met else 'not met'}  {plain(aim.title)}" for aim in ending.aims]
    lines.append(lasted(ending, ", "))
    return "\n".join(lines)
