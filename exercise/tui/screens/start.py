"""The start screen: five ways in, and nothing else. Loads nothing of the engine."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.widgets.lines import Line, Lines

WAYS = (
    Line("Watch", right="1 min", note="A whole exercise by itself, all seats played by bots.",
         data="watch"),
    Line("Run a room", note="People around a table, one of them the facilitator.", data="room"),
    Line("Continue", note="Take up a save where it stands.", data="continue"),
    Line("Review", note="Look back on an exercise: what happened, and why.", data="review"),
    Line("Write a scenario", note="In a text editor, told at once what is wrong in it.",
         data="write"),
)  # fmt: skip


class StartScreen(Page):
    """What would you like to do?"""

    KEY = "start"
    BINDINGS = bindings_of(KEY)

    def body(self) -> Iterator[Widget]:
        """The name and the five ways."""
        with Vertical(id="centre"), Vertical(id="card"):
            words = [
                ("exercise\n", "$own bold"),
                ("crisis exercises and wargames of alliances", "$dim"),
            ]
            yield Static(Content.assemble(*words), classes="line", markup=False)
            yield Lines(id="ways", classes="air", loose=True)

    def on_mount(self) -> None:
        """Show them."""
        ways = self.query_one(Lines)
        ways.show(WAYS)
        ways.focus()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Go there."""
        self.studio.way(str(event.line.data))

    def action_leave(self) -> None:
        """Leave the program."""
        self.studio.exit()
