"""What everybody in the room may know, in type that is read from the back of it.

All of it is the public's view: in a discussion the questions that are put to everybody, and the
texts before the council only where control has laid them open. It keeps up by itself: nobody sits
at it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import STAGES, Page, Sheet
from exercise.tui.screens.board import (
    chosen_text,
    headlines,
    open_questions,
    question_lines,
    sealed_words,
    text_lines,
)
from exercise.tui.ticking import AWAY, SOON, Wall, now_utc, read_now
from exercise.tui.widgets.figures import Figures, fitting
from exercise.tui.widgets.frame import Banner, Rule
from exercise.tui.widgets.lines import Lines
from exercise.tui.widgets.map import MapView
from exercise.tui.words import plain

if TYPE_CHECKING:
    from exercise.desk import LocalDesk, Standing
    from exercise.room.timing import Clock, Reading
    from exercise.tui.room import Room
    from exercise.view import View

INKS = {"none": "$bright", "runs": "$bright", "grace": "$own", "over": "$adversary"}
SAYS = {"none": "", "runs": "time left", "grace": "grace", "over": "overtime"}
HOUR = 14
"""Cells that the time of day takes, beneath, where nobody takes it for the time left."""
SHARE = 0.27
"""Of the height, what figures may take."""
TALL = 34
"""Rows from which there is room for a map beneath a text."""


class ProjectorScreen(Page):
    """One screen for the whole room."""

    KEY = "projector"
    BINDINGS = bindings_of(KEY)
    AUTO_FOCUS = ""
    CSS = """
    #board-head { height: auto; padding: 0 2; margin-top: 1; }
    #board-where { width: 1fr; height: auto; }
    #board-wall { width: auto; height: auto; color: $foreground; }
    #board-figures { height: auto; padding: 0 2; margin: 1 0; }
    #board-gap { width: 1fr; height: 1; }
    #board-main { height: 1fr; padding: 0 1; }
    #board-left { width: 3fr; height: 1fr; }
    #board-text { height: auto; display: none; margin-bottom: 1; }
    #board-news { width: 2fr; height: 1fr; }
    #board-main Lines { scrollbar-size-vertical: 0; }
    #board-foot { height: auto; padding: 0 2; }
    #board-seats { width: 1fr; height: auto; max-height: 3; }
    #board-hour { width: auto; height: 1; margin-left: 2; color: $dim; }
    ProjectorScreen.-council #board-text { display: block; }
    ProjectorScreen.-council.-narrow #board-main { layout: vertical; }
    ProjectorScreen.-council.-narrow #board-left { width: 1fr; }
    ProjectorScreen.-council.-narrow #board-text { max-height: 100%; margin: 0; }
    ProjectorScreen.-council #board-map { display: none; }
    ProjectorScreen.-council.-tall #board-map { display: block; }
    ProjectorScreen.-council #board-text { max-height: 100%; }
    ProjectorScreen.-council.-tall #board-text { max-height: 70%; }
    ProjectorScreen.-council.-narrow #board-map { display: none; }
    ProjectorScreen.-council.-narrow #board-news { width: 1fr; height: 1; }
    """

    def __init__(self, desk: LocalDesk) -> None:
        super().__init__()
        self.desk = desk
        self.version = -1
        self.wall = Wall()

    def compose(self) -> ComposeResult:
        """The banner and the board: no keys below, nobody types here."""
        yield Banner(classes="-still")
        yield from self.body()

    def body(self) -> Iterator[Widget]:
        """Where the exercise stands, the day and the clock, map or text, headlines, who sealed."""
        with Horizontal(id="board-head"):
            yield Static(id="board-where", markup=False)
            yield Static(id="board-wall", markup=False)
        with Horizontal(id="board-figures"):
            yield Figures(id="board-day")
            yield Static(id="board-gap", markup=False)
            yield Figures(id="board-clock")
        with Horizontal(id="board-main"):
            with Vertical(id="board-left"):
                yield Lines("board-text")
                yield MapView("board-map")
            yield Lines("board-news", loose=True)
        yield Rule()
        with Horizontal(id="board-foot"):
            yield Static(id="board-seats", markup=False)
            yield Static(id="board-hour", markup=False)

    def on_mount(self) -> None:
        """Show it; the clock counts on."""
        for lines in self.query(Lines):
            lines.can_focus = False
        self.renew()

    def on_screen_resume(self) -> None:
        """It may have been covered by help."""
        self.version = -1
        self.renew()

    def on_resize(self) -> None:
        """Figures are as large as there is room for."""
        self.call_after_refresh(self._again)

    def _again(self) -> None:
        self.version = -1
        self.renew()

    # what it shows

    def renew(self) -> None:
        """Show how things stand, if anything has changed."""
        standing = self.desk.standing()
        if standing.version == self.version or not self.is_mounted:
            return
        self.version = standing.version
        view = self.desk.view()
        banner = self.query_one(Banner)
        banner.banner, banner.scenario, banner.standing = view.banner, "", ""
        self._where(view, standing)
        self._main(view, standing)
        seats = self.query_one("#board-seats", Static)
        seats.update(sealed_words(standing, self.size.width - 6 - HOUR))
        self.ticked()

    def _where(self, view: View, standing: Standing) -> None:
        stage = STAGES[standing.stage]
        if not standing.decides and standing.stage in ("council", "orders"):
            stage = "Discussion"
        turn = f"Turn {max(standing.turn, 1)} of {view.turns}"
        told = [
            turn,
            stage,
            view.phase,
            "STOP" if standing.stopped else "FROZEN" if standing.paused else "",
        ]
        words = "   ".join(part for part in told if part)
        self.query_one("#board-where", Static).update(
            Content.assemble((plain(view.scenario).upper(), "$bright bold"), "\n",
                             (words, "$own bold"))
        )  # fmt: skip
        self.query_one("#board-day", Figures).text = view.day

    def _main(self, view: View, standing: Standing) -> None:
        ending = self.desk.ending() if standing.stage == "over" else None
        floor = self.desk.chamber.floor()
        text = chosen_text(view, floor, standing)
        asked = open_questions(view, standing)
        self.set_class(text is not None or bool(asked), "-council")
        # Where nothing is ordered there is no map: the questions have its place.
        self.set_class(self.size.height >= TALL and not asked, "-tall")
        self.query_one("#board-map", MapView).show(view.map)
        if asked:
            self.query_one("#board-text", Lines).show(question_lines(asked))
        elif text is not None:
            self.query_one("#board-text", Lines).show(text_lines(text, floor, now_utc()))
        self.query_one("#board-news", Lines).show(headlines(view, standing, ending))

    # the clock

    def _clock(self) -> Clock:
        course = self.studio.course
        return (course.control if course is not None else self.desk).timing.clock()

    def ticked(self) -> None:
        """The clock, as large as there is room for; overtime and grace are said, and coloured."""
        clock, away = self._clock(), self.studio.away
        reading = read_now(clock, self.wall.read(away))
        shown = "" if reading is None or reading.state == "none" else reading.figures
        day, figures = (
            self.query_one("#board-day", Figures),
            self.query_one("#board-clock", Figures),
        )
        figures.text = shown
        figures.ink = INKS[reading.state] if reading is not None and not away else "$dim"
        texts = [text for text in (day.text, shown) if text]
        size = fitting(texts, self.size.width - 6, int(self.size.height * SHARE))
        day.size_of = figures.size_of = size
        self._said(clock, reading if shown else None, away)
        hour = f"it is {now_utc().astimezone():%H:%M}"
        self.query_one("#board-hour", Static).update(hour)

    def _said(self, clock: Clock, reading: Reading | None, away: bool) -> None:
        """The date, and what the large figures beneath it count."""
        says = SAYS[reading.state] if reading is not None else ""
        if clock.waits:
            says = SOON
        elif reading is not None and reading.stands:
            says = f"{says}, stands still"
        ink = INKS[reading.state] if reading is not None else "$foreground"
        date = datetime.fromisoformat(clock.date)
        told = [(f"{date.day} {date:%B %Y}\n", "$bright"),
                (AWAY, "$adversary bold") if away else (says, f"{ink} bold")]  # fmt: skip
        wall = self.query_one("#board-wall", Static)
        wall.update(Content.assemble(*told))
        wall.styles.text_align = "right"

    def action_back(self) -> None:
        """Leave the projector."""
        self.studio.back()


class BeamSheet(Sheet):
    """How another screen becomes the projector; whether it shows the texts before the council."""

    KEY = "beam"
    BINDINGS = bindings_of(KEY)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room

    def body(self) -> Iterator[Widget]:
        """The command, the code, what is shown of the council."""
        yield Static("The projector", classes="title", markup=False)
        yield Static(id="beam", classes="line air", markup=False)

    def on_mount(self) -> None:
        """Say how."""
        self._tell()

    def _tell(self) -> None:
        code = self.room.codes.get("projector", "")
        shows = self.room.control.chamber.floor().open
        lines = [
            ("In a terminal of that screen\n", "$dim"),
            (f"    exercise display {code or 'CODE'}\n\n", "$bright bold"),
            ("In a browser, while exercise serve runs\n", "$dim"),
            ("    /seat/projector/", "$bright bold"), (f"    code {code or 'CODE'}\n\n", "$bright"),
            ("" if code else "Its code was told before; n makes a new one.\n\n", "$own"),
            ("The texts before the council: ", "$dim"),
            ("open to the room" if shows else "for the allies alone", "$bright"),
        ]  # fmt: skip
        self.query_one("#beam", Static).update(Content.assemble(*lines))

    def action_here(self) -> None:
        """This very screen."""
        self.studio.pop_screen()
        self.studio.push_screen(ProjectorScreen(self.room.any_desk("public")))

    def action_code(self) -> None:
        """A new code; a projector that is there now has to come in again."""
        made = self.tried(lambda: self.room.control.access.issue(("projector",)))
        self.room.codes.update(made or {})
        self._tell()

    def action_texts(self) -> None:
        """Lay the texts open to the room, or no longer."""
        chamber = self.room.control.chamber
        refused = self.tried(lambda: chamber.lay_open(not chamber.floor().open))
        if refused is not None:
            self.studio.tell(refused.reason, refused.remedy)
        self._tell()
