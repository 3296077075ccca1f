"""Odd words, odd streams, odd places: a plain line and a status, never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from exercise.errors import UsageError
from exercise.paper import put
from tests.test_hostile import Command, command, refused
from tests.tui.stage import SMALL

__all__ = ["command"]
LONG = "x" * 90_000
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="these are places of Linux")


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A game of one turn."""
    from exercise.cli.headless import run_game

    path = tmp_path_factory.mktemp("save") / "a.exercise"
    run_game(SMALL, turns=1, save=path)
    return path


def shell(line: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A line of the shell, `exercise` in it being this one."""
    place = str(Path(__file__).parents[2])
    told = {"PATH": os.environ["PATH"], "PYTHONPATH": place, "HOME": "/nonexistent", **more}
    line = line.replace("exercise ", f"{sys.executable} -m exercise ", 1)
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"], env=told, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ("check", "caf\udce9.yaml"),
        ("run", "caf\udce9"),
        ("\udcff",),
        ("why", "SAVE", "domestic.\udcff[x]"),
        ("why", "SAVE", LONG),
        ("why", "SAVE", "threat.shared_view", "--as", "\udcff"),
        ("replay", "SAVE", "--head", "\udcff"),
        ("hotwash", "SAVE", "-o", LONG),
        ("new", "\udcff"),
        ("run", LONG),
        ("check", LONG),
        ("packet", "port-outage", "-o", LONG),
        ("run", "port-outage", "--save", LONG),
        ("saves", LONG),
        ("join", "\udcff", "--plain"),
        ("serve", "SAVE", "--bind", "\udcff"),
        ("serve", "SAVE", "--bind", "no host"),
        ("serve", "SAVE", "--public", "http://[x"),
        ("serve", "SAVE", "--public", "http://\x1b[2J"),
        ("serve", "SAVE", "--public", "https://a.example/; script-src *"),
        ("host", "port-outage", "--no-screen", "--person", "\udcff"),
    ],
    ids=lambda words: " ".join(words)[:40].encode("ascii", "replace").decode(),
)
def test_words_that_cannot_be_meant_are_refused_in_a_line(
    command: Command, save: Path, words: tuple[str, ...]
) -> None:
    done = command(*(save if word == "SAVE" else word for word in words))
    missing = words[0] == "check" and words[1] is not LONG
    refused(done, 1 if missing or "--head" in words else 2)


def test_a_file_may_have_a_name_that_is_no_text(command: Command, tmp_path: Path) -> None:
    name = "\udcff.exercise"
    try:
        (tmp_path / name).touch()
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    (tmp_path / name).unlink()
    assert command("run", SMALL, "--turns", "1", "--save", name).code == 0
    found = json.loads(command("saves", ".", "--json").out)
    assert [Path(one["path"]).name for one in found] == [name]
    assert "\ufffd.exercise" in command("saves", ".").out


def test_without_streams_it_works_or_says_what_it_wants(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    refused(command("demo"), 2, "this needs a terminal")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("exercise why {save} --list | head -1", 0),
        ("exercise play port-outage --seat ministry --plain <{lines} | head -1", 0),
        pytest.param("exercise hotwash {save} >/dev/full", 2, marks=LINUX),
        pytest.param("exercise why {save} nothing >/dev/full 2>/dev/full", 2, marks=LINUX),
        ("exercise replay {save} --verify >&-", 0),
        ("exercise why {save} nothing >&- 2>&-", 2),
        ("exercise play port-outage --seat ministry --plain <&-", 0),
    ],
)
def test_streams_that_end_or_are_full(save: Path, tmp_path: Path, line: str, code: int) -> None:
    lines = tmp_path / "lines"
    lines.write_text("help\n" * 400)
    done = shell(line.format(save=save, lines=lines), XDG_RUNTIME_DIR=str(tmp_path))
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "fault of its own" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_json_is_whole_where_the_terminal_knows_ascii_alone(save: Path) -> None:
    line = f"exercise replay {save} --turn 1 --json"
    told = shell(line, PYTHONIOENCODING="ascii")
    assert told.stdout.isascii()
    assert json.loads(told.stdout) == json.loads(shell(line, PYTHONIOENCODING="utf-8").stdout)


@LINUX
def test_a_folder_that_is_gone_is_said_to_be_gone(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    refused(command("run", SMALL, "--save", "a.exercise"), 2, "the folder you are in is gone")


@LINUX
def test_a_room_without_a_place_to_listen_leaves_no_save(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", os.devnull)
    done = command("host", SMALL, "--save", "a.exercise", "--no-screen")
    refused(done, 2, "no room can be opened there", "set XDG_RUNTIME_DIR")
    assert not list(tmp_path.glob("a.exercise*"))


@LINUX
def test_a_paper_that_finds_no_room_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"/dev/full cannot be written: no space left on device"):
        put(Path("/dev/full"), "words")
    with pytest.raises(UsageError, match="is a directory"):
        put(tmp_path, "words")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends characters")
def test_bytes_that_are_no_text_do_not_end_the_screen() -> None:
    from textual.drivers import linux_driver

    from exercise.tui.app import Studio

    Studio()
    read = linux_driver.getincrementaldecoder("utf-8")()  # type: ignore[attr-defined]
    assert read.decode(b"a\xffb\xc3") + read.decode(b"\xa9") == "a\ufffdb\u00e9"
