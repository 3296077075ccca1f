"""The table in a discussion: seats down, questions across, free-form moves in the last column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.orders import Refusal
from exercise.room.questions import Asked
from exercise.tui.actions import bindings_of
from exercise.tui.screens.hosted import RoomPage
from exercise.tui.widgets.frame import Rule
from exercise.tui.widgets.slips import Cell, Entry, Row, Slips
from exercise.tui.words import counted, plain

if TYPE_CHECKING:
    from textual.widgets import Input

    from exercise.tui.room import Room

NOT_PUT, OPEN = "–", "·"
HINT = "What it does; to what end; why it should work"


class Table(Slips):
    """The grid, with its columns named."""

    folds = False

    def __init__(self) -> None:
        super().__init__()
        self.heads: tuple[str, ...] = ()

    def head(self, column: int) -> str:
        """The name of a column."""
        return self.heads[column] if column < len(self.heads) else ""


class TableScreen(RoomPage):
    """Type an answer; Enter takes it and goes on to the next seat that owes one."""

    KEY = "table"
    BINDINGS = bindings_of(KEY)
    CSS = """
    #slips { margin-top: 1; }
    #table-title { margin-top: 1; }
    #table-whole { height: auto; max-height: 8; padding: 0 1; margin-top: 1; }
    #table-said { height: 1fr; padding: 0 1; }
    """

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        titles = self.control.standing().titles
        answering = {seat for asked in self.control.questions.asked() for seat in asked.to}
        self.seats = tuple(s for s in titles if s in answering) or tuple(titles)
        self.at = (0, 0)
        self.said: tuple[str, str] = ("", "")

    def body(self) -> Iterator[Widget]:
        """How many answers there are; the grid; the chosen question; the line one types in."""
        yield Static(id="table-title", classes="line", markup=False)
        yield Table()
        yield Rule()
        yield Static(id="table-whole", markup=False)
        yield Entry(id="entry", max_length=2_000)
        yield Static(id="table-said", markup=False)

    def on_mount(self) -> None:
        """Begin at the first answer that is owed."""
        self.studio.clear_notifications()
        self.head()
        self.at = self._next((0, -1)) or (0, 0)
        self.query_one(Entry).focus()
        self.renew()

    def on_screen_resume(self) -> None:
        """Something may have changed elsewhere."""
        if self.is_mounted:
            self.head()
            self.renew()

    def on_resize(self, event: events.Resize) -> None:
        """As many columns as there is room for."""
        self.call_after_refresh(self.renew)

    # what there is

    def columns(self) -> list[Asked]:
        """The questions of this turn, and earlier ones that somebody still owes an answer to."""
        now = self.control.standing().turn
        return [
            asked for asked in self.control.questions.asked()
            if asked.turn == now or not _answered(asked)
        ]  # fmt: skip

    def _row(self, seat: str, columns: list[Asked]) -> Row:
        cells = [_cell(asked, seat) for asked in columns]
        now = self.control.standing().turn
        made = [m for m in self.control.moves.moves() if (m.seat, m.turn) == (seat, now)]
        told = f"{len(made)} made: {made[-1].what}" if made else ""
        owes = any(cell.line == OPEN for cell in cells)
        return Row(
            seat, self.room.title(seat), not owes and bool(cells), [*cells, Cell(told, line=told)]
        )

    # what it shows

    def renew(self) -> None:
        """Draw the grid and what is said beneath it."""
        columns = self.columns()
        self.at = (self.at[0], min(self.at[1], len(columns)))
        grid = self.query_one(Table)
        grid.heads = (*(f"{asked.name.removeprefix('question-')}" for asked in columns), "moves")
        grid.heads = tuple(f"question {h}" if h != "moves" else h for h in grid.heads)
        grid.put([self._row(seat, columns) for seat in self.seats], self.at, self.size.height - 14)
        wanted = sum(len(asked.to) for asked in columns)
        given = sum(len(asked.answers) for asked in columns)
        turn, waiting = self.control.standing().turn, len(self.control.moves.waiting())
        words = [
            ("TABLE", "$own bold"),
            (f"    turn {turn}", "$foreground"),
            (f"    {given} of {wanted} answers", "$bright"),
            (f"    {counted(waiting, 'move')} to be rolled" if waiting else "", "$dim"),
        ]
        self.query_one("#table-title", Static).update(Content.assemble(*words))
        self._below(columns)

    def _below(self, columns: list[Asked]) -> None:
        seat = self.seats[self.at[0]]
        name = plain(self.room.title(seat))
        entry = self.query_one(Entry)
        if self.at[1] < len(columns):
            asked = columns[self.at[1]]
            given = next((a.text for a in asked.answers if a.seat == seat), "")
            to = "" if seat in asked.to else "   not put to this seat"
            parts = [(name, "$own bold"), (to, "$dim"), (f"\n{plain(asked.text)}", "$bright")]
            parts += [(f"\n{plain(given)}", "$foreground")] if given else []
            entry.placeholder = "what it answers, then Enter"
        else:
            parts = [(name, "$own bold"), ("   does something else", "$dim")]
            entry.placeholder = HINT
        self.query_one("#table-whole", Static).update(Content.assemble(*parts))
        self.query_one("#table-said", Static).update(Content.assemble(self.said))

    def say(self, text: str, style: str = "$dim") -> None:
        """One plain line under the entry."""
        self.said = (plain(text), style)

    # typing

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the answer or the move; an empty line goes on."""
        text, columns = event.value.strip(), self.columns()
        seat = self.seats[self.at[0]]
        if not text:
            self.at = self._next(self.at) or self.at
        elif self.at[1] < len(columns):
            asked = columns[self.at[1]]
            refused = self.tried(
                lambda: [self.room.any_desk(seat).questions.answer(asked.name, text)]
            )
            if refused is not None:
                self._taken(refused[0], f"{self.room.title(seat)} has answered.")
        else:
            self._make(seat, text)
        self.renew()

    def _make(self, seat: str, text: str) -> None:
        what, aim, why = (*(part.strip() for part in text.split(";", 2)), "", "")[:3]
        found = self.tried(lambda: self.room.any_desk(seat).moves.make(what, aim, why))
        if found is not None:
            refused = found if isinstance(found, Refusal) else None
            self._taken(refused, f"{self.room.title(seat)} has moved; F6 weighs and rolls.")

    def _taken(self, refused: Refusal | None, done: str) -> None:
        if refused is not None:
            self.say(f"× {refused}", "$adversary")
            return
        self.query_one(Entry).value = ""
        self.say(done, "$own")
        self.at = self._next(self.at) or self.at

    def _next(self, at: tuple[int, int]) -> tuple[int, int] | None:
        """The next answer that is owed: down the question, then the questions after it."""
        columns = self.columns()
        order = [(r, c) for c in range(len(columns)) for r in range(len(self.seats))]
        later = [p for p in order if (p[1], p[0]) > (at[1], at[0])]
        owed = [p for p in [*later, *order]
                if _cell(columns[p[1]], self.seats[p[0]]).line == OPEN]  # fmt: skip
        return owed[0] if owed else None

    # going about

    def on_entry_gone(self, event: Entry.Gone) -> None:
        """Arrows and deletions on an empty line."""
        last = len(self.columns())
        match event.what:
            case "left":
                self.at = (self.at[0], max(self.at[1] - 1, 0))
            case "right":
                self.at = (self.at[0], min(self.at[1] + 1, last))
            case "mend":
                self._mend()
        self.renew()

    def _mend(self) -> None:
        """Bring an answer back to be typed on."""
        columns = self.columns()
        if self.at[1] < len(columns):
            seat = self.seats[self.at[0]]
            given = next((a.text for a in columns[self.at[1]].answers if a.seat == seat), "")
            entry = self.query_one(Entry)
            entry.value = plain(given)
            entry.cursor_position = len(entry.value)

    def action_up(self) -> None:
        """The seat above."""
        self._move(-1)

    def action_down(self) -> None:
        """The seat below."""
        self._move(1)

    def _move(self, step: int) -> None:
        self.at = ((self.at[0] + step) % len(self.seats), self.at[1])
        self.say("")
        self.query_one(Entry).value = ""
        self.renew()

    def action_judge(self) -> None:
        """Weigh moves and roll their dice."""
        from exercise.tui.screens.judge import JudgeScreen

        self.studio.push_screen(JudgeScreen(self.room))

    def action_back(self) -> None:
        """Clear the line; on an empty one, back to control."""
        entry = self.query_one(Entry)
        if entry.value:
            entry.value = ""
            self.say("")
            self.renew()
        else:
            self.studio.pop_screen()


def _answered(asked: Asked) -> bool:
    return {answer.seat for answer in asked.answers} >= set(asked.to)


def _cell(asked: Asked, seat: str) -> Cell:
    given = next((a.text for a in asked.answers if a.seat == seat), "")
    words = given or (OPEN if seat in asked.to else NOT_PUT)
    return Cell(words, line=words)
