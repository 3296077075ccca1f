"""What the council has beside its acts, on screens: the silence clock, what is written, sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from exercise.orders import Refusal
from exercise.room.chamber import TIME, seconds_left
from exercise.room.timing import read_clock, wall
from exercise.tui.screens.fill import FillSheet, Part
from exercise.tui.ticking import now_utc
from exercise.tui.widgets.lines import Line
from exercise.tui.words import plain

if TYPE_CHECKING:
    from exercise.room.chairing import ChamberDesk, Floor, Silence, Written
    from exercise.room.timing import Clock
    from exercise.view import TextView

MINUTES = "10"
"""How long silence runs unless somebody says otherwise."""


# the clock


def wall_time() -> str:
    """The wall time, as entries write it."""
    return now_utc().strftime(TIME)


def of_day(at: str) -> str:
    """A wall time as this terminal's clock shows it: `18:04`."""
    return wall(at).astimezone().strftime("%H:%M")


class Silences:
    """Tells a chair, or control, once when a silence has run out: it is theirs to declare."""

    def __init__(self, now: Callable[[], str] = wall_time) -> None:
        self.now = now
        self._told: set[tuple[str, str]] = set()

    def tick(self, floor: Floor) -> tuple[str, str] | None:
        """What is to be said now, and what to do; nothing most of the time."""
        for one in floor.silences:
            known = (one.motion, one.until) in self._told
            if not known and one.motion in floor.chairs and is_out(one, self.now()):
                self._told.add((one.motion, one.until))
                told = f"Silence on “{plain(one.title)}” is over, and nobody broke it."
                return told, "Declare the outcome in the council: c, then y."
        return None


def silence_on(floor: Floor, motion: str) -> Silence | None:
    """The silence that runs on a text."""
    return next((one for one in floor.silences if one.motion == motion), None)


def is_out(silence: Silence, now: str) -> bool:
    """Whether silence has run out by the clock."""
    return bool(silence.until) and seconds_left(silence.until, silence.held or now) <= 0


def clock_words(silence: Silence, now: str) -> str:
    """Until when silence runs and how long that is from now."""
    if not silence.until:
        return "silence runs through the session; no clock is set"
    if is_out(silence, now):
        return f"silence ended at {of_day(silence.until)}, unbroken: the chair declares (y)"
    left = seconds_left(silence.until, silence.held or now)
    told = f"{left // 60:02d}:{left % 60:02d} left"
    if silence.held:
        return f"silence stands still while the exercise is frozen · {told}"
    return f"silence until {of_day(silence.until)} · {told}"


def until_words(floor: Floor, motion: str) -> str:
    """When silence on a text ends, where a clock runs: ` until 18:04`."""
    silence = silence_on(floor, motion)
    return f" until {of_day(silence.until)}" if silence is not None and silence.until else ""


# what is written


def summed_up(floor: Floor, motion: str) -> Iterator[Line]:
    """How the chair summed a text up last."""
    found = [w for w in floor.written if w.kind == "summing-up" and w.about == motion]
    for one in found[-1:]:
        yield Line(
            f"{one.who} sums up: {one.text}", sign="§", sign_style="$own",
            data=("written", one.name),
        )  # fmt: skip


def written_lines(floor: Floor, text: TextView, turn: int) -> Iterator[Line]:
    """What was written about a text, in order; the last summing-up stands above."""
    acts = {stance.cell.partition("[")[2] for stance in text.stances}
    about = [w for w in floor.written if _is_about(w, text.name, acts)]
    last = [w.name for w in about if w.kind == "summing-up"][-1:]
    told = [w for w in about if w.name not in last]
    if told:
        yield Line("In writing", heading=True)
    for one in told:
        yield Line(
            _said(one), sign="“", sign_style="$dim", note=_besides(one, turn),
            data=("written", one.name), tight=True,
        )  # fmt: skip


def _is_about(written: Written, motion: str, acts: set[str]) -> bool:
    cell = written.about.partition("[")[2]
    names = cell.rstrip("]").split(",")
    return written.about == motion or (bool(cell) and motion in names[1:])


def _said(one: Written) -> str:
    match one.kind:
        case "break":
            return f"{one.who} broke silence: {one.text}"
        case "summing-up":
            return f"{one.who} summed up: {one.text}"
        case "considered":
            return f"{one.who}, for itself and control"
    return f"{one.who}: {one.text}" if one.text else f"{one.who} could accept: {one.instead}"


def _besides(one: Written, turn: int) -> str:
    parts = [f"turn {one.turn}"] if one.turn != turn else []
    if one.instead and (one.text or one.kind == "considered"):
        what = "considered" if one.kind == "considered" else "could accept"
        parts.append(f"{what}: {one.instead}")
    if one.dissent:
        parts.append(f"dissent: {one.dissent}")
    return " · ".join(parts)


# sheets


def council_left(clock: Clock) -> int | None:
    """Seconds that the council has left by the room's clock; None where it has no limit."""
    if clock.stage != "council" or not clock.given:
        return None
    reading = read_clock(clock, now_utc())
    return reading.seconds if reading.state == "runs" else 0


def _left_words(left: int) -> str:
    if left < 60:
        return f"{left} seconds" if left else "no time"
    return "1 minute" if left < 120 else f"{left // 60} minutes"


def silence_sheet(
    chamber: ChamberDesk, text: TextView, chair: str, left: int | None = None
) -> FillSheet:
    """The chair puts a text under silence, or sets another end to one that runs.

    Longer than the `left` seconds of the council is put only by somebody who insists.
    """
    insisted = ""

    def take(filled: Mapping[str, str]) -> Refusal | None:
        told = filled["minutes"]
        if not told.isascii() or not told.isdigit():
            return Refusal("that is no number of minutes", "write a whole number, such as 10")
        nonlocal insisted
        if left is not None and int(told[:6]) * 60 > left and insisted != told:
            insisted = told
            return Refusal(
                f"the council has {_left_words(left)} left by the room's clock, less than {told}",
                "write fewer, or confirm once more to put it all the same",
            )
        return chamber.silence(text.name, int(told[:6]))

    return FillSheet(
        f"Silence on “{plain(text.title)}”",
        [Part("minutes", "For how many minutes", MINUTES)],
        take,
        about=f"{chair} puts it: saying nothing consents, and one written break ends it. "
        "Absent seats follow their standing instructions at once."
        + (
            f" The council has {_left_words(left)} left by the room's clock."
            if left is not None
            else ""
        ),
    )


def break_sheet(chamber: ChamberDesk, text: TextView, who: str) -> FillSheet:
    """Silence is broken in writing."""
    return FillSheet(
        f"{who} breaks silence on “{plain(text.title)}”",
        [
            Part("text", "Why, in writing; every ally reads it"),
            Part("instead", "What you could accept instead (you may leave it out)"),
        ],
        lambda filled: chamber.break_silence(text.name, filled["text"], filled["instead"]),
        about="The text does not pass by silence. It costs some political capital.",
    )


def sum_up_sheet(chamber: ChamberDesk, text: TextView, chair: str) -> FillSheet:
    """The chair sums up."""
    return FillSheet(
        f"{chair} sums up on “{plain(text.title)}”",
        [Part("text", "Where the text stands, as the chair sees it; every ally reads it")],
        lambda filled: chamber.sum_up(text.name, filled["text"]),
    )


def explain_sheet(chamber: ChamberDesk, text: TextView, who: str) -> FillSheet:
    """A seat explains its vote or position."""
    return FillSheet(
        f"{who} explains its position on “{plain(text.title)}”",
        [
            Part("text", "Why; every ally reads it (each line may be left out)"),
            Part("instead", "What you could accept instead; every ally reads it"),
            Part("dissent", "Who of yours disagreed, and why; only you and control read it"),
        ],
        lambda filled: chamber.explain(
            text.name, filled["text"], filled["instead"], filled["dissent"]
        ),
    )


def withdraw_sheet(chamber: ChamberDesk, name: str) -> FillSheet:
    """What was written is taken back."""
    return FillSheet(
        "Withdraw what was written",
        [Part("why", "Why; whoever could read it sees this mark")],
        lambda filled: chamber.withdraw(name, filled["why"]),
        about="The words are deleted for good; a mark stays.",
        done="Withdrawn.",
    )


def consider_sheet(chamber: ChamberDesk, cell: str, about: str) -> FillSheet:
    """What else a delegation considered for an order, and who disagreed."""
    return FillSheet(
        about,
        [
            Part("instead", "What else you considered (each line may be left out)"),
            Part("dissent", "Who of yours disagreed, and why"),
        ],
        lambda filled: chamber.consider(cell, filled["instead"], filled["dissent"]),
        about="For the hot wash: only you and control read it.",
        done="Noted.",
    )
