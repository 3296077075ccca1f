"""A room that is killed at fifty moments: its save opens, has all that was told, and play goes on.

Each life of the room is a process of its own: it takes the save up where it stands and plays on,
telling of everything it has done once that is done. It ends by `kill -9`: some time after it has
begun, shortly after something it told, or in the midst of a write, between two steps of SQLite.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from exercise.desk import ControlDesk, LocalDesk
from exercise.save.journal import MemoryJournal, check_journal
from exercise.save.store import Save
from exercise.saved import create, read, resume
from exercise.session import Session
from exercise.verified import Verified, verify
from tests.people import MANNED, RULED, speak_up, write_slip
from tests.scenarios import loaded

ROOT = Path(__file__).parents[1]
MOMENTS = 50

Told = dict[str, Any]

# a life


def live(path: Path, seed: int, steps: int, tell: Callable[[Told], object]) -> None:
    """Take the room up, or begin it, and play to its end; `steps` of SQLite later die in one."""
    rng = random.Random(seed)
    save = Save.open(path) if path.exists() else Save.create(path)
    if steps:
        save._db.set_progress_handler(_fuse(steps), 8)
    begun = any(entry.kind == "created" for entry in save.read())
    session = (
        resume(save) if begun
        else create(loaded("northern-strait"), save, luck=bytes(range(32)), people=MANNED)
    )  # fmt: skip
    tell(_done(session, "begun"))
    while session.stage != "over":
        for kind in _one_thing(session, rng):
            tell(_done(session, kind))
    save.close()
    tell({"kind": "over"})


def _fuse(steps: int) -> Callable[[], int]:
    left = [steps]

    def burn() -> int:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    return burn


def _done(session: Session, kind: str) -> Told:
    journal = session.journal
    drafts = {seat: [o.cell for o in orders] for seat, orders in session.pending.drafts.items()}
    return {
        "kind": kind, "head": journal.head(), "stage": session.stage, "turn": session.number,
        "sealed": {s: [o.cell for o in orders] for s, orders in session.pending.sealed.items()},
        "letters": [m.text for m in session.inbox()], "drafts": drafts,
        "filling": dict(session.seating.filling), "rulings": len(session.pending.rulings),
    }  # fmt: skip


def _one_thing(session: Session, rng: random.Random) -> Iterator[str]:
    """Something that people or control do now, and its kind."""
    control, seat, chance = ControlDesk(session), rng.choice(MANNED), rng.random()
    if chance < 0.15:
        LocalDesk(session, seat).say(("aurland",), "Between us", f"Said {rng.random()}.")
        yield "message"
    elif session.stage == "review":
        yield from _reviewed(session, rng, chance)
    elif chance < 0.25:
        control.fill("estmere", rng.choice(("person", "desk", "bot")))
        yield "filled"
    elif chance < 0.35:
        waiting = [e.id for e in control.msel.rows() if e.state in ("scheduled", "armed")]
        for name in waiting[-1:]:
            control.cue(name, rng.choice(("fire", "hold")))
            yield "cue"
    elif chance < 0.6:
        LocalDesk(session, seat).unseal()
        write_slip(session, seat, rng, most=1)
        yield "draft"
        if session.seal(seat) is not None:  # no longer to be paid for
            for order, _ in LocalDesk(session, seat).drafted():
                session.undraft(seat, order.cell)
            assert session.seal(seat) is None
        yield "sealed"
    elif session.stage == "council":
        if chance < 0.9:
            speak_up(session, seat, rng)
            yield "council"
        else:
            control.close_council()
            yield "closed"
    else:
        control.resolve()
        yield "resolved"


def _reviewed(session: Session, rng: random.Random, chance: float) -> Iterator[str]:
    if chance < 0.4:
        field, names, amount = rng.choice(RULED)
        cell = f"{field}[{','.join(names)}]"
        assert ControlDesk(session).rule(cell, "add", amount, "the room said so") is None
        yield "ruling"
    else:
        session.publish()
        yield "published"
        session.open()
        yield "opened"


def serve() -> None:
    """Start lives from an interpreter that is warm, one for each line: path, seed, steps."""
    warm = MemoryJournal()
    create(loaded("northern-strait"), warm, seed=1)
    resume(warm)
    for line in sys.stdin:
        path, seed, steps = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                live(Path(path), seed, steps, _say)
            except BaseException:
                _say({"kind": "failed", "why": traceback.format_exc()})
            os._exit(0)
        _say({"kind": "pid", "pid": child})
        os.waitpid(child, 0)
        _say({"kind": "dead"})


def _say(told: Told) -> None:
    os.write(1, f"{json.dumps(told)}\n".encode())


# and its death


@contextmanager
def lives() -> Iterator[subprocess.Popen[str]]:
    """The process that starts lives; ended, if it has not, when the test is over."""
    with subprocess.Popen(
        [sys.executable, "-c", "from tests.test_killed import serve; serve()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as server:  # fmt: skip
        try:
            yield server
        finally:
            server.kill()


def one_life(server: subprocess.Popen[str], path: Path, rng: random.Random) -> list[Told]:
    """Start a life, end it at a moment of its own, and return what it told."""
    assert server.stdin is not None
    assert server.stdout is not None
    way = rng.choice(("time", "told", "step"))
    steps = rng.randrange(1, 4000) if way == "step" else 0
    print(json.dumps([str(path), rng.randrange(10**6), steps]), file=server.stdin, flush=True)
    aim = rng.randrange(1, 12) if way == "told" else 0 if way == "time" else 10**6
    told: list[Told] = []
    pid = 0
    while not pid or len(told) < aim:
        line: Told = json.loads(server.stdout.readline())
        pid = line.get("pid", pid)
        if line["kind"] in ("over", "dead"):
            told.append(line)
            break
        told += [line] if line["kind"] != "pid" else []
    if not told or told[-1]["kind"] not in ("over", "dead"):
        time.sleep(rng.uniform(0.0, 0.3 if way == "time" else 0.01))
        with suppress(ProcessLookupError):  # it has come to its own end meanwhile
            os.kill(pid, signal.SIGKILL)
    while not told or told[-1]["kind"] != "dead":
        told.append(json.loads(server.stdout.readline()))
    failed = [line["why"] for line in told if line["kind"] == "failed"]
    assert not failed, failed[0]
    return told[:-1]


def held(save: Save, told: list[Told]) -> bool:
    """Everything told is in the save; whether the room could be held against what was told last.

    It could not where more was done, and not yet told.
    """
    last = told[-1]
    assert check_journal(save, last["head"]) is None
    if save.head() != last["head"] or last["stage"] == "over":
        return False
    again = _done(resume(save), last["kind"])
    drafts, drafted = last.pop("drafts"), again.pop("drafts")
    assert again == last
    for seat, cells in drafts.items():  # one more may have been drafted
        assert set(cells) <= set(drafted[seat])
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_killed_at_fifty_moments_nothing_told_is_lost_and_play_goes_on(tmp_path: Path) -> None:
    rng = random.Random(50)
    deaths, rooms, compared, kinds = 0, 0, 0, set()
    path = tmp_path / "0.exercise"
    with lives() as server:
        while deaths < MOMENTS:
            told = one_life(server, path, rng)
            kinds.update(line["kind"] for line in told)
            over = bool(told) and told[-1]["kind"] == "over"
            deaths += not over
            if over or path.exists():
                with Save.open(path) as save:
                    if over:
                        played_to_the_end(save)
                    elif told:
                        compared += held(save, told)
                    else:
                        assert check_journal(save) is None
            if over:
                rooms += 1
                path = tmp_path / f"{rooms}.exercise"
    live(path, 1, 0, lambda told: None)
    with Save.open(path) as save:
        played_to_the_end(save)
    assert compared >= 5
    assert kinds >= {
        "begun", "opened", "council", "message", "cue", "filled", "closed", "draft", "sealed",
        "resolved", "ruling", "published",
    }  # fmt: skip


def played_to_the_end(save: Save) -> None:
    """The exercise came to its end, and every turn comes out the same when played again."""
    found = verify(save)
    assert isinstance(found, Verified), found
    assert found.turns > 3
    assert read(save).record.last.after.value("clock.over", ()) == 1.0
