"""One host a save: an exclusive lock that the operating system lets go when the host dies.

The lock lies on a small file beside the save (`<save>.lock`), not on the save itself: SQLite has
locks of its own there, and on POSIX a process that closes any handle of a file loses them. The
file holds the process number of the host for the message to the second one, and is removed on
release; one that a killed host left behind is taken over.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from exercise.errors import SaveError, SaveInUseError

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20  # the locked byte lies behind the text, which others may then still read

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class HostLock:
    """Held from construction until `release`, or until the process ends, however it ends.

    Raises `SaveInUseError` when another host holds it, `SaveError` when the folder cannot be
    written.
    """

    def __init__(self, save: Path) -> None:
        self._path = lock_path(save)
        while True:
            handle = self._open(save)
            try:
                held = _try_lock(handle)
            except OSError as error:
                os.close(handle)
                raise SaveError(
                    f"{save}: this file system cannot lock files ({error.strerror})",
                    "copy the save to a disk of this machine",
                ) from error
            if not held:
                who = _holder(handle)
                os.close(handle)
                raise SaveInUseError(
                    f"{save} is open in another host{who}",
                    "end that one first; looking at the save works meanwhile",
                )
            if self._is_current(handle):
                break
            os.close(handle)  # the former host removed this very file while we waited
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, f"{os.getpid()}\n".encode())
        self._handle: int | None = handle

    def release(self) -> None:
        """Let the next host in; doing it twice does no harm."""
        if self._handle is None:
            return
        if sys.platform != "win32":  # there an open file cannot be removed
            self._path.unlink(missing_ok=True)
        os.close(self._handle)
        self._handle = None

    def _open(self, save: Path) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise SaveError(
                f"{save}: nothing can be written beside it ({error.strerror})",
                "looking at the save works; to go on with it, copy it to a folder of yours",
            ) from error

    def _is_current(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except FileNotFoundError:
            return False


def lock_path(save: Path) -> Path:
    """Where the lock of a save lies; `save` without symbolic links, so that all hosts agree."""
    return save.with_name(save.name + ".lock")


def _holder(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    text = os.read(handle, 20).strip()
    return f" (process {text.decode()})" if text.isdigit() else ""
