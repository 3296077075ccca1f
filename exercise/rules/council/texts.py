"""Texts and their clauses: each clause belongs to one text, so values are laid on or gathered.

`share[clause, motion]` says how much of a text a clause is; as every clause has one text, none
of this needs a table of clauses by texts: laying on is a look-up, gathering a run of clauses.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from exercise.cells import Cells, snapped
from exercise.exact import Array

Places = npt.NDArray[np.int64]


@lru_cache(maxsize=64)
def _belonging(table: bytes, clauses: int, motions: int) -> tuple[Places, Array, Places, Places]:
    """Each clause's text, whether it has one, clauses by text, and where each text's begin."""
    share = np.frombuffer(table).reshape(clauses, motions)
    text = share.argmax(axis=1) if motions else np.zeros(clauses, dtype=np.int64)
    has = (share.max(axis=1, initial=0.0) > 0.0).astype(np.float64)
    order = np.argsort(np.where(has > 0.0, text, motions), kind="stable")
    runs = np.searchsorted(text[order][: int(has.sum())], np.arange(motions + 1))
    return text, has, order[: int(has.sum())], runs


def _of(share: Cells) -> tuple[Places, Array, Places, Places]:
    table = np.ascontiguousarray(share.over("clause", "motion")[..., 0])
    return _belonging(table.tobytes(), *table.shape)


def on_clauses(share: Cells, motions: Cells) -> Cells:
    """Values of 0 or more over texts, laid on their clauses: `motion` gives way to `clause`."""
    text, has, _, _ = _of(share)
    dim = motions.axes.index("motion")
    axes = tuple("clause" if axis == "motion" else axis for axis in motions.axes)
    if not text.size or not motions.data.shape[dim]:
        shape = list(motions.data.shape)
        shape[dim] = text.size
        return Cells(np.zeros(shape), axes)
    laid = Cells(motions.data.take(text, axis=dim), axes)
    return laid if has.all() else laid * Cells(has[:, None], ("clause",))


def weights(share: Cells) -> Cells:
    """Each clause's share of its text: [clause]."""
    return share.sum("motion")


def heaviest(share: Cells, clauses: Cells) -> Cells:
    """The largest value of 0 or more among each text's clauses: `clause` gives way to `motion`."""
    return _gathered(np.maximum, share, clauses)


def gathered(share: Cells, clauses: Cells) -> Cells:
    """The sum over each text's clauses, exact in any order."""
    return _gathered(np.add, share, snapped(clauses))


def _gathered(reduce: np.ufunc, share: Cells, clauses: Cells) -> Cells:
    _, _, order, runs = _of(share)
    dim = clauses.axes.index("clause")
    axes = tuple("motion" if axis == "clause" else axis for axis in clauses.axes)
    shape = list(clauses.data.shape)
    shape[dim] = len(runs) - 1
    out = np.zeros(shape)
    filled = np.flatnonzero(runs[1:] > runs[:-1])
    if filled.size:
        data = clauses.data
        if order.tolist() != list(range(data.shape[dim])):
            data = data.take(order, axis=dim)
        found = reduce.reduceat(data, runs[filled], axis=dim)
        out[(slice(None),) * dim + (filled,)] = found
    return Cells(out, axes)
