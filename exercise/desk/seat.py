"""A seat's desk on a session in the same process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from exercise.desk.answers import Aim, Choice, Ending, Proposal, Standing, choice_of
from exercise.desk.positions import not_held
from exercise.engine.declare import Decision, Field
from exercise.engine.roster import Roster
from exercise.explain.naming import named
from exercise.explain.ordered import cost_words, why_ordered
from exercise.explain.typed import typed_by_turn
from exercise.explain.why import Why, clears, why
from exercise.orders import Order, Refusal, parse, possible, say
from exercise.outcome import outcomes
from exercise.record import Record, cell_of
from exercise.room.access import DelegationDesk
from exercise.room.chairing import ChamberDesk
from exercise.room.moving import MovesDesk
from exercise.room.msel import MselDesk
from exercise.room.notes import NotesDesk
from exercise.room.questions import QuestionsDesk
from exercise.room.requests import RequestsDesk
from exercise.room.talk import TalkDesk, too_long
from exercise.room.timing import TimingDesk
from exercise.scenario.facts import facts_of
from exercise.session import Session
from exercise.sight import Viewer, known_names
from exercise.view import View, banded, view_of
from exercise.view.told import told_number

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
        self._chosen: tuple[Record, int, str, list[Choice]] | None = None  # asked for at each sheet
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
            session.stopped,
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
                session.stopped,
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

    def choices(self, without: str = "") -> list[Choice]:
        """All decisions of this seat's actor, worked out when anything at all has changed."""
        record, version = self._session.current(), self._session.version
        kept = self._chosen
        if kept is None or kept[0] is not record or kept[1:3] != (version, without):
            kept = self._chosen = (record, version, without, self._choices(without))
        return list(kept[3])

    def _choices(self, without: str) -> list[Choice]:
        actor = self._viewer.actor
        session = self._session
        if actor is None or session.stage not in ("council", "orders"):
            return []
        eyes = session.eyes(actor, session.draft_slips(self._seat, without))
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

    def draft(self, text: str, reason: str = "", instead: str = "") -> Order | Refusal:
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
            refused = not_held(order, session.world) if session.stage == "council" else Refusal(
                "the council is closed for this turn", "wait for the next turn"
            )  # fmt: skip
            refused = refused or session.act(self._seat, order)
        else:
            refused = session.draft(self._seat, order, instead)
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


def _order(decision: Decision, cell: str, value: float) -> Order:
    _, names = cell_of(cell)
    level = next((k for k, v in decision.levels.items() if abs(v - value) < 1e-6), "")
    return Order(decision.name, names[0], names[1:], value, level)


def with_bands(found: Why, fields: Mapping[str, Field]) -> Why:
    """An explanation with the words for the value before and after."""
    field = fields[cell_of(found.cell)[0]]
    return attrs.evolve(found, bands=(banded(field, found.before), banded(field, found.after)))
