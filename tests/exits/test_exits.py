"""Whatever a scenario or a person says leaves the program as words, by every exit.

One room, in which every text is hostile, goes through all of them: commands as text and as JSON,
papers as Markdown and HTML, the lines of every role, the screens of the review, the host's own
reports, the pages of the site. At each, nothing dangerous is left, and the words still stand.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest
from markdown_it import MarkdownIt

from exercise.cli import main
from exercise.cli.base import note
from exercise.host import rooms
from exercise.plain import ways as plain_ways
from exercise.plain.lines import Lines, Voice
from exercise.plain.waiting import follow
from exercise.save.store import Save
from exercise.saved import resume
from exercise.tui import ways
from exercise.tui.app import Studio
from exercise.web import pages
from tests.exits.nasty import FAMILY, line, played, quoted, scenario, words
from tests.host.room import opened
from tests.tui.stage import acted, kind, press, shown, until


@attrs.frozen
class Nasty:
    """The room that has been played: its scenario, its save, a folder to write into."""

    folder: Path
    scenario: Path
    save: Path

    def run(self, *given: object, code: int = 0) -> str:
        """What a command prints, on both streams."""
        words = [str(getattr(self, str(word)[1:])) if str(word)[:1] == "@" else str(word)
                 for word in given]  # fmt: skip
        told = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        before = sys.argv
        sys.argv = ["exercise", *words]
        try:
            with (
                contextlib.redirect_stdout(told),
                contextlib.redirect_stderr(told),
                pytest.raises(SystemExit) as ended,
            ):
                main()
        finally:
            sys.argv = before
        text = told.buffer.getvalue().decode()  # type: ignore[attr-defined]
        assert ended.value.code == code, text
        return text


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Nasty:
    folder = tmp_path_factory.mktemp("nasty")
    made = Nasty(folder, folder / "nasty.yaml", folder / "room.exercise")
    assert played(made.scenario, made.save) == {}
    return made


# what is dangerous, by what the text is read as


def unseen(text: str) -> set[str]:
    """The characters that no reader sees, a whole family of emoji apart."""
    bare = text.replace(FAMILY, "").replace("\n", "")
    odd = {c for c in bare if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")}
    ranges = ((0xFE00, 0xFE0F), (0xE0000, 0xE0FFF), (0x3164, 0x3164), (0x34F, 0x34F))
    return odd | {c for c in bare if any(a <= ord(c) <= b for a, b in ranges)}


def as_lines(text: str) -> str:
    """Lines of a terminal: nothing hidden, and no line that a title made."""
    assert not unseen(text), unseen(text)
    made = [told for told in text.split("\n") if told.strip() in ("# H", "- L", "```", "<hr>")]
    assert not made
    return text


BODIES = ("ask", "answer", "draft", "injecttext", "letter", "owntext", "press", "speak")
"""Texts that may have lines of their own; all else is told in one."""


def as_talk(text: str) -> str:
    """Lines of a conversation: nothing hidden, and only a letter's own body goes over lines."""
    assert not unseen(text), unseen(text)
    told = text.split("\n")
    for number, one in enumerate(told):
        if one.strip() == "# H":
            assert any(f"Zk{mark} " in told[number - 1] for mark in BODIES), told[number - 1][:90]
    return text


def as_screen(text: str) -> str:
    """What is on a screen: no more than can be seen; families of emoji stand as their members."""
    assert not unseen(text), unseen(text)
    return text


def as_json(text: str) -> str:
    """JSON: valid, nothing raw in it that a terminal obeys, and no word lost."""
    assert not unseen(text), unseen(text)
    return "\n".join(_strings(json.loads(text)))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from (*_strings(key), *_strings(value))
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


OWN = {
    "paragraph_open", "paragraph_close", "heading_open", "heading_close", "inline", "text", "hr",
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "strong_open",
    "strong_close", "code_inline", "table_open", "table_close", "thead_open", "thead_close",
    "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open",
    "td_close",
}  # fmt: skip
"""What our papers are made of: no link, image, HTML, quotation, number or block of code."""
MARKDOWN = MarkdownIt("gfm-like", {"html": True, "linkify": True})


def as_markdown(text: str) -> str:
    """Markdown as a reader of it renders it: our own headings and lists, and words."""
    assert not unseen(text), unseen(text)
    told = []
    cell = ""
    for token in MARKDOWN.parse(text):
        for one in (token, *(token.children or ())):
            assert one.type in OWN, (one.type, one.content[:200])
            assert one.content not in ("H", "L", "b", "c", "code")
        if token.type == "inline":
            told.append("".join(one.content for one in token.children or ()))
            whole = cell != "td_open" or "[/x]" not in told[-1]
            assert whole or "|---|---|" in told[-1], "a bar in the words ended the cell"
        cell = token.type
    return "\n".join(told)


class Page(HTMLParser):
    """An HTML document, read strictly."""

    TAGS = {
        "html", "head", "meta", "title", "style", "body", "div", "span", "p", "h1", "h2", "h3",
        "ul", "li", "code", "strong", "table", "thead", "tbody", "tr", "th", "td", "main", "form",
        "label", "input", "button", "link", "script", "a",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.TAGS, tag
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert "Zk" not in (value or ""), (tag, name, value)
            if name in ("src", "href"):
                assert (value or "").startswith(("/static/", "/own/")) or value == "", value

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def as_html(text: str) -> str:
    """HTML: our own elements, nothing active of anybody else's, and words."""
    assert not unseen(text), unseen(text)
    page = Page()
    page.feed(text)
    page.close()
    return "".join(page.words)


# the exits


def paper(nasty: Nasty, name: str) -> str:
    """A file of the packet."""
    folder = nasty.folder / "papers"
    if not folder.exists():
        nasty.run("packet", "@scenario", "-o", folder)
    return (folder / name).read_text(encoding="utf-8")


def washed(nasty: Nasty, name: str, *more: str) -> str:
    """The hot wash in a file."""
    path = nasty.folder / name
    nasty.run("hotwash", "@save", "-o", path, *more)
    return path.read_text(encoding="utf-8")


def refused(nasty: Nasty) -> str:
    """What `check` says of a file that is wrong wherever its words can be."""
    wrong = nasty.folder / "wrong.yaml"
    text = scenario().replace("role: adversary", f"role: {quoted(words('role'))}")
    text = text.replace("cell: ", "call: ").replace(
        "owner: birk", f"owner: {quoted(line('owner'))}"
    )
    text = text.replace('when: "true"', f"when: {quoted(words('condition'))}")
    wrong.write_text(text + f"{quoted(words('key'))}: 1\n", encoding="utf-8")
    return nasty.run("check", wrong, code=1)


def conversed(nasty: Nasty, seat: str) -> str:
    """All that one seat, or control, can ask for, line by line."""
    asked = [
        "look", "standing", "who", "inbox", "1", "2", "3", "threads", "1", "changed", "1", "texts",
        "1", "why 1", "map", "choices", "orders", "draft", "requests", "1", "moves", "1",
        "questions", "1", "injects", "1", "events", "1", "notes", "forms", "1", "codes", "hotwash",
        "ending", "press", "rooms", "1", "council", "help", words("typed").replace("\n", " "),
    ]  # fmt: skip
    with hosted(nasty, seat) as room:
        line = room.join(seat)
        out = io.StringIO()
        talk = talking(line, out, "\n".join(asked))
        talk.run()
    return out.getvalue()


def followed(nasty: Nasty) -> str:
    """What a projector says by itself."""
    with hosted(nasty, "projector") as room:
        out = io.StringIO()
        follow(talking(room.join("projector"), out, ""))
    return out.getvalue()


@contextlib.contextmanager
def hosted(nasty: Nasty, name: str) -> Iterator[Any]:
    """The room, open again on a copy of its save."""
    copy = nasty.folder / f"{name}.copy"
    shutil.copy(nasty.save, copy)
    with Save.open(copy) as journal, opened(resume(journal)) as room:
        yield room


def talking(line: Any, out: io.StringIO, typed: str) -> Any:
    """A conversation at the desk that a line came in for."""
    talk = plain_ways._at(line)
    talk.voice = Voice(out, False)
    talk.lines = Lines(io.BytesIO(typed.encode("utf-8", "surrogatepass")))
    return talk


def reviewed(nasty: Nasty) -> str:
    """The screens of the review, one after the other."""
    seen: list[str] = []

    async def play() -> None:
        app = Studio(lambda studio: ways.look_back(studio, nasty.save))
        async with app.run_test(size=(120, 60), notifications=True) as pilot:
            await until(pilot, lambda: kind(app) == "ReviewScreen")
            for keys in (("home",), ("right",), ("down", "down", "enter"), ("escape", "t"),
                         ("enter",), ("escape", "escape", "m"), ("escape", "h"), ("pagedown",),
                         ("escape", "v")):  # fmt: skip
                await press(pilot, *keys)
                seen.append(shown(app))
            assert app.fault is None
            assert app.title == "exercise"

    acted(play)
    return "\n".join(seen)


def reported(nasty: Nasty) -> str:
    """What the host says on its own terminal."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        note(f"somebody was refused: {words('refused')}")
        note(f"{words('person')} is here", err=True)
    assert told.getvalue().count("\n") == 2
    return told.getvalue()


def announced(nasty: Nasty) -> str:
    """The note by which a room is found."""
    room = rooms.Room(str(nasty.save), words("title"), words("banner"), 1)
    return json.dumps(attrs.asdict(room))


def door(nasty: Nasty) -> str:
    """The page of the site where a code is typed, after a wrong one."""
    return pages.door(words("title"), words("banner"), words("refusal"))


def console(nasty: Nasty) -> str:
    """The page of a seat."""
    return pages.console(words("title"), "ws://127.0.0.1:8000/seat/alder/ws", 15)


Read = Callable[[str], str]
Exit = tuple[Callable[[Nasty], str], Read, str]


def command(read: Read, marks: str, *given: object) -> Exit:
    """A command as an exit."""
    return (lambda nasty: nasty.run(*given)), read, marks


HEAD = "banner classification "
WASHED = HEAD + (
    "action argument because birk cheered discussion guards inject kesk motion move objective "
    "outcome outcomesays outlet position press presstitle purpose question reason request "
    "requesttitle seatbirk seatpress sector statement statementtitle strength summed title"
)
CELL = "scenario.mood[alder]"
EXITS: Mapping[str, Exit] = {
    "run": command(as_lines, HEAD + "outcome", "run", "@scenario"),
    "run --json": command(as_json, HEAD + "outcome", "run", "@scenario", "--json"),
    "sweep": command(as_lines, HEAD + "outcome", "sweep", "@scenario", "--games", 2),
    "sweep --json": command(
        as_json, HEAD + "outcome", "sweep", "@scenario", "--games", 2, "--json"),
    "saves": command(as_lines, HEAD + "title", "saves", "@folder"),
    "saves --json": command(as_json, HEAD + "title", "saves", "@folder", "--json"),
    "why": command(as_lines, HEAD + "alder field inject", "why", "@save", CELL, "--turn", 1),
    "why --json": command(
        as_json, HEAD + "alder field inject", "why", "@save", CELL, "--turn", 1, "--json"),
    "why --list": command(as_lines, HEAD, "why", "@save", "--list"),
    "why --list --json": command(as_json, "", "why", "@save", "--list", "--json"),
    "why of an order": command(
        as_lines, HEAD + "action birk cheered", "why", "@save", "scenario.cheer[birk]",
        "--turn", 1),
    "replay": command(
        as_lines, HEAD + "alder answer as asktitle inject injecttext letter lettertitle outlet "
        "press question sender speak statement title", "replay", "@save", "--turn", 1),
    "replay --json": command(
        as_json, HEAD + "alder birk ask clause cutters forum letter link motion port theatre title",
        "replay", "@save", "--turn", 1, "--json"),
    "replay --as": command(
        as_lines, HEAD + "inject title", "replay", "@save", "--turn", 1, "--as", "press"),
    "replay --verify": command(as_lines, HEAD, "replay", "@save", "--verify"),
    "replay --verify --json": command(as_json, HEAD, "replay", "@save", "--verify", "--json"),
    "check": command(as_lines, "", "check", "@scenario"),
    "check of faults": (refused, as_lines, "role owner key"),
    "a wrong cell": (lambda n: n.run("why", "@save", words("cell"), code=2), as_lines, "cell"),
    "a wrong seat": (
        lambda n: n.run("hotwash", "@save", "--as", words("who"), code=2), as_lines, "who"),
    "a wrong file": (lambda n: n.run("check", line("file"), code=1), as_lines, "file"),
    "a wrong command": (lambda n: n.run(line("dance"), code=2), as_lines, "dance"),
    "hotwash": command(as_markdown, WASHED + " happened remark ruling", "hotwash", "@save"),
    "hotwash --as": command(as_markdown, WASHED, "hotwash", "@save", "--as", "birk"),
    "hotwash.md": (lambda n: washed(n, "w.md"), as_markdown, WASHED),
    "hotwash.html": (lambda n: washed(n, "w.html"), as_html, WASHED + " ruling"),
    "hotwash.html --as": (
        lambda n: washed(n, "p.html", "--as", "press"), as_html, HEAD + "title outlet press"),
    "a seat's paper": (
        lambda n: paper(n, "seats/alder.md"), as_markdown,
        HEAD + "title seatalder brief wants fears knows cutters port report reporttext forum "
        "forumsays action"),
    "a seat's paper, HTML": (
        lambda n: paper(n, "seats/alder.html"), as_html,
        HEAD + "title seatalder brief wants fears knows cutters port report reporttext forum "
        "forumsays action"),
    "control's paper": (
        lambda n: paper(n, "control/control.md"), as_markdown,
        HEAD + "title summary inject injecttext sender method expected background objective "
        "objectivesays judged knows"),
    "control's paper, HTML": (
        lambda n: paper(n, "control/control.html"), as_html,
        HEAD + "title summary inject injecttext sender method expected background objective"),
    "all seats' paper": (
        lambda n: paper(n, "control/print-all-seats.html"), as_html,
        HEAD + "seatalder seatbirk seatkesk seatpress brief briefbirk"),
    "alder's lines": (lambda n: conversed(n, "alder"), as_talk, "title letter inject motion"),
    "the press's lines": (lambda n: conversed(n, "press"), as_talk, "title inject"),
    "an evaluator's lines": (lambda n: conversed(n, "judge"), as_talk, "title judged"),
    "control's lines": (lambda n: conversed(n, "control"), as_talk, "title letter inject motion"),
    "an observer's lines": (lambda n: conversed(n, "observer"), as_talk, "title inject"),
    "a projector's lines": (followed, as_talk, HEAD + "title outcome outcomesays"),
    "the review's screens": (reviewed, as_screen, "banner"),
    "the host's reports": (reported, as_lines, "refused person"),
    "the note of a room": (announced, as_json, "title banner"),
    "the door of the site": (door, as_html, "title banner refusal"),
    "a seat's page": (console, as_html, "title"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXITS)
def test_hostile_words_leave_as_words(name: str, nasty: Nasty) -> None:
    leave, read, marks = EXITS[name]
    text = leave(nasty)
    told = read(text)
    assert [mark for mark in marks.split() if f"Zk{mark}" not in told] == []
    assert "Traceback" not in text
    assert "fault of its own" not in text
