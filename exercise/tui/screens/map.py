"""The map as large as the screen: move it, look closer, name what is on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.theme import SIDES
from exercise.tui.widgets.map import MapView
from exercise.tui.words import plain
from exercise.view import Route

if TYPE_CHECKING:
    from exercise.desk import Desk
    from exercise.view import Mark

KINDS = {"unit": "force", "node": "port, railhead or field", "capital": "capital",
         "theatre": "theatre", "act": "act"}  # fmt: skip
LEGEND = (
    ("★ you  ", "$own"),
    ("● ally  ", "$ally"),
    ("▲ adversary  ", "$adversary"),
    ("◆ in place  ◇ under way or at home  ▪ port or railhead  × damaged or cut", "$dim"),
)

SCHEMATIC = "schematic: names are fictional, so grounds stand in place of coasts"


class MapScreen(Page):
    """The map, with a line that names one thing."""

    KEY = "map"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: Desk, turn: int | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.turn = turn

    def body(self) -> Iterator[Widget]:
        """The map and its legend."""
        yield MapView("whole-map", textures=True)
        yield Static(id="named", classes="line", markup=False)

    def on_mount(self) -> None:
        """Draw it."""
        view = self.desk.view(self.turn)
        self.mark(view, self.desk.standing())
        self.query_one(MapView).show(view.map)
        self._tell_name()

    def _tell_name(self) -> None:
        line = self.query_one("#named", Static)
        shown = self.query_one(MapView)
        mark = self.named
        if mark is None:
            aside = [("\n" + SCHEMATIC, "$dim")] if shown.schematic else []
            line.update(Content.assemble(*LEGEND, *aside))
            return
        if isinstance(mark, Route):
            cut = ": cut" if mark.cut else ""
            told = [
                (plain(mark.label), "$bright bold"),
                (f"{cut}   way by {mark.mode}", "$foreground"),
            ]
            line.update(Content.assemble(*told))
            return
        note = f": {plain(mark.note)}" if mark.note else ""
        words = [(plain(mark.label), f"{SIDES.get(mark.side, '$foreground')} bold"),
                 (f"{note}   {KINDS.get(mark.kind, mark.kind)}", "$foreground"),
                 (f"   {self._owner(mark)}", "$dim")]  # fmt: skip
        line.update(Content.assemble(*words))

    def _owner(self, mark: Mark) -> str:
        """Whose it is, where its name does not say so."""
        titles = self.desk.standing().titles
        owner = titles.get(mark.owner, mark.owner)
        return "" if owner == mark.label else plain(owner)

    @property
    def named(self) -> Mark | Route | None:
        """What is named."""
        shown = self.query_one(MapView)
        return shown.things[shown.named] if 0 <= shown.named < len(shown.things) else None

    def action_next_mark(self) -> None:
        """Name the next thing."""
        self._name_next(1)

    def action_last_mark(self) -> None:
        """Name the thing before."""
        self._name_next(-1)

    def _name_next(self, step: int) -> None:
        """On to the next thing that the map reaches, moving the map where it is not drawn now."""
        shown = self.query_one(MapView)
        things = shown.things
        place = shown.named
        while True:
            place = (place + 1 + step) % (len(things) + 1) - 1
            if place < 0 or shown.reaches(things[place]):
                break
        shown.named = place
        if place >= 0:
            shown.bring(things[place])
        self._tell_name()

    def action_ask(self) -> None:
        """Why it is so."""
        mark = self.named
        if mark is None:
            self.studio.tell("Tab names one thing after the other.", quiet=True)
        else:
            self.ask(self.desk, mark.cell, self.turn)

    def action_nearer(self) -> None:
        """Closer."""
        self._scale(0.7)

    def action_farther(self) -> None:
        """Farther away."""
        self._scale(1 / 0.7)

    def _scale(self, factor: float) -> None:
        shown = self.query_one(MapView)
        scale = min(max(shown.scale * factor, 0.1), 3.0)
        east, north = shown.shift
        shown.shift = (east * shown.scale / scale, north * shown.scale / scale)
        shown.scale = scale

    def action_whole(self) -> None:
        """The whole theatre again."""
        shown = self.query_one(MapView)
        shown.scale, shown.shift = 1.0, (0.0, 0.0)

    def _move(self, east: float, north: float) -> None:
        shown = self.query_one(MapView)
        shown.shift = (
            min(max(shown.shift[0] + east, -9.0), 9.0),
            min(max(shown.shift[1] + north, -9.0), 9.0),
        )

    def action_west(self) -> None:
        """West."""
        self._move(-0.2, 0)

    def action_east(self) -> None:
        """East."""
        self._move(0.2, 0)

    def action_north(self) -> None:
        """North."""
        self._move(0, 0.2)

    def action_south(self) -> None:
        """South."""
        self._move(0, -0.2)
