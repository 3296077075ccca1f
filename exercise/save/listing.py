"""Which saves there are in a folder, and what each tells of itself."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import attrs

from exercise.errors import SaveError
from exercise.save import savefile
from exercise.save.chain import Json

SUFFIX = ".exercise"  # the usual ending of a save's name; any other is as good


@attrs.frozen
class SaveInfo:
    """A line of a listing: what `describe` stored, or what is wrong with the file."""

    path: Path
    about: Mapping[str, Json]
    problem: str = ""


def saves(folder: str | Path) -> list[SaveInfo]:
    """The saves of a folder, by name, without reading more than their descriptions.

    Files with the usual ending are listed even when unreadable; others only when they are saves.
    """
    folder = Path(os.path.realpath(folder))
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise SaveError(f"{folder}: cannot be listed: {error.strerror}") from error
    found = []
    for path in files:
        if path.name.startswith(".") or path.name.endswith(_BESIDE):
            continue
        try:
            found.append(SaveInfo(path, _described(path)))
        except SaveError as error:
            if path.suffix == SUFFIX:
                found.append(SaveInfo(path, {}, error.message))
    return found


_BESIDE = ("-wal", "-shm", "-journal", ".lock", ".new")


def _described(path: Path) -> Mapping[str, Json]:
    with savefile.explained(path), closing(savefile.open_for_view(path)) as db:
        rows = db.execute("SELECT key, value FROM about ORDER BY key").fetchall()
    return {key: loaded(path, value) for key, value in rows}


def loaded(path: Path, text: str) -> Json:
    """What a text column holds; raises `SaveError` where it is not JSON."""
    try:
        value: Json = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise SaveError(f"{path}: is damaged: what should be JSON is not ({error})") from error
    return value
