"""Rooms that tests hold open lie in a folder of their own."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def own_rooms(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
