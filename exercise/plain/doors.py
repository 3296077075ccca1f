"""Control's seats and doors: who plays what, who is here, codes; and acting on behalf of a seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exercise.errors import UsageError
from exercise.plain.lines import full
from exercise.plain.white import seat_named
from exercise.spoken import counted

if TYPE_CHECKING:
    from exercise.plain.conversation import Conversation
    from exercise.seats import Filling

BY = {"person": "a person at a terminal", "desk": "the desk", "bot": "a bot"}
FILLINGS: tuple[Filling, ...] = ("person", "desk", "bot")


def seats(talk: Conversation, rest: str) -> None:
    """Who fills each seat, who is here, who has sealed."""
    now = talk.white.standing()
    here = talk.line.document.get("present", {}) if talk.line is not None else {}
    for seat, by in now.filling.items():
        at = here.get(seat, 0)
        parts = [f"played by {BY[by]}", counted(at, "terminal") + " here" if at else ""]
        parts.append("sealed" if now.sealed.get(seat) else "")
        words = ", ".join(part for part in parts if part)
        talk.say(full(f"{talk.title(seat)}, written {seat}: {words}"))


def fill(talk: Conversation, rest: str) -> None:
    """Let a person, the desk or a bot play a seat."""
    word, _, by = rest.rpartition(" ")
    found = next((one for one in FILLINGS if one == by), None)
    if found is None:
        raise UsageError(f"{by[:40]!r} plays no seat", "fill SEAT person, desk or bot")
    seat = seat_named(talk, word)
    talk.white.fill(seat, found)
    talk.say(full(f"{talk.title(seat)} is played by {BY[found]} from now on"))


def codes(talk: Conversation, rest: str) -> None:
    """Who may come in; with a name, a new code for that seat or role: the old one ends at once."""
    doors = {door.name: door for door in talk.white.access.doors()}
    if rest:
        names = tuple(doors) if rest == "all" else (_door(rest, tuple(doors)),)
        for name, code in talk.white.access.issue(names).items():
            talk.say(f"{talk.title(name)}, written {name}: the code is {code}")
        return
    for name, door in doors.items():
        known = talk.codes.get(name, "")
        told = f"the code is {known}" if known else "issued" if door.issued else "no code yet"
        locked = ", locked" if door.locked else ""
        wrong = f", {counted(door.knocks, 'wrong code')}" if door.knocks else ""
        talk.say(f"{talk.title(name)}, written {name}, {door.role}: {told}{locked}{wrong}")
    talk.say("`codes NAME` gives a new one; `codes all` gives everybody a new one.")


def _door(word: str, known: tuple[str, ...]) -> str:
    if word.lower() not in known:
        raise UsageError(
            f"there is no seat or role {word[:40]!r}", f"there are: {', '.join(known)}"
        )
    return word.lower()


def lock(talk: Conversation, rest: str) -> None:
    """Let nobody in by a code any more."""
    _lock(talk, rest, True)


def unlock(talk: Conversation, rest: str) -> None:
    """Let them in again."""
    _lock(talk, rest, False)


def _lock(talk: Conversation, rest: str, locked: bool) -> None:
    name = _door(rest, tuple(door.name for door in talk.white.access.doors()))
    talk.white.access.lock(name, locked)
    talk.say(
        f"{full(talk.title(name))} Its code opens {'nothing' if locked else 'its desk again'}."
    )


def sit(talk: Conversation, rest: str) -> None:
    """Act on behalf of a seat, and see what it sees, until `as control`."""
    own = talk.white
    desk = own if rest.lower() in ("", "control") else own.desk(seat_named(talk, rest))
    talk.desk = desk
    talk.items, talk.trail, talk.letter = [], [], ""
    talk.lists.clear()
    talk.listen()
    lead = "You are control again." if desk is own else (
        f"You act for {full(talk.title(desk.seat))} `as control` leads back."
    )  # fmt: skip
    talk.say(lead)
