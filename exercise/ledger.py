"""The ledger: the only way to change anything.

What always holds:
- a field changes by named terms, each rounded to the grid, so that amounts sum exactly;
- after its terms a field is held in its range, and the hold is a term of its own, `limit`;
- a derived field is a function of its stored parts and of nothing else; its terms are what each
  part's change did, the parts replaced one after the other in declared order;
- the book never changes a number: it only keeps, for lane 0, what was posted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import numpy as np

from exercise.cells import Axes, Cells, laid, snapped
from exercise.declare import Chance, Decision, Field, Given, Joined, Only, Parameter, Seen, Term
from exercise.derived import Memory, alike
from exercise.errors import DeclarationError
from exercise.exact import Array, snap
from exercise.known import ON_GRID, masked
from exercise.world import World

LIMIT = "limit"


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


@attrs.frozen(eq=False)
class Line:
    """One term as it was posted in lane 0: amounts over the field's axes and any further ones."""

    name: str
    axes: Axes
    amounts: Array
    of: tuple[Origin, ...] = ()
    says: str = ""
    seen: Seen | None = None
    releases: tuple[str, ...] = ()


@attrs.frozen(eq=False)
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
    """A declared source as data; a string names a field as `module.field`."""
    if isinstance(source, Origin):
        return source
    if isinstance(source, Only):
        mask = source.mask if isinstance(source.mask, Cells) else source.mask()
        held = (mask.data[..., 0] != 0.0).astype(np.float64)
        return attrs.evolve(origin(source.source), only=held, only_axes=mask.axes)
    if isinstance(source, Joined):
        return attrs.evolve(origin(source.source), axes=source.axes)
    if isinstance(source, Field | Decision | Parameter):
        return _declared(source)
    if isinstance(source, Chance):
        return Origin("chance", source.label)
    if isinstance(source, str):
        return Origin("cell", source)  # or an order: the catalog knows which
    raise DeclarationError(f"{source!r} cannot be the source of a term")


_known: dict[int, tuple[Field | Decision | Parameter, Origin]] = {}


def _declared(source: Field | Decision | Parameter) -> Origin:
    """A field, decision or parameter as a source; made once for each."""
    found = _known.get(id(source))
    if found is None:
        if isinstance(source, Field):
            made = Origin("cell", source.name, source.axes)
        elif isinstance(source, Decision):
            made = Origin("order", source.name, source.slip_axes)
        else:
            made = Origin("parameter", source.name)
        if len(_known) > 10_000:
            _known.clear()
        found = _known[id(source)] = source, made  # kept alive, so that its id stays its own
    return found[1]


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
        running, lines = before, []
        for term in terms:
            delta = term.delta
            extra = tuple([axis for axis in delta.axes if axis not in field.axes])
            if self.book is not None or not extra:
                delta = snapped(delta)
                if delta.data.shape[-1] == 1 and not np.count_nonzero(delta.data):
                    continue
            if self.book is not None:
                lines += _lines(term, delta, field.axes + extra)
            if extra:
                delta = delta.sum(*extra)
            change = laid(delta.data, delta.axes, field.axes)
            grows = running is before or change.shape[-1] > running.shape[-1]
            running = np.add(running, change, out=None if grows else running, dtype=np.float64)
        if running is not before:
            reached = _first(running) if self.book is not None else running
            np.maximum(running, field.low, out=running)
            np.minimum(running, field.high, out=running)
            self.world.replace(field.name, _kept(field, running))
            if self.book is not None:
                after = _first(running)
                self._note(field, stage, rule, _first(before), after, lines, after - reached)

    def derive(
        self,
        field: Field,
        combine: Callable[..., Cells],
        givens: Sequence[Given],
        stage: str,
        rule: str,
    ) -> None:
        """Compute a derived field from its parts, and keep the parts for the next time."""
        told = tuple(given.part for given in givens)
        if told != tuple(part.name for part in field.parts):
            declared = ", ".join(part.name for part in field.parts)
            raise DeclarationError(f"{field.name} declares the parts {declared}, not {told}")
        fresh = [
            self._part(snapped(given.value), part.axes)
            for given, part in zip(givens, field.parts, strict=True)
        ]
        held = self._memory.recall(field, fresh)
        lines: list[Line] = []
        if self.book is not None:
            lines, last = self._waterfall(field, combine, givens, fresh)
            if held is None and last is not None and all(cells.lanes == 1 for cells in fresh):
                held = last
        if held is None:
            held = _kept(field, _held(field, combine(*fresh)))
        self._memory.keep(field, fresh, held)
        before = self.world.held(field.name).data
        for part, cells in zip(field.parts, fresh, strict=True):
            self.world.replace(f"{field.name}/{part.name}", cells.data)
        self.world.replace(field.name, np.broadcast_to(held, (*before.shape[:-1], held.shape[-1])))
        if self.book is None:
            return
        was, after = _first(before), _first(self.world.held(field.name).data)
        gap = after - was
        if lines or gap.any():
            gap = gap - sum((_summed(line, field) for line in lines), np.zeros_like(after))
            given = tuple([origin(_bare(source)) for one in givens for source in one.of])
            self._note(field, stage, rule, was, after, lines, gap, given)

    def _part(self, cells: Cells, axes: Axes) -> Cells:
        """A part's cells over all of its axes."""
        data = laid(cells.data, cells.axes, axes)
        shape = (*self.world.layout.roster.shape(axes), cells.lanes)
        kind = max(cells.kind, ON_GRID)
        return Cells(data if data.shape == shape else np.broadcast_to(data, shape), axes, kind)

    def _waterfall(
        self,
        field: Field,
        combine: Callable[..., Cells],
        givens: Sequence[Given],
        fresh: Sequence[Cells],
    ) -> tuple[list[Line], Array | None]:
        """What each part's change did, every entry of an axis the field lacks on its own.

        All steps are computed at once, as lanes: in lane k the first k entries are new. Parts that
        did not change take no step. With the lines comes the field's value in lane 0 once all
        parts are new, or None where none moved.
        """
        old = [self.world.held(f"{field.name}/{part.name}").data for part in field.parts]
        new = [cells.data for cells in fresh]
        if self.world.lanes > 1:
            old, new = [data[..., :1] for data in old], [data[..., :1] for data in new]
        moved = tuple([not alike(was, now) for was, now in zip(old, new, strict=True)])
        if True not in moved:
            return [], None
        path_of = self._memory.path(field, moved, self.world.layout.roster)
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
        for place, first, last, shape, axes in path_of.entries:
            amounts = moves[..., first:last]
            if np.count_nonzero(amounts):
                amounts = amounts.reshape((*amounts.shape[:-1], *shape))
                part = field.parts[place]
                of = tuple([origin(source) for source in givens[place].of])
                lines.append(Line(part.name, axes, amounts, of, part.says))
        return lines, path[..., -1:].copy()

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
        if np.count_nonzero(gap):
            lines = [*lines, Line(LIMIT, field.axes, gap, says="It is at its limit.")]
        if lines:
            self.book.postings.append(
                Posting(
                    field.name, stage, rule, before, after, tuple(lines), self.book.round, given
                )
            )


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
    data = snap(laid(cells.data, cells.axes, field.axes))
    held: Array = np.minimum(np.maximum(data, field.low), field.high)
    return held


def _lines(term: Term, delta: Cells, axes: Axes) -> list[Line]:
    """What a term comes to in lane 0, over these axes; none if it is 0 everywhere."""
    amounts = laid(delta.data, delta.axes, axes)[..., 0]
    if not np.count_nonzero(amounts):
        return []
    of = tuple([origin(source) for source in term.of])
    amounts = amounts.astype(np.float64)
    return [Line(term.name, axes, amounts, of, term.says, term.seen, term.releases)]


def _summed(line: Line, field: Field) -> Array:
    """A line's amounts over the field's axes alone."""
    extra = tuple(range(len(field.axes), line.amounts.ndim))
    return line.amounts.sum(axis=extra) if extra else line.amounts
