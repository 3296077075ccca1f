"""The save: one SQLite file that is the whole exercise.

What holds:

- Killing any process at any time loses nothing that a finished `transaction` wrote, and leaves
  nothing of an unfinished one (write-ahead log, synchronous FULL).
- One host writes; a second is refused. Any number may look: at a save under way, in a folder
  that cannot be written, or of an older format.
- After a clean close the save is one file, of mode 0600. While somebody looks, a `-wal` file may
  stay beside it until the next clean close.
- A copy of the one file made while a host is writing holds the exercise up to the last
  checkpoint (about every 4 MB), and lacks what came after; copied together with its `-wal` file
  it lacks nothing. A copy made in the very moment of a checkpoint can be torn: opening it for
  writing, or `check_journal`, finds that. A head noted before tells whether a copy is complete.
- A withdrawn text is not left anywhere in the file: deleted bytes are zeroed and the file is
  rewritten. Copies and backups made before are out of reach, and so are the sectors of the disk.

This is the only module that knows SQLAlchemy.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Executable,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    StaticPool,
    Table,
    Text,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.dialects.sqlite import insert as insert_new
from sqlalchemy.exc import DBAPIError

from exercise.errors import SaveError
from exercise.save import savefile
from exercise.save.chain import (
    LARGEST_BLOB,
    blob_ref,
    canonical,
    new_ref,
    secret_salts,
    valid_text,
)
from exercise.save.journal import ChainedJournal, Entry, Json, Salts
from exercise.save.listing import SUFFIX, SaveInfo, loaded, saves
from exercise.save.lock import HostLock

__all__ = ["SUFFIX", "Save", "SaveInfo", "saves"]

PAGE = 256  # entries fetched at a time, so that a reader never holds up the host
LEVEL = 1  # of zlib: 0.3 ms for 130 KB of world, to 8%; level 6 takes three times as long for 6%

TABLES = MetaData()
ENTRIES = Table(
    "entries",
    TABLES,
    Column("seq", Integer, primary_key=True),
    Column("branch", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", Text, nullable=False),
)
WORDS = Table(
    "words",
    TABLES,
    Column("seq", Integer, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("mark", Text, nullable=False),
    Column("salt", Text),
    Column("text", Text),
)
BRANCHES = Table(
    "branches",
    TABLES,
    Column("rank", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("parent", Text),
    Column("fork_seq", Integer, nullable=False),
)
BLOBS = Table(
    "blobs",
    TABLES,
    Column("ref", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
ABOUT = Table(
    "about",
    TABLES,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
ASIDE = Table(
    "aside",
    TABLES,
    Column("place", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
CHORES = Table("chores", TABLES, Column("name", Text, primary_key=True))

BY_SEQ = select(ENTRIES).where(ENTRIES.c.seq == bindparam("seq"))
OWN = (
    select(ENTRIES)
    .where(
        ENTRIES.c.branch == bindparam("branch"),
        ENTRIES.c.seq > bindparam("since"),
        ENTRIES.c.seq <= bindparam("upto"),
    )
    .order_by(ENTRIES.c.seq)
    .limit(PAGE)
)
_WORDS_BETWEEN = select(WORDS).where(WORDS.c.seq.between(bindparam("low"), bindparam("high")))
LAST_DIGEST = (
    select(ENTRIES.c.digest)
    .where(ENTRIES.c.branch == bindparam("branch"), ENTRIES.c.seq <= bindparam("upto"))
    .order_by(ENTRIES.c.seq.desc())
    .limit(1)
)
LAST_POINTER = (
    select(ENTRIES.c.branch)
    .where(ENTRIES.c.kind == literal_column("'head'"))
    .order_by(ENTRIES.c.seq.desc())
    .limit(1)
)
BY_REF = select(BLOBS).where(BLOBS.c.ref == bindparam("ref"))

# What a commit writes goes to the driver as text: composed once, and columns in their order.


def _text(statement: Executable) -> str:
    return str(statement.compile(dialect=dialect()))  # type: ignore[attr-defined]


NEW_ENTRY, NEW_WORD = _text(insert(ENTRIES)), _text(insert(WORDS))
NEW_BLOB = _text(insert_new(BLOBS).on_conflict_do_nothing())
NEW_ABOUT, NEW_ASIDE = (_text(insert(t).prefix_with("OR REPLACE")) for t in (ABOUT, ASIDE))
NO_ABOUT = _text(delete(ABOUT))
NO_ASIDE = _text(delete(ASIDE).where(ASIDE.c.place == bindparam("place")))
_ALL = (1 << 63) - 1  # a number no entry reaches


class Save(ChainedJournal):
    """A journal in a file; make one with `create` or `open`, use it in a `with`, or close it.

    Threads may share it: a transaction keeps the others waiting. Errors are `SaveError`.
    """

    def __init__(
        self, path: Path, db: sqlite3.Connection, lock: HostLock | None, salts: Salts
    ) -> None:
        super().__init__(salts)
        self.path = path
        self._db = db
        self._host = lock
        self._turn = threading.RLock()
        self._doomed = False
        self._untidy = False
        self._told: dict[str, str] | None = None  # what `describe` stored, where that is known
        self._bare = False  # whether it is known that nothing lies aside
        self._engine = _engine(db, "BEGIN IMMEDIATE" if lock else "BEGIN")
        self._link: Connection | None = self._engine.connect()

    @classmethod
    def create(
        cls, path: str | Path, *, overwrite: bool = False, salts: Salts = secret_salts
    ) -> Save:
        """A new save. `overwrite` replaces an old save, and never anything else."""
        path = Path(os.path.realpath(path))
        if not path.parent.is_dir():
            raise SaveError(f"{path}: there is no folder {path.parent}", "make the folder first")
        if path.exists() and not overwrite:
            raise SaveError(f"{path}: exists already", "choose another name")
        lock = HostLock(path)
        try:
            if path.exists():
                savefile.open_for_view(path).close()  # raises unless it is a save
            savefile.create(path)
            return cls(path, savefile.open_for_host(path), lock, salts)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: str | Path, *, write: bool = True, salts: Salts = secret_salts) -> Save:
        """A save to go on with, or with `write=False` to look at, whoever is writing it."""
        path = Path(os.path.realpath(path))
        if not write:
            return cls(path, savefile.open_for_view(path), None, salts)
        savefile.check_place(path)
        lock = HostLock(path)
        try:
            return cls(path, savefile.open_for_host(path), lock, salts)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Bring everything into the one file and let the next host in; twice does no harm."""
        with self._turn:
            link, self._link = self._link, None
            if link is None:
                return
            try:
                link.close()
                if self._host is not None:
                    savefile.close_for_host(self.path, self._db)
            finally:
                self._engine.dispose()  # closes the connection below
                if self._host is not None:
                    self._host.release()

    def __enter__(self) -> Save:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See `Journal.transaction`."""
        with self._turn:
            if self._host is None:
                raise SaveError(f"{self.path}: was opened to look at", "open it for writing")
            link = self._connection()
            if link.in_transaction():
                try:
                    yield
                except BaseException:
                    self._doomed = True
                    raise
                return
            self._doomed = self._untidy = False
            with self._explained():
                whole = link.begin()
            try:
                yield
                if self._doomed:
                    raise SaveError("nothing of this step was kept: a part of it failed")
                with self._explained():
                    whole.commit()
            except BaseException:
                self._forget_tips()
                self._told, self._bare = None, False
                with self._explained():
                    whole.rollback()
                    self._db.rollback()  # SQLAlchemy leaves open what failed to commit
                raise
            if self._untidy:
                with self._explained():
                    savefile.scrub(self._db)

    def entry(self, seq: int) -> Entry:
        """See `Journal.entry`."""
        with self._inside() as link:
            rows = link.execute(BY_SEQ, {"seq": seq}).all() if 0 < seq < _ALL else []
            if not rows:
                raise SaveError(f"there is no entry {seq}", f"the last one is {self._last_seq()}")
            return self._entries(link, rows)[0]

    def put(self, blob: bytes) -> str:
        """See `Journal.put`."""
        ref = new_ref(blob)
        with self.transaction(), self._inside() as link:
            link.exec_driver_sql(NEW_BLOB, (ref, len(blob), zlib.compress(blob, LEVEL)))
        return ref

    def get(self, ref: str) -> bytes:
        """See `Journal.get`."""
        with self._inside() as link:
            row = link.execute(BY_REF, {"ref": ref}).first()
        if row is None:
            raise SaveError(f"the block {ref!r} is missing")
        try:
            blob = zlib.decompressobj().decompress(row.data, min(row.size, LARGEST_BLOB) + 1)
        except (zlib.error, TypeError):
            blob = b""
        if blob_ref(blob) != ref:
            raise SaveError(f"the block {ref!r} is not what it was: changed or damaged")
        return blob

    def describe(self, about: Mapping[str, Json]) -> None:
        """See `Journal.describe`."""
        plain = json.loads(canonical(about))
        told = {key: json.dumps(item) for key, item in plain.items()}
        with self.transaction(), self._inside() as link:
            if self._told is None or self._told.keys() != told.keys():
                self._told = {}
                link.exec_driver_sql(NO_ABOUT)
            news = sorted(told.items() - self._told.items())
            if news:
                link.exec_driver_sql(NEW_ABOUT, news)
            self._told = told

    def about(self) -> Mapping[str, Json]:
        """See `Journal.about`."""
        with self._inside() as link:
            rows = link.execute(select(ABOUT).order_by(ABOUT.c.key)).all()
        return {row.key: loaded(self.path, row.value) for row in rows}

    def lay_aside(self, place: str, body: Mapping[str, Json] | None) -> None:
        """See `Journal.lay_aside`."""
        with self.transaction(), self._inside() as link:
            if body is None:
                link.exec_driver_sql(NO_ASIDE, (place,))
            else:
                self._bare = False
                row = valid_text(place, "a place"), canonical(body)
                link.exec_driver_sql(NEW_ASIDE, row)

    def aside(self) -> Mapping[str, Mapping[str, Json]]:
        """See `Journal.aside`."""
        if self._bare:
            return {}
        with self._inside() as link:
            rows = link.execute(select(ASIDE).order_by(ASIDE.c.place)).all()
            self._bare = not rows and self._host is not None
        found = {}
        for row in rows:
            body = loaded(self.path, row.value)
            if not isinstance(body, Mapping):
                raise SaveError(
                    f"{self.path}: is damaged: what lies at {row.place!r} is no mapping"
                )
            found[row.place] = body
        return found

    def _own(
        self, branch: str, since: int, upto: int | None, kinds: Collection[str] | None
    ) -> Iterator[Entry]:
        page = OWN if kinds is None else OWN.where(ENTRIES.c.kind.in_(sorted(kinds)))
        place = {"branch": branch, "since": since, "upto": _ALL if upto is None else upto}
        while True:
            with self._inside() as link:
                rows = link.execute(page, place).all()
                entries = self._entries(link, rows)
            yield from entries
            if len(rows) < PAGE:
                return
            place["since"] = entries[-1].seq

    def _entries(self, link: Connection, rows: Sequence[Row[Any]]) -> list[Entry]:
        """Rows of the entries table, in order of number, with their typed texts."""
        if not rows:
            return []
        span = {"low": rows[0].seq, "high": rows[-1].seq}
        typed: dict[int, list[Row[Any]]] = {}
        for word in link.execute(_WORDS_BETWEEN, span):
            typed.setdefault(word.seq, []).append(word)
        entries = []
        for row in rows:
            words = typed.get(row.seq, [])
            body = loaded(self.path, row.body)
            if not isinstance(body, Mapping):
                raise SaveError(f"{self.path}: entry {row.seq} is damaged: its body is no mapping")
            entries.append(
                Entry(
                    row.seq,
                    row.branch,
                    row.kind,
                    body,
                    {word.key: word.text for word in words},
                    row.digest,
                    {word.key: word.mark for word in words},
                    {word.key: word.salt for word in words},
                )
            )
        return entries

    def _last_seq(self) -> int:
        with self._inside() as link:
            return link.execute(select(func.max(ENTRIES.c.seq))).scalar() or 0

    def _last_digest(self, branch: str, upto: int | None) -> str | None:
        place = {"branch": branch, "upto": _ALL if upto is None else upto}
        with self._inside() as link:
            return link.execute(LAST_DIGEST, place).scalar()

    def _last_pointer(self) -> str | None:
        with self._inside() as link:
            return link.execute(LAST_POINTER).scalar()

    def _forks(self) -> Mapping[str, tuple[str | None, int]]:
        with self._inside() as link:
            rows = link.execute(select(BRANCHES).order_by(BRANCHES.c.rank)).all()
        return {row.name: (row.parent, row.fork_seq) for row in rows}

    def _store(self, entry: Entry, body: str) -> None:
        with self._inside() as link:
            row = entry.seq, entry.branch, entry.kind, body, entry.digest
            link.exec_driver_sql(NEW_ENTRY, row)
            words = [
                (entry.seq, key, entry.marks[key], entry.salts[key], text)
                for key, text in entry.words.items()
            ]
            if words:
                link.exec_driver_sql(NEW_WORD, words)

    def _store_fork(self, name: str, parent: str, at_seq: int) -> None:
        with self._inside() as link:
            link.execute(insert(BRANCHES), {"name": name, "parent": parent, "fork_seq": at_seq})

    def _erase(self, seq: int, key: str) -> None:
        word = (WORDS.c.seq == seq) & (WORDS.c.key == key)
        with self._inside() as link:
            link.execute(update(WORDS).where(word).values(salt=None, text=None))
            link.execute(insert_new(CHORES).values(name="scrub").on_conflict_do_nothing())
        self._untidy = True

    def _connection(self) -> Connection:
        if self._link is None:
            raise SaveError(f"{self.path}: is closed")
        return self._link

    @contextmanager
    def _inside(self) -> Iterator[Connection]:
        """The connection in a transaction: the one under way, or a short one for a reading."""
        with self._turn, self._explained():
            link = self._connection()
            if link.in_transaction():
                yield link
            else:
                with link.begin():
                    yield link

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise savefile.explain(self.path, error.orig) from error
        except sqlite3.Error as error:
            raise savefile.explain(self.path, error) from error


def _engine(db: sqlite3.Connection, begin: str) -> Engine:
    """An engine over one open connection; each transaction begins with `begin`."""
    engine = create_engine("sqlite://", creator=lambda: db, poolclass=StaticPool)

    def _begin(link: Connection) -> None:
        link.exec_driver_sql(begin)

    event.listen(engine, "begin", _begin)
    return engine
