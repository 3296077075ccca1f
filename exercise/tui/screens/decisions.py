"""All decisions by system: what each does and costs, whether it is allowed now, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget
from textual.widgets import Input, Static

from exercise.orders import Refusal
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.screens.form import FormSheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import TYPED, counted

if TYPE_CHECKING:
    from exercise.desk import Choice, Desk


class DecisionsScreen(Page):
    """Type to narrow; Enter opens a form."""

    KEY = "decisions"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.version = -1
        self.choices: list[Choice] = []

    def body(self) -> Iterator[Widget]:
        """The filter above, the list below."""
        yield Static("All decisions", classes="title air", markup=False)
        yield Input(
            placeholder="type to narrow, or write an order and press Enter",
            id="filter",
            restrict=TYPED,
            select_on_focus=False,
        )
        yield Lines(id="decisions", classes="air", empty="No decision has these words.")

    def on_mount(self) -> None:
        """All of them, those allowed now first in each system."""
        self.renew()
        self.query_one(Input).focus()

    def on_screen_resume(self) -> None:
        """What is allowed may have changed."""
        if self.is_mounted:
            self.renew()

    def renew(self) -> None:
        """Ask the desk again where anything has changed."""
        standing = self.desk.standing()
        if standing.version != self.version:
            self.version = standing.version
            self.mark(self.desk.view(), standing)
            self.choices = self.desk.choices()
            self._list()

    def _list(self) -> None:
        wanted = self.query_one(Input).value.lower().split()
        fitting = [c for c in self.choices if all(word in _words(c) for word in wanted)]
        lines = self.query_one(Lines)
        lines.show(_lines(fitting), keep=False)
        lines.go(_best(lines.shown, wanted))

    def on_input_changed(self) -> None:
        """Narrow the list."""
        self._list()

    def on_key(self, event: events.Key) -> None:
        """Arrows work in the list while one types in the filter."""
        lines = self.query_one(Lines)
        if self.query_one(Input).has_focus and event.key in ("down", "up"):
            event.stop()
            if event.key == "down":
                lines.focus()
        elif lines.has_focus and event.is_printable and event.character:
            filter_ = self.query_one(Input)
            filter_.focus()
            filter_.insert_text_at_cursor(event.character)
            event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """One decision left: its form. None: perhaps an order in words."""
        fitting = [line.data for line in self.query_one(Lines).shown if line.data is not None]
        if fitting:
            line = self.query_one(Lines).line
            self._open(line.data if line is not None and line.data is not None else fitting[0])
        elif event.value.strip():
            given = self.tried(lambda: self.desk.draft(event.value))
            if isinstance(given, Refusal):
                self.studio.tell(given.reason, given.remedy)
            elif given is not None:
                self.query_one(Input).value = ""
                self.studio.tell("On your draft.", quiet=True)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Its form, or why it is not allowed."""
        self._open(event.line.data)

    def _open(self, choice: Choice) -> None:
        if choice.refusal:
            self.studio.tell(f"Not now: {choice.refusal}")
        else:
            self.studio.push_screen(FormSheet(self.desk, choice))


def _best(lines: Sequence[Line], wanted: list[str]) -> int:
    """The line to begin at: the first that is allowed, one that says the words typed before all."""
    ranked = [
        (bool(line.data.refusal), not all(w in line.data.says.lower() for w in wanted), place)
        for place, line in enumerate(lines)
        if line.data is not None
    ]
    return min(ranked)[2] if ranked else 0


def _words(choice: Choice) -> str:
    return f"{choice.name} {choice.says} {choice.consequence}".lower()


def _lines(choices: list[Choice]) -> Iterator[Line]:
    modules = dict.fromkeys(choice.module for choice in choices)
    for module in modules:
        yield Line(module.replace("-", " ").capitalize(), heading=True)
        mine = [choice for choice in choices if choice.module == module]
        for choice in sorted(mine, key=lambda c: bool(c.refusal)):
            if choice.refusal:
                yield Line(
                    choice.says, sign="–", sign_style="$dim", style="$dim",
                    note=f"not now: {choice.refusal}", data=choice,
                )  # fmt: skip
            else:
                count = len(choice.targets)
                ways = f" · {counted(count, 'choice')}" if count > 1 else ""
                yield Line(
                    choice.says, sign="›", sign_style="$own", right=f"{choice.cost}{ways}",
                    data=choice,
                )  # fmt: skip
