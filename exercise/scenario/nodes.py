"""Nodes of a scenario file, each with its place, and the way back from a path to a place.

Lines and columns count from 1, columns in characters.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

import attrs

from exercise.errors import Fault

Value = None | bool | int | float | datetime.date | str
Path = tuple[str | int, ...]


@attrs.frozen
class Scalar:
    """A single value; `text` is as written, `inside` is where the text itself begins."""

    file: str
    line: int
    column: int
    value: Value
    text: str
    inside: tuple[int, int]


@attrs.frozen
class Sequence:
    """A list of nodes."""

    file: str
    line: int
    column: int
    items: tuple[Node, ...]


@attrs.frozen
class Entry:
    """One key of a mapping with its value."""

    key: Scalar
    value: Node


@attrs.frozen
class Mapping:
    """Keys with values, in file order; every key's text is unique."""

    file: str
    line: int
    column: int
    entries: tuple[Entry, ...]

    def entry(self, name: str) -> Entry | None:
        """The entry whose key is written `name`, or None."""
        return next((entry for entry in self.entries if entry.key.text == name), None)

    def get(self, name: str) -> Node | None:
        """The value under `name`, or None where the key is absent."""
        entry = self.entry(name)
        return entry.value if entry else None


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> object:
    """The node as plain Python values (dict, list, scalars), positions dropped."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {entry.key.text: plain(entry.value) for entry in node.entries}


@attrs.frozen
class Positions:
    """Where in the files each part of a scenario stands.

    A path names keys and list positions from the top, as the file writes them:
    `("actors", "dorvik", "support")`, `("injects", 3, "when")`. A path that leads to nothing (a
    default, a shorthand) has the place of the nearest part above it.
    """

    root: Node

    def at(self, path: Path) -> tuple[int, int]:
        """Line and column of a value."""
        node = self.node(path)
        return node.line, node.column

    def inside(self, path: Path) -> tuple[int, int]:
        """Line and column at which a value's text begins, behind its quote or below its '|'."""
        node = self.node(path)
        return node.inside if isinstance(node, Scalar) else (node.line, node.column)

    def file(self, path: Path = ()) -> str:
        """The file that a value stands in; merged scenarios have several."""
        return self.node(path).file

    def node(self, path: Path) -> Node:
        """The node at a path, or the nearest one above it."""
        *_, last = self._walk(path)
        return last

    def fault(self, path: Path, code: str, message: str, hint: str = "") -> Fault:
        """A fault at a value's place."""
        node = self.node(path)
        return Fault(node.file, node.line, node.column, code, message, hint)

    def key_fault(self, path: Path, code: str, message: str, hint: str = "") -> Fault:
        """A fault at a key's place."""
        node = self._key(path) or self.node(path)
        return Fault(node.file, node.line, node.column, code, message, hint)

    def touches(self, path: Path, places: Collection[tuple[str, int, int]]) -> bool:
        """Whether any of these places (file, line, column) lies in a value, its keys included."""
        return any((n.file, n.line, n.column) in places for n in _below(self.node(path)))

    def _key(self, path: Path) -> Scalar | None:
        *above, last = self._walk(path)
        if len(above) != len(path) or not path or not isinstance(above[-1], Mapping):
            return None
        entry = above[-1].entry(str(path[-1]))
        return entry.key if entry and entry.value is last else None

    def _walk(self, path: Path) -> Iterator[Node]:
        node = self.root
        yield node
        for step in path:
            below: Node | None = None
            if isinstance(node, Mapping):
                below = node.get(str(step))
            elif isinstance(node, Sequence) and isinstance(step, int):
                below = node.items[step] if 0 <= step < len(node.items) else None
            if below is None:
                return
            node = below
            yield node


def _below(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _below(item)
    elif isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key
            yield from _below(entry.value)
