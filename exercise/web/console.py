"""One seat's terminal as a process of its own, its screen in somebody's browser.

The process is given its leave by environment, which lists of processes do not show, and nothing
else of the host's environment but what a program needs to start.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from exercise.web.leave import COOKIE, SEAT

KEPT = (
    "PATH", "HOME", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV", "XDG_RUNTIME_DIR",
    "XDG_DATA_HOME", "SYSTEMROOT", "APPDATA", "TMPDIR", "TEMP",
)  # fmt: skip
"""What of the host's environment a console is given."""
PATIENCE = 5.0
"""Seconds that a console has to close in order."""
LEFT = 4001
"""The code that a socket is closed with where somebody left; `static/again.js` reads it."""
WIDEST, TALLEST = 500, 200


class Console(AppService):
    """A seat's console."""

    def __init__(self, save: str, seat: str, cookie: str, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._left = self._stopping = False
        super().__init__(
            "",
            write_bytes=socket.send_bytes,
            write_str=_nothing,
            close=self._close,
            download_manager=DownloadManager(),
        )
        self._save, self._seat, self._cookie = save, seat, cookie

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        made = super()._build_environment(width, height)
        kept = {k: v for k, v in made.items() if k in KEPT or k.startswith(("TEXTUAL", "TERM"))}
        return {
            **kept,
            "COLUMNS": str(width),
            "ROWS": str(height),
            "TEXTUAL_FPS": "30",
            COOKIE: self._cookie,
            SEAT: self._seat,
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = made = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "exercise", "join", "--at", self._save,
            stdin=PIPE, stdout=PIPE, stderr=PIPE, env=self._build_environment(width, height),
            start_new_session=True,  # Ctrl+C at the site is not somebody leaving a console
        )  # fmt: skip
        self._stdin = made.stdin
        return made

    async def stop(self) -> None:
        """Close the console, in order or, where it does not answer, at once."""
        self._stopping = True
        if self._process is None:
            return
        with suppress(TimeoutError, ConnectionError, RuntimeError):
            await asyncio.wait_for(super().stop(), PATIENCE)
        with suppress(ProcessLookupError):
            if self._process.returncode is None:
                self._process.kill()
        await self._process.wait()

    async def on_meta(self, data: bytes) -> None:
        """A console may close; it opens no address and delivers no file."""
        if b'"exit"' in data:
            self._left = not self._stopping
            await self.remote_close()

    async def _close(self) -> None:
        """Tell the browser whether somebody left, or whether it may come back by itself."""
        code = LEFT if self._left else WSCloseCode.SERVICE_RESTART
        await self._socket.close(code=code)

    async def on_packed(self, payload: bytes) -> None:
        """Files are not delivered."""

    async def take(self, envelope: Any) -> None:
        """Take what a browser sent: keys, a size, whether it has the focus; nothing else."""
        if not (isinstance(envelope, list) and envelope):
            return
        kind = envelope[0]
        given = envelope[1] if len(envelope) > 1 else None
        if kind == "stdin" and isinstance(given, str):
            await self.send_bytes(given.encode("utf-8", "replace"))
        elif kind == "resize" and isinstance(given, dict):
            width, height = given.get("width"), given.get("height")
            if isinstance(width, int) and isinstance(height, int):
                await self.set_terminal_size(_within(width, WIDEST), _within(height, TALLEST))
        elif kind in ("blur", "focus"):
            await (self.blur() if kind == "blur" else self.focus())


def _within(value: int, most: int) -> int:
    return min(max(value, 10), most)


async def _nothing(text: str) -> None:
    """What a console may not send to a browser."""


def environment_size(query: Any) -> tuple[int, int]:
    """The size that a browser asks for, within bounds."""
    found = []
    for name, usual, most in (("width", 80, WIDEST), ("height", 24, TALLEST)):
        text = str(query.get(name, usual))
        found.append(_within(int(text) if text.isdecimal() and len(text) < 5 else usual, most))
    return found[0], found[1]
