"""Decisions: listed, chosen by numbers or typed in a few letters; drafted, sealed, withdrawn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from exercise.desk.slips import Fit, enter, fits, nothing_given, refuse, split_reason
from exercise.errors import UsageError
from exercise.orders import Order, Refusal
from exercise.plain.conversation import Item
from exercise.plain.lines import full, searched
from exercise.spoken import counted, legible

if TYPE_CHECKING:
    from exercise.desk.answers import Choice
    from exercise.plain.conversation import Conversation

LISTED = "`choices` lists what is allowed now"
SHORTEST = 3
"""Letters that the first word of an order has."""
MEANT = 12
"""Orders offered where what was typed may mean several."""


# lists


def choices(talk: Conversation, rest: str) -> None:
    """All decisions, or those that a search finds: what each costs, and why not where it is not."""
    found = [
        choice for choice in talk.desk.choices()
        if searched(f"{choice.name} {choice.says} {choice.module} {' '.join(choice.titles)}", rest)
    ]  # fmt: skip
    found.sort(key=lambda choice: not choice.targets)
    items = [Item(_told(choice), partial(_choice, talk, choice)) for choice in found]
    empty = f"no decision is found by {rest!r}; {LISTED}" if rest else _none(talk)
    talk.show("Decisions:", items, empty, "a number goes on")


def _none(talk: Conversation) -> str:
    standing = talk.desk.standing()
    if not standing.decides:
        return "nothing is ordered in this exercise; say it, or attempt it in free words"
    if standing.stage not in ("council", "orders"):
        return "orders are closed now; wait for the next turn"
    return "this seat takes no national decisions; speak, or attempt something in free words"


def _told(choice: Choice) -> str:
    if choice.targets:
        where = counted(len(choice.targets), "way") if choice.targets != ((),) else "allowed"
        when = "; done at once in the council" if choice.stage == "council" else ""
        return f"{_says(choice)}; costs {_cost(choice.cost)}; {where} now{when}"
    return f"{_says(choice)}; not now: {choice.refusal}"


def _says(choice: Choice) -> str:
    """What it is, without the marks around what is to be chosen."""
    return choice.says.rstrip(".").replace("‹", "").replace("›", "")


def _cost(words: str) -> str:
    return "nothing" if words == "free" else words


def _choice(talk: Conversation, choice: Choice) -> None:
    """One decision: what follows from it, and what it can be done to."""
    if not choice.targets:
        talk.say(f"Not now: {full(choice.refusal)}")
        talk.items = []
        return
    talk.say(full(choice.consequence))
    talk.say(full(f"It costs {_cost(choice.cost)}"))
    if len(choice.targets) == 1:
        how(talk, choice, choice.targets[0])
        return
    items = [
        Item(title, partial(how, talk, choice, targets))
        for targets, title in zip(choice.targets, choice.titles, strict=True)
    ]
    talk.show("Choose:", items, ask="a number goes on; nothing is ordered yet")


def how(talk: Conversation, choice: Choice, targets: tuple[str, ...]) -> None:
    """In which way it is done, or how much: then it is drafted, or done in the council."""
    line = " ".join([choice.name, *targets])
    if not choice.levels:
        span = f"{choice.low:g} to {choice.high:g} {choice.unit}".strip()
        talk.ask(f"{choice.sentence(targets).rstrip('.')}: how much, {span}?",
                 lambda text: _give(talk, f"{line} {text}", ""))  # fmt: skip
    elif len(choice.levels) == 1:
        _give(talk, f"{line} {choice.levels[0]}", "")
    else:
        items = [
            Item(choice.sentence(targets, level), partial(_give, talk, f"{line} {level}", ""))
            for level in choice.levels
        ]
        talk.show("In which way?", items, ask="a number orders it")


def suggest(talk: Conversation, rest: str) -> None:
    """A few orders that fit what the seat sees."""
    items = [
        Item(f"{one.says.rstrip('.')}; costs {_cost(one.cost)}; {one.consequence}",
             partial(_give, talk, one.line, ""))
        for one in talk.desk.suggestions()
    ]  # fmt: skip
    talk.show("What you could do:", items, "nothing is suggested now", "a number drafts it")


# typed orders


def order(talk: Conversation, rest: str) -> None:
    """An order in words; after a semicolon, why."""
    if not rest:
        raise UsageError("nothing is ordered", f"order pledge coast-guard; because ...; {LISTED}")
    if not _ordered(talk, rest):
        names = {name for c in talk.desk.choices() for targets in c.targets for name in targets}
        taken = refuse(talk.desk, talk.desk.choices(), rest, names, LISTED)
        _became(talk, taken.given, taken.line)


def ordered(talk: Conversation, text: str) -> bool:
    """Take a line that begins with the letters of a decision as an order; whether it was one."""
    words, _ = split_reason(text)
    if talk.kind != "seat" or len(words.partition(" ")[0]) < SHORTEST:
        return False
    return _ordered(talk, text, verb=True) or _verb(talk, talk.desk.choices(), text)


def _ordered(talk: Conversation, text: str, verb: bool = False) -> bool:
    """Take an order in words, if it is one; where it may mean several, ask which."""
    words, reason = split_reason(text)
    listed = talk.desk.choices()
    found = _named(listed, words) or fits(listed, words, MEANT)
    if verb:
        found = [fit for fit in found if fit.score[0] < 2]
    if not found:
        return False
    sure = [fit for fit in found if _whole(fit, words)]
    best = sure if len(sure) == 1 else found
    if len(best) == 1 and (sure or _safe(best[0])):
        _fit(talk, best[0], reason)
    else:
        items = [Item(fit.says, partial(_fit, talk, fit, reason)) for fit in best]
        talk.show("Which do you mean?", items, ask="a number orders it; or write more of it")
        talk.meant = words
    return True


def _verb(talk: Conversation, listed: list[Choice], text: str) -> bool:
    """Refuse with the engine's words what begins with letters of a decision's name."""
    first = text.split()[0].lower()
    known = {name for c in listed for name in (c.name, c.name.partition(".")[2])}
    if not any(name.startswith(first) for name in known):
        return False
    names = {name for c in listed for targets in c.targets for name in targets}
    taken = refuse(talk.desk, listed, text, names, LISTED)
    _became(talk, taken.given, taken.line)
    return True


def _named(listed: list[Choice], words: str) -> list[Fit]:
    """What an order written out in full means: `forces.pledge coast-guard yes`."""
    first, _, rest = words.partition(" ")
    own = [choice for choice in listed if choice.name == first.lower()]
    return fits(own, f"{first.partition('.')[2]} {rest}", MEANT) if own else []


def _safe(fit: Fit) -> bool:
    """Whether the one order that fits may be taken as meant: its verb was typed, and it can be
    taken back."""
    return fit.score[0] == 0 and fit.choice.stage != "council"


def _whole(fit: Fit, words: str) -> bool:
    """Whether an order's decision, targets and way all stand in what was typed, written out."""
    said = words.lower().split()
    short = fit.choice.name.partition(".")[2]
    if said[0] not in (short, fit.choice.name) or not fit.line:
        return False
    way = fit.line.split()[1 + len(fit.targets) :] if len(fit.choice.levels) != 1 else []
    return all(word.lower() in said for word in (*fit.targets, *way))


def _fit(talk: Conversation, fit: Fit, reason: str) -> None:
    if fit.line:
        _became(talk, enter(talk.desk, fit, reason).given, fit.line)
    else:
        how(talk, fit.choice, fit.targets)


def _give(talk: Conversation, line: str, reason: str) -> None:
    _became(talk, talk.desk.draft(line, reason), line)


def _became(talk: Conversation, given: Order | Refusal, line: str) -> None:
    """Say what became of an order."""
    if isinstance(given, Refusal):
        talk.answer(given, "")
        return
    talk.meant = ""
    said = next((says for one, says in talk.desk.drafted() if one.cell == given.cell), "")
    if said:
        talk.last = (talk.desk.seat, given.line())
        talk.say(f"Drafted: {full(said)}")
        if not given.reason:
            talk.say("`because WORDS` adds why; `seal` seals what is drafted.")
        talk.noticed()
        return
    talk.own.add(given.cell)
    texts = talk.desk.view().texts
    acts = [act.text for text in texts for act in text.acts if act.cell == given.cell]
    talk.say(f"Done in the council: {full(acts[-1] if acts else given.line())}")


def because(talk: Conversation, rest: str) -> None:
    """Why the order that was drafted last is given."""
    seat, line = talk.last
    if not line or seat != talk.desk.seat:
        raise UsageError("no order was drafted just now", "write why after a semicolon")
    if not rest:
        raise UsageError("no reason is given", "because WORDS")
    if talk.answer(talk.desk.draft(line, rest), "noted"):
        talk.noticed()


# the draft


def draft(talk: Conversation, rest: str) -> None:
    """The draft, or what is sealed."""
    found = talk.desk.drafted()
    talk.lists["draft"] = found
    sealed = talk.desk.standing().sealed.get(talk.desk.seat)
    items = [
        Item(f"{says.rstrip('.')}{f'; because {one.reason}' if one.reason else ''}")
        for one, says in found
    ]
    heading = "Sealed:" if sealed else "Drafted, not sealed:"
    talk.show(heading, items, "sealed without orders" if sealed else "nothing is drafted",
              "" if sealed else "`undraft N` takes one off; `seal` seals them")  # fmt: skip


def undraft(talk: Conversation, rest: str) -> None:
    """Take an order off the draft."""
    one, says = talk.pick("draft", rest, talk.desk.drafted)
    if talk.desk.standing().sealed.get(talk.desk.seat):
        raise UsageError("your orders are sealed", "`unseal` withdraws the seal")
    talk.desk.undraft(one.cell)
    talk.lists.pop("draft", None)
    talk.say(f"Taken off: {full(says)}")
    talk.noticed()


def seal(talk: Conversation, rest: str) -> None:
    """Seal the draft; asks once where an order was not finished, or where there is none."""
    meant, talk.meant = talk.meant, ""
    asked, talk.asked = talk.asked == talk.desk.seat, ""
    if not asked and nothing_given(talk.desk):
        talk.asked = talk.desk.seat
        talk.say(_unfinished(meant) + "Seal without any orders? `seal` again seals.")
        return
    if not asked and meant:
        talk.asked = talk.desk.seat
        talk.say(_unfinished(meant) + "`seal` again seals without it.")
        return
    count = len(talk.desk.drafted())
    told = counted(count, "order") if count else "no orders"
    if talk.answer(talk.desk.seal(), f"sealed with {told}"):
        talk.noticed()
        if talk.sealed is not None:
            talk.sealed(talk)
        else:
            talk.say("The turn goes on when control says so; `wait` waits for it.")


def _unfinished(words: str) -> str:
    return (
        f"Which you mean by {legible(words)[:60]!r} was not said: it is not ordered. "
        if words
        else ""
    )


def unseal(talk: Conversation, rest: str) -> None:
    """Withdraw the seal."""
    if not talk.desk.standing().sealed.get(talk.desk.seat):
        raise UsageError("nothing is sealed", "`seal` seals the draft")
    talk.answer(talk.desk.unseal(), "the seal is withdrawn; the draft stands as it was")
    talk.noticed()


def go_round(talk: Conversation, rest: str) -> None:
    """Let the others at the table speak once more."""
    if talk.go_round is None:
        talk.answer(talk.desk.chamber.go_round(), "the others have spoken")
        return
    if talk.desk.standing().stage != "council":
        raise UsageError("the council is closed for this turn", "wait for the next turn")
    talk.go_round()
    talk.say("The others have spoken.")
