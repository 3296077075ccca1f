"""A seat at a host elsewhere: this terminal shows its desk, and keeps up with the room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, cast

from exercise.desk import ControlDesk
from exercise.desk.answers import played_again
from exercise.host.line import Line
from exercise.host.remote import desk_on
from exercise.tui.course import Course

if TYPE_CHECKING:
    from exercise.tui.app import Studio


STOP = "STOP   STOP   STOP"
STOPPED = "This is no part of the exercise. Stop what you are doing, and listen to control."


class Renewing(Protocol):
    """A screen that can show itself anew."""

    def renew(self) -> None:
        """Show what there is now, if anything has changed."""
        ...


class Visit(Course):
    """The course of a person's seats whose exercise runs at its host: others resolve and publish.

    A person on several seats has a line for each, and goes from desk to desk without a curtain.
    """

    def __init__(self, line: Line, *more: Line) -> None:
        desk = desk_on(line)
        self.lines = (line, *more)
        seats = dict.fromkeys(one.desk for one in self.lines)
        # Standing, titles and the ending are asked of one's own desk: a visitor has no control.
        super().__init__(cast(ControlDesk, desk), list(seats), self._leave)
        self._desks |= {one.desk: desk_on(one) for one in more}
        self._desks[line.desk] = desk
        self.line = line
        """The line by which this terminal hears whether its host is there."""
        self.stopped = False
        """Whether it has been said here that everything stops."""
        self.stood = desk.standing()
        """Where the exercise stood when this terminal last looked."""
        self.turn = self.stood.turn
        """The turn that this terminal has shown last."""
        self.ended = False
        """Whether it has come to the ending."""
        self._waits = False
        """Whether it was said that the ending waits for a sheet."""

    def _leave(self) -> None:
        for line in self.lines:
            line.close()

    def drop(self, line: Line) -> bool:
        """Give up a seat whose line is shut; whether another one is left."""
        left = tuple(one for one in self.lines if one is not line)
        if not left:
            return False
        self.lines = left
        self.seats = tuple(one.desk for one in left)
        self.line = left[0]
        self.control = cast(ControlDesk, self.desk_of(self.line.desk))
        if self.seat not in self.seats:
            self.seat = self.seats[0]
        return True

    def present(self) -> Mapping[str, int]:
        """How many terminals are at each seat and role now."""
        found: Mapping[str, int] = self.line.document["present"]
        return found

    def terminals(self) -> Mapping[str, bool]:
        """The terminals of these seats that are here now, and which are their heads."""
        return {
            name: head for line in self.lines for name, head in line.document["terminals"].items()
        }

    @property
    def takes_turns(self) -> bool:
        """One person sits here, at whichever desk."""
        return False

    @property
    def go_round(self) -> Callable[[], None] | None:
        """The chair says when the table goes round."""
        return None

    @property
    def eyes(self) -> tuple[str, ...]:
        """A visitor looks back through its own seats alone."""
        return self.seats

    def waiting(self) -> tuple[str, ...]:
        """Whoever sits here has nobody to wait for."""
        return ()

    def whither(self) -> str:
        """Where to go on once a seat has sealed: to another of one's own that has not."""
        sealed = self.desk.standing().sealed
        others = [self.title(seat) for seat in self.seats if not sealed.get(seat)]
        if others:
            return f"x leads to the desk of {others[0]}."
        return "The turn goes on when control says so."

    def finish(self) -> int:
        """Nothing is resolved from here."""
        raise AssertionError("a visitor's terminal resolves nothing")

    def follow(self, app: Studio) -> None:
        """Tell whoever sits here that control went back, or show the results that came out."""
        from exercise.tui.screens.desk import DeskScreen
        from exercise.tui.screens.over import OverScreen
        from exercise.tui.screens.results import ResultsScreen

        turn = self.went_back()
        if self.stood.stage == "over":
            self.come_to_end(app)
            return
        self.ended = self._waits = False
        if turn is not None:  # what came after is gone from the desk: a word has to say why
            app.tell(
                f"Control has gone back: turn {turn} is played again.",
                "What was done in it since its start no longer counts.",
            )
            if isinstance(app.screen, (OverScreen, ResultsScreen)):
                app.go_on()
        done = self.came_out()
        if done is None:
            return
        if isinstance(app.screen, DeskScreen):
            app.show_results(done)
        else:
            app.tell(*self._out(done))

    def _out(self, done: int) -> tuple[str, str]:
        """What is said of a turn that is done to whoever is not at the desk, and where it stands.

        Where nothing is ordered, nothing but what has come in stands on a desk.
        """
        watches = self.desk.notes.evaluates()
        if not self.stood.decides:
            return f"Turn {done} is over.", "" if watches else "Your desk shows what comes next."
        where = "" if watches else "Go back to your desk: w shows them."
        return f"The results of turn {done} are out.", where

    def come_to_end(self, app: Studio) -> None:
        """Show the ending, wherever this terminal is; a sheet that is written on is closed first.

        Whoever is at the desk reads the last results on the way.
        """
        from exercise.tui.screens.desk import DeskScreen
        from exercise.tui.screens.over import OverScreen

        if self.stood.stage != "over" or self.ended:
            return
        if any(isinstance(screen, OverScreen) for screen in app.screen_stack):
            self.ended = True
            return
        if any(written_on(screen) for screen in app.screen_stack):
            if not self._waits:
                app.tell("The exercise is over.", "This sheet stays; the ending comes after it.")
            self._waits = True
            return
        done = self.came_out()
        self.ended = True
        if isinstance(app.screen, DeskScreen) and done is not None:
            app.show_results(done)
        else:
            app.go_on()

    def went_back(self) -> int | None:
        """The turn that is played again since the last time, if control has gone back to one."""
        before, self.stood = self.stood, self.desk.standing()
        if not played_again(self.stood, before):
            return None
        self.turn = self.stood.turn
        return self.turn

    def came_out(self) -> int | None:
        """The turn whose results came out since the last time, if any did."""
        standing = self.desk.standing()
        done = standing.turn if standing.stage == "over" else standing.turn - 1
        if done < self.turn or not done:
            return None
        self.turn = done + 1
        return done


class Look(Course):
    """The course of a screen that only looks on: what everybody may know."""

    def __init__(self, line: Line) -> None:
        desk = desk_on(line)
        super().__init__(cast(ControlDesk, desk), [line.desk], line.close)
        self._desks[line.desk] = desk
        self.line = line
        self.stopped = False


def heed(app: Studio, course: Course | None) -> None:
    """Say in the middle of the screen that everything stops, and that it was a false alarm.

    Who sits as control, or has the end before him, knows.
    """
    from exercise.tui.screens.help import NoticeSheet

    if not isinstance(course, (Visit, Look)):
        return
    standing = course.desk.standing()
    stopped = standing.stopped and standing.stage != "over"
    if stopped and not course.stopped:
        app.push_screen(NoticeSheet(STOP, STOPPED))
    elif course.stopped and not stopped and standing.stage != "over":
        sheet = app.screen
        if isinstance(sheet, NoticeSheet) and sheet.words[0] == STOP:
            app.pop_screen()
        app.tell("It was a false alarm.", "The exercise is frozen." if standing.paused
                 else "The exercise goes on.")  # fmt: skip
    course.stopped = stopped


def written_on(screen: Any) -> bool:
    """Whether it is a sheet on which somebody may have written."""
    from exercise.tui.screens.base import Sheet

    return isinstance(screen, Sheet) and bool(screen.query("Input, TextArea"))


def shows(screen: Any) -> Renewing | None:
    """The screen, if it can show itself anew."""
    return cast(Renewing, screen) if callable(getattr(screen, "renew", None)) else None
