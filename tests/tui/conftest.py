"""Rooms that tests hold open lie in a folder of their own; rest is seen as soon as it has come."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import pytest
import textual.app
import textual.pilot
from textual._context import active_app

from exercise.tui.app import Studio
from tests.tui.stage import rested


async def at_rest(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the app has nothing to do.

    Textual's own waits for the process to be idle, which takes at least 20 ms, three times for
    each key, and says little on a busy machine; this one looks at what is left to be done.
    """
    app = active_app.get()
    assert isinstance(app, Studio)
    await rested(app)


@pytest.fixture(autouse=True)
def quick_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (textual.app, textual.pilot):
        monkeypatch.setattr(module, "wait_for_idle", at_rest)


@pytest.fixture(autouse=True)
def own_rooms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:  # short, as sockets want it
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield
