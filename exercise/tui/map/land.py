"""Coasts and borders: the real world's, by ISO code, or those a scenario makes up.

Land is held as edges with the owner on either side, not as polygons: a border is one line, a
coast is told from a border, and areas fill by counting crossings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import attrs
import numpy as np
import numpy.typing as npt

from exercise.errors import ExerciseError
from exercise.tui.map.geometry import (
    Codes,
    Dots,
    Edges,
    Floats,
    Frame,
    Projection,
    drawn,
    filled,
)

OUTLINES = Path(__file__).with_name("outlines.npz")
_WIDE = 70.0  # degrees; a frame wider than this shows the coarse outlines
_SPECK = 1.5  # dots; real islands smaller than this are left out
_UNSEEN = -2
Ring = Sequence[tuple[float, float]]


@attrs.frozen
class Shape:
    """One made-up area: who it belongs to, its rings of (lon, lat) in degrees, closed or not.

    A ring inside another is a hole. Where two shapes overlap, the later one is on top.
    """

    owner: str
    rings: Sequence[Ring]


@attrs.frozen(eq=False)
class Land:
    """Edges in degrees, float64[edge] each, and uint16[edge] codes of the owners on both sides.

    A code is an index into `owners` plus one; 0 is the sea. `size` is the extent in degrees of
    the island an edge belongs to (infinite elsewhere), `seen` whether it is drawn, and `layers`
    cuts the edges into slices that are each filled by themselves.
    """

    owners: tuple[str, ...]
    edges: Edges
    one: Codes
    other: Codes
    size: Floats
    seen: npt.NDArray[np.bool_]
    layers: tuple[slice, ...]

    @classmethod
    def of(cls, shapes: Iterable[Shape]) -> Land:
        """Land from made-up areas; neighbours that share vertices share a border.

        Raises ExerciseError for a ring of fewer than three points or a place off the globe.
        """
        given = list(shapes)
        owners = tuple(dict.fromkeys(shape.owner for shape in given))
        pieces, codes, layers, total = [], [], [], 0
        for shape in given:
            rings = [_ring_edges(shape.owner, ring) for ring in shape.rings]
            edges = np.concatenate([np.empty((0, 4)), *rings])
            pieces.append(edges)
            codes.append(np.full(len(edges), owners.index(shape.owner) + 1, dtype=np.uint16))
            layers.append(slice(total, total + len(edges)))
            total += len(edges)
        edges = np.concatenate(pieces) if pieces else np.empty((0, 4))
        one = np.concatenate(codes) if codes else np.empty(0, dtype=np.uint16)
        x0, y0, x1, y1 = edges.T.copy()
        return cls(
            owners=owners,
            edges=(x0, y0, x1, y1),
            one=one,
            other=_across(edges, one),
            size=np.full(total, np.inf),
            seen=np.ones(total, dtype=np.bool_),
            layers=tuple(layers),
        )

    @classmethod
    def load(cls, frame: Frame) -> Land:
        """The real world, by ISO alpha-3 code, as finely as suits the frame; read when asked."""
        return _baked("110m" if frame.east - frame.west > _WIDE else "50m")

    def named(self, owners: Mapping[str, str]) -> Land:
        """The same land with some owners called otherwise, say {"EST": "estonia"}."""
        return attrs.evolve(self, owners=tuple(owners.get(name, name) for name in self.owners))

    def frame(self, owners: Iterable[str], margin: float = 0.05) -> Frame:
        """A frame around all that some owners hold; ExerciseError names one that is unknown."""
        wanted = np.zeros(len(self.owners) + 1, dtype=np.bool_)
        for name in owners:
            if name not in self.owners:
                raise ExerciseError(
                    f"the map knows no land of {name!r}",
                    "use an ISO alpha-3 code, or give the land its shape in the scenario",
                )
            wanted[self.owners.index(name) + 1] = True
        mine = (wanted[self.one] | wanted[self.other]) & self.seen
        lon, lat = self.edges[0][mine], self.edges[1][mine]
        return Frame.around(zip(lon.tolist(), lat.tolist(), strict=True), margin)


@attrs.frozen(eq=False)
class Survey:
    """Land as it falls on one projection: bool[dots down, dots across] and codes likewise."""

    coast: Dots
    border: Dots
    areas: Codes


@lru_cache(maxsize=16)
def survey(land: Land, projection: Projection) -> Survey:
    """Draw and fill land; kept, so that moving marks over the same map costs nothing here."""
    coast = np.zeros((projection.dots_down, projection.dots_across), dtype=np.bool_)
    border, areas = coast.copy(), np.zeros(coast.shape, dtype=np.uint16)
    west, east = projection.reach
    south, north = _latitudes(projection)
    low, high = np.minimum(land.edges[1], land.edges[3]), np.maximum(land.edges[1], land.edges[3])
    level = (high >= south) & (low <= north)
    drawable = level & land.seen & (land.size * projection.down >= _SPECK)
    inland = land.other > 0
    for turn in (-360.0, 0.0, 360.0):
        reaching = _reaching(land, west - turn, east - turn)
        if not reaching.any():
            continue
        one = np.where(reaching[land.one], land.one, 0).astype(np.uint16)
        other = np.where(reaching[land.other], land.other, 0).astype(np.uint16)
        near = drawable & ((one | other) > 0)
        coast |= drawn(_shifted(land, near & ~inland, projection, turn), projection)
        border |= drawn(_shifted(land, near & inland, projection, turn), projection)
        for layer in land.layers:
            mine = np.flatnonzero(level[layer] & ((one | other)[layer] > 0)) + layer.start
            # A made-up shape fills by itself, so what lies across its border is not toggled.
            across = other[mine] if len(land.layers) == 1 else np.uint16(0)
            edges = _shifted(land, mine, projection, turn)
            here = filled(edges, one[mine] ^ across, projection)
            areas = np.where(here > 0, here, areas)
    left, right = (round(x) for x in projection.globe)
    areas[:, :left] = 0
    areas[:, right:] = 0
    return Survey(coast, border & ~coast, areas)


def _shifted(
    land: Land, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.int64], on: Projection, turn: float
) -> Edges:
    """Some edges in dots, as they lie `turn` degrees round the globe."""
    x0, y0, x1, y1 = (side[chosen] for side in land.edges)
    return on.x(x0 + turn), on.y(y0), on.x(x1 + turn), on.y(y1)


def _latitudes(projection: Projection) -> tuple[float, float]:
    """The latitudes at the bottom and the top of what is shown, a dot to spare."""
    half = (projection.dots_down / 2 + 1) / projection.down
    lat = projection.frame.centre[1]
    return lat - half, lat + half


def _reaching(land: Land, west: float, east: float) -> npt.NDArray[np.bool_]:
    """Which owners have land between two longitudes: bool[code]; the sea has none."""
    first, last = _spans(land)
    reaching = (first <= east) & (last >= west)
    reaching[0] = False
    return reaching


@lru_cache(maxsize=16)
def _spans(land: Land) -> tuple[Floats, Floats]:
    """The westernmost and easternmost longitude of each code's edges."""
    first = np.full(len(land.owners) + 1, np.inf)
    last = np.full(len(land.owners) + 1, -np.inf)
    for lon in (land.edges[0], land.edges[2]):
        for codes in (land.one, land.other):
            np.minimum.at(first, codes, lon)
            np.maximum.at(last, codes, lon)
    return first, last


def _ring_edges(owner: str, ring: Ring) -> Floats:
    """A ring as edges [edge, (lon, lat, lon, lat)], closed, without jumps at the date line."""
    points = np.array([(float(lon), float(lat)) for lon, lat in ring]).reshape(-1, 2)
    if len(points) and np.array_equal(points[0], points[-1]):
        points = points[:-1]
    on_globe = np.isfinite(points).all() and (np.abs(points) <= (360, 90)).all()
    if len(points) < 3 or not on_globe:
        raise ExerciseError(
            f"a ring of {owner}'s land has {len(points)} points or a place off the globe",
            "give at least three [longitude, latitude] pairs in degrees",
        )
    points[:, 0] = np.unwrap(points[:, 0], period=360)
    return np.hstack([points, np.roll(points, -1, axis=0)])


def _across(edges: Floats, one: Codes) -> Codes:
    """The code on the far side of each edge: that of another owner's like edge, else the sea."""
    ends = np.round(edges, 6).reshape(-1, 2, 2)
    swapped = (ends[:, 0, 0] > ends[:, 1, 0]) | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1])
    )
    ends[swapped] = ends[swapped][:, ::-1]
    _, label = np.unique(ends.reshape(-1, 4), axis=0, return_inverse=True)
    label = label.reshape(-1)
    least = np.full(label.max(initial=0) + 1, np.iinfo(np.uint16).max, dtype=np.uint16)
    most = np.zeros_like(least)
    np.minimum.at(least, label, one)
    np.maximum.at(most, label, one)
    far = np.where(one == least[label], most[label], least[label])
    return np.where(far == one, 0, far).astype(np.uint16)


@cache
def _baked(scale: str) -> Land:
    """One scale of the outlines file, which `bake` describes."""
    with np.load(OUTLINES) as held:
        steps, ends, sides = (held[f"{scale}_{name}"] for name in ("steps", "ends", "sides"))
        owners = tuple(held["codes"].tolist())
    points = np.cumsum(steps, axis=0, dtype=np.int16).astype(np.float64) / 100
    starts = np.concatenate([[0], ends[:-1]])
    line = np.repeat(np.arange(len(ends)), ends - starts)
    inner = np.flatnonzero(line[1:] == line[:-1])
    x0, y0 = points[inner].T
    x1, y1 = points[inner + 1].T
    line = line[inner]
    high, low = np.maximum.reduceat(points, starts), np.minimum.reduceat(points, starts)
    closed = (points[starts] == points[ends - 1]).all(axis=1)
    size = np.where(closed, (high - low).max(axis=1), np.inf)
    codes = np.maximum(sides, -1) + 1
    return Land(
        owners=owners,
        edges=(x0.copy(), y0.copy(), x1.copy(), y1.copy()),
        one=codes[line, 0].astype(np.uint16),
        other=codes[line, 1].astype(np.uint16),
        size=size[line],
        seen=(sides[:, 1] != _UNSEEN)[line],
        layers=(slice(0, len(line)),),
    )
