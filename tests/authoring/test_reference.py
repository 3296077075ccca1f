"""The reference says what the declarations say."""

from __future__ import annotations

from pathlib import Path

from exercise.authoring.reference import reference

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference.md"


def test_the_reference_is_what_the_declarations_make_it() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == reference(), (
        "run: python -m exercise.authoring.reference > docs/reference.md"
    )
