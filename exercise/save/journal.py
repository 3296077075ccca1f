"""The record of an exercise: entries in a hash chain, branches, words that can be withdrawn.

What always holds, in memory and on disk alike:

- Entries are numbered 1, 2, 3, ... over the whole journal, in the order in which they were
  written, whatever their branch. An entry never changes.
- A branch's newest digest, its *head*, stands for everything up to there. A branch goes on from
  the digest where it left its parent, so an earlier head stays good.
- A typed text and its salt lie beside the chain. Withdrawing deletes both and appends a
  `withdrawn` entry: the chain still verifies, the text cannot be recovered or confirmed by
  guessing. This holds for `words` alone: a text put into a body or a blob stays for ever.
- What is unfinished lies beside the chain, is written over, and is covered by no digest. A text
  that is withdrawn is taken out of it too.
- A body names large blocks by reference, and a reference is the block's digest, so blocks are
  covered by the chain.

No entry holds a time unless its body brings one, so two equal runs that write no typed text, or
that use `open_salts`, have equal heads.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import chain

import attrs

from exercise.errors import SaveError
from exercise.save.chain import (
    GENESIS,
    ChainFault,
    Entry,
    Json,
    Salts,
    canonical,
    check_chain,
    mark,
    new_ref,
    open_salts,
    refs,
    secret_salts,
    text_digest,
    valid_text,
)
from exercise.save.keeper import MAIN, BranchInfo, Journal

__all__ = [
    "GENESIS",
    "MAIN",
    "BranchInfo",
    "ChainFault",
    "ChainedJournal",
    "Entry",
    "Journal",
    "Json",
    "MemoryJournal",
    "Salts",
    "check_chain",
    "check_journal",
    "open_salts",
    "secret_salts",
]


class ChainedJournal(ABC):
    """A `Journal` over a store that can do simple things; chain and branches are here."""

    def __init__(self, salts: Salts) -> None:
        self._salts = salts
        self._tips: dict[str, str] = {}  # heads by branch, and the newest number: what an
        self._newest = -1  # append needs; forgotten when a transaction fails

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """See `Journal.transaction`; a failed one must call `_forget_tips`."""

    @abstractmethod
    def entry(self, seq: int) -> Entry:
        """See `Journal.entry`."""

    @abstractmethod
    def lay_aside(self, place: str, body: Mapping[str, Json] | None) -> None:
        """See `Journal.lay_aside`."""

    @abstractmethod
    def aside(self) -> Mapping[str, Mapping[str, Json]]:
        """See `Journal.aside`."""

    @abstractmethod
    def _last_seq(self) -> int:
        """The highest number in the store, 0 when empty."""

    @abstractmethod
    def _last_digest(self, branch: str, upto: int | None) -> str | None:
        """The digest of a branch's last own entry with a number up to `upto`."""

    @abstractmethod
    def _last_pointer(self) -> str | None:
        """The branch of the last `head` entry."""

    @abstractmethod
    def _own(
        self, branch: str, since: int, upto: int | None, kinds: Collection[str] | None
    ) -> Iterator[Entry]:
        """A branch's own entries with since < number <= upto, in order."""

    @abstractmethod
    def _forks(self) -> Mapping[str, tuple[str | None, int]]:
        """Parent and fork number of every branch, in the order in which they were opened."""

    @abstractmethod
    def _store(self, entry: Entry, body: str) -> None:
        """Keep an entry; `body` is its canonical JSON."""

    @abstractmethod
    def _store_fork(self, name: str, parent: str, at_seq: int) -> None:
        """Keep a branch."""

    @abstractmethod
    def _erase(self, seq: int, key: str) -> None:
        """Delete a typed text and its salt, leaving its mark."""

    def append(
        self,
        kind: str,
        body: Mapping[str, Json],
        *,
        branch: str = MAIN,
        words: Mapping[str, str] | None = None,
    ) -> Entry:
        """See `Journal.append`."""
        body_text = canonical(body)
        texts = {
            valid_text(key, "a key of words"): valid_text(text, f"words.{key}")
            for key, text in sorted((words or {}).items())
        }
        with self.transaction():
            previous = self._tips.get(branch) or self.head(branch)
            seq = 1 + (self._newest if self._newest >= 0 else self._last_seq())
            salts = {key: self._salts(previous, key) for key in texts}
            marks = {key: mark(text, salts[key]) for key, text in texts.items()}
            valid_text(kind, "the kind")
            digest = text_digest(previous, seq, branch, kind, body_text, marks)
            plain = json.loads(body_text)
            entry = Entry(seq, branch, kind, plain, texts, digest, marks, salts)
            self._store(entry, body_text)
            self._tips[branch], self._newest = digest, seq
        return entry

    def read(
        self, branch: str = MAIN, since: int = 0, kinds: Collection[str] | None = None
    ) -> Iterator[Entry]:
        """See `Journal.read`."""
        lineage = self._lineage(branch)  # at once, so that a wrong name is told at the call
        return chain.from_iterable(self._own(name, since, upto, kinds) for name, upto in lineage)

    def head(self, branch: str = MAIN) -> str:
        """See `Journal.head`."""
        for name, upto in reversed(self._lineage(branch)):
            digest = self._last_digest(name, upto)
            if digest is not None:
                return digest
        return GENESIS

    def branches(self) -> Mapping[str, BranchInfo]:
        """See `Journal.branches`."""
        return {
            name: BranchInfo(name, parent, at, self.head(name))
            for name, (parent, at) in self._forks().items()
        }

    def fork(self, name: str, parent: str, at_seq: int) -> BranchInfo:
        """See `Journal.fork`; the new branch opens with a `branch` entry."""
        with self.transaction():
            lineage = self._lineage(parent)
            if not name or name in self._forks():
                raise SaveError(
                    f"a branch cannot be named {name!r}: "
                    + ("there is one already" if name else "the name is empty"),
                    "choose another name",
                )
            if at_seq != 0:
                at = self.entry(at_seq)
                if (at.branch, True) not in [
                    (line, upto is None or at_seq <= upto) for line, upto in lineage
                ]:
                    raise SaveError(f"entry {at_seq} is not on branch {parent!r}")
            self._store_fork(valid_text(name, "the branch name"), parent, at_seq)
            opened = self.append("branch", {"parent": parent, "at_seq": at_seq}, branch=name)
        return BranchInfo(name, parent, at_seq, opened.digest)

    def main_line(self) -> str:
        """See `Journal.main_line`; `main` until another was pointed to."""
        return self._last_pointer() or MAIN

    def point_main(self, branch: str) -> Entry:
        """See `Journal.point_main`."""
        with self.transaction():
            return self.append("head", {"from": self.main_line()}, branch=branch)

    def withdraw(self, seq: int, key: str, by: str, why: str) -> Entry:
        """See `Journal.withdraw`; the reason is itself a typed text."""
        with self.transaction():
            entry = self.entry(seq)
            if key not in entry.words:
                raise SaveError(
                    f"entry {seq} has no typed text {key!r}",
                    f"it has: {', '.join(entry.words) or 'none'}",
                )
            text = entry.words[key]
            if text is None:
                raise SaveError(f"the text {key!r} of entry {seq} was withdrawn before")
            self._erase(seq, key)
            for place, kept in self.aside().items():
                left = {name: _without(text, value) for name, value in kept.items()}
                if left != kept:
                    self.lay_aside(place, left)
            body: dict[str, Json] = {"seq": seq, "key": key, "by": by}
            return self.append("withdrawn", body, branch=self._told_on(entry), words={"why": why})

    def _told_on(self, entry: Entry) -> str:
        """The line on which it is told of an entry: the one that counts, where it is part of it."""
        line = self.main_line()
        for branch, upto in self._lineage(line):
            if branch == entry.branch and (upto is None or entry.seq <= upto):
                return line
        return entry.branch

    def _lineage(self, branch: str) -> list[tuple[str, int | None]]:
        """The branches a line runs through, first one first, each with its last number."""
        forks = self._forks()
        if branch not in forks:
            raise SaveError(f"there is no branch {branch!r}", f"branches here: {', '.join(forks)}")
        line: list[tuple[str, int | None]] = [(branch, None)]
        parent, upto = forks[branch]
        while parent is not None:
            line.append((parent, upto))
            if parent not in forks or len(line) > len(forks):
                raise SaveError(f"branch {branch!r} has no way back to the start: damaged")
            parent, left = forks[parent]
            upto = min(upto, left)
        return line[::-1]

    def _forget_tips(self) -> None:
        self._tips.clear()
        self._newest = -1


def _without(text: str, value: Json) -> Json:
    """A value of a body without a typed text, wherever it stands in it."""
    if isinstance(value, str):
        return "" if value == text else value
    if isinstance(value, Mapping):
        return {key: _without(text, item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_without(text, item) for item in value]
    return value


class MemoryJournal(ChainedJournal):
    """A journal that lasts as long as the process: headless runs, what-ifs, tests."""

    def __init__(self, salts: Salts = secret_salts) -> None:
        super().__init__(salts)
        self._entries: list[tuple[Entry, str]] = []
        self._texts: dict[tuple[int, str], tuple[str, str]] = {}  # (text, salt) until withdrawn
        self._opened: dict[str, tuple[str | None, int]] = {MAIN: (None, 0)}
        self._blobs: dict[str, bytes] = {}
        self._about = "{}"
        self._aside: dict[str, str] = {}
        self._undo: list[Callable[[], object]] | None = None
        self._doomed = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See `Journal.transaction`."""
        if self._undo is not None:
            try:
                yield
            except BaseException:
                self._doomed = True
                raise
            return
        self._undo, self._doomed = [], False
        try:
            yield
            if self._doomed:
                raise SaveError("nothing of this step was kept: a part of it failed")
        except BaseException:
            for undo in reversed(self._undo):
                undo()
            self._forget_tips()
            raise
        finally:
            self._undo = None

    def entry(self, seq: int) -> Entry:
        """See `Journal.entry`."""
        if not 1 <= seq <= len(self._entries):
            raise SaveError(f"there is no entry {seq}", f"the last one is {len(self._entries)}")
        return self._as_read(*self._entries[seq - 1])

    def put(self, blob: bytes) -> str:
        """See `Journal.put`."""
        ref = new_ref(blob)
        if ref not in self._blobs:
            with self.transaction():
                self._blobs[ref] = bytes(blob)
                self._on_failure(lambda: self._blobs.pop(ref))
        return ref

    def get(self, ref: str) -> bytes:
        """See `Journal.get`."""
        if ref not in self._blobs:
            raise SaveError(f"the block {ref!r} is missing")
        return self._blobs[ref]

    def describe(self, about: Mapping[str, Json]) -> None:
        """See `Journal.describe`."""
        before, after = self._about, canonical(about)
        with self.transaction():
            self._on_failure(lambda: setattr(self, "_about", before))
            self._about = after

    def about(self) -> Mapping[str, Json]:
        """See `Journal.about`."""
        about: dict[str, Json] = json.loads(self._about)
        return about

    def lay_aside(self, place: str, body: Mapping[str, Json] | None) -> None:
        """See `Journal.lay_aside`."""
        before = dict(self._aside)
        with self.transaction():
            self._on_failure(lambda: setattr(self, "_aside", before))
            self._aside.pop(place, None)
            if body is not None:
                self._aside[valid_text(place, "a place")] = canonical(body)

    def aside(self) -> Mapping[str, Mapping[str, Json]]:
        """See `Journal.aside`."""
        return {place: json.loads(self._aside[place]) for place in sorted(self._aside)}

    def _on_failure(self, undo: Callable[[], object]) -> None:
        assert self._undo is not None, "every change is made inside a transaction"
        self._undo.append(undo)

    def _as_read(self, entry: Entry, body: str) -> Entry:
        kept = {key: self._texts.get((entry.seq, key), (None, None)) for key in entry.marks}
        words = {key: text for key, (text, _) in kept.items()}
        salts = {key: salt for key, (_, salt) in kept.items()}
        marks = dict(entry.marks)
        return attrs.evolve(entry, body=json.loads(body), words=words, salts=salts, marks=marks)

    def _last_seq(self) -> int:
        return len(self._entries)

    def _last_digest(self, branch: str, upto: int | None) -> str | None:
        for entry, _ in reversed(self._entries[:upto]):
            if entry.branch == branch:
                return entry.digest
        return None

    def _last_pointer(self) -> str | None:
        heads = (entry.branch for entry, _ in reversed(self._entries) if entry.kind == "head")
        return next(heads, None)

    def _own(
        self, branch: str, since: int, upto: int | None, kinds: Collection[str] | None
    ) -> Iterator[Entry]:
        for entry, body in self._entries[since:upto]:
            if entry.branch == branch and (kinds is None or entry.kind in kinds):
                yield self._as_read(entry, body)

    def _forks(self) -> Mapping[str, tuple[str | None, int]]:
        return self._opened

    def _store(self, entry: Entry, body: str) -> None:
        bare = attrs.evolve(entry, body={}, words={}, salts={}, marks=dict(entry.marks))
        self._entries.append((bare, body))
        self._on_failure(self._entries.pop)
        for key, text in entry.words.items():
            salt = entry.salts[key]
            assert text is not None, "a new entry has all its texts"
            assert salt is not None, "and their salts"
            self._texts[entry.seq, key] = (text, salt)
            self._on_failure(partial(self._texts.pop, (entry.seq, key)))

    def _store_fork(self, name: str, parent: str, at_seq: int) -> None:
        self._opened[name] = (parent, at_seq)
        self._on_failure(lambda: self._opened.pop(name))

    def _erase(self, seq: int, key: str) -> None:
        kept = self._texts.pop((seq, key))
        self._on_failure(lambda: self._texts.__setitem__((seq, key), kept))


def check_journal(journal: Journal, head: str | None = None) -> ChainFault | None:
    """The first fault of a whole journal, all branches; `None` when it holds.

    Beyond `check_chain`: no number is missing, a text is gone only where a `withdrawn` entry says
    so, every block that a body names is there unchanged, and `head`, a digest noted earlier, is
    still in the record.
    """
    digests: dict[int, str] = {0: GENESIS}
    gone: list[tuple[int, str]] = []
    recorded: set[tuple[Json, Json]] = set()
    named: dict[str, int] = {}

    def seen(entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            yield entry  # checked before the next line runs
            digests[entry.seq] = entry.digest
            gone.extend((entry.seq, key) for key, text in entry.words.items() if text is None)
            if entry.kind == "withdrawn":
                recorded.add((str(entry.body.get("seq")), str(entry.body.get("key"))))
            for ref in refs(entry.body):
                named.setdefault(ref, entry.seq)

    for branch in journal.branches().values():
        if branch.fork_seq not in digests:
            return ChainFault(branch.fork_seq, f"missing; branch {branch.name!r} left from it")
        own = seen(journal.read(branch.name, since=branch.fork_seq))
        fault = check_chain(own, start=digests[branch.fork_seq])
        if fault:
            return fault
    missing = next((seq for seq in range(len(digests)) if seq not in digests), None)
    if missing is not None:
        return ChainFault(missing, "missing: it was removed")
    for seq, key in gone:
        if (str(seq), key) not in recorded:
            return ChainFault(seq, f"the typed text {key!r} is gone, and no entry withdrew it")
    for ref, seq in named.items():
        try:
            journal.get(ref)
        except SaveError as error:
            return ChainFault(seq, error.message)
    last = max(digests)
    del digests[0]  # the digest before the first entry is the same for every record
    if head is not None and head not in digests.values():
        told = f"the record ends here, and the head given ({head[:16]!r}...) is of no entry in it"
        return ChainFault(last, f"{told}: it was cut short or rewritten since")
    return None
