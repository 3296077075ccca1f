"""A room is cut off after each entry of a rich journal, and stands again as it stood there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy

import attrs
import pytest

from exercise.branches import roll_back
from exercise.desk import ControlDesk, LocalDesk
from exercise.orders import Refusal
from exercise.room.taken import take_back
from exercise.save.journal import MAIN, MemoryJournal, open_salts
from exercise.saved import create, resume
from exercise.session import Session
from exercise.verified import Verified, verify
from tests.scenarios import loaded

PEOPLE = ("dorvik", "gavria", "karsk")
LOOKERS = ("dorvik", "estmere", "karsk", "public")
ORDER = "host port-orm calder open"


class Journal(MemoryJournal):
    """Notes after which entries a crash can come: not in the midst of a transaction."""

    def __init__(self) -> None:
        super().__init__(open_salts)
        self.kept: list[int] = []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        outermost = self._undo is None
        with super().transaction():
            yield
        if outermost and len(self._entries) > max(self.kept, default=0):
            self.kept.append(len(self._entries))

    def cut(self, length: int) -> Journal:
        """What a save holds that ends after so many entries, and had no draft on a slip."""
        found = Journal()
        found._entries = self._entries[:length]
        erased = [e.body for e in self.read() if e.kind == "withdrawn" and e.seq <= length]
        gone = {(body["seq"], body["key"]) for body in erased}
        found._texts = {at: text for at, text in self.texts.items()
                        if at[0] <= length and at not in gone}  # fmt: skip
        opened = [e.branch for e in found._all()]
        found._opened = {n: at for n, at in self._opened.items() if n == MAIN or n in opened}
        found._blobs = dict(self._blobs)
        return found

    def _all(self) -> Iterator:  # type: ignore[type-arg]
        for entry, body in self._entries:
            yield self._as_read(entry, body)

    @property
    def texts(self) -> dict[tuple[int, str], tuple[str, str]]:
        """All that was ever typed, withdrawn or not."""
        return {**self._texts, **getattr(self, "_erased", {})}

    def _erase(self, seq: int, key: str) -> None:
        self._erased = {**getattr(self, "_erased", {}), (seq, key): self._texts[seq, key]}
        super()._erase(seq, key)


Act = Callable[[Session], object]


def desk(seat: str, does: Callable[[LocalDesk], object]) -> Act:
    return lambda session: done(does(LocalDesk(session, seat)))


def control(does: Callable[[ControlDesk], object]) -> Act:
    return lambda session: done(does(ControlDesk(session)))


def done(found: object) -> object:
    assert not isinstance(found, Refusal), found
    return found


def _move(c: ControlDesk) -> str:
    return c.moves.moves()[-1].name


def _withdraw(session: Session) -> None:
    said = [e for e in session.journal.read(session.journal.main_line()) if e.kind == "message"]
    take_back(session, [said[-1].seq], "control", "classified by mistake")


ACTS: tuple[Act, ...] = (
    desk("dorvik", lambda d: d.draft("press gavria statement press")),
    control(lambda c: c.fill("estmere", "desk")),
    desk("gavria", lambda d: d.say(("aurland",), "Quiet", "The convoy sails at dawn.")),
    _withdraw,
    control(lambda c: c.talk.speak("Northern Wire", ("all",), "Loud", "News.")),
    control(lambda c: c.cue("deal", "hold")),
    control(lambda c: c.pause(True)),
    control(lambda c: c.pause(False)),
    desk("dorvik", lambda d: d.moves.make("Ask the king", "to be heard", "he is old")),
    control(lambda c: c.desk("gavria").moves.argue(_move(c), "for", "He is wise.")),
    control(lambda c: c.moves.weigh(
        _move(c), "100", "He hears.", "He sleeps.", ("domestic.support[dorvik] +0.125",)
    )),
    control(lambda c: c.moves.roll(_move(c))),
    desk("karsk", lambda d: d.moves.make("March at night", known="control")),
    control(lambda c: c.moves.refuse(_move(c), "There is no moon.")),
    control(lambda c: c.moves.take_back(_move(c), "it named an agent")),
    control(lambda c: c.schedule.lasts(2, 10)),
    control(lambda c: c.notes.record(c.notes.forms()[0].objective, "They asked.", "The log", "P")),
    control(lambda c: c.go_round()),
    desk("gavria", lambda d: d.draft("press dorvik statement press", "it matters")),
    control(lambda c: c.close_council()),
    desk("dorvik", lambda d: d.draft(ORDER, "they asked")),
    desk("dorvik", lambda d: d.seal()),
    desk("dorvik", lambda d: d.unseal()),
    desk("dorvik", lambda d: d.seal()),
    desk("karsk", lambda d: d.seal()),
    control(lambda c: c.resolve()),
    control(lambda c: c.rule("deterrence.tension[strait]", "set", 0.9, "a collision off Orm")),
    control(lambda c: c.rule("domestic.support[dorvik]", "add", 0.125, "a good speech")),
    control(lambda c: c.publish()),
    control(lambda c: c.cue("deal", "fire")),
    control(lambda c: c.fill("dorvik", "bot")),
    control(lambda c: c.resolve()),
    control(lambda c: c.publish()),
    lambda session: roll_back(session, 2, "nobody had read the paper"),
    desk("gavria", lambda d: d.seal()),
    control(lambda c: c.resolve()),
    control(lambda c: c.publish()),
    control(lambda c: c.end("the fire alarm")),
    lambda session: roll_back(session, 2, "the fire was none"),
    control(lambda c: c.resolve()),
    control(lambda c: c.publish()),
)  # fmt: skip
KINDS = {
    "created", "opened", "council", "closed", "cue", "sealed", "unsealed", "resolved", "ruling",
    "message", "published", "filled", "paused", "withdrawn", "branch", "rolled_back", "head",
    "ended", "revealed", "luck", "move", "argued", "weighed", "rolled", "move-ended", "schedule",
    "observed",
}  # fmt: skip


def stands(session: Session) -> dict[str, object]:
    """All that a session is, and what it tells at desks."""
    told = {}
    for seat in LOOKERS:
        at = LocalDesk(session, seat)
        told[seat] = [attrs.evolve(at.standing(), version=0), at.view(), at.drafted(),
                      at.moves.told(), at.notes.told(), at.questions.told(), at.talk.told(),
                      at.requests.told(), at.chamber.told()]  # fmt: skip
    at = ControlDesk(session)
    last = session.record.last
    return {
        "stage": session.stage, "number": session.number, "ended": session.ended,
        "paused": session.paused, "filling": dict(session.seating.filling),
        "pending": deepcopy(session.pending), "world": session.world.digest(), "told": told,
        "result": session.result.digest() if session.result is not None else None,
        "forks": session.dice.forks, "luck": session.dice.luck, "cases": at.moves.cases(),
        "rows": at.msel.rows(), "turns": at.schedule.turns(), "notes": at.notes.notes(),
        "last": (last.number, last.after.digest(), last.orders, last.rulings, last.messages),
    }  # fmt: skip


@pytest.fixture(scope="module")
def lived() -> tuple[Journal, list[tuple[int, dict[str, object]]]]:
    """A journal, and for each act how long it was after it and how the session stood then."""
    journal = Journal()
    session = create(loaded("northern-strait"), journal, luck=bytes(32), people=PEOPLE)
    session.draw_luck = lambda: bytes([1]) * 32
    stood = [(len(journal._entries), stands(session))]
    for act in ACTS:
        act(session)
        stood.append((len(journal._entries), stands(session)))
    return journal, stood


def test_the_journal_has_every_kind_of_entry(
    lived: tuple[Journal, list[tuple[int, dict[str, object]]]],
) -> None:
    assert {entry.kind for entry in lived[0]._all()} >= KINDS
    assert isinstance(verify(lived[0]), Verified)


def test_a_room_cut_off_after_any_entry_stands_as_it_stood(
    lived: tuple[Journal, list[tuple[int, dict[str, object]]]],
) -> None:
    journal, stood = lived
    compared = 0
    for length in journal.kept:
        after = next(n for n, (upto, _) in enumerate(stood) if upto >= length)
        upto, then = stood[after]
        again = resume(journal.cut(length))
        if length < upto and stands(again)["pending"] != then["pending"]:
            ACTS[after - 1](again)  # cut off in its midst: whoever did it does it again
        now = stands(again)
        drafted = length == upto and _unsealed(then)
        for name in then:
            if not drafted or name not in ("pending", "told"):
                assert now[name] == then[name], (length, name)
        compared += 1
    assert compared > len(ACTS)


def _unsealed(then: dict[str, object]) -> bool:
    """Whether somebody had a draft, which lies beside the chain and is cut away here."""
    pending = then["pending"]
    return bool(pending.drafts.keys() - pending.sealed.keys())  # type: ignore[attr-defined]
