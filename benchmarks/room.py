"""Sixteen terminals on one host for a hundred turns: `python -m benchmarks.room`.

Each terminal is a line of its own to a host in a process of its own. Every turn each delegation
drafts and seals, council acts and messages go round, control resolves and releases. Measured:
how long until what one does shows at another terminal, whether any order was lost or doubled,
and what memory the host holds at the start and at the end.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from exercise.host.line import Line
from exercise.host.remote import control_on, desk_on
from exercise.host.rooms import Room as OpenRoom
from exercise.host.rooms import room_at
from exercise.orders import Refusal
from exercise.save.store import Save

TERMINALS = 16
TURNS = 100


def memory(pid: int) -> float:
    """Resident memory of a process, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


class Watched:
    """A terminal that notes when each seal of others came to show."""

    def __init__(self, room: OpenRoom, code: str) -> None:
        self.seen: dict[tuple[int, str], float] = {}
        self._lock = threading.Lock()
        self.line = Line(room.where, code=code, changed=self._changed)
        self.desk = desk_on(self.line)

    def _changed(self) -> None:
        now = time.perf_counter()
        standing = self.line.document["standing"]
        with self._lock:
            for seat, sealed in standing["sealed"].items():
                if sealed:
                    self.seen.setdefault((standing["turn"], seat), now)


def scenario(folder: Path) -> Path:
    """Northern Strait with a hundred turns of a day each."""
    from exercise.scenario.load import find

    text = find("northern-strait").read_text(encoding="utf-8")
    head, _, rest = text.partition("\nturns:")
    _, _, tail = rest.partition("\n\n")
    weeks = ", ".join(["0.15"] * (TURNS + 1))
    full = ", ".join(["1"] * 12)
    turns = (
        f"\nturns:\n  days:\n    title: a hundred days\n    default: true\n    weeks: [{weeks}]"
        f"\n  full:\n    weeks: [{full}]\n"
    )
    place = folder / "hundred.yaml"
    place.write_text(head + turns + "\n" + tail, encoding="utf-8")
    return place


def seal(one: Watched, began: dict[str, float]) -> None:
    """Draft two orders and seal them, and note when."""
    while one.line.document["standing"]["stage"] != "orders":
        time.sleep(0.002)
    for proposal in one.desk.suggestions()[:2]:
        one.desk.draft(proposal.line, "as agreed")
    began[one.line.desk] = time.perf_counter()
    refused = one.desk.seal()
    assert not isinstance(refused, Refusal), refused


def play(terminals: list[Watched], control: Any, turns: int) -> tuple[list[float], int]:
    """Play; seconds from each seal to its showing at every other terminal, and orders sealed."""
    waits: list[float] = []
    given = 0
    for _ in range(turns):
        turn = control.standing().turn
        control.close_council()
        heads: dict[str, Watched] = {}
        for one in terminals:
            heads.setdefault(one.line.desk, one)
        began = dict.fromkeys(heads, 0.0)
        threads = [threading.Thread(target=seal, args=(one, began)) for one in heads.values()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        given += sum(len(one.desk.drafted()) for one in heads.values())
        end = time.monotonic() + 10
        while time.monotonic() < end and any(
            (turn, seat) not in one.seen for one in terminals for seat in heads
        ):
            time.sleep(0.005)
        for one in terminals:
            for seat in heads:
                if seat != one.line.desk:
                    waits.append(one.seen[turn, seat] - began[seat])
        control.resolve()
        control.publish()
    return waits, given


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save = folder / "room.exercise"
        host = subprocess.Popen(
            [sys.executable, "-m", "exercise", "host", str(scenario(folder)), "--save", str(save),
             "--no-screen"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert host.stdout is not None
        codes: dict[str, str] = {}
        for line in host.stdout:
            words = line.split()
            if len(words) == 2 and "-" in words[1]:
                codes[words[0]] = words[1]
            if line.startswith("join with"):
                break
        room = room_at(str(save))
        seats = [
            s for s in codes if s not in ("control", "observer", "projector", "evaluator", "karsk")
        ]
        terminals = [Watched(room, codes[seats[k % len(seats)]]) for k in range(TERMINALS)]
        control = control_on(Line(room.where, code=codes["control"]))
        play(terminals, control, 5)
        start = memory(host.pid)
        began = time.perf_counter()
        waits, given = play(terminals, control, TURNS - 5)
        took = time.perf_counter() - began
        waits.sort()
        print(f"{TERMINALS} terminals, {TURNS} turns, {took / (TURNS - 5) * 1000:.0f} ms a turn")
        median, late = statistics.median(waits) * 1000, waits[int(len(waits) * 0.95)] * 1000
        print(f"a seal shows elsewhere: median {median:.0f} ms, p95 {late:.0f} ms, "
              f"worst {waits[-1] * 1000:.0f} ms")  # fmt: skip
        print(f"host's memory {start:.0f} MB after 5 turns, {memory(host.pid):.0f} MB at the end")
        host.terminate()
        host.wait(20)
        with Save.open(save, write=False) as journal:
            kept = [e for e in journal.read() if e.kind == "sealed" and e.body["turn"] > 5]
            orders = sum(len(e.body["orders"]) for e in kept)
        told = "all of them" if given == orders else "NOT ALL"
        print(f"orders sealed {given}, in the save {orders}: {told}")


if __name__ == "__main__":
    main()
