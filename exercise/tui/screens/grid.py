"""Desk mode: every delegation's slips on one grid, entered from one keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from exercise.desk.slips import Fit, Taken, enter, fits, refuse, split_reason
from exercise.orders import Order, Refusal
from exercise.spoken import sentences
from exercise.tui.actions import bindings_of
from exercise.tui.room import Kept
from exercise.tui.screens.hosted import RoomPage
from exercise.tui.widgets.frame import Rule
from exercise.tui.widgets.slips import Cell, Entry, Row, Slips, compact, short
from exercise.tui.words import counted, plain

if TYPE_CHECKING:
    from exercise.desk import Choice, LocalDesk
    from exercise.tui.room import Room


NOTHING_FITS = "Nothing that is allowed now fits; F4 lists all. Enter says why not."

CLOSED = {
    "review": "Slips are closed: results lie with control.",
    "over": "Slips are closed: the exercise is over.",
}
"""Why nothing can be entered, at the stages at which nothing can."""


class GridScreen(RoomPage):
    """Type the first letters; Enter takes the order; Enter on an empty line seals the slip."""

    KEY = "grid"
    BINDINGS = bindings_of(KEY)
    CSS = """
    #grid-title { margin-top: 1; }
    #slips { margin-top: 1; }
    #whole { height: auto; padding: 0 1; color: $foreground; }
    #entry-row { height: 1; }
    #fits { height: 1fr; padding: 0 1; }
    """

    def __init__(self, room: Room, seat: str | None = None) -> None:
        super().__init__(room)
        self.seats = room.deciding()
        at = self.seats.index(seat) if seat in self.seats else self._first()
        self.at = self._end(at)
        self.adds = False
        """Whether the next line was chosen when the list of all decisions was opened."""
        self.picked = 0
        self.found: list[Fit] = []
        self.said: tuple[str, str] = ("", "")
        self.twice = ""
        """What has been said once, so that Enter again does it."""
        self._choices: tuple[str, int, str, list[Choice]] = ("", -1, "", [])
        self._names: set[str] = set()
        self._asked: tuple[str, int, str, str] = ("", -1, "", "")
        """What was looked for last: the seat, as the room stood, in whose place, the words."""

    def _end(self, row: int) -> tuple[int, int]:
        """The place after the last line of a slip: what is typed there replaces nothing."""
        return row, len(self.row(self.seats[row]).cells)

    def _first(self) -> int:
        sealed = self.room.control.standing().sealed
        return next((n for n, s in enumerate(self.seats) if not sealed.get(s)), 0)

    def body(self) -> Iterator[Widget]:
        """How many are in; the grid; the chosen line whole; the line one types in; what fits."""
        yield Static(id="grid-title", classes="line", markup=False)
        yield Slips()
        yield Rule()
        yield Static(id="whole", markup=False)
        yield Entry(id="entry", placeholder="first letters of an order, then Enter", max_length=400)
        yield Static(id="fits", markup=False)

    def on_mount(self) -> None:
        """Ready to type; words of other screens do not cover what fits."""
        self.studio.clear_notifications()
        self.head()
        self.query_one(Entry).focus()
        self.renew()

    def on_screen_resume(self) -> None:
        """Something may have changed elsewhere."""
        if self.is_mounted:
            if self.adds:
                self.at, self.adds = self._end(self.at[0]), False
            self.head()
            self.renew()

    def on_resize(self, event: events.Resize) -> None:
        """As many columns as there is room for."""
        self.call_after_refresh(self.renew)

    # what there is

    @property
    def seat(self) -> str:
        """The seat whose slip is being entered."""
        return self.seats[self.at[0]]

    @property
    def desk(self) -> LocalDesk:
        """Its desk."""
        return self.room.any_desk(self.seat)

    @property
    def cell(self) -> Cell | None:
        """The chosen line, if anything stands there."""
        cells = self.row(self.seat).cells
        return cells[self.at[1]] if self.at[1] < len(cells) else None

    @property
    def instead(self) -> str:
        """The cell of the order in whose place the next one comes; empty if there is none."""
        return self.cell.order if self.cell is not None else ""

    @property
    def choices(self) -> list[Choice]:
        """What it may order now, the order that is typed over taken off."""
        asked = (self.seat, self.control.standing().version, self.instead)
        if self._choices[:3] != asked:
            self._choices = (*asked, self.desk.choices(asked[2]))
        return self._choices[3]

    @property
    def names(self) -> set[str]:
        """All names that an order may be about."""
        if not self._names:
            facts = self.room.facts
            blocks = ("actors", "units", "nodes", "reports", "packages", "sectors", "theatres",
                      "treaties", "motions", "forums", "injects")  # fmt: skip
            self._names = {name for block in blocks for name in facts[block]}
            for name, motion in facts["motions"].items():
                self._names |= {f"{name}-{n + 1}" for n in range(len(motion["clauses"]))}
        return self._names

    def row(self, seat: str) -> Row:
        """A seat's slip as it stands: what is drafted or sealed, then what was refused."""
        standing = self.control.standing()
        drafted = self.room.any_desk(seat).drafted()
        cells = [
            Cell(says, order.cell, short(order.line(), order.reason)) for order, says in drafted
        ]
        kept = self.room.kept.get(seat, [])
        cells += [Cell(one.text, line=one.text, refused=one.refusal) for one in kept]
        return Row(seat, self.room.title(seat), bool(standing.sealed.get(seat)), cells)

    # what it shows

    def renew(self) -> None:
        """Draw the grid and what is said beneath it."""
        rows = [self.row(seat) for seat in self.seats]
        grid = self.query_one(Slips)
        grid.put(rows, self.at, self.size.height - 13)
        done, whole = self.room.entered()
        standing = self.control.standing()
        stage = {"council": "the council still sits", "orders": "",
                 "review": "results await release: slips are closed",
                 "over": "the exercise is over"}[standing.stage]  # fmt: skip
        if standing.paused:
            stage = "‖ frozen: nothing is taken"
        words = [
            ("SLIPS", "$own bold"),
            (f"    turn {standing.turn}", "$foreground"),
            (f"    entered {done} of {whole}", "$bright"),
            (f"    {stage}", "$dim"),
        ]
        self.query_one("#grid-title", Static).update(Content.assemble(*words))
        self._whole(rows[self.at[0]])
        self._below()

    def _whole(self, row: Row) -> None:
        """The chosen line, not cut, and what is left to spend."""
        cell = row.cells[self.at[1]] if self.at[1] < len(row.cells) else None
        name = plain(row.title)
        if cell is None:
            state = "sealed" if row.sealed else f"line {self.at[1] + 1}"
            parts = [(name, "$own bold"), (f"   {state}", "$dim")]
        elif cell.refused is not None:
            parts = [(name, "$own bold"), (f"   × {plain(cell.says)}", "$adversary"),
                     (f"\n{_told(cell.refused)}", "$foreground")]  # fmt: skip
        else:
            parts = [(name, "$own bold"), (f"   {plain(cell.says)}", "$foreground")]
        self.query_one("#whole", Static).update(Content.assemble(*parts))

    def _below(self) -> None:
        """What fits, or what was said last."""
        parts: list[tuple[str, str]] = []
        width = max(self.size.width - 4, 30)
        if self.said[0]:
            parts += [(f"{self.said[0]}\n", self.said[1])]
        for number, fit in enumerate(self.found):
            here = number == self.picked
            says = compact(plain(fit.says), width - cell_len(fit.cost) - 4)
            pad = " " * max(width - cell_len(says) - cell_len(fit.cost) - 2, 1)
            parts += [("▸ " if here else "  ", "$own"),
                      (says, "$bright" if here else "$foreground"),
                      (f"{pad}{fit.cost}\n", "$dim")]  # fmt: skip
        if not parts:
            typed = self.query_one(Entry).value.strip()
            parts = [(NOTHING_FITS if typed else self._hint(), "$dim")]
        self.query_one("#fits", Static).update(Content.assemble(*parts))

    def _hint(self) -> str:
        row = self.row(self.seat)
        if closed := self._ended():
            return closed
        if row.sealed:
            return "Sealed. F3 withdraws the seal; Enter goes on to the next seat."
        if self.instead:
            return f"What you type takes the place of line {self.at[1] + 1}; Del takes it off."
        if row.cells:
            return "Type the next order, or Enter to seal this slip and go on."
        return "First letters do, of an order and of what it is about. F4 lists all."

    def say(self, text: str, style: str = "$foreground") -> None:
        """One plain line under the entry."""
        self.said = (plain(text, lines=True), style)

    # typing

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what fits; while a reason is typed, what was picked stays picked."""
        order, _ = split_reason(event.value)
        asked = (self.seat, self.control.standing().version, self.instead, order)
        if asked != self._asked or not order:
            self._asked = asked
            self.picked = 0
            most = min(max(self.size.height - 9 - len(self.seats), 4), 15)
            self.found = fits(self.choices, order, most) if order else []
        if event.value:
            self.said = ("", "")
            self.twice = ""
        elif self.said[0].startswith("×"):  # the words that were refused are gone
            self._hush()
        self._below()

    def _hush(self) -> None:
        """Nothing is said, and nothing has been asked."""
        self.said = ("", "")
        self.twice = ""

    def _ended(self) -> str:
        """Why no slip can be sealed any more; empty while one can."""
        return CLOSED.get(self.control.standing().stage, "")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the order; on an empty line, seal."""
        text = event.value.strip()
        if text:
            self._take(text)
        else:
            self._finish()
        self.renew()

    def _take(self, text: str) -> None:
        before = self.cell
        _, reason = split_reason(text)
        if self.found:
            fit = self.found[self.picked]
            if not fit.line:
                self.say(f"How much? {fit.says}", "$own")
                return
            taken = self.tried(lambda: enter(self.desk, fit, reason, self.instead))
        else:
            taken = self.tried(
                lambda: refuse(self.desk, self.choices, text, self.names, instead=self.instead)
            )
        if taken is not None:
            self._taken(text, taken, before)

    def _taken(self, text: str, taken: Taken, before: Cell | None) -> None:
        """Say what became of a line that was typed where `before` stood."""
        entry = self.query_one(Entry)
        if isinstance(taken.given, Order):
            if before is not None and before.refused is not None:
                self._drop(before)
            told = self._became(taken, taken.given, before)
            entry.value = ""
            self.found = []
            self.at = self._end(self.at[0])
            self.say(told, "$own")
            self.twice = ""
        elif self.twice == text:
            if before is not None and before.refused is not None:
                self._drop(before)
            self.room.kept.setdefault(self.seat, []).append(Kept(text, taken.given))
            entry.value = ""
            self.at = self._end(self.at[0])
            self.say("Put aside on the slip, marked ×. Backspace there brings it back.", "$dim")
            self.twice = ""
        else:
            again = "Mend it, or Enter again puts it aside."
            self.say(f"× {_told(taken.given)}\n{again}", "$adversary")
            self.twice = text

    def _became(self, taken: Taken, order: Order, before: Cell | None) -> str:
        """What is said of an order that was taken: nothing, where it is just the next line."""
        if taken.place and taken.new == "how":
            return f"Line {taken.place} was about the same; it now reads so."
        if taken.place:
            reason = "; its reason is the new one" if taken.new else ""
            return f"Already on line {taken.place}{reason}."
        if all(cell.order != order.cell for cell in self.row(self.seat).cells):
            return "Done in the council."
        if before is not None and before.order:
            return f"Line {self.at[1] + 1} is replaced: it was “{before.says}”."
        return ""

    def _finish(self) -> None:
        """Enter on an empty line: bring back a refused line, or seal and go on."""
        row = self.row(self.seat)
        cell = self.cell
        if closed := self._ended():
            self.say(closed, "$own")
        elif cell is not None and cell.refused is not None:
            self._mend(cell)
        elif row.sealed:
            self._on()
        elif not self._asks(row, "Enter"):
            self._seal(row)

    def _asks(self, row: Row, key: str) -> bool:
        """Ask once before a slip is sealed empty, or without its refused lines; whether it was."""
        left = self._refused(row)
        asks = (
            f"empty {row.seat}" if not row.cells else f"refused {left} {row.seat}" if left else ""
        )
        if self.twice == asks:
            return False
        self.twice = asks
        if not row.cells:
            self.say(
                f"Nothing is entered for {row.title}. {key} again seals an empty slip.", "$own"
            )
        elif left:
            lines = counted(left, "refused line")
            self.say(f"{lines} would not be in it. {key} again seals the slip without.", "$own")
        return bool(asks)

    def _refused(self, row: Row) -> int:
        return sum(cell.refused is not None for cell in row.cells)

    def _seal(self, row: Row) -> None:
        refused = self.tried(self.desk.seal)
        if refused is not None:
            self.say(f"× {_told(refused)}", "$adversary")
            return
        left = self._refused(row)
        self.say(f"{row.title} is sealed." + (
            f" {counted(left, 'refused line')} not in it." if left else ""), "$own")  # fmt: skip
        self._on()

    def _on(self) -> None:
        """To the next seat that has not sealed; when all have, say so."""
        sealed = self.control.standing().sealed
        count = len(self.seats)
        order = [(self.at[0] + step) % count for step in range(1, count + 1)]
        waiting = [n for n in order if not sealed.get(self.seats[n])]
        if waiting:
            self.at = self._end(waiting[0])
        else:
            council = self.control.standing().stage == "council"
            does = "closes the council" if council else "resolves"
            self.say(f"All {count} slips are sealed. Esc goes back; there n {does}.", "$own")
        self.twice = ""

    # the grid's own keys

    def on_entry_gone(self, event: Entry.Gone) -> None:
        """Arrows and deletions on an empty line."""
        cell = self.cell
        match event.what:
            case "left":
                self.at = (self.at[0], max(self.at[1] - 1, 0))
            case "right":
                self.at = (self.at[0], min(self.at[1] + 1, len(self.row(self.seat).cells)))
            case "mend" if cell is not None:
                self._mend(cell)
            case "delete" if cell is not None:
                self._drop(cell)
        self.renew()

    def _mend(self, cell: Cell) -> None:
        """Put a line's words back to be typed on; an order stays until they take its place."""
        if cell.refused is not None:
            self._drop(cell)
            self.at = self._end(self.at[0])
        if cell.refused is not None or self._mendable():
            entry = self.query_one(Entry)
            entry.value = cell.line
            entry.cursor_position = len(cell.line)

    def _mendable(self) -> bool:
        """Whether lines can be changed; if not, that is said."""
        shut = self._ended()
        if self.row(self.seat).sealed:
            shut = shut or "The slip is sealed. F3 withdraws the seal first."
        if shut:
            self.say(shut, "$adversary")
        return not shut

    def _drop(self, cell: Cell) -> None:
        """Take a line off, and what was said of it."""
        if cell.refused is not None:
            self.room.kept[self.seat].remove(Kept(cell.line, cell.refused))
        elif self._mendable():
            self.tried(lambda: self.desk.undraft(cell.order))
        else:
            return
        self._hush()

    def action_up(self) -> None:
        """The fit above, or the seat above."""
        self._move(-1)

    def action_down(self) -> None:
        """The fit below, or the seat below."""
        self._move(1)

    def _move(self, step: int) -> None:
        if self.found:
            self.picked = (self.picked + step) % len(self.found)
            self._below()
            return
        row = (self.at[0] + step) % len(self.seats)
        self.at = self._end(row)
        self.said = ("", "")
        self.twice = ""
        entry = self.query_one(Entry)
        if entry.value:  # words without a fit belong to nobody else's slip
            entry.value = ""
        self.renew()

    def action_complete(self) -> None:
        """The picked order in the words that the engine takes."""
        if self.found:
            fit = self.found[self.picked]
            short = fit.choice.name.partition(".")[2]
            line = fit.line.partition(" ")[2] if fit.line else " ".join(fit.targets)
            entry = self.query_one(Entry)
            entry.value = f"{short} {line} ".rstrip() + ("" if fit.line else " ")
            entry.cursor_position = len(entry.value)

    def action_seal(self) -> None:
        """Seal, or withdraw the seal."""
        row = self.row(self.seat)
        if closed := self._ended():
            self.say(closed, "$own")
        elif not row.sealed:
            if not self._asks(row, "F3"):
                self._seal(row)
        else:
            refused = self.tried(self.desk.unseal)
            told = f"× {_told(refused)}" if refused else f"The seal of {row.title} is withdrawn."
            self.say(told, "$adversary" if refused else "$own")
        self.renew()

    def action_decisions(self) -> None:
        """All that this seat may order."""
        from exercise.tui.screens.decisions import DecisionsScreen

        self.adds = self.cell is None
        self.studio.push_screen(DecisionsScreen(self.desk))

    def action_make(self) -> None:
        """A free-form move of this seat, with what is typed."""
        from exercise.tui.screens.moves import make_sheet

        entry = self.query_one(Entry)
        self.studio.push_screen(make_sheet(self.desk, entry.value))
        entry.value = ""

    def action_back(self) -> None:
        """Clear the line; on an empty one, back to control."""
        entry = self.query_one(Entry)
        if entry.value:
            entry.value = ""
            self.said = ("", "")
            self.twice = ""
            self.renew()
        else:
            self.studio.pop_screen()


def _told(refusal: Refusal) -> str:
    remedy = refusal.remedy.replace("`d` lists", "F4 lists")  # d is a letter here
    return sentences(refusal.reason, remedy)
