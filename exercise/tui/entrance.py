"""The ways into a room that is held open: as its host, as control, at a seat, as the projector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exercise.tui.app import Studio, run

if TYPE_CHECKING:
    from exercise.host.held import Opening
    from exercise.host.line import Line


def run_join(
    code: str,
    at: str | None = None,
    person: str = "",
    cookie: str = "",
    seat: str = "",
    more: Sequence[str] = (),
) -> int:
    """Sit down at the seat or role that a code or a cookie opens, at a room that is open here.

    With `more` codes, one person sits at several seats.

    Where `seat` is given, the cookie has to be that seat's.
    """

    def first(app: Studio) -> None:
        from exercise.host.rooms import knock

        line = knock(code, at, person, cookie, seat)
        app.come_in(line, *_others(line, more, at, person), at=at)

    return run(Studio(first))


def _others(first: Line, codes: Sequence[str], at: str | None, person: str) -> list[Line]:
    """Lines to the further seats of a person; raises `UsageError` where one is no seat."""
    from exercise.errors import UsageError
    from exercise.host.rooms import knock

    lines = [first]
    try:
        for code in codes:
            lines.append(knock(code, at, person))
        if codes and any(line.role != "seat" for line in lines):
            raise UsageError(
                "only seats can be taken together", "join with each other code by itself"
            )
    except BaseException:
        for line in lines:
            line.close()
        raise
    return lines[1:]


def run_display(code: str, at: str | None = None) -> int:
    """Show what everybody in the room may know."""

    def first(app: Studio) -> None:
        from exercise.host.rooms import knock

        line = knock(code, at)
        if line.role not in ("projector", "observer"):
            from exercise.errors import UsageError

            line.close()
            raise UsageError("that code is not the projector's", "exercise join CODE sits down")
        app.look_on(line)

    return run(Studio(first))


def run_room(opening: Opening) -> int:
    """Hold a room open from this terminal, at control's desk."""

    def first(app: Studio) -> None:
        from exercise.tui.room import hosted
        from exercise.tui.screens.room import enter

        enter(app, hosted(opening))

    return run(Studio(first))


def run_control(code: str, at: str | None = None, person: str = "") -> int:
    """Sit down as control at a room that is open on this machine."""

    def first(app: Studio) -> None:
        from exercise.tui.room import reached
        from exercise.tui.screens.room import enter

        enter(app, reached(code, at, person))

    return run(Studio(first))
