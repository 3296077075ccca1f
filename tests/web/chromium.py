"""A real browser without a window, driven through its debugging socket."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here: apt install chromium"
)

KEYS = {
    "Enter": ("Enter", 13, "\r"), "Escape": ("Escape", 27, ""), "Tab": ("Tab", 9, ""),
    "ArrowDown": ("ArrowDown", 40, ""), "F1": ("F1", 112, ""),
}  # fmt: skip


class Tab:
    """One page of the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.requests: list[str] = []
        self.complaints: list[str] = []

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask the browser."""
        self._number += 1
        number = self._number
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            message = json.loads((await self._socket.receive(timeout=90)).data)
            self._heard(message)
            if message.get("id") == number:
                assert "error" not in message, message
                found: dict[str, Any] = message["result"]
                return found

    def _heard(self, message: dict[str, Any]) -> None:
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        if message.get("method") == "Log.entryAdded":
            self.complaints.append(message["params"]["entry"]["text"])

    async def open(self, url: str) -> None:
        """Go to a page."""
        await self.call("Network.enable")
        await self.call("Log.enable")
        await self.call("Page.enable")
        await self.call("Page.navigate", url=url)
        await asyncio.sleep(0.5)

    async def run(self, script: str) -> Any:
        """What a script gives."""
        found = await self.call("Runtime.evaluate", expression=script, returnByValue=True,
                                awaitPromise=True)  # fmt: skip
        return found["result"].get("value")

    async def type(self, text: str) -> None:
        """Type letters."""
        for letter in text:
            await self.call("Input.dispatchKeyEvent", type="keyDown", text=letter, key=letter)
            await self.call("Input.dispatchKeyEvent", type="keyUp", key=letter)

    async def press(self, key: str) -> None:
        """Press a key that is no letter; `ctrl+s` as well."""
        if key.startswith("ctrl+"):
            letter = key[5:]
            code = ord(letter.upper())
            for kind in ("rawKeyDown", "keyUp"):
                await self.call(
                    "Input.dispatchKeyEvent", type=kind, key=letter, modifiers=2,
                    windowsVirtualKeyCode=code, code=f"Key{letter.upper()}",
                )  # fmt: skip
            return
        name, code, text = KEYS[key]
        more = {"text": text} if text else {}
        await self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown",
                        key=name, code=name, windowsVirtualKeyCode=code, **more)  # fmt: skip
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=name, code=name,
                        windowsVirtualKeyCode=code)  # fmt: skip

    async def picture(self, path: Path) -> None:
        """The page as a PNG."""
        found = await self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(found["data"]))

    async def until(self, script: str, seconds: float = 60.0) -> None:
        """Wait until a script gives true."""
        end = asyncio.get_running_loop().time() + seconds
        while not await self.run(script):
            assert asyncio.get_running_loop().time() < end, f"never came about: {script}"
            await asyncio.sleep(0.1)


@asynccontextmanager
async def browsing(folder: Path, size: tuple[int, int] = (1280, 800)) -> AsyncIterator[Tab]:
    """A browser with one page, closed at the end."""
    assert CHROMIUM is not None
    process = await asyncio.create_subprocess_exec(
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
        f"--user-data-dir={folder}", f"--window-size={size[0]},{size[1]}", "--no-first-run",
        "--disable-dev-shm-usage", "about:blank",
        stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        port = await asyncio.wait_for(_port(process), 60)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                pages = [page for page in await answer.json() if page["type"] == "page"]
            url = pages[0]["webSocketDebuggerUrl"]
            async with session.ws_connect(url, max_msg_size=0) as socket:
                yield Tab(socket)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _port(process: asyncio.subprocess.Process) -> int:
    assert process.stderr is not None
    while True:
        line = (await process.stderr.readline()).decode()
        if "DevTools listening on" in line:
            return int(line.split(":")[2].split("/")[0])
        assert line, "the browser did not start"
