"""What changed between two documents: the places, and what stands there now.

A patch is a list of `[path, value]`, or `[path]` where something is gone; applied in order to the
old document it gives the new one. It depends on the two documents and on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

Patch = list[list[Any]]


def difference(old: Any, new: Any) -> Patch:
    """What leads from one document to another; empty where they are alike."""
    return list(_parted(old, new, ()))


def _parted(old: Any, new: Any, path: tuple[str | int, ...]) -> Iterator[list[Any]]:
    if old is new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old:
            if key not in new:
                yield [[*path, key]]
        for key, value in new.items():
            if key in old:
                yield from _parted(old[key], value, (*path, key))
            else:
                yield [[*path, key], value]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (was, now) in enumerate(zip(old, new, strict=True)):
            yield from _parted(was, now, (*path, place))
    elif type(old) is not type(new) or old != new:
        yield [list(path), new]


def patched(document: Any, patch: Sequence[Sequence[Any]]) -> Any:
    """The document after a patch; the one given is left as it was, and shares what did not change.

    Raises `ValueError` where the patch does not fit.
    """
    for change in patch:
        path = list(change[0])
        document = _changed(document, path, change)
    return document


def _changed(document: Any, path: list[Any], change: Sequence[Any]) -> Any:
    if not path:
        return change[1] if len(change) > 1 else None
    first, rest = path[0], path[1:]
    if isinstance(document, dict) and isinstance(first, str):
        made: Any = dict(document)
        if not rest and len(change) == 1:
            made.pop(first, None)
        else:
            made[first] = _changed(document.get(first), rest, change)
        return made
    if isinstance(document, list) and isinstance(first, int) and 0 <= first < len(document):
        made = list(document)
        made[first] = _changed(document[first], rest, change)
        return made
    raise ValueError(f"there is no {path!r} to change")
