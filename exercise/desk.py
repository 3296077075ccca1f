"""What a terminal may ask of an exercise, and nothing else.

A terminal holds a desk, never a session: what it gets has passed `sight`, what it gives is
judged from what its seat can see. `LocalDesk` serves terminals in the same process; another
transport offers the same protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import attrs

from exercise.answers import Aim, Choice, Desk, Ending, Proposal, Standing, choice_of
from exercise.branches import Branch, branches, roll_back
from exercise.declare import Decision, Field
from exercise.errors import UsageError
from exercise.facts import facts_of
from exercise.naming import named
from exercise.ordered import cost_words, why_ordered
from exercise.orders import Order, Refusal, judge, parse, possible, say
from exercise.outcome import outcomes
from exercise.paper import Paper
from exercise.reasoning import Reason, reasoning
from exercise.record import Record, cell_of
from exercise.room.access import AccessControl, DelegationDesk
from exercise.room.chairing import ChamberControl, ChamberDesk
from exercise.room.moving import MovesControl, MovesDesk
from exercise.room.msel import MselControl, MselDesk
from exercise.room.notes import NotesControl, NotesDesk
from exercise.room.questions import QuestionsControl, QuestionsDesk
from exercise.room.requests import RequestsDesk
from exercise.room.schedule import ScheduleControl
from exercise.room.talk import TalkControl, TalkDesk, too_long
from exercise.room.timing import TimingControl, TimingDesk
from exercise.roster import Roster, cell_name
from exercise.scenario.lookup import split_cell
from exercise.session import Session
from exercise.sight import Viewer, known_names
from exercise.told import told_number
from exercise.turn import Ruling
from exercise.typed import typed_by_turn
from exercise.view import View, banded, view_of
from exercise.why import Why, clears, why

REASON = 4_000
"""Characters that the reason of an order, a ruling or an end may have."""


class LocalDesk:
    """A seat's desk on a session in the same process."""

    talk: TalkDesk
    requests: RequestsDesk
    moves: MovesDesk
    notes: NotesDesk
    questions: QuestionsDesk
    msel: MselDesk
    chamber: ChamberDesk
    timing: TimingDesk
    delegation: DelegationDesk

    def __init__(self, session: Session, seat: str) -> None:
        self._session = session
        self._seat = seat
        self._viewer: Viewer = session.seating.viewer(seat)
        self.talk = TalkDesk(session, seat)
        self.requests = RequestsDesk(session, seat)
        self.moves = MovesDesk(session, seat)
        self.notes = NotesDesk(session, seat)
        self.questions = QuestionsDesk(session, seat)
        self.msel = MselDesk(session, seat)
        self.chamber = ChamberDesk(session, seat)
        self.timing = TimingDesk(session)
        self.delegation = DelegationDesk(session, seat)
        self._viewed: tuple[Record, int | None, View] | None = None  # asked for at every paint
        self._told = (-1, 0)
        """The session's version for which the seat's own was worked out, and that."""

    @property
    def seat(self) -> str:
        """The seat whose desk this is."""
        return self._seat

    @property
    def _facts(self) -> Mapping[str, Any]:
        """The scenario as plain data, its calendar as control has arranged it."""
        return self._session.shelves.schedule.facts(facts_of(self._session.exercise))

    def standing(self) -> Standing:
        """Where the exercise stands, with the number of all that the seat is told."""
        return attrs.evolve(self.unnumbered(), version=self._number())

    def unnumbered(self) -> Standing:
        """Where the exercise stands, without the number that tells changes apart."""
        session, seating = self._session, self._session.seating
        control = self._viewer.is_control
        filling = dict(seating.filling)
        return Standing(
            session.stage,
            session.number,
            {seat: seat in session.pending.sealed for seat in seating.viewers},
            filling if control else {k: v for k, v in filling.items() if k == self._seat},
            0,
            session.paused,
            dict(seating.titles),
            self._round(),
            session.ruleset.rounds,
            session.dice.commitment(),
            any(
                session.plays(decision.module)
                for decision in session.ruleset.decisions.values()
                if decision.by in ("ally", "adversary")
            ),
        )

    def _round(self) -> int:
        """The round of the table, to those who sit at it; acts of single states count for none."""
        session, viewer = self._session, self._viewer
        sits = viewer.is_control or viewer.allied
        return session.pending.table if sits and session.stage == "council" else 0

    def _number(self) -> int:
        """Control's own counts whatever is done; nobody else's may."""
        return self._session.version if self._seat == "control" else self._version()

    def _version(self) -> int:
        """The number of what the seat is told, worked out when anything at all has changed."""
        session = self._session
        if self._told[0] != session.version:
            record = session.current()
            said = [
                session.stage,
                session.paused,
                session.seating.filling.get(self._seat, ""),
                sorted(session.pending.sealed),
                self._round(),
                len(record.turns),
                [[order.line(), order.reason, says] for order, says in self.drafted()],
                str([x.told() for x in (self.talk, self.requests, self.moves, self.notes)]),
                str([x.told() for x in (self.questions, self.chamber, self.timing)]),
            ]
            number = told_number(record.catalog, self._viewer, record.last, said)
            self._told = (session.version, number)
        return self._told[1]

    def view(self, turn: int | None = None) -> View:
        """What the seat sees now, or saw when a turn was published."""
        record = self._session.current()
        kept = self._viewed
        if kept is None or kept[0] is not record or kept[1] != turn:
            shown = record.last if turn is None else record.turn(turn)
            found = view_of(record, self._viewer, shown, self._facts)
            kept = self._viewed = (record, turn, found)
        return kept[2]

    def why(self, cell: str, turn: int | None = None) -> Why:
        """Why a cell changed, as far as the seat is cleared."""
        session = self._session
        if cell_of(cell)[0] in session.ruleset.decisions:
            return why_ordered(
                session.current(), self._viewer, cell, turn,
                typed=typed_by_turn(session.journal), published=session.record.last.number,
            )  # fmt: skip
        found = why(session.current(), self._viewer, cell, turn)
        return with_bands(found, session.ruleset.fields)

    def cleared(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """Which of these cells the seat may see."""
        record = self._session.current()
        return tuple(cell for cell in cells if clears(record, self._viewer, cell))

    # decisions

    def choices(self) -> list[Choice]:
        """All decisions of this seat's actor."""
        actor = self._viewer.actor
        session = self._session
        if actor is None or session.stage not in ("council", "orders"):
            return []
        eyes = session.eyes(actor, session.draft_slips(self._seat))
        roster = self._titled()
        found = []
        for decision in session.ruleset.decisions.values():
            if decision.by == eyes.by and session.plays(decision.module):
                targets = tuple(possible(decision, eyes))
                refusal = "" if targets else self._refusal(decision, actor)
                found.append(choice_of(decision, targets, refusal, roster, actor))
        return found

    def _refusal(self, decision: Decision, actor: str) -> str:
        """Why a decision is allowed nowhere: its first check that fails everywhere."""
        eyes = self._session.eyes(actor)
        for check in decision.allowed(eyes) if decision.allowed is not None else ():
            if not (check.mask.data > 0.0).any():
                return str(Refusal(*check.told({})))
        return "there is nothing now that it could be done to"

    def suggestions(self) -> list[Proposal]:
        """What the published formulas would order from this seat, the first three."""
        session, actor = self._session, self._viewer.actor
        if actor is None or session.stage not in ("council", "orders"):
            return []
        stages: tuple[Literal["council", "orders"], ...] = ("orders",)
        if session.stage == "council":
            stages = ("council", "orders")
        drafted = {order.cell for order, _ in self.drafted()}
        roster = self._titled()
        found: dict[str, Proposal] = {}
        cells = {c: v for stage in stages for c, v in session.suggested(actor, stage).items()}
        for cell, value in cells.items():
            decision = session.ruleset.decisions[cell_of(cell)[0]]
            if cell not in drafted and decision.name not in found:
                order = _order(decision, cell, value)
                found[decision.name] = Proposal(
                    order.line(), say(order, decision, roster),
                    decision.consequence, cost_words(decision),
                )  # fmt: skip
        return list(found.values())[:3]

    def drafted(self) -> list[tuple[Order, str]]:
        """The draft, or what is sealed."""
        session = self._session
        orders = session.pending.sealed.get(self._seat, session.pending.drafts.get(self._seat, []))
        roster = self._titled() if orders else session.ruleset.roster
        return [(o, say(o, session.ruleset.decisions[o.decision], roster)) for o in orders]

    def draft(self, text: str, reason: str = "") -> Order | Refusal:
        """Add what somebody typed to the draft, or act at once in council."""
        session, actor = self._session, self._viewer.actor
        if actor is None:
            return Refusal("this seat takes no national decisions", "speak in the council")
        order = parse(text, session.ruleset.decisions, self._roster(), actor)
        if isinstance(order, Refusal):
            return order
        refused = too_long(("reason", reason, REASON))
        if refused is not None:
            return refused
        order = attrs.evolve(order, reason=reason)
        if session.ruleset.decisions[order.decision].stage == "council":
            refused = session.act(self._seat, order) if session.stage == "council" else Refusal(
                "the council is closed for this turn", "wait for the next turn"
            )  # fmt: skip
        else:
            refused = session.draft(self._seat, order)
        return refused if refused is not None else order

    def _titled(self) -> Roster:
        """The roster with the titles that sightings have for this seat."""
        record = self._session.current()
        return named(record.catalog, self._viewer, record.last).roster

    def _roster(self) -> Roster:
        """The names there are, as far as the seat has been told of what they stand for."""
        session = self._session
        roster = session.ruleset.roster
        shown = session.current().last.after
        known = known_names(self._viewer, session.ruleset.fields, shown)
        return attrs.evolve(roster, names={**roster.names, **known})

    def undraft(self, cell: str) -> None:
        """Take an order off the draft."""
        self._session.undraft(self._seat, cell)

    def seal(self) -> Refusal | None:
        """Seal the draft."""
        if self._seat not in self._session.seating.viewers:
            return Refusal("there is no slip of this seat to seal", "sit down at a delegation's")
        return self._session.seal(self._seat)

    def unseal(self) -> Refusal | None:
        """Withdraw the seal."""
        return self._session.unseal(self._seat)

    def say(self, to: tuple[str, ...], title: str, text: str) -> Refusal | None:
        """Send words to other seats."""
        return self.talk.say(to, title, text)

    def ending(self) -> Ending | None:
        """How it ended; None while it is under way."""
        session = self._session
        if session.stage != "over":
            return None
        world, exercise = session.record.last.after, session.exercise
        outcome = outcomes(exercise, world)[0]
        named = (e.outcome for e in exercise.endings if e.outcome.title == outcome)
        aims = []
        for goal in exercise.goals:
            objective = goal.objective
            if self._viewer.is_control or objective.seat in (None, self._seat):
                met = bool(goal.met.evaluate(world)[0])
                said = objective.strength if met else objective.improve
                aims.append(Aim(objective.title, met, said))
        says = next((o.says for o in named), "")
        digest = world.digest() if self._viewer.is_control else ""
        return Ending(outcome, says, session.record.last.number, tuple(aims), digest)


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

    def pause(self, paused: bool) -> None:
        """Stop or go on: while paused nothing is drafted, sealed or resolved."""
        self._session.pause(paused)

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


def _order(decision: Decision, cell: str, value: float) -> Order:
    _, names = cell_of(cell)
    level = next((k for k, v in decision.levels.items() if abs(v - value) < 1e-6), "")
    return Order(decision.name, names[0], names[1:], value, level)


def with_bands(found: Why, fields: Mapping[str, Field]) -> Why:
    """An explanation with the words for the value before and after."""
    field = fields[cell_of(found.cell)[0]]
    return attrs.evolve(found, bands=(banded(field, found.before), banded(field, found.after)))


def why_not(session: Session, order: Order) -> Refusal | None:
    """Why an order would be refused now; None where it would not."""
    return judge(order, session.eyes(order.actor))


__all__ = [
    "Aim", "Choice", "ControlDesk", "Desk", "Ending", "LocalDesk", "Proposal", "Standing",
    "why_not",
]  # fmt: skip


def as_data(view: View) -> dict[str, Any]:
    """A view as JSON-ready data."""
    return attrs.asdict(view)
