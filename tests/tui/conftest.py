"""Rooms that tests hold open lie in a folder of their own; rest is seen as soon as it has come."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator

import pytest
import textual.app
import textual.pilot
from textual._context import active_app

from exercise.tui.app import Studio

STEP = 0.001
"""Seconds at a time that are waited for the app to come to rest."""


def stirring(app: Studio) -> bool:
    """Whether something that a key has set in motion is still to come about.

    What is to be called after the next painting counts, and so does that painting.
    """
    if app._under_way or app._ahead or any(worker.is_running for worker in app.workers):
        return True
    for node in app._registry:
        if node.is_running and (node._message_queue.qsize() or node._next_callbacks):
            return True
    screen = app.screen
    return bool(
        screen._callbacks or screen._layout_required or screen._scroll_required
        or screen._repaint_required or screen._recompose_required or screen._dirty_widgets
    )  # fmt: skip


async def at_rest(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the app has nothing to do.

    Textual's own waits for the process to be idle, which takes at least 20 ms, three times for
    each key, and says little on a busy machine; this one looks at what is left to be done.
    """
    app = active_app.get()
    assert isinstance(app, Studio)
    loop = asyncio.get_running_loop()
    end = time.monotonic() + 30.0
    while app.is_running:
        assert time.monotonic() < end, "the terminal does not come to rest"
        await asyncio.sleep(0)
        if loop._ready:  # type: ignore[attr-defined]
            continue
        if not stirring(app):
            return
        await asyncio.sleep(STEP)
        app.screen._on_timer_update()


@pytest.fixture(autouse=True)
def quick_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (textual.app, textual.pilot):
        monkeypatch.setattr(module, "wait_for_idle", at_rest)


@pytest.fixture(autouse=True)
def own_rooms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:  # short, as sockets want it
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield
