"""The terminal face: one app, whose screens are given desks.

Nothing of the engine loads before the first paint.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.screen import Screen

from exercise.spoken import visible
from exercise.tui.ahead import OneByOne, says_no
from exercise.tui.leaving import Leaving
from exercise.tui.theme import FIRST, THEMES, dress, dress_fully

if TYPE_CHECKING:
    from exercise.errors import ExerciseError
    from exercise.host.line import Line as HostLine
    from exercise.tui.course import Course
    from exercise.tui.screens.base import Command
    from exercise.tui.screens.floor import Silences
    from exercise.tui.ticking import Ticking
    from exercise.tui.visit import Visit

DEMO, DEMO_SEED = "northern-strait", 7
HOST_AWAY = ("The host is away.", "This terminal goes on by itself when it is back.")
BROKEN = 70
"""Exit status after a fault of the program itself."""
READ = 0.7
"""Seconds after a game's first screen is up: it is being read, and nobody waits."""


class Studio(Leaving, OneByOne[str]):
    """Screens, one at a time; what the app itself does is start games and go between screens."""

    CSS_PATH = FIRST
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = set()
    TITLE = "exercise"

    def __init__(self, first: Callable[[Studio], None] | None = None) -> None:
        super().__init__()
        dress(self)
        self.first = first
        self.course: Course | None = None
        self.fault: Exception | None = None
        self.away = False
        self.ticking: Ticking | None = None
        self.silences: Silences | None = None
        self._settled = False

    def on_mount(self) -> None:
        """The start screen, or a plain ground until a game has been made."""
        self.set_interval(1.0, self._tick)
        if self.first is None:
            from exercise.tui.screens.start import StartScreen

            super().push_screen(StartScreen())
            self.set_timer(0.2, self._warm)
        else:
            self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self.first is not None:
            self.guarded(lambda: self.first(self))  # type: ignore[misc]

    def push_screen(self, *screen: Any, **more: Any) -> Any:
        """Put a screen on, with the rules that it is laid out by."""
        dress_fully(self)
        return super().push_screen(*screen, **more)

    def _warm(self) -> None:
        """Read in the engine, and what all screens look like, while the person reads the first."""
        dress_fully(self)
        self.run_worker(
            lambda: import_module("exercise.tui.course"), thread=True, exit_on_error=False
        )

    def _read_on(self) -> None:
        """Read in the pages that may come next, while the person reads the first of them."""
        from exercise.tui.screens import read_on

        self.run_worker(read_on(), exit_on_error=False)

    # the room's clock

    def clock_words(self) -> str:
        """The time left of the stage under way; empty where there is no limit."""
        if self.course is None:  # nothing of the engine is read in before the first paint
            return ""
        from exercise.tui.ticking import AWAY, left_words

        clock = self.course.control.timing.clock()
        return AWAY if self.away else left_words(clock)

    def _tick(self) -> None:
        """Count the clock on at the top of the screen; say a warning once."""
        if self.course is None:
            return
        from exercise.tui.screens.floor import Silences
        from exercise.tui.ticking import Ticking
        from exercise.tui.widgets.frame import Banner

        self.ticking = self.ticking or Ticking()
        self.silences = self.silences or Silences()
        words = self.clock_words()
        for banner in self.screen.query(Banner).exclude(".-still"):
            banner.clock = words
        counts = getattr(self.screen, "ticked", None)
        if callable(counts):
            counts()
        said = self.ticking.tick(self.course.control.timing.clock())
        if said and not self.away:
            self.tell(said)
        ended = self.silences.tick(self.course.control.chamber.floor())
        if ended is not None:
            self.tell(*ended)

    # plain words

    def tell(self, text: str, remedy: str = "", quiet: bool = False) -> None:
        """A line of plain words at the corner; what is typed by people is never markup."""
        from exercise.tui.words import plain

        words = plain(text)
        words = words[:1].upper() + words[1:]
        if remedy:
            words = f"{words}\n{plain(remedy)}"
        self.notify(words, markup=False, timeout=4 if quiet else 8,
                    severity="information" if quiet else "warning")  # fmt: skip

    def guarded(self, make: Callable[[], Any]) -> None:
        """Do it; where the engine says no, show its words and stay where we are."""
        from exercise.errors import ExerciseError

        try:
            make()
        except ExerciseError as error:
            from exercise.tui.screens.help import NoticeSheet

            if self.first is not None and len(self.screen_stack) <= 1:
                self.exit(return_code=2, message=None)
                self.fault = error
                return
            self.push_screen(NoticeSheet("That cannot be done", str(error)))

    def refused(self, error: ExerciseError) -> None:
        """Say what the engine, or a host elsewhere, said no to; nothing ends by it."""
        from exercise.host.line import HostAwayError

        if isinstance(error, HostAwayError):
            self._away(True)
        else:
            self.tell(error.message, error.remedy)

    async def _dispatch_message(self, message: Message) -> None:
        """What a key asks while the host is away must not end this terminal."""
        try:
            await super()._dispatch_message(message)
        except says_no() as error:
            self.refused(error)

    def _handle_exception(self, error: Exception) -> None:
        """A fault of the program: close in order, and keep it for a plain line afterwards.

        A clock that asked a host which is away is no fault: it ticks on.
        """
        from exercise.host.line import HostAwayError

        if isinstance(error, HostAwayError):
            self._away(True)
            return
        if self.fault is None:
            self.fault = self._exception = error
            self._exception_event.set()
        self.exit(return_code=BROKEN)

    def commands(self) -> Iterator[Command]:
        """What the palette offers on every screen."""
        yield "Light or dark", "Change between a dark and a light ground.", self._swap_theme
        if not isinstance(self.course, _visit()):  # a guest writes nothing on the host's machine
            yield ("Save a picture of this screen", "As an SVG file, in this folder.",
                   lambda: self.tell(f"Saved as {self.save_screenshot()}", quiet=True))  # fmt: skip

    def _swap_theme(self) -> None:
        first, second = (theme.name for theme in THEMES)
        self.theme = second if self.theme == first else first

    # going between screens

    def stage(self, screen: Screen[Any]) -> None:
        """Put a screen on, in place of all but the lowest; none while the host is away."""
        if self.away:
            self.tell(*HOST_AWAY)
            return
        while len(self.screen_stack) > (2 if self.first is None else 1):
            self.pop_screen()
        self.push_screen(screen)
        if not self._settled:
            self._settled = True
            self.set_timer(READ, self._read_on)

    def way(self, name: str) -> None:
        """A choice of the start screen."""
        from exercise.tui import ways

        self.guarded(lambda: ways.WAYS[name](self))

    def leave(self, course: Course | None = None) -> None:
        """Close a game: back to the start screen, or out of the program."""
        if course is not None:
            course.close()
        if self.first is not None:
            self.exit()
            return
        while len(self.screen_stack) > 2:
            self.pop_screen()

    def back(self) -> None:
        """One screen back; from the lowest one that was opened, out."""
        if self.first is not None and len(self.screen_stack) <= 2:
            self.exit()
        else:
            self.pop_screen()

    # a game in this terminal

    def begin_watch(self, course: Course, *, swift: bool = False) -> None:
        """All seats are bots."""
        from exercise.tui.screens.watch import WatchScreen

        self.course = course
        self.stage(WatchScreen(course, swift=swift))

    def finish_watch(self, course: Course, *, swift: bool) -> None:
        """The end of a watched game; a swift one leaves its summary and closes."""
        from exercise.tui.screens.over import OverScreen, summary

        ending = course.control.ending()
        self.stage(OverScreen(course))
        if swift and ending is not None:
            text = summary(course.control.view().scenario, ending)
            self.call_after_refresh(self.exit, text)

    def play(self, course: Course) -> None:
        """A person sits at one or more seats; this terminal is control."""
        self.course = course
        if course.over:
            self._ended(course)
        else:
            self.sit(course.seat)

    def sit(self, seat: str) -> None:
        """Show a seat's desk: behind a curtain where several sit here, its page the first time."""
        course = self._course()
        if course.takes_turns and (course.met or seat != course.seats[0]):
            from exercise.tui.screens.page import Curtain

            course.seat = seat
            desk = course.desk_of(seat)
            self.stage(Curtain(desk, course.title(seat), lambda: self._sit(seat)))
        else:
            self._sit(seat)

    def _sit(self, seat: str) -> None:
        from exercise.tui.screens.desk import DeskScreen
        from exercise.tui.screens.page import FirstPage

        course = self._course()
        course.seat = seat
        if course.desk.notes.evaluates():
            from exercise.tui.screens.notes import NotesScreen

            self.stage(NotesScreen(course.desk))
        elif seat not in course.met:
            course.met.add(seat)
            self.stage(FirstPage(course.desk, lambda: self.stage(DeskScreen(course))))
        else:
            self.stage(DeskScreen(course))

    def after_seal(self) -> None:
        """On to the next desk here; when all have sealed, the turn is resolved and published."""
        course = self._course()
        if isinstance(course, _visit()):
            self.tell("Sealed.", course.whither(), quiet=True)
            self.renewed()
            return
        waiting = course.waiting()
        if waiting:
            self.sit(waiting[0])
            return
        self.guarded(lambda: self.show_results(course.finish()))

    # a host, here or elsewhere

    def visit(self, course: Visit) -> None:
        """Sit at desks whose exercise runs elsewhere, and keep up with it."""
        for line in course.lines:
            self.keep_up(line)
        self.play(course)

    def come_in(self, line: HostLine, *more: HostLine, at: str | None = None) -> None:
        """Show what belongs to the role that a line came in as; of several, the seats' desks."""
        if more:
            self.visit(_visit()(line, *more))
        elif line.role == "control":
            from exercise.tui.room import controlled
            from exercise.tui.screens.room import enter

            enter(self, controlled(line, at))
        elif line.role in ("projector", "observer"):
            self.look_on(line)
        else:
            from exercise.tui.visit import Visit

            self.visit(Visit(line))

    def look_on(self, line: HostLine) -> None:
        """Show what everybody may know, and keep up with it."""
        from exercise.tui.screens.projector import ProjectorScreen
        from exercise.tui.visit import Look

        self.course = course = Look(line)
        self.keep_up(line)
        self.stage(ProjectorScreen(course.desk))

    def keep_up(self, line: HostLine) -> None:
        """Show anew what the host says has changed."""

        def changed() -> None:  # in the line's own thread
            self.call_later(self.renewed)

        line.changed = changed

    def renewed(self) -> None:
        """Something came from the host: show it where somebody reads, and tell what is new."""
        from exercise.tui.visit import Visit, heed, shows

        course = self.course
        line: HostLine | None = getattr(course, "line", None)
        if line is None or not self.is_running:
            return
        if isinstance(course, Visit) and self._dropped(course):
            return
        if line.state == "shut":
            self.exit(return_code=2)
            self.fault = line.refused()
            return
        self._away(line.state == "away")
        if line.state == "away":
            return
        if getattr(self.screen, "unfinished", False):
            self.back() if len(self.screen_stack) > 2 else self.go_on()
        for notice in line.noticed():
            self.tell(notice.reason, notice.remedy)
        heed(self, course)
        if isinstance(course, Visit):
            course.follow(self)
        screen = shows(self.screen)
        if screen is not None:
            screen.renew()

    def _dropped(self, course: Visit) -> bool:
        """Whether one of several seats was shut, and another is shown in its place."""
        shut = next((line for line in course.lines if line.state == "shut"), None)
        if shut is None or not course.drop(shut):
            return False
        refused = shut.refused()
        self.tell(f"{course.title(shut.desk)}: {refused.message}", refused.remedy)
        self.sit(course.seat)
        return True

    def _away(self, away: bool) -> None:
        if away and not self.away:
            self.tell(*HOST_AWAY)
        elif self.away and not away:
            self.tell("The host is back.", quiet=True)
        self.away = away

    def show_results(self, turn: int) -> None:
        """What came of a turn; from there one goes on to the desk."""
        from exercise.tui.screens.results import ResultsScreen

        course = self._course()
        if not (course.desk.standing().decides or course.desk.view(turn).changed):
            self.go_on()  # a turn of words alone: what came of it is in the inbox
            return
        self.stage(ResultsScreen(course.desk, turn, self.go_on))

    def go_on(self) -> None:
        """To the desk, or to how it ended."""
        course = self._course()
        if course.over:
            self._ended(course)
        else:
            self.sit(course.seats[0] if course.takes_turns else course.seat)

    def _ended(self, course: Course) -> None:
        from exercise.tui.screens.over import OverScreen

        self.stage(OverScreen(course))

    def _course(self) -> Course:
        assert self.course is not None
        return self.course


def _visit() -> type[Visit]:
    from exercise.tui.visit import Visit

    return Visit


# the ways in


def run_start() -> int:
    """The start screen; returns the exit status."""
    return run(Studio())


def run_watch(scenario: str, seed: int, headless: bool = False) -> int:
    """All seats bots. `headless` plays through the same screens at once and prints the end."""

    def first(app: Studio) -> None:
        from exercise.tui.course import begin

        app.begin_watch(begin(scenario, seed=seed), swift=headless)

    return run(Studio(first), headless=headless)


def run_play(
    scenario: str,
    seats: Sequence[str] = (),
    seed: int | None = None,
    save: str | Path | None = None,
    *,
    rhythm: str | None = None,
    names: str | None = None,
) -> int:
    """Play in this terminal; the other seats are bots. A save that exists is taken up again."""

    def first(app: Studio) -> None:
        from exercise.tui import ways

        ways.play(app, scenario, seats, seed, save, rhythm, names)

    return run(Studio(first))


def run_host(
    scenario: str,
    save: str | Path | None = None,
    rhythm: str | None = None,
    names: str | None = None,
    seed: int | None = None,
) -> int:
    """Run a room from one keyboard; a save that exists is taken up again."""

    def first(app: Studio) -> None:
        from exercise.tui import ways

        ways.host(app, scenario, save, rhythm, names, seed)

    return run(Studio(first))


def run_replay(save: str | Path) -> int:
    """Look back on a save, turn by turn."""

    def first(app: Studio) -> None:
        from exercise.tui import ways

        ways.look_back(app, save)

    return run(Studio(first))


def run(app: Studio, headless: bool = False) -> int:
    """Run the app; afterwards close what is open, and say what went wrong."""
    said = app.run(headless=headless, size=(120, 40) if headless else None)
    if app.course is not None:
        app.course.close()
    if said:
        print(visible(said, lines=True))
    if app.fault is not None:
        from exercise.errors import ExerciseError

        known = isinstance(app.fault, ExerciseError)
        words = str(app.fault) if known else f"{type(app.fault).__name__}: {app.fault}"
        lead = "" if known else "exercise stopped by a fault of its own: "
        print(visible(f"{lead}{words}", lines=True), file=sys.stderr)
    return app.return_code or 0
