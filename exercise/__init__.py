"""A wargaming and crisis-exercise engine with a terminal interface.

The names below are those that a script may rely on; each is loaded when it is first asked for:

    import exercise

    game = exercise.load("northern-strait")
    session = exercise.create(game, exercise.MemoryJournal(), seed=7)
    while session.stage != "over":
        session.resolve()
        session.publish()
        session.open()
    print(exercise.outcomes(game, session.world)[0])

Rule modules of somebody else's are made of what `exercise.engine.declare` offers, and found by the
entry point `exercise.rules`. Whoever reads the code goes up its imports: `engine`, `sight`, `eyes`,
`rules`, `scenario`, `save`, `explain`, `view`, `room`, `session`, `desk`, `host`, then the faces:
`tui`, `plain`, `web`, `cli`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exercise.desk import ControlDesk, LocalDesk
    from exercise.outcome import outcomes
    from exercise.save.journal import MemoryJournal
    from exercise.save.store import Save
    from exercise.saved import create, read, resume
    from exercise.scenario.load import load
    from exercise.session import Session
    from exercise.verified import verify

__version__ = "0.1.0"

_HOMES = {
    "ControlDesk": "desk",
    "LocalDesk": "desk",
    "MemoryJournal": "save.journal",
    "Save": "save.store",
    "Session": "session",
    "create": "saved",
    "load": "scenario.load",
    "outcomes": "outcome",
    "read": "saved",
    "resume": "saved",
    "verify": "verified",
}

__all__ = [
    "ControlDesk", "LocalDesk", "MemoryJournal", "Save", "Session", "__version__",
    "create", "load", "outcomes", "read", "resume", "verify",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """A name that scripts rely on, loaded now."""
    if name not in _HOMES:
        raise AttributeError(f"module 'exercise' has no attribute {name!r}")
    return getattr(import_module(f"exercise.{_HOMES[name]}"), name)
