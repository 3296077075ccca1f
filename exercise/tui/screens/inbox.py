"""What has come in, read one by one, and words written to other seats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page, Sheet
from exercise.tui.screens.said import inbox_lines
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import TYPED, plain

if TYPE_CHECKING:
    from exercise.desk import Desk
    from exercise.record import Message


class InboxScreen(Page):
    """All messages, the latest first."""

    KEY = "inbox"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk, read: set[tuple[str, str]]) -> None:
        super().__init__()
        self.desk = desk
        self.read = read

    def body(self) -> Iterator[Widget]:
        """The list."""
        yield Static("Inbox", classes="title air", markup=False)
        yield Lines(id="letters", classes="air", loose=True, empty="Nothing has come in.")

    def on_mount(self) -> None:
        """Show them."""
        self.renew()
        self.query_one(Lines).focus()

    def on_screen_resume(self) -> None:
        """What was read is no longer marked."""
        if self.is_mounted:
            self.renew()

    def renew(self) -> None:
        """Show what has come in by now."""
        view = self.desk.view()
        self.mark(view, self.desk.standing())
        self.query_one(Lines).show(inbox_lines(view, self.desk.seat, self.read))

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Read it."""
        message: Message = event.line.data
        self.read.add((self.desk.seat, message.name))
        self.tried(lambda: self.desk.mark(message.name, "opened"))
        self.studio.push_screen(LetterSheet(self.desk, message))

    def action_write(self) -> None:
        """Write to somebody."""
        self.studio.push_screen(WriteSheet(self.desk))


class LetterSheet(Sheet):
    """One message."""

    KEY = "letter"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk, message: Message) -> None:
        super().__init__()
        self.desk = desk
        self.message = message

    def body(self) -> Iterator[Widget]:
        """From whom, what about, the words."""
        message = self.message
        how = f"{plain(message.sender)} · {plain(message.method)} · turn {message.turn}"
        yield Static(plain(message.title) or "Without a title", classes="title", markup=False)
        yield Static(how, classes="quiet", markup=False)
        with VerticalScroll(id="letter", classes="air"):
            yield Static(plain(message.text, lines=True), classes="line", markup=False)

    def on_mount(self) -> None:
        """The words can be scrolled."""
        self.query_one("#letter").focus()

    def action_acknowledge(self) -> None:
        """Tell control that it has been taken note of."""
        self.tried(lambda: self.desk.mark(self.message.name, "acknowledged"))
        self.studio.pop_screen()

    def action_reply(self) -> None:
        """Answer."""
        to = self.message.sender
        title = self.message.title
        self.studio.pop_screen()
        self.studio.push_screen(WriteSheet(self.desk, to, f"Re: {title.removeprefix('Re: ')}",
                                          self.message.name))  # fmt: skip


class WriteSheet(Sheet):
    """To whom, about what, the words."""

    KEY = "write"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk, to: str = "", title: str = "", answers: str = "") -> None:
        super().__init__()
        self.answers = answers
        self.desk = desk
        self.to = to
        self.about = title

    def body(self) -> Iterator[Widget]:
        """The parts of a message."""
        yield Static("To", classes="heading", markup=False)
        yield Lines(id="to")
        yield Static("About", classes="heading air", markup=False)
        yield Input(plain(self.about), id="about", max_length=200, restrict=TYPED)
        yield Static("Words", classes="heading air", markup=False)
        yield TextArea(id="words")

    def on_mount(self) -> None:
        """Everybody who has a seat, control, and all."""
        standing = self.desk.standing()
        titles = {"control": "Control", **standing.titles, "all": "Everybody"}
        titles.pop(self.desk.seat, None)
        lines = self.query_one("#to", Lines)
        lines.show([Line(title, data=seat) for seat, title in titles.items()])
        lines.styles.max_height = 6
        names = list(titles)
        if self.to in names or self.to in titles.values():
            seat = self.to if self.to in names else list(titles.values()).index(self.to)
            lines.go(names.index(seat) if isinstance(seat, str) else seat)
            self.query_one("#about", Input).focus()
        else:
            lines.go(0)
            lines.focus()
        self.query_one(TextArea).styles.height = 6

    def on_lines_chosen(self) -> None:
        """On to the title."""
        self.query_one("#about", Input).focus()

    def on_input_submitted(self) -> None:
        """On to the words."""
        self.query_one(TextArea).focus()

    def action_confirm(self) -> None:
        """Send it."""
        line = self.query_one("#to", Lines).line
        title, words = self.query_one("#about", Input).value, self.query_one(TextArea).text
        if line is None or not (title.strip() or words.strip()):
            self.studio.tell("There is nothing to send yet.", "write a line, then Ctrl+S")
            return
        self.tried(lambda: self.desk.say((str(line.data),), title.strip(), words.strip()))
        if self.answers:
            self.tried(lambda: self.desk.mark(self.answers, "answered"))
        self.studio.pop_screen()
        self.studio.tell("Sent.", quiet=True)
