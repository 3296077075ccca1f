"""Bytes from a keyboard that are no text: an old terminal's letters, a picture pasted by mistake.

Textual reads a terminal strictly as UTF-8 and ends with the first other byte; somebody who pastes
such a thing into a letter should not lose the screen. Its reader asks `codecs` for a decoder by a
name in its own module, which is given one here that marks what it cannot read.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable
from functools import partial


def marking(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    """A decoder that puts a mark where there is no character."""
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


def take_any_bytes() -> None:
    """From now on whatever a terminal sends is read to its end."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        linux_driver.getincrementaldecoder = marking  # type: ignore[attr-defined, assignment]
