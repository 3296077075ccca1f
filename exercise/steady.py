"""Steady answers: the garbage collector does not search through what stays, nor while keys wait.

Rules, scenario, classes and screens are some hundred thousand objects. Python looks through all
of them now and then, which takes 50 to 130 ms in the middle of whatever somebody waits for.
"""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 5_000, 4, 50
"""So many new objects are looked through at once, which takes two or three milliseconds; after so
many such searches what came since the last, and after so many of those all: a million objects."""
ENOUGH = 5
"""After so many searches of what came since the last, all is worth looking through."""


def settle() -> None:
    """Collect once, then leave out of later searches all that is there now, and search seldom.

    For a program that has loaded what it works with, at a moment when nobody waits; again when it
    has loaded something else: what has become garbage since then is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


def rest() -> None:
    """Nobody waits just now: look through all that has come since, if it is worth it."""
    if gc.get_count()[2] >= ENOUGH:
        gc.collect()
