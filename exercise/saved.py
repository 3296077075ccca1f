"""An exercise and its save: how one is begun, taken up again, looked at.

A journal begins with `created`: the scenario's text, the catalog that viewing needs, the opening
world, and the luck. The luck of a sealed game lies beside the chain, whose digest commits to it.
Each turn adds what was decided as it happened, and one `published` entry from which the turn can
be shown without rules, and played again with them.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import struct
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, overload

import attrs

from exercise import __version__, engine, eyes, rules, sight
from exercise.drafts import kept_drafts
from exercise.engine.declare import Rule
from exercise.engine.dice import ALGORITHM, Dice
from exercise.engine.ruleset import Ruleset
from exercise.engine.turn import Ruling
from exercise.engine.world import World
from exercise.errors import SaveError, ScenarioError
from exercise.luck import created_of, dice_of
from exercise.record import (
    WITHDRAWN,
    Catalog,
    Message,
    Record,
    TurnRecord,
    in_rows,
)
from exercise.room.letters import message_of
from exercise.room.notes import Notes
from exercise.room.schedule import Schedule
from exercise.save.journal import MAIN, Entry, Journal
from exercise.save.packing import Bound, Packed, unpack_turn
from exercise.scenario import closures, injects
from exercise.scenario.compile import Exercise
from exercise.scenario.facts import facts_of
from exercise.scenario.load import load_text
from exercise.seats import Seating
from exercise.session import Session

# begun


def create(
    exercise: Exercise,
    journal: Journal,
    *,
    seed: int | None = None,
    game: int = 0,
    luck: bytes | None = None,
    people: Iterable[str] = (),
    desk: Iterable[str] = (),
    explain: bool = True,
) -> Session:
    """A new exercise on an empty journal, its first turn open.

    `seed` makes its luck an open one; else `luck` is 256 random bits that the caller drew.
    """
    seating = Seating.of(exercise.scenario, exercise.ruleset.roster, people, desk)
    dice = Dice.seeded(seed or 0, [game]) if luck is None else Dice(luck, [game])
    session = Session(exercise, seating, dice, journal, explain=explain)
    opening = session.record.last.after
    body = {
        "scenario": exercise.name,
        "title": exercise.scenario.title,
        "rhythm": exercise.rhythm,
        "source": journal.put(exercise.source.encode()),
        "facts": journal.put(_json(facts_of(exercise))),
        "catalog": journal.put(_json(session.record.catalog.to_data())),
        "opening": journal.put(opening.pack()),
        "commitment": dice.commitment(),
        "seed": seed if luck is None else None,
        "game": game,
        "dice": ALGORITHM,
        "rules": rules_hash(exercise.ruleset),
        "engine": __version__,
        "filling": dict(seating.filling),
    }
    with journal.transaction():
        journal.append("created", body, words={"luck": luck.hex()} if luck is not None else None)
        journal.describe(session.about(0))
        session.open()
    return session


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


def rules_hash(ruleset: Ruleset) -> str:
    """What identifies the rules in play: BLAKE2 over the sources of engine and modules."""
    state = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(inspect.getfile(engine)).parent.glob("*.py")):
        state.update(path.read_bytes())
    for module in (sight, eyes, injects, closures):
        state.update(inspect.getsource(module).encode())
    for rule in ruleset.rules.values():
        for path in _sources(rule):
            state.update(path.read_bytes())
    return state.hexdigest()


def _sources(rule: Rule) -> list[Path]:
    """The files a rule module is made of: the shipped one's own, else those its steps lie in."""
    folder = Path(inspect.getfile(rules)).parent / rule.name
    if folder.is_dir():
        return sorted(folder.glob("*.py"))
    if folder.with_suffix(".py").is_file():
        return [folder.with_suffix(".py")]
    return sorted({Path(inspect.getfile(step.run)) for step in rule.steps})


# looked at


class SavedTurns(Sequence[TurnRecord]):
    """The turns of a save, each read when it is asked for."""

    def __init__(self, journal: Journal, catalog: Catalog, opening: World, branch: str) -> None:
        self._journal = journal
        self._catalog = catalog
        self._opening = opening
        self._entries = list(journal.read(branch, kinds=("published",)))
        self._kept: dict[int, TurnRecord] = {}
        self._injects: dict[int, tuple[Message, ...]] = {}

    def __len__(self) -> int:
        return len(self._entries) + 1

    @overload
    def __getitem__(self, key: int) -> TurnRecord: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[TurnRecord]: ...
    def __getitem__(self, key: int | slice) -> TurnRecord | Sequence[TurnRecord]:
        if isinstance(key, slice):
            return [self[index] for index in range(*key.indices(len(self)))]
        number = key + len(self) if key < 0 else key
        if not 0 <= number < len(self):
            raise IndexError(key)
        if number not in self._kept:
            if len(self._kept) > 64:
                self._kept.clear()
            self._kept[number] = self._read(number)
        return self._kept[number]

    def messages(self, number: int) -> tuple[Message, ...]:
        """What reached inboxes in a turn."""
        if number == 0:
            return ()
        kept = self._injects.get(number)
        if kept is not None:
            return kept
        with sound(f"turn {number}"):
            body: Mapping[str, Any] = self._entries[number - 1].body
            found = tuple(_message(self._journal, m) for m in body["messages"])
        if not any(message.seq for message in found):  # what people typed can be withdrawn
            self._injects[number] = found
        return found

    def _world(self, number: int) -> World:
        if number == 0:
            return self._opening
        ref = str(self._entries[number - 1].body["world"])
        return World.unpack(self._catalog.layout, self._journal.get(ref))

    def _read(self, number: int) -> TurnRecord:
        if number == 0:
            return TurnRecord(0, self._opening, self._opening, ())
        with sound(f"turn {number}"):
            return self._published(number)

    def _published(self, number: int) -> TurnRecord:
        body: Mapping[str, Any] = self._entries[number - 1].body
        slips = self._catalog.slip_layout

        def unpacked() -> Packed:
            with sound(f"the causes of turn {number}"):
                return unpack_turn(self._journal.get(str(body["postings"])))

        book = Bound(unpacked)
        return TurnRecord(
            int(body["turn"]),
            self._world(number - 1),
            self._world(number),
            book.postings,
            book.rolls,
            orders=in_rows(slips, body["orders"]),
            rounds=tuple(in_rows(slips, acts) for acts in body["rounds"]),
            control=body["control"],
            rulings=tuple(_ruling(self._journal, r) for r in body["rulings"]),
            messages=self.messages(number),
        )


@attrs.frozen(eq=False)
class Saved:
    """A save, opened for looking at: its record, the scenario as data, and how it began."""

    record: Record
    facts: Mapping[str, Any]
    created: Mapping[str, Any]
    journal: Journal
    branch: str = MAIN
    """The line of play that is looked at."""

    @property
    def over(self) -> bool:
        """Whether the exercise has ended on this line: by its last turn, by its rules or early."""
        ended = next(iter(self.journal.read(self.branch, kinds=("ended",))), None)
        return ended is not None or self.record.last.after.value("clock.over", ()) > 0


def read(journal: Journal, branch: str | None = None) -> Saved:
    """What a save holds, for viewing; no rule is needed. Raises `SaveError` for an empty one.

    It is the line that counts, unless another branch is named.
    """
    line = branch or journal.main_line()
    created = created_of(journal)
    body: Mapping[str, Any] = created.body
    with sound("its beginning"):
        catalog = Catalog.from_data(json.loads(journal.get(str(body["catalog"]))))
        opening = World.unpack(catalog.layout, journal.get(str(body["opening"])))
        turns = SavedTurns(journal, catalog, opening, line)
        schedule = Schedule()
        for entry in journal.read(line, kinds=("schedule",)):
            schedule.take(entry)
        facts = schedule.facts(json.loads(journal.get(str(body["facts"]))))
        return Saved(Record(catalog, turns), facts, body, journal, line)


@contextmanager
def sound(what: str) -> Iterator[None]:
    """Whatever a save that was changed by hand makes of its reading becomes a `SaveError`."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
            struct.error, zlib.error) as error:  # fmt: skip
        raise SaveError(
            f"the save was changed or is damaged: {what} cannot be read ({error!r:.80})",
            "take a backup copy; `exercise replay FILE --verify` says where it was changed",
        ) from error


def _typed(journal: Journal, seq: int, key: str) -> str:
    """What somebody typed, from its own entry; words that were withdrawn say so."""
    words = journal.entry(seq).words
    return WITHDRAWN if words.get(key, "") is None else str(words.get(key, ""))


def _ruling(journal: Journal, data: Mapping[str, Any]) -> Ruling:
    reason = _typed(journal, data["seq"], "reason")
    return Ruling(**{**data, "names": tuple(data["names"]), "reason": reason})


def _message(journal: Journal, data: Mapping[str, Any]) -> Message:
    """What people typed is read from its own entry, so that withdrawn words are gone."""
    entry = journal.entry(data["seq"]) if data["seq"] else None
    if entry is not None and entry.kind == "message":
        return message_of(entry)
    told = {**data, "to": tuple(data["to"])}
    if entry is not None:  # an inject that control wrote or edited
        told |= {key: _typed(journal, entry.seq, key) for key in ("title", "text")}
    return Message(**told)


# taken up again


def exercise_of(journal: Journal) -> Exercise:
    """The exercise that a save was made with, compiled anew from the text it keeps.

    Raises SaveError where this version no longer compiles it.
    """
    body: Mapping[str, Any] = created_of(journal).body
    text = journal.get(str(body["source"])).decode()
    try:
        exercise = _compiled(text, f"{body['scenario']}.yaml", str(body["rhythm"]))
    except ScenarioError as error:
        raise SaveError(
            f"the scenario in this save no longer compiles: {error.faults[0].message}",
            "it can still be viewed; to go on, use the version of exercise that made it",
        ) from None
    return attrs.evolve(exercise, name=str(body["scenario"]))


@lru_cache(maxsize=4)
def _compiled(text: str, file: str, rhythm: str) -> Exercise:
    """Compiled once: who looks back takes the same save up again and again."""
    return load_text(text, file=file, rhythm=rhythm)


def resume(journal: Journal) -> Session:
    """Go on where a save stands: everything sealed, said and ruled in the open turn is there.

    Raises SaveError where the rules have other fields than when it was made, or it is not sound.
    """
    exercise = exercise_of(journal)
    saved = read(journal)
    created: Mapping[str, Any] = saved.created
    seating = Seating.of(exercise.scenario, exercise.ruleset.roster)
    with sound("who fills its seats"):
        for seat, filling in _filling(journal, created).items():
            seating.fill(seat, filling)
    session = Session(exercise, seating, dice_of(journal), journal)
    if session.record.catalog.layout.size != saved.record.catalog.layout.size:
        raise SaveError(
            "the rules have other fields than when this save was made",
            "it can be viewed; to go on, use the version of exercise that made it",
        )
    session.record = Record(session.record.catalog, list(saved.record.turns))
    take_up(session)
    return session


def _filling(journal: Journal, created: Mapping[str, Any]) -> dict[str, Any]:
    """Who fills each seat: as it was begun, and as control has said since.

    It does not matter on which line: going back in time moves nobody to another chair.
    """
    filling = dict(created["filling"])
    lines = (journal.read(name, kinds=("filled",)) for name in journal.branches())
    for entry in sorted(chain.from_iterable(lines), key=lambda entry: entry.seq):
        filling[str(entry.body["seat"])] = entry.body["filling"]
    return filling


def _noted_elsewhere(journal: Journal, here: Container[int]) -> Iterator[Entry]:
    """What evaluators wrote on lines of play that were left."""
    for line in journal.branches().values():
        for entry in journal.read(line.name, line.fork_seq, kinds=Notes.KINDS):
            if entry.seq not in here:
                yield entry


def take_up(session: Session) -> None:
    """Replay what the journal holds of the turn that was under way, on the line that counts."""
    journal = session.journal
    entries = list(journal.read(journal.main_line()))
    for entry in entries:
        session.shelves.take(entry)
        if entry.kind == "paused":
            session.paused = bool(entry.body["paused"])
            session.stopped = bool(entry.body.get("stop"))
    for entry in _noted_elsewhere(journal, {entry.seq for entry in entries}):
        session.shelves.notes.leave(entry)
    last = max((i for i, e in enumerate(entries) if e.kind == "published"), default=0)
    open_entries = entries[last:]
    if any(entry.kind == "ended" for entry in open_entries):
        session.ended = True
        return
    opened = next((e for e in open_entries if e.kind == "opened"), None)
    if opened is None:
        session.open()
        return
    weeks: Any = opened.body.get("weeks")
    with sound("a draft"):
        drafts = kept_drafts(journal, session.record.last.number + 1)
        for order in chain.from_iterable(drafts.values()):
            session.ruleset.slip_layout.row(order.decision, (order.actor, *order.targets))
    session.take_up(weeks, [e for e in open_entries if e.seq > opened.seq], drafts)
