"""Choosing one line out of some, on a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Sheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import plain


class PickSheet(Sheet):
    """A title and lines; what is chosen goes to `take`."""

    KEY = "pick"
    BINDINGS = bindings_of(KEY)

    def __init__(
        self, title: str, lines: Sequence[Line], take: Callable[[Any], None], empty: str = ""
    ) -> None:
        super().__init__()
        self.words = title
        self.lines = lines
        self.take = take
        self.empty = empty

    def body(self) -> Iterator[Widget]:
        """Title and lines."""
        yield Static(plain(self.words), classes="title", markup=False)
        yield Lines(id="picks", loose=True, classes="air", empty=self.empty)

    def on_resize(self) -> None:
        """Another size leaves other room."""
        self._lay()

    def _lay(self) -> None:
        """Air between the lines where all of them fit with it."""
        lines = self.query_one(Lines)
        rows = self.room_for(lines, above=2)
        loose = sum(2 + bool(line.note) for line in self.lines) <= rows + 1
        lines.loosen(loose)

    def on_mount(self) -> None:
        """Show them."""
        lines = self.query_one(Lines)
        self._lay()
        lines.show(self.lines)
        lines.focus()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Close, and hand it over."""
        self.studio.pop_screen()
        self.take(event.line.data)
