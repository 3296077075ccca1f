"""Keys that come in one burst, as over a slow line, do what they do one after the other."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from exercise.tui.app import Studio
from tests.tui.stage import acted, kind, press, seated, shown, until

NAMED = {"\t": "tab", "\r": "enter", " ": "space", "\x13": "ctrl+s"}


def burst(app: Studio, keys: str) -> None:
    """Send keys without waiting for what any of them does."""
    for key in keys:
        app.post_message(events.Key(NAMED.get(key, key), key if key.isprintable() else None))


async def desk(pilot: Pilot[Any], app: Studio) -> None:
    await press(pilot, "enter")
    await until(pilot, lambda: kind(app) == "DeskScreen")


def test_words_typed_ahead_go_where_the_keys_before_them_lead() -> None:
    async def play() -> None:
        async with seated() as (app, pilot):
            await desk(pilot, app)
            burst(app, "iwald\rAbout it\rWords, and more")
            await until(pilot, lambda: "reaches Alder" in shown(app))
            await until(pilot, lambda: app.screen.query_one(TextArea).text == "Words, and more")
            assert [part.value for part in app.screen.query(Input)] == ["ald", "About it"]
            burst(app, "\x13")
            await until(pilot, lambda: kind(app) == "InboxScreen")

    acted(play)
