"""Talking: letters read, written, answered, taken back; private rooms; questions to control."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from exercise.errors import UsageError
from exercise.plain.conversation import Item
from exercise.plain.lines import full, split_at
from exercise.spoken import counted, listed

if TYPE_CHECKING:
    from exercise.orders import Refusal
    from exercise.plain.conversation import Conversation
    from exercise.room.threads import Thread

COME = {"press": "press", "statement": "statement", "question": "question",
        "enquiry": "question to control", "telephone": "telephone"}  # fmt: skip


# reading


def inbox(talk: Conversation, rest: str) -> None:
    """What has come in, what is new first; or one letter in full."""
    unread = () if talk.watches else talk.desk.talk.unread()
    placed = list(enumerate(talk.desk.view().inbox))
    placed.sort(key=lambda one: (one[1].name not in unread, -one[1].turn, -one[0]))
    found = [message for _, message in placed]
    if rest:
        letter = talk.pick("inbox", rest, lambda: [message.name for message in found])
        read(talk, letter)
        return
    talk.lists["inbox"] = [message.name for message in found]
    items = [
        Item(
            f"{'new, ' if message.name in unread else ''}{talk.title(message.sender)}, "
            f"turn {message.turn}: {message.title or message.text[:200]}",
            partial(read, talk, message.name),
        )
        for message in found
    ]
    talk.show("Inbox, what is new first:", items, "nothing has come in", "a number reads a letter")


def read(talk: Conversation, name: str) -> None:
    """Read a letter out."""
    if talk.watches or talk.desk.talk.letter(name) is None:
        found = next(m for m in talk.desk.view().inbox if m.name == name)
        talk.say(full(f"from {talk.title(found.sender)}, turn {found.turn}"))
        _words(talk, found.title, found.text)
        return
    letter = talk.desk.talk.letter(name)
    assert letter is not None
    talk.letter = name
    come = COME.get(letter.method, "")
    to = f" to {listed(letter.to)}" if letter.to else ""
    talk.say(full(f"{come + ' ' if come else ''}from {letter.sender}{to}, turn {letter.turn}"))
    if letter.gone:
        talk.say(full(letter.gone))
    else:
        _words(talk, letter.title, letter.text)
    if letter.acknowledged:
        talk.say(f"Read and noted by {listed(letter.acknowledged)}.")
    talk.desk.talk.read(name)
    if letter.mine:
        talk.say("`unsay WHY` takes its words back.")
    else:
        talk.say("`reply WORDS` answers it; `noted` tells its author that you have read it.")


def _words(talk: Conversation, title: str, text: str) -> None:
    if title:
        talk.say(full(title))
    if text:
        talk.say(text)


def noted(talk: Conversation, rest: str) -> None:
    """Tell the author of the letter read last that it was read."""
    talk.answer(talk.desk.talk.acknowledge(_last(talk)), "its author knows that you have read it")


def _last(talk: Conversation) -> str:
    if not talk.letter:
        raise UsageError("no letter was read yet", "`inbox` lists them; a number reads one")
    return talk.letter


# writing


def reached(talk: Conversation, text: str, more: Iterable[str] = ()) -> tuple[str, ...]:
    """Whom names, titles or their first letters mean; raises `UsageError`."""
    people = list(talk.desk.talk.people())
    known = {person.name: person.title for person in people}
    known |= {"all": "everybody", **{name: name for name in more}}
    found = [_one(word.strip(), known) for word in text.replace(" and ", ",").split(",")]
    return tuple(dict.fromkeys(name for name in found if name))


def _one(word: str, known: dict[str, str]) -> str:
    said = word.casefold()
    if not said:
        return ""
    exact = [name for name, title in known.items() if said in (name, title.casefold())]
    begun = [
        name for name, title in known.items()
        if any(part.startswith(said) for part in (name, *title.casefold().split()))
    ]  # fmt: skip
    found = exact or begun
    if len(found) == 1:
        return found[0]
    told = f"{word[:40]!r} could be {' or '.join(found[:6])}" if found else (
        f"there is nobody called {word[:40]!r}"
    )  # fmt: skip
    raise UsageError(told, f"there are: {', '.join(known)}")


def send(talk: Conversation, words: str, give: Callable[[str], Refusal | None], done: str) -> None:
    """Send words, or take several lines of them first where none are given."""

    def then(text: str) -> None:
        talk.answer(give(text), done)

    if words:
        then(words)
    else:
        talk.compose(then)


def _addressed(talk: Conversation, rest: str, form: str) -> tuple[tuple[str, ...], str]:
    who, words = split_at(rest)
    if ":" not in rest or not who:
        raise UsageError("it does not say to whom", form)
    return reached(talk, who), words


def say(talk: Conversation, rest: str) -> None:
    """Write to any set of seats."""
    to, words = _addressed(talk, rest, "say fallow, gavria: WORDS; `people` lists names")
    titles = [talk.title(name) for name in to]
    send(talk, words, lambda text: talk.desk.talk.say(to, "", text), f"sent to {listed(titles)}")


def ask(talk: Conversation, rest: str) -> None:
    """Ask control."""
    send(talk, rest, lambda text: talk.desk.talk.ask("", text),
         "control reads your question; only you read the answer")  # fmt: skip


def state(talk: Conversation, rest: str) -> None:
    """Say something to everybody."""
    send(talk, rest, lambda text: talk.desk.talk.state("", text), "said to everybody")


def reply(talk: Conversation, rest: str) -> None:
    """Answer the letter that was read last."""
    name = _last(talk)
    send(talk, rest, lambda text: talk.desk.talk.reply(name, "", text), "answered")


def unsay(talk: Conversation, rest: str) -> None:
    """Take the words back of the letter that was read last."""
    name = _last(talk)
    if not rest:
        raise UsageError("withdrawing needs a reason", "unsay WHY; its readers see it")
    talk.answer(talk.desk.talk.withdraw(name, rest), "its words are withdrawn; a mark stays")


def people(talk: Conversation, rest: str) -> None:
    """Who can be written to."""
    for person in talk.desk.talk.people():
        talk.say(f"{person.title}, written {person.name}.")
    talk.say("Everybody, written all.")


# conversations and rooms


def threads(talk: Conversation, rest: str) -> None:
    """The conversations; or what was said in one, in order."""
    found = talk.desk.talk.threads()
    if rest:
        number, _, words = rest.partition(" ")
        thread = talk.pick("threads", number, lambda: found)
        if words:
            _say_in(talk, thread, words.strip())
        else:
            _thread(talk, thread)
        return
    talk.lists["threads"] = list(found)
    items = [Item(_told(thread), partial(_thread, talk, thread)) for thread in found]
    talk.show("Conversations, the latest first:", items, "nothing was said yet",
              "a number reads one; `threads N WORDS` says something in a room")  # fmt: skip


def _told(thread: Thread) -> str:
    kind = {"room": "private room "}.get(thread.kind, "")
    new = f", {thread.new} new" if thread.new else ""
    people = f" with {listed(thread.people)}" if thread.kind == "room" else ""
    last = f": {thread.last}" if thread.last else ""
    return f"{kind}{thread.title}{people}, {counted(thread.count, 'letter')}{new}{last}"


def _thread(talk: Conversation, thread: Thread) -> None:
    letters = talk.desk.talk.letters(thread.name)
    items = [
        Item(f"{one.sender}: {one.gone or one.title or one.text[:200]}",
             partial(read, talk, one.name))
        for one in letters
    ]  # fmt: skip
    talk.show(f"{thread.title}:", items, "nothing was said there yet", "a number reads a letter")


def _say_in(talk: Conversation, thread: Thread, words: str) -> None:
    if thread.kind != "room":
        raise UsageError("that is no private room", "`say WHO: WORDS` writes to those people")
    talk.answer(talk.desk.talk.say_in(thread.name, "", words), f"said in {thread.title}")


def room(talk: Conversation, rest: str) -> None:
    """Open a private room for a standing group."""
    title, who = split_at(rest)
    if not title or not who:
        raise UsageError("a room needs a name and people", "room Escorts: fallow, gavria")
    members = reached(talk, who)
    talk.answer(talk.desk.talk.open_room(title, members), f"the room {title} is open")


def leave(talk: Conversation, rest: str) -> None:
    """Leave a private room."""
    thread = talk.pick("threads", rest, talk.desk.talk.threads)
    talk.answer(talk.desk.talk.leave(thread.name), f"you have left {thread.title}")


def admit(talk: Conversation, rest: str) -> None:
    """Let another seat into a private room."""
    number, _, who = rest.partition(" ")
    thread = talk.pick("threads", number, talk.desk.talk.threads)
    for seat in reached(talk, who):
        talk.answer(talk.desk.talk.let_in(thread.name, seat), f"{talk.title(seat)} is in")
