"""One host a save, whatever happens to the host."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from exercise.errors import SaveError, SaveInUseError
from exercise.save import lock as module
from exercise.save.lock import HostLock, lock_path


def test_a_second_lock_is_refused_with_the_holder_named(tmp_path: Path) -> None:
    lock = HostLock(tmp_path / "a")
    with pytest.raises(SaveInUseError) as caught:
        HostLock(tmp_path / "a")
    assert f"process {os.getpid()}" in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.remedy
    lock.release()
    HostLock(tmp_path / "a").release()


def test_locks_of_different_saves_do_not_meet(tmp_path: Path) -> None:
    locks = [HostLock(tmp_path / name) for name in "ab"]
    for lock in locks:
        lock.release()


def test_nothing_stays_after_release_and_releasing_twice_is_harmless(tmp_path: Path) -> None:
    lock = HostLock(tmp_path / "a")
    assert stat.S_IMODE(lock_path(tmp_path / "a").stat().st_mode) == 0o600
    lock.release()
    other = HostLock(tmp_path / "a")
    lock.release()
    with pytest.raises(SaveInUseError):
        HostLock(tmp_path / "a")
    other.release()
    if sys.platform != "win32":
        assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be removed")
def test_a_lock_file_removed_by_the_former_host_in_that_moment_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try_lock = module._try_lock
    handles: list[int] = []

    def after_removal(handle: int) -> bool:
        if not handles:
            lock_path(tmp_path / "a").unlink()
        handles.append(handle)
        return try_lock(handle)

    monkeypatch.setattr(module, "_try_lock", after_removal)
    lock = HostLock(tmp_path / "a")
    assert len(handles) == 2
    with pytest.raises(SaveInUseError):
        HostLock(tmp_path / "a")
    lock.release()


@pytest.mark.parametrize("left", ["", "4194304\n", "nonsense\n", "\x00" * 30])
def test_a_lock_file_left_by_a_killed_host_is_taken_over(tmp_path: Path, left: str) -> None:
    lock_path(tmp_path / "a").write_text(left)
    lock = HostLock(tmp_path / "a")
    assert lock_path(tmp_path / "a").read_text() == f"{os.getpid()}\n"
    lock.release()


def test_an_unreadable_holder_is_left_out_of_the_message(tmp_path: Path) -> None:
    lock = HostLock(tmp_path / "a")
    lock_path(tmp_path / "a").write_text("nonsense")
    with pytest.raises(SaveInUseError) as caught:
        HostLock(tmp_path / "a")
    assert "process" not in caught.value.message
    lock.release()


def test_a_folder_that_is_not_there_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="nothing can be written beside it"):
        HostLock(tmp_path / "none" / "a")
