"""How messages lie on a line: each is one line of JSON, in ASCII, of bounded length."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from exercise.errors import ExerciseError

ASKED_MOST = 256 * 1024
"""Bytes that a terminal may send in one message; what one person types fits many times over."""
ANSWERED_MOST = 64 * 1024 * 1024
"""Bytes that a host may send in one message."""


class FrameError(ExerciseError):
    """What came over the line is no message."""


def pack(message: Mapping[str, Any]) -> bytes:
    """A message as bytes, its newline included."""
    text = json.dumps(message, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii") + b"\n"


def unpack(line: bytes) -> dict[str, Any]:
    """A message from its line; raises `FrameError`."""
    try:
        found = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise FrameError("the message is not JSON") from None
    if not isinstance(found, dict):
        raise FrameError("a message is an object")
    return found


def _no_number(name: str) -> float:
    raise ValueError(name)
