"""The hash chain: what an entry is, and what stands for it.

An entry's digest is BLAKE2b-256 over the digest before it and the canonical JSON of its number,
branch, kind, body and marks. A mark is the salted digest of a text that a person typed: the chain
holds the mark alone, so text and salt can be deleted and the chain still verifies.

The chain is not signed. It finds a changed, removed or reordered entry; a head noted elsewhere
finds truncation and a consistent rewriting.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from exercise.errors import SaveError

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Salts: TypeAlias = Callable[[str, str], str]  # (digest before, key of the text) -> 32 hex digits

GENESIS = "0" * 64  # the digest before the first entry
DEEPEST = 60  # levels of nesting in a body; far below Python's own limit, so reading cannot fail
LARGEST_BLOB = 1 << 28  # bytes; also what a damaged or hostile save can make us unpack
_CHAIN = b"exercise chain/1"
_WORDS = b"exercise words/1"
_REF = re.compile(r"blob:[0-9a-f]{64}")


@attrs.frozen
class Entry:
    """One line of the record.

    `seq` counts from 1 over the whole journal. `words` are texts that people typed, `None` once
    withdrawn; `salts` go with them; `marks` are their salted digests, which stay. Digests are
    BLAKE2b-256 as 64 hex digits.
    """

    seq: int
    branch: str
    kind: str
    body: Mapping[str, Json]
    words: Mapping[str, str | None]
    digest: str
    marks: Mapping[str, str] = attrs.field(factory=dict)
    salts: Mapping[str, str | None] = attrs.field(factory=dict)


@attrs.frozen
class ChainFault:
    """The first entry at which the record does not hold, and why."""

    seq: int
    why: str

    def __str__(self) -> str:
        return f"entry {self.seq}: {self.why}"


def secret_salts(previous: str, key: str) -> str:
    """A salt nobody can guess: the rule for texts that people type."""
    return secrets.token_hex(16)


def open_salts(previous: str, key: str) -> str:
    """A salt that follows from the place in the chain, so that equal runs have equal heads.

    For runs without people. A withdrawn text can then be confirmed by whoever guesses it.
    """
    return hashlib.blake2b(f"{previous}{key}".encode(), digest_size=16).hexdigest()


def mark(text: str, salt: str) -> str:
    """The salted digest that the chain holds for a typed text; `salt` is 32 hex digits."""
    key = bytes.fromhex(salt)
    return hashlib.blake2b(text.encode(), key=key, digest_size=32, person=_WORDS).hexdigest()


def blob_ref(blob: bytes) -> str:
    """The reference of a block: `blob:` and its BLAKE2b-256 (as `b2sum -l 256` prints it)."""
    return "blob:" + hashlib.blake2b(blob, digest_size=32).hexdigest()


def entry_digest(
    previous: str,
    seq: int,
    branch: str,
    kind: str,
    body: Mapping[str, Json],
    marks: Mapping[str, str],
) -> str:
    """BLAKE2b-256 over the digest before and the canonical JSON of the rest."""
    return text_digest(previous, seq, branch, kind, _dump(body), marks)


def text_digest(
    previous: str, seq: int, branch: str, kind: str, body: str, marks: Mapping[str, str]
) -> str:
    """The same of a body whose canonical JSON is at hand."""
    rest = f"[{seq},{_dump(branch)},{_dump(kind)},{body},{_dump(marks)}]"
    return hashlib.blake2b((previous + rest).encode(), digest_size=32, person=_CHAIN).hexdigest()


def canonical(body: Mapping[str, Json]) -> str:
    """The one JSON text of a body: sorted keys, no spaces, shortest floats, UTF-8.

    Raises `SaveError` naming the place of a value that JSON cannot hold unchanged.
    """
    if not isinstance(body, Mapping):
        raise SaveError(f"the body of an entry is {body!r}, not a mapping")
    try:
        return _dump(_plain(body, "body", 0))
    except ValueError as error:  # an integer of more than 4,300 digits
        raise SaveError(f"a body cannot be written: {error}") from error


def _dump(value: object) -> str:
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def _plain(value: object, place: str, depth: int) -> object:
    """The value as plain JSON types; what would come back changed is refused."""
    if depth > DEEPEST:
        raise SaveError(f"{place} is nested more than {DEEPEST} levels deep")
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return valid_text(value, place)
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise SaveError(f"{place} has the key {key!r}; keys are texts")
            valid_text(key, f"a key of {place}")
        return {key: _plain(item, f"{place}.{key}", depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{place}[{n}]", depth + 1) for n, item in enumerate(value)]
    raise SaveError(
        f"{place} is {value!r}, which a save cannot hold",
        "use None, True, False, finite numbers, texts, lists and mappings",
    )


def valid_text(value: str, place: str) -> str:
    """The text, or `SaveError` where it holds what UTF-8 cannot (lone surrogates)."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise SaveError(
            f"{place} has a character that is not valid Unicode: {value!r}",
            "type it again; the terminal may not be set to UTF-8",
        ) from error
    return value


def check_chain(entries: Iterable[Entry], start: str = GENESIS) -> ChainFault | None:
    """The first fault in a line of entries as `read` gives them; `None` when they hold.

    `start` is the digest before the first of them. Finds a changed, removed or reordered entry,
    and a typed text that is not the one it was.
    """
    previous, last = start, 0
    for entry in entries:
        if entry.seq <= last:
            return ChainFault(entry.seq, f"out of order: it follows entry {last}")
        due = entry_digest(previous, entry.seq, entry.branch, entry.kind, entry.body, entry.marks)
        if due != entry.digest:
            why = "does not follow from what is before it: this entry was changed, or one before"
            return ChainFault(entry.seq, f"{why} it was removed or moved")
        why = _word_fault(entry)
        if why:
            return ChainFault(entry.seq, why)
        previous, last = entry.digest, entry.seq
    return None


def _word_fault(entry: Entry) -> str:
    if entry.words.keys() != entry.marks.keys():
        return "a typed text was added or removed"
    for key, text in entry.words.items():
        salt = entry.salts.get(key)
        if text is None:
            continue  # withdrawn; whether that was recorded, `check_journal` sees
        try:
            good = salt is not None and mark(text, salt) == entry.marks[key]
        except ValueError:  # the salt is not hex digits any more
            good = False
        if not good:
            return f"the typed text {key!r} was changed"
    return ""


def new_ref(blob: bytes) -> str:
    """The reference of a block about to be stored; too large a block is refused."""
    if len(blob) > LARGEST_BLOB:
        raise SaveError(f"a block of {len(blob)} bytes is too large; the limit is {LARGEST_BLOB}")
    return blob_ref(blob)


def refs(value: Json) -> Iterator[str]:
    """Every reference to a block in a body, in the order of the body."""
    if isinstance(value, str):
        if _REF.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from refs(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from refs(item)
