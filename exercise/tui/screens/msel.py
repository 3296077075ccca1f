"""The MSEL as a table: every inject with its day and state, and all that may be done to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.asked import AskSheet, whole
from exercise.tui.screens.help import NoticeSheet
from exercise.tui.screens.hosted import RoomPage
from exercise.tui.screens.inject import ExpectSheet, InjectSheet
from exercise.tui.screens.rows import (
    COME,
    HEADS,
    QUIET,
    SIGNS,
    goal_name,
    inject_text,
    laid,
    reaches,
)
from exercise.tui.widgets.frame import Rule
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import plain

if TYPE_CHECKING:
    from exercise.orders import Refusal
    from exercise.room.msel import Act, Row
    from exercise.tui.room import Room


class MselScreen(RoomPage):
    """The list of injects, one a line; keys act on the chosen one."""

    KEY = "msel"
    BINDINGS = bindings_of(KEY)
    CSS = """
    #msel-head, #msel-count { height: 1; padding: 0 1; margin-top: 1; }
    #msel-said { height: auto; padding: 0 1; color: $own; display: none; }
    #msel-said.said { display: block; }
    """

    def __init__(self, room: Room, inject: str = "") -> None:
        super().__init__(room)
        self.first = inject

    def body(self) -> Iterator[Widget]:
        """What the columns are, the lines, what came of the last key."""
        yield Static(id="msel-count", classes="air", markup=False)
        yield Static(id="msel-head", markup=False)
        yield Rule()
        yield Lines(id="rows", empty="There are no injects. n writes one.")
        yield Rule()
        yield Static(id="msel-said", markup=False)

    def on_mount(self) -> None:
        """Show it, the cursor on the inject one came for."""
        self.renew()
        lines = self.query_one("#rows", Lines)
        for place, line in enumerate(lines.shown):
            if self.first and not line.heading and line.data.id == self.first:
                lines.go(place)
        lines.focus()

    def on_screen_resume(self) -> None:
        """A sheet may have changed something."""
        self.renew()

    def on_resize(self) -> None:
        """Columns are as wide as there is room."""
        self.call_after_refresh(self.renew)

    def renew(self) -> None:
        """Show the list as it is now."""
        if not self.is_mounted:
            return
        self.head()
        rows = self.control.msel.rows()
        come = sum(row.state in COME for row in rows)
        title = f"Master list of injects    {come} of {len(rows)} have come"
        self.query_one("#msel-count", Static).update(Content.styled(title, "$bright bold"))
        width = max(self.size.width - 8, 40)
        self.query_one("#msel-head", Static).update(
            Content.styled("  " + laid(HEADS, width), "$dim bold")
        )
        self.query_one("#rows", Lines).show(self._line(row, width) for row in rows)

    def _line(self, row: Row, width: int) -> Line:
        quiet = row.state in QUIET
        cells = (
            row.told.when or (f"turn {row.turn}" if row.turn else "·"), row.state, row.told.title,
            row.told.sender, reaches(self.room, row), row.told.method,
            goal_name(self.room, row) or "·", row.told.controller or "·",
        )  # fmt: skip
        return Line(
            laid(cells, width), sign=SIGNS[row.state], sign_style="$dim" if quiet else "$own",
            style="$dim" if quiet else "$foreground", data=row, most=1,
        )  # fmt: skip

    def say(self, text: str) -> None:
        """A plain line beneath the list."""
        line = self.query_one("#msel-said", Static)
        line.update(plain(text))
        line.set_class(bool(text), "said")

    @property
    def row(self) -> Row | None:
        """The inject under the cursor."""
        line = self.query_one("#rows", Lines).line
        return line.data if line is not None else None

    # what is done to the chosen one

    def _act(self, act: Act, done: str) -> None:
        row = self.row
        if row is not None:
            self._told(self.tried(lambda: self.control.msel.act(row.id, act)), done)

    def _told(self, refused: Refusal | None, done: str) -> None:
        self.say(f"× {refused}" if refused is not None else done)
        self.renew()

    def action_fire(self) -> None:
        """Bring it in now."""
        self._act("fire", "It has come.")

    def action_hold(self) -> None:
        """Hold it back, or let it go by its day again."""
        held = self.row is not None and self.row.state == "held"
        if held:
            self._act("release", "It goes by its day or condition again.")
        else:
            self._act("hold", "Held: it comes when you fire it; h lets it go by its day again.")

    def action_skip(self) -> None:
        """Leave it out."""
        self._act("skip", "Skipped: it does not come unless you fire it.")

    def action_able(self) -> None:
        """Put it out of play, or back into it; approve a draft."""
        state = self.row.state if self.row is not None else ""
        if state == "draft":
            self._act("approve", "Approved: it comes on its day.")
        elif state in ("disabled", "skipped"):
            self._act("enable", "In play: it comes by its day or condition.")
        else:
            self._act("disable", "Out of play.")

    def action_postpone(self) -> None:
        """Move it by some days."""
        row = self.row
        if row is not None and row.state in COME:
            self.say("× It has come already; it cannot be moved.")
        elif row is not None:
            self._shift(f"Move “{row.told.title}” by how many days?",
                        lambda days: self.control.msel.postpone(row.id, days))  # fmt: skip

    def action_postpone_all(self) -> None:
        """Move all that is to come, keeping the spacing."""
        self._shift("Move every inject to come by how many days? The spacing stays.",
                    self.control.msel.postpone_all)  # fmt: skip

    def _shift(self, title: str, move: Callable[[int], Refusal | None]) -> None:
        def take(text: str) -> str:
            days = whole(text)
            if days is None:
                return "That is no number of days. Write 3, or −2 for sooner"
            refused = move(days)
            return str(refused) if refused is not None else ""

        self.studio.push_screen(AskSheet(title, "Days: 3 is three days later, −2 sooner", take))

    def action_edit(self) -> None:
        """Change its words, its readers, its day."""
        row = self.row
        if row is not None and row.state in COME:
            self.say("× It has come already. Write a new one with n, or speak as anyone.")
        elif row is not None:
            self.studio.push_screen(InjectSheet(self.room, row))

    def action_write(self) -> None:
        """A new inject."""
        self.studio.push_screen(InjectSheet(self.room))

    def action_expect(self) -> None:
        """What is expected after it, by when, and what comes if it does not come."""
        row = self.row
        if row is not None and row.then and row.came is None:
            self._told(self.control.msel.done(row.id, True), "Noted: what was expected has come.")
        elif row is not None:
            self.studio.push_screen(ExpectSheet(self.room, row))

    def action_freeze(self) -> None:
        """Freeze, or go on."""
        paused = not self.control.standing().paused
        self.control.pause(paused)
        self.say("Everything is frozen; z goes on." if paused else "It goes on.")
        self.renew()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """All of an inject."""
        row: Row = event.line.data
        title = f"{SIGNS[row.state]} {plain(row.told.title)}"
        self.studio.push_screen(NoticeSheet(title, plain(inject_text(self.room, row), lines=True)))
