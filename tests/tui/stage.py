"""A small exercise on the terminal's screens, driven by keys, and what is then to be read there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from exercise.save.chain import Entry
from exercise.save.store import Save
from exercise.tui.app import Studio
from exercise.tui.course import Course, begin
from exercise.tui.room import Room

SMALL = str(Path(__file__).parent / "data" / "small.yaml")
SIZES = ((80, 24), (120, 40))
STEP = 0.001
"""Seconds at a time that are waited for the app to come to rest."""


def acted(play: Callable[[], Awaitable[None]]) -> None:
    """Run what a test plays."""

    async def whole() -> None:
        await play()

    asyncio.run(whole())


@asynccontextmanager
async def seated(
    seats: Sequence[str] = ("birk",),
    size: tuple[int, int] = (120, 40),
    scenario: str = SMALL,
    course: Course | None = None,
) -> AsyncIterator[tuple[Studio, Pilot[Any]]]:
    """The app with somebody at these seats, at the first page."""
    game = course or begin(scenario, seats, seed=3)
    app = Studio(lambda studio: studio.play(game))
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: len(app.screen_stack) > 1)
        yield app, pilot


async def until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Wait until something holds; a slow machine gets a minute."""
    end = time.monotonic() + 60.0
    while True:
        await pilot.pause()
        if holds():
            return
        assert time.monotonic() < end, "it did not come about"
        await pilot.pause(0.01)


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


async def rested(app: Studio) -> None:
    """Wait until an app has nothing to do."""
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
        with app._context():  # of several, the one that is meant
            app.screen._on_timer_update()


def shown(app: Studio) -> str:
    """All that is on the screen, as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def kind(app: Studio) -> str:
    """Which screen is up."""
    return type(app.screen).__name__


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, each one's work done before the next."""
    for key in keys:
        await pilot.press(key)
        assert isinstance(pilot.app, Studio)  # there may be several in a test
        await rested(pilot.app)


def entries_of(room: Room, kind: str) -> list[Entry]:
    """What the save of a room holds of one kind, for what no screen shows."""
    with Save.open(room.path, write=False) as journal:
        return list(journal.read(kinds=(kind,)))
