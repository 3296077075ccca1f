"""A turn's postings and dice as one block, and back.

A block begins with its mark, then comes a JSON header, then the numbers as the grid has them:
which are not 0, a bit each, and those, eight bytes each, little-endian. Values before a posting
come first, then what each changed by, then the amounts of all terms, then the dice; last, a bit
each, where a source counted. The journal compresses blocks, so a block itself is not compressed,
and is the same bytes on every machine. Blocks of the first kind (compressed, all numbers in
full) are read as well.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from math import prod
from typing import Any, TypeVar, overload

import attrs
import numpy as np

from exercise.engine.exact import GRID, Array, to_integers
from exercise.engine.ledger import Line, Origin, Posting, Rolled
from exercise.record import TurnRecord, marks_data, marks_of
from exercise.save.chain import LARGEST_BLOB
from exercise.save.keeper import Journal

MARK = b"turn/2\n"
T = TypeVar("T")
BOOKS_KEPT = 3
"""The last turns of an exercise under way whose books stay in memory."""
Packed = tuple[tuple[Posting, ...], tuple[Rolled, ...]]


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pack_turn(postings: Iterable[Posting], rolls: Iterable[Rolled]) -> bytes:
    """A turn's postings and dice as one block."""
    postings, rolls = tuple(postings), tuple(rolls)
    sources = _Sources()
    told = ",".join([_posting_text(posting, sources) for posting in postings])
    fell = _json([[r.stage, r.rule, r.label, r.axes, r.values.shape, r.round] for r in rolls])
    known = _json(list(sources.known))
    text = f'{{"postings":[{told}],"rolls":{fell},"sources":{known}}}'.encode()
    before, after = _integers(p.before for p in postings), _integers(p.after for p in postings)
    terms = _integers(line.amounts for p in postings for line in p.lines)
    numbers = np.concatenate([before, after - before, terms, _integers(r.values for r in rolls)])
    some = numbers != 0
    masks = [(mask != 0.0).reshape(-1) for mask in sources.masks]
    bits = np.packbits(np.concatenate([some, *masks]))
    sizes = struct.pack("<III", len(text), len(numbers), len(bits))
    return b"".join((MARK, sizes, text, bits.tobytes(), numbers[some].astype("<i8").tobytes()))


def unpack_turn(block: bytes) -> Packed:
    """What `pack_turn` packed."""
    if not block.startswith(MARK):
        return _unpack_first(block)
    start = len(MARK) + struct.calcsize("<III")
    length, count, marked = struct.unpack_from("<III", block, len(MARK))
    header = json.loads(block[start : start + length])
    start += length
    bits = np.unpackbits(np.frombuffer(block, np.uint8, marked, start)).astype(np.bool_)
    numbers = np.zeros(count, dtype=np.int64)
    numbers[bits[:count]] = np.frombuffer(block, "<i8", offset=start + marked)
    sizes = [prod(shape) for _, _, _, _, shape, _, _ in header["postings"]]
    held = sum(sizes)
    numbers[held : 2 * held] += numbers[:held]
    values = numbers * GRID
    ends = list(accumulate(sizes, initial=0))
    terms = _Reader(values[2 * held :])
    where = _Reader(bits[count:].astype(np.float64))
    postings = []
    for row, first in zip(header["postings"], ends, strict=False):
        field, stage, rule, turn_round, shape, lines, given = row
        was, now = (
            values[k : k + prod(shape)].reshape(shape) for k in (first, held + first)
        )  # fmt: skip
        told = tuple(_line(line, shape, header["sources"], terms, where) for line in lines)
        of = tuple(_source(header["sources"], place, where) for place in given)
        postings.append(Posting(field, stage, rule, was, now, told, turn_round, of))
    rolls = [
        Rolled(stage, rule, label, tuple(axes), terms.take(shape), turn_round)
        for stage, rule, label, axes, shape, turn_round in header["rolls"]
    ]
    return tuple(postings), tuple(rolls)


class Bound:
    """A turn's postings and dice: read from their block when somebody asks, kept until let go."""

    def __init__(self, unpacked: Callable[[], Packed], held: Packed | None = None) -> None:
        self._unpacked = unpacked
        self._held = held
        self.postings = Later(self, lambda: self.read()[0])
        self.rolls = Later(self, lambda: self.read()[1])

    def read(self) -> Packed:
        """All of it."""
        if self._held is None:
            self._held = self._unpacked()
        return self._held

    def let_go(self) -> None:
        """Keep it no longer; whoever asks next has it read again."""
        self._held = None


class Later(Sequence[T]):
    """One part of a book, read when somebody asks for it."""

    def __init__(self, book: Bound, read: Callable[[], Sequence[T]]) -> None:
        self.book = book
        self._read = read

    def __len__(self) -> int:
        return len(self._read())

    @overload
    def __getitem__(self, key: int) -> T: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[T]: ...
    def __getitem__(self, key: int | slice) -> T | Sequence[T]:
        return self._read()[key]

    def __iter__(self) -> Iterator[T]:
        return iter(self._read())


def followed(
    turns: Sequence[TurnRecord], turn: TurnRecord, journal: Journal, ref: str
) -> list[TurnRecord]:
    """Turns with one more, whose book is in a block; those long past keep what is asked of them."""
    whole = tuple(turn.postings), tuple(turn.rolls)
    book = Bound(lambda: unpack_turn(journal.get(ref)), whole)
    kept = attrs.evolve(turn, postings=book.postings, rolls=book.rolls)
    found = [*turns, kept]
    for number, past in enumerate(found[:-BOOKS_KEPT]):
        if isinstance(past.postings, Later):
            past.postings.book.let_go()
        if number == len(found) - 1 - BOOKS_KEPT:  # as bare as it was when it was made
            after = past.after.copy()
            before = found[number - 1].after if number else after
            found[number] = attrs.evolve(past, before=before, after=after)
    return found


class _Sources:
    """The sources of a turn's terms, each written once, and where some of them counted."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str, Sequence[str]], int] = {}
        self.masks: list[Array] = []

    def places(self, origins: Sequence[Origin]) -> str:
        """Their numbers; with the mask's axes and shape where one did not count all over."""
        return ",".join([self._place(origin) for origin in origins])

    def _place(self, origin: Origin) -> str:
        number = self.known.setdefault((origin.kind, origin.name, origin.axes), len(self.known))
        if origin.only is None:
            return str(number)
        self.masks.append(origin.only)
        return _json([number, origin.only_axes, origin.only.shape])


class _Reader:
    """Arrays one after the other."""

    def __init__(self, flat: Array) -> None:
        self._flat = flat
        self._at = 0

    def take(self, shape: Sequence[int]) -> Array:
        """The next array."""
        start, self._at = self._at, self._at + prod(shape)
        return self._flat[start : self._at].reshape(shape)


def _integers(arrays: Iterable[Array]) -> np.ndarray[Any, np.dtype[np.int64]]:
    flat = [array.reshape(-1) for array in arrays]
    return to_integers(np.concatenate(flat)) if flat else np.zeros(0, dtype=np.int64)


def _posting_text(posting: Posting, sources: _Sources) -> str:
    """A posting of the header, as JSON: most of it is the same each turn, and known by heart."""
    p = posting
    head = _posting_head(p.field, p.stage, p.rule, p.round, p.before.shape)
    lines = ",".join([_line_text(line, sources) for line in p.lines])
    return f"{head}[{lines}],[{sources.places(p.given)}]]"


@lru_cache(maxsize=4096)
def _posting_head(
    field: str, stage: str, rule: str, turn_round: int, shape: tuple[int, ...]
) -> str:
    return _json([field, stage, rule, turn_round, shape])[:-1] + ","


def _line_text(line: Line, sources: _Sources) -> str:
    """A term as JSON; what is mostly empty comes last, and only where it is not."""
    head, end = _line_frame(line.name, tuple(line.axes), line.amounts.shape, line.says)
    if line.seen is not None or line.releases:
        seen = None if line.seen is None else marks_data(line.seen)
        end = f"{end[:-1]},{_json(seen)},{_json(line.releases)}]"
    return f"{head}[{sources.places(line.of)}]{end}"


@lru_cache(maxsize=4096)
def _line_frame(
    name: str, axes: tuple[str, ...], shape: tuple[int, ...], says: str
) -> tuple[str, str]:
    return f"{_json([name, axes, shape])[:-1]},", f",{_json(says)}]"


def _line(
    data: Sequence[Any],
    shape: Sequence[int],
    sources: Sequence[Any],
    terms: _Reader,
    where: _Reader,
) -> Line:
    name, axes, extent, of, says, *rare = data
    seen, releases = rare or (None, ())
    return Line(
        name,
        tuple(axes),
        terms.take(extent),
        tuple(_source(sources, place, where) for place in of),
        says,
        None if seen is None else marks_of(seen),
        tuple(releases),
    )


def _source(sources: Sequence[Any], place: Any, where: _Reader) -> Origin:
    if isinstance(place, int):
        kind, name, axes = sources[place]
        return Origin(kind, name, tuple(axes))
    number, only_axes, shape = place
    kind, name, axes = sources[number]
    return Origin(kind, name, tuple(axes), where.take(shape), tuple(only_axes))


def _unpack_first(block: bytes) -> Packed:
    """A block of the first kind."""
    raw = zlib.decompressobj().decompress(block, LARGEST_BLOB)
    (length,) = struct.unpack_from("<I", raw)
    header = json.loads(raw[4 : 4 + length])
    flat = np.frombuffer(raw, dtype="<i8", offset=4 + length).astype(np.float64) * GRID
    ends = np.cumsum(
        [int(np.prod(shape, dtype=np.int64)) for shape in header["shapes"]], dtype=np.int64
    )

    def get(index: int) -> Array:
        shape = header["shapes"][index]
        start = int(ends[index - 1]) if index else 0
        return flat[start : int(ends[index])].reshape(shape)

    postings = tuple(
        Posting(
            p["field"], p["stage"], p["rule"], get(p["before"]), get(p["after"]),
            tuple(_line_first(line, get) for line in p["lines"]),
            p.get("round", 0),
            tuple(_origin(get, *source) for source in p.get("given", ())),
        )
        for p in header["postings"]
    )  # fmt: skip
    rolls = tuple(
        Rolled(
            r["stage"], r["rule"], r["label"], tuple(r["axes"]), get(r["values"]), r.get("round", 0)
        )
        for r in header["rolls"]
    )
    return postings, rolls


def _origin(
    get: Callable[[int], Array],
    kind: str,
    name: str,
    axes: Sequence[str],
    only_axes: Sequence[str] = (),
    only: int | None = None,
) -> Origin:
    held = None if only is None else get(only)
    return Origin(kind, name, tuple(axes), held, tuple(only_axes))


def _line_first(data: Mapping[str, Any], get: Callable[[int], Array]) -> Line:
    seen = data.get("seen")
    return Line(
        data["name"],
        tuple(data["axes"]),
        get(data["amounts"]),
        tuple(_origin(get, *source) for source in data.get("of", ())),
        data.get("says", ""),
        None if seen is None else marks_of(seen),
        tuple(data.get("releases", ())),
    )
