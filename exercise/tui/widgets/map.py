"""The map on a screen: what a desk was shown of it, drawn to fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from exercise.tui.theme import GROUNDS, INKS

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.style import Style

    from exercise.tui.map.draw import Canvas, Span
    from exercise.tui.map.geometry import Frame
    from exercise.tui.map.land import Land
    from exercise.view import MapData, Mark, Route

CAPITALS = {"own": "★", "ally": "●", "adversary": "▲", "other": "○"}
STYLES = {"own": "own", "ally": "ally", "adversary": "adversary"}
LINES = {"sea": "dotted", "road": "dashed", "rail": "dashed", "air": "dotted"}
TEXTURE = {"own": "dense", "ally": "sparse", "adversary": "hatched"}

ROOMY, TALL, TINY = 90, 24, 12
"""From so many cells across and down, minor things are drawn too."""
KEPT = 4
"""So many maps are not drawn anew when they are opened again."""


class Picture(Visual):
    """A map as it was drawn."""

    def __init__(self, rows: Sequence[Sequence[Span]]) -> None:
        self._rows = rows

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The rows as they are, in the theme's colours."""
        styles = {
            (ink, ground): style + options.get_style(_style_of(ink, ground))
            for ink, ground in {(span.style, span.ground) for row in self._rows for span in row}
        }
        return [
            Strip([Segment(s.text, styles[s.style, s.ground].rich_style) for s in row])
            for row in self._rows[:height]
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as there is room."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As many lines as it has."""
        return len(self._rows)


_drawn: list[tuple[MapData, tuple[object, ...], Picture]] = []
"""The last maps that were drawn: of what, how, and what came of it; the newest last."""


def _style_of(ink: str, ground: str) -> str:
    """A map's style as the theme names it."""
    return f"{INKS[ink]} on {GROUNDS[ground]}".strip() if ground in GROUNDS else INKS[ink]


class MapView(Widget):
    """The map; `named` is the number of the thing whose name is asked for, −1 for none."""

    named = reactive(-1)
    scale = reactive(1.0)
    shift = reactive((0.0, 0.0))

    def __init__(self, id: str | None = None, *, textures: bool = False) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shown: MapData | None = None
        self._textures = textures
        self._land: Land | None = None

    def show(self, data: MapData) -> None:
        """Draw this map."""
        if data != self._shown:
            self._shown = data
            self._land = None
            self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Draw anew at the new size."""
        self.refresh()

    @property
    def things(self) -> tuple[Mark | Route, ...]:
        """What can be named on the map: its marks, then its ways."""
        shown = self._shown
        return (*shown.marks, *shown.routes) if shown is not None else ()

    @property
    def schematic(self) -> bool:
        """Whether the map stands for places without showing real coasts."""
        return self._shown is not None and self._shown.schematic

    def reaches(self, thing: Mark | Route) -> bool:
        """Whether a thing is on the map as it is drawn, or on the whole of it."""
        data = self._shown
        if data is None:
            return False
        return self._holds(self._frame(data), thing) or self._holds(self._whole(data), thing)

    def bring(self, thing: Mark | Route) -> None:
        """Move the map so that a thing is on it."""
        data = self._shown
        if data is None or self._holds(self._frame(data), thing):
            return
        frame = self._whole(data).zoomed(self.scale)
        points = _places(thing)
        lon, lat = points[len(points) // 2]
        east = (lon - frame.centre[0] + 180) % 360 - 180
        self.shift = (
            east / (frame.east - frame.west),
            (lat - frame.centre[1]) / (frame.north - frame.south),
        )

    def _holds(self, frame: Frame, thing: Mark | Route) -> bool:
        from exercise.tui.map.geometry import Projection

        sheet = Projection(frame, max(self.size.width, 1), max(self.size.height, 1))
        return any(sheet.cell(*place) is not None for place in _places(thing))

    def render(self) -> Picture:
        """The map in as many cells as there are."""
        data = self._shown
        if data is None or self.size.width < 8 or self.size.height < 3:
            return Picture(())
        wanted = (self.size, self.scale, self.shift, self.named, self._textures)
        for number, (shown, how, picture) in enumerate(_drawn):
            if shown is data and how == wanted:
                _drawn.append(_drawn.pop(number))
                return picture
        picture = Picture(self._canvas(data).rows())
        _drawn.append((data, wanted, picture))
        del _drawn[:-KEPT]
        return picture

    def _canvas(self, data: MapData) -> Canvas:
        from exercise.tui.map.draw import Canvas

        canvas = Canvas(self.size.width, self.size.height, self._frame(data))
        sides = _sides(data)
        land = self._land_of(data)
        if land is not None:
            canvas.outline(land)
            for owner in land.owners:
                style = STYLES.get(sides.get(owner, ""), "")
                if style:
                    canvas.fill(owner, style, TEXTURE[style] if self._textures else "plain")
                elif owner in sides:
                    canvas.fill(owner, "neutral")
        tiny = self.size.height < TINY
        for number, route in enumerate(data.routes, start=len(data.marks)):
            kind = LINES.get(route.mode, "solid")
            chosen = number == self.named
            if chosen or not tiny:
                style = "new" if chosen else "route-cut" if route.cut else "route"
                canvas.line(route.points, "solid" if chosen else kind, style)
        small = self.size.width < ROOMY or self.size.height < TALL
        for number, mark in enumerate(data.marks):
            chosen = number == self.named
            if chosen or not ((small and _minor(mark)) or (tiny and mark.kind == "theatre")):
                _put(canvas, mark, chosen=chosen, small=small)
        return canvas

    def _whole(self, data: MapData) -> Frame:
        from exercise.tui.map.geometry import Frame

        return Frame(*data.frame)

    def _frame(self, data: MapData) -> Frame:
        frame = self._whole(data)
        return frame.zoomed(self.scale).moved(*self.shift)

    def _land_of(self, data: MapData) -> Land | None:
        from exercise.tui.map.geometry import Frame
        from exercise.tui.map.land import Land, Shape

        if self._land is None:
            if data.shapes:
                self._land = Land.of(Shape(owner, (ring,)) for owner, ring in data.shapes)
            elif data.world != "none":
                codes = {code: actor for actor, code in data.countries.items()}
                self._land = Land.load(Frame(*data.frame)).named(codes)
        return self._land


def _places(thing: Mark | Route) -> Sequence[tuple[float, float]]:
    """Where a thing lies, longitudes and latitudes: a mark's place, or a way's ends and bends."""
    at: tuple[float, float] | None = getattr(thing, "at", None)
    return thing.points if at is None else (at,)  # type: ignore[union-attr]


def _sides(data: MapData) -> Mapping[str, str]:
    """Which side each owner on the map is on."""
    return {mark.owner: mark.side for mark in data.marks if mark.owner}


def _minor(mark: Mark) -> bool:
    """What a small map does without: others' places, and forces that stay at home."""
    if mark.kind == "unit":
        return mark.note in ("", "pledged")
    return mark.kind == "node" and mark.side != "own" and not mark.note


def _put(canvas: Canvas, mark: Mark, *, chosen: bool, small: bool) -> None:
    style = STYLES.get(mark.side, "neutral")
    label = f"{mark.label}, {mark.note}" if mark.note else mark.label
    rank = 9 if chosen else 1  # you, then capitals, theatres, one's own places, the rest
    if mark.kind == "theatre":
        ink = "new" if chosen else "theatre"
        text = mark.label.upper() + (f" · {mark.note}" if mark.note and not small else "")
        canvas.label(*mark.at, text, ink, rank=max(rank, 4))
        return
    if mark.kind == "capital":
        symbol, rank = CAPITALS.get(mark.side, "○"), max(rank, 6 if mark.side == "own" else 5)
    elif mark.kind == "unit":
        symbol, rank = ("◆" if mark.note == "in place" else "◇"), max(rank, 3 if mark.note else 0)
        under_way = mark.note == "under way"
        label = label if under_way or chosen else mark.label if mark.note == "in place" else ""
    else:
        symbol = "×" if mark.note == "damaged" else "▪"
        rank = max(rank, 3 if mark.side == "own" else 2)
    canvas.mark(*mark.at, symbol, label, style, label_style="new" if chosen else "label", rank=rank)
