"""One number for all that a viewer is told: another one whenever something in it is another.

A terminal draws anew when the number moves. A running count of changes would not do: it counts
what others draft and whisper, and what control prepares. This number is made from what the viewer
may see and from nothing else, so records that agree on that give the same one.
"""

from __future__ import annotations

import hashlib
import json

import numpy as np

from exercise.record import Catalog, TurnRecord
from exercise.sight import Viewer, mask
from exercise.view import addressed

_BYTES = 6  # a whole number that JSON and every terminal can hold


def told_number(catalog: Catalog, viewer: Viewer, turn: TurnRecord, *said: object) -> int:
    """The number of a turn's visible cells, of what reached the viewer, and of all that is `said`.

    `said` is JSON-ready: what a desk tells beside the turn, such as its stage and the draft.
    """
    state = hashlib.blake2b(digest_size=_BYTES)
    letters = [
        [m.name, m.turn, m.to, m.sender, m.title, m.text, m.method]
        for m in turn.messages
        if addressed(m.to, viewer)
    ]
    state.update(json.dumps([turn.number, letters, said], sort_keys=True).encode())
    column = turn.after.column()
    for field in catalog.fields.values():
        slot = catalog.layout.slots[field.name]
        values, seen = column[slot.rows], mask(viewer, field, turn.after)
        if seen is not None:
            open_to_it = np.broadcast_to(seen[..., 0], slot.shape).reshape(-1) > 0.0
            state.update(open_to_it.tobytes())
            values = np.where(open_to_it, values, 0.0)
        state.update((values + 0.0).tobytes())
    return int.from_bytes(state.digest(), "big")
