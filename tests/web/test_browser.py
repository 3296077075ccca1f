"""A seat in a real browser: come in, seal, see the result."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from exercise.host.line import Line
from exercise.host.remote import control_on
from exercise.host.rooms import Room
from tests.web.chromium import Tab, browsing, needs_chromium
from tests.web.site import Served, free_port, runtime, served

HEARD = """
window.__told = "";
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", async (event) => {
      const data = event.data;
      window.__told += typeof data === "string" ? data :
        new TextDecoder().decode(data instanceof Blob ? await data.arrayBuffer() : data);
    });
  }
};
"""
"""Keeps what the console's screen is sent: its letters are drawn, not written into the page."""


def control_of(site: Served) -> Line:
    notes = list((runtime(site.home) / "exercise").glob("*.json"))
    room = Room(**json.loads(notes[0].read_text()))
    return Line(room.where, code=site.codes["control"])


async def comes(tab: Tab, words: str) -> None:
    await tab.until(f"window.__told.replace(/\\x1b\\[[0-9;?]*[A-Za-z]/g, '').includes({words!r})")


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds at another terminal."""
    end = asyncio.get_running_loop().time() + 60
    while not holds():
        assert asyncio.get_running_loop().time() < end, "it did not come about"
        await asyncio.sleep(0.02)


@needs_chromium
def test_a_seat_in_a_browser_comes_in_seals_and_sees_the_result(tmp_path: Path) -> None:
    async def play(site: Served) -> None:
        control = control_of(site)
        desk = control_on(control)
        async with browsing(tmp_path / "profile") as tab:
            await tab.call("Page.addScriptToEvaluateOnNewDocument", source=HEARD)
            await tab.open(f"{site.origin}/seat/dorvik/")
            await tab.until("document.activeElement && document.activeElement.id === 'code'")
            await tab.type(site.codes["dorvik"].lower())
            await tab.press("Enter")
            await comes(tab, "You are")
            assert await tab.run("location.pathname") == "/seat/dorvik/"
            assert await tab.run("document.cookie") == ""
            await tab.press("Enter")
            await comes(tab, "Your orders")
            desk.close_council()
            await comes(tab, "Orders")
            await tab.type("1")
            await comes(tab, "Ctrl+S")
            await tab.press("ctrl+s")
            await comes(tab, "1 order drafted")
            await tab.type("s")
            await comes(tab, "1 order sealed")
            await until(lambda: desk.standing().sealed["dorvik"])
            desk.resolve()
            desk.publish()
            await comes(tab, "What came of turn 1")
            await tab.picture(tmp_path / "seat.png")
            assert (tmp_path / "seat.png").stat().st_size > 10_000
            assert all(url.startswith(site.origin) for url in tab.requests), tab.requests
        control.close()

    with served(tmp_path) as site:
        asyncio.run(play(site))


@needs_chromium
def test_the_projector_opens_in_a_browser_in_large_type_and_keeps_up(tmp_path: Path) -> None:
    async def play(site: Served) -> None:
        control = control_of(site)
        desk = control_on(control)
        async with browsing(tmp_path / "profile", (1600, 900)) as tab:
            await tab.call("Page.addScriptToEvaluateOnNewDocument", source=HEARD)
            await tab.open(f"{site.origin}/seat/projector/")
            await tab.until("document.activeElement && document.activeElement.id === 'code'")
            await tab.type(site.codes["projector"].lower())
            await tab.press("Enter")
            await comes(tab, "NORTHERN STRAIT")
            await comes(tab, "Council")
            assert await tab.run("document.getElementById('terminal').dataset.fontSize") == "26"
            desk.chamber.lay_open(True)
            await comes(tab, "Statement on free passage")
            await tab.picture(tmp_path / "projector.png")
            desk.close_council()
            await comes(tab, "Orders")
            assert (tmp_path / "projector.png").stat().st_size > 10_000
        control.close()

    with served(tmp_path) as site:
        asyncio.run(play(site))


@needs_chromium
def test_a_browser_that_is_killed_leaves_nothing_behind_and_comes_back(tmp_path: Path) -> None:
    async def play(site: Served) -> None:
        control = control_of(site)
        for _ in range(2):
            async with browsing(tmp_path / "profile") as tab:
                await tab.call("Page.addScriptToEvaluateOnNewDocument", source=HEARD)
                await tab.open(f"{site.origin}/seat/fallow/")
                await tab.until("Boolean(document.getElementById('code') || window.__told)")
                if await tab.run("Boolean(document.getElementById('code'))"):
                    await tab.type(site.codes["fallow"])
                    await tab.press("Enter")
                await comes(tab, "You are")
                await until(lambda: control.document["present"].get("fallow") == 1)
            await until(lambda: "fallow" not in control.document["present"])
        control.close()

    with served(tmp_path) as site:
        asyncio.run(play(site))


@needs_chromium
def test_a_browser_comes_back_by_itself_when_the_site_was_away(tmp_path: Path) -> None:
    port = free_port()

    async def play() -> None:
        async with browsing(tmp_path / "profile") as tab:
            await tab.call("Page.addScriptToEvaluateOnNewDocument", source=HEARD)
            with served(tmp_path, port=port) as site:
                await tab.open(f"{site.origin}/seat/fallow/")
                await tab.until("Boolean(document.getElementById('code'))")
                await tab.type(site.codes["fallow"])
                await tab.press("Enter")
                await comes(tab, "You are")
                await asyncio.to_thread(stop, site)
                await tab.until("document.body.classList.contains('-lost')")
                words = await tab.run("document.querySelector('.lost').innerText")
                assert "The connection is lost" in words
            with served(tmp_path, port=port):
                await tab.until("!document.body.classList.contains('-lost')")
                await tab.until("Boolean(document.getElementById('code') || window.__told)")
                assert await tab.run("document.getElementById('code') === null")
                await comes(tab, "You are")

    asyncio.run(play())


def stop(site: Served) -> None:
    site.process.terminate()
    site.process.wait(60)
