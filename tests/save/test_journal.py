"""What every journal does, in memory and on disk."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercise.errors import SaveError
from exercise.save.chain import blob_ref
from exercise.save.journal import (
    GENESIS,
    MAIN,
    Entry,
    Journal,
    MemoryJournal,
    check_chain,
    check_journal,
    open_salts,
)
from exercise.save.store import Save


@pytest.fixture(params=["memory", "file"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    if request.param == "memory":
        yield MemoryJournal(open_salts)
    else:
        with Save.create(tmp_path / "a.exercise", salts=open_salts) as save:
            yield save


def kinds(journal: Journal, branch: str = MAIN) -> list[str]:
    return [entry.kind for entry in journal.read(branch)]


def state(journal: Journal) -> object:
    """All that can be seen of a journal."""
    lines = {name: list(journal.read(name)) for name in journal.branches()}
    return lines, dict(journal.branches()), journal.main_line(), journal.about()


def test_an_empty_journal_has_a_main_branch_and_a_head(journal: Journal) -> None:
    assert list(journal.read()) == []
    assert journal.head() == GENESIS
    assert list(journal.branches()) == [MAIN]
    assert journal.main_line() == MAIN
    assert journal.about() == {}
    assert check_journal(journal) is None


def test_entries_come_back_in_order_as_they_were_written(journal: Journal) -> None:
    words = {"text": "we object\x00 [/b] ☂", "because": ""}
    first = journal.append("created", {"title": "A", "of": (1, 2.5, None, True)})
    second = journal.append("message", {"to": ["x"]}, words=words)
    assert [first, second] == list(journal.read())
    assert (first.seq, second.seq) == (1, 2)
    assert first.body == {"title": "A", "of": [1, 2.5, None, True]}
    assert second.words == words
    assert journal.entry(2) == second
    assert journal.head() == second.digest
    assert list(journal.read(since=1)) == [second]
    assert list(journal.read(kinds=["message"])) == [second]
    assert list(journal.read(kinds=[])) == []


@pytest.mark.parametrize("seq", [0, -1, 2, 10**30])
def test_an_entry_that_is_not_there_is_refused(journal: Journal, seq: int) -> None:
    journal.append("note", {})
    with pytest.raises(SaveError, match="no entry"):
        journal.entry(seq)


def test_what_a_caller_does_to_a_body_afterwards_changes_nothing(journal: Journal) -> None:
    body = {"list": [1]}
    written = journal.append("note", body, words={"text": "said"})
    body["list"].append(2)
    for seen in (written, journal.entry(1)):
        seen.body["list"].append(3)  # type: ignore[union-attr]
        seen.words["text"] = "other"  # type: ignore[index]
        seen.marks["more"] = "x"  # type: ignore[index]
    assert journal.entry(1).body == {"list": [1]}
    assert journal.entry(1).words == {"text": "said"}
    assert check_journal(journal) is None


def test_a_text_that_is_not_unicode_is_refused_and_leaves_nothing(journal: Journal) -> None:
    with pytest.raises(SaveError, match="valid Unicode"):
        journal.append("message", {}, words={"text": "caf\udce9"})
    assert kinds(journal) == []


def test_a_long_journal_is_read_whole(journal: Journal) -> None:
    with journal.transaction():
        journal.fork("b", MAIN, 0)
        for n in range(700):
            journal.append("note", {"n": n}, words={"text": str(n)} if n % 3 else None)
            journal.append("note", {"n": -n}, branch="b")
    assert [entry.body["n"] for entry in journal.read()] == list(range(700))
    assert [entry.seq for entry in journal.read(since=1300)] == list(range(1302, 1402, 2))
    assert check_journal(journal) is None


# --- Branches -------------------------------------------------------------------------------


def test_a_branch_goes_on_from_where_it_left(journal: Journal) -> None:
    for n in range(3):
        journal.append("note", {"n": n})
    early = journal.entry(2).digest
    journal.fork("what-if", MAIN, 2)
    journal.append("note", {"n": "other"}, branch="what-if")
    journal.append("note", {"n": 3})
    assert [entry.seq for entry in journal.read("what-if")] == [1, 2, 4, 5]
    assert [entry.seq for entry in journal.read()] == [1, 2, 3, 6]
    assert [entry.seq for entry in journal.read("what-if", since=2)] == [4, 5]
    assert journal.entry(4).kind == "branch"
    assert check_chain(journal.read("what-if")) is None
    assert check_journal(journal, head=early) is None
    info = journal.branches()["what-if"]
    assert (info.parent, info.fork_seq, info.head) == (MAIN, 2, journal.head("what-if"))


def test_a_branch_of_a_branch_may_leave_from_before_its_parent_did(journal: Journal) -> None:
    for n in range(4):
        journal.append("note", {"n": n})
    journal.fork("b", MAIN, 3)
    journal.append("note", {}, branch="b")
    journal.fork("c", "b", 2)
    journal.fork("d", "b", 6)
    journal.fork("e", MAIN, 0)
    assert [entry.seq for entry in journal.read("c")] == [1, 2, 7]
    assert [entry.seq for entry in journal.read("d")] == [1, 2, 3, 5, 6, 8]
    assert [entry.seq for entry in journal.read("e")] == [9]
    for name in journal.branches():
        assert check_chain(journal.read(name)) is None
    assert check_journal(journal) is None


@pytest.mark.parametrize(
    ("name", "parent", "at", "why"),
    [
        ("main", MAIN, 1, "there is one already"),
        ("", MAIN, 1, "empty"),
        ("x", "nowhere", 1, "no branch 'nowhere'"),
        ("x", MAIN, 9, "no entry 9"),
        ("x", MAIN, 3, "not on branch 'main'"),
        ("x", "b", 2, "not on branch 'b'"),
    ],
)
def test_a_branch_that_cannot_be_is_refused_and_leaves_nothing(
    journal: Journal, name: str, parent: str, at: int, why: str
) -> None:
    journal.append("note", {})
    journal.append("note", {})
    journal.fork("b", MAIN, 1)
    before = state(journal)
    with pytest.raises(SaveError, match=why):
        journal.fork(name, parent, at)
    assert state(journal) == before


def test_an_unknown_branch_is_refused_at_once(journal: Journal) -> None:
    with pytest.raises(SaveError, match="no branch 'x'"):
        journal.read("x")
    with pytest.raises(SaveError, match="no branch 'x'"):
        journal.append("note", {}, branch="x")
    with pytest.raises(SaveError, match="no branch 'x'"):
        journal.head("x")


def test_the_main_line_is_the_last_one_pointed_to(journal: Journal) -> None:
    journal.append("note", {})
    journal.fork("b", MAIN, 1)
    assert journal.point_main("b").branch == "b"
    assert journal.main_line() == "b"
    journal.point_main(MAIN)
    assert journal.main_line() == MAIN
    assert check_journal(journal) is None


# --- Words ----------------------------------------------------------------------------------


def test_a_withdrawn_text_is_gone_and_the_journal_still_verifies(journal: Journal) -> None:
    entry = journal.append("message", {"to": "all"}, words={"text": "secret", "copy": "stays"})
    head = journal.head()
    tombstone = journal.withdraw(1, "text", "control", "classified by mistake")
    seen = journal.entry(1)
    assert seen.words == {"copy": "stays", "text": None}
    assert seen.salts["text"] is None
    assert (seen.digest, seen.marks) == (entry.digest, entry.marks)
    assert tombstone.kind == "withdrawn"
    assert tombstone.body == {"seq": 1, "key": "text", "by": "control"}
    assert tombstone.words == {"why": "classified by mistake"}
    assert check_journal(journal, head=head) is None
    journal.withdraw(2, "why", "control", "that too")
    assert check_journal(journal, head=head) is None


def test_a_text_withdrawn_on_the_parent_is_gone_from_the_branch(journal: Journal) -> None:
    journal.append("message", {}, words={"text": "secret"})
    journal.fork("b", MAIN, 1)
    journal.withdraw(1, "text", "control", "")
    assert next(iter(journal.read("b"))).words == {"text": None}
    assert check_chain(journal.read("b")) is None
    assert check_journal(journal) is None


def test_only_a_text_that_is_there_can_be_withdrawn(journal: Journal) -> None:
    journal.append("message", {}, words={"text": "secret"})
    with pytest.raises(SaveError, match="no typed text 'txt'"):
        journal.withdraw(1, "txt", "control", "")
    with pytest.raises(SaveError, match="no entry 2"):
        journal.withdraw(2, "text", "control", "")
    journal.withdraw(1, "text", "control", "")
    with pytest.raises(SaveError, match="withdrawn before"):
        journal.withdraw(1, "text", "control", "")
    assert kinds(journal) == ["message", "withdrawn"]


def test_a_withdrawal_that_failed_leaves_the_text(journal: Journal) -> None:
    journal.append("message", {}, words={"text": "said"})
    with pytest.raises(SaveError, match="valid Unicode"):
        journal.withdraw(1, "text", "control", "\udcff")
    assert journal.entry(1).words == {"text": "said"}
    assert check_journal(journal) is None


@pytest.mark.parametrize("make", [MemoryJournal, None])
def test_salts_are_secret_unless_asked_otherwise(
    make: Callable[[], Journal] | None, tmp_path: Path
) -> None:
    heads = set()
    for name in ("a", "b"):
        other = make() if make else Save.create(tmp_path / name)
        entry = other.append("message", {}, words={"text": "yes"})
        heads.add(entry.digest)
        assert len(bytes.fromhex(entry.salts["text"] or "")) == 16
        if isinstance(other, Save):
            other.close()
    assert len(heads) == 2


# --- Blocks, transactions, description ------------------------------------------------------


@pytest.mark.parametrize("blob", [b"", b"x" * 100_000, bytes(range(256)) * 50])
def test_a_block_comes_back_by_its_reference(journal: Journal, blob: bytes) -> None:
    ref = journal.put(blob)
    assert journal.put(blob) == ref
    assert journal.get(ref) == blob
    with pytest.raises(SaveError, match="missing"):
        journal.get("blob:" + "0" * 64)


def test_a_block_named_by_an_entry_and_missing_is_found(journal: Journal) -> None:
    journal.append("postings", {"of": [journal.put(b"there")]})
    assert check_journal(journal) is None
    journal.append("postings", {"of": ["blob:" + "0" * 64]})
    fault = check_journal(journal)
    assert fault is not None
    assert (fault.seq, "missing" in fault.why) == (2, True)


class BrokenError(Exception):
    """Something that goes wrong in the middle of a turn."""


def test_a_transaction_that_fails_leaves_nothing(journal: Journal) -> None:
    journal.append("message", {}, words={"text": "said"})
    journal.describe({"turn": 1})
    before = state(journal)

    def turn() -> None:
        with journal.transaction():
            journal.append("postings", {"ref": journal.put(b"b")}, words={"text": "typed"})
            journal.withdraw(1, "text", "control", "")
            journal.fork("b", MAIN, 1)
            journal.point_main("b")
            journal.describe({"turn": 2})
            assert kinds(journal, "b") == ["message", "branch", "head"]
            raise BrokenError

    with pytest.raises(BrokenError):
        turn()
    assert state(journal) == before
    with pytest.raises(SaveError, match="missing"):
        journal.get(blob_ref(b"b"))
    assert journal.append("note", {}).seq == 2
    assert check_journal(journal) is None


def test_an_inner_transaction_joins_the_outer_one(journal: Journal) -> None:
    def turn() -> None:
        with journal.transaction():
            with journal.transaction():
                journal.append("note", {})
            raise BrokenError

    with pytest.raises(BrokenError):
        turn()
    assert kinds(journal) == []
    with journal.transaction(), journal.transaction():
        journal.append("note", {})
    assert kinds(journal) == ["note"]


def test_when_an_inner_part_failed_the_whole_is_not_kept(journal: Journal) -> None:
    def turn() -> None:
        with journal.transaction():
            journal.append("note", {})
            with suppress(BrokenError), journal.transaction():
                journal.append("note", {})
                raise BrokenError
            journal.append("note", {})

    with pytest.raises(SaveError, match="a part of it failed"):
        turn()
    assert kinds(journal) == []
    journal.append("note", {})
    assert kinds(journal) == ["note"]


def test_a_description_is_replaced_whole(journal: Journal) -> None:
    journal.describe({"title": "A", "turn": 1})
    journal.describe({"title": "B", "branches": ["main", None]})
    assert journal.about() == {"title": "B", "branches": ["main", None]}
    with pytest.raises(SaveError):
        journal.describe({"title": {1}})  # type: ignore[dict-item]
    assert journal.about()["title"] == "B"


# --- Checks over a whole journal ------------------------------------------------------------


def written(last: int = 4) -> MemoryJournal:
    journal = MemoryJournal(open_salts)
    for n in range(last):
        journal.append("note", {"n": n}, words={"text": f"said {n}"})
        if n == 1:
            journal.fork("b", MAIN, 2)
    return journal


def test_a_head_noted_before_finds_a_journal_cut_short_or_rewritten() -> None:
    head = written().head()
    assert check_journal(written(), head=head) is None
    assert check_journal(written(6), head=head) is None
    fault = check_journal(written(3), head=head)
    assert fault is not None
    assert "cut short" in fault.why
    rewritten = MemoryJournal(open_salts)
    for _ in range(9):
        rewritten.append("note", {})
    assert check_journal(rewritten) is None
    assert check_journal(rewritten, head=head) is not None


@pytest.mark.parametrize("last", [0, 4])
def test_what_lies_before_the_first_entry_is_the_head_of_no_record(last: int) -> None:
    """Every record begins with it, so it would say of any shortened one that nothing is lost."""
    fault = check_journal(written(last), head=GENESIS)
    assert fault is not None
    assert fault.seq == written(last)._last_seq()
    assert "cut short" in fault.why


class Tampered(MemoryJournal):
    """A journal whose entries were changed behind its back."""

    def __init__(self, journal: MemoryJournal, change: Callable[[Entry], Entry | None]) -> None:
        super().__init__(open_salts)
        self.__dict__.update(vars(journal))
        self._change = change

    def _own(self, *place: object) -> Iterator[Entry]:
        changed = (self._change(entry) for entry in super()._own(*place))  # type: ignore[arg-type]
        return (entry for entry in changed if entry is not None)


def test_a_branch_removed_with_all_its_entries_is_found_by_its_gap() -> None:
    journal = Tampered(written(), lambda entry: None if entry.branch == "b" else entry)
    fault = check_journal(journal)
    assert fault is not None
    assert (fault.seq, fault.why) == (3, "missing: it was removed")


def test_a_text_deleted_without_a_withdrawal_is_found() -> None:
    def drop(entry: Entry) -> Entry:
        return attrs.evolve(entry, words=dict.fromkeys(entry.words)) if entry.seq == 2 else entry

    fault = check_journal(Tampered(written(), drop))
    assert fault is not None
    assert fault.seq == 2
    assert "no entry withdrew it" in fault.why


def test_a_fork_whose_place_was_removed_is_found() -> None:
    journal = Tampered(written(2), lambda entry: None if entry.seq == 2 else entry)
    fault = check_journal(journal)
    assert fault is not None
    assert "branch 'b' left from it" in fault.why


# --- Equal in memory and on disk ------------------------------------------------------------

names = st.sampled_from([MAIN, "a", "b"])
steps = st.one_of(
    st.tuples(st.just("append"), names, st.text("ab\x00é", max_size=3)),
    st.tuples(st.just("fork"), names, names, st.integers(0, 8)),
    st.tuples(st.just("point"), names),
    st.tuples(st.just("withdraw"), st.integers(1, 8)),
    st.tuples(st.just("put"), st.binary(max_size=3)),
    st.tuples(st.just("fail"), names),
    st.tuples(st.just("describe"), st.integers(0, 3)),
)


def play(journal: Journal, step: tuple[object, ...]) -> object:
    """Do one step; what comes of it, be it a refusal, as a value that can be compared."""
    match step:
        case ("append", str(branch), str(text)):
            return journal.append("note", {"t": text}, branch=branch, words={"w": text})
        case ("fork", str(name), str(parent), int(at)):
            return journal.fork(name, parent, at)
        case ("point", str(branch)):
            return journal.point_main(branch)
        case ("withdraw", int(seq)):
            return journal.withdraw(seq, "w", "control", "why")
        case ("put", bytes(blob)):
            return journal.get(journal.put(blob))
        case ("describe", int(turn)):
            journal.describe({"turn": turn})
            return journal.about()
        case ("fail", str(branch)):
            with journal.transaction():
                journal.append("note", {}, branch=branch)
                raise SaveError("on purpose")
    raise AssertionError(step)


@settings(max_examples=25, deadline=None)
@given(st.lists(steps, max_size=14))
def test_a_file_and_a_memory_journal_are_equal_step_by_step(
    history: list[tuple[object, ...]],
) -> None:
    memory = MemoryJournal(open_salts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.exercise")
        with Save.create(path, salts=open_salts) as save:
            for step in history:
                results = []
                for journal in (memory, save):
                    try:
                        results.append(play(journal, step))
                    except SaveError as error:
                        results.append(str(error))
                assert results[0] == results[1]
            assert state(save) == state(memory)
        with Save.open(path, write=False) as view:
            assert state(view) == state(memory)
            assert check_journal(view) is None


def test_the_journal_can_be_used_without_the_database_library() -> None:
    code = (
        "import sys, exercise.save.journal\n"
        "loaded = [name for name in ('sqlalchemy', 'sqlite3', 'textual') if name in sys.modules]\n"
        "assert not loaded, loaded"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_what_lies_aside_is_written_over_cleared_and_in_no_digest(journal: Journal) -> None:
    journal.append("note", {})
    head = journal.head()
    journal.lay_aside("b", {"n": 1})
    journal.lay_aside("a", {"n": [1, 2]})
    journal.lay_aside("b", {"n": 2})
    assert journal.aside() == {"a": {"n": [1, 2]}, "b": {"n": 2}}
    with suppress(ZeroDivisionError), journal.transaction():
        journal.lay_aside("a", None)
        journal.lay_aside("c", {})
        raise ZeroDivisionError
    assert list(journal.aside()) == ["a", "b"]
    journal.lay_aside("a", None)
    journal.lay_aside("none", None)
    assert list(journal.aside()) == ["b"]
    assert journal.head() == head
    assert check_journal(journal) is None


def test_a_withdrawn_text_is_taken_out_of_what_lies_aside(journal: Journal) -> None:
    journal.append("sealed", {}, words={"why": "a secret"})
    journal.lay_aside("draft", {"orders": [{"why": "a secret", "n": 1}, {"why": "another"}]})
    journal.withdraw(1, "why", "control", "by mistake")
    assert journal.aside() == {"draft": {"orders": [{"why": "", "n": 1}, {"why": "another"}]}}
