"""The ledger: the only way to change anything.

What always holds:
- a field changes by named terms, each rounded to the grid, so that amounts sum exactly;
- after its terms a field is held in its range, and the hold is a term of its own, `limit`;
- a derived field is a function of its stored parts and of nothing else; its terms are what each
  part's change did, the parts replaced one after the other in declared order;
- the book never changes a number: it only keeps, for lane 0, what was posted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import attrs
import numpy as np

from exercise.engine.axes import beyond
from exercise.engine.cells import Axes, Cells, laid, snapped
from exercise.engine.declare import (
    Chance,
    Decision,
    Field,
    Given,
    Joined,
    Only,
    Parameter,
    Seen,
    Term,
)
from exercise.engine.derived import Memory, alike
from exercise.engine.exact import Array, between, snap
from exercise.engine.known import BOOL, ON_GRID, count_nonzero, masked
from exercise.engine.world import World
from exercise.errors import DeclarationError

LIMIT = "limit"
_BYTE: Any = np.dtype(np.int8)
_NOTHING = np.zeros(())


@attrs.frozen
class Origin:
    """What a term came from, as data: its kind and its name."""

    kind: str
    """`cell`, `order`, `parameter`, `chance`, `inject` or `ruling`."""
    name: str
    axes: Axes = ()
    only: Array | None = attrs.field(default=None, eq=False, repr=False)
    """Where it counted, over `only_axes`; None for everywhere."""
    only_axes: Axes = ()


@attrs.define(eq=False)  # made by the hundred in a turn: frozen ones take thrice as long
class Line:
    """One term as it was posted in lane 0: amounts over the field's axes and any further ones."""

    name: str
    axes: Axes
    amounts: Array
    of: tuple[Origin, ...] = ()
    says: str = ""
    seen: Seen | None = None
    releases: tuple[str, ...] = ()


@attrs.define(eq=False)  # as above
class Posting:
    """One change of one field by one step, in lane 0; `round` tells a council's rounds apart."""

    field: str
    stage: str
    rule: str
    before: Array
    after: Array
    lines: tuple[Line, ...]
    round: int = 0
    given: tuple[Origin, ...] = ()
    """What all parts of a derived field are made from, whether they moved or not."""


@attrs.frozen(eq=False)
class Rolled:
    """A block of dice as it fell in lane 0."""

    stage: str
    rule: str
    label: str
    axes: Axes
    values: Array
    round: int = 0


class Book:
    """What was posted in a turn, in order, with the dice; arrays now, sentences when read.

    `round` is the council's round under way, 0 outside the council.
    """

    def __init__(self) -> None:
        self.round = 0
        self.postings: list[Posting] = []
        self.rolls: list[Rolled] = []


def origin(source: object) -> Origin:
    """A declared source as data; a string names a field as `module.field`.

    Raises DeclarationError for what is no source.
    """
    found = _known.get(id(source))
    if found is not None:
        return found[1]
    if isinstance(source, str):
        return _named(source)
    if isinstance(source, Origin):
        return source
    if isinstance(source, Only):
        mask = source.mask if isinstance(source.mask, Cells) else source.mask()
        held = (mask.data[..., 0] != 0.0).astype(np.float64)
        bare = origin(source.source)
        return Origin(bare.kind, bare.name, bare.axes, held, mask.axes)
    if isinstance(source, Joined):
        return _joined(origin(source.source), source.axes)
    if isinstance(source, Field | Decision | Parameter):
        return _declared(source)
    if isinstance(source, Chance):
        return Origin("chance", source.label)
    raise DeclarationError(f"{source!r} cannot be the source of a term")


_known: dict[int, tuple[Field | Decision | Parameter, Origin]] = {}


def _declared(source: Field | Decision | Parameter) -> Origin:
    """A field, decision or parameter as a source; made once for each."""
    if isinstance(source, Field):
        made = Origin("cell", source.name, source.axes)
    elif isinstance(source, Decision):
        made = Origin("order", source.name, source.slip_axes)
    else:
        made = Origin("parameter", source.name)
    if len(_known) > 10_000:
        _known.clear()
    _known[id(source)] = source, made  # kept alive, so that its id stays its own
    return made


@lru_cache(maxsize=4096)
def _named(name: str) -> Origin:
    """A cell by the name of its field, or an order: the catalog knows which."""
    return Origin("cell", name)


def _joined(bare: Origin, axes: Axes) -> Origin:
    """A source with the axes that it is read over."""
    if bare.only is not None:
        return Origin(bare.kind, bare.name, axes, bare.only, bare.only_axes)
    return _over(bare.kind, bare.name, axes)


@lru_cache(maxsize=4096)
def _over(kind: str, name: str, axes: Axes) -> Origin:
    return Origin(kind, name, axes)


class Ledger:
    """Posts terms to a world, and tells the book if there is one."""

    def __init__(
        self, world: World, book: Book | None = None, memory: Memory | None = None
    ) -> None:
        self.world = world
        self.book = book
        self._memory = memory or Memory()

    def post(self, field: Field, terms: Sequence[Term], stage: str, rule: str) -> None:
        """Change a field by the sum of its terms, held in its range."""
        before = self.world.held(field.name).data
        start = running = _open(field, before)
        lines: list[Line] = []
        for term in terms:
            delta = term.delta
            alike = delta.lanes == 1
            if alike and not count_nonzero(delta.data):
                continue
            extra = beyond(delta.axes, field.axes)
            if self.book is not None or not extra:
                rounded = snapped(delta)
                if alike and rounded is not delta and not count_nonzero(rounded.data):
                    continue
                delta = rounded
            if self.book is not None:
                lines += _lines(term, delta, field.axes + extra)
            if extra:
                delta = delta.sum(*extra)
            running = _added(running, laid(_small(delta), delta.axes, field.axes), start)
        if running is not start:
            reached = _first(running) if self.book is not None else running
            ended = _closed(field, running)
            self.world.replace(field.name, ended)
            if self.book is not None:
                after = _first(ended)
                self._note(field, stage, rule, _first(before), after, lines, after - reached)

    def derive(
        self,
        field: Field,
        combine: Callable[..., Cells],
        givens: Sequence[Given],
        stage: str,
        rule: str,
    ) -> None:
        """Compute a derived field from its parts, and keep the parts for the next time.

        Raises DeclarationError where the parts given are not those declared.
        """
        world, parts = self.world, self._memory.parts(field, self.world.layout.roster)
        told = tuple([given.part for given in givens])
        if told != parts.names:
            raise DeclarationError(
                f"{field.name} declares the parts {', '.join(parts.names)}, not {told}"
            )
        fresh = [
            _part(given.value, axes, shape)
            for given, axes, shape in zip(givens, parts.axes, parts.shapes, strict=True)
        ]
        stored = parts.stored
        held = self._memory.recall(field, fresh)
        before = world.held(field.name).data
        arrays = [world.arrays.get(name) for name in stored]
        rests = all(old is new.data for old, new in zip(arrays, fresh, strict=True))
        if rests and before is held:
            return
        lines: list[Line] = []
        path: Array | None = None
        if self.book is not None and not rests:
            lines, path = self._waterfall(field, combine, givens, fresh)
            if held is None and path is not None and all(cells.lanes == 1 for cells in fresh):
                held = path[..., -1:].copy()
        if held is None:
            held = _kept(field, _held(field, combine(*fresh)))
        shape = (*before.shape[:-1], held.shape[-1])
        if held.shape != shape:
            held = np.broadcast_to(held, shape)
        self._memory.keep(field, fresh, held)
        for name, old, cells in zip(stored, arrays, fresh, strict=True):
            if old is not cells.data:
                world.replace(name, cells.data)
        world.replace(field.name, held)
        if self.book is None:
            return
        was, after = _first(before), _first(held)
        gap = after - was
        if lines or count_nonzero(gap):
            if path is not None and alike(was, path[..., 0]) and alike(after, path[..., -1]):
                gap = _NOTHING  # the lines are all of the way from the one to the other
            else:
                for line in lines:
                    gap = gap - _summed(line, field)
            given = tuple([origin(_bare(source)) for one in givens for source in one.of])
            self._note(field, stage, rule, was, after, lines, gap, given)

    def _waterfall(
        self,
        field: Field,
        combine: Callable[..., Cells],
        givens: Sequence[Given],
        fresh: Sequence[Cells],
    ) -> tuple[list[Line], Array | None]:
        """What each part's change did, every entry of an axis the field lacks on its own.

        All steps are computed at once, as lanes: in lane k the first k entries are new. Parts that
        did not change take no step. With the lines comes the field's value in lane 0 after each
        step, as lanes, or None where no part moved.
        """
        parts = self._memory.parts(field, self.world.layout.roster)
        old = [self.world.held(name).data for name in parts.stored]
        new = [cells.data for cells in fresh]
        if self.world.lanes > 1:
            old, new = [data[..., :1] for data in old], [data[..., :1] for data in new]
        moved = tuple([not alike(was, now) for was, now in zip(old, new, strict=True)])
        if True not in moved:
            return [], None
        path_of = self._memory.path(field, moved, self.world.layout.roster).among(field, old, new)
        mixed = [
            Cells(now if taken is None else np.where(taken, now, was), part.axes, ON_GRID)
            for part, cells, taken, was, now in zip(
                field.parts, fresh, path_of.taken, old, new, strict=True
            )
        ]
        path = _held(field, combine(*mixed))
        if path.shape[-1] == 1:
            path = np.broadcast_to(path, (*path.shape[:-1], path_of.steps + 1))
        moves = path[..., 1:] - path[..., :-1]
        lines: list[Line] = []
        for number, (place, first, last, shape, axes) in enumerate(path_of.entries):
            amounts = moves[..., first:last]
            if count_nonzero(amounts):
                if path_of.stops:
                    moved_by, amounts = amounts, np.zeros((*amounts.shape[:-1], math.prod(shape)))
                    amounts[..., path_of.stops[number]] = moved_by
                amounts = amounts.reshape((*amounts.shape[:-1], *shape))
                part = field.parts[place]
                of = tuple([origin(source) for source in givens[place].of])
                lines.append(Line(part.name, axes, amounts, of, part.says))
        return lines, path

    def _note(
        self,
        field: Field,
        stage: str,
        rule: str,
        before: Array,
        after: Array,
        lines: list[Line],
        gap: Array,
        given: tuple[Origin, ...] = (),
    ) -> None:
        if self.book is None:
            return
        if count_nonzero(gap):
            lines = [*lines, Line(LIMIT, field.axes, gap, says="It is at its limit.")]
        if lines:
            self.book.postings.append(
                Posting(
                    field.name, stage, rule, before, after, tuple(lines), self.book.round, given
                )
            )


def _open(field: Field, before: Array) -> Array:
    """What terms are added to: a field that is a mask counts in small whole numbers."""
    if before.dtype is BOOL and (field.low, field.high) == (0.0, 1.0):
        return before.view(np.int8)
    return before


def _small(delta: Cells) -> Array:
    """A term's amounts, in whole numbers of a byte where they are −1, 0 and 1."""
    if delta.signs is not None:
        return delta.signs  # type: ignore[no-any-return]
    data = delta.data
    return data.view(np.int8) if data.dtype is BOOL else data


def _added(running: Array, change: Array, start: Array) -> Array:
    """A term added to what there was (`start`) and to the terms before it.

    Some dozens of terms at most are ever added, so that a byte holds what whole numbers come to.
    """
    if running.dtype is _BYTE and change.dtype is not _BYTE:
        running = running.astype(np.float64)
    kind: Any = running.dtype if running.dtype is _BYTE else np.float64
    grows = running is start or change.shape[-1] > running.shape[-1]
    return np.add(running, change, out=None if grows else running, dtype=kind)


def _closed(field: Field, running: Array) -> Array:
    """What terms have added up to, held in the field's range, as the world keeps it."""
    if running.dtype is _BYTE:
        return np.greater(running, 0)
    return _kept(field, between(running, _limit(field.low), _limit(field.high), running))


@lru_cache(maxsize=4096)
def _limit(value: float) -> Array:
    """The end of a range as an array without axes, which NumPy takes in faster."""
    return np.array(value, dtype=np.float64)


def _part(cells: Cells, axes: Axes, shape: tuple[int, ...]) -> Cells:
    """A part's cells on the grid, over all of its axes."""
    data = laid(cells.data if cells.kind else snap(cells.data), cells.axes, axes)
    if data.shape[:-1] != shape:
        data = np.broadcast_to(data, (*shape, data.shape[-1]))
    return Cells(data, axes, max(cells.kind, ON_GRID))


def _bare(source: object) -> object:
    """A source without the mask that says where it counted."""
    return source.source if isinstance(source, Only) else source


def _first(data: Array) -> Array:
    """Lane 0, in memory of its own."""
    return data[..., 0].astype(np.float64)


def _kept(field: Field, data: Array) -> Array:
    """A field's values as the world keeps them."""
    return masked(data) if field.low >= 0.0 and field.high <= 1.0 else data


def _held(field: Field, cells: Cells) -> Array:
    """Values on the grid and in the field's range, laid over its axes."""
    data = snap(laid(cells.data, cells.axes, field.axes))  # in memory of its own
    return between(data, _limit(field.low), _limit(field.high), data)


def _lines(term: Term, delta: Cells, axes: Axes) -> list[Line]:
    """What a term comes to in lane 0, over these axes; none if it is 0 everywhere."""
    amounts = laid(delta.data, delta.axes, axes)[..., 0]
    if not count_nonzero(amounts):
        return []
    of = tuple([origin(source) for source in term.of])
    amounts = amounts.astype(np.float64)
    return [Line(term.name, axes, amounts, of, term.says, term.seen, term.releases)]


def _summed(line: Line, field: Field) -> Array:
    """A line's amounts over the field's axes alone."""
    extra = tuple(range(len(field.axes), line.amounts.ndim))
    return line.amounts.sum(axis=extra) if extra else line.amounts
