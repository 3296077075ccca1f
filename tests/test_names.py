"""What a script may rely on: the names of the package itself."""

from __future__ import annotations

from textwrap import dedent

import pytest

import exercise
from tests.test_house import loaded_by


def test_the_script_in_the_first_docstring_runs(capsys: pytest.CaptureFixture[str]) -> None:
    script = [line for line in (exercise.__doc__ or "").splitlines() if line.startswith("    ")]
    exec(dedent("\n".join(script)), {})  # our own words
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("name", exercise.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(exercise, name) is not None


def test_a_name_that_is_not_there_is_told() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        _ = exercise.lod


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    assert not loaded_by("import exercise") & {"numpy", "attr", "sqlalchemy", "textual", "click"}
