"""Lines in and lines out: words made harmless, read from anything, written at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO, NamedTuple, TextIO

from exercise.spoken import legible, visible

LONGEST = 20_000
"""Bytes that a line may have; what is longer is read past, and nothing is done."""


class Input(NamedTuple):
    """A line that came in; `whole` is False where it was too long to be taken."""

    text: str
    whole: bool = True


class Lines:
    """What somebody types, or a script holds."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def next(self) -> Input | None:
        """The next line; None where there is no more."""
        data = self._source.readline(LONGEST + 1)
        if not data:
            return None
        whole = len(data) <= LONGEST or data.endswith(b"\n")
        while not data.endswith(b"\n") and len(data) > LONGEST:
            data = self._source.readline(LONGEST + 1)
            if not data:
                break
        return Input(data.decode("utf-8", "replace") if whole else "", whole)


class Voice:
    """Says lines: whatever they hold, none of it moves a cursor or turns the writing round."""

    def __init__(self, out: TextIO, prompts: bool) -> None:
        self._out = out
        self._prompts = prompts

    def say(self, text: str) -> None:
        """A statement; one of several paragraphs takes several lines."""
        for line in visible(text, lines=True).strip().split("\n"):
            self._out.write(f"{line.strip()}\n")

    def prompt(self, text: str) -> None:
        """What stands before a line that is typed; scripts are not asked."""
        if self._prompts:
            self._out.write(f"{legible(text)}> ")
        self._out.flush()

    def flush(self) -> None:
        """Send what was said on its way."""
        self._out.flush()


def full(text: str) -> str:
    """A statement as a sentence: it begins with a capital and ends with a stop."""
    told = legible(text)
    told = told[:1].upper() + told[1:]
    if told.endswith((".”.", "?”.", "!”.")):  # the stop stands within the quotation
        return told[:-1]
    return told if not told or told[-1] in ".!?:…”" else f"{told}."


def figure(value: float) -> str:
    """A number as it is read out: 0.71, 3.2, 140."""
    if abs(value) >= 100:
        return f"{value:.0f}"
    told = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if told == "-0" else told


def split_at(text: str, mark: str = ":") -> tuple[str, str]:
    """What stands before a mark and after it, without blanks around."""
    before, _, after = text.partition(mark)
    return before.strip(), after.strip()


def parts_of(text: str) -> list[str]:
    """The parts of a line, as semicolons divide it."""
    return [part.strip() for part in text.split(";")]


def searched(text: str, words: str) -> bool:
    """Whether every word of a search begins a word of a text."""
    said = re.findall(r"[^\W_]+", text.lower())
    sought = re.findall(r"[^\W_]+", words.lower())
    return all(any(word.startswith(part) for word in said) for part in sought)


Act = Callable[[], None]
