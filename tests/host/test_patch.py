"""What changed between two documents."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.host.patch import difference, patched

documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(documents, documents)
def test_the_difference_leads_from_one_document_to_the_other(old: Any, new: Any) -> None:
    found = patched(old, difference(old, new))
    assert found == new
    assert type(found) is type(new)


@given(documents)
def test_alike_documents_differ_in_nothing(document: Any) -> None:
    assert difference(document, document) == []


def test_only_what_changed_is_in_a_patch() -> None:
    old = {"map": list(range(100)), "sealed": {"dorvik": False, "fallow": False}}
    new = {"map": list(range(100)), "sealed": {"dorvik": True, "fallow": False}}
    assert difference(old, new) == [[["sealed", "dorvik"], True]]


def test_the_document_that_is_patched_stays_as_it_was() -> None:
    old = {"a": [1, {"b": 2}]}
    patched(old, [[["a", 1, "b"], 3]])
    assert old == {"a": [1, {"b": 2}]}


def test_true_and_one_are_not_alike() -> None:
    assert difference({"a": 1}, {"a": True}) == [[["a"], True]]


@pytest.mark.parametrize("patch", [[[["a", "b", "c"], 1]], [[["l", 9], 1]]])
def test_a_patch_that_does_not_fit_is_refused(patch: Any) -> None:
    with pytest.raises(ValueError, match="to change"):
        patched({"a": {"b": 1}, "l": []}, patch)
