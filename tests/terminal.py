"""A program at a terminal of its own, for tests: keys go in, and what is on its screen is read.

The screen is a pseudo-terminal's; of what a program writes to it, only what moves the cursor and
what is written is followed, which is all that a screen of letters needs.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.cells import cell_len

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "ctrl+s": "\x13", "ctrl+q": "\x11", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR",
}  # fmt: skip
TOKEN = re.compile(
    r"\x1b\[([0-?]*)[ -/]*([@-~])"  # a control sequence
    r"|\x1b[\]P_^X].*?(?:\x07|\x1b\\)"  # a string for the terminal itself
    r"|\x1b[ -/]*[0-Z\\^-~]"  # any other escape
    r"|[\x00-\x1a\x1c-\x1f\x7f]|[^\x00-\x1f\x7f]+",
    re.DOTALL,
)


class Screen:
    """What a terminal shows: rows of cells."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.x = self.y = 0
        self._rest = ""
        self.clear()

    def clear(self) -> None:
        """Nothing is on it."""
        self.rows = [[" "] * self.width for _ in range(self.height)]

    def feed(self, text: str) -> None:
        """Take what a program wrote; what is no whole sequence yet waits."""
        text = self._rest + text
        place = 0
        while place < len(text):
            found = TOKEN.match(text, place)
            if found is None:
                break
            self._take(found)
            place = found.end()
        self._rest = text[place:]

    def _take(self, found: re.Match[str]) -> None:
        word = found.group()
        if found.group(2):
            self._control(found.group(1), found.group(2))
        elif word == "\r":
            self.x = 0
        elif word == "\n":
            self.y = min(self.y + 1, self.height - 1)
        elif word >= " " and word != "\x7f":
            self._write(word)

    def _control(self, given: str, what: str) -> None:
        if what in "Hf":
            row, _, column = given.partition(";")
            self.y = min(int(row or 1), self.height) - 1
            self.x = min(int(column or 1), self.width) - 1
        elif what == "J" and given in ("2", "3"):
            self.clear()

    def _write(self, text: str) -> None:
        for letter in text:
            wide = cell_len(letter)
            if wide and self.x + wide <= self.width:
                self.rows[self.y][self.x] = letter
                for more in range(1, wide):
                    self.rows[self.y][self.x + more] = ""
            self.x += wide

    def text(self) -> str:
        """What is to be read on it, a line for each row."""
        return "\n".join("".join(row).rstrip() for row in self.rows)


class Terminal:
    """A program at a pseudo-terminal."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        size: tuple[int, int] = (120, 40),
    ) -> None:
        self.name = " ".join(command[3:])
        self.screen = Screen(*size)
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        given = {"TERM": "xterm-256color", **environment}
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=given, cwd=folder,
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self._lock = threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while True:
            try:
                data = os.read(self._ours, 65536)
            except OSError:  # the program has gone
                return
            if not data:
                return
            with self._lock:
                self.screen.feed(decoder.decode(data))

    def text(self) -> str:
        """What is on the screen now."""
        with self._lock:
            return self.screen.text()

    def press(self, *keys: str) -> None:
        """Press keys one after the other, by name or letter."""
        os.write(self._ours, "".join(KEYS.get(key, key) for key in keys).encode())

    def type(self, text: str) -> None:
        """Type words."""
        os.write(self._ours, text.encode())

    def until(self, *words: str, seconds: float = 60.0) -> str:
        """Wait until all these words are on the screen; it, as text."""
        return self.when(lambda text: all(word in text for word in words), repr(words), seconds)

    def gone(self, words: str, seconds: float = 60.0) -> str:
        """Wait until these words have left the screen."""
        return self.when(lambda text: words not in text, f"the end of {words!r}", seconds)

    def when(self, holds: Callable[[str], bool], what: str, seconds: float = 60.0) -> str:
        """Wait until something holds of what is on the screen."""
        end = time.monotonic() + seconds
        while not holds(text := self.text()):
            assert time.monotonic() < end, f"{self.name}: {what} never came:\n{text}"
            assert self.process.poll() is None, f"{self.name} ended before {what}:\n{text}"
            time.sleep(0.02)
        return text

    def kill(self) -> None:
        """End it at once, as a crash does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(60)
        self._reader.join(30)

    def ended(self, seconds: float = 30.0) -> int:
        """Wait until it ends by itself; its exit status."""
        return self.process.wait(seconds)
