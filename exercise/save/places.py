"""Where saves lie: `saves/` in a checkout, else the user's data folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from exercise.errors import UsageError


def saves_folder(make: bool = False) -> Path:
    """The folder for saves; made, with its parents, if asked; raises `UsageError`."""
    root = Path(__file__).resolve().parents[2]
    if (root / "scenarios").is_dir() and (root / "pyproject.toml").is_file():
        folder = root / "saves"
    else:
        folder = data_folder() / "saves"
    if make:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"{folder}: the folder for saves cannot be made ({error.strerror})",
                "name a place of your own with --save",
            ) from error
    return folder


def data_folder() -> Path:
    """The user's own folder for this program's data; raises `UsageError` for a user without."""
    try:
        home = Path.home()
    except RuntimeError:
        raise UsageError("this user has no home folder", "set HOME to a folder of yours") from None
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming") / "exercise"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "exercise"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "exercise"


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """A name in the folder that nothing has yet: `stem`, `stem-2`, …"""
    path = folder / f"{stem}{suffix}"
    count = 1
    while path.exists():
        count += 1
        path = folder / f"{stem}-{count}{suffix}"
    return path
