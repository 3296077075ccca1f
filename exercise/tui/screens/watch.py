"""Watch: all seats are bots, turn after turn by itself, with pause, speed and step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from textual.containers import Container, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.screens.results import turn_lines
from exercise.tui.screens.said import first_text, text_lines
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.widgets.map import MapView
from exercise.tui.words import plain

if TYPE_CHECKING:
    from exercise.desk import Desk
    from exercise.tui.course import Course
    from exercise.view import View

Beat = Literal["brief", "council", "results"]
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
SECONDS: dict[str, float] = {"brief": 3.5, "council": 1.6, "results": 5.0}
"""How long each beat stays at single speed; five turns then take about a minute."""
INSTANT = 0.001


class WatchScreen(Page):
    """The map at the left; what happens now at the right, beat by beat."""

    KEY = "watch"
    BINDINGS = bindings_of(KEY)

    def __init__(self, course: Course, *, swift: bool = False) -> None:
        super().__init__()
        self.course = course
        self.swift = swift
        self.beat: Beat = "brief"
        self.turn = course.control.standing().turn
        self.running = True
        self.speed = 2
        self.seat = "control"
        self._timer: Timer | None = None

    @property
    def desk(self) -> Desk:
        """Whose eyes it is seen through."""
        return self.course.desk_of(self.seat)

    def body(self) -> Iterator[Widget]:
        """Map, story, and the state of the player below."""
        yield Static(id="watch-title", classes="title air", markup=False)
        with Container(id="watch-panes", classes="air"):
            yield MapView("watch-map")
            with Vertical(id="watch-side"):
                yield Static(id="watch-head", classes="heading", markup=False)
                yield Lines(id="story", classes="air", loose=True)
        yield Static(id="watch-state", classes="quiet", markup=False)

    def on_mount(self) -> None:
        """Begin."""
        self._show()
        self.query_one("#story").focus()
        self._wait()

    # the clock

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.running:
            seconds = INSTANT if self.swift else SECONDS[self.beat] / SPEEDS[self.speed]
            self._timer = self.set_timer(seconds, self._tick)

    def _tick(self) -> None:
        """One beat on, unless somebody reads a sheet over this screen."""
        if self.app.screen is self:
            self.advance()
        self._wait()

    def advance(self) -> None:
        """Play the next beat and show it."""
        control, standing = self.course.control, self.course.control.standing()
        if self.beat == "results":
            if self.course.over:
                self.running = False
                self.studio.finish_watch(self.course, swift=self.swift)
                return
            self.turn, self.beat = standing.turn, "brief"
        elif standing.stage == "council" and standing.round < standing.rounds:
            if self.beat == "council":
                control.go_round()
            self.beat = "council"
        else:
            self.turn = self.course.finish()
            self.beat = "results"
        self._show()

    # what it shows

    def _show(self) -> None:
        past = self.beat == "results"
        view = self.desk.view(self.turn if past else None)
        standing = self.course.control.standing()
        self.mark(view, standing, "Results" if past else "")
        title, head, lines = self._story(view)
        self.query_one("#watch-title", Static).update(title)
        self.query_one("#watch-head", Static).update(head)
        story = self.query_one("#story", Lines)
        story.show(lines, keep=False)
        story.scroll_home(animate=False)
        if story.has_focus:
            story.action_first()
        self.query_one(MapView).show(view.map)
        self._state(view)

    def _story(self, view: View) -> tuple[str, str, list[Line]]:
        """The title, the heading of the story, and its lines."""
        where = " · ".join(p for p in (plain(view.day), plain(view.phase)) if p)
        title = f"Turn {self.turn} of {view.turns}   {where}"
        if self.beat == "results":
            lines = turn_lines(view, self.turn)
            return title, "What came of it", lines or [Line("A quiet turn.", style="$dim")]
        news = [message for message in view.inbox if message.turn == self.turn]
        if self.beat == "brief":
            lines = [
                Line(m.title, note=f"{m.sender}\n{m.text}", sign="●", sign_style="$own", data=m)
                for m in news
            ]
            return title, "What came in", lines or [Line("Nothing came in.", style="$dim")]
        text = first_text(view)
        if text is None or text.state == "not tabled":
            return title, "The council", [Line("Nothing is before the council.", style="$dim")]
        lines = text_lines(text)
        lines += [Line(s.text, ask=s.cell, sign="·", sign_style="$dim") for s in text.stances[:8]]
        return title, f"Before the {plain(text.forum_title)}", lines

    def _state(self, view: View) -> None:
        speed = SPEEDS[self.speed]
        sign, word = ("▶", "playing") if self.running else ("‖", "stopped; → goes one step")
        done = "●" * self.turn + "○" * max(view.turns - self.turn, 0)
        seen = "control, who sees all" if self.seat == "control" else self.course.title(self.seat)
        words = [(f"{sign} ", "$own"), (f"{word}   {speed:g}×   ", "$foreground"),
                 (f"{done}   ", "$own"), (f"seen as {plain(seen)}", "$dim")]  # fmt: skip
        self.query_one("#watch-state", Static).update(Content.assemble(*words))

    # what can be done

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Ask why; what moves is stopped first, so that one can read."""
        self._stop()
        line = event.line
        if line.data is not None and hasattr(line.data, "sender"):
            from exercise.tui.screens.inbox import LetterSheet

            self.studio.push_screen(LetterSheet(self.desk, line.data, answers=False))
        else:
            self.ask(self.desk, line.ask, line.turn)

    def _stop(self) -> None:
        self.running = False
        self._wait()
        self._state(self.desk.view())

    def action_pause(self) -> None:
        """Stop, or go on."""
        self.running = not self.running
        self._wait()
        self._state(self.desk.view())

    def action_step(self) -> None:
        """One beat, then stand still."""
        self.running = False
        self._wait()
        self.advance()

    def action_faster(self) -> None:
        """Twice as fast."""
        self._at(self.speed + 1)

    def action_slower(self) -> None:
        """Half as fast."""
        self._at(self.speed - 1)

    def _at(self, speed: int) -> None:
        self.speed = min(max(speed, 0), len(SPEEDS) - 1)
        self._wait()
        self._state(self.desk.view())

    def action_through(self) -> None:
        """The same through the next seat's eyes."""
        seats = ["control", *self.course.control.standing().titles]
        self.seat = seats[(seats.index(self.seat) + 1) % len(seats)]
        self._show()

    def action_back(self) -> None:
        """Leave."""
        self.running = False
        self._wait()
        self.studio.leave(self.course)
