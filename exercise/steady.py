"""Steady answers: the garbage collector no longer searches through what stays anyway.

Rules, scenario, classes and screens are some hundred thousand objects. Python looks through all
of them now and then, which takes 50 to 130 ms in the middle of whatever somebody waits for.
"""

from __future__ import annotations

import gc


def settle() -> None:
    """Collect once, then leave out of later searches all that is there now.

    For a program that has loaded what it works with, at a moment when nobody waits; again when it
    has loaded something else: what has become garbage since then is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
