"""Where saves lie: in a checkout beside the scenarios, else where the user keeps data."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercise.errors import UsageError
from exercise.save import places

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """As installed somewhere on Linux, with an empty home; returns that home."""
    monkeypatch.setattr(
        places, "__file__", str(tmp_path / "lib" / "exercise" / "save" / "places.py")
    )
    monkeypatch.setattr(places.sys, "platform", "linux")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    home = tmp_path / "home"
    monkeypatch.setattr(places.Path, "home", lambda: home)
    return home


def test_in_a_checkout_saves_lie_in_it() -> None:
    assert places.saves_folder() == ROOT / "saves"


def test_installed_they_lie_in_the_users_data_folder(installed: Path) -> None:
    folder = places.saves_folder(make=True)
    assert folder == installed / ".local" / "share" / "exercise" / "saves"
    assert folder.is_dir()


@pytest.mark.parametrize(
    ("platform", "below"),
    [
        ("win32", ("AppData", "Roaming", "exercise")),
        ("darwin", ("Library", "Application Support", "exercise")),
        ("linux", (".local", "share", "exercise")),
    ],
)
def test_each_system_has_its_place_for_data(
    installed: Path, monkeypatch: pytest.MonkeyPatch, platform: str, below: tuple[str, ...]
) -> None:
    monkeypatch.setattr(places.sys, "platform", platform)
    monkeypatch.delenv("APPDATA", raising=False)
    assert places.data_folder() == installed.joinpath(*below)


def test_a_user_may_say_where_data_lie(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert places.data_folder() == Path("/data/exercise")


def test_looking_makes_no_folder(installed: Path) -> None:
    assert not places.saves_folder().exists()
    assert not installed.exists()


def test_a_place_where_no_folder_can_be_made_is_told(installed: Path) -> None:
    installed.write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be made"):
        places.saves_folder(make=True)


def test_a_user_without_a_home_is_told(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(places.Path, "home", homeless)
    with pytest.raises(UsageError, match="no home folder"):
        places.data_folder()


def test_a_name_that_nothing_has_yet_is_found(tmp_path: Path) -> None:
    first = places.free_name(tmp_path, "tuesday", ".exercise")
    first.touch()
    second = places.free_name(tmp_path, "tuesday", ".exercise")
    second.touch()
    third = places.free_name(tmp_path, "tuesday", ".exercise")
    assert [path.name for path in (first, second, third)] == [
        "tuesday.exercise", "tuesday-2.exercise", "tuesday-3.exercise",
    ]  # fmt: skip
