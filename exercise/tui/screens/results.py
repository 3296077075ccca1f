"""What came of a turn, as sentences; and all changes, as sentences too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.screens.said import change_lines, gauge_lines
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import plain

if TYPE_CHECKING:
    from exercise.desk import Desk
    from exercise.view import View

MOST = 8


class ResultsScreen(Page):
    """A published turn in at most eight sentences, each askable."""

    KEY = "results"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk, turn: int, then: Callable[[], None]) -> None:
        super().__init__()
        self.desk = desk
        self.turn = turn
        self.then = then

    def body(self) -> Iterator[Widget]:
        """Title, sentences, what to do next."""
        yield Static(id="results-title", classes="title air", markup=False)
        yield Static(id="results-when", classes="quiet", markup=False)
        yield Lines(id="results", classes="air large", loose=True,
                    empty="Nothing that you may know of has changed.")  # fmt: skip

    def on_mount(self) -> None:
        """Tell it."""
        view = self.desk.view(self.turn)
        self.mark(view, self.desk.standing(), "Results")
        self.query_one("#results-title", Static).update(f"What came of turn {self.turn}")
        self.query_one("#results-when", Static).update(
            " · ".join(plain(part) for part in (view.day, view.phase) if part)
        )
        lines = self.query_one(Lines)
        lines.show(turn_lines(view, self.turn))
        lines.focus()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Ask why."""
        self.ask(self.desk, event.line.ask, event.line.turn)

    def action_go_on(self) -> None:
        """On to the next turn."""
        self.then()

    def action_back(self) -> None:
        """On to the next turn."""
        self.then()


def turn_lines(view: View, turn: int, most: int = MOST) -> list[Line]:
    """The sentences of a turn, what matters most first."""
    return change_lines(view.changed[:most], view.numbers, turn)


class ChangesScreen(Page):
    """All that changed, and where things stand."""

    KEY = "changes"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk, turn: int | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.turn = turn

    def body(self) -> Iterator[Widget]:
        """One long list."""
        yield Static("All that changed", classes="title air", markup=False)
        yield Lines(id="changes", classes="air", empty="Nothing has changed yet.")

    def on_mount(self) -> None:
        """Fill it."""
        view = self.desk.view(self.turn)
        self.mark(view, self.desk.standing())
        lines = self.query_one(Lines)
        stand = gauge_lines(view, self.turn)
        lines.show([
            *change_lines(view.changed, view.numbers, self.turn),
            *([Line("Where things stand", heading=True), *stand] if stand else []),
        ])  # fmt: skip
        lines.focus()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Ask why."""
        self.ask(self.desk, event.line.ask, event.line.turn)
