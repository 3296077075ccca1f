"""What every screen of a facilitator can do: the curtain, the stop; and control's sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page, Sheet
from exercise.tui.screens.compose import Compose
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import plain

if TYPE_CHECKING:
    from exercise.desk import ControlDesk, Desk
    from exercise.paper import Paper
    from exercise.tui.app import Studio
    from exercise.tui.room import Room


class RoomPage(Page):
    """A screen of the facilitator: covered with one key, stopped with one key."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room

    @property
    def control(self) -> ControlDesk:
        """Control's desk."""
        return self.room.control

    def head(self) -> None:
        """The banner, and where the exercise stands."""
        self.mark(self.control.view(), self.control.standing())

    def action_cover(self) -> None:
        """Cover the screen."""
        self.studio.push_screen(Covered(self.room))

    def action_stop(self) -> None:
        """Freeze everything now; ask afterwards."""
        stop(self.studio, self.room)


def stop(app: Studio, room: Room) -> None:
    """Freeze everything at once, and ask afterwards whether to end it."""
    if not room.over:
        frozen = room.control.standing().paused
        room.control.pause(True, True)
        app.push_screen(StoppedScreen(room, frozen))


class Covered(Page):
    """Nothing to be read here but the banner."""

    KEY = "covered"
    BINDINGS = bindings_of(KEY)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room

    def body(self) -> Iterator[Widget]:
        """A word, and the key."""
        with Vertical(id="centre"), Vertical(id="card"):
            parts = [("Slips are being entered\n\n", "$own bold"), ("F2", "$bright"),
                     ("  lifts the curtain", "$dim")]  # fmt: skip
            yield Static(Content.assemble(*parts), markup=False)

    def on_mount(self) -> None:
        """The banner is always there."""
        control = self.room.control
        self.mark(control.view(), control.standing())


class StoppedScreen(Page):
    """A real-world emergency: all is frozen, and one key ends it."""

    KEY = "stopped"
    BINDINGS = bindings_of(KEY)

    def __init__(self, room: Room, frozen: bool = False) -> None:
        super().__init__()
        self.room = room
        self.frozen = frozen
        """Whether it was frozen before, and stays so after a false alarm."""

    def body(self) -> Iterator[Widget]:
        """Large enough to be read from behind."""
        with Vertical(id="centre"), Vertical(id="card"):
            parts = [
                ("STOP   STOP   STOP\n\n", "$adversary bold"),
                ("This is no part of the exercise. Everything is frozen and kept;\n", "$bright"),
                ("every seat and the projector are told to stop.\n\n", "$bright"),
                ("Enter", "$bright"), ("  ends the exercise for good\n", "$foreground"),
                ("Esc", "$bright"), ("    was a false alarm: the exercise goes on", "$foreground"),
            ]  # fmt: skip
            yield Static(Content.assemble(*parts), markup=False)

    def on_mount(self) -> None:
        """The banner is always there."""
        control = self.room.control
        self.mark(control.view(), control.standing())

    def action_confirm(self) -> None:
        """End it."""
        from exercise.tui.screens.control import ControlScreen

        self.tried(lambda: self.room.control.end("stopped for a real-world emergency"))
        self.tried(self.room.wash)
        self.studio.stage(ControlScreen(self.room))

    def action_back(self) -> None:
        """A false alarm."""
        self.room.control.pause(self.frozen)
        self.studio.pop_screen()


class Question(Sheet):
    """A question before something is done; which key is yes, each kind says."""

    def __init__(self, title: str, text: str, then: Callable[[], None]) -> None:
        super().__init__()
        self.words = (title, text)
        self.then = then

    def body(self) -> Iterator[Widget]:
        """The question and what follows."""
        yield Static(plain(self.words[0]), classes="title", markup=False)
        yield Static(plain(self.words[1], lines=True), classes="line air", markup=False)

    def action_confirm(self) -> None:
        """Do it."""
        self.studio.pop_screen()
        self.then()


class SureSheet(Question):
    """A question; Enter or y does it."""

    KEY = "sure"
    BINDINGS = bindings_of(KEY)


class FirmSheet(Question):
    """A question whose yes is a key of its own: Enter, which one presses unawares, is none."""

    KEY = "firm"
    BINDINGS = bindings_of(KEY)


class SpeakSheet(Compose):
    """Words of anybody, to anybody."""

    KEY = "speak"
    BINDINGS = bindings_of(KEY)

    def __init__(self, room: Room) -> None:
        titles = {"all": "Everybody", "allies": "All allies", **room.control.standing().titles}
        super().__init__(
            "Speak as anybody: a seat, a minister, a newspaper",
            lambda w: room.control.talk.speak(w.sender or "Control", w.to, w.title, w.words),
            sender=("From", "Control"),
            to=titles,
            usual=("all",),
        )


class WashScreen(Page):
    """The hot wash, to be read here; Enter on a sentence asks why of what it rests on."""

    KEY = "wash"
    BINDINGS = bindings_of(KEY)

    def __init__(self, paper: Paper, desk: Desk, told: str = "") -> None:
        super().__init__()
        self.paper = paper
        self.desk = desk
        self.told = told

    def body(self) -> Iterator[Widget]:
        """The page, and where it was written."""
        yield Static(plain(self.paper.title), classes="title air", markup=False)
        if self.told:
            yield Static(plain(self.told), classes="quiet", markup=False)
        yield Lines(id="wash", classes="air")

    def on_mount(self) -> None:
        """Arrows go through it."""
        self.mark(self.desk.view(), self.desk.standing())
        lines = self.query_one("#wash", Lines)
        lines.show(paper_lines(self.paper))
        lines.focus()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Ask why; an order was given, not caused."""
        line = event.line
        if line.text.startswith("→"):
            self.studio.tell("Here the chain ends: it was decided, not caused.", quiet=True)
        else:
            self.ask(self.desk, line.ask, line.turn)


def paper_lines(paper: Paper) -> Iterator[Line]:
    """A document as lines; what a sentence rests on stands beneath it, and can be asked about."""
    from exercise.paper import Code, Heading, Items, Para

    turn: int | None = None
    for block in paper.blocks:
        if isinstance(block, Heading):
            yield Line(block.text, heading=True)
            number = block.text.split()[1] if block.text.startswith("Turn ") else ""
            turn = int(number) if number.isdigit() else None
        for pieces in (
            block.lines if isinstance(block, Items)
            else (block.pieces,) if isinstance(block, Para) else ()
        ):  # fmt: skip
            words = "".join(p if isinstance(p, str) else p.text for p in pieces
                            if not isinstance(p, Code))  # fmt: skip
            cell = next((p.text for p in pieces if isinstance(p, Code)), "")
            module = cell.partition("[")[0]
            yield Line(words.strip(), note=cell, turn=turn,
                       ask=cell if "." in module and " " not in module else "")  # fmt: skip
    if paper.foot:
        yield Line(paper.foot, heading=True)
