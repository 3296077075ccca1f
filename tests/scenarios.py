"""Scenarios that many tests play: each is compiled once, and only read."""

from __future__ import annotations

from functools import cache

from exercise.scenario.compile import Exercise
from exercise.scenario.load import load, load_text


@cache
def loaded(name: str, rhythm: str | None = None, names: str | None = None) -> Exercise:
    """A scenario by its name or path; for tests that are not about how it is loaded."""
    return load(name, rhythm=rhythm, names=names)


@cache
def loaded_text(text: str, file: str = "scenario.yaml") -> Exercise:
    """A scenario from its text, likewise."""
    return load_text(text, file=file)
