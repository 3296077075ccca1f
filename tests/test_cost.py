"""What a turn costs, counted: figures that do not depend on the machine, with ceilings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from exercise.engine.cells import Cells
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create, read
from exercise.scenario.compile import Exercise
from exercise.scenario.load import load
from exercise.sight import WHITE_CELL
from exercise.sweep import play
from exercise.view import view_of

LANES = 64
CELLS = {1: 6_700, LANES: 7_750}
"""At most so many cells are made in a turn of all modules: as many NumPy calls, roughly."""
NUMBERS = 275_000
"""At most so many numbers are written a turn and game in a batch."""
KIB = 70
"""At most so much memory a game in a batch keeps from turn to turn."""


@pytest.fixture(scope="module")
def strait() -> Exercise:
    return load("northern-strait")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many numbers each of the cells holds that are made meanwhile."""
    sizes: list[int] = []
    plain = Cells.__init__

    def counting(self: Cells, data, axes, kind: int = 0) -> None:  # type: ignore[no-untyped-def]
        sizes.append(data.size)
        plain(self, data, axes, kind)

    monkeypatch.setattr(Cells, "__init__", counting)
    return sizes


@pytest.mark.parametrize("lanes", list(CELLS))
def test_a_turn_makes_few_cells(strait: Exercise, made: list[int], lanes: int) -> None:
    play(strait, 1, range(lanes))
    assert len(made) / strait.turns < CELLS[lanes]


def test_a_game_in_a_batch_touches_few_numbers(strait: Exercise, made: list[int]) -> None:
    play(strait, 1, range(LANES))
    assert sum(made) / strait.turns / LANES < NUMBERS


def test_a_game_in_a_batch_keeps_little_memory(strait: Exercise) -> None:
    world, _ = play(strait, 1, range(LANES))
    kept = {id(world.held(name).data): world.held(name).data for name in world.layout.slots}
    owned = sum(data.nbytes for data in kept.values() if 0 not in data.strides)
    assert owned / LANES < KIB * 1024


def test_what_never_changes_is_kept_in_one_lane(strait: Exercise) -> None:
    world, _ = play(strait, 1, range(LANES))
    fixed = [
        name
        for name, field in strait.ruleset.fields.items()
        if field.kind != "derived" and name not in strait.ruleset.changing
    ]
    assert fixed
    assert {world.held(name).data.shape[-1] for name in fixed} == {1}


def test_a_copy_of_a_world_shares_its_arrays(strait: Exercise) -> None:
    world, _ = play(strait, 1, range(LANES))
    other = world.copy()
    assert all(other.held(n).data is world.held(n).data for n in strait.ruleset.fields)
    other.put("domestic.support", (strait.ruleset.roster.of("ally")[0],), 0.5)
    assert other.digest(3) != world.digest(3)


def test_viewing_a_turn_of_a_save_reads_that_turn_alone() -> None:
    blocks = 2
    journal = MemoryJournal(salts=open_salts)
    session = create(load("northern-strait", rhythm="full"), journal, seed=1)
    while session.stage != "over":
        session.resolve()
        session.publish()
        session.open()
    saved = read(journal)
    asked: list[str] = []
    get = journal.get
    journal.get = lambda ref: asked.append(ref) or get(ref)  # type: ignore[func-returns-value,method-assign]
    view_of(saved.record, WHITE_CELL, saved.record.turn(12), saved.facts)
    assert len(asked) == blocks, "the worlds before and after; its postings when somebody asks why"
