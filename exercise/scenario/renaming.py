"""The switch from real names to fictional ones, before anything else is made of a scenario.

Whole words are replaced, in keys and texts alike, so that ids change with the names they come
from. A real name without a fictional one keeps its place and is a fault, and so are two names
that would become one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Table

import attrs

from exercise.errors import Fault
from exercise.scenario.nodes import Entry, Mapping, Node, Scalar, Sequence, plain
from exercise.scenario.wording import quoted


def renamed(root: Node, names: str | None) -> tuple[Node, list[Fault]]:
    """The scenario with its fictional names put in, if they are to be used, and what went wrong.

    `names` is `real` or `fictional` and overrides what the file says.
    """
    block = root.get("names") if isinstance(root, Mapping) else None
    if not isinstance(root, Mapping) or not isinstance(block, Mapping):
        return root, []
    use = names or str(plain(block.get("use") or block)).strip()
    table = block.get("fictional")
    if use != "fictional" or not isinstance(table, Mapping):
        return root, []
    words, faults = _words(table)
    if not words:
        return root, faults
    swap = _Swap(words, faults)
    entries = tuple(
        _used(e, block) if e.key.text == "names" else Entry(e.key, swap.node(e.value))
        for e in root.entries
    )
    return attrs.evolve(root, entries=entries), faults


def _words(table: Mapping) -> tuple[dict[str, str], list[Fault]]:
    words: dict[str, str] = {}
    faults: list[Fault] = []
    for entry in table.entries:
        real, node = entry.key.text, entry.value
        if not isinstance(node, Scalar):
            continue  # the wrong type is told when its structure is read
        if not re.search(r"\w", node.text):
            told = f"{quoted(real)} has no fictional name"
            faults.append(
                Fault(node.file, node.line, node.column, "no-name", told, "give it one, of letters")
            )
            continue
        words[real] = node.text
        words.setdefault(_slug(real), _slug(node.text))
    return words, faults


def _used(entry: Entry, block: Mapping) -> Entry:
    """The switch as it was used, without the table: a fictional exercise keeps no real name."""
    kept = tuple(e for e in block.entries if e.key.text != "fictional")
    return Entry(entry.key, attrs.evolve(block, entries=kept))


def _slug(text: str) -> str:
    return re.sub(r"\W+", "-", text.lower())


class _Swap:
    """Puts words in the place of others, all at once, the longest first."""

    def __init__(self, words: Table[str, str], faults: list[Fault]) -> None:
        self.words = words
        self.faults = faults
        longest = sorted(words, key=lambda word: (-len(word), word))
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    def text(self, text: str) -> str:
        return self.pattern.sub(lambda found: self.words[found[0]], text)

    def scalar(self, node: Scalar) -> Scalar:
        if not isinstance(node.value, str):
            return node
        return attrs.evolve(node, value=self.text(node.value), text=self.text(node.text))

    def key(self, key: Scalar) -> Scalar:
        text = self.text(key.text)
        return attrs.evolve(key, value=text, text=text)

    def node(self, node: Node) -> Node:
        if isinstance(node, Scalar):
            return self.scalar(node)
        if isinstance(node, Sequence):
            return attrs.evolve(node, items=tuple(self.node(item) for item in node.items))
        entries: dict[str, Entry] = {}
        for entry in node.entries:
            key = self.key(entry.key)
            if key.text in entries:
                told = f"with fictional names two entries here are called {quoted(key.text)}"
                hint = "give each real name a fictional one of its own"
                self.faults.append(
                    Fault(key.file, key.line, key.column, "names-collide", told, hint)
                )
            entries.setdefault(key.text, Entry(key, self.node(entry.value)))
        return attrs.evolve(node, entries=tuple(entries.values()))
