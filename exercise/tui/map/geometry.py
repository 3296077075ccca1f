"""From longitude and latitude to the dots of a terminal: frames, projection, lines, areas.

A terminal cell is about twice as high as wide and holds 2 x 4 braille dots, so dots are about
square. Positions in dots are floats with x to the right and y down; dot (i, j) covers
[i, i+1) x [j, j+1). Everything here works on whole arrays of edges at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import attrs
import numpy as np
import numpy.typing as npt

from exercise.errors import ExerciseError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Dots = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint16]
Edges = tuple[Floats, Floats, Floats, Floats]

DOTS_ACROSS, DOTS_DOWN = 2, 4
_BRAILLE = np.array([[1, 8], [2, 16], [4, 32], [64, 128]], dtype=np.uint8)


@attrs.frozen
class Frame:
    """What part of the world to show, in degrees; `east` may pass 180 to cross the date line.

    Raises ExerciseError where the numbers do not make a box on the globe.
    """

    west: float
    south: float
    east: float
    north: float

    def __attrs_post_init__(self) -> None:
        box = (self.west, self.south, self.east, self.north)
        fits = (
            all(math.isfinite(side) for side in box)
            and -360 <= self.west < self.east <= 540
            and self.east - self.west <= 360 + 1e-9  # a difference of two roundings
            and -90 <= self.south < self.north <= 90
        )
        if not fits:
            raise ExerciseError(
                f"map frame {box}: west must lie below east, south below north, within the globe",
                "give west, south, east, north in degrees; add 360 to an east past the date line",
            )

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of its middle, in degrees."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]], margin: float = 0.1) -> Frame:
        """The smallest frame around (lon, lat) points, the short way round the globe.

        `margin` is the share of its size added on each side; it is never under four degrees.
        """
        placed = list(points)
        if not placed:
            raise ExerciseError("a map frame needs at least one point", "name a place to show")
        lons = np.sort(np.array([lon for lon, _ in placed]) % 360)
        lats = np.array([lat for _, lat in placed])
        gaps = np.diff(lons, append=lons[0] + 360)
        first = (int(gaps.argmax()) + 1) % len(lons)
        width = 360 - float(gaps.max())
        west = (float(lons[first]) + 180) % 360 - 180
        across = min(max(width * margin, 2.0 - width / 2), (360 - width) / 2)
        tall = float(np.ptp(lats))
        down = max(tall * margin, 2.0 - tall / 2)
        south, north = float(lats.min()) - down, float(lats.max()) + down
        return cls(west - across, max(south, -90.0), west + width + across, min(north, 90.0))

    def moved(self, east: float, north: float) -> Frame:
        """The frame shifted by shares of its own size, kept on the globe."""
        across, down = self.east - self.west, self.north - self.south
        up = min(max(north * down, -90 - self.south), 90 - self.north)
        west = (self.west + east * across + 180) % 360 - 180
        return Frame(west, self.south + up, west + across, self.north + up)

    def zoomed(self, factor: float) -> Frame:
        """The frame `factor` times as large around the same centre, from a degree to the globe."""
        lon, lat = self.centre
        across = min(max((self.east - self.west) * factor, 1.0), 360.0) / 2
        down = min(max((self.north - self.south) * factor, 1.0), 180.0) / 2
        lat = min(max(lat, -90 + down), 90 - down)
        return Frame(lon - across, lat - down, lon + across, lat + down)


@attrs.frozen
class Projection:
    """A frame fitted into `width` x `height` cells, with true shapes at its middle latitude.

    Equirectangular. The frame always fits whole; where the cells have another shape than the
    frame, more of the surroundings shows rather than empty margins.
    """

    frame: Frame
    width: int
    height: int
    down: float = attrs.field(init=False)
    across: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        frame = self.frame
        squeeze = math.cos(math.radians(min(abs(frame.centre[1]), 75.0)))
        size = (self.dots_across, self.dots_down)
        down = min(
            size[0] / ((frame.east - frame.west) * squeeze), size[1] / (frame.north - frame.south)
        )
        object.__setattr__(self, "down", down)
        object.__setattr__(self, "across", down * squeeze)

    @property
    def dots_across(self) -> int:
        """Its width in dots."""
        return self.width * DOTS_ACROSS

    @property
    def dots_down(self) -> int:
        """Its height in dots."""
        return self.height * DOTS_DOWN

    @property
    def globe(self) -> tuple[float, float]:
        """First and last x in dots that belong to the globe; beyond it would show twice."""
        middle, half = self.dots_across / 2, 180 * self.across
        return max(middle - half, 0.0), min(middle + half, float(self.dots_across))

    @property
    def reach(self) -> tuple[float, float]:
        """The longitudes at the left and right edge of what is shown."""
        lon = self.frame.centre[0]
        half = min(self.dots_across / 2 / self.across, 180.0)
        return lon - half, lon + half

    def x(self, lon: Floats) -> Floats:
        """Longitudes as x in dots, taken as they are: no wrapping at the date line."""
        return (lon - self.frame.centre[0]) * self.across + self.dots_across / 2

    def y(self, lat: Floats) -> Floats:
        """Latitudes as y in dots, downwards."""
        return (self.frame.centre[1] - lat) * self.down + self.dots_down / 2

    def cell(self, lon: float, lat: float) -> tuple[int, int] | None:
        """The (column, row) of a place, or None where it is off the map."""
        if not (math.isfinite(lon) and math.isfinite(lat)):
            return None
        middle = self.frame.centre[0]
        near = middle + (lon - middle + 180) % 360 - 180
        x = float(self.x(np.array([near]))[0])
        y = float(self.y(np.array([lat]))[0])
        if not (0 <= x < self.dots_across and 0 <= y < self.dots_down):
            return None
        return int(x) // DOTS_ACROSS, int(y) // DOTS_DOWN

    def place(self, column: int, row: int) -> tuple[float, float]:
        """The (lon, lat) at the middle of a cell; lon within -180..180."""
        x, y = (column + 0.5) * DOTS_ACROSS, (row + 0.5) * DOTS_DOWN
        lon, lat = self.frame.centre
        lon += (x - self.dots_across / 2) / self.across
        lat -= (y - self.dots_down / 2) / self.down
        return (lon + 180) % 360 - 180, lat


def clipped(edges: Edges, left: float, right: float, bottom: float) -> tuple[Edges, Ints]:
    """The parts of edges within [left, right) x [0, bottom), and which edges they are of.

    Liang and Barsky's method: each side of the box narrows the stretch [enter, leave] of an edge.
    """
    x0, y0, x1, y1 = edges
    near = (np.maximum(x0, x1) >= left) & (np.minimum(x0, x1) < right)
    near &= (np.maximum(y0, y1) >= 0) & (np.minimum(y0, y1) < bottom)
    which = np.flatnonzero(near)
    x0, y0, x1, y1 = x0[which], y0[which], x1[which], y1[which]
    dx, dy = x1 - x0, y1 - y0
    enter, leave = np.zeros(len(which)), np.ones(len(which))
    hair = 1e-6
    sides = ((-dx, x0 - left), (dx, right - hair - x0), (-dy, y0), (dy, bottom - hair - y0))
    for slope, room in sides:
        flat = slope == 0
        crossing = room / np.where(flat, 1.0, slope)
        enter = np.where(slope < 0, np.maximum(enter, crossing), enter)
        leave = np.where(slope > 0, np.minimum(leave, crossing), leave)
        leave = np.where(flat & (room < 0), -1.0, leave)
    kept = enter <= leave
    enter, leave = enter[kept], leave[kept]
    x0, y0, dx, dy = x0[kept], y0[kept], dx[kept], dy[kept]
    parts = (x0 + enter * dx, y0 + enter * dy, x0 + leave * dx, y0 + leave * dy)
    return parts, which[kept]


def steps_along(edges: Edges) -> tuple[Floats, Floats, Ints, Floats]:
    """Points at most one dot apart along edges: x, y, the edge of each, its share of the way."""
    x0, y0, x1, y1 = edges
    longer = np.maximum(np.abs(x1 - x0), np.abs(y1 - y0))
    counts = np.ceil(longer).astype(np.int64) + 1
    edge = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = number / np.maximum(counts - 1, 1)[edge]
    return x0[edge] + share * (x1 - x0)[edge], y0[edge] + share * (y1 - y0)[edge], edge, share


def drawn(edges: Edges, projection: Projection) -> Dots:
    """Edges in dots, as lines one dot thin: bool[dots down, dots across]."""
    dots = np.zeros((projection.dots_down, projection.dots_across), dtype=np.bool_)
    left, right = projection.globe
    parts, _ = clipped(edges, left, right, float(projection.dots_down))
    x, y, _, _ = steps_along(parts)
    dots[y.astype(np.int64), x.astype(np.int64)] = True
    return thinned(dots)


def thinned(dots: Dots) -> Dots:
    """The same lines without the corner dots that make a slanted line look like stairs."""
    edged = np.pad(dots, 1)
    inner = edged[1:-1, 1:-1]
    up, down = edged[:-2, 1:-1], edged[2:, 1:-1]
    before, after = edged[1:-1, :-2], edged[1:-1, 2:]
    for one, other, third, fourth in (
        (up, after, down, before),
        (down, before, up, after),
        (up, before, down, after),
        (down, after, up, before),
    ):
        inner &= ~(one & other & ~third & ~fourth)
    return inner.copy()


def filled(edges: Edges, toggles: Codes, projection: Projection) -> Codes:
    """Which area each dot lies in: code[dots down, dots across], 0 outside all.

    Going right along a row of dots, each edge crossed toggles the code of what lies left of it
    and of what lies right of it: `toggles` holds the two codes joined by exclusive or. Exact for
    areas that are closed and do not overlap, in whatever direction their edges run.
    """
    down, across = projection.dots_down, projection.dots_across
    x0, y0, x1, y1 = edges
    near = (np.minimum(x0, x1) < across) & (np.maximum(y0, y1) > 0) & (np.minimum(y0, y1) < down)
    x0, y0, x1, y1 = x0[near], y0[near], x1[near], y1[near]
    first = np.clip(np.ceil(np.minimum(y0, y1) - 0.5), 0, down).astype(np.int64)
    after = np.clip(np.ceil(np.maximum(y0, y1) - 0.5), 0, down).astype(np.int64)
    counts = after - first
    edge = np.repeat(np.arange(len(counts)), counts)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts) + first[edge]
    slope = (x1 - x0)[edge] / (y1 - y0)[edge]
    x = x0[edge] + (row + 0.5 - y0[edge]) * slope
    column = np.clip(np.ceil(x - 0.5), 0, across).astype(np.int64)
    crossed = np.zeros((down, across + 1), dtype=np.uint16)
    np.bitwise_xor.at(crossed, (row, column), toggles[near][edge])
    return np.bitwise_xor.accumulate(crossed, axis=1)[:, :across]


def braille(dots: Dots) -> npt.NDArray[np.uint8]:
    """Dots gathered into cells: the eight bits of each braille character, uint8[height, width]."""
    down, across = dots.shape
    blocks = dots.reshape(down // DOTS_DOWN, DOTS_DOWN, across // DOTS_ACROSS, DOTS_ACROSS)
    bits: npt.NDArray[np.uint8] = np.einsum("ajbk,jk->ab", blocks.astype(np.uint8), _BRAILLE)
    return bits
