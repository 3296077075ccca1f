"""Why: amounts sum to the change, every source named matters, and a seat is told its share."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import attrs
import numpy as np
import pytest

from exercise.engine.declare import Field
from exercise.engine.dice import Dice
from exercise.engine.exact import GRID
from exercise.engine.ledger import LIMIT, Line, Posting
from exercise.errors import UsageError
from exercise.explain.why import Source, _sources, cells_of, why, words
from exercise.record import TurnRecord, cell_of
from exercise.scenario.compile import Exercise
from exercise.session import Session
from exercise.sight import PUBLIC_VIEW, WHITE_CELL, Viewer, as_actor
from tests.again import Kept, Replay, posting_like

SEED = 3
"""The seed of the room's game."""


def changed(turn: TurnRecord) -> list[str]:
    """The cells of declared fields that changed in a turn."""
    rows = np.flatnonzero(turn.before.column() != turn.after.column())
    labels = [turn.after.layout.label(int(row)) for row in rows]
    return [label for label in labels if "/" not in label]


def test_control_is_told_amounts_that_sum_exactly_for_every_changed_cell(room: Session) -> None:
    record, told = room.record, 0
    for number in range(1, len(record.turns)):
        for cell in changed(record.turn(number)):
            found = why(record, WHITE_CELL, cell, number)
            assert found.rest is None
            assert sum(term.amount for term in found.terms) == found.after - found.before, cell
            told += 1
    assert told > 3000


def test_the_first_turn_counts_from_the_start_value(room: Session) -> None:
    record = room.record
    opening = room.ruleset.opening(1)
    for cell in changed(record.turn(1)):
        name, names = cell_of(cell)
        assert why(record, WHITE_CELL, cell, 1).before == opening.value(name, names)


@pytest.mark.parametrize("seat", ["dorvik", "karsk", "public"])
def test_a_seats_rest_is_what_is_left(room: Session, seat: str) -> None:
    record = room.record
    viewer = PUBLIC_VIEW if seat == "public" else as_actor(room.ruleset.roster, seat)
    for number in range(1, len(record.turns)):
        seen = set(cells_of(record, viewer, number))
        for cell in changed(record.turn(number)):
            if cell not in seen:
                with pytest.raises(UsageError, match="not disclosed"):
                    why(record, viewer, cell, number)
                continue
            found = why(record, viewer, cell, number)
            whole = why(record, WHITE_CELL, cell, number)
            assert found.rest is not None
            told = [(t.name, t.amount, t.says) for t in found.terms]
            assert sum(t.amount for t in found.terms) + found.rest == found.after - found.before
            assert LIMIT not in {t.name for t in found.terms}
            known = [(t.name, t.amount, t.says) for t in whole.terms]
            assert all(term in known for term in told)
            data = found.to_data()
            assert [t["name"] for t in data["terms"]].count("rest") == 1


def test_every_term_has_a_sentence_without_braces(room: Session) -> None:
    for number in range(1, len(room.record.turns)):
        for cell in changed(room.record.turn(number))[::7]:
            for term in why(room.record, WHITE_CELL, cell, number).terms:
                assert not term.says[0].islower(), term.says
                assert "{" not in term.says, term.says


# no catch-all: every source named matters


@attrs.frozen
class Named:
    """A source that a term names for a cell."""

    turn: int
    posting: Posting
    line: Line
    spot: tuple[int, ...]
    where: tuple[int, ...]
    source: Source
    alike: tuple[Source, ...]
    """What of the same kind the term names beside it."""


def named(session: Session, rng: random.Random, each: int) -> Iterator[Named]:
    """Sources of changed cells at random: `each` entries a line, a few sources each."""
    record, catalog = session.record, session.record.catalog
    for number in range(1, len(record.turns)):
        turn = record.turn(number)
        for posting in turn.postings:
            axes = catalog.fields[posting.field].axes
            for line in posting.lines:
                spots = [tuple(int(k) for k in spot) for spot in np.argwhere(line.amounts != 0.0)]
                for spot in rng.sample(spots, min(each, len(spots))):
                    where = spot[: len(axes)]
                    if posting.before[where] == posting.after[where]:
                        continue
                    joined = {
                        a: catalog.roster.of(a)[k] for a, k in zip(line.axes, spot, strict=True)
                    }
                    found = list(_sources(catalog, turn, line, joined, posting, WHITE_CELL))
                    for source in rng.sample(found, min(3, len(found))):
                        alike = tuple(
                            s for s in found if cell_of(s.cell)[0] == cell_of(source.cell)[0]
                        )
                        yield Named(number, posting, line, spot, where, source, alike)


class Court:
    """Judges whether a source mattered, by playing its step again without it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.catalog = session.record.catalog
        dice = Dice.seeded(SEED, [0])
        self.replays = {
            turn.number: Replay(session.ruleset, turn, dice, session.ruleset.weeks_of(turn.number))
            for turn in session.record.turns[1:]
        }

    def mattered(self, one: Named, alike: bool = False) -> bool:
        """Whether the cell, or at its limit the term, comes out otherwise without the source.

        With `alike`, without all of its kind that the term names.
        """
        replay = self.replays[one.turn]
        kept = replay.step_of(one.posting)
        sources = one.alike if alike else (one.source,)
        trials = self._trials(kept, one, sources)
        return any(self._differs(replay, kept, one, trial) for trial in trials)

    def _moves(self, field: Field) -> Iterator[Callable[[float], float]]:
        nudge = min(field.high - field.low, 10.0) * 0.02
        for value in (0.0, field.low, field.high):
            if field.low <= value <= field.high:
                yield lambda now, value=value: value
        for step in (nudge, -nudge, 1.0):
            yield lambda now, step=step: min(max(now + step, field.low), field.high)

    def _differs(self, replay: Replay, kept: Kept, one: Named, trial: dict[str, object]) -> bool:
        found = replay.again(kept, target=one.posting.field, **trial)  # type: ignore[arg-type]
        posting = posting_like(found, one.posting, kept)
        if posting is None or posting.after[one.where] != one.posting.after[one.where]:
            return True
        same = [
            line for line in posting.lines
            if line.name == one.line.name and line.amounts[one.spot] == one.line.amounts[one.spot]
        ]  # fmt: skip
        return not same

    def _trials(
        self, kept: Kept, one: Named, sources: tuple[Source, ...]
    ) -> Iterator[dict[str, object]]:
        source = one.source
        name, names = cell_of(source.cell)
        if source.kind == "cell":
            field = self.catalog.fields[name]
            rows = [self.catalog.layout.row(*cell_of(s.cell)) for s in sources]
            for move in self._moves(field):
                cells = {row: move(float(kept.world[row, 0])) for row in rows}
                if any(value != kept.world[row, 0] for row, value in cells.items()):
                    for past in ("not", "only", ""):
                        yield {"cells": cells, "past": past}
        elif source.kind == "order":
            yield {"orders": {s.cell for s in sources}}
        elif source.kind == "parameter":
            declared, now = self.catalog.parameters[name], self.catalog.values[name]
            for value in (now * 1.05, now * 0.9, declared.low, declared.high):
                if value != now:
                    yield {"parameter": (name, value)}
        elif source.kind == "chance":
            label = name.removeprefix("dice:")
            turn = self.session.record.turn(one.turn)
            posted = one.posting
            roll = next(
                r for r in turn.rolls
                if (r.stage, r.rule, r.label, r.round)
                == (posted.stage, posted.rule, label, posted.round)
            )  # fmt: skip
            roster = self.catalog.roster
            where = tuple(roster.index(a, n) for a, n in zip(roll.axes, names, strict=True))
            yield {"roll": (label, where, 0.0)}
            yield {"roll": (label, where, 1.0 - GRID)}


def test_every_source_named_matters(room: Session) -> None:
    """There is no catch-all: without a source, what it is named for comes out otherwise.

    Where two allies did the same thing, it would have been done without either: such sources
    matter together with those of their kind. `idle` matter neither alone nor so.
    """
    court = Court(room)
    judged, alone, idle = 0, 0, []
    for one in named(room, random.Random(1), each=1):
        if one.source.kind in ("cell", "order", "parameter", "chance"):
            judged += 1
            if court.mattered(one):
                alone += 1
            elif not court.mattered(one, alike=True):
                idle.append((one.posting.field, one.line.name, one.source.cell))
    assert judged > 1000
    assert alone / judged > 0.97
    assert len(idle) / judged < 0.005, sorted(set(idle))


def test_an_inject_named_matters(strait: Exercise, room: Session) -> None:
    from exercise.engine.turn import Inputs, resolve
    from exercise.record import dense

    record, ruleset, judged = room.record, room.ruleset, 0
    for number in range(1, len(record.turns)):
        turn = record.turn(number)
        for posting in turn.postings:
            for line in posting.lines:
                injects = [o.name for o in line.of if o.kind == "inject"]
                moved = posting.before != posting.after
                for spot in np.argwhere((line.amounts != 0.0) & moved) if injects else ():
                    control = {**turn.control, f"scenario.cue[{injects[0]}]": -1.0}
                    inputs = Inputs(
                        dense(ruleset.slip_layout, control),
                        [dense(ruleset.slip_layout, acts) for acts in turn.rounds],
                        dense(ruleset.slip_layout, turn.orders),
                        turn.rulings,
                    )
                    before = turn.before.copy()
                    after = resolve(ruleset, before, inputs, Dice.seeded(SEED, [0]))
                    where = tuple(int(k) for k in spot)
                    now = after[posting.field].data[..., 0][where]
                    assert now != turn.after[posting.field].data[..., 0][where], injects
                    judged += 1
    assert judged > 3


def test_a_ruling_is_named_with_its_reason(room: Session) -> None:
    found = [(t.number, r) for t in room.record.turns for r in t.rulings]
    assert found
    for number, ruling in found:
        cell = f"{ruling.field}[{','.join(ruling.names)}]"
        terms = why(room.record, WHITE_CELL, cell, number).terms
        ruled = next(term for term in terms if term.name == "ruling")
        assert ruled.amount == ruling.amount
        assert ruled.sources[0].says == "the room said so"


def test_acts_are_named_in_the_round_they_were_made_in(room: Session) -> None:
    """A council act of one round is no source of what another round changed."""
    record, catalog, judged = room.record, room.record.catalog, 0
    for turn in record.turns[1:]:
        for posting in turn.postings:
            for line in posting.lines if posting.round else ():
                for spot in np.argwhere(line.amounts != 0.0):
                    joined = {
                        a: catalog.roster.of(a)[int(k)]
                        for a, k in zip(line.axes, spot, strict=True)
                    }
                    for source in _sources(catalog, turn, line, joined, posting, WHITE_CELL):
                        if source.kind == "order":
                            assert source.cell in turn.rounds[posting.round - 1]
                            judged += 1
    assert judged > 50


# refusals and words


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("support[france]", "there is no field support"),
        ("domestic.support[france]", "no ally is called 'france'"),
        ("domestic.support", "is not a cell"),
    ],
)
def test_a_cell_that_is_none_is_refused_with_what_would_be_right(
    room: Session, cell: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        why(room.record, WHITE_CELL, cell)
    assert caught.value.remedy


def test_braces_that_somebody_typed_are_text(room: Session) -> None:
    roster = room.ruleset.roster
    told = words("{ally} said {0.__class__} and {ally.real} {", roster, {"ally": "dorvik"})
    assert told == "Dorvik said {0.__class__} and {ally.real} {"
    assert words("to {node}", roster, {}) == "to node"
    assert words("to {ally@to}", roster, {"ally@to": "fallow"}) == "to Fallow"


def test_what_has_come_since_the_last_turn_is_explained_too(strait: Exercise) -> None:
    from tests.people import play_room

    session = play_room(strait, seed=4, turns=2)
    now = session.current()
    assert now.last.number == session.number
    for cell in changed(now.last):
        found = why(now, WHITE_CELL, cell)
        assert sum(term.amount for term in found.terms) == found.after - found.before, cell


def test_explanations_are_for_whoever_asks(room: Session) -> None:
    stranger = Viewer("press", "seat", None, False)
    assert cells_of(room.record, stranger) == cells_of(room.record, PUBLIC_VIEW)
    assert len(cells_of(room.record, PUBLIC_VIEW)) < len(
        cells_of(room.record, as_actor(room.ruleset.roster, "dorvik"))
    )
    assert len(cells_of(room.record)) == sum(
        int(np.prod(room.ruleset.roster.shape(f.axes), dtype=int))
        for f in room.ruleset.fields.values()
    )
