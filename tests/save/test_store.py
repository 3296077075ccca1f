"""The save: what survives a kill, who may open it, and what is left of a withdrawn text."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from exercise.errors import SaveError, SaveInUseError
from exercise.save.journal import MAIN, check_journal, open_salts
from exercise.save.store import Save, SaveInfo, saves

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.exercise"


# --- Killed ---------------------------------------------------------------------------------

# Forks a writer for each line it reads: twenty starts of Python would take most of the test.
WRITERS = """
import hashlib, os, sys
from exercise.save.store import Save

def write(path):
    with Save.open(path) as save:
        while True:
            with save.transaction():
                seq = save.append("sealed", {}, words={"text": "typed"}).seq
                noise = hashlib.shake_128(str(seq).encode()).digest(120_000)  # to have checkpoints
                save.append("postings", {"ref": save.put(noise)})
                last = save.append("digest", {"of": seq}).seq
                save.describe({"last": last})
            os.write(1, f"{last}\\n".encode())

for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        write(sys.argv[1])
    os.write(1, f"pid {child}\\n".encode())
    os.waitpid(child, 0)
    os.write(1, b"dead\\n")
"""


@contextmanager
def process(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A second Python that runs `code`; ended, if it has not, when the test is over."""
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


@posix
def test_a_killed_host_loses_nothing_that_was_kept(path: Path) -> None:
    moments = random.Random(20)
    kept = 0
    Save.create(path).close()
    with process(WRITERS, str(path)) as writers:
        assert writers.stdin is not None
        for _ in range(20):
            print("go", file=writers.stdin, flush=True)
            said: list[str] = []
            aim = moments.randrange(1, 25)
            while sum(word.isdigit() for word in said) < aim:
                said.append(line(writers))
                assert said[-1] not in ("dead", ""), "the writer ended by itself"
            time.sleep(moments.random() * 0.008)
            pid = next(word.split()[1] for word in said if word.startswith("pid"))
            os.kill(int(pid), signal.SIGKILL)
            while said[-1] != "dead":
                said.append(line(writers))
                assert said[-1], "the writers ended by themselves"
            kept = max(kept, *(int(word) for word in said if word.isdigit()))
            with Save.open(path) as save:
                entries = list(save.read(since=kept - 3))
                assert [entry.kind for entry in entries[:3]] == ["sealed", "postings", "digest"]
                assert len(entries) in (3, 6)  # one turn may have been kept and not yet said
                assert save.about() == {"last": entries[-1].seq}
                assert check_journal(save) is None
                kept = entries[-1].seq
    with Save.open(path, write=False) as view:
        assert [entry.seq for entry in view.read()] == list(range(1, kept + 1))
        assert all(entry.words["text"] == "typed" for entry in view.read(kinds=["sealed"]))
    assert kept > 3 * 100


# --- Who may open it ------------------------------------------------------------------------

HOST = """
import sys
from exercise.save.store import Save
save = Save.open(sys.argv[1])
save.append("note", {"by": "the host"})
print("open", flush=True)
for word in sys.stdin:
    if word.strip() == "close":
        save.close()
    else:
        save.append(word.strip(), {})
    print("done", flush=True)
"""


def tell(child: subprocess.Popen[str], word: str) -> None:
    print(word, file=child.stdin, flush=True)
    assert line(child) == "done"


def test_a_second_host_is_refused_until_the_first_has_closed(path: Path) -> None:
    Save.create(path).close()
    with process(HOST, str(path)) as host:
        assert line(host) == "open"
        for second in (Save.open, lambda path: Save.create(path, overwrite=True)):
            with pytest.raises(SaveInUseError) as caught:
                second(path)
            assert f"process {host.pid}" in caught.value.message
            assert caught.value.remedy
        tell(host, "note")
        tell(host, "close")
        with Save.open(path) as save:
            assert len(list(save.read())) == 2


def test_a_second_name_for_a_save_does_not_let_a_second_host_in(path: Path) -> None:
    other = path.with_name("link")
    with Save.create(path):
        other.symlink_to(path)
        with pytest.raises(SaveInUseError):
            Save.open(other)


@posix
def test_after_a_host_was_killed_the_next_may_open(path: Path) -> None:
    Save.create(path).close()
    with process(HOST, str(path)) as host:
        assert line(host) == "open"
        host.kill()
    with Save.open(path, write=False) as view:
        assert len(list(view.read())) == 1
    with Save.open(path) as save:
        save.append("note", {})
        assert check_journal(save) is None
    assert [part.name for part in path.parent.iterdir()] == [path.name]


def test_looking_works_while_a_host_writes_and_sees_what_was_kept(path: Path) -> None:
    Save.create(path).close()
    with process(HOST, str(path)) as host:
        assert line(host) == "open"
        with Save.open(path, write=False) as view:
            before = view.head()
            tell(host, "ruling")
            assert [entry.kind for entry in view.read()] == ["note", "ruling"]
            assert view.head() != before
            assert check_journal(view, head=before) is None
            tell(host, "close")
            assert len(list(view.read())) == 2
    with Save.open(path) as save:
        assert len(list(save.read())) == 2
    assert [part.name for part in path.parent.iterdir()] == [path.name]


def test_who_looks_cannot_write(path: Path) -> None:
    with Save.create(path) as save:
        save.append("message", {}, words={"text": "said"})
    with Save.open(path, write=False) as view:
        for attempt in (
            lambda: view.append("note", {}),
            lambda: view.put(b""),
            lambda: view.describe({}),
            lambda: view.fork("b", MAIN, 1),
            lambda: view.withdraw(1, "text", "x", "y"),
        ):
            with pytest.raises(SaveError, match="was opened to look at"):
                attempt()
        assert view.entry(1).words == {"text": "said"}


def test_a_copy_of_a_live_save_holds_what_its_parts_hold(path: Path, tmp_path: Path) -> None:
    alone, both = tmp_path / "alone", tmp_path / "both"
    with Save.create(path) as save:
        for n in range(3):
            save.append("note", {"n": n})
        with Save.open(path, write=False):
            pass  # looking and leaving moves nothing
        # By another process: closing a handle of the file in this one would drop SQLite's locks.
        copy = "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[2])"
        for source, target in (
            (path, alone),
            (path, both),
            (f"{path}-wal", f"{both}-wal"),
        ):
            subprocess.run([sys.executable, "-c", copy, source, target], check=True)
        head = save.head()
    for write in (False, True):
        with Save.open(both, write=write) as whole:
            assert check_journal(whole, head=head) is None
        with Save.open(alone, write=write) as earlier:
            assert list(earlier.read()) == []  # nothing had been brought into the file yet
            assert check_journal(earlier) is None
            assert check_journal(earlier, head=head) is not None


# --- Making and closing ---------------------------------------------------------------------


def test_a_save_is_not_replaced_unasked(path: Path) -> None:
    with Save.create(path) as save:
        save.append("note", {})
    with pytest.raises(SaveError, match="exists already"):
        Save.create(path)
    with Save.create(path, overwrite=True) as save:
        assert list(save.read()) == []


@pytest.mark.parametrize("content", ["title: a scenario\n", ""])
def test_only_a_save_is_ever_replaced(path: Path, content: str) -> None:
    path.write_text(content)
    with pytest.raises(SaveError):
        Save.create(path, overwrite=True)
    assert path.read_text() == content
    assert [part.name for part in path.parent.iterdir()] == [path.name]


def test_what_a_host_killed_while_making_a_save_left_is_no_hindrance(path: Path) -> None:
    with closing(sqlite3.connect(f"{path}.new")) as db:
        db.execute("CREATE TABLE half (way)")
    Save.create(path).close()
    assert [part.name for part in path.parent.iterdir()] == [path.name]


@posix
def test_what_a_killed_host_left_in_the_log_does_not_enter_a_new_save(path: Path) -> None:
    Save.create(path).close()
    with process(HOST, str(path)) as host:
        assert line(host) == "open"
        host.kill()
    assert path.with_name(f"{path.name}-wal").stat().st_size
    with Save.create(path, overwrite=True) as save:
        assert list(save.read()) == []
        assert check_journal(save) is None


def test_from_its_start_a_transaction_keeps_other_writers_out(path: Path) -> None:
    with Save.create(path) as save, closing(sqlite3.connect(path, timeout=0)) as other:
        other.isolation_level = None
        with save.transaction(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def test_a_save_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="there is no folder"):
        Save.create(tmp_path / "none" / "a")


@pytest.mark.parametrize("name", ["a b?mode=memory#x%41.exercise", "größe☂", "-", "file:x"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    with Save.create(tmp_path / name) as save:
        save.append("note", {})
    assert [part.name for part in tmp_path.iterdir()] == [name]
    with Save.open(tmp_path / name, write=False) as view:
        assert len(list(view.read())) == 1


def test_a_closed_save_says_so(path: Path) -> None:
    save = Save.create(path)
    save.append("note", {})
    reading = save.read()
    save.close()
    save.close()
    for attempt in (save.head, save.about, lambda: save.append("note", {}), lambda: next(reading)):
        with pytest.raises(SaveError, match="is closed"):
            attempt()


def test_closing_in_the_middle_of_a_transaction_keeps_none_of_it(path: Path) -> None:
    class BrokenError(Exception):
        pass

    def turn() -> None:
        with Save.create(path) as save, save.transaction():
            save.append("note", {})
            raise BrokenError

    with pytest.raises(BrokenError):
        turn()
    with Save.open(path) as save:
        assert list(save.read()) == []


def test_two_equal_runs_have_equal_heads(tmp_path: Path) -> None:
    heads = set()
    for name in "ab":
        with Save.create(tmp_path / name, salts=open_salts) as save:
            save.append("created", {"ref": save.put(b"scenario")}, words={"text": "x"})
        with Save.open(tmp_path / name, salts=open_salts) as save:
            save.append("note", {"half": 0.5}, words={"text": "y"})
            heads.add(save.head())
    assert len(heads) == 1


def test_threads_take_turns(path: Path) -> None:
    with Save.create(path) as save:

        def write(name: str) -> None:
            for n in range(20):
                with save.transaction():
                    save.append("first", {"of": name, "n": n})
                    save.append("second", {"of": name, "n": n})
                assert len(list(save.read())) % 2 == 0

        threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        entries = list(save.read())
        assert len(entries) == 120
        for first, second in zip(entries[::2], entries[1::2], strict=True):
            assert (first.kind, second.kind) == ("first", "second")
            assert first.body == second.body
        assert check_journal(save) is None


# --- Withdrawn texts ------------------------------------------------------------------------


def traces(path: Path, text: str) -> list[str]:
    """The files in which a text can be found, read by another process."""
    code = (
        "import pathlib, sys\n"
        "for part in pathlib.Path(sys.argv[1]).iterdir():\n"
        "    if sys.argv[2].encode() in part.read_bytes(): print(part.name)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(path.parent), text],
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.split()


def typed(n: int) -> str:
    return f"the typed text number {n} " * (n % 40 + 1)


def test_a_withdrawn_text_is_nowhere_in_the_files_while_the_exercise_goes_on(path: Path) -> None:
    with Save.create(path) as save:
        for n in range(0, 300, 2):
            save.append("message", {}, words={"text": typed(n)})
        salt = save.entry(50).salts["text"]
        assert salt is not None
        assert traces(path, "number 98 ")
        assert traces(path, salt)
        with save.transaction():
            save.withdraw(50, "text", "control", "classified")
            save.append("note", {})
        assert not traces(path, "number 98 ")
        assert not traces(path, salt)
        assert traces(path, "number 96 ")
        assert check_journal(save) is None
    assert not traces(path, "number 98 ")


def test_a_text_withdrawn_while_somebody_reads_is_gone_after_closing(path: Path) -> None:
    with Save.create(path) as save:
        save.append("message", {}, words={"text": "the typed text"})
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM words").fetchall()
            save.withdraw(1, "text", "control", "")
            assert save.entry(1).words == {"text": None}
            save.append("note", {})
        assert check_journal(save) is None
        assert chores(path)
    assert not traces(path, "the typed text")
    assert not chores(path)


def test_no_page_keeps_an_old_copy_of_a_withdrawn_text(path: Path) -> None:
    some = random.Random(0)
    gone = some.sample(range(1, 301), 100)
    with Save.create(path) as save:
        for n in range(1, 301):  # texts of many sizes, so that pages were split and filled again
            keys = some.sample("abcdef", 3)
            save.append("message", {}, words=dict.fromkeys(keys, typed(n)))
        with save.transaction():
            for n in gone:
                for key in save.entry(n).words:
                    save.withdraw(n, key, "control", "")
        out = "import pathlib, sys; sys.stdout.buffer.write(pathlib.Path(sys.argv[1]).read_bytes())"
        command = [sys.executable, "-c", out, str(path)]
        content = subprocess.run(command, capture_output=True, check=True).stdout
        assert [n for n in gone if f"number {n} ".encode() in content] == []
        assert not chores(path)
        assert check_journal(save) is None


def chores(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        return db.execute("SELECT name FROM chores").fetchall()


@posix
def test_a_text_withdrawn_just_before_a_kill_is_gone_after_the_next_start(path: Path) -> None:
    code = (
        "import os, sys\n"
        "from exercise.save import savefile\n"
        "from exercise.save.store import Save\n"
        "save = Save.create(sys.argv[1])\n"
        "save.append('message', {}, words={'text': 'the typed text'})\n"
        "savefile.scrub = lambda db: os.kill(os.getpid(), 9)\n"
        "save.withdraw(1, 'text', 'control', '')\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], check=False, cwd=ROOT)
    assert run.returncode == -signal.SIGKILL
    assert traces(path, "the typed text")
    with Save.open(path) as save:
        assert save.entry(1).words == {"text": None}
        assert not traces(path, "the typed text")
        assert check_journal(save) is None


# --- Tampering ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET body = '{\"n\":9}' WHERE seq = 2",
        "UPDATE entries SET kind = 'ruling' WHERE seq = 2",
        "UPDATE entries SET branch = 'b' WHERE seq = 2",
        "UPDATE entries SET seq = 99 WHERE seq = 2",
        "UPDATE words SET text = 'other' WHERE seq = 2",
        "UPDATE words SET text = NULL, salt = NULL WHERE seq = 2",
        "DELETE FROM words WHERE seq = 2",
        "DELETE FROM entries WHERE seq = 2",
        "UPDATE branches SET fork_seq = 1 WHERE name = 'b'",
        "UPDATE branches SET parent = 'b' WHERE name = 'main'",
        "UPDATE branches SET parent = 'nowhere' WHERE name = 'b'",
        "DELETE FROM branches WHERE name = 'b'",
        "UPDATE blobs SET data = x'00'",
        "UPDATE blobs SET data = 'text'",
        "UPDATE blobs SET size = 1",
        "DELETE FROM blobs",
    ],
)
def test_what_was_changed_behind_our_back_is_found(path: Path, change: str) -> None:
    with Save.create(path) as save:
        save.append("created", {"ref": save.put(b"scenario" * 99)})
        for n in range(3):
            save.append("note", {"n": n}, words={"text": f"said {n}"})
        save.fork("b", MAIN, 2)
        save.append("note", {}, branch="b")
        save.append("note", {})
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute(change).rowcount
    with Save.open(path, write=False) as view:
        try:
            fault = str(check_journal(view) or "")
        except SaveError as error:
            fault = error.message
        assert fault


def test_a_block_that_would_unpack_without_end_is_not_unpacked(path: Path) -> None:
    with Save.create(path) as save:
        ref = save.put(b"small")
    with closing(sqlite3.connect(path)) as db, db:
        bomb = zlib.compress(bytes(50_000_000))
        db.execute("UPDATE blobs SET data = ?", (bomb,))
    with Save.open(path, write=False) as view, pytest.raises(SaveError, match="not what it was"):
        view.get(ref)


# --- Listing --------------------------------------------------------------------------------


def test_a_listing_tells_what_each_save_is_or_what_is_wrong_with_it(tmp_path: Path) -> None:
    with Save.create(tmp_path / "b.exercise") as save:
        save.describe({"title": "Baltic", "turn": 2, "branches": ["main"]})
    shutil.copy(tmp_path / "b.exercise", tmp_path / "other name")
    (tmp_path / "a.exercise").write_text("not a save")
    (tmp_path / "README.md").write_text("words")
    (tmp_path / "folder").mkdir()
    with Save.create(tmp_path / "c.exercise") as live:
        live.describe({"title": "Live"})
        found = saves(tmp_path)
    assert [info.path.name for info in found] == [
        "a.exercise",
        "b.exercise",
        "c.exercise",
        "other name",
    ]
    assert found[0].about == {}
    assert "is not a save" in found[0].problem
    assert found[1].about == {"title": "Baltic", "turn": 2, "branches": ["main"]}
    assert found[2] == SaveInfo(tmp_path / "c.exercise", {"title": "Live"})
    assert found[3].about == found[1].about


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="cannot be listed"):
        saves(tmp_path / "none")


def test_a_save_opened_again_forgets_what_it_told_and_what_lay_aside(path: Path) -> None:
    with Save.create(path) as save:
        save.describe({"title": "A", "turn": 1})
        save.lay_aside("draft:birk", {"turn": 1})
    with Save.open(path) as save:
        assert save.aside() == {"draft:birk": {"turn": 1}}
        save.describe({"turn": 2})
        save.lay_aside("draft:birk", None)
        assert save.aside() == {}
        with suppress(SaveError), save.transaction():
            save.describe({"turn": 3})
            save.lay_aside("draft:moor", {"turn": 3})
            save.entry(9)
        assert save.aside() == {}
        save.lay_aside("draft:dorvik", {"turn": 2})
        save.describe({"turn": 3})
        save.describe({"turn": 2})
    with Save.open(path, write=False) as view:
        assert view.about() == {"turn": 2}
        assert view.aside() == {"draft:dorvik": {"turn": 2}}
