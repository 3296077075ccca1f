"""Looking back: what was published, turn by turn, through anyone's eyes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.spoken import STATES
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.screens.results import turn_lines
from exercise.tui.screens.said import gauge_lines, head_of
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.widgets.map import MapView
from exercise.tui.words import plain

if TYPE_CHECKING:
    from exercise.desk import Desk
    from exercise.view import View


class Shelf(Protocol):
    """Whatever can be looked back on: a game that has been played, or a save."""

    def desk_of(self, seat: str) -> Desk:
        """A seat's desk, or control's."""
        ...

    def title(self, seat: str) -> str:
        """What a seat is called."""
        ...


class ReplayScreen(Page):
    """One turn at a time; left and right go through them."""

    KEY = "replay"
    BINDINGS = bindings_of(KEY)

    def __init__(self, shelf: Shelf, seats: Sequence[str] = ()) -> None:
        super().__init__()
        self.shelf = shelf
        standing = shelf.desk_of(seats[0] if seats else "control").standing()
        self.seats = tuple(seats) or ("control", *standing.titles)
        self.seat = self.seats[0]
        self.last = standing.turn if standing.stage == "over" else standing.turn - 1
        self.turn = min(1, self.last)

    @property
    def desk(self) -> Desk:
        """Whose eyes it is seen through."""
        return self.shelf.desk_of(self.seat)

    def body(self) -> Iterator[Widget]:
        """Title, map and sentences, the timeline."""
        yield Static(id="watch-title", classes="title air", markup=False)
        with Container(id="watch-panes", classes="air"):
            yield MapView("watch-map")
            with Vertical(id="watch-side"):
                yield Lines(id="story", empty="Nothing that this seat may know of changed.")
        yield Static(id="watch-state", classes="quiet", markup=False)

    def on_mount(self) -> None:
        """Begin with the first turn."""
        self._show()
        self.query_one("#story").focus()

    def _show(self) -> None:
        view = self.desk.view(self.turn)
        self.mark(view, self.desk.standing(), "Looking back")
        where = " · ".join(p for p in (plain(view.day), plain(view.phase)) if p)
        when = f"Turn {self.turn} of {view.turns}   {where}" if self.turn else "The opening"
        self.query_one("#watch-title", Static).update(when)
        self.query_one("#story", Lines).show(list(self._lines(view)), keep=False)
        self.query_one("#story", Lines).action_first()
        self.query_one(MapView).show(view.map)
        marks = "".join("◉" if n == self.turn else "○" for n in range(self.last + 1))
        seen = "control, who sees all" if self.seat == "control" else self.shelf.title(self.seat)
        words = [(f"{marks}   ", "$own"), (f"seen as {plain(seen)}", "$dim")]
        self.query_one("#watch-state", Static).update(Content.assemble(*words))

    def _lines(self, view: View) -> Iterator[Line]:
        came = turn_lines(view, self.turn)
        if came or view.gauges:
            yield Line("What came of it", heading=True)
            yield from came
        news = [message for message in view.inbox if message.turn == self.turn]
        if news:
            yield Line("What came in", heading=True)
            for m in news:
                yield Line(head_of(m), note=m.sender, sign="●", sign_style="$own", data=m, most=2)
        texts = [text for text in view.texts if text.state != "not tabled"]
        if texts:
            yield Line("Before the councils", heading=True)
            for text in texts:
                yield Line(f"“{text.title}”", right=STATES[text.state], ask=text.strength.cell,
                           turn=self.turn)  # fmt: skip
        if view.gauges:
            yield Line("Where things stood", heading=True)
            yield from gauge_lines(view, self.turn)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Ask why, or read."""
        line = event.line
        if line.data is not None:
            from exercise.tui.screens.inbox import LetterSheet

            self.studio.push_screen(LetterSheet(self.desk, line.data, answers=False))
        else:
            self.ask(self.desk, line.ask, self.turn)

    def action_earlier(self) -> None:
        """The turn before."""
        self._to(self.turn - 1)

    def action_later(self) -> None:
        """The turn after."""
        self._to(self.turn + 1)

    def _to(self, turn: int) -> None:
        if 0 <= turn <= self.last:
            self.turn = turn
            self._show()
        else:
            self.studio.tell("There is no such turn to look at.", quiet=True)

    def action_through(self) -> None:
        """The same through the next seat's eyes."""
        if len(self.seats) == 1:
            self.studio.tell("You look back through your own seat's eyes alone.", quiet=True)
            return
        self.seat = self.seats[(self.seats.index(self.seat) + 1) % len(self.seats)]
        self._show()
