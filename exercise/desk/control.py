"""Control's desk: results before release, rulings, and the course of the exercise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from exercise.branches import Branch, branches, roll_back
from exercise.desk.reasoning import Reason, reasoning
from exercise.desk.seat import REASON, LocalDesk, with_bands
from exercise.engine.declare import Field
from exercise.engine.roster import cell_name
from exercise.engine.turn import Ruling
from exercise.errors import UsageError
from exercise.explain.ordered import why_ordered
from exercise.explain.typed import typed_by_turn
from exercise.explain.why import Why, why
from exercise.orders import Refusal
from exercise.paper import Paper
from exercise.record import Record, cell_of
from exercise.room.access import AccessControl
from exercise.room.chairing import ChamberControl
from exercise.room.moving import MovesControl
from exercise.room.msel import MselControl
from exercise.room.notes import NotesControl
from exercise.room.questions import QuestionsControl
from exercise.room.schedule import ScheduleControl
from exercise.room.talk import TalkControl, too_long
from exercise.room.timing import TimingControl
from exercise.scenario.lookup import split_cell
from exercise.session import Session
from exercise.view import View, view_of


class ReviewDesk(LocalDesk):
    """A desk on the results before release: they are the turn that is asked about."""

    def why(self, cell: str, turn: int | None = None) -> Why:
        """Why a cell is as it is, in the results or in a turn before."""
        record = self._session.record
        reviewed = Record(record.catalog, [*record.turns, self._session.result_record()])
        if cell_of(cell)[0] in self._session.ruleset.decisions:
            typed = typed_by_turn(self._session.journal)
            return why_ordered(reviewed, self._viewer, cell, turn, typed=typed)
        found = why(reviewed, self._viewer, cell, turn)
        return with_bands(found, self._session.ruleset.fields)


class ControlDesk(LocalDesk):
    """Control's desk: all that a seat may do, on behalf of any, and the course of the exercise."""

    access: AccessControl
    moves: MovesControl
    notes: NotesControl
    questions: QuestionsControl
    msel: MselControl
    chamber: ChamberControl
    schedule: ScheduleControl
    talk: TalkControl
    timing: TimingControl

    def __init__(self, session: Session) -> None:
        super().__init__(session, "control")
        self.access = AccessControl(session)
        self.moves = MovesControl(session)
        self.notes = NotesControl(session)
        self.questions = QuestionsControl(session)
        self.msel = MselControl(session)
        self.chamber = ChamberControl(session)
        self.schedule = ScheduleControl(session)
        self.talk = TalkControl(session)
        self.timing = TimingControl(session)

    def desk(self, seat: str) -> LocalDesk:
        """Any seat's desk, for slips entered on its behalf and for seeing what it sees."""
        return LocalDesk(self._session, seat)

    def cue(self, inject: str, act: Literal["fire", "hold"]) -> None:
        """Fire or hold an inject."""
        self._session.cue(inject, act)

    def go_round(self) -> None:
        """One round of the table for the absent seats."""
        self._session.go_round()

    def close_council(self) -> None:
        """Close the council; orders may be sealed."""
        self._session.close_council()

    def resolve(self) -> None:
        """Resolve the turn; results await release."""
        self._session.resolve()

    def results(self) -> View:
        """The results before release, as control sees them."""
        session = self._session
        return view_of(session.record, self._viewer, session.result_record(), self._facts)

    def why_result(self, cell: str) -> Why:
        """Why a cell is as it is in the results before release."""
        return self.reviewed().why(cell)

    def reviewed(self) -> ReviewDesk:
        """Control's desk on the results before release."""
        return ReviewDesk(self._session, "control")

    def rule(self, cell: str, how: str, amount: float, reason: str) -> Refusal | None:
        """Rule on a result: `add` an amount to a cell or `set` it, with a reason."""
        try:
            field, names = split_cell(cell)
            self._session.ruleset.layout.row(field, names)
        except (LookupError, ValueError):
            return Refusal(f"there is no cell {cell[:80]!r}", "write module.field[name,name]")
        refused = too_long(("reason", reason, REASON))
        return refused or self._session.rule(Ruling(field, names, amount, reason, how))

    def rulable(self, cell: str) -> dict[str, str]:
        """The stocks to rule on so that a result changes: itself, or what it came from.

        Raises `UsageError` where there is no such cell.
        """
        if cell_of(cell)[0] not in self._session.ruleset.fields:
            raise UsageError(f"there is no cell {cell[:80]!r}", "write module.field[name,name]")
        reviewed = self.reviewed()
        return stocks_under(cell, self._session.ruleset.fields, reviewed.why)

    def ruled(self) -> dict[str, str]:
        """The cells that control has ruled on in the turn under way, and why."""
        rulings = self._session.pending.rulings
        return {cell_name(r.field, r.names): r.reason or "(withdrawn)" for r in rulings}

    def reasoning(self) -> tuple[Reason, ...]:
        """What each adversary chose in the results before release, and why."""
        if not self._session.plays("adversary"):
            return ()
        record = self._session.record
        return reasoning(Record(record.catalog, [*record.turns, self._session.result_record()]))

    def facts(self) -> Mapping[str, Any]:
        """The scenario as plain data, secrets included."""
        return self._facts

    def washed(self) -> Paper:
        """The hot wash as it stands now."""
        from exercise.review.hotwash import hotwash
        from exercise.saved import read

        return hotwash(read(self._session.journal))

    def branches(self) -> tuple[Branch, ...]:
        """The lines of play: the one that counts, and those that were left."""
        return branches(self._session.journal)

    def roll_back(self, turn: int, reason: str) -> Refusal | None:
        """Play a turn again from its start, on a line of its own; the old one stays readable."""
        return too_long(("reason", reason, REASON)) or roll_back(self._session, turn, reason)

    def publish(self) -> None:
        """Release the results and open the next turn."""
        self._session.publish()
        self._session.open()

    def fill(self, seat: str, filling: Literal["person", "desk", "bot"]) -> None:
        """Say who fills a seat."""
        self._session.fill(seat, filling)

    def stopped(self) -> str:
        """Why the exercise was ended before its time; empty where it was not."""
        journal = self._session.journal
        ended = list(journal.read(journal.main_line(), kinds=("ended",)))
        return (ended[-1].words.get("reason") or "(withdrawn)") if ended else ""

    def pause(self, paused: bool, stop: bool = False) -> None:
        """Stop or go on: while paused nothing is drafted, sealed or resolved.

        `stop` tells everybody that the reason is no part of the exercise: a real emergency.
        """
        self._session.pause(paused, stop)

    def end(self, reason: str) -> None:
        """End the exercise now; raises `UsageError` where the reason is no text, or too long."""
        refused = too_long(("reason", reason, REASON))
        if refused is not None:
            raise UsageError(refused.reason, refused.remedy)
        self._session.end(reason)


def stocks_under(
    cell: str, fields: Mapping[str, Field], ask: Callable[[str], Why], depth: int = 3
) -> dict[str, str]:
    """The stocks that a cell came from, each with its words; the cell itself where it is one."""
    if fields[cell_of(cell)[0]].kind != "derived":
        return {cell: ""}
    found: dict[str, str] = {}
    if depth:
        for term in ask(cell).terms:
            for source in term.sources:
                if source.kind == "cell":
                    under = stocks_under(source.cell, fields, ask, depth - 1)
                    found |= {name: says or source.says for name, says in under.items()}
    return found
