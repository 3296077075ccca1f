"""A course of play with secrets: what is done beside what everybody sees, and whom it may reach."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import attrs

from exercise.desk import LocalDesk
from exercise.host.server import READERS
from exercise.host.surface import surface
from exercise.orders import Refusal
from exercise.room.msel import Change, Text
from exercise.room.threads import Letter
from tests.host.secrets import WATCHERS, Room, guesses, new_room

SITTING: Mapping[str, tuple[str, str]] = {
    **WATCHERS, "umpire": ("umpire", "seat"), "judge": ("judge", "seat"), "birk": ("birk", "seat"),
    "control": ("control", "control"),
}  # fmt: skip
TABLE = frozenset({"umpire", "judge", "juror", "evaluator"})
"""Those who see what control sees: a second umpire, and whoever watches and rates."""
ALLIES = frozenset({"alder", "adviser"})
OWN = frozenset({"birk", "control"})
"""Who does the secrets: birk or control; they may be told of any."""
ACTS = ("seal", "unseal", "chamber.go_round")
"""Questions without arguments that do something."""

Act = Callable[[Room, int], Any]


@attrs.frozen
class Secret:
    """Something that is done, in one of two ways; `meant` are those who may know of it."""

    act: Act
    meant: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return self.act.__name__


def done(found: object) -> Any:
    """What an act gave, which was no refusal: a secret that does nothing tests nothing."""
    assert not isinstance(found, Refusal), found
    return found


def latest(letters: Iterable[Letter], title: str) -> str:
    return [one.name for one in letters if one.title == title][-1]


def titled(room: Room, title: str) -> str:
    """The latest of birk's letters under a title."""
    talk = room.desk("birk").talk
    return latest((one for t in talk.threads() for one in talk.letters(t.name)), title)


# in the council


def drafts(room: Room, way: int) -> None:
    desk = room.desk("birk")
    done(
        desk.draft(
            ("interoperability.train drill", "intelligence.task sound watch")[way], f"because {way}"
        )
    )


def asks(room: Room, way: int) -> None:
    done(room.desk("birk").talk.ask("Is it so", "x" * (way + 1)))
    name = latest(room.control.talk.questions(), "Is it so")
    done(room.control.talk.answer(name, f"It is answered{'!' * way}"))


def whispers(room: Room, way: int) -> None:
    talk = room.desk("birk").talk
    done(talk.say(("umpire",), "Between us", "A deal" * (way + 1)))
    done(room.control.talk.speak("A minister", ("birk",), "Well", "No deal" * (way + 1)))
    if way:
        done(talk.reply(titled(room, "Well"), "So be it", "Then not."))
        done(talk.withdraw(titled(room, "So be it"), "said in haste"))


def meets(room: Room, way: int) -> None:
    talk = room.desk("birk").talk
    done(talk.open_room(f"Back room {way}", ("umpire",)))
    for n in range(way + 1):
        done(talk.say_in("room:1", "", f"Nobody hears {n}"))
    if way:
        done(talk.withdraw("room:1", "its name tells too much"))


def requests(room: Room, way: int) -> None:
    done(room.desk("birk").requests.ask(("control",), "Ships", f"How many {way}"))
    known = room.control.requests
    one = known.waiting()[-1].name
    done(known.claim(one))
    done(known.draft(one, f"Forty {'more' * way}"))
    if way:
        done(known.hand_on(one))
        done(known.approve(one))
        done(known.release(one))


def moves_in_secret(room: Room, way: int) -> None:
    made = done(room.desk("birk").moves.make(f"Lay a cable {way}", "power", "we can", "control"))
    moves = room.control.moves
    done(moves.argue(made.name, "against", "it is deep" * (way + 1)))
    effects = ("measures.misreads +0.5",) if way else ()
    done(moves.weigh(made.name, "60", "it lies", "it tears", effects, effects))
    done(moves.roll(made.name))
    if way:
        done(room.desk("birk").moves.take_back(made.name, "it was classified"))


def moves_among_allies(room: Room, way: int) -> None:
    made = done(room.desk("birk").moves.make(f"Share the logs {way}", "sight", "", "allies"))
    done(room.control.moves.refuse(made.name, f"not now {way}"))


def weighs(room: Room, way: int) -> None:
    """The odds of a move that everybody knows of, and a second umpire's."""
    moves = room.control.moves
    name = moves.cases()[0].move.name
    done(moves.consult(name, "umpire"))
    done(room.desk("umpire").moves.advise(name, str(40 + way), "the sea" * (way + 1)))
    done(moves.weigh(name, str(30 + way), "there", "not there", needs=2 + way))


def prepares(room: Room, way: int) -> None:
    msel = room.control.msel
    told = Text(f"Later {way}", "Not yet.", ("all",), when="D+900", draft=bool(way))
    name = done(msel.write(told))
    done(msel.postpone(name, 3 + way))
    done(msel.edit(name, attrs.evolve(told, when="", text="Much later" * (way + 1))))
    done(msel.act(name, ("hold", "disable")[way]))
    patrol = msel.row("patrol").told
    done(msel.edit("patrol", attrs.evolve(patrol, title="Two patrols", text="t" * (way + 1))))


def arms(room: Room, way: int) -> None:
    """A deadline, after which a contingency comes; and one that has passed, so that it is armed."""
    msel = room.control.msel
    name = done(msel.write(Text(f"If not {way}", "Late.", ("birk",))))
    done(msel.expect("notice", f"D+{900 + way}", name, "turn >= 9" if way else ""))
    done(msel.done("notice", bool(way)))


def fires(room: Room, way: int) -> None:
    """Injects come to others: one of the scenario's, and one that does something unseen."""
    msel = room.control.msel
    change = Change("measures.misreads", "add", 1.0 + way)
    name = done(msel.write(Text(f"A flash {way}", "f" * (way + 1), ("birk",), effects=(change,))))
    done(msel.act(name, "fire"))
    if way:
        done(msel.act("errand", "fire"))
        done(room.desk("birk").msel.mark("errand", "answered", "We did."))


FLASH = Text("News", "The port is shut.", ("all",))


def writes_anew(room: Room, way: int) -> None:
    """How an inject was worded before it was worded as it came."""
    name = done(room.control.msel.write(Text(f"First {way}", "A name slips in.", ("alder",))))
    done(room.control.msel.edit(name, FLASH))


def arms_for_tomorrow(room: Room, way: int) -> None:
    """What is expected will not have come by the next turn: then something else does."""
    msel = room.control.msel
    name = done(msel.write(Text(f"Too late {way}", "l" * (way + 1), ("birk",))))
    done(msel.expect("notice", "D+0", name, "turn >= 99" if way else ""))


def postpones(room: Room, way: int) -> None:
    """An inject for birk, within the turn in which it comes."""
    done(room.control.msel.postpone("patrol", 1 + way))


def rates(room: Room, way: int) -> None:
    """Notes on what there is evidence for already: else other evaluators miss it no longer."""
    notes = room.desk("judge").notes
    one = done(notes.record("quiet", f"They waited {way}", "at ten" * way, "PM"[way], "moment",
                            f"turn {room.session.number}, {room.session.stage}"))  # fmt: skip
    if way:
        done(notes.take_back(one.name, "seen wrongly"))


def answers(room: Room, way: int) -> None:
    for asked in room.desk("birk").questions.asked()[: way + 1]:
        done(room.desk("birk").questions.answer(asked.name, f"We would wait {way}"))


def disagrees(room: Room, way: int) -> None:
    chamber = room.desk("birk").chamber
    done(chamber.explain("words", "", "", f"The navy dissents {way}"))
    cell = room.desk("birk").drafted()[0][0].cell if room.desk("birk").drafted() else ""
    if cell and way:
        done(chamber.consider(cell, "to wait", "the treasury"))


def explains(room: Room, way: int) -> None:
    """Among those who sit in the council; nobody else reads the texts."""
    done(room.desk("birk").chamber.explain("words", f"We like it {way}", "a softer word" * way))


def silences(room: Room, way: int) -> None:
    """A text on the table, and silence on it, which only those hear who sit in the council."""
    done(room.desk("alder").draft("council.table words table"))
    done(room.control.chamber.silence("words", 5 + way))
    done(room.desk("birk").chamber.break_silence("words", "we cannot " * (way + 1), "softer" * way))


def issues(room: Room, way: int) -> None:
    """A new code for somebody who is not here, and a lock before the door."""
    doors = room.control.access
    for _ in range(way + 1):
        doors.issue(("clerk",))
    doors.lock("clerk", bool(way))


async def knocks(room: Room, way: int) -> None:
    """Wrong codes, at the very door."""
    for _ in range(way + 1):
        told = await room.wire.host.gate.admit({"code": "WRNG-C0DE", "pass": "birk"})
        assert isinstance(told, Refusal)


def heads(room: Room, way: int) -> None:
    done(room.desk("birk").delegation.appoint(("birk-1", "birk-2")[way]))


def reads(room: Room, way: int) -> None:
    """Birk reads what came, and tells control that it has."""
    talk = room.desk("birk").talk
    for name in talk.unread()[: 1 + way]:
        talk.read(name)
    told = next(one for one in talk.feed() if one.title == "To all")
    done(talk.acknowledge(told.name))


# while orders are open


def seals_another(room: Room, way: int) -> None:
    """What is in a sealed slip; that it is sealed everybody sees."""
    desk = room.desk("birk")
    done(desk.unseal())
    done(desk.draft("cyber.harden harden", f"because {way}"))
    if way:
        done(desk.draft("deterrence.threaten kesk a breach", "it may work"))
    done(desk.seal())


def hands_over(room: Room, way: int) -> None:
    room.control.fill("birk", ("bot", "desk")[way])


def takes_back_over(room: Room, way: int) -> None:
    room.control.fill("birk", "person")


def times(room: Room, way: int) -> None:
    """How long a stage to come will have."""
    done(room.control.timing.give("review", 10.0 + way))
    done(room.control.timing.give("council", 20.0 + way))


def plans(room: Room, way: int) -> None:
    """How long a turn to come will last."""
    done(room.control.schedule.lasts(2, 9 + way))


def thinks_again(room: Room, way: int) -> None:
    """What was planned is as it was."""
    done(room.control.schedule.lasts(2, 7))
    done(room.control.timing.give("review", 0.0))
    done(room.control.timing.give("council", 0.0))


# while control reviews


def rules(room: Room, way: int) -> None:
    """Rulings before release, on what everybody sees and on what nobody does."""
    for _ in range(way + 1):
        done(room.control.rule("domestic.support[alder]", "add", -0.01 * (way + 1), "they rioted"))
    done(room.control.rule("measures.misreads", "add", 1.0 + way, f"as it was {way}"))


def rules_on_the_hidden(room: Room, way: int) -> None:
    done(room.control.rule("measures.misreads", "add", 1.0 + way, f"as it was {way}"))


def reasons(room: Room, way: int) -> None:
    """Why birk orders what nobody but itself and control may know of."""
    desk = room.desk("birk")
    done(desk.unseal())
    done(desk.draft("cyber.harden harden", f"because {way}"))
    done(desk.seal())


# what everybody sees


def begins(room: Room, way: int) -> None:
    done(room.control.talk.state("To all", "We begin."))
    done(room.control.talk.press("The Post", "Ships seen", "Many."))
    done(room.desk("birk").moves.make("Send a hospital ship", "help", "it floats", "open"))
    for seat in ("alder", "kesk", "press", "adviser", "umpire", "judge", "juror"):
        done(
            room.desk(seat).talk.say(
                (("birk", "control")[seat == "umpire"],), "A word", "with you."
            )
        )
        done(room.desk("birk").talk.say((seat,), "To you", "alone."))
        done(room.desk(seat).requests.ask(("control",), "Boats", "Where?"))
    done(room.desk("judge").notes.record("quiet", "All is quiet.", "minutes"))


def speaks(room: Room, way: int) -> None:
    """Of what reaches somebody after secrets no name or number counts them."""
    birk = room.desk("birk")
    for seat in ("alder", "kesk", "press", "adviser", "umpire", "judge", "juror"):
        done(birk.talk.open_room(f"With {seat}", (seat,)))
        own = [one.name for one in room.desk(seat).talk.threads() if one.title == f"With {seat}"]
        done(room.desk(seat).talk.say_in(own[0], "", "We hear you."))
        done(birk.talk.say((seat,), "Again", "A word more."))
        done(birk.requests.ask((seat,), "Your ships", "How many?"))
    done(birk.moves.make("Light the buoys", "safety", "", "open"))
    done(birk.chamber.explain("words", "We are for it."))


def tells(room: Room, way: int) -> None:
    """An inject for everybody, that control worded before or words now."""
    msel = room.control.msel
    written = [row.id for row in msel.rows() if row.told.title == FLASH.title]
    done(msel.act(written[0] if written else done(msel.write(FLASH)), "fire"))


def goes_on(room: Room, way: int) -> None:
    match room.session.stage:
        case "council":
            room.control.close_council()
        case "orders":
            room.control.resolve()
        case "review":
            room.control.publish()


def seals(room: Room, way: int) -> None:
    """The same slip, whatever was drafted: what is ordered changes what is seen."""
    for order, _ in room.desk("birk").drafted():
        room.desk("birk").undraft(order.cell)
    done(room.desk("birk").draft("cyber.harden harden", "for good order"))
    done(room.desk("birk").seal())


def goes_back(room: Room, way: int) -> None:
    """Everybody sees that the turn begins again; why is control's."""
    done(room.control.roll_back(1, f"a mistake {way}"))


def comes_in(room: Room, way: int) -> None:
    """Second terminals of seats: that they are here everybody sees."""
    comes_in_for(room, ("birk", "alder"))


def comes_late(room: Room, way: int) -> None:
    """Terminals that come after secrets, and are sent the whole at once."""
    comes_in_for(room, LATE)


def comes_in_for(room: Room, seats: tuple[str, ...]) -> None:
    for seat in seats:
        room.wire.beside(seat)


def ends(room: Room, way: int) -> None:
    room.control.end(f"it is late {way}")


IN_COUNCIL = (
    Secret(drafts), Secret(asks, TABLE), Secret(whispers, TABLE), Secret(meets, TABLE),
    Secret(requests, TABLE), Secret(moves_in_secret, TABLE),
    Secret(moves_among_allies, TABLE | ALLIES), Secret(weighs, frozenset({"umpire"})),
    Secret(prepares), Secret(arms), Secret(fires, TABLE), Secret(rates, frozenset({"judge"})),
    Secret(answers), Secret(disagrees, TABLE), Secret(explains, TABLE | ALLIES), Secret(issues),
    Secret(knocks), Secret(heads), Secret(reads, TABLE), Secret(times), Secret(plans),
    Secret(writes_anew), Secret(silences, TABLE | ALLIES),
)  # fmt: skip
"""Whom they may reach, beside birk and control."""
COURSE: tuple[Secret | Act, ...] = (
    begins, comes_in, *IN_COUNCIL, Secret(thinks_again), speaks, tells, comes_late, goes_on,
    seals, Secret(seals_another), Secret(hands_over, TABLE), Secret(takes_back_over, TABLE),
    Secret(issues), goes_on,
    Secret(rules), Secret(whispers, TABLE), goes_back,
    begins, *IN_COUNCIL[:4], *IN_COUNCIL[10:12], Secret(arms_for_tomorrow, TABLE),
    Secret(postpones), goes_on,
    seals, Secret(reasons, TABLE), goes_on, Secret(rules_on_the_hidden, TABLE), goes_on,
    Secret(answers), ends,
)  # fmt: skip
SECRETS = tuple(dict.fromkeys(step for step in COURSE if isinstance(step, Secret)))
LATE = tuple(name for name in SITTING if name not in (*OWN, "alder"))
WATCHING = (*LATE, "alder", *(f"{name}-2" for name in (*LATE, "alder")))


def kept_from(watcher: str) -> frozenset[str]:
    """What the watcher may not know of."""
    seat = watcher.removesuffix("-2")
    return frozenset(secret.name for secret in SECRETS if seat not in secret.meant)


Sent = list[tuple[str, dict[str, bytes]]]
"""What each watcher was sent in each step of the course."""


async def walked(
    kept: frozenset[str], way: int | None, told: list[tuple[str, ...]], whose: Collection[str]
) -> Sent:
    """The course, with secrets that are kept done in some way or not at all, the others as ever.

    Those whose traffic is looked at ask questions, by the names that `told` holds of each step.
    """
    room = new_room("alder")
    for name, (desk, role) in SITTING.items():
        if name != "alder":
            room.wire.sit(desk, role, name)
    await room.wire.settle()
    second, found = [0], Sent()
    room.session.clock = lambda: f"2030-01-01T10:{room.minute[0]:02d}:{second[0]:02d}Z"
    for place, step in enumerate(COURSE):
        if isinstance(step, Secret):
            chosen = way if step.name in kept else 0
            if chosen is not None:
                second[0] = 10 * chosen + 5
                await one_secret(room, step, chosen)
                second[0] = 0
            continue
        room.minute[0] += 1
        step(room, way or 0)
        room.wire.host.spread_soon()
        await room.wire.settle()
        if len(told) == len(found):
            told.append(guesses(room))
        await questions(room, told[len(found)], whose)
        found.append((f"{place} {step.__name__}", emptied(room)))
    assert not [line for line in room.wire.told if "fault" in line], room.wire.told
    return found


async def one_secret(room: Room, secret: Secret, way: int) -> None:
    """Do it; whoever is not meant to know is sent nothing at all."""
    before = room.session.version
    waiting = {name: kept.data for name, (_, kept) in room.wire.guests.items()}
    found = secret.act(room, way)
    if inspect.isawaitable(found):
        await found
    room.wire.host.spread_soon()
    await room.wire.settle()
    assert room.session.version > before  # it was done
    for name in WATCHING:
        if secret.name in kept_from(name) and name in waiting:
            sent = room.wire.guests[name][1].data[len(waiting[name]) :]
            assert not sent, (secret.name, name, sent)


PLAIN = tuple(c.name for c in surface(LocalDesk).values() if not c.needed and c.name not in ACTS)
READING = ("observer", "projector")
NAMED = ("why", "talk.letter", "talk.letters", "requests.request")


async def questions(room: Room, names: tuple[str, ...], whose: Collection[str]) -> None:
    """All that those who watch can ask without doing anything; of what is named, in turn."""
    for place, who in enumerate(WATCHING):
        if who not in whose or who.endswith("-2"):
            continue
        for call in PLAIN if who not in READING else READERS:
            if call in PLAIN:
                await room.wire.ask(who, call, {})
        for n, call in enumerate(NAMED if who not in READING else ("why",)):
            parameter = next(iter(surface(LocalDesk)[call].parameters))
            for name in names[(place + n) % 3 :: 3]:
                await room.wire.ask(who, call, {parameter: name})


def emptied(room: Room) -> dict[str, bytes]:
    """What everybody who watches has been sent since."""
    found = {}
    for name, (_, kept) in room.wire.guests.items():
        found[name], kept.data = kept.data, b""
    return found
