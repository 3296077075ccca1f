"""What is worked out of the very same cells is worked out once, and anew of any others."""

from __future__ import annotations

import numpy as np

from exercise.engine.cells import Cells
from exercise.engine.kept import ENTRIES, kept


def _counted():  # type: ignore[no-untyped-def]
    asked: list[int] = []

    @kept
    def doubled(cells: Cells) -> Cells:
        asked.append(1)
        return cells * 2.0

    return doubled, asked


def _cells(*values: float) -> Cells:
    return Cells(np.array(values)[:, None], ("ally",))


def test_the_same_cells_give_the_same_result_without_work() -> None:
    doubled, asked = _counted()
    cells = _cells(1.0, 2.0)
    assert doubled(cells) is doubled(Cells(cells.data, cells.axes))
    assert len(asked) == 1


def test_other_cells_of_the_same_values_are_worked_out() -> None:
    doubled, asked = _counted()
    doubled(_cells(1.0))
    doubled(_cells(1.0))
    assert len(asked) == 2


def test_cells_that_took_a_new_array_are_worked_out_anew() -> None:
    doubled, _ = _counted()
    cells = _cells(1.0)
    before = doubled(cells)
    cells.data = np.array([[3.0]])
    assert before.data.tolist() == [[2.0]]
    assert doubled(cells).data.tolist() == [[6.0]]


def test_an_axis_in_another_role_is_another_thing() -> None:
    doubled, _ = _counted()
    cells = _cells(1.0)
    assert doubled(cells).axes == ("ally",)
    assert doubled(cells.turned(ally="ally@to")).axes == ("ally@to",)
    assert doubled(cells).axes == ("ally",)


def test_what_follows_a_field_does_not_change_what_was_kept() -> None:
    same = kept(lambda cells: cells)
    field = _cells(1.0)
    found = same(field)
    field.data = np.array([[9.0]])
    assert found.data.tolist() == [[1.0]]


def test_only_the_newest_results_stay() -> None:
    doubled, asked = _counted()
    first, rest = _cells(0.0), [_cells(float(k)) for k in range(ENTRIES)]
    for cells in (first, *rest, first):
        doubled(cells)
    assert len(asked) == ENTRIES + 2
