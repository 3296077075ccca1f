"""What people typed, kept apart from what stands: withdrawn words leave a tombstone everywhere."""

from __future__ import annotations

from exercise.record import WITHDRAWN
from exercise.save.journal import Entry


class Typed:
    """The typed words of a shelf's entries; shelves hold where words lie, never the words."""

    def __init__(self) -> None:
        self._texts: dict[tuple[int, str], str] = {}
        self._gone: dict[int, tuple[str, str]] = {}

    def keep(self, entry: Entry) -> int:
        """Keep an entry's words; returns its number, by which they are found again."""
        for key, text in entry.words.items():
            self._texts[entry.seq, key] = WITHDRAWN if text is None else text
            if text is None:
                self._gone.setdefault(entry.seq, ("", ""))
        return entry.seq

    def forget(self, entry: Entry) -> None:
        """Put the tombstone where a `withdrawn` entry says so."""
        where = (int(str(entry.body["seq"])), str(entry.body["key"]))
        if where in self._texts:
            self._texts[where] = WITHDRAWN
            self._gone[where[0]] = (str(entry.body["by"]), entry.words.get("why") or "")

    def text(self, seq: int, key: str) -> str:
        """The words of an entry, the tombstone, or nothing where none were typed."""
        return self._texts.get((seq, key), "")

    def gone(self, seq: int) -> tuple[str, str] | None:
        """Which seat withdrew words of an entry, and why; None where all of them stand."""
        return self._gone.get(seq)
