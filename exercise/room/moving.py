"""What a seat may do about free-form moves, and what control and a second umpire may."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from exercise.grading import likelihood
from exercise.orders import Refusal
from exercise.record import Message
from exercise.room.effects import read_effects, read_odds
from exercise.room.letters import body_of
from exercise.room.moves import (
    Case,
    Known,
    Move,
    Roll,
    author_of,
    die_of,
    may_know,
    move_name,
)
from exercise.room.taken import about_move, take_back
from exercise.room.talk import WATCHES, oversees
from exercise.seats import watches

if TYPE_CHECKING:
    from exercise.session import Session

LONGEST = 4_000
"""Characters a text of a move may have."""
MOST_NEEDED = 12
"""Successes a long project may need."""
KNOWN: tuple[Known, ...] = ("open", "allies", "control")


class MovesDesk:
    """A seat and the moves it may know of."""

    SHOWN: ClassVar[tuple[str, ...]] = ("moves", "asked")

    def __init__(self, session: Session, seat: str) -> None:
        self._session = session
        self._seat = seat
        self._viewer = session.seating.viewer(seat)

    def moves(self) -> tuple[Move, ...]:
        """The moves that this seat may know of, in the order in which they were made."""
        shelf = self._session.shelves.moves
        return tuple(move for move in map(shelf.move, shelf.names()) if self._knows(move))

    def circles(self) -> tuple[Known, ...]:
        """Who can be let into a move of this seat: everybody, its own side, control alone."""
        roster = self._session.ruleset.roster
        sided = self._viewer.allied or self._viewer.actor in roster.of("adversary")
        return tuple(known for known in KNOWN if sided or known != "allies")

    def make(self, what: str, aim: str = "", why: str = "", known: str = "open") -> Move | Refusal:
        """Say what this seat does, to what end, why it should work, and who may know of it."""
        words = (what.strip(), aim.strip(), why.strip())
        refused = self._closed() or self._may_act() or _judged(*words)
        if refused is not None:
            return refused
        if known not in self.circles():
            return Refusal(f"nobody is meant by “{known}”", f"choose {', '.join(self.circles())}")
        session = self._session
        name = move_name(self._seat, session.number, words)
        if name in session.shelves.moves.names():
            return Refusal("this seat has said that already this turn", "say what else it does")
        session.note(
            "move",
            {"move": name, "seat": self._seat, "known": known},
            {key: text for key, text in zip(("what", "aim", "why"), words, strict=True) if text},
        )
        return session.shelves.moves.move(name)

    def argue(self, name: str, side: str, text: str) -> Refusal | None:
        """Argue for or against a move that this seat may know of."""
        move = self._move(name)
        if isinstance(move, Refusal):
            return move
        refused = self._watches() or self._closed(late=True)
        refused = refused or _settled(move) or _judged(text.strip())
        if refused is not None:
            return refused
        if side not in ("for", "against"):
            return Refusal("an argument is for or against", "choose one of the two")
        body = {"move": name, "seat": self._seat, "side": side}
        self._session.note("argued", body, {"text": text.strip()})
        return None

    def withdraw(self, name: str, why: str) -> Refusal | None:
        """Take this seat's own move back, and say why; a die that has fallen stands."""
        move = self._move(name)
        if isinstance(move, Refusal):
            return move
        if move.seat != self._seat:
            return Refusal("it is another seat's move", "argue against it")
        refused = self._closed(late=True) or _settled(move) or _reasoned(why)
        if refused is None:
            self._end(name, "withdrawn", why)
        return refused

    def take_back(self, name: str, why: str) -> Refusal | None:
        """Delete for good what this seat typed of a move; control deletes all that anybody typed.

        Copies in letters go too, and a mark stays wherever the words were shown.
        """
        move = self._move(name)
        refused = move if isinstance(move, Refusal) else _reasoned(why)
        if refused is not None:
            return refused
        session = self._session
        typed = [e for e in about_move(session, name) if any(e.words.values())]
        every = oversees(session, self._seat)
        own = [e.seq for e in typed if every or author_of(e) == self._seat]
        if not own:
            return Refusal("no words of yours stand there", "control can withdraw all of them")
        take_back(session, own, self._seat, why.strip())
        return None

    # a second umpire, who sees all that control sees

    def asked(self) -> tuple[Case, ...]:
        """The moves on which control asks this seat for its odds."""
        shelf = self._session.shelves.moves
        found = map(shelf.case, shelf.names())
        return tuple(c for c in found if self._seat in c.asked and c.move.is_open)

    def advise(self, name: str, odds: str, why: str = "") -> Refusal | None:
        """Give the odds that control asked for: 0 to 100, or a term of the yardstick."""
        if name not in (case.move.name for case in self.asked()):
            return Refusal("control has not asked this seat about that move", "wait to be asked")
        read = read_odds(odds)
        if isinstance(read, Refusal):
            return read
        refused = _judged(why.strip(), empty=True)
        if refused is None:
            words = {"why": why.strip()} if why.strip() else {}
            self._session.note("advised", {"move": name, "seat": self._seat, "odds": read}, words)
        return refused

    def told(self) -> list[object]:
        """All that the seat is told of moves, for telling whether anything is new."""
        return [[attrs.asdict(m) for m in self.moves()], [attrs.asdict(c) for c in self.asked()]]

    # inside

    def _knows(self, move: Move) -> bool:
        session = self._session
        mover = session.seating.viewer(move.seat)
        return may_know(move.known, mover, self._viewer, session.ruleset.roster.of("adversary"))

    def _move(self, name: str) -> Move | Refusal:
        """A move by name; one that the seat may not know of is not there."""
        found = next((move for move in self.moves() if move.name == name), None)
        return found or Refusal("there is no such move", "choose one of those you know of")

    def _closed(self, late: bool = False) -> Refusal | None:
        """Why nothing can be said now; `late` while results are with control already."""
        session = self._session
        if session.paused:
            return Refusal("the exercise is frozen", "messages still go out; control goes on")
        if session.stage == "over":
            return Refusal("the exercise is over", "say it at the hot wash")
        if session.stage == "review" and not late:
            return Refusal("results are with control already", "make it in the next turn")
        return None

    def _may_act(self) -> Refusal | None:
        if self._viewer.is_control:
            return Refusal("those who see everything make no moves", "speak as anyone instead")
        return self._watches()

    def _watches(self) -> Refusal | None:
        """Why somebody who only watches takes no part."""
        if self._viewer.kind == "public":
            return Refusal("the public makes no moves", "sit down at a seat")
        return WATCHES if watches(self._session.exercise.scenario, self._seat) else None

    def _end(self, name: str, how: str, why: str) -> None:
        body = {"move": name, "how": how, "seat": self._seat}
        self._session.note("move-ended", body, {"why": why.strip()})


class MovesControl(MovesDesk):
    """Control over all moves: weighs them, asks a second umpire, rolls, or refuses."""

    SHOWN: ClassVar[tuple[str, ...]] = ("moves", "asked", "cases")

    def __init__(self, session: Session) -> None:
        super().__init__(session, "control")

    def cases(self) -> tuple[Case, ...]:
        """All moves with how they are weighed, in the order in which they were made."""
        shelf = self._session.shelves.moves
        return tuple(map(shelf.case, shelf.names()))

    def waiting(self) -> tuple[Case, ...]:
        """The moves whose die could still be rolled this turn."""
        now = self._session.number
        return tuple(c for c in self.cases() if c.move.is_open and c.rolled != now)

    def umpires(self) -> tuple[str, ...]:
        """The seats to ask for a second opinion: they see what control sees, and rate nobody."""
        viewers, scenario = self._session.seating.viewers, self._session.exercise.scenario
        return tuple(n for n, v in viewers.items() if v.is_control and not watches(scenario, n))

    def consult(self, name: str, umpire: str) -> Refusal | None:
        """Ask a second umpire for its odds."""
        refused = self._open(name)
        if refused is not None:
            return refused
        if umpire not in self.umpires():
            others = ", ".join(self.umpires())
            remedy = f"ask {others}" if others else "give a seat `sees: control` in the scenario"
            return Refusal("a second umpire sees what control sees", remedy)
        self._session.note("consulted", {"move": name, "umpire": umpire})
        return None

    def weigh(
        self,
        name: str,
        odds: str,
        success: str,
        failure: str,
        success_effects: tuple[str, ...] = (),
        failure_effects: tuple[str, ...] = (),
        needs: int = 1,
        by: str = "control",
    ) -> Weighed | Refusal:
        """Settle the odds and what follows; `by` takes a second umpire's odds, or the mean.

        `success_effects` and `failure_effects` are lines such as `tension[strait] +0.1`; `needs`
        is how many successes a long project wants, one die a turn.
        """
        refused = self._open(name) or _judged(success, failure, empty=True)
        settled = refused or self._odds(name, odds, by)
        if isinstance(settled, Refusal):
            return settled
        if not 1 <= needs <= MOST_NEEDED:
            return Refusal(f"{needs} successes cannot be asked for", f"ask for 1 to {MOST_NEEDED}")
        found: list[list[dict[str, object]]] = []
        for lines in (success_effects, failure_effects):
            effects = read_effects(self._session.ruleset, lines)
            if isinstance(effects, Refusal):
                return effects
            found.append([effect.to_body() for effect in effects])
        body = {"move": name, "odds": settled, "by": by, "needs": needs,
                "success": found[0], "failure": found[1]}  # fmt: skip
        words = {"success": success.strip(), "failure": failure.strip()}
        self._session.note("weighed", body, {k: v for k, v in words.items() if v})
        return Weighed(settled, likelihood(settled / 100.0))

    def roll(self, name: str) -> Roll | Refusal:
        """Roll the die; what it brings about enters the turn, and those who may know are told."""
        session, shelf = self._session, self._session.shelves.moves
        refused = self._open(name)
        if refused is not None:
            return refused
        case = shelf.case(name)
        if case.weight is None:
            return Refusal("it has not been weighed", "settle the odds and what follows first")
        if session.stage == "over":
            return Refusal("the exercise is over", "say at the hot wash what would have come of it")
        if case.rolled == session.number:
            return Refusal("its die has fallen this turn", "a long project goes on next turn")
        die = die_of(session.dice, session.number, name)
        came_off = die <= case.weight.odds
        done = case.move.done + came_off
        whole = done >= case.weight.needs
        effects = shelf.effects(name, came_off) if whole or not came_off else ()
        says = _outcome(case, came_off, done)
        body = {"move": name, "odds": case.weight.odds, "die": die, "came_off": came_off,
                "done": done, "needs": case.weight.needs}  # fmt: skip
        with session.journal.transaction():  # a die that fell is a die that was told
            session.bring_about("rolled", body, says, [effect.ruling(says) for effect in effects])
            self._tell(shelf.move(name))
        return shelf.move(name).rolls[-1]

    def refuse(self, name: str, why: str) -> Refusal | None:
        """Refuse a move, or break off a long project, and say why."""
        refused = self._open(name) or _reasoned(why)
        if refused is None:
            with self._session.journal.transaction():
                self._end(name, "refused", why)
                self._tell(self._session.shelves.moves.move(name))
        return refused

    # inside

    def _open(self, name: str) -> Refusal | None:
        move = self._move(name)
        return move if isinstance(move, Refusal) else _settled(move)

    def _odds(self, name: str, odds: str, by: str) -> int | Refusal:
        """Control's odds, the second umpire's, or the mean of all that were given."""
        own = read_odds(odds)
        if by == "control":
            return own
        given = [opinion.odds for opinion in self._session.shelves.moves.case(name).opinions]
        if by not in ("umpire", "mean"):
            return Refusal(f"nobody weighs as “{by}”", "choose control, umpire or mean")
        if not given:
            return Refusal("no second umpire has given odds", "ask one, or settle them yourself")
        if by == "umpire":
            return round(sum(given) / len(given))
        return own if isinstance(own, Refusal) else round((own + sum(given)) / (1 + len(given)))

    def _tell(self, move: Move) -> None:
        """Tell those who may know what became of it."""
        session = self._session
        mover = session.seating.viewer(move.seat)
        became = {
            "under way": f"the project is {fate_words(move)}",
            "refused": "the move is refused",
        }
        who = session.seating.titles.get(move.seat, move.seat)
        title = f"{who}: {became.get(move.fate, f'the move {fate_words(move)}')}"
        roll = move.rolls[-1] if move.rolls else None
        how = "" if roll is None or move.fate == "refused" else f"\n{roll_words(roll)}"
        said = move.reason if move.fate == "refused" or roll is None else roll.says
        to: tuple[str, ...] = (move.seat,)
        if move.known == "open":
            to = ("all",)
        elif move.known == "allies":
            to = ("allies",) if mover.allied else self._camp(move)
        name = f"{move.name}-{session.number}-{move.fate.replace(' ', '-')}"
        text = f"{said}{how}"
        told = Message(name, session.number, to, "Control", title, text, "outcome", by="control")
        body, words = body_of(told)
        session.note("message", {**body, "move": move.name}, words)

    def _camp(self, move: Move) -> tuple[str, ...]:
        seating = self._session.seating
        others = self._session.ruleset.roster.of("adversary")
        mover = seating.viewer(move.seat)
        return tuple(
            name for name, viewer in seating.viewers.items()
            if not viewer.is_control and may_know(move.known, mover, viewer, others)
        )  # fmt: skip


@attrs.frozen
class Weighed:
    """Odds as they were settled, in percent and in the yardstick's words."""

    odds: int
    words: str


def fate_words(move: Move) -> str:
    """What has become of a move, in words."""
    if move.fate == "under way":
        return f"under way, {move.done} of {move.needs}"
    return "awaits its die" if move.fate == "open" else move.fate


def roll_words(roll: Roll) -> str:
    """The odds and the die in words."""
    words = likelihood(roll.odds / 100.0)
    return f"Odds {roll.odds} in 100 ({words}); the die showed {roll.die}."


def _outcome(case: Case, came_off: bool, done: int) -> str:
    """What is told: control's own sentence, or how far a long project has come."""
    assert case.weight is not None
    needs = case.weight.needs
    if came_off and done < needs:
        return f"It goes forward: {done} of {needs}."
    says = case.weight.success.says if came_off else case.weight.failure.says
    if says:
        return says
    return "It comes off." if came_off else "It does not come off."


def _settled(move: Move) -> Refusal | None:
    if move.is_open:
        return None
    return Refusal(f"the move is settled: {fate_words(move)}", "make another one")


def _reasoned(why: str) -> Refusal | None:
    if not why.strip():
        return Refusal("a reason is needed", "say why in a sentence")
    return _judged(why)


def _judged(*texts: str, empty: bool = False) -> Refusal | None:
    """Why words cannot be taken: nothing said, or far too much."""
    if not empty and not texts[0].strip():
        return Refusal("nothing is said yet", "say in a sentence what is done")
    long = next((text for text in texts if len(text) > LONGEST), None)
    if long is not None:
        return Refusal(f"{len(long):,} characters are too many", f"say it in {LONGEST:,} at most")
    return None
