"""What control can do about the course of the exercise: injects, turns, seats, going back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from exercise.branches import luck_words
from exercise.tui.actions import bindings_of
from exercise.tui.screens.asked import AskSheet, whole
from exercise.tui.screens.hosted import RoomPage
from exercise.tui.screens.msel import MselScreen
from exercise.tui.screens.pick import PickSheet
from exercise.tui.widgets.frame import Rule
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import counted, plain, signed

if TYPE_CHECKING:
    from exercise.desk.reasoning import Reason
    from exercise.orders import Refusal
    from exercise.room.schedule import Planned
    from exercise.tui.room import Room

FILLINGS = (
    ("desk", "Somebody at this desk", "its slips are entered here"),
    ("person", "A person at a terminal", "it drafts and seals by itself"),
    ("bot", "A bot", "it decides by the published formulas"),
)
FILLINGS_TALK = (
    ("desk", "Somebody at this desk", "its answers are written down here"),
    ("person", "A person at a terminal", "it answers and acts by itself"),
    ("bot", "Nobody", "it says nothing"),
)
"""The same in an exercise of words alone."""


class WhitePage(RoomPage):
    """A page of control's from which the course of the exercise is changed."""

    def say(self, text: str) -> None:
        """A plain line."""
        self.studio.tell(text, quiet=True)

    def renew(self) -> None:
        """Show how things stand."""

    def action_msel(self) -> None:
        """The list of injects."""
        self.studio.push_screen(MselScreen(self.room))

    def action_mind(self) -> None:
        """The adversary's reasoning."""
        if self.control.standing().stage != "review":
            over = self.control.standing().stage == "over"
            self.say("Why it chose was told with each turn's results." if over
                     else "Why it chose is told once the turn is resolved.")  # fmt: skip
        elif not self.control.reasoning():
            self.say("No adversary is played by the rules here.")
        else:
            self.studio.push_screen(MindScreen(self.room))

    def action_turns(self) -> None:
        """The turns to come."""
        self.studio.push_screen(TurnsScreen(self.room))

    def action_doors(self) -> None:
        """Codes, and who is here."""
        if self.room.line is None:
            self.say("This room is at this terminal alone.")
            return
        from exercise.tui.screens.doors import DoorsScreen

        self.studio.push_screen(DoorsScreen(self.room))

    def action_projector(self) -> None:
        """How to open the projector."""
        from exercise.tui.screens.projector import BeamSheet

        self.studio.push_screen(BeamSheet(self.room))

    def action_clock(self) -> None:
        """The room's clock."""
        from exercise.tui.screens.clock import ClockScreen

        self.studio.push_screen(ClockScreen(self.room))

    def action_players(self) -> None:
        """Hand a seat to somebody else."""
        standing = self.control.standing()
        lines = [
            Line(title, right=standing.filling.get(name, ""), data=name)
            for name, title in standing.titles.items()
        ]
        self.studio.push_screen(PickSheet("Who is to be played by somebody else?", lines, self._by))

    def _by(self, seat: str) -> None:
        now = self.control.standing().filling.get(seat)
        lines = [
            Line(says, note=note, right="now" if by == now else "", data=by)
            for by, says, note in self._fillings()
        ]
        title = f"Who plays {plain(self.room.title(seat))} from now on?"
        self.studio.push_screen(PickSheet(title, lines, lambda by: self._hand(seat, by)))

    def _fillings(self) -> tuple[tuple[str, str, str], ...]:
        return FILLINGS if self.room.decides else FILLINGS_TALK

    def _hand(self, seat: str, by: str) -> None:
        self.tried(lambda: self.room.hand_over(seat, by))  # type: ignore[arg-type]
        who = {by: says for by, says, _ in self._fillings()}[by]
        self.say(f"{who} plays {self.room.title(seat)} from now on.")
        self.renew()

    def action_roll_back(self) -> None:
        """Go back to an earlier turn."""
        rows = [turn for turn in self.control.schedule.turns() if turn.state != "to come"]
        lines = [
            Line(f"Turn {turn.number}", note="the turn under way, from its start"
                 if turn.state == "now" else "from its start, after all that came before it",
                 right=turn.day, data=turn.number)
            for turn in reversed(rows)
        ]  # fmt: skip
        self.studio.push_screen(PickSheet("Which turn is to be played again?", lines, self._back))

    def _back(self, turn: int) -> None:
        prompt = (
            "The line played so far stays in the save and can be read and verified.\n"
            "Play goes on from here. Why? It stands in the record"
        )

        def take(reason: str) -> str:
            refused = self.control.roll_back(turn, reason)
            if refused is None:
                self.room.forget()
                self.renew()
                luck = luck_words(self.control.branches())
                told = luck or "the earlier line stays in the save"
                self.say(f"Turn {turn} is played again; {told}.")
            return str(refused) if refused is not None else ""

        self.studio.push_screen(AskSheet(f"Play turn {turn} again?", prompt, take))


class TurnsScreen(WhitePage):
    """The turns: played, under way and to come."""

    KEY = "turns"
    BINDINGS = bindings_of(KEY)

    def body(self) -> Iterator[Widget]:
        """A line for each."""
        yield Static("The turns", classes="title air", markup=False)
        yield Rule()
        yield Lines(id="turns")

    def on_mount(self) -> None:
        """Show them, the cursor on the next one to come."""
        self.renew()
        lines = self.query_one(Lines)
        states = [turn.state for turn in self.control.schedule.turns()]
        lines.focus()
        if "to come" in states:
            self.call_after_refresh(lines.go, states.index("to come"))

    def on_screen_resume(self) -> None:
        """A sheet may have changed them."""
        self.renew()

    def renew(self) -> None:
        """Show the turns as they are now."""
        if not self.is_mounted:
            return
        self.head()
        signs = {"played": "✓", "now": "▸", "to come": "○"}
        self.query_one(Lines).show(
            Line(
                f"Turn {turn.number:<4} {turn.day:<8} {turn.date}",
                sign=signs[turn.state], right=counted(turn.days, "day"), data=turn,
                sign_style="$own" if turn.state == "now" else "$dim",
                style="$dim" if turn.state == "played" else "$foreground",
            )
            for turn in self.control.schedule.turns()
        )  # fmt: skip

    @property
    def turn(self) -> Planned | None:
        """The turn under the cursor."""
        line = self.query_one(Lines).line
        return line.data if line is not None else None

    def on_lines_chosen(self) -> None:
        """Another length."""
        turn = self.turn
        if turn is not None:
            self._days(f"How many days shall turn {turn.number} last?",
                       lambda days: self.control.schedule.lasts(turn.number, days),
                       str(turn.days))  # fmt: skip

    def action_put_in(self) -> None:
        """A turn before the chosen one."""
        turn = self.turn
        if turn is not None:
            self._days(f"A turn of how many days before turn {turn.number}?",
                       lambda days: self.control.schedule.insert(turn.number, days))  # fmt: skip

    def action_put_last(self) -> None:
        """A turn after the last."""
        last = len(self.control.schedule.turns())
        self._days("One more turn at the end, of how many days?",
                   lambda days: self.control.schedule.insert(last + 1, days))  # fmt: skip

    def action_until(self) -> None:
        """A length given by a day."""
        turn = self.turn
        if turn is None:
            return

        def take(day: str) -> str:
            refused = self.control.schedule.until(turn.number, day)
            return str(refused) if refused is not None else ""

        title = f"Until which day shall turn {turn.number} last?"
        prompt = "D+9 or a date; the next turn begins on it"
        self.studio.push_screen(AskSheet(title, prompt, take))

    def action_leave_out(self) -> None:
        """Leave the chosen turn out."""
        turn = self.turn
        if turn is not None:
            refused = self.tried(lambda: self.control.schedule.skip(turn.number))
            if refused is not None:
                self.say(f"× {refused}")
            self.renew()

    def action_freeze(self) -> None:
        """Freeze, or go on."""
        self.control.pause(not self.control.standing().paused)
        self.renew()

    def _days(self, title: str, make: Callable[[int], Refusal | None], value: str = "") -> None:
        def take(text: str) -> str:
            days = whole(text)
            if days is None:
                return "That is no number of days"
            refused = make(days)
            return str(refused) if refused is not None else ""

        self.studio.push_screen(AskSheet(title, "Days", take, value))


class MindScreen(RoomPage):
    """What each adversary chose, and why."""

    KEY = "mind"
    BINDINGS = bindings_of(KEY)

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.desk = room.control.reviewed()

    def body(self) -> Iterator[Widget]:
        """Sentences, each of which can be asked about."""
        yield Static("Why the adversary chose what it chose", classes="title air", markup=False)
        yield Rule()
        yield Lines(id="reasons")

    def on_mount(self) -> None:
        """Show them."""
        self.head()
        lines = self.query_one(Lines)
        lines.show(map(_reason, self.control.reasoning()))
        lines.focus()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Ask why."""
        self.ask(self.desk, event.line.ask, event.line.turn)


def _reason(reason: Reason) -> Line:
    if reason.heading:
        return Line(reason.says, heading=True)
    moved = reason.amount is not None
    return Line(
        reason.says, sign="·", sign_style="$dim", ask=reason.cell, turn=reason.turn,
        right=signed(reason.amount or 0.0) if moved else "",
        note="moved its odds in the turn before" if moved else "",
    )  # fmt: skip
