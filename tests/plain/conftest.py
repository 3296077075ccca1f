"""Rooms that tests hold open lie in a folder of their own, else one test finds another's."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def own_rooms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:  # short, as sockets want it
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield
