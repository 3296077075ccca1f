"""Rooms that tests hold open lie in a folder of their own; idleness is seen within milliseconds."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator

import pytest
import textual.app
import textual.pilot

STEP = 0.005
"""Seconds at a time that are waited for the app to come to rest."""


async def at_rest(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the app has nothing to do.

    Textual's own takes at least 20 ms, three times for each key; this one looks at what is left
    to be called as well.
    """
    loop = asyncio.get_running_loop()
    end = time.monotonic() + max(max_sleep, 1.0)
    while time.monotonic() < end:
        worked = time.process_time()
        await asyncio.sleep(STEP)
        waiting = len(loop._ready)  # type: ignore[attr-defined]
        if not waiting and time.process_time() - worked < STEP / 10:
            return


@pytest.fixture(autouse=True)
def quick_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (textual.app, textual.pilot):
        monkeypatch.setattr(module, "wait_for_idle", at_rest)


@pytest.fixture(autouse=True)
def own_rooms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:  # short, as sockets want it
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield
