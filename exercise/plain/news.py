"""What is new at a desk: what was known before beside what is known now, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

from exercise.desk.answers import Standing, played_again
from exercise.errors import ExerciseError
from exercise.plain.lines import figure
from exercise.plain.presiding import silence_words, written_words
from exercise.room.moving import fate_words
from exercise.room.timing import ran, warned
from exercise.spoken import STATES, counted, listed
from exercise.view import Sentence, TextView, View

if TYPE_CHECKING:
    from exercise.desk import LocalDesk
    from exercise.plain.conversation import Conversation

ACTS = 6
"""Acts of the council told one by one; what more there is, `council` tells."""
RESULTS = 5
"""Results told at once; `changed` tells all."""
OPENINGS = {"council": "the council sits", "orders": "orders can be sealed",
            "review": "orders are closed; results are with control",
            "over": "the exercise is over"}  # fmt: skip
WAITS = {"claimed": "taken up", "review": "under review", "reviewed": "passed"}
"""What the states of a request are called, where the word alone says too little."""
FROZEN = "the exercise is frozen; messages still go out"
TALKS = {"council": "the table talks", "orders": "the table still talks"}


@attrs.frozen
class Known:
    """What a desk was told last, as far as its changes are announced."""

    standing: Standing
    letters: tuple[str, ...]
    texts: Mapping[str, TextView]
    draft: tuple[str, ...]
    moves: Mapping[str, tuple[str, int]]
    requests: Mapping[str, str]
    written: Mapping[str, str]
    """What runs or was written about texts, by name."""
    gone: tuple[int, str, int]
    """The stage's turn and name, and how many seconds of it had run."""
    waits: bool = False
    """Whether the first clock waits for control to begin the exercise."""


def known(desk: LocalDesk, watches: bool) -> Known:
    """What a desk tells now; asks only for what its role may ask."""
    view = desk.view()
    moves, requests = {}, {}
    floor, clock = desk.chamber.floor(), desk.timing.clock()
    silences = {f"{one.motion} {one.until}": silence_words(one) for one in floor.silences}
    if not watches:
        moves = {m.name: (fate_words(m), len(m.arguments)) for m in desk.moves.moves()}
        requests = {r.name: r.state for r in desk.requests.requests()}
    return Known(
        desk.standing(),
        tuple(message.name for message in view.inbox),
        {text.name: text for text in view.texts or floor.texts},
        tuple(f"{order.line()} {order.reason}" for order, _ in desk.drafted()),
        moves,
        requests,
        silences | {one.name: written_words(one) for one in floor.written},
        (clock.turn, clock.stage, ran(clock, datetime.now(UTC))),
        clock.waits,
    )


def news(talk: Conversation, was: Known, now: Known, whole: bool) -> list[str]:
    """What came between, as sentences; `whole` says letters in full, for those who only follow."""
    view = talk.desk.view()
    numbers = view.numbers
    found = [*_results(talk, was.standing, now.standing, numbers)]
    found += _stage(talk, was.standing, now.standing, view)
    found += _letters(talk, was, view, whole)
    found += _texts(talk, was, now)
    found += _moves(talk, was, now)
    found += _requests(was, now)
    found += _written(talk, was, now)
    found += _clock(talk, was, now)
    same = was.standing.turn == now.standing.turn and was.standing.stage == now.standing.stage
    if same and was.draft != now.draft:
        found.append("your draft was changed at another terminal; `draft` tells it")
    return found


def change_words(sentence: Sentence, numbers: bool) -> str:
    """A change in words: the sentence, what it is now, then amounts for those who may see them."""
    told = sentence.text.strip().rstrip(".")
    if sentence.band and sentence.band.lower() not in told.lower():
        told += f", {'still' if sentence.still else 'now'} {sentence.band}"
    yes_or_no = sentence.change in (1.0, -1.0) and sentence.value in (0.0, 1.0)
    if numbers and sentence.change and not yes_or_no:
        way = "up" if sentence.change > 0 else "down"
        told += f", {way} by {figure(abs(sentence.change))} to {figure(sentence.value or 0.0)}"
    return told


def _results(talk: Conversation, was: Standing, now: Standing, numbers: bool) -> Iterator[str]:
    done = now.turn if now.stage == "over" else now.turn - 1
    before = was.turn if was.stage == "over" else was.turn - 1
    if done <= before:
        return
    try:
        changed = talk.desk.view(done).changed
    except ExerciseError:
        return  # it was ended before that turn was published
    if not changed and not now.decides:
        return
    yield f"the results of turn {done} are out"
    for sentence in changed[:RESULTS]:
        yield change_words(sentence, numbers)
    if len(changed) > RESULTS:
        yield f"and {len(changed) - RESULTS} smaller changes; `changed {done}` tells all"


def _stage(talk: Conversation, was: Standing, now: Standing, view: View) -> Iterator[str]:
    told = {**OPENINGS, **({} if now.decides else TALKS)}
    if (was.turn, was.stage) != (now.turn, now.stage):
        if now.stage == "over":
            yield "the exercise is over; `ending` tells how"
        elif played_again(now, was):
            yield f"control has gone back: turn {now.turn} is played again: {told[now.stage]}"
        elif was.turn != now.turn:
            day = f", {view.day}" if view.day else ""
            yield f"turn {now.turn} of {view.turns} begins{day}: {told[now.stage]}"
        else:
            yield told[now.stage]
    elif now.round > was.round:
        yield f"round {now.round} of the table is done"
    if now.stopped and not was.stopped:
        yield "STOP STOP STOP: this is no part of the exercise; stop, and listen to control"
    elif was.paused != now.paused:
        yield FROZEN if now.paused else "it goes on"
    if was.turn == now.turn:
        for seat, sealed in now.sealed.items():
            if seat != talk.desk.seat and sealed != was.sealed.get(seat, False):
                did = "has sealed" if sealed else "has withdrawn its seal"
                yield f"{talk.title(seat)} {did}"


def _letters(talk: Conversation, was: Known, view: View, whole: bool) -> Iterator[str]:
    fresh = [m for m in view.inbox if m.name not in was.letters]
    if not fresh:
        return
    own = () if talk.watches or talk.kind == "control" else talk.desk.talk.unread()
    for message in reversed(fresh):
        mine = message.by == "control" if talk.kind == "control" else message.name not in own
        if talk.watches or not mine:
            put = message.method == "question" and message.text  # its title says nothing
            about = message.title if message.title and not put else message.text
            about = f"{message.title}: {message.text}" if whole and message.title else about
            about = about if whole else about[:120]
            yield f"new from {talk.title(message.sender)}: {about}"


def _texts(talk: Conversation, was: Known, now: Known) -> Iterator[str]:
    if now.standing.stage == "over":
        return
    acts: list[str] = []
    told: list[str] = []
    for name, text in now.texts.items():
        before = was.texts.get(name)
        old = before.acts if before is not None else ()
        same = was.standing.turn == now.standing.turn and text.acts[: len(old)] == old
        fresh = text.acts[len(old) :] if same else text.acts
        acts += [f"“{text.title}”: {one.text}" for one in fresh if one.cell not in talk.own]
        if before is not None and before.state != text.state:
            told.append(f"“{text.title}” is now {STATES.get(text.state, text.state)}")
        if before is not None and same and not fresh:
            told += list(_clauses(before, text))
    most = len(acts) if talk.watches else ACTS
    yield from acts[:most]
    if len(acts) > most:
        more = counted(len(acts) - most, "more act", "more acts")
        yield f"and {more} of the council; `council` tells of its texts"
    yield from told


def _clauses(before: TextView, text: TextView) -> Iterator[str]:
    for number, (old, new) in enumerate(zip(before.clauses, text.clauses, strict=False), start=1):
        if (old.state, old.held_by) != (new.state, new.held_by):
            yield f"“{text.title}”, clause {number}: {state_words(new.state, new.held_by)}"


def state_words(state: str, held_by: tuple[str, ...]) -> str:
    """How a clause stands, in words."""
    return f"bracketed by {listed(held_by)}" if held_by else state


def _written(talk: Conversation, was: Known, now: Known) -> Iterator[str]:
    own = f"-{talk.desk.seat}-"
    yield from (
        words for name, words in now.written.items()
        if was.written.get(name) != words and own not in name
    )  # fmt: skip


def _clock(talk: Conversation, was: Known, now: Known) -> Iterator[str]:
    """That the exercise has begun; what the clock has warned of since."""
    if was.waits and not now.waits and now.standing.stage == "council":
        yield "the exercise has begun: the clock runs"
    same = was.gone[:2] == now.gone[:2]
    words = warned(talk.desk.timing.clock(), was.gone[2] if same else 0, now.gone[2])
    if words:
        yield words


def _moves(talk: Conversation, was: Known, now: Known) -> Iterator[str]:
    if was.moves == now.moves:
        return
    for move in talk.desk.moves.moves():
        before, after = was.moves.get(move.name), now.moves.get(move.name)
        who = talk.title(move.seat)
        if after is None or before == after:
            continue
        if before is None:
            if move.seat != talk.desk.seat:
                yield f"{who} attempts: {move.what[:120]}; `moves` tells it"
        elif before[0] != after[0]:
            yield f"the move of {who} is now {after[0]}: {move.what[:80]}"
        elif move.arguments and move.arguments[-1].seat != talk.desk.seat:
            last = move.arguments[-1]
            yield f"{talk.title(last.seat)} argues {last.side} the move of {who}: {last.text[:120]}"


def _requests(was: Known, now: Known) -> Iterator[str]:
    for name, state in now.requests.items():
        if was.requests.get(name) != state:
            yield f"request {name} is {WAITS.get(state, state)}; `requests` tells it"
