"""Leaving the program: asked first where something is unfinished or would be lost.

A seat stays its person's: what was drafted stays on its slip, and the same code lets one in again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from exercise.tui.ahead import says_no

if TYPE_CHECKING:
    from exercise.tui.app import Studio
    from exercise.tui.course import Course
    from exercise.tui.room import Room

Asked = tuple[str, str]
"""A question, and what follows."""
BACK_IN = "Your seat stays yours: the same code lets you in again."
KEPT = "Everything sealed is kept; Continue takes it up again."
LOST = "This game has no save: it is gone once you leave."
ROOM = "Everything sealed, said and ruled is kept; Continue takes it up again."


class Leaving(App[Any]):
    """What Ctrl+Q and Ctrl+C do, in one's own words."""

    async def action_quit(self) -> None:
        """Leave; a second time without being asked."""
        from exercise.tui.app import Studio

        assert isinstance(self, Studio)
        depart(self)

    def action_help_quit(self) -> None:
        """Say how one leaves: many press Ctrl+C for it."""
        from exercise.tui.app import Studio

        assert isinstance(self, Studio)
        self.tell("Ctrl+Q leaves the program.", "Ctrl+C copies what is chosen.", quiet=True)


def depart(app: Studio) -> None:
    """Leave the program, or ask first."""
    from exercise.tui.screens.hosted import FirmSheet, SureSheet

    if isinstance(app.screen, FirmSheet):  # it concerns others: only its own key answers
        return
    asked = None if isinstance(app.screen, SureSheet) else _asked(app)
    if asked is None:
        out(app)
    else:
        sheet = FirmSheet if _others(app.course) else SureSheet
        app.push_screen(sheet(*asked, lambda: out(app)))


def _others(course: Course | None) -> list[str]:
    """Who else is in the room that this terminal holds open."""
    from exercise.tui.room import Room

    return course.waiting_outside() if isinstance(course, Room) else []


def room_words(room: Room) -> str:
    """What follows from leaving a room, and for whom."""
    from exercise.tui.words import listed

    others = room.waiting_outside()
    told = [f"{listed(others)} would wait until the room is opened again."] if others else []
    return "\n".join([*told, ROOM, str(room.path)])


def out(app: Studio) -> None:
    """Leave; whoever sat at a seat elsewhere is told that it stays."""
    app.exit(BACK_IN if _visits(app.course) and not _over(app.course) else None)


def _asked(app: Studio) -> Asked | None:
    """What is asked before leaving; None where nothing is unfinished."""
    from exercise.tui.room import Room
    from exercise.tui.visit import Look

    course = app.course
    if course is None or isinstance(course, Look) or not course.seats or _over(course):
        return None
    if isinstance(course, Room):
        return "Leave the room?", room_words(course)
    unfinished = _unfinished(app, course)
    if _visits(course):
        return ("Leave?", " ".join([*unfinished, BACK_IN])) if unfinished else None
    if not course.saved:
        return "Leave?", " ".join([*unfinished, LOST])
    return ("Leave?", " ".join([*unfinished, KEPT])) if unfinished else None


def _unfinished(app: Studio, course: Course) -> list[str]:
    """What is drafted and not sealed, and whether a sheet is being written on."""
    from exercise.tui.visit import written_on
    from exercise.tui.words import counted

    told = []
    if any(written_on(screen) for screen in app.screen_stack):
        told.append("What is written on this sheet was not sent and goes.")
    try:
        sealed = course.control.standing().sealed
        drafted = sum(len(course.desk_of(s).drafted()) for s in course.seats if not sealed.get(s))
    except says_no():  # the host is away: what was drafted lies there
        return [*told, "The host is away; what was drafted stays with it."]
    if drafted:
        stay = "stays" if drafted == 1 else "stay"
        told.append(f"{counted(drafted, 'order')} drafted and not sealed {stay} on the slip.")
    return told


def _visits(course: Course | None) -> bool:
    from exercise.tui.visit import Visit

    return isinstance(course, Visit)


def _over(course: Course | None) -> bool:
    try:
        return course is not None and course.over
    except says_no():
        return False
