"""Who may come in: codes, who is here, locks; and the words to say to whoever joins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from exercise.room.access import OWN
from exercise.tui.actions import bindings_of
from exercise.tui.screens.hosted import RoomPage, SureSheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import counted, plain

if TYPE_CHECKING:
    from exercise.room.access import Door
    from exercise.tui.room import Room

HOW = (
    "A terminal of this machine, or over SSH:  exercise join CODE\n"
    "A projector:  exercise display CODE      Control:  exercise control CODE\n"
    "Browsers:  exercise serve SAVE  in another terminal says the address"
)
COUNTED = ("evaluator", "observer", "projector")
ROLES = {"observer": "looks on", "projector": "for everybody to see"}


class DoorsScreen(RoomPage):
    """A line for each seat and role: its code where it was issued just now, and who is here."""

    KEY = "doors"
    BINDINGS = bindings_of(KEY)

    def body(self) -> Iterator[Widget]:
        """Title, how to join, the doors."""
        yield Static("Who is here, and who may come in", classes="title air", markup=False)
        yield Static(id="doors-count", classes="line", markup=False)
        yield Static(HOW, classes="quiet", markup=False)
        yield Lines(id="doors", classes="air")

    def on_mount(self) -> None:
        """Show them."""
        self.head()
        self.renew()
        self.query_one(Lines).focus()

    def renew(self) -> None:
        """Show who is here now."""
        doors, present = self.control.access.doors(), self.room.present()
        self.query_one("#doors-count", Static).update(plain(count_words(self.room)))
        self.query_one(Lines).show(door_lines(self.room, doors, present))

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """A new code for the chosen door."""
        name = str(event.line.data)
        here = self.room.present().get(name, 0)
        words = (
            f"{counted(here, 'terminal')} there now will have to join again."
            if here
            else "The old code, if there was one, opens nothing any more."
        )
        title = f"A new code for {plain(self.room.title(name))}?"
        self.studio.push_screen(SureSheet(title, words, lambda: self._issue((name,))))

    def action_lock(self) -> None:
        """Lock the chosen door, or unlock it."""
        line = self.query_one(Lines).line
        if line is None:
            return
        name = str(line.data)
        locked = {door.name: door.locked for door in self.control.access.doors()}[name]
        self.tried(lambda: self.control.access.lock(name, not locked))
        self.renew()

    def action_here(self) -> None:
        """Who is here, and who has sealed."""
        from exercise.tui.screens.here import HereSheet

        self.studio.push_screen(HereSheet(self.room))

    def action_all(self) -> None:
        """New codes for everybody."""
        words = "Every terminal that is here will have to join again, with its new code."
        self.studio.push_screen(SureSheet("New codes for all?", words, lambda: self._issue(())))

    def _issue(self, names: tuple[str, ...]) -> None:
        codes = self.tried(lambda: self.control.access.issue(names))
        if codes:
            self.room.codes.update(codes)
        self.renew()


def count_words(room: Room) -> str:
    """How many are here: seats that people play, and those who take no part in it."""
    here, away = room.attending()
    whole = len(here) + len(away)
    told = [f"{len(here)} of {counted(whole, 'seat')} of people here"] if whole else []
    present = room.present()
    told += [counted(present[name], name) for name in COUNTED if present.get(name)]
    return " · ".join(told) or "nobody is to come: no seat is played by a person at a terminal"


def door_lines(room: Room, doors: tuple[Door, ...], present: Mapping[str, int]) -> Iterator[Line]:
    """A line for each door."""
    for door in doors:
        here = present.get(door.name, 0)
        host = door.role == "control" and bool(present.get(OWN))
        code = room.codes.get(door.name, "")
        told = code or ("issued before" if door.issued else "no code yet")
        notes = [ROLES[door.role]] if door.role in ROLES else []
        notes += ["at the host's own screen"] if host else []
        if here:
            notes.append(counted(here, "terminal here", "terminals here"))
        if door.locked:
            notes.append("locked")
        if door.knocks:
            notes.append(counted(door.knocks, "wrong code"))
        title = room.title(door.name)
        yield Line(
            title[:1].upper() + title[1:],
            sign="●" if here or host else "○",
            sign_style="$own" if here or host else "$dim",
            right="locked" if door.locked else told,
            right_style="$bright" if code and not door.locked else "$dim",
            note=" · ".join(notes),
            data=door.name,
        )
