"""Words for how sure one may be."""

from __future__ import annotations

import pytest

from exercise.grading import grade, likelihood


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (0.0, "remote chance"),
        (0.15, "highly unlikely"),
        (0.3, "unlikely"),
        (0.45, "realistic possibility"),
        (0.6, "likely"),
        (0.85, "highly likely"),
        (0.97, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_the_yardstick_names_a_chance(chance: float, word: str) -> None:
    assert likelihood(chance) == word


def test_a_grading_is_a_letter_and_a_figure() -> None:
    assert grade(2.0, 2.0) == "B2"
    assert grade(6.0, 1.0) == "F1"


def test_what_nobody_graded_is_called_ungraded() -> None:
    assert grade(0.0, 3.0) == "ungraded"
