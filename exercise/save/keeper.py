"""What keeps the record of an exercise, as sessions write to it and reviews read from it.

`exercise.save.journal` has one in memory; `exercise.save.store` has the save.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

import attrs

from exercise.save.chain import Entry, Json

MAIN = "main"


@attrs.frozen
class BranchInfo:
    """A branch: where it left its parent (entry `fork_seq`, 0 before the first), its head."""

    name: str
    parent: str | None
    fork_seq: int
    head: str


class Journal(Protocol):
    """What a session writes to and a review reads from; errors are `SaveError`."""

    def append(
        self,
        kind: str,
        body: Mapping[str, Json],
        *,
        branch: str = MAIN,
        words: Mapping[str, str] | None = None,
    ) -> Entry:
        """Write one entry at the end of a branch."""
        ...

    def read(
        self, branch: str = MAIN, since: int = 0, kinds: Collection[str] | None = None
    ) -> Iterator[Entry]:
        """Entries after number `since`: those of the parents up to the fork, then its own."""
        ...

    def entry(self, seq: int) -> Entry:
        """One entry by its number."""
        ...

    def head(self, branch: str = MAIN) -> str:
        """The newest digest of a branch; `GENESIS` when it has no entry."""
        ...

    def branches(self) -> Mapping[str, BranchInfo]:
        """All branches, in the order in which they were opened."""
        ...

    def fork(self, name: str, parent: str, at_seq: int) -> BranchInfo:
        """Open a branch that shares its parent's entries up to and with `at_seq`."""
        ...

    def main_line(self) -> str:
        """The branch that counts as what happened."""
        ...

    def point_main(self, branch: str) -> Entry:
        """Make another branch the one that counts; recorded in a `head` entry on it."""
        ...

    def withdraw(self, seq: int, key: str, by: str, why: str) -> Entry:
        """Delete a typed text for good; returns the `withdrawn` entry that says who and why."""
        ...

    def put(self, blob: bytes) -> str:
        """Store a block once and return the reference by which a body may name it."""
        ...

    def get(self, ref: str) -> bytes:
        """The block of a reference, checked against it."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written inside is kept, or none of it; inner ones join the outer one."""
        ...

    def describe(self, about: Mapping[str, Json]) -> None:
        """Replace what a listing tells about this exercise (title, turn, seats ...)."""
        ...

    def about(self) -> Mapping[str, Json]:
        """What `describe` stored last."""
        ...

    def lay_aside(self, place: str, body: Mapping[str, Json] | None) -> None:
        """Keep something unfinished beside the chain, in place of what lay there; None clears."""
        ...

    def aside(self) -> Mapping[str, Mapping[str, Json]]:
        """What lies beside the chain, by its place."""
        ...
