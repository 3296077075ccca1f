"""What control is told, as lines: the list of injects, what happens now, the truth and a view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from exercise.errors import UsageError
from exercise.spoken import STATES
from exercise.tui.screens.floor import until_words
from exercise.tui.screens.over import aim_lines
from exercise.tui.screens.said import counts, now_words
from exercise.tui.screens.talking import owed_lines, talk_lines
from exercise.tui.widgets.lines import Line
from exercise.tui.words import TRENDS, counted, listed, number, plain, signed

if TYPE_CHECKING:
    from exercise.desk import Desk, Standing
    from exercise.tui.room import Room
    from exercise.view import Sentence, View

RESULTS = 30
"""Results shown for release; the rest are under all changes."""
UNKNOWN = 8
"""What a seat does not know of: as many as can be taken in."""

STAGES = {
    "council": "the council sits",
    "orders": "slips are entered and sealed",
    "review": "results with control",
    "over": "the exercise is over",
}
TALK = {"council": "the table talks", "orders": "the table talks"}
"""What the stages are called in an exercise of words alone."""
DECIDED = ("adopted", "coalition", "failed")
BEGIN = "begins the exercise: the clock starts"
"""What comes next while the first clock waits for it."""
NEXT_TALK = "end the turn    q answers  j moves  t notes"
NEXT = {
    "council": "close the council; slips are sealed next    c its acts",
    "orders": "resolve: sealed slips meet the rules    g enters slips",
    "review": "release to everybody    a accept  e amend  h hold it",
    "over": "read the hot wash",
}


# now


def now_lines(room: Room, view: View, standing: Standing) -> list[Line]:
    """What happens now, by the stage of the turn."""
    if standing.stage == "over":
        return list(_ended(room))
    if standing.stage == "review":
        return [*_attendance(room, quiet=True), *_results(room), *owed_lines(room)]
    lines = list(_waiting(room))
    if not standing.decides:
        return [*lines, *talk_lines(room), *owed_lines(room)]
    if standing.stage == "council":
        lines += _session(room, view, standing)
    lines += _slips(room, standing)
    if standing.stage == "orders":
        lines += _settled(view)
    return [*lines, *owed_lines(room)]


def _waiting(room: Room) -> Iterator[Line]:
    """Who is here of those who are to come; how much waits for an answer or a step of control's."""
    yield from _attendance(room)
    waits = len(room.control.talk.questions()) + len(room.control.requests.waiting())
    if waits:
        yield Line(f"{counted(waits, 'matter')} for control to answer", sign="?",
                   sign_style="$own", right="r", note="r shows what waits")  # fmt: skip


def _attendance(room: Room, quiet: bool = False) -> Iterator[Line]:
    """How many of the seats that people play are here; `quiet` where the cursor passes by."""
    here, away = room.attending()
    whole = len(here) + len(away)
    if not whole:
        return
    told = f"{len(here)} of {whole} here"
    if quiet:
        yield Line(f"{told}   d", heading=True)
        return
    missing = f"not here: {listed([plain(room.title(name)) for name in away])}"
    yield Line(
        told, sign="○" if away else "●", right="d",
        sign_style="$dim" if away else "$own", data=("doors", ""), most=2,
        note="" if not away else missing if here else "codes for terminals and browsers",
    )  # fmt: skip


def _session(room: Room, view: View, standing: Standing) -> Iterator[Line]:
    yield Line(f"The council sits, round {standing.round}", heading=True)
    live = [t for t in view.texts if t.state in ("on the table", "put", "under silence")]
    decided = list(_decided(view, this_turn=True))
    if not live and not decided:
        yield Line("Nothing is on the table.", style="$dim")
    floor = room.control.chamber.floor()
    for text in live:
        held = sum(clause.state == "bracketed" for clause in text.clauses)
        marks = [counted(held, "bracket")] if held else []
        marks += [s.text for s in text.stances if s.cell.startswith("council.objection")]
        yield Line(
            f"“{text.title}”", sign="§", sign_style="$dim", note="; ".join(marks),
            right=f"{STATES[text.state]}{until_words(floor, text.name)}", ask=text.strength.cell,
        )  # fmt: skip
    if decided:
        yield Line("Decided this turn", heading=True)
    yield from decided


def _settled(view: View) -> Iterator[Line]:
    done = list(_decided(view))
    if done:
        yield Line("What the councils have decided", heading=True)
    yield from done


def _decided(view: View, this_turn: bool = False) -> Iterator[Line]:
    """Texts that were agreed; of this turn, those that failed as well. Enter asks why."""
    for text in view.texts:
        if text.state not in DECIDED:
            continue
        failed = text.state == "failed"
        if text.acts or not (this_turn or failed):  # acts are those of this turn
            yield Line(
                f"“{text.title}”", sign="×" if failed else "✓", sign_style="$dim",
                right=STATES[text.state], ask=text.strength.cell,
            )  # fmt: skip


def _slips(room: Room, standing: Standing) -> Iterator[Line]:
    done, all_here = room.entered()
    if all_here:
        yield Line(f"Slips: entered {done} of {all_here}", heading=True)
    for seat in room.deciding():
        drafted = len(room.any_desk(seat).drafted())
        kept = len(room.kept.get(seat, ()))
        sealed = standing.sealed.get(seat)
        filled = counted(drafted, "order") if drafted else "empty"
        word = f"sealed, {filled}" if sealed else (
            f"{counted(drafted, 'order')} drafted" if drafted else "nothing yet"
        )  # fmt: skip
        yield Line(
            room.title(seat), sign="■" if sealed else "□", sign_style="$own" if sealed else "$dim",
            right=word, note=f"× {counted(kept, 'line')} refused" if kept else "",
            data=("seat", seat),
        )  # fmt: skip
    bots = [room.title(name) for name, by in standing.filling.items() if by == "bot"]
    if bots:
        yield Line(f"played by bots: {listed(bots)}", sign="○", sign_style="$dim", style="$dim")


def _results(room: Room) -> Iterator[Line]:
    """The results as sentences, each to be accepted, amended or held."""
    results = room.control.results()
    rulings = room.control.ruled()
    for cell, reason in rulings.items():
        found = room.control.reviewed().why(cell)
        now = f"{found.bands[1]} {number(found.after)}".strip()
        now = f"{'still' if found.bands[1] and found.bands[0] == found.bands[1] else 'now'} {now}"
        about = (found.short or found.title).rstrip(".")
        yield Line(f"Ruled: {about}", sign="§", note=f"{now}, because: {reason}",
                   style="$dim", data=("ruling", cell))  # fmt: skip
    if not results.changed:
        yield Line("Nothing changed this turn.", style="$dim")
    for sentence in results.changed[:RESULTS]:
        taken = sentence.cell in room.accepted
        ruled = sentence.cell in rulings
        note = now_words(sentence)
        if ruled and note and counts(sentence):  # the same figure as the ruling above has
            note = f"{note} {number(sentence.value or 0.0)}"
        yield Line(
            sentence.text,
            sign="✓" if taken else "§" if ruled else TRENDS[sentence.trend],
            sign_style="$own" if taken or ruled else "$bright",
            style="$dim" if taken else "",
            note=note,
            right=signed(sentence.change or 0.0) if counts(sentence) else "",
            data=("result", sentence),
        )
    if len(results.changed) > RESULTS:
        yield Line(f"and {len(results.changed) - RESULTS} smaller changes", sign="…", style="$dim")


def _ended(room: Room) -> Iterator[Line]:
    ending = room.control.ending()
    if ending is None:
        return
    outcome = plain(ending.outcome)
    why = room.control.stopped()
    told = why[:1].upper() + why[1:]
    yield Line(told or outcome[:1].upper() + outcome[1:], style="$bright bold", note=ending.says)
    yield from aim_lines(ending)


# the truth, and a view


ONLY_CONTROL = "deterrence.credibility"
"""What the adversary really thinks of a theatre; staffs have an estimate of it."""


def beside_lines(
    control: Desk, facts: Mapping[str, Any], truth: View, seen: View, desk: Desk, name: str
) -> list[Line]:
    """Where things stand, with what a seat sees of each; then what it does not know of.

    `control` is asked about the truth, and `desk` is the seat's own.
    """
    lines = [Line("Where things stand", heading=True), *_hidden(control, facts, name)]
    own = {gauge.cell for gauge in seen.gauges}
    told = own | set(desk.cleared(tuple(s.cell for s in (*truth.gauges, *truth.changed))))
    for gauge in truth.gauges:
        if gauge.cell in own or _shared(gauge):
            lines.append(_gauge(gauge, "" if gauge.cell in told else f"not disclosed to {name}"))
    known = {sentence.cell for sentence in seen.changed}
    hidden = [s for s in truth.changed if s.cell not in known and s.cell not in told]
    lines.append(Line(f"What {name} does not know of", heading=True))
    if not hidden:
        lines.append(Line("Nothing that changed is hidden from it.", style="$dim"))
    lines += [
        Line(s.text, sign=TRENDS[s.trend], right=signed(s.change or 0.0), ask=s.cell)
        for s in hidden[:UNKNOWN]
    ]
    return lines


def _hidden(control: Desk, facts: Mapping[str, Any], name: str) -> Iterator[Line]:
    for theatre in facts["theatres"]:
        cell = f"{ONLY_CONTROL}[{theatre}]"
        try:
            found = control.why(cell)
        except UsageError:
            return
        yield Line(
            found.short or found.title.rstrip("."), sign="·", sign_style="$faint",
            style="$foreground",
            right=f"{found.bands[1]} {number(found.after)}".strip(), right_style="$bright",
            note=f"not disclosed to {name}", ask=cell, most=2,
        )  # fmt: skip


def _shared(gauge: Sentence) -> bool:
    """Whether a gauge is about everybody, not about one ally."""
    return not gauge.cell.startswith(("domestic.support[", "economy.hardship["))


def _gauge(gauge: Sentence, note: str) -> Line:
    value = f"{gauge.band} {number(gauge.value or 0.0)}".strip()
    return Line(
        gauge.text.rstrip("."),
        sign=TRENDS[gauge.trend],
        sign_style="$bright" if gauge.trend else "$faint",
        style="$foreground",
        right=value,
        right_style="$bright",
        note=note,
        ask=gauge.cell,
        most=2,
    )
