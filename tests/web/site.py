"""A room with its site, for tests: in a process of its own, as people start it."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

ROOT = Path(__file__).parent.parent.parent


@attrs.define
class Served:
    """A room that is served."""

    process: subprocess.Popen[str]
    origin: str
    save: Path
    codes: dict[str, str]
    home: Path


def runtime(home: Path) -> Path:
    """Where a test's rooms are found: a short path, as sockets want it."""
    place = (
        Path(tempfile.gettempdir())
        / f"x-{hashlib.blake2b(os.fsencode(home), digest_size=4).hexdigest()}"
    )
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def environment(home: Path) -> dict[str, str]:
    """An environment with a home and a runtime folder of its own."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime(home)),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }


@contextmanager
def served(home: Path, what: str = "northern-strait", port: int | None = None) -> Iterator[Served]:
    """`exercise serve`, stopped at the end."""
    number = port or free_port()
    save = home / "room.exercise"
    if not save.exists():
        begin(home, save, what)
    process = subprocess.Popen(
        [sys.executable, "-m", "exercise", "serve", str(save), "--port", str(number)],
        env=environment(home), cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip
    origin = f"http://127.0.0.1:{number}"
    try:
        wait_for(number, process)
        yield Served(process, origin, save, read_codes(home), home)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        shutil.rmtree(runtime(home), ignore_errors=True)


def begin(home: Path, save: Path, what: str) -> None:
    """A room's save, its codes kept for the test."""
    host = subprocess.Popen(
        [sys.executable, "-m", "exercise", "host", what, "--save", str(save), "--no-screen",
         "--seed", "7", "--person", "dorvik", "--person", "fallow"],
        env=environment(home), cwd=home, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert host.stdout is not None
    told = []
    for line in host.stdout:
        told.append(line)
        if line.startswith("join with"):
            break
    (home / "codes").write_text("".join(told))
    host.send_signal(signal.SIGTERM)
    host.wait(60)


def read_codes(home: Path) -> dict[str, str]:
    """The codes that were told when the room was begun."""
    words = [line.split() for line in (home / "codes").read_text().splitlines()]
    return {w[0]: w[1] for w in words if len(w) == 2 and "-" in w[1]}


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    """Until somebody listens."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        assert process.poll() is None, process.stdout.read() if process.stdout else ""
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the site never listened")
