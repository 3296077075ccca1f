"""A new user's walk through hosting an exercise, from the README and the screens alone.

The commands are the README's own, word for word; a key is pressed only where the screen names it.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from tests.terminal import Terminal
from tests.web.site import environment, free_port, runtime

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-m", "exercise"]
SEED = ("--seed", "1")
"""Added to what the README says, so that it is one game that is played."""


def commands(heading: str) -> list[list[str]]:
    """The shell lines under a heading of the README, as words, comments left out."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    lines = [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


@attrs.define
class Walk:
    """Somebody at a machine, in an empty folder."""

    folder: Path
    opened: list[Terminal] = attrs.field(factory=list)

    def said(self, *begins: str) -> list[str]:
        """The README's command that begins so, without `exercise`."""
        sections = ("Run a room", "Review")
        for words in (line for heading in sections for line in commands(heading)):
            if words[: 1 + len(begins)] == ["exercise", *begins]:
                return words[1:]
        raise AssertionError(f"the README has no command {begins}")

    def run(self, words: list[str]) -> str:
        """A command to its end; what it prints."""
        done = subprocess.run(
            [*PROGRAM, *words], env=environment(self.folder), cwd=self.folder, text=True,
            capture_output=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def at_terminal(self, words: list[str]) -> Terminal:
        """A command with a screen."""
        made = Terminal([*PROGRAM, *words], environment(self.folder), self.folder)
        self.opened.append(made)
        return made


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    made = Walk(tmp_path)
    yield made
    for terminal in made.opened:
        terminal.kill()
    shutil.rmtree(runtime(tmp_path), ignore_errors=True)


def press(terminal: Terminal, key: str, word: str) -> None:
    """Press a key that the screen names, with the word it has for it."""
    shown = {"enter": "Enter", "escape": "Esc", "ctrl+s": "Ctrl+S"}.get(key, key)
    name = re.compile(rf"(?<!\w){re.escape(shown)}\s+{word}|{word}\s+{re.escape(shown)}(?!\w)")
    terminal.when(lambda text: bool(name.search(text)), f"a key {shown} for {word!r}")
    terminal.press(key)


def agree(terminal: Terminal) -> None:
    """Answer a question with the key that it names."""
    press(terminal, "enter", "yes")


def start(terminal: Terminal) -> None:
    """From the set-up of a room to control's desk."""
    terminal.until("Start the exercise")
    press(terminal, "s", "start")
    terminal.until("CONTROL")


def step(terminal: Terminal) -> str:
    """Do what stands after “Next”, agree where that is asked; what stands there then."""
    line = re.compile(r"Next\s+(\w)\s+(.*?)\s*(?:\d\d:\d\d|F9 stop|$)", re.MULTILINE)
    before = line.search(terminal.when(lambda t: bool(line.search(t)), "what comes next"))
    assert before is not None
    terminal.press(before.group(1))

    def moved(text: str) -> bool:
        now = line.search(text)
        return "Enter yes" in text or (now is not None and now.group(2) != before.group(2))

    if "Enter yes" in terminal.when(moved, f"what comes of {before.group(2)!r}"):
        agree(terminal)
        terminal.gone("Enter yes")
        terminal.when(
            lambda t: bool((m := line.search(t)) and m.group(2) != before.group(2)), "the next step"
        )
    found = line.search(terminal.text())
    return found.group(2) if found is not None else ""


def test_eight_delegations_at_one_desk_from_the_readme_alone(walk: Walk) -> None:
    walk.run(walk.said("packet"))
    assert (walk.folder / "papers").is_dir()
    control = walk.at_terminal([*walk.said("host", "northern-strait", "--desk"), *SEED])
    start(control)
    for _ in range(40):
        if "hot wash" in step(control):
            break
    press(control, "w", "read the hot wash")
    control.until("Written to")
    assert (walk.folder / "tuesday-hot-wash.html").is_file()
    control.kill()
    told = walk.run([*walk.said("replay", "tuesday.exercise", "--verify"), "--json"])
    assert json.loads(told)["verified"] is True
    walk.run(walk.said("hotwash"))
    assert (walk.folder / "wash.html").is_file()


def test_delegations_at_terminals_and_a_projector_from_the_readme_alone(walk: Walk) -> None:
    control = walk.at_terminal([*walk.said("host", "northern-strait", "--save"), *SEED])
    control.until("CONTROL")
    control.until("codes for terminals")
    control.press("d")  # the README says it, and so does the line
    control.until("who may come in")
    page = control.when(lambda t: bool(re.search(r"Projector\s+\w{4}-\w{4}", t)), "the codes")
    codes = dict(re.findall(r"[○●] (\w+)\s+(\w{4}-\w{4})", page))
    seat = walk.at_terminal([*walk.said("join")[:1], codes["Dorvik"]])
    seat.until("You are Dorvik")
    press(seat, "enter", "to your desk")
    projector = walk.at_terminal([*walk.said("display")[:1], codes["Projector"]])
    projector.until("Northern Strait".upper())
    control.until("terminal here")
    press(control, "escape", "back")
    seat.until("begins soon")
    projector.until("begins soon")
    step(control)  # the exercise begins
    seat.until("left")
    step(control)  # the council closes; slips and drafts can be sealed
    seat.until("· Orders")
    press(seat, "1", r"\w+")
    press(seat, "ctrl+s", "do it")
    seat.until("drafted, not sealed")
    press(seat, "s", "Seal")
    seat.until("order sealed")
    for _ in range(2):
        step(control)  # resolve, and release
    seat.until("What came of turn 1")
    projector.until("Turn 2")


def test_browsers_from_the_readme_alone(walk: Walk) -> None:
    words = [*walk.said("serve"), "--port", str(free_port())]
    begun = walk.at_terminal(
        [*walk.said("host", "northern-strait", "--save"), "--no-screen", *SEED]
    )
    begun.until("join with")
    site = walk.at_terminal(words)
    told = site.until("is open to browsers at")
    assert re.search(r"http://127\.0\.0\.1:\d+/", told)
