"""An offline bundle: what it asks pip for, what it holds, and how it says that it cannot."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from exercise.cli import cli
from exercise.cli import offline as bundle
from exercise.errors import UsageError


def wheel(folder: Path, name: str, *requires: str) -> None:
    about = "\n".join([f"Name: {name}", *(f"Requires-Dist: {line}" for line in requires), "", ""])
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}-1.0.dist-info/METADATA", about)


class Pip:
    """A pip that judges every marker by a Linux machine, as the real one does here."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []

    def __call__(self, *words: str) -> None:
        self.calls.append(words)
        if words[0] == "wheel":
            folder = Path(words[words.index("--wheel-dir") + 1])
            wheel(folder, "exercise", "plain_one>=1", "on.windows>=2; sys_platform == 'win32'")
            return
        folder = Path(words[words.index("--dest") + 1])
        wheel(folder, "plain_one", "much_older; python_version < '3.11'")
        if "on.windows>=2" in words:
            wheel(folder, "On_Windows", "below; platform_system == 'Windows'", "x; extra == 'y'")
        if "below" in words:
            wheel(folder, "below")


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> Pip:
    made = Pip()
    monkeypatch.setattr(bundle, "_pip", made)
    return made


def test_it_holds_wheels_scenarios_and_the_one_command(pip: Pip, tmp_path: Path) -> None:
    built = bundle.build_bundle(tmp_path / "out", "linux", "3.12")
    assert built["wheels"] == ["exercise-1.0-py3-none-any.whl", "plain_one-1.0-py3-none-any.whl"]
    said = (tmp_path / "out" / "INSTALL.txt").read_text(encoding="utf-8")
    assert "python -m pip install --no-index --find-links wheels exercise" in said
    assert (tmp_path / "out" / "scenarios" / "northern-strait.yaml").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_only_wheels_are_asked_for_and_for_the_named_machine(pip: Pip, tmp_path: Path) -> None:
    bundle.build_bundle(tmp_path / "out", "macos", "3.13")
    fetched = [words for words in pip.calls if words[0] == "download"]
    assert all("--only-binary=:all:" in words for words in fetched)
    assert all(words[words.index("--python-version") + 1] == "3.13" for words in fetched)
    tags = [words[words.index("--platform") + 1] for words in fetched]
    assert tags == ["macosx_11_0_arm64", "macosx_10_13_x86_64"]


def test_no_registry_is_named(pip: Pip, tmp_path: Path) -> None:
    bundle.build_bundle(tmp_path / "out", "linux", "3.11")
    assert not [word for words in pip.calls for word in words if "://" in word or "index" in word]


def test_what_only_the_other_machine_needs_is_fetched_too(pip: Pip, tmp_path: Path) -> None:
    windows = bundle.build_bundle(tmp_path / "windows", "windows", "3.11")["wheels"]
    assert {"On_Windows-1.0-py3-none-any.whl", "below-1.0-py3-none-any.whl"} <= set(windows)
    assert not any("x-1" in name or "much_older" in name for name in windows)


def test_a_folder_that_is_there_is_left_alone(pip: Pip, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is there already"):
        bundle.build_bundle(tmp_path, "linux", "3.11")
    assert not pip.calls


@pytest.mark.parametrize("python", ["3.10", "2.7", "3", "3.11.4", "newest", "3.9"])
def test_a_python_it_does_not_run_on_is_refused(pip: Pip, tmp_path: Path, python: str) -> None:
    with pytest.raises(UsageError, match="is no version of Python"):
        bundle.build_bundle(tmp_path / "out", "linux", python)


def test_an_installed_copy_cannot_build_one(
    pip: Pip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "__file__", str(tmp_path / "exercise" / "cli" / "offline.py"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="from a checkout") as caught:
        bundle.build_bundle(tmp_path / "out", "linux", "3.11")
    assert "clone the project" in caught.value.remedy


def test_where_pip_fails_its_words_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "nowhere")
    with pytest.raises(UsageError, match=r"pip download failed: .*no-such-thing"):
        bundle._pip("download", "no-such-thing")


def test_where_pip_fails_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*words: str) -> None:
        raise UsageError("pip wheel failed: no network")

    monkeypatch.setattr(bundle, "_pip", failing)
    words = ["bundle", "--platform", "linux", "-o", str(tmp_path / "out")]
    assert isinstance(CliRunner().invoke(cli, words).exception, UsageError)
    assert not list(tmp_path.iterdir())
