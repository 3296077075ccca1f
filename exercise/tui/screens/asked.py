"""One question with a line to answer on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.widget import Widget
from textual.widgets import Input, Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Sheet
from exercise.tui.words import plain


class AskSheet(Sheet):
    """A question; `take` gets the answer and says what is wrong with it, or nothing."""

    KEY = "asked"
    BINDINGS = bindings_of(KEY)

    def __init__(
        self, title: str, prompt: str, take: Callable[[str], str], value: str = ""
    ) -> None:
        super().__init__()
        self.words = (title, prompt)
        self.take = take
        self.value = value

    def body(self) -> Iterator[Widget]:
        """The question, the line, what is wrong."""
        yield Static(plain(self.words[0]), classes="title", markup=False)
        yield Static(plain(self.words[1], lines=True), classes="quiet air", markup=False)
        yield Input(self.value, id="answer", max_length=500, classes="air")
        yield Static(id="asked-said", classes="line air", markup=False)

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one("#answer", Input).focus()

    def on_input_submitted(self) -> None:
        """Enter answers."""
        self.action_confirm()

    def action_confirm(self) -> None:
        """Hand it over."""
        answer = self.query_one("#answer", Input).value.strip()
        wrong = self.tried(lambda: self.take(answer))
        if wrong:
            self.query_one("#asked-said", Static).update(f"× {plain(wrong)}")
        elif wrong is not None:
            self.studio.pop_screen()


def whole(text: str) -> int | None:
    """A whole number as people type it; None where it is none of use."""
    told = text.strip().replace("−", "-")
    try:
        value = int(told)
    except ValueError:
        return None
    return value if abs(value) < 100_000 else None
