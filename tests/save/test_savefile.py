"""The save as a file: its header, its formats, and what people open by mistake."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from exercise.errors import SaveError
from exercise.save import savefile, store
from exercise.save.journal import check_journal
from exercise.save.savefile import APPLICATION, MIGRATIONS, Migration
from exercise.save.store import Save, saves


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A save of some entries, closed."""
    path = tmp_path / "a.exercise"
    with Save.create(path) as save:
        for n in range(40):
            save.append("note", {"n": n, "pad": "x" * 500}, words={"text": f"said {n}"})
        save.describe({"title": "A"})
    return path


def refused(path: Path, *, write: bool) -> str:
    with pytest.raises(SaveError) as caught:
        Save.open(path, write=write)
    assert str(path) in caught.value.message
    assert "\n" not in caught.value.message
    assert not list(path.parent.glob("*.lock"))
    return caught.value.message


both = pytest.mark.parametrize("write", [True, False])


@both
def test_a_missing_file_is_refused_and_not_made(tmp_path: Path, write: bool) -> None:
    assert "no such file" in refused(tmp_path / "none", write=write)
    assert list(tmp_path.iterdir()) == []


@both
def test_a_folder_is_refused(tmp_path: Path, write: bool) -> None:
    (tmp_path / "folder").mkdir()
    assert "is not a file" in refused(tmp_path / "folder", write=write)


@both
def test_a_path_through_a_file_is_refused(path: Path, write: bool) -> None:
    assert "cannot be opened" in refused(path / "x", write=write)


@both
@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "is empty"), (b"title: a scenario\n", "not a save"), (b"\x00" * 5000, "not a save")],
)
def test_other_files_are_refused_and_left_alone(
    tmp_path: Path, content: bytes, why: str, write: bool
) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    assert why in refused(path, write=write)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@both
def test_a_database_of_another_program_is_refused_and_left_alone(
    tmp_path: Path, write: bool
) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE entries (seq)")
    content = path.read_bytes()
    assert "another program" in refused(path, write=write)
    assert path.read_bytes() == content


@both
def test_a_format_from_the_future_is_refused_and_left_alone(path: Path, write: bool) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 999")
    content = path.read_bytes()
    assert "format 999" in refused(path, write=write)
    assert path.read_bytes() == content


def test_damaged_pages_are_refused_for_writing_and_never_a_traceback(path: Path) -> None:
    content = bytearray(path.read_bytes())
    found = set()
    for place in range(4096, len(content), 4096):
        broken = bytearray(content)
        broken[place : place + 2048] = b"\xa5" * 2048
        path.write_bytes(broken)
        found.add("damaged" in refused(path, write=True))
        try:
            with Save.open(path, write=False) as view:
                found.add(check_journal(view) is not None or bool(view.branches()))
        except SaveError as error:
            found.add("damaged" in error.message)
    assert found == {True}


@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_file_cut_short_is_refused(path: Path, part: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    assert "damaged" in refused(path, write=True)


def test_a_body_that_is_not_json_is_an_error_with_its_place(path: Path) -> None:
    for body in ("{", "[1]", "[" * 100_000):
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE entries SET body = ? WHERE seq = 3", (body,))
        with Save.open(path) as save:
            with pytest.raises(SaveError, match="damaged"):
                save.entry(3)
            assert save.entry(4).seq == 4


def test_the_header_says_whose_file_it_is_and_only_the_owner_reads_it(path: Path) -> None:
    assert int.from_bytes(path.read_bytes()[68:72], "big") == APPLICATION
    with Save.open(path) as save:
        save.append("note", {})
        for part in path.parent.iterdir():
            assert stat.S_IMODE(part.stat().st_mode) == 0o600, part
    assert [part.name for part in path.parent.iterdir()] == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_tables_are_the_ones_the_migrations_make(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        for table in store.TABLES.sorted_tables:
            columns = [
                (name, kind, bool(key))
                for _, name, kind, _, _, key in db.execute(f"PRAGMA table_info({table.name})")
            ]
            assert columns == [
                (column.name, str(column.type), column.primary_key) for column in table.columns
            ]


def test_one_entry_is_found_without_reading_the_others(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        for query in (store.BY_SEQ, store.OWN, store.LAST_DIGEST, store.LAST_POINTER):
            plan = db.execute(f"EXPLAIN QUERY PLAN {query}", _anything(str(query))).fetchall()
            assert not [row for row in plan if row[3] == "SCAN entries"], plan
            assert not [row for row in plan if "TEMP B-TREE" in row[3]], plan


def _anything(query: str) -> dict[str, int]:
    return {word.strip("():,").lstrip(":"): 1 for word in query.split() if ":" in word}


# --- Formats --------------------------------------------------------------------------------


def _add_colour(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE branches ADD COLUMN colour TEXT")
    db.execute("UPDATE branches SET colour = 'blue'")


def _fail_half_way(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE branches ADD COLUMN size TEXT")
    db.execute("UPDATE nowhere SET size = 1")


def test_an_older_format_is_raised_when_opened_for_writing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(savefile, "MIGRATIONS", (*MIGRATIONS, Migration("colour", _add_colour)))
    with Save.open(path) as save:
        assert check_journal(save) is None
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT name, colour FROM branches").fetchall() == [("main", "blue")]
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
    with Save.open(path) as save:
        assert save.about() == {"title": "A"}


def test_an_older_format_can_be_looked_at_without_being_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = path.read_bytes()
    monkeypatch.setattr(savefile, "MIGRATIONS", (*MIGRATIONS, Migration("colour", _add_colour)))
    with Save.open(path, write=False) as save:
        assert check_journal(save) is None
        assert save.about() == {"title": "A"}
    assert [info.about for info in saves(path.parent)] == [{"title": "A"}]
    assert path.read_bytes() == content


def test_a_migration_that_fails_leaves_the_save_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = (*MIGRATIONS, Migration("colour", _add_colour), Migration("sizes", _fail_half_way))
    monkeypatch.setattr(savefile, "MIGRATIONS", steps)
    message = refused(path, write=True)
    assert f"format {len(steps)} (sizes)" in message
    monkeypatch.undo()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
        columns = [row[1] for row in db.execute("PRAGMA table_info(branches)")]
    assert "colour" in columns
    assert "size" not in columns


# --- Disks ----------------------------------------------------------------------------------

FULL = """
import resource, signal, sys
from exercise.errors import SaveError
from exercise.save.journal import check_journal
from exercise.save.store import Save

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
save = Save.create(sys.argv[1])
for n in range(5):
    save.append("note", {"n": n})
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
try:
    with save.transaction():
        save.append("note", {"lost": True})
        for n in range(9):
            save.append("big", {"n": n, "pad": "x" * 100_000})
except SaveError as error:
    print(error.message)
print([entry.kind for entry in save.read()], check_journal(save))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
save.append("note", {"after": True})
save.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
def test_a_full_disk_loses_only_the_step_and_work_goes_on_after(tmp_path: Path) -> None:
    path = tmp_path / "a.exercise"
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert run.stderr == ""
    error, kinds = run.stdout.splitlines()
    assert "nothing of this step was kept" in error
    assert kinds == f"{['note'] * 5} None"
    with Save.open(path) as save:
        assert [entry.kind for entry in save.read()] == ["note"] * 6
        assert check_journal(save) is None


def as_somebody_else(folder: Path, path: Path) -> str:
    """What a user without rights reads from a save in a folder that cannot be written."""
    for part in folder.iterdir():
        part.chmod(0o444)
    folder.chmod(0o555)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            with Save.open(path, write=False) as view:
                text = f"{len(list(view.read()))} {check_journal(view)}"
        except BaseException as error:
            text = repr(error)
        os.write(writer, text.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    folder.chmod(0o755)
    return text


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX rights")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.parametrize("log_mode", [False, True])
def test_a_save_in_a_folder_that_cannot_be_written_can_be_looked_at(log_mode: bool) -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        path = Path(name, "a.exercise")
        with Save.create(path) as save:
            save.append("note", {}, words={"text": "said"})
        if log_mode:  # as after a close while somebody was looking
            with closing(sqlite3.connect(path)) as db:
                db.execute("PRAGMA journal_mode = WAL")
        content = path.read_bytes()
        assert as_somebody_else(path.parent, path) == "1 None"
        assert path.read_bytes() == content
        assert [part.name for part in path.parent.iterdir()] == [path.name]


def test_a_host_writes_ahead_and_waits_for_the_disk(path: Path) -> None:
    with closing(savefile.open_for_host(path)) as db:
        modes = [
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete")
        ]
    full = 2
    assert modes == ["wal", full, 1]
