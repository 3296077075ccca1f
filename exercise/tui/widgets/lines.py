"""A list of lines where Enter does the obvious thing: ask why, open, choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from exercise.tui.words import plain, shortened, wrapped


@dataclass(frozen=True)
class Line:
    """One line of a list: a sign, words that wrap beside it, a note beneath, words at the right.

    `ask` is the cell it states something about, `turn` the turn it is asked of (now if None);
    `data` is whatever the screen wants back. Styles are names of theme colours.
    """

    text: str
    sign: str = ""
    note: str = ""
    right: str = ""
    style: str = ""
    sign_style: str = "$bright"
    right_style: str = "$dim"
    ask: str = ""
    turn: int | None = None
    data: Any = None
    heading: bool = False
    indent: int = 0
    wide: int = 0
    """Cells the sign takes at least, so that words beneath one another line up."""
    most: int = 0
    """At most this many lines of words; 0 for all."""
    tight: bool = False
    """Keeps close to the line before, in a list with air between its lines."""


class Lines(OptionList, inherit_bindings=False):
    """Lines, one of them chosen; hanging indents, no markup, and a plain word where it is empty."""

    BINDINGS = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("enter", "select", show=False),
    ]

    class Chosen(Message):
        """Enter was pressed on a line."""

        def __init__(self, lines: Lines, line: Line) -> None:
            super().__init__()
            self.lines = lines
            self.line = line

        @property
        def control(self) -> Lines:
            """The list it happened in."""
            return self.lines

    def __init__(
        self,
        id: str | None = None,  # noqa: A002 - Textual's own word for it
        *,
        empty: str = "",
        loose: bool = False,
        classes: str = "",
    ) -> None:
        super().__init__(id=id, markup=False, classes=classes)
        self._shown: Sequence[Line] = ()
        self._drawn = (0, -1)
        self._empty = empty
        self._loose = loose

    def show(self, lines: Iterable[Line], keep: bool = True) -> None:
        """Put these lines in place of what is there; `keep` keeps the place of the cursor."""
        at = self.place if keep else None
        self._shown = tuple(lines)
        self._draw(at)

    def loosen(self, loose: bool) -> None:
        """Have air between the lines, or none."""
        if loose != self._loose:
            self._loose = loose
            self._draw(self.place)

    @property
    def place(self) -> int | None:
        """The number of the line under the cursor."""
        if self.highlighted is None:
            return None
        found = self.get_option_at_index(self.highlighted).id
        return int(found) if found is not None else None

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self._shown[self.place] if self.place is not None else None

    @property
    def shown(self) -> Sequence[Line]:
        """All lines."""
        return self._shown

    def go(self, place: int) -> None:
        """Put the cursor on a line."""
        for index in range(self.option_count):
            if self.get_option_at_index(index).id == str(place):
                self.highlighted = index
                return

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew where the width has changed."""
        if self._drawn[0] != self._room:
            self._draw(self.place)

    def on_focus(self) -> None:
        """Something is chosen as soon as one comes here."""
        if self.highlighted is None:
            self.action_first()

    @property
    def _room(self) -> int:
        # The scrollbar's column is always kept, so that nothing rewraps when it comes.
        # Before the first layout there is no width yet: the screen's is nearer than none.
        return max((self.size.width or self.app.size.width) - 3, 8)

    def _draw(self, at: int | None) -> None:
        # Before there is a width nothing is wrapped: it will be as soon as there is one.
        laid_out = self.size.width > 0
        self._drawn = (self._room if laid_out else 0, len(self._shown))
        options: list[Option] = []
        for number, line in enumerate(self._shown):
            loose = self._loose and not line.tight and not self._shown[number - 1].heading
            if options and (line.heading or loose):
                options.append(Option("", disabled=True))
            asleep = line.heading
            words = drawn(line, self._room) if laid_out else Content(plain(line.text))
            options.append(Option(words, id=str(number), disabled=asleep))
        if not options and self._empty:
            nothing = "\n".join(wrapped(self._empty, self._room))
            options.append(Option(Content.styled(nothing, "$dim"), disabled=True))
        self.clear_options()
        self.add_options(options)
        if at is not None and self._shown:
            self.go(min(at, len(self._shown) - 1))
        elif self.has_focus and self._shown:
            self.action_first()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which line it was."""
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Chosen(self, self._shown[int(event.option_id)]))


def drawn(line: Line, width: int) -> Content:
    """A line as content, `width` cells wide: words hang beside the sign, the note beneath."""
    sign = plain(line.sign)
    sign += " " * (line.wide - cell_len(sign))
    lead = " " * line.indent
    gap = len(lead) + (cell_len(sign) + 1 if sign else 0)
    right = plain(line.right)
    room = width - gap - (cell_len(right) + 2 if right else 0)
    if room < 12 and right:
        right, room = shortened(right, 8), width - gap - 10
    words = wrapped(plain(line.text, lines=True), room, line.most)
    style = line.style or ("$dim bold" if line.heading else "")
    parts: list[tuple[str, str]] = []
    for number, text in enumerate(words):
        first = f"{lead}{sign} " if sign and number == 0 else " " * gap
        parts.append((first, line.sign_style))
        parts.append((text, style))
        if number == 0 and right:
            fill = width - gap - cell_len(text) - cell_len(right)
            parts.append((" " * max(fill, 1) + right, line.right_style))
        parts.append(("\n", ""))
    if line.note:
        for text in wrapped(plain(line.note, lines=True), width - gap):
            parts.append((" " * gap + text + "\n", "$dim"))
    return Content.assemble(*parts[:-1], (parts[-1][0].rstrip("\n"), parts[-1][1]))
