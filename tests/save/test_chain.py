"""The hash chain: one text for a body, one digest for an entry, and what a check finds."""

from __future__ import annotations

import json
import math

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercise.errors import SaveError
from exercise.save.chain import (
    DEEPEST,
    GENESIS,
    Entry,
    Json,
    blob_ref,
    canonical,
    check_chain,
    entry_digest,
    mark,
    refs,
)
from exercise.save.journal import MemoryJournal, open_salts

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
bodies = st.dictionaries(texts, plain, max_size=4)


@settings(suppress_health_check=[HealthCheck.too_slow])  # nested bodies take their time to draw
@given(bodies)
def test_a_body_comes_back_as_it_was_and_has_one_text(body: dict[str, Json]) -> None:
    text = canonical(body)
    assert json.loads(text) == body
    assert canonical(json.loads(text)) == text
    assert canonical(dict(reversed(list(body.items())))) == text


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (math.nan, "body.a"),
        (math.inf, "body.a"),
        ({1: "x"}, "body.a has the key 1"),
        ([0, {"b": {1, 2}}], "body.a[1].b"),
        (b"bytes", "body.a"),
        ("\udcff", "body.a"),
        pytest.param(10**5000, "a body cannot be written", id="5000 digits"),
    ],
)
def test_a_body_that_would_not_come_back_is_refused_with_its_place(
    value: object, place: str
) -> None:
    with pytest.raises(SaveError) as caught:
        canonical({"a": value})  # type: ignore[dict-item]
    assert place in caught.value.message


def test_a_body_nested_too_deep_is_refused() -> None:
    body: dict[str, object] = {}
    for _ in range(DEEPEST):
        body = {"a": body}
    canonical(body)  # type: ignore[arg-type]
    with pytest.raises(SaveError, match="levels deep"):
        canonical({"a": body})  # type: ignore[dict-item]


def test_digests_are_the_same_on_every_machine() -> None:
    assert entry_digest(GENESIS, 1, "main", "note", {"b": [1, 0.1], "a": "ø"}, {}) == (
        "dbeb6a4b6c195c801ce984c577b5bc7e5116e3e48e07a340d931b5e669627062"
    )
    assert (
        mark("text", "00" * 16)
        == "14197aefa5195bcdd829e9164c5f5286eca8d0759ef51fa35917dfbc4ef00651"
    )
    assert blob_ref(b"") == (
        "blob:0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"
    )  # as `b2sum -l 256` prints it


def test_a_mark_depends_on_salt_and_text() -> None:
    marks = {mark(text, salt * 16) for text in ("a", "b") for salt in ("00", "01")}
    assert len(marks) == 4


def line() -> list[Entry]:
    journal = MemoryJournal(open_salts)
    for n in range(1, 7):
        journal.append("note", {"n": n}, words={"text": f"said {n}"})
    return list(journal.read())


def test_an_untouched_line_holds_from_the_start_and_from_any_entry() -> None:
    entries = line()
    assert check_chain(entries) is None
    for n in range(1, 6):
        assert check_chain(entries[n:], start=entries[n - 1].digest) is None


@pytest.mark.parametrize(
    "change",
    [
        {"body": {"n": 99}},
        {"kind": "ruling"},
        {"branch": "other"},
        {"digest": "f" * 64},
        {"marks": {"text": "f" * 64}},
        {"words": {"text": "said otherwise"}},
        {"words": {}},
        {"salts": {"text": "00" * 16}},
        {"salts": {"text": "not hex"}},
        {"salts": {"text": None}},
    ],
)
def test_a_changed_entry_is_found_where_it_was_changed(change: dict[str, object]) -> None:
    entries = line()
    entries[2] = attrs.evolve(entries[2], **change)  # type: ignore[arg-type]
    fault = check_chain(entries)
    assert fault is not None
    assert fault.seq == 3


@given(st.integers(0, 5), st.integers(0, 5))
def test_a_removed_or_moved_entry_is_found(first: int, second: int) -> None:
    entries = line()
    without = entries[:first] + entries[first + 1 :]
    assert (check_chain(without) is None) == (first == 5)  # the end: only a head finds it
    entries[first], entries[second] = entries[second], entries[first]
    assert (check_chain(entries) is None) == (first == second)


def test_a_renumbered_entry_is_found() -> None:
    entries = [attrs.evolve(entry, seq=entry.seq + 1) for entry in line()]
    fault = check_chain(entries)
    assert fault is not None
    assert fault.seq == 2


def test_references_are_found_anywhere_in_a_body() -> None:
    one, two = blob_ref(b"1"), blob_ref(b"2")
    assert list(refs({"a": [one, {"b": two}], "c": "blob:short", "d": one + "0"})) == [one, two]
