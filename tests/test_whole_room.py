"""A whole exercise in its own processes, as people start them; each is killed once on the way.

A host, control at a terminal, two people at terminals and one in a browser play Northern Strait to
its end; bots play the others. Every process of theirs is ended by `kill -9` in the middle of
something and started again. What was said, drafted and sealed before is there afterwards, and the
save verifies.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from exercise.save.store import Save
from tests.terminal import Screen, Terminal
from tests.web.chromium import CHROMIUM, Tab, browsing
from tests.web.site import environment, free_port, runtime, wait_for
from tests.web.test_browser import HEARD

TURNS = 6
SEATS = ("dorvik", "fallow", "estmere")
"""Two at terminals, the third in a browser."""


class House:
    """The processes of a room on one machine."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.save = home / "room.exercise"
        self.codes: dict[str, str] = {}
        self.people = SEATS if CHROMIUM else SEATS[:2]
        self.port = free_port()
        self.running: list[subprocess.Popen[str]] = []
        self.terminals: list[Terminal] = []

    def run(self, *words: str) -> subprocess.Popen[str]:
        """Start a command that says what it does."""
        process = subprocess.Popen(
            [sys.executable, "-m", "exercise", *words], env=environment(self.home), cwd=self.home,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.running.append(process)
        return process

    def host(self) -> subprocess.Popen[str]:
        """Hold the room open, and read the codes where any are told."""
        people = [word for seat in self.people for word in ("--person", seat)]
        process = self.run(
            "host",
            "northern-strait",
            "--save",
            str(self.save),
            "--no-screen",
            "--seed",
            "1",
            *people,
        )  # open luck: some games end in war before the sixth turn
        assert process.stdout is not None
        for line in process.stdout:
            words = line.split()
            if len(words) == 2 and "-" in words[1]:
                self.codes[words[0]] = words[1]
            if line.startswith("join with"):
                break
        threading.Thread(target=process.stdout.read, daemon=True).start()
        return process

    def serve(self) -> subprocess.Popen[str]:
        """Open the room to browsers."""
        process = self.run("serve", str(self.save), "--port", str(self.port))
        wait_for(self.port, process)
        return process

    def sit(self, *names: str, command: str = "join") -> Terminal:
        """A terminal, in a process of its own; one person may take several seats."""
        codes = [self.codes[name] for name in names]
        made = Terminal(
            [sys.executable, "-m", "exercise", command, *codes],
            environment(self.home), self.home,
        )  # fmt: skip
        self.terminals.append(made)
        return made

    def close(self) -> None:
        """End whatever still runs."""
        for terminal in self.terminals:
            terminal.kill()
        for process in self.running:
            process.kill()
            process.wait(60)
        shutil.rmtree(runtime(self.home), ignore_errors=True)


@contextmanager
def house(home: Path) -> Iterator[House]:
    """A machine on which nothing runs yet, and on which nothing runs afterwards."""
    made = House(home)
    try:
        yield made
    finally:
        made.close()


class Browser:
    """A seat's console in a browser; its screen is read from what it is sent."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    async def text(self) -> str:
        """What is on the screen now."""
        screen = Screen(500, 200)
        screen.feed(await self.tab.run("window.__told || ''"))
        return screen.text()

    async def until(self, *words: str) -> None:
        """Wait until all these words are on the screen."""
        end = asyncio.get_running_loop().time() + 60
        text = await self.text()
        while not all(word in text for word in words):
            assert asyncio.get_running_loop().time() < end, f"{words} never came:\n{text.rstrip()}"
            await asyncio.sleep(0.05)
            text = await self.text()

    async def come_in(self, house: House) -> None:
        """Open the seat, by its code where the browser has no leave yet, and go to the desk."""
        await self.tab.call("Page.addScriptToEvaluateOnNewDocument", source=HEARD)
        await self.tab.open(f"http://127.0.0.1:{house.port}/seat/estmere/")
        await self.tab.until("Boolean(document.getElementById('code') || window.__told)")
        if await self.tab.run("Boolean(document.getElementById('code'))"):
            await self.tab.type(house.codes["estmere"])
            await self.tab.press("Enter")
        await self.until("You are")
        await self.tab.press("Enter")
        await self.until("Your orders")

    async def draft(self) -> None:
        """Take the first suggestion."""
        await self.tab.type("1")
        await self.until("Ctrl+S do it")
        await self.tab.press("ctrl+s")
        await self.until("drafted, not sealed")

    async def seal(self) -> None:
        """Seal."""
        await self.tab.type("s")
        await self.until("order sealed")


@asynccontextmanager
async def browser(house: House) -> AsyncIterator[Browser | None]:
    """A browser at its desk; killed at the end; none where there is no Chromium."""
    if not CHROMIUM:
        yield None
        return
    async with browsing(house.home / "profile") as tab:
        made = Browser(tab)
        await made.come_in(house)
        yield made


# what people do


def to_desk(terminal: Terminal, turn: int) -> None:
    """From the first page to the desk."""
    terminal.until("to your desk")
    terminal.press("enter")
    terminal.until("Your orders", f"Turn {turn} of")


def draft(terminal: Terminal) -> None:
    """Take the first suggestion."""
    terminal.until("Your orders", "· Orders")
    terminal.press("1")
    terminal.until("Ctrl+S do it")
    terminal.press("ctrl+s")
    terminal.until("drafted, not sealed")


def seal(terminal: Terminal) -> None:
    """Seal what is drafted."""
    terminal.press("s")
    terminal.until("order sealed")


def write(terminal: Terminal, to: str, reached: str, words: str) -> None:
    """Write to somebody."""
    terminal.press("i")
    terminal.until("w write")
    terminal.press("w")
    terminal.until("reaches nobody yet")
    terminal.type(to)
    terminal.until(f"reaches {reached}")
    terminal.press("tab")
    terminal.type("Between us")
    terminal.until("Between us")
    terminal.press("tab")
    terminal.type(words)
    terminal.until(words)
    terminal.press("ctrl+s")
    terminal.gone("reaches")
    terminal.press("escape")
    terminal.until("Your orders")


def begin(control: Terminal) -> None:
    """Let the first clock run, once everybody is there."""
    control.until("begins the exercise")
    control.press("n")
    control.until("The exercise has begun")


def close_council(control: Terminal) -> None:
    """Let the orders begin."""
    control.press("n")
    control.when(
        lambda text: "Close the council?" in text or "slips are entered" in text, "a question"
    )
    if "Close the council?" in control.text():
        control.press("enter")
    control.until("slips are entered")


def resolve(control: Terminal, sealed: int) -> None:
    """Let the sealed slips meet the rules, once so many have come in."""
    control.until(f"entered {sealed} of {sealed}")
    control.press("n")
    control.until("results with control")


def release(control: Terminal, turn: int) -> None:
    """Tell everybody."""
    control.press("n")
    control.until("Release the results?")
    control.press("enter")
    control.until("The exercise is over" if turn == TURNS else f"Turn {turn} is released")


async def results(turn: int, terminals: list[Terminal], seen: Browser | None) -> None:
    """Read what came of the turn, and go on."""
    for terminal in terminals:
        terminal.until(f"What came of turn {turn}")
        terminal.press("space")
        terminal.until("Objectives" if turn == TURNS else "Your orders")
    if seen is not None:
        await seen.until(f"What came of turn {turn}")
        await seen.tab.type(" ")
        await seen.until("Objectives" if turn == TURNS else "Your orders")


# the exercise


async def play(home: House) -> None:
    """Six turns; each process dies in one of them."""
    host = home.host()
    site = home.serve() if CHROMIUM else None
    control = home.sit("control", command="control")
    dorvik, fallow = home.sit("dorvik"), home.sit("fallow")
    people = len(home.people)
    for terminal in (dorvik, fallow):
        to_desk(terminal, 1)
    control.until("the council sits")
    async with AsyncExitStack() as browsers:
        seen = await browsers.enter_async_context(browser(home))

        async def all_seal() -> None:
            for terminal in (dorvik, fallow):
                draft(terminal)
                seal(terminal)
            if seen is not None:
                await seen.until("· Orders")
                await seen.draft()
                await seen.seal()

        # the first turn: everybody is well
        begin(control)
        write(dorvik, "fal", "Fallow", "The first words.")
        fallow.until("Between us")
        close_council(control)
        await all_seal()
        resolve(control, people)
        release(control, 1)
        await results(1, [dorvik, fallow], seen)

        # the second: a person's terminal dies over a draft; the person looks after Calder as well
        close_council(control)
        draft(dorvik)
        dorvik.kill()
        dorvik = home.sit("dorvik", "calder")
        to_desk(dorvik, 2)
        dorvik.press("x")
        dorvik.until("You are Calder")
        dorvik.press("enter", "x")
        dorvik.until("DORVIK")
        dorvik.until("1 order drafted, not sealed")
        seal(dorvik)
        draft(fallow)
        seal(fallow)
        if seen is not None:
            await seen.until("· Orders")
            await seen.draft()
            await seen.seal()
        resolve(control, people)
        release(control, 2)
        await results(2, [dorvik, fallow], seen)

        # the third: the host dies when one has sealed, one drafted, one written
        close_council(control)
        draft(dorvik)
        seal(dorvik)
        draft(fallow)
        write(fallow, "dor", "Dorvik", "The last words before it.")
        host.kill()
        host.wait(60)
        for terminal in (control, dorvik, fallow):
            terminal.until("host is away")
        host = home.host()
        for terminal in (control, dorvik, fallow):
            terminal.until("host is back")
        dorvik.until("1 order sealed")
        fallow.until("1 order drafted, not sealed")
        control.until(f"entered 1 of {people}")
        seal(fallow)
        if seen is not None:
            await seen.draft()
            await seen.seal()
        resolve(control, people)

        # control's terminal dies over the results, which wait
        control.kill()
        control = home.sit("control", command="control")
        control.until("results with control")
        release(control, 3)
        await results(3, [dorvik, fallow], seen)

        # the fourth: another person's terminal dies after it has sealed, and the site with it
        close_council(control)
        await all_seal()
        fallow.kill()
        if site is not None and seen is not None:
            site.kill()
            site.wait(60)
            await seen.tab.until("document.body.classList.contains('-closed')")
            site = home.serve()
            await seen.come_in(home)
            await seen.until("1 order sealed")
        fallow = home.sit("fallow")
        to_desk(fallow, 4)
        fallow.until("1 order sealed")
        resolve(control, people)
        release(control, 4)
        await results(4, [dorvik, fallow], seen)

        # the fifth: the browser dies over a draft
        close_council(control)
        for terminal in (dorvik, fallow):
            draft(terminal)
            seal(terminal)
        if seen is not None:
            await seen.until("· Orders")
            await seen.draft()
            await browsers.aclose()
            seen = await browsers.enter_async_context(browser(home))
            assert seen is not None
            await seen.until("drafted, not sealed")
            await seen.seal()
        resolve(control, people)
        release(control, 5)
        await results(5, [dorvik, fallow], seen)

        # the last
        close_council(control)
        await all_seal()
        resolve(control, people)
        release(control, 6)
        await results(6, [dorvik, fallow], seen)

    for terminal in (dorvik, fallow):
        terminal.press("q")
        assert terminal.ended() == 0
    control.press("escape")
    assert control.ended() == 0
    host.send_signal(signal.SIGTERM)
    assert host.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
def test_a_whole_exercise_is_played_though_every_process_is_killed_once(tmp_path: Path) -> None:
    with house(tmp_path) as home:
        asyncio.run(play(home))
        told = subprocess.run(
            [sys.executable, "-m", "exercise", "replay", str(home.save), "--verify", "--json"],
            env=environment(tmp_path), cwd=tmp_path, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
    verified = json.loads(told.stdout)
    assert verified["verified"], verified
    assert verified["turns"] == TURNS
    with Save.open(home.save, write=False) as journal:
        entries = list(journal.read(kinds=("sealed", "message")))
    sealed = [(e.body["turn"], e.body["seat"]) for e in entries if e.kind == "sealed"]
    assert sorted(sealed) == sorted((t, s) for t in range(1, TURNS + 1) for s in home.people)
    words = str([e.words for e in entries if e.kind == "message"])
    assert words.count("The first words.") == words.count("The last words before it.") == 1
    wash = (tmp_path / "room-hot-wash.md").read_text()
    assert "Dorvik" in wash
    assert (tmp_path / "room-hot-wash.html").is_file()
