"""The room's clock: how long a stage of a turn has, and how much of it is gone.

The engine reads no clock: times are those at which entries were written. What stands here is
enough for any terminal to count by itself: what had run by a moment, and that moment. In a room
that has just been opened the first stage's clock waits until control begins the exercise. The clock
stops while the exercise is frozen and while its host is closed. After a crash it goes on as if
nothing had been, since the people in the room went on talking; a stage that would have lasted
more than three hours by then begins anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import attrs

from exercise.orders import Refusal
from exercise.save.journal import Entry
from exercise.scenario.times import Rhythm

if TYPE_CHECKING:
    from exercise.session import Session

STAGES = ("council", "orders", "review")
BEGINS = {"opened": "council", "closed": "orders", "resolved": "review"}
"""The entries with which a stage begins."""
OVERNIGHT = 3 * 3600
"""Seconds after which a stage that a crash cut off is begun anew."""
LONGEST = 600.0
"""Minutes that a stage may have."""
MOST_WARNINGS = 6


@attrs.frozen
class Clock:
    """The room's clock as a terminal needs it to count by itself; times in whole seconds."""

    turn: int
    stage: str
    """Empty where nothing runs: before a host has opened the room, or once all is over."""
    day: str
    """Exercise time, as `D−5`, and its date."""
    date: str
    given: int
    """How long the stage has, with what was added; 0 for no limit."""
    used: int
    """What had run of it at `since`."""
    since: str
    """The wall time from which it runs on, as `2026-11-22T09:30:00Z`; empty while it stands."""
    grace: int
    warnings: tuple[int, ...]
    closes: bool
    waits: bool = False
    """Whether it waits, with all its time, for control to begin the exercise."""


@attrs.frozen
class Reading:
    """What a clock shows at a moment."""

    state: Literal["none", "runs", "grace", "over"]
    """`none` where the stage has no limit: then the seconds are those that have passed."""
    seconds: int
    """What is left, of the stage or of grace; over time, what is too much."""
    stands: bool = False

    @property
    def figures(self) -> str:
        """As people read a clock: `07:42`, overtime as `+01:12`."""
        return f"+{self.digits}" if self.state == "over" else self.digits

    @property
    def digits(self) -> str:
        """The figures without a sign."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"

    @property
    def words(self) -> str:
        """The figures and what they count, so that nobody takes them for a time of day."""
        told = {
            "none": f"{self.digits} so far", "runs": f"{self.digits} left",
            "grace": f"grace {self.digits}", "over": f"over by {self.digits}",
        }  # fmt: skip
        return f"{'‖ ' if self.stands else ''}{told[self.state]}"


def wall(at: str) -> datetime:
    """The moment that an entry was written at."""
    return datetime.fromisoformat(at)


def ran(clock: Clock, now: datetime) -> int:
    """Seconds of the stage that have run by now; a wall clock set back takes none away."""
    more = (now - wall(clock.since)).total_seconds() if clock.since else 0.0
    return clock.used + max(int(more), 0)


def read_clock(clock: Clock, now: datetime) -> Reading:
    """What the clock shows now."""
    gone = ran(clock, now)
    stands = not clock.since
    if not clock.given:
        return Reading("none", gone, stands)
    left = clock.given - gone
    if left >= 0:
        return Reading("runs", left, stands)
    if -left <= clock.grace:
        return Reading("grace", clock.grace + left, stands)
    return Reading("over", -left - clock.grace, stands)


def due(clock: Clock, now: datetime) -> float | None:
    """Seconds until the stage closes by itself, 0 where it should have; None where it does not."""
    if not (clock.closes and clock.given and clock.since) or clock.stage not in STAGES[:2]:
        return None
    return max(float(clock.given + clock.grace - ran(clock, now)), 0.0)


def warned(clock: Clock, before: int, gone: int) -> str:
    """What is said when a stage has come from `before` to `gone` seconds: the latest, once."""
    if not clock.given:
        return ""
    marks = [(clock.given - left, _left(clock, left)) for left in sorted(clock.warnings)[::-1]]
    marks.append((clock.given, _up(clock)))
    if clock.grace:
        marks.append((clock.given + clock.grace, "Grace is over: it is overtime now."))
    crossed = [says for at, says in marks if before < at <= gone]
    return crossed[-1] if crossed else ""


def _left(clock: Clock, seconds: int) -> str:
    what = {"orders": " to seal", "review": " for the results"}.get(clock.stage, "")
    return f"{_span(seconds)} left{what}."


def _up(clock: Clock) -> str:
    if clock.grace:
        return f"Time is up; {_span(clock.grace)} of grace."
    return "Time is up: the stage closes now." if clock.closes else "Time is up: it is overtime."


def _span(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    words = f"{minutes} minute{'s' if minutes != 1 else ''}" if minutes else ""
    over = f"{rest} second{'s' if rest != 1 else ''}" if rest else ""
    return " ".join(part for part in (words, over) if part)


class Timing:
    """The clock of the stage under way, and what control has settled, from the journal."""

    def __init__(self) -> None:
        self.stage = ""
        self.used = 0
        self.extra = 0
        """Seconds that control added to the stage under way."""
        self.since = ""
        self.given: dict[str, int] = {}
        """Seconds that control gave a stage, 0 for no limit; else the scenario says."""
        self.rules: dict[str, Any] = {}
        """Grace, warnings, closing, where control settled them."""
        self.waits = False
        """Whether control has yet to begin the exercise, in a room that was opened for it."""
        self.timed = False
        """Whether any stage's beginning has a time: no clock runs where none is given."""
        self._held: set[str] = set()

    def take(self, entry: Entry) -> None:
        """Take up one entry."""
        body: Mapping[str, Any] = entry.body
        at = str(body.get("at", ""))
        match entry.kind:
            case "opened" | "closed" | "resolved":
                self.stage, self.waits = BEGINS[entry.kind], False
                self._begin(at)
            case "published" | "ended":
                self.stage, self.since = "", ""
            case "paused":
                self._hold("pause", bool(body["paused"]), at)
            case "clock":
                self._act(body, at)

    def _act(self, body: Mapping[str, Any], at: str) -> None:
        match body["act"]:
            case "begin" | "start":
                extra, self.waits = self.extra, False
                self._begin(at)
                self.extra = extra if body["act"] == "start" else 0
            case "shut":
                self._hold("host", True, at)
            case "open":
                self.waits = self.waits or bool(body.get("waits"))
                self._opened(at)
            case "give":
                self.given[body["stage"]] = int(body["seconds"])
            case "add":
                self.extra += int(body["seconds"])
            case "rules":
                self.rules = {key: body[key] for key in ("grace", "warnings", "closes")}

    def _begin(self, at: str) -> None:
        self.used = self.extra = 0
        self.since = "" if self._held else at
        self.timed = self.timed or bool(at)

    def _hold(self, why: str, held: bool, at: str) -> None:
        if held and not self._held:
            self.used += _between(self.since, at)
            self.since = ""
        (self._held.add if held else self._held.discard)(why)
        if not held and not self._held and self.timed:
            self.since = at

    def _opened(self, at: str) -> None:
        """A host has opened the room: the first stage begins, or the clock goes on."""
        if "host" in self._held:
            self._hold("host", False, at)
        elif not self.timed or (self.since and _between(self.since, at) > OVERNIGHT):
            self._begin(at)

    def limit(self, rhythm: Rhythm | None) -> int:
        """How long the stage under way has, in seconds; 0 for no limit."""
        given = self.given.get(self.stage, stage_seconds(rhythm, self.stage))
        return max(given + self.extra, 1) if given else 0


def _between(start: str, end: str) -> int:
    return max(int((wall(end) - wall(start)).total_seconds()), 0) if start and end else 0


def stage_seconds(rhythm: Rhythm | None, stage: str) -> int:
    """How long the scenario gives a stage; 0 for no limit."""
    minutes = getattr(rhythm.minutes, stage, None) if rhythm is not None else None
    return round(minutes * 60) if minutes else 0


class TimingDesk:
    """The room's clock: everybody reads the same."""

    SHOWN: ClassVar[tuple[str, ...]] = ("clock",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def clock(self) -> Clock:
        """The clock of the stage under way."""
        session = self._session
        shelf, rules = session.shelves.timing, self._rules()
        over = session.stage == "over" or not shelf.timed
        given = 0 if over else shelf.limit(self._rhythm())
        waits = shelf.waits and bool(given)
        day, date = self._day()
        return Clock(
            session.number,
            "" if over else shelf.stage,
            day,
            date,
            given,
            0 if over or waits else shelf.used,
            "" if over or waits else shelf.since,
            int(rules["grace"]),
            tuple(rules["warnings"]),
            bool(rules["closes"]),
            waits,
        )

    def told(self) -> list[object]:
        """All that is told of it, for telling whether anything is new."""
        return list(attrs.astuple(self.clock()))

    def _rhythm(self) -> Rhythm | None:
        exercise = self._session.exercise
        return exercise.scenario.turns.get(exercise.rhythm)

    def _rules(self) -> Mapping[str, Any]:
        said = self._session.exercise.scenario.clock
        usual = {
            "grace": round(said.grace * 60),
            "warnings": [round(minutes * 60) for minutes in said.warnings],
            "closes": said.closes,
        }
        return {**usual, **self._session.shelves.timing.rules}

    def _day(self) -> tuple[str, str]:
        session = self._session
        weeks = session.shelves.schedule.weeks or session.exercise.calendar.weeks
        calendar = attrs.evolve(session.exercise.calendar, weeks=tuple(weeks))
        turn = max(session.number, 1)
        return calendar.day(turn), calendar.date(turn).isoformat()


class TimingControl(TimingDesk):
    """Control sets the clock."""

    def limits(self) -> dict[str, int]:
        """How long each stage has, in seconds; 0 for no limit."""
        given, rhythm = self._session.shelves.timing.given, self._rhythm()
        return {stage: given.get(stage, stage_seconds(rhythm, stage)) for stage in STAGES}

    def give(self, stage: str, minutes: float) -> Refusal | None:
        """Give a stage so many minutes from now on, the one under way too; 0 for no limit."""
        if stage not in STAGES:
            return Refusal(f"there is no stage {stage[:40]!r}", f"there are {', '.join(STAGES)}")
        if not 0 <= minutes <= LONGEST:
            return _too_long(minutes)
        self._note("give", stage=stage, seconds=round(minutes * 60))
        return None

    def add(self, minutes: float) -> Refusal | None:
        """Add minutes to the stage under way, or take some off."""
        clock = self.clock()
        if not clock.given:
            return Refusal("this stage has no limit", "give it some minutes first")
        if not 0 <= clock.given / 60 + minutes <= LONGEST:
            return _too_long(clock.given / 60 + minutes)
        self._note("add", seconds=round(minutes * 60))
        return None

    def start(self) -> Refusal | None:
        """Begin the exercise: the first stage's clock, which has waited for it, runs."""
        if not self.clock().waits:
            return Refusal("no clock waits to be started", "it runs, or the stage has no limit")
        self._note("start")
        return None

    def begin(self) -> Refusal | None:
        """Begin the time of the stage under way anew."""
        if not self.clock().stage:
            return Refusal("no stage is under way", "open the room first")
        self._note("begin")
        return None

    def settle(self, warnings: tuple[float, ...], grace: float, closes: bool) -> Refusal | None:
        """Say when people are warned (minutes before the end), what grace there is, who closes."""
        wrong = next((m for m in (*warnings, grace) if not 0 <= m <= LONGEST), None)
        if wrong is not None:
            return _too_long(wrong)
        if len(warnings) > MOST_WARNINGS:
            return Refusal("that is warning too often", f"name {MOST_WARNINGS} times at most")
        seconds = sorted({round(minutes * 60) for minutes in warnings if minutes}, reverse=True)
        self._note("rules", warnings=seconds, grace=round(grace * 60), closes=closes)
        return None

    def rang(self) -> None:
        """Note that the stage under way is closed by the clock, and by nobody's hand."""
        self._note("rang", stage=self.clock().stage)

    def _note(self, act: str, **body: Any) -> None:
        self._session.note("clock", {"act": act, **body})


def _too_long(minutes: float) -> Refusal:
    return Refusal(f"a stage cannot have {minutes:g} minutes", f"give 0 to {LONGEST:g}")


def room_opened(session: Session, *, waits: bool = False) -> None:
    """Say that a host has opened the room: its clock goes on.

    Where it `waits`, the exercise is new, and the first clock runs once control begins it.
    """
    if session.stage != "over":
        session.note("clock", {"act": "open", **({"waits": True} if waits else {})})


def room_shut(session: Session) -> None:
    """Say that the host closes the room in order: its clock stands."""
    if session.stage != "over":
        session.note("clock", {"act": "shut"})
