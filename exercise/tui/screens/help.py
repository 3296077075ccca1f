"""Help: the screen beneath in five lines, and its keys, from the one table."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import acts_of, bindings_of, talking
from exercise.tui.help_lines import HELP, HELP_TALK
from exercise.tui.screens.base import Sheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import plain


class HelpSheet(Sheet):
    """Five lines, then every key that works there."""

    KEY = "help"
    BINDINGS = bindings_of(KEY)

    def __init__(self, about: str, talk: bool = False) -> None:
        super().__init__()
        self.about = about
        self.talk = talk
        """Whether it is an exercise of words alone, in which some keys lead nowhere."""

    def body(self) -> Iterator[Widget]:
        """The lines and the keys."""
        yield Static("This screen", classes="title", markup=False)
        yield Lines(id="help-lines")

    def on_mount(self) -> None:
        """Fill in what the table says."""
        told = HELP_TALK.get(self.about) if self.talk else None
        words = [Line(text, sign="·", sign_style="$dim") for text in told or HELP[self.about]]
        keys = [
            Line(act.says, sign=act.shown_key, wide=9, sign_style="$own")
            for act in (talking(self.about) if self.talk else acts_of(self.about))
        ]
        lines = self.query_one(Lines)
        self.room_for(lines, above=1)
        lines.show([*words, Line("Keys", heading=True), *keys])
        lines.focus()

    def on_resize(self) -> None:
        """Another size leaves other room."""
        self.room_for(self.query_one(Lines), above=1)


class NoticeSheet(Sheet):
    """A plain word from the program: what is so, and what to do about it."""

    KEY = "notice"
    BINDINGS = bindings_of(KEY)

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.words = (title, text)

    def body(self) -> Iterator[Widget]:
        """Title and text."""
        yield Static(plain(self.words[0]), classes="title", markup=False)
        yield Static(plain(self.words[1], lines=True), classes="line air", markup=False)
