"""Texts and their clauses: each clause belongs to one text, so values are laid on or gathered.

`share[clause, motion]` says how much of a text a clause is. As every clause has one text, the
table is thin, and none of these products is ever laid out. Who only asks whose clause is whose may
give the mask `belonging` for it.
"""

from __future__ import annotations

from exercise.engine.cells import Cells
from exercise.engine.kept import kept


@kept
def belonging(share: Cells) -> Cells:
    """A mask: which clause is whose, [clause, motion]."""
    return share > 0.0


def on_clauses(share: Cells, motions: Cells) -> Cells:
    """Values of 0 or more over texts, laid on their clauses: `motion` gives way to `clause`."""
    return ((share > 0.0) * motions).max("motion")


@kept
def weights(share: Cells) -> Cells:
    """Each clause's share of its text: [clause]."""
    return share.sum("motion")


standing_on = kept(on_clauses)
"""The same, of values over texts that seldom change."""


def heaviest(share: Cells, clauses: Cells) -> Cells:
    """The largest value of 0 or more among each text's clauses: `clause` gives way to `motion`."""
    return ((share > 0.0) * clauses).max("clause")


def gathered(share: Cells, clauses: Cells) -> Cells:
    """The sum over each text's clauses, exact in any order."""
    return ((share > 0.0) * clauses).sum("clause")
