"""The map as styled text: land, routes, marks and words in a rectangle of terminal cells.

Knows nothing of any screen library: it gives rows of spans, each with the name of a style from
STYLES, which a screen turns into colours. Colour is never the only sign: what a side holds can be
textured, marks have symbols, and a cut route has a cross.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import attrs
import numpy as np
import numpy.typing as npt

from exercise.tui.map.geometry import (
    DOTS_ACROSS,
    DOTS_DOWN,
    Dots,
    Edges,
    Floats,
    Frame,
    Ints,
    Projection,
    braille,
    clipped,
    steps_along,
)
from exercise.tui.map.land import Land, survey
from exercise.tui.map.lettering import Cluster, Label, Sheet, clusters, width

STYLES = (
    "sea",
    "land",
    "border",
    "own",
    "ally",
    "adversary",
    "neutral",
    "route",
    "route-cut",
    "sea-label",
    "theatre",
    "label",
    "new",
)
TEXTURES: Mapping[str, tuple[str, ...]] = {
    # One tile of dots each, repeated over the land; every tile divides a cell's grid evenly.
    "plain": ("....", "....", "....", "...."),
    "sparse": ("o...", "....", "..o.", "...."),
    "hatched": ("o...", ".o..", "..o.", "...o"),
    "dense": ("o.o.", ".o.o", "o.o.", ".o.o"),
}
KINDS: Mapping[str, tuple[float, float]] = {
    # Dots on, of dots in all, along a line.
    "solid": (1.0, 1.0),
    "dashed": (4.0, 7.0),
    "dotted": (1.0, 3.0),
}
_INK = {style: number for number, style in enumerate(STYLES)}
_GLYPHS = np.array([" ", *(chr(0x2800 + bits) for bits in range(1, 256))], dtype="<U4")


class Span(NamedTuple):
    """Some text of one row in one style, on the ground of a side's land, or "" for none."""

    text: str
    style: str
    ground: str = ""


@attrs.frozen
class Mark:
    """A symbol at a place, with a label beside it if there is room."""

    lon: float
    lat: float
    symbol: tuple[Cluster, ...]
    label: tuple[Cluster, ...]
    style: str
    label_style: str
    rank: int


@attrs.frozen
class Placed:
    """Where a mark came to stand, for pointing at it: its number, as `mark` returned it."""

    number: int
    column: int
    row: int
    labelled: bool


class Canvas:
    """A map being drawn into `width` x `height` cells.

    Say what lies on it in any order (`outline`, `fill`, `line`, `mark`, `label`), then ask for
    `rows`, `plain` or `placed`. Higher ranks get their place first, then earlier ones.
    """

    def __init__(self, width: int, height: int, frame: Frame) -> None:
        self.width, self.height = max(width, 0), max(height, 0)
        self.projection = Projection(frame, max(width, 1), max(height, 1))
        self._lands: list[Land] = []
        self._fills: dict[str, tuple[str, str, bool]] = {}
        self._lines: list[tuple[Floats, str, str]] = []
        self._marks: list[Mark] = []
        self._labels: list[Label] = []
        self._sheet: _Drawing | None = None

    def outline(self, land: Land) -> None:
        """Draw the coasts and borders of some land."""
        self._lands.append(land)
        self._sheet = None

    def fill(self, owner: str, style: str, texture: str = "plain", ground: bool = True) -> None:
        """Show what an owner holds: coasts in `style`, dots of a texture, a ground for colour."""
        _known(style, STYLES)
        _known(texture, TEXTURES)
        self._fills[owner] = (style, texture, ground)
        self._sheet = None

    def line(
        self, points: Sequence[tuple[float, float]], kind: str = "solid", style: str = "route"
    ) -> None:
        """Draw a route through (lon, lat) points, each leg the short way round the globe.

        `kind` is solid, dashed or dotted. A line in style "route-cut" has a cross at its middle.
        """
        _known(style, STYLES)
        _known(kind, KINDS)
        way = np.array([(float(lon), float(lat)) for lon, lat in points]).reshape(-1, 2)
        way = way[np.isfinite(way).all(axis=1)]
        if len(way):
            way[:, 0] = np.unwrap(way[:, 0], period=360)
        self._lines.append((way, kind, style))
        self._sheet = None

    def mark(
        self,
        lon: float,
        lat: float,
        symbol: str,
        label: str = "",
        style: str = "label",
        label_style: str = "label",
        rank: int = 1,
    ) -> int:
        """Put a symbol (its first glyph) at a place, and return the mark's number."""
        _known(style, STYLES)
        _known(label_style, STYLES)
        glyph = tuple(clusters(symbol)[:1]) or (("•", 1),)
        words = tuple(clusters(label))
        self._marks.append(Mark(lon, lat, glyph, words, style, label_style, rank))
        self._sheet = None
        return len(self._marks) - 1

    def label(
        self, lon: float, lat: float, text: str, style: str = "sea-label", rank: int = 0
    ) -> None:
        """Write words over a place: a sea, a theatre, a country."""
        _known(style, STYLES)
        words = tuple(clusters(text))
        cell = self.projection.cell(lon, lat)
        if words and cell is not None:
            self._labels.append(Label(words, *cell, wide=0, style=style, rank=rank))
        self._sheet = None

    def rows(self) -> list[list[Span]]:
        """The finished map, from the top; each row is exactly `width` cells."""
        if not (self.width and self.height):
            return [[] for _ in range(self.height)]
        return self._drawing().rows()

    def plain(self) -> list[str]:
        """The finished map without styles."""
        return ["".join(span.text for span in row) for row in self.rows()]

    def placed(self) -> list[Placed]:
        """The marks that are on the map, in the order in which they were given."""
        if not (self.width and self.height):
            return []
        return sorted(self._drawing().placed, key=lambda mark: mark.number)

    def _drawing(self) -> _Drawing:
        if self._sheet is None:
            drawing = _Drawing(self.projection)
            for land in self._lands:
                drawing.lay_land(land, self._fills)
            drawing.lay_lines([line for line in self._lines if len(line[0]) > 1])
            drawing.lay_words(self._marks, self._labels)
            self._sheet = drawing
        return self._sheet


class _Drawing:
    """Cells as they fill up: line dots and their inks, grounds, and the glyphs over them."""

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        shape = (projection.height, projection.width)
        self.bits: npt.NDArray[np.uint8] = np.zeros(shape, dtype=np.uint8)
        self.texture: npt.NDArray[np.uint8] = np.zeros(shape, dtype=np.uint8)
        self.ink: npt.NDArray[np.uint8] = np.zeros(shape, dtype=np.uint8)
        self.ground: npt.NDArray[np.uint8] = np.zeros(shape, dtype=np.uint8)
        self.crosses: list[tuple[int, int, str]] = []
        self.glyphs: dict[tuple[int, int], tuple[Cluster, str]] = {}
        self.placed: list[Placed] = []

    def lay_land(self, land: Land, fills: Mapping[str, tuple[str, str, bool]]) -> None:
        found = survey(land, self.projection)
        count = len(land.owners) + 1
        styles = np.zeros(count, dtype=np.uint8)
        grounds = np.zeros(count, dtype=np.uint8)
        textures = np.zeros(count, dtype=np.uint8)
        names = list(TEXTURES)
        for code, owner in enumerate(land.owners, start=1):
            if owner in fills:
                style, texture, ground = fills[owner]
                styles[code] = _INK[style]
                grounds[code] = _INK[style] if ground else 0
                textures[code] = names.index(texture)
        lines = found.coast | found.border
        dotted = _textured(textures[found.areas]) & ~_near(lines)
        coast, border, texture_bits = map(braille, (found.coast, found.border, dotted))
        mine = _majority(found.areas)
        land_ink = np.where(styles[mine] > 0, styles[mine], _INK["land"])
        ink = np.where(texture_bits > 0, land_ink, self.ink)
        ink = np.where(border > 0, _INK["border"], ink)
        ink = np.where(coast > 0, land_ink, ink)
        self.ink = ink.astype(np.uint8)
        self.bits |= coast | border
        self.texture |= texture_bits
        held = grounds[_majority(found.areas, least=4)]
        self.ground = np.where(held > 0, held, self.ground)

    def lay_lines(self, lines: Sequence[tuple[Floats, str, str]]) -> None:
        """Draw lines' dots with their rhythms, all in one go, and a cross half way on cut ones."""
        if not lines:
            return
        projection = self.projection
        left, right = projection.globe
        edges, before, line = _edges(lines, projection)
        parts, which = clipped(edges, left, right, float(projection.dots_down))
        along, across, edge, share = steps_along(parts)
        # The rhythm runs on from leg to leg, and does not change where the map is cut.
        begun = np.hypot(parts[0] - edges[0][which], parts[1] - edges[1][which])
        inside = np.hypot(parts[2] - parts[0], parts[3] - parts[1])
        way_so_far = (before[which] + begun)[edge] + share * inside[edge]
        of_line = line[which][edge]
        rhythms = np.array([KINDS[kind] for _, kind, _ in lines])[of_line]
        shown = way_so_far % rhythms[:, 1] < rhythms[:, 0]
        column, row = along.astype(np.int64), across.astype(np.int64)
        dots = np.zeros((projection.dots_down, projection.dots_across), dtype=np.bool_)
        dots[row[shown], column[shown]] = True
        bits = braille(dots)
        self.bits |= bits
        self.texture[bits > 0] = 0
        inks = np.array([_INK[style] for _, _, style in lines], dtype=np.uint8)
        column, row = column // DOTS_ACROSS, row // DOTS_DOWN
        self.ink[row[shown], column[shown]] = inks[of_line[shown]]  # where lines meet, the last
        for number, (_, _, style) in enumerate(lines):
            if style == "route-cut":
                cells = np.flatnonzero(of_line == number)
                if len(cells):
                    half = cells[len(cells) // 2]
                    self.crosses.append((int(column[half]), int(row[half]), style))

    def lay_words(self, marks: Sequence[Mark], labels: Sequence[Label]) -> None:
        """Marks first, then words by rank; what finds no place is left out."""
        sheet = Sheet((self.bits > 0).astype(np.int64))
        for column, row, style in self.crosses:
            self._write(sheet, column, row, (("×", 1),), style)
        wanted: list[tuple[Label, int | None]] = [(label, None) for label in labels]
        spots: dict[int, tuple[int, int]] = {}
        for number, mark in sorted(enumerate(marks), key=lambda item: (-item[1].rank, item[0])):
            cell = self.projection.cell(mark.lon, mark.lat)
            spot = sheet.stand(*cell, width(list(mark.symbol))) if cell else None
            if spot is None:
                continue
            spots[number] = spot
            self._write(sheet, *spot, mark.symbol, mark.style)
            if mark.label:
                wide = width(list(mark.symbol))
                words = Label(mark.label, *spot, wide, mark.label_style, mark.rank)
                wanted.append((words, number))
        labelled = set()
        for label, owner in sorted(wanted, key=lambda item: -item[0].rank):
            settled = sheet.settle(label)
            if settled is not None:
                self._write(sheet, *settled, label.style, words=True)
                labelled.add(owner)
        self.placed = [Placed(n, *spot, labelled=n in labelled) for n, spot in spots.items()]

    def _write(
        self,
        sheet: Sheet,
        column: int,
        row: int,
        text: Sequence[Cluster],
        style: str,
        words: bool = False,
    ) -> None:
        sheet.take(column, row, width(list(text)), words)
        for glyph, cells in text:
            self.glyphs[row, column] = ((glyph, cells), style)
            column += cells

    def rows(self) -> list[list[Span]]:
        characters = _GLYPHS[self.bits | self.texture]
        ink = np.where((self.bits | self.texture) > 0, self.ink, 0)
        for (row, column), ((glyph, cells), style) in self.glyphs.items():
            characters[row, column] = glyph
            characters[row, column + 1 : column + cells] = ""
            ink[row, column : column + cells] = _INK[style]
        return [
            _spans(*row)
            for row in zip(characters.tolist(), ink.tolist(), self.ground.tolist(), strict=True)
        ]


def _spans(characters: list[str], ink: list[int], ground: list[int]) -> list[Span]:
    """One row, its neighbouring cells of one style joined."""
    spans: list[Span] = []
    start = 0
    for end in range(1, len(characters) + 1):
        if end < len(characters) and (ink[end], ground[end]) == (ink[start], ground[start]):
            continue
        under = STYLES[ground[start]] if ground[start] else ""
        spans.append(Span("".join(characters[start:end]), STYLES[ink[start]], under))
        start = end
    return spans


def _majority(areas: npt.NDArray[np.uint16], least: int = 1) -> npt.NDArray[np.uint16]:
    """The code in most of a cell's eight dots, 0 where fewer than `least` of them are land."""
    down, across = areas.shape
    blocks = areas.reshape(down // DOTS_DOWN, DOTS_DOWN, across // DOTS_ACROSS, DOTS_ACROSS)
    cells = np.sort(blocks.swapaxes(1, 2).reshape(down // DOTS_DOWN, across // DOTS_ACROSS, 8))
    lands = (cells > 0).sum(axis=2)
    # Sorted, the sea comes first: the middle one of what is land is most often the commonest.
    middle = np.take_along_axis(cells, (8 - (lands[..., None] + 1) // 2).clip(max=7), axis=2)
    return np.where(lands >= least, middle[..., 0], 0).astype(np.uint16)


def _textured(textures: npt.NDArray[np.uint8]) -> Dots:
    """Which dots their texture lights: bool[dots down, dots across]."""
    tiles = np.array([[[c == "o" for c in row] for row in tile] for tile in TEXTURES.values()])
    down, across = textures.shape
    return tiles[textures, (np.arange(down) % 4)[:, None], (np.arange(across) % 4)[None, :]]


def _near(lines: Dots) -> Dots:
    """The dots that touch a line, so that textures keep off coasts and borders."""
    edged = np.pad(lines, 1)
    rows = edged[:-2] | edged[1:-1] | edged[2:]
    return rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:]


def _known(name: str, names: Sequence[str] | Mapping[str, object]) -> None:
    if name not in names:
        raise ValueError(f"{name!r} is none of {', '.join(names)}")


def _edges(
    lines: Sequence[tuple[Floats, str, str]], projection: Projection
) -> tuple[Edges, Floats, Ints]:
    """The legs of lines, each thrice since the globe is round: ends, way so far, which line."""
    points = np.concatenate([way for way, _, _ in lines])
    x = projection.x(points[:, 0] + np.array([[-360.0], [0.0], [360.0]]))
    y = np.broadcast_to(projection.y(points[:, 1]), x.shape)
    lengths = np.hypot(np.diff(x, axis=1), np.diff(y, axis=1))
    sizes = [len(way) for way, _, _ in lines]
    found: list[tuple[Floats, ...]] = []
    for end, size in zip(accumulate(sizes), sizes, strict=True):
        own, after = slice(end - size, end - 1), slice(end - size + 1, end)
        before = np.cumsum(lengths[:, own], axis=1) - lengths[:, own]
        found.append((x[:, own], y[:, own], x[:, after], y[:, after], before))
    x0, y0, x1, y1, before = (
        np.concatenate([part.reshape(-1) for part in parts]) for parts in zip(*found, strict=True)
    )
    line = np.repeat(np.arange(len(lines)), [3 * (size - 1) for size in sizes])
    return (x0, y0, x1, y1), before, line
