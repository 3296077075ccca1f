"""One exercise under way: turn by turn, from the brief to what is published.

    council   forums are in session; each act, and each round of the table, changes the text
    orders    national orders are drafted and sealed, knowing what the councils decided
    review    control sees the results: accepts, amends with a reason, holds
    over      the exercise has ended

What was decided is written to the journal as it happens; a turn is published in one
transaction. A ruling, an inject fired late or a withdrawn act replays the turn from its start,
so that what follows from it follows. Nothing here reads a clock: who calls may add the time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import attrs

from exercise import entries
from exercise.drafts import drop_drafts, keep_draft
from exercise.engine.dice import Dice
from exercise.engine.ledger import Book
from exercise.engine.turn import Inputs, Ruling, Turn, begin
from exercise.engine.world import Slips, World
from exercise.errors import UsageError
from exercise.eyes import Eyes, advice, bot_acts, bot_orders
from exercise.luck import revealed
from exercise.orders import Order, Refusal, judge
from exercise.pending import Drafts, Pending, Shown, Stage, ruling_refusal
from exercise.record import Catalog, Message, Record, TurnRecord, dense, in_rows, sparse
from exercise.room.arrivals import arrive
from exercise.room.chamber import act_refusal
from exercise.room.delivered import delivered
from exercise.room.letters import body_of
from exercise.room.shelves import Shelves
from exercise.save.journal import Entry, Journal, MemoryJournal
from exercise.save.packing import followed
from exercise.scenario.compile import Exercise
from exercise.seats import Filling, Seating
from exercise.sight import as_actor


class Session:
    """An exercise, its journal, and the turn under way."""

    def __init__(
        self,
        exercise: Exercise,
        seating: Seating,
        dice: Dice,
        journal: Journal | None = None,
        *,
        explain: bool = True,
    ) -> None:
        self.exercise = exercise
        self.ruleset = exercise.ruleset
        self.seating = seating
        self.dice = dice
        self.journal: Journal = journal if journal is not None else MemoryJournal()
        self.explain = explain
        self.paused = self.stopped = False
        self.shelves = Shelves()
        self.clock: Callable[[], str] | None = None
        """The wall time, as in `2026-11-22T09:30:00Z`, that entries are written with."""
        self.draw_luck: Callable[[], bytes] | None = None
        """Draws 256 random bits, for a line that is opened once everybody knows the luck."""
        self.version = 0
        self._unseen = 0  # of these, changes that show in no record
        self.ended = False
        opening = self.ruleset.opening(1)
        self.record = Record(Catalog.of(self.ruleset), [TurnRecord(0, opening, opening, ())])
        self.stage: Stage = "over"
        self.pending = Pending()
        self._turn: Turn | None = None
        self._book: Book | None = None
        self.result: World | None = None
        self._shown: Shown | None = None
        self._current: tuple[tuple[object, ...], Record] | None = None
        self._resolved: dict[str, float] = {}

    # where it stands

    @property
    def world(self) -> World:
        """The state as far as it has been resolved in the turn under way."""
        if self.result is not None:
            return self.result
        return self._turn.world if self._turn is not None else self.record.last.after

    @property
    def number(self) -> int:
        """The turn under way, or the last one when all is over."""
        return self.record.last.number + (0 if self.stage == "over" else 1)

    @property
    def actors(self) -> tuple[str, ...]:
        """Everyone who takes decisions."""
        roster = self.ruleset.roster
        return (*roster.of("ally"), *roster.of("adversary"))

    def absent(self) -> tuple[str, ...]:
        """The actors for whom a bot decides."""
        manned = set(self.seating.manned())
        return tuple(actor for actor in self.actors if actor not in manned)

    def eyes(self, actor: str, slips: Slips | None = None) -> Eyes:
        """What an actor sees of the turn under way, and may order; UsageError once it is over."""
        if self._turn is None:
            raise UsageError("the exercise is over", "open it in review")
        by = "ally" if actor in self.ruleset.roster.of("ally") else "adversary"
        seat = self.seating.seat_of(actor)
        viewer = self.seating.viewer(seat) if seat else None
        if viewer is None or viewer.actor != actor:
            viewer = as_actor(self.ruleset.roster, actor)
        return Eyes(self._turn, viewer, slips if slips is not None else self._empty(), by=by)

    def draft_slips(self, seat: str, *without: str) -> Slips:
        """A seat's draft as slips, without the orders of some cells."""
        orders = [o for o in self.pending.drafts.get(seat, []) if o.cell not in without]
        return dense(self.ruleset.slip_layout, {o.cell: o.value for o in orders})

    def suggested(self, actor: str, stage: Literal["council", "orders"]) -> dict[str, float]:
        """What the published formulas would order for an actor now, by cell."""
        if self._turn is None:
            return {}
        return sparse(advice(self._turn, actor, stage, self.pending.table))

    def plays(self, module: str) -> bool:
        """Whether a rule module is on."""
        return module in self.ruleset.active

    # the turn

    def open(self, weeks: float | None = None) -> None:
        """Begin the next turn: injects arrive, bots speak first in council."""
        if self._over():
            self._clear()
            self._reveal()
            return
        planned = self.shelves.schedule.length(self.record.last.number + 1)
        weeks = planned if weeks is None else weeks
        self.pending = Pending(weeks=weeks)
        self.result = self._shown = None
        self.stage = "council"
        with self.journal.transaction():
            self._note("opened", {"turn": self.number, "weeks": weeks})
            arrive(self, weeks)
        self._rebuild()
        self.go_round()

    def go_round(self) -> None:
        """One round of the table: every absent seat acts in council."""
        self.hear(sparse(bot_acts(self._need("council"), self.absent())))

    def hear(
        self, acts: Mapping[str, float], seat: str = "", why: str = "", about: str = ""
    ) -> None:
        """Acts of a seat; without one of absent seats: a round of the table, or about one text."""
        turn, only = self._need("council"), {"about": about} if about else {}
        body = {"turn": self.number, "seat": seat, "acts": dict(acts), **only}
        self._note("council", body, {"reason": why} if why else None)
        turn.council(dense(self.ruleset.slip_layout, acts))
        self.pending.heard(acts, seat or about)

    def act(self, seat: str, order: Order) -> Refusal | None:
        """One council act of a manned seat, at once; a refusal changes nothing."""
        self._need("council")
        refused = self._closed() or act_refusal(self, order)
        if refused is None:
            self.hear({order.cell: order.value}, seat=seat, why=order.reason)
        return refused

    def close_council(self) -> None:
        """The chair closes: absent seats finish their rounds, then orders may be sealed."""
        self._need("council")
        while len(self.pending.rounds) < self.ruleset.rounds and self.absent():
            self.go_round()
        self.stage = "orders"
        self._note("closed", {"turn": self.number})

    def draft(self, seat: str, order: Order, instead: str = "") -> Refusal | None:
        """Add an order to a seat's draft, in the place of one for its cell or of `instead`."""
        closed = self._closed()
        if closed is not None:
            return closed
        decision = self.ruleset.decisions[order.decision]
        if decision.stage != "orders":
            return Refusal(f"{decision.name} is an act of the council", "do it in the council")
        if seat in self.pending.sealed:
            return Refusal("your orders are sealed", "withdraw the seal first")
        drafted, gone = self.pending.drafts.get(seat, []), (order.cell, instead)
        refused = judge(order, self.eyes(order.actor, self.draft_slips(seat, *gone)))
        if refused is None:
            place = next((n for n, o in enumerate(drafted) if o.cell in gone), len(drafted))
            after = [o for o in drafted[place:] if o.cell not in gone]
            self._keep(seat, [*drafted[:place], order, *after])
        return refused

    def _keep(self, seat: str, orders: list[Order]) -> None:
        keep_draft(self.journal, self.number, seat, orders)
        self.pending.drafted(seat, orders)
        self.version, self._unseen = self.version + 1, self._unseen + 1

    def _closed(self) -> Refusal | None:
        if self.paused:
            return Refusal("the exercise is frozen", "messages still go out; control goes on")
        if self.stage == "over":
            return Refusal("the exercise is over", "nothing more can be ordered")
        closed = Refusal("orders are closed for this turn", "wait for the next turn")
        return closed if self.stage == "review" else None

    def undraft(self, seat: str, cell: str) -> None:
        """Take an order off a seat's draft; what is sealed stays as it is."""
        drafted = self.pending.drafts.get(seat, [])
        kept = [order for order in drafted if order.cell != cell]
        if len(kept) < len(drafted) and seat not in self.pending.sealed:
            self._keep(seat, kept)

    def seal(self, seat: str) -> Refusal | None:
        """Seal a seat's draft: nothing sealed is ever lost."""
        closed = self._closed()
        if closed is not None:
            return closed
        orders = self.pending.drafts.get(seat, [])
        slips = self._empty()
        for order in orders:
            refused = judge(order, self.eyes(order.actor, slips))
            if refused is not None:
                return Refusal(f"{order.line()}: {refused.reason}", refused.remedy)
            slips.put(order.decision, (order.actor, *order.targets), order.value)
        body = entries.sealed(self.number, seat, orders)
        with self.journal.transaction():
            self._note("sealed", body, {o.cell: o.reason for o in orders if o.reason})
            drop_drafts(self.journal, seat)
        self.pending.sealed[seat] = list(orders)
        return None

    def unseal(self, seat: str) -> Refusal | None:
        """Withdraw a seal while orders are open."""
        closed = self._closed()
        if closed is not None:
            return closed
        if seat in self.pending.sealed:
            self._note("unsealed", {"turn": self.number, "seat": seat})
            del self.pending.sealed[seat]
        return None

    def resolve(self) -> World:
        """Sealed orders meet the rules; the result awaits control's review."""
        if self.stage == "council":
            self.close_council()
        turn = self._need("orders")
        self.pending.defaulted = self._defaults(turn)
        self._note("resolved", {"turn": self.number, "defaulted": dict(self.pending.defaulted)})
        return self._settle(turn)

    def _settle(self, turn: Turn) -> World:
        """Resolve the turn as it stands; what terminals saw before is kept, whatever is ruled."""
        self._shown = self._shown or self._so_far(turn)
        if self.pending.rulings:
            turn = self._rebuild(ruled=True)
        self._resolved = sparse(slips := self._orders())
        self.result = turn.resolve(slips)
        self.stage = "review"
        self.version += 1
        return self.result

    def _defaults(self, turn: Turn) -> dict[str, float]:
        """What bots order for absent actors."""
        return sparse(bot_orders(turn, self._unsealed()))

    def _unsealed(self) -> tuple[str, ...]:
        """The actors for whom nobody sealed: their bots decide, and the journal says so."""
        sealed = {self.seating.viewers[seat].actor for seat in self.pending.sealed}
        return tuple(actor for actor in self.actors if actor not in sealed)

    def _orders(self) -> Slips:
        cells = dict(self.pending.defaulted)
        for orders in self.pending.sealed.values():
            cells.update({order.cell: order.value for order in orders})
        return dense(self.ruleset.slip_layout, cells)

    # control

    def cue(self, inject: str, act: Literal["fire", "hold"]) -> None:
        """Fire an inject now, or hold it back, and replay the turn; UsageError if there is none."""
        if self.stage not in ("council", "orders"):
            raise UsageError("injects can be fired while a turn is open", "wait for the next turn")
        if inject not in self.exercise.scenario.injects:
            raise UsageError(f"there is no inject {inject[:60]!r}", "its id stands in the list")
        self._note("cue", {"turn": self.number, "inject": inject, "act": act})
        self.pending.control[f"scenario.cue[{inject}]"] = 1.0 if act == "fire" else -1.0
        self._rebuild()

    def rule(self, ruling: Ruling) -> Refusal | None:
        """Control's ruling on a stock, with a reason: the turn is resolved anew from its start."""
        if self.stage != "review":
            return Refusal("results are ruled on before their release", "resolve the turn first")
        refused = ruling_refusal(self.ruleset, ruling)
        if refused is not None:
            return refused
        body = {**attrs.asdict(ruling), "turn": self.number, "names": list(ruling.names)}
        seq = self._note("ruling", {**body, "reason": ""}, {"reason": ruling.reason}).seq
        self.pending.rulings.append(attrs.evolve(ruling, seq=seq))
        self._settle(self._need("review"))
        return None

    def bring_about(
        self, kind: str, body: Mapping[str, Any], reason: str, rulings: Sequence[Ruling]
    ) -> None:
        """Write what came of something beside the rules; its rulings are inputs of the turn.

        They take effect when the turn is resolved, as control's own do; `reason` is told of each.
        """
        told = [{**attrs.asdict(r), "names": list(r.names), "reason": ""} for r in rulings]
        entry = self.note(kind, {**body, "rulings": told}, {"reason": reason})
        self.pending.retake(entry)
        if rulings and self.stage == "review":
            self._settle(self._need("review"))

    def again(self) -> None:
        """Play the turn under way again up to where it stands, as its inputs are now."""
        turn = self._rebuild() if self._turn is not None else None
        if turn is not None and self.stage == "review":
            self._settle(turn)

    def _rulings(self, ruled: bool = True) -> tuple[Ruling, ...]:
        """Control's rulings, if they count yet, then what its own injects do."""
        effects = self.shelves.msel.effects(self.number)
        return (*self.pending.rulings, *effects) if ruled else effects

    def say(self, message: Message) -> Entry:
        """A message of control or a seat, at once; also while the exercise is frozen."""
        return self.note("message", *body_of(message))

    def current(self) -> Record:
        """The record as terminals see it: what is published, then the turn under way.

        The last one shows what the last published turn changed and what has come since; results
        that await release are not in it. As long as nothing changes it is one and the same.
        """
        if self._turn is None:
            return self.record
        stamp = (self.version - self._unseen, self.stage, self._turn, self.record)
        if self._current is None or self._current[0] != stamp:
            shown, mail = self._shown or self._so_far(self._turn), tuple(self.inbox())
            now = shown.since(self.record.last, self.number, self.pending, mail)
            self._current = (stamp, Record(self.record.catalog, [*self.record.turns, now]))
        return self._current[1]

    def result_record(self) -> TurnRecord:
        """The turn as it will be published, while control reviews it; UsageError before."""
        turn = self._need("review")
        if self.result is None:
            raise UsageError("there are no results yet", "resolve the turn first")
        book = self._book or Book()
        return TurnRecord(
            self.number,
            self.record.last.after,
            self.result,
            tuple(book.postings),
            tuple(book.rolls),
            orders=dict(self._resolved),
            rounds=tuple(self.pending.rounds),
            control=dict(self.pending.control),
            rulings=self._rulings(),
            messages=(
                *delivered(self.exercise, turn, self.shelves.msel),
                *self.shelves.talk.of(self.number),
            ),
        )

    def publish(self) -> TurnRecord:
        """Accept the results: the turn becomes part of the record, in one transaction."""
        record = self.result_record()
        with self.journal.transaction():
            last = self.shelves.schedule.last
            body = entries.published(self.journal, record, self.pending, last, self._unsealed())
            self._note("published", body)
            drop_drafts(self.journal)
            self.journal.describe(self.about(record.number))
        turns = followed(self.record.turns, record, self.journal, body["postings"])
        self.record = Record(self.record.catalog, turns)
        self._clear()
        return record

    def fill(self, seat: str, filling: Filling) -> None:
        """Say who fills a seat from now on; raises `UsageError` for no such seat."""
        if self.seating.filling.get(seat) == filling:
            return
        self.seating.fill(seat, filling)
        with self.journal.transaction():
            self._note("filled", {"turn": self.number, "seat": seat, "filling": filling})
            self.journal.describe(self.about(self.record.last.number))

    def pause(self, paused: bool, stop: bool = False) -> None:
        """Frozen, nothing is drafted, sealed or acted; `stop` says that the emergency is real."""
        if (paused, stop) != (self.paused, self.stopped):
            self.paused, self.stopped = paused, stop
            more = {"stop": True} if stop else {}
            self._note("paused", {"turn": self.number, "paused": paused, **more})

    def end(self, reason: str) -> None:
        """End the exercise now; what is open in the turn is not published."""
        with self.journal.transaction():
            self._note("ended", {"turn": self.record.last.number}, {"reason": reason})
            self._reveal()
            drop_drafts(self.journal)
        self._clear()
        self.ended = True

    def _reveal(self) -> None:
        """At the end, make known the luck that was committed to."""
        for luck in revealed(self.journal, self.dice, self.record.last.number):
            self._note("revealed", luck)

    def about(self, turn: int) -> dict[str, Any]:
        """What a list of saves tells of this exercise."""
        turns = self.shelves.schedule.last or self.exercise.turns
        return entries.listed(self.exercise, turn, turns, self.seating.filling)

    def inbox(self) -> list[Message]:
        """What has come in this turn so far."""
        if self._turn is None:
            return []
        shown = self._shown or self._so_far(self._turn)
        return [*shown.delivered, *self.shelves.talk.of(self.number)]

    def _so_far(self, turn: Turn) -> Shown:
        """The turn as it stands now."""
        book = self._book or Book()
        came = tuple(delivered(self.exercise, turn, self.shelves.msel))
        return Shown(turn.world.copy(), tuple(book.postings), tuple(book.rolls), came)

    def take_up(self, weeks: float | None, since: Sequence[Entry], drafts: Drafts) -> None:
        """Take up the turn under way again from what the journal holds of it, and its drafts."""
        self.pending = Pending(weeks=weeks)
        self.stage = stage = self.pending.take_up(since, drafts)
        self.pending.rounds = [in_rows(self.ruleset.slip_layout, a) for a in self.pending.rounds]
        turn = self._rebuild()
        if stage == "review":
            self._settle(turn)
        elif not self.pending.rounds:
            self.go_round()

    def begin_again(self, record: Record, dice: Dice) -> None:
        """Stand where a record ends, with nothing under way: before another line is taken up."""
        self.record, self.dice, self.shelves = record, dice, Shelves()
        self.ended = self.paused = False
        self._clear()

    def note(
        self, kind: str, body: Mapping[str, Any], words: Mapping[str, str] | None = None
    ) -> Entry:
        """Write what people do beside the rules, and in which turn; given a clock, all say when."""
        return self._note(kind, {"turn": self.number, **body}, words)

    # inside

    def _over(self) -> bool:
        return self.ended or bool(self.ruleset.over(self.record.last.after)[0])

    def _clear(self) -> None:
        self._turn = self.result = self._shown = self._current = None
        self.pending, self.stage = Pending(), "over"

    def _empty(self) -> Slips:
        return Slips.empty(self.ruleset.slip_layout, 1)

    def _need(self, stage: str) -> Turn:
        if self.stage != stage or self._turn is None:
            raise UsageError(f"the turn is at {self.stage}, not at {stage}", "")
        return self._turn

    def _rebuild(self, *, ruled: bool = False) -> Turn:
        """Play the turn under way again from its start, up to where it stands.

        Rulings are in it once it is resolved: until then nobody sees what they will bring about.
        """
        self._book = Book() if self.explain else None
        last, rulings = self.shelves.schedule.last, self._rulings(ruled)
        inputs = Inputs(rulings=rulings, weeks=self.pending.weeks, last=last)
        turn = begin(
            self.ruleset, self.record.last.after, self.dice, inputs=inputs, book=self._book
        )
        turn.open(dense(self.ruleset.slip_layout, self.pending.control))
        for acts in self.pending.rounds:
            turn.council(dense(self.ruleset.slip_layout, acts))
        self._turn = turn
        return turn

    def _note(
        self, kind: str, body: Mapping[str, Any], words: Mapping[str, str] | None = None
    ) -> Entry:
        body = body if self.clock is None else {"at": self.clock(), **body}
        entry = self.journal.append(kind, body, branch=self.journal.main_line(), words=words)
        self.shelves.take(entry)
        self.version, self._unseen = self.version + 1, self._unseen + (kind in entries.UNSEEN)
        return entry
