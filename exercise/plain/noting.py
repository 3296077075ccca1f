"""Questions and their answers; what evaluators record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from exercise.errors import UsageError
from exercise.plain.conversation import Item
from exercise.plain.lines import full, parts_of
from exercise.plain.presiding import written_words
from exercise.plain.talking import send
from exercise.room.notes import RATINGS
from exercise.spoken import counted, listed

if TYPE_CHECKING:
    from exercise.plain.conversation import Conversation
    from exercise.room.notes import Form
    from exercise.room.questions import Asked


# questions


def questions(talk: Conversation, rest: str) -> None:
    """The questions that were put, and what was answered; to control, what seats ask it too."""
    asked = talk.desk.questions.asked()
    talk.lists["questions"] = [("scenario", one.name) for one in asked]
    items = [Item(_told(talk, one), partial(_answered, talk, one)) for one in asked]
    if talk.kind == "control":
        waiting = talk.white.talk.questions()
        talk.lists["questions"] += [("letter", letter.name) for letter in waiting]
        items += [Item(f"{one.sender} asks you: {one.title} {one.text}") for one in waiting]
    talk.show("Questions:", items, "no question was put yet", "`answer N WORDS` answers one")


def _told(talk: Conversation, one: Asked) -> str:
    if talk.kind == "control":
        done = [talk.title(answer.seat) for answer in one.answers]
        return f"turn {one.turn}, {one.text} Answered by {listed(done) or 'nobody'}"
    return f"turn {one.turn}, {'answered' if one.answers else 'not answered'}: {one.text}"


def _answered(talk: Conversation, one: Asked) -> None:
    talk.say(full(one.text))
    for answer in one.answers:
        talk.say(full(f"{talk.title(answer.seat)}, turn {answer.turn}: {answer.text}"))
    if not one.answers:
        talk.say("Nobody has answered it yet.")


def answer(talk: Conversation, rest: str) -> None:
    """Answer a question that was put."""
    number, _, words = rest.partition(" ")
    kind, name = talk.pick("questions", number, lambda: _fresh(talk))
    if kind == "letter":
        give = partial(talk.white.talk.answer, name)
        send(talk, words.strip(), give, "answered; only who asked reads it")
    elif talk.kind == "control":
        raise UsageError("seats answer that one", "as SEAT, then answer N WORDS")
    else:
        give = partial(talk.desk.questions.answer, name)
        send(talk, words.strip(), give, "your answer is written down")


def _fresh(talk: Conversation) -> list[tuple[str, str]]:
    found = [("scenario", one.name) for one in talk.desk.questions.asked()]
    if talk.kind == "control":
        found += [("letter", letter.name) for letter in talk.white.talk.questions()]
    return found


# what was written about texts


def written(talk: Conversation, rest: str) -> None:
    """What was written about texts; with a number and a reason, take one's own words back."""
    found = [one for one in talk.desk.chamber.floor().written if not one.gone]
    number, _, why = rest.partition(" ")
    if rest:
        name = talk.pick("written", number, lambda: [one.name for one in found])
        given = talk.desk.chamber.withdraw(name, why)
        talk.answer(given, "its words are withdrawn; a mark stays")
        return
    talk.lists["written"] = [one.name for one in found]
    items = [Item(written_words(one)) for one in found]
    talk.show("Written about texts:", items, "nothing was written about a text yet",
              "`written N WHY` takes your own words back")  # fmt: skip


# evaluators


LEFT = ", on a line of play that was left"
"""What is told of a note that was written before control went back."""


def forms(talk: Conversation, rest: str) -> None:
    """The objectives, each with its critical tasks and what was recorded; or one in full."""
    found = talk.desk.notes.forms()
    if rest:
        name = talk.pick("forms", rest, lambda: [form.objective for form in found])
        _form(talk, next(form for form in found if form.objective == name))
        return
    talk.lists["forms"] = [form.objective for form in found]
    items = [Item(_summary(form), partial(_form, talk, form)) for form in found]
    talk.show("Objectives:", items, "the scenario names no objectives",
              "a number reads one; `note N; OBSERVATION; EVIDENCE; RATING` records")  # fmt: skip


def _summary(form: Form) -> str:
    rated = f"rated {form.rating}" if form.rating else "not rated"
    bare = ", no evidence yet" if form.bare else ""
    return f"{form.title}: {counted(len(form.notes), 'note')}, {rated}{bare}"


def _form(talk: Conversation, form: Form) -> None:
    talk.say(full(form.title))
    if form.says:
        talk.say(full(form.says))
    for task in form.tasks:
        came = "came" if task.came else "to come"
        talk.say(full(f"task, {task.title}, {came}: {task.expected}"))
    for note in form.notes:
        where = LEFT if note.line else ""
        talk.say(full(f"noted in turn {note.turn}{where}: {note.observation or note.evidence}"))


def notes(talk: Conversation, rest: str) -> None:
    """What was recorded."""
    found = talk.desk.notes.notes()
    talk.lists["notes"] = [note.name for note in found]
    items = [
        Item(
            f"turn {note.turn}{LEFT if note.line else ''}, "
            f"{note.objective or 'no objective'}: {note.observation}"
            f"{f'; evidence: {note.evidence}' if note.evidence else ''}"
            f"{f'; rated {note.rating}' if note.rating else ''}"
            f"{f'; taken back: {note.withdrawn}' if note.withdrawn else ''}"
        )
        for note in found
    ]
    talk.show("Notes:", items, "nothing was recorded yet", "`unnote N WHY` takes one back")
    for gap in talk.desk.notes.gaps():
        talk.say(full(f"warning, {gap.title}: {gap.says}"))


def links(talk: Conversation, rest: str) -> None:
    """What a note can be tied to."""
    found = talk.desk.notes.links()
    talk.lists["links"] = list(found)
    items = [Item(f"{link.kind}: {link.says}") for link in found]
    talk.show("A note can be tied to:", items, "there is nothing to tie a note to",
              "`note 1 about N; OBSERVATION; EVIDENCE; RATING` ties it")  # fmt: skip


def note(talk: Conversation, rest: str) -> None:
    """Record what was observed, on what evidence, and how well it was done."""
    head, *more = parts_of(rest)
    observation, evidence, rating, remark = [*more, *[""] * 4][:4]
    desk = talk.desk.notes
    number, _, about = head.partition(" about ")
    if not more:
        raise UsageError("nothing is recorded", "note 1; OBSERVATION; EVIDENCE; RATING; REMARK")
    objective = "" if number == "0" else talk.pick(
        "forms", number.strip(), lambda: [form.objective for form in desk.forms()]
    )  # fmt: skip
    link = talk.pick("links", about.strip(), desk.links) if about else None
    kind, name = (link.kind, link.name) if link is not None else ("", "")
    given = desk.record(objective, observation, evidence, rating, kind, name, remark)
    letter = rating.strip()[:1].upper()
    talk.lists.pop("notes", None)
    talk.answer(given, f"recorded{f', {RATINGS[letter]}' if letter in RATINGS else ''}")


def unnote(talk: Conversation, rest: str) -> None:
    """Take a note of one's own back."""
    number, _, why = rest.partition(" ")
    name = talk.pick("notes", number, lambda: [one.name for one in talk.desk.notes.notes()])
    talk.answer(talk.desk.notes.take_back(name, why), "taken back; it stays in the record as such")
