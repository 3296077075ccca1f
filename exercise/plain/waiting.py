"""News when asked for, waiting for what comes, and following without a word."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from exercise.errors import UsageError
from exercise.plain.lines import full

if TYPE_CHECKING:
    from exercise.plain.conversation import Conversation

STAGES = ("council", "orders", "review", "over")
LONGEST = 600.0
"""Seconds that a wait lasts at most, unless it says how many."""
BEAT = 0.5
"""Seconds between looks at the clock while nothing comes."""


def news(talk: Conversation, rest: str) -> None:
    """What has come since the last time."""
    if not talk.tell_news():
        talk.say("Nothing new.")


def wait(talk: Conversation, rest: str) -> None:
    """Wait until something is new, or for a stage or a turn; what comes meanwhile is told."""
    words = rest.lower().split()
    seconds = LONGEST
    if words and _whole(words[-1]) and words[-2:-1] != ["turn"]:
        seconds = float(words.pop())
    reached = _goal(talk, words)
    if reached is not None and reached():
        return
    if talk.line is None:
        raise UsageError("nothing comes by itself here", "what you do yourself goes on at once")
    _until(talk, reached, seconds)


def _whole(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 6


def _goal(talk: Conversation, words: list[str]) -> Callable[[], bool] | None:
    """What is waited for; None for anything at all."""
    if not words:
        return None
    if words[0] == "turn" and len(words) == 2 and _whole(words[1]):
        turn = int(words[1])
        return lambda: talk.desk.standing().turn >= turn or talk.desk.standing().stage == "over"
    if words[0] in STAGES and len(words) == 1:
        return lambda: talk.desk.standing().stage in (words[0], "over")
    told = " ".join(words)[:40]
    raise UsageError(f"{told!r} cannot be waited for", f"wait {', '.join(STAGES)}, or turn 2")


def _until(talk: Conversation, reached: Callable[[], bool] | None, seconds: float) -> None:
    end = time.monotonic() + seconds
    talk.voice.flush()
    while True:
        told = talk.tell_news()
        talk.voice.flush()
        if (told and reached is None) or (reached is not None and reached()):
            return
        left = end - time.monotonic()
        if left <= 0.0:
            talk.say("It has not come yet.")
            return
        talk.wait(min(left, BEAT))


def follow(talk: Conversation) -> None:
    """Tell each change as it comes, until the exercise is over."""
    talk.listen()
    for text in (talk.desk.view().banner, *_opening(talk)):
        talk.say(text)
    while talk.desk.standing().stage != "over":
        talk.voice.flush()
        talk.wait(BEAT)
        talk.tell_news(whole=True)
    ending = talk.desk.ending()
    if ending is not None:
        talk.say(f"{full(ending.outcome)} {full(ending.says)}".strip())
    talk.voice.flush()


def _opening(talk: Conversation) -> tuple[str, ...]:
    view = talk.desk.view()
    day = f", {view.day}" if view.day else ""
    return full(view.scenario), f"Turn {view.turn} of {view.turns}{day}: {talk.stage()}."
