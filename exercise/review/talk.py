"""What the hot wash tells of talk: public words, and requests for information."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exercise.paper import Block, Code, Heading, Pieces, Strong, items
from exercise.room.requests import PastRequests
from exercise.room.shelves import Shelves
from exercise.room.threads import Heard
from exercise.saved import Saved
from exercise.sight import Viewer

LONGEST = 240
"""Characters told of a text; the whole stands in the save."""


def talk_blocks(saved: Saved, viewer: Viewer) -> list[Block]:
    """What was said in public, and what was asked and answered, as the viewer knew it."""
    journal = saved.journal
    shelves = Shelves.of(journal.read(journal.main_line()))
    titles = {name: _title(saved, name, seat) for name, seat in saved.facts["seats"].items()}
    said = list(_public(Heard(shelves.talk, (), viewer, titles)))
    asked = list(_asked(PastRequests(shelves.requests, viewer, titles)))
    blocks: list[Block] = [Heading("Said in public"), items(said)] if said else []
    return blocks + ([Heading("Requests for information"), items(asked)] if asked else [])


def _title(saved: Saved, name: str, seat: Mapping[str, str | None]) -> str:
    roster = saved.record.catalog.roster
    return str(seat.get("title") or roster.title("actor", seat.get("actor") or name))


def _public(heard: Heard) -> Iterator[Pieces]:
    for one in heard.letters():
        if one.thread == "press":
            said = f"({one.gone})" if one.gone else _short(one.title, one.text)
            yield (f"Turn {one.turn}, ", Strong(one.sender), f": {said} ", Code(one.method))


def _asked(desk: PastRequests) -> Iterator[Pieces]:
    for one in desk.requests():
        answers = [step for step in one.steps if step.says == "released"]
        gone = next((step.gone for step in one.steps[:1] if step.gone), "")
        question = f"({gone})" if gone else _short(one.title, one.text)
        answer = f" Not answered: {one.state}."
        if answers:
            last = answers[-1]
            answer = (
                f" Turn {last.turn}: {f'({last.gone})' if last.gone else _short('', last.text)}"
            )
        yield (
            f"Turn {one.turn}, ", Strong(one.asker), f" asked {', '.join(one.to)}: {question}",
            f"{answer} ", Code(one.name),
        )  # fmt: skip


def _short(title: str, text: str) -> str:
    """A title and a text in one line; a text's own lines are run together."""
    words = " ".join(f"{title}{': ' if title and text else ''}{text}".split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
