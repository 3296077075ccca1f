"""The save as a file: making, opening, closing it, its formats, and what can be wrong with it.

Plain `sqlite3`; what is in the tables is the business of `store`. The file says in its header
that it is ours (`application_id`) and of which format (`user_version`). A host works with a
write-ahead log; at rest the file is in rollback mode, so that it can be read from a folder or a
disk that cannot be written.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import attrs

from exercise.errors import SaveError

APPLICATION = 0x45584552  # "EXER"
PATIENCE = 5.0  # seconds to wait for the short lock of another reader
CHORES = "SELECT count(*) FROM chores"


@attrs.frozen
class Migration:
    """One step from a format to the next; the number of a format is its place in `MIGRATIONS`."""

    name: str
    change: Callable[[sqlite3.Connection], None]


def _journal_of_branches(db: sqlite3.Connection) -> None:
    for statement in (
        """CREATE TABLE entries (seq INTEGER PRIMARY KEY, branch TEXT NOT NULL,
           kind TEXT NOT NULL, body TEXT NOT NULL, digest TEXT NOT NULL)""",
        "CREATE INDEX entries_of_branch ON entries (branch, seq)",
        "CREATE INDEX entries_pointing ON entries (seq) WHERE kind = 'head'",
        """CREATE TABLE words (seq INTEGER NOT NULL, key TEXT NOT NULL, mark TEXT NOT NULL,
           salt TEXT, text TEXT, PRIMARY KEY (seq, key)) WITHOUT ROWID""",
        """CREATE TABLE branches (rank INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
           parent TEXT, fork_seq INTEGER NOT NULL)""",
        "INSERT INTO branches VALUES (1, 'main', NULL, 0)",
        "CREATE TABLE blobs (ref TEXT PRIMARY KEY, size INTEGER NOT NULL, data BLOB NOT NULL)",
        "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE chores (name TEXT PRIMARY KEY)",
    ):
        db.execute(statement)


def _drafts_beside_it(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE aside (place TEXT PRIMARY KEY, value TEXT NOT NULL)")


MIGRATIONS = (
    Migration("a journal of branches", _journal_of_branches),
    Migration("drafts beside the chain", _drafts_beside_it),
)


def create(path: Path) -> None:
    """Put a new, empty save in place, all at once: a killed process leaves what was there.

    The caller holds the lock. Raises `SaveError`.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.unlink(missing_ok=True)  # of a host killed in this very step
        os.close(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with explained(path), closing(_connect(fresh, "mode=rw")) as db:
            db.execute("PRAGMA synchronous = FULL")
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            migrate(path, db)
        for leftover in sidecars(path):  # else the old log would be read into the new save
            leftover.unlink(missing_ok=True)
        os.replace(fresh, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise SaveError(
            f"{path}: cannot be made: {error.strerror}", "choose a folder that can be written"
        ) from error


def open_for_host(path: Path) -> sqlite3.Connection:
    """A connection for the one writer, after checking the file and raising its format."""
    check_place(path)
    with explained(path):
        db = _connect(path, "mode=rw")
        try:
            _check_header(path, db)
            faults = [str(row[0]) for row in db.execute("PRAGMA quick_check(1)")]
            if faults != ["ok"]:
                raise _damaged(path, faults[0])
            db.execute("PRAGMA secure_delete = ON")  # what is withdrawn is overwritten
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA journal_mode = WAL")
            migrate(path, db)
            scrub(db)
        except BaseException:
            db.close()
            raise
    return db


def open_for_view(path: Path) -> sqlite3.Connection:
    """A connection that cannot write; an older format is raised in a copy in memory."""
    check_place(path)
    with explained(path):
        db = _connect_view(path)
        try:
            version = _check_header(path, db)
            if version < len(MIGRATIONS):
                copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
                with closing(db):
                    db.backup(copy)
                db = copy
                migrate(path, db)
            db.execute("PRAGMA query_only = ON")
        except BaseException:
            db.close()
            raise
    return db


def close_for_host(path: Path, db: sqlite3.Connection) -> None:
    """Bring everything into the one file. Where somebody is looking, the log may stay."""
    with explained(path), closing(db):
        if db.in_transaction:
            db.rollback()
        db.execute("PRAGMA busy_timeout = 0")
        scrub(db)
        try:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY":
                raise


def scrub(db: sqlite3.Connection) -> None:
    """Where a text was withdrawn, leave no trace of it: rewrite the file, empty the log.

    Not inside a transaction. What cannot be done now stays a chore: closing and opening try again.
    Until then the deleted bytes are zeroed, but copies of them may remain in the log.
    """
    if not db.execute(CHORES).fetchone()[0]:
        return
    patience = db.execute("PRAGMA busy_timeout").fetchone()[0]
    db.execute(f"PRAGMA busy_timeout = {min(patience, 100)}")  # ms: the room is waiting
    try:
        db.execute("VACUUM")
        busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:  # a reader in the way, no room for a second file
        return
    finally:
        db.execute(f"PRAGMA busy_timeout = {patience}")
    if not busy:
        db.execute("DELETE FROM chores")


def migrate(path: Path, db: sqlite3.Connection) -> None:
    """Raise the format step by step, each step and its number in one transaction."""
    done: int = db.execute("PRAGMA user_version").fetchone()[0]
    for version, migration in enumerate(MIGRATIONS[done:], start=done + 1):
        db.execute("BEGIN IMMEDIATE")
        try:
            migration.change(db)
            db.execute(f"PRAGMA user_version = {version}")
            db.commit()
        except sqlite3.Error as error:
            db.rollback()
            if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR")):
                raise explain(path, error) from error
            raise SaveError(
                f"{path}: format {version} ({migration.name}) could not be reached: {error}",
                f"the save is unchanged, of format {version - 1}",
            ) from error


def check_place(path: Path) -> None:
    """Refuse what is not a file with something in it."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise SaveError(
            f"{path}: there is no such file", "`exercise saves` lists the saves of a folder"
        ) from None
    except OSError as error:
        raise SaveError(f"{path}: cannot be opened: {error.strerror}") from error
    if not path.is_file():
        raise SaveError(f"{path}: is not a file", "give the name of a save")
    if size == 0:
        raise SaveError(f"{path}: is empty, not a save", "delete it, or take a backup copy")


def sidecars(path: Path) -> tuple[Path, ...]:
    """What SQLite may put beside a save."""
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite raises inside into a `SaveError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(path, error) from error


def explain(path: Path, error: BaseException | None) -> SaveError:
    """What an error of SQLite means for somebody with a save."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return SaveError(
            f"{path}: the disk is full; nothing of this step was kept",
            "make room and do it again; what was stored before is safe",
        )
    if name.startswith("SQLITE_IOERR"):
        return SaveError(
            f"{path}: the disk could not be read or written ({name}); nothing of this step was "
            "kept",
            "see whether there is room, and whether the disk is still there; then do it again",
        )
    if name == "SQLITE_NOTADB":
        return SaveError(f"{path}: is not a save", "give the name of a save")
    if name.startswith("SQLITE_CORRUPT") or "no such " in str(error):  # a table, a column
        return _damaged(path, str(error))
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return SaveError(
            f"{path}: this file or its folder cannot be read or written as needed ({error})",
            "copy it, with the -wal file beside it if there is one, to a folder of yours",
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return SaveError(f"{path}: another program keeps it locked", "end that program first")
    return SaveError(f"{path}: {error}")


def _damaged(path: Path, what: str) -> SaveError:
    return SaveError(
        f"{path}: the file is damaged ({what.splitlines()[-1]})",
        "take a backup copy; `sqlite3 FILE .recover` may save parts of this one",
    )


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.as_uri()}?{mode}",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,  # transactions begin where we say
        check_same_thread=False,  # `store` has a lock of its own
    )


def _connect_view(path: Path) -> sqlite3.Connection:
    db = _connect(path, "mode=ro")
    try:
        db.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError as error:
        db.close()
        wal = sidecars(path)[0]
        cannot_log = error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY"))
        if not cannot_log or (wal.exists() and wal.stat().st_size):
            raise
        # Left in log mode without a log, in a folder where none can be made: so it is at rest.
        db = _connect(path, "mode=ro&immutable=1")
    return db


def _check_header(path: Path, db: sqlite3.Connection) -> int:
    """The format; a file that is not ours, or from the future, is refused."""
    application: int = db.execute("PRAGMA application_id").fetchone()[0]
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION:
        raise SaveError(f"{path}: is a database of another program", "give the name of a save")
    if version > len(MIGRATIONS):
        raise SaveError(
            f"{path}: is of format {version}; this program knows up to {len(MIGRATIONS)}",
            "install a newer version of exercise",
        )
    return version


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
