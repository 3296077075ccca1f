"""The room's clock in control's hand: time for each stage, warnings, grace, and who closes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.asked import AskSheet
from exercise.tui.screens.hosted import RoomPage
from exercise.tui.ticking import read_now
from exercise.tui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from exercise.orders import Refusal
    from exercise.room.timing import Clock, Reading

STAGES = {"council": "Council, or discussion", "orders": "Orders", "review": "Results with control"}
SAYS = {"none": "so far; no limit", "runs": "left", "grace": "of grace", "over": "overtime"}


def minutes_words(seconds: int) -> str:
    """So many seconds in minutes, as control types them."""
    return f"{seconds / 60:.4g} min" if seconds else "no limit"


class ClockScreen(RoomPage):
    """What is left now; a line for each thing that can be settled."""

    KEY = "clock"
    BINDINGS = bindings_of(KEY)

    def body(self) -> Iterator[Widget]:
        """What is left, the lines."""
        yield Static("The clock", classes="title air", markup=False)
        yield Static(id="clock-now", classes="line", markup=False)
        yield Lines(id="clock-lines", classes="air")
        yield Static(id="clock-said", classes="line", markup=False)

    def on_mount(self) -> None:
        """Show it; it counts on."""
        self.renew()
        self.query_one(Lines).focus()

    def renew(self) -> None:
        """Show how it stands."""
        self.head()
        clock, limits = self.control.timing.clock(), self.control.timing.limits()
        warnings = ", ".join(f"{seconds / 60:.4g}" for seconds in clock.warnings)
        closes = "the stage closes by itself" if clock.closes else "control closes the stage"
        self.query_one(Lines).show([
            *(_line(says, minutes_words(limits[stage]), stage) for stage, says in STAGES.items()),
            _line("Warnings before the end", f"{warnings} min" if warnings else "none", "warnings"),
            _line("Grace", f"{clock.grace / 60:.4g} min" if clock.grace else "none", "grace"),
            _line("When grace is over", closes, "closes"),
        ])  # fmt: skip
        self.ticked()

    def ticked(self) -> None:
        """Count on."""
        clock = self.control.timing.clock()
        reading = read_now(clock)
        told = "No stage is under way." if reading is None else _now(clock, reading)
        self.query_one("#clock-now", Static).update(told)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Settle the chosen thing anew."""
        what = str(event.line.data)
        clock = self.control.timing.clock()
        if what == "closes":
            self._settle(closes=not clock.closes)
        elif what == "warnings":
            told = ", ".join(f"{seconds / 60:.4g}" for seconds in clock.warnings)
            self._ask("When is the room warned?", "Minutes before the end, as 5, 1",
                      lambda minutes: self._settle(warnings=minutes), told)  # fmt: skip
        elif what == "grace":
            self._ask("How long is grace?", "Minutes after the end that are no overtime yet",
                      lambda minutes: self._settle(grace=sum(minutes[:1])),
                      f"{clock.grace / 60:.4g}")  # fmt: skip
        else:
            now = self.control.timing.limits()[what]
            self._ask(f"{STAGES[what]}: how long?", "Minutes; 0 for no limit",
                      lambda minutes: self.control.timing.give(what, sum(minutes[:1])),
                      f"{now / 60:.4g}")  # fmt: skip

    def _settle(
        self,
        *,
        warnings: tuple[float, ...] | None = None,
        grace: float | None = None,
        closes: bool | None = None,
    ) -> Refusal | None:
        clock = self.control.timing.clock()
        kept = tuple(seconds / 60 for seconds in clock.warnings)
        refused = self.control.timing.settle(
            kept if warnings is None else warnings,
            clock.grace / 60 if grace is None else grace,
            clock.closes if closes is None else closes,
        )
        self.renew()
        return refused

    def _ask(
        self, title: str, prompt: str, make: Callable[[tuple[float, ...]], Refusal | None], now: str
    ) -> None:
        def take(text: str) -> str:
            minutes = numbers(text)
            if minutes is None:
                return "That is no number of minutes"
            refused = make(minutes)
            self.renew()
            return str(refused) if refused is not None else ""

        self.studio.push_screen(AskSheet(title, prompt, take, now))

    def on_screen_resume(self) -> None:
        """A sheet may have changed it."""
        self.renew()

    def action_more(self) -> None:
        """A minute more."""
        self._do(lambda: self.control.timing.add(1.0), "A minute was added.")

    def action_less(self) -> None:
        """A minute less."""
        self._do(lambda: self.control.timing.add(-1.0), "A minute was taken off.")

    def action_anew(self) -> None:
        """The stage's time from its beginning."""
        self._do(self.control.timing.begin, "The stage has all its time again.")

    def _do(self, make: Callable[[], Refusal | None], told: str) -> None:
        refused = self.tried(make)
        self.renew()
        said = f"× {refused}" if refused is not None else told
        self.query_one("#clock-said", Static).update(said)

    def action_freeze(self) -> None:
        """Freeze, or go on."""
        self.control.pause(not self.control.standing().paused)
        self.renew()


def _now(clock: Clock, reading: Reading) -> str:
    stands = ", standing still" if reading.stands else ""
    stands = ", waiting for the exercise to begin: n at your desk, or r" if clock.waits else stands
    return f"{STAGES[clock.stage]}: {reading.figures} {SAYS[reading.state]}{stands}"


def _line(says: str, now: str, data: str) -> Line:
    return Line(says, right=now, right_style="$bright", data=data)


def numbers(text: str) -> tuple[float, ...] | None:
    """Numbers as people type them in a row; none for an empty line, None where one is none."""
    found = []
    for word in text.replace(";", " ").replace(", ", " ").split():
        try:
            found.append(float(word.strip(",").replace(",", ".")))
        except ValueError:
            return None
    return tuple(found)
