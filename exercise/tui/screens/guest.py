"""A person sits down at a seat's desk in a room: behind a curtain, and back to control."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from exercise.tui.actions import bindings_of
from exercise.tui.screens.desk import DeskScreen
from exercise.tui.screens.hosted import stop
from exercise.tui.screens.notes import NotesScreen
from exercise.tui.screens.orders import OrdersScreen
from exercise.tui.screens.page import Curtain, FirstPage

if TYPE_CHECKING:
    from exercise.desk import Desk, LocalDesk
    from exercise.tui.app import Studio
    from exercise.tui.room import Room


def sit(app: Studio, room: Room, seat: str) -> None:
    """Cover the screen, then show the seat's first page the first time, then its desk."""
    desk = room.any_desk(seat)
    if desk.notes.evaluates():
        app.push_screen(NotesScreen(desk))
        return

    def desk_now() -> None:
        app.pop_screen()
        app.push_screen(GuestDesk(room, seat))

    def seated() -> None:
        app.pop_screen()
        if seat in room.met:
            app.push_screen(GuestDesk(room, seat))
        else:
            room.met.add(seat)
            app.push_screen(FirstPage(desk, desk_now))

    app.push_screen(Curtain(desk, room.title(seat), seated))


def get_up(app: Studio, room: Room) -> None:
    """Back to control, behind a curtain."""

    def back() -> None:
        app.pop_screen()

    while not isinstance(app.screen, GuestDesk):
        app.pop_screen()
    app.pop_screen()
    app.push_screen(Curtain(room.control, "Control", back))


class GuestDesk(DeskScreen):
    """A seat's desk in a room: sealing leads back to control, who resolves the turn."""

    KEY = "guest"
    BINDINGS = bindings_of(KEY)

    def __init__(self, room: Room, seat: str) -> None:
        super().__init__(room)
        self.room = room
        self.guest = seat

    @property
    def desk(self) -> LocalDesk:
        """The desk of whoever sits here."""
        return self.room.any_desk(self.guest)

    def after_seal(self) -> None:
        """Get up."""
        get_up(self.studio, self.room)

    def action_orders(self) -> None:
        """The draft."""
        self.studio.push_screen(GuestOrders(self.desk, self.after_seal))

    def action_get_up(self) -> None:
        """Back to control; the draft stays."""
        get_up(self.studio, self.room)

    def others(self) -> tuple[str, ...]:
        """None: the way to another desk leads through control, and its curtain."""
        return ()

    def action_stop(self) -> None:
        """Freeze everything now."""
        stop(self.studio, self.room)


class GuestOrders(OrdersScreen):
    """The draft of a guest."""

    def __init__(self, desk: Desk, then: Callable[[], None]) -> None:
        super().__init__(desk)
        self.then = then

    def after_seal(self) -> None:
        """Get up."""
        self.then()
