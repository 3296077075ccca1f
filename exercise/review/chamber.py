"""What was written in the council, for the hot wash: breaks, summings-up, explanations, dissent."""

from __future__ import annotations

from collections.abc import Iterator

from exercise.explain.why import order_words
from exercise.paper import Block, Code, Heading, Pieces, Strong, items
from exercise.record import cell_of
from exercise.review.table import title_of
from exercise.room.chamber import Chamber, Writing
from exercise.room.shelves import Shelves
from exercise.saved import Saved
from exercise.sight import Viewer

DID = {
    "break": "broke silence on “{about}”",
    "summing-up": "summed up on “{about}”",
    "explanation": "on “{about}”",
    "considered": "weighed “{about}”, for itself and control",
}
"""What somebody did who wrote, by kind."""


def chamber_blocks(saved: Saved, viewer: Viewer) -> Iterator[Block]:
    """The part of the page, as far as the viewer could read it."""
    shelf = Shelves.of(saved.journal.read(saved.branch)).chamber
    lines = [
        _told(saved, shelf, one)
        for one in shelf.writings.values()
        if viewer.is_control
        or one.seat == viewer.name
        or (one.kind != "considered" and viewer.allied)
    ]
    if lines:
        yield Heading("Written in the council")
        yield items(lines)


def _told(saved: Saved, shelf: Chamber, one: Writing) -> Pieces:
    text, instead, dissent = shelf.text(one)
    did = DID[one.kind].format(about=_about(saved, one.about))
    word = "considered" if one.kind == "considered" else "could accept"
    parts = [text] if text else []
    parts += [f"{word}: {instead}"] if instead else []
    parts += [f"dissent: {dissent}"] if dissent else []
    return (
        f"Turn {one.turn}, ", Strong(title_of(saved, one.seat)), f" {did}: {'; '.join(parts)} ",
        Code(_cell(one)),
    )  # fmt: skip


def _about(saved: Saved, about: str) -> str:
    """The title of a text, or an order in words."""
    catalog = saved.record.catalog
    if "[" not in about:
        return catalog.roster.title("motion", about)
    name, names = cell_of(about)
    return order_words(catalog.decisions[name], catalog.roster, names, 1.0)


def _cell(one: Writing) -> str:
    return one.about if "[" in one.about else f"council.strength[{one.about}]"
