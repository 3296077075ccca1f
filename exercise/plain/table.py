"""The one table of commands: name, short form, what follows, what it does, for whom it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from exercise.errors import UsageError
from exercise.plain import (
    asking,
    deciding,
    doors,
    injects,
    looking,
    moving,
    noting,
    presiding,
    requesting,
    talking,
    waiting,
    white,
)
from exercise.plain.conversation import Command
from exercise.plain.lines import full

if TYPE_CHECKING:
    from exercise.plain.conversation import Conversation, Kind

ALL: tuple[Kind, ...] = ("seat", "evaluator", "watcher", "control")
INSIDE: tuple[Kind, ...] = ("seat", "evaluator", "control")
SEAT: tuple[Kind, ...] = ("seat",)
BOTH: tuple[Kind, ...] = ("seat", "control")
MIND: tuple[Kind, ...] = ("evaluator", "control")
CONTROL: tuple[Kind, ...] = ("control",)
Run = Callable[["Conversation", str], None]


def _row(
    name: str, short: str, form: str, says: str, run: Run, who: tuple[Kind, ...], *more: str
) -> Command:
    return Command(name, short, form, says, run, who, more)


def help_(talk: Conversation, rest: str) -> None:
    """What there is, or what one command does."""
    word = rest.strip("` ")
    if word:
        command = talk.find(word)
        if command is None:
            raise UsageError(f"there is no command {word[:40]!r}", "`help` lists what there is")
        short = f", or {command.short}" if command.short else ""
        talk.say(f"{command.written}{short}: {full(command.says)}")
        for line in (*command.more, talk.namesake(command)):
            if line:
                talk.say(full(line))
        return
    for command in talk.known_commands():
        short = f", or {command.short}" if command.short else ""
        talk.say(f"{command.written}{short}: {full(command.says)}")
    if talk.kind == "seat":
        talk.say("An order in words needs no command: pledge coast-guard; because WORDS.")
    talk.say("A number does what stands under it in the last list. An empty line asks for news.")
    talk.say("A line that begins with # is said back as it is.")


def quit_(talk: Conversation, rest: str) -> None:
    """Leave."""
    talk.ended = True


TABLE: tuple[Command, ...] = (
    _row("help", "h", "COMMAND", "what there is, or what one command does", help_, ALL),
    _row("who", "w", "", "the first page: who you are, what you want and fear", looking.who, ALL),
    _row("news", "n", "", "what has come since the last time", waiting.news, ALL,
         "what comes in while you type is told at the next prompt"),
    _row("wait", "", "FOR", "wait for news, or for: council, orders, review, over, turn 2",
         waiting.wait, ALL, "a number at the end is how many seconds at most: wait turn 2 60"),
    _row("standing", "st", "", "turn, stage, who has sealed, where things stand",
         looking.standing, ALL),
    _row("changed", "ch", "TURN", "what changed, in this turn so far or in another",
         looking.changed, ALL),
    _row("map", "m", "WORDS", "what is where; words search", looking.chart, ALL),
    _row("council", "c", "N", "the texts before the councils, or one with what can be done",
         looking.council, ALL),
    _row("why", "y", "N or CELL", "why a listed line is so, or a cell such as domestic.support[x]",
         asking.why, ALL, "numbers then go deeper, back comes up again"),
    _row("back", "b", "", "one level up in the chain of causes", asking.back, ALL),
    _row("clock", "", "", "the time of the stage; control also sets it", presiding.clock, ALL,
         presiding.FORM),
    _row("ending", "", "", "how it ended", looking.ending, ALL),
    # a seat's decisions
    _row("suggest", "su", "", "a few orders that fit what you see", deciding.suggest, SEAT),
    _row("choices", "d", "WORDS", "all decisions: cost, and why not where not; words search",
         deciding.choices, SEAT),
    _row("order", "o", "WORDS; WHY", "give an order in words; a few letters of each will do",
         deciding.order, SEAT, "acts of the council are done at once; all else is drafted",
         "pledge coast-guard; because WORDS: works without `order` too"),
    _row("because", "", "WORDS", "why the order drafted last is given", deciding.because, SEAT),
    _row("draft", "dr", "", "your draft, or what is sealed", deciding.draft, SEAT),
    _row("undraft", "", "N", "take an order off the draft", deciding.undraft, SEAT),
    _row("seal", "", "", "seal the draft; the turn goes on when control says so",
         deciding.seal, SEAT),
    _row("unseal", "", "", "withdraw the seal while orders are open", deciding.unseal, SEAT),
    _row("round", "", "", "let the others speak once more, as chair or where you play alone",
         deciding.go_round, SEAT),
    _row("silence", "", "N MINUTES", "put text N under silence, as its chair",
         presiding.silence, BOTH),
    _row("sum", "", "N WORDS", "sum up where text N stands, as its chair", presiding.sum_up, BOTH),
    _row("break", "", "N WORDS; INSTEAD", "break silence on text N, in writing",
         presiding.break_silence, SEAT),
    _row("explain", "", "N WORDS; INSTEAD; DISSENT", "explain your position on text N",
         presiding.explain, SEAT, "dissent is told to your delegation and control alone"),
    _row("considered", "", "N INSTEAD; DISSENT", "what else was weighed for order N of the draft",
         presiding.considered, SEAT),
    _row("written", "", "N WHY", "what was written about texts; with why, take your words back",
         noting.written, BOTH),
    # talking
    _row("inbox", "i", "N", "what has come in; a number reads a letter", talking.inbox, ALL),
    _row("say", "", "WHO: WORDS", "write to any set of seats, to control, allies or all",
         talking.say, INSIDE, "without words it takes several lines, up to a full stop alone"),
    _row("ask", "", "WORDS", "ask control; only you read the answer", talking.ask, SEAT),
    _row("state", "", "WORDS", "say something to everybody", talking.state, SEAT),
    _row("reply", "r", "WORDS", "answer the letter read last", talking.reply, INSIDE),
    _row("noted", "", "", "tell the author of the letter read last that you have read it",
         talking.noted, INSIDE),
    _row("unsay", "", "WHY", "take the words of the letter read last back", talking.unsay, INSIDE),
    _row("people", "p", "", "who can be written to", talking.people, INSIDE),
    _row("threads", "t", "N WORDS", "the conversations; read one; say something in a room",
         talking.threads, INSIDE),
    _row("room", "", "NAME: WHO", "open a private room", talking.room, INSIDE),
    _row("admit", "", "N WHO", "let somebody into a room of `threads`", talking.admit, INSIDE),
    _row("leave", "", "N", "leave a private room of `threads`", talking.leave, INSIDE),
    _row("requests", "rq", "N STEP WORDS", "requests for information; read one; take a step of one",
         requesting.requests, INSIDE,
         "steps: claim, draft WORDS, hand on, pass, return WORDS, release to WHO, reopen WORDS"),
    _row("request", "", "WHO: WORDS", "raise a request for information",
         requesting.request, INSIDE),
    # free words
    _row("moves", "mv", "N", "what was attempted in free words; read one", moving.moves, INSIDE),
    _row("attempt", "", "WHAT; TO WHAT END; WHY IT WORKS; WHO KNOWS",
         "say in free words what you do", moving.attempt, SEAT,
         "who knows is open, allies or control; control settles the odds and rolls a die"),
    _row("argue", "", "N for WORDS", "argue for or against a move", moving.argue, SEAT),
    _row("retract", "", "N WHY", "take your own move back", moving.retract, SEAT),
    _row("erase", "", "N WHY", "delete for good what you typed of a move; control, all of it",
         moving.erase, BOTH, "copies in letters go too; what came of the move stays"),
    _row("advise", "", "N ODDS; WHY", "the odds that control asked you for", moving.advise,
         ("seat", "evaluator")),
    _row("questions", "q", "", "the questions that were put, and what was answered",
         noting.questions, ("seat", "control")),
    _row("answer", "a", "N WORDS", "answer a question", noting.answer, ("seat", "control")),
    # evaluators
    _row("forms", "f", "N", "the objectives with their tasks; read one", noting.forms, MIND),
    _row("note", "", "N; OBSERVATION; EVIDENCE; RATING; REMARK", "record what was observed",
         noting.note, MIND, "ratings are P, S, M, U; note 1 about 2; ... ties it to links' line 2",
         "note 0; ... is tied to no objective"),
    _row("links", "", "", "what a note can be tied to", noting.links, MIND),
    _row("notes", "", "", "what was recorded, and what has no evidence yet", noting.notes, MIND),
    _row("unnote", "", "N WHY", "take a note of your own back", noting.unnote, MIND),
    # control's course
    _row("next", "x", "", "what comes next: close the council, resolve, release", white.step,
         CONTROL),
    _row("round", "", "", "let the absent seats speak once more", white.go_round, CONTROL),
    _row("close", "", "", "close the council", white.close, CONTROL),
    _row("resolve", "", "", "sealed orders meet the rules", white.resolve, CONTROL),
    _row("results", "rs", "", "the results before release", white.results, CONTROL),
    _row("rule", "", "N add AMOUNT; WHY", "amend a result: add to it, or set it", white.rule,
         CONTROL, "rule 2 add -0.1; WHY, or rule module.field[x] set 0.4; WHY",
         "the turn is resolved anew from its start"),
    _row("release", "accept", "", "give the results to everybody and open the next turn",
         white.release, CONTROL),
    _row("mind", "", "", "the adversary's reasoning in the results", white.mind, CONTROL),
    _row("compare", "", "SEAT", "what changed and is not disclosed to a seat", white.compare,
         CONTROL),
    _row("floor", "", "open or shut", "let everybody in the room read the texts, or no longer",
         presiding.lay_open, CONTROL),
    _row("freeze", "pause", "", "only messages still go out", white.pause, CONTROL),
    _row("resume", "go", "", "let it go on", white.resume, CONTROL),
    _row("stop", "", "", "a real-world emergency: freeze at once", white.stop, CONTROL),
    _row("end", "", "REASON", "end the exercise now", white.end, CONTROL),
    _row("rollback", "", "TURN REASON", "play a turn again; alone, the lines of play there are",
         white.rollback, CONTROL),
    _row("hotwash", "hw", "", "what happened, as it stands now", white.hotwash, CONTROL),
    # control's injects and turns
    _row("events", "e", "N", "the injects; read one with what can be done", injects.events,
         CONTROL),
    _row("fire", "", "N", "let an inject come now", injects.acting("fire"), CONTROL),
    _row("hold", "", "N", "hold an inject back", injects.acting("hold"), CONTROL),
    _row("free", "", "N", "hold an inject no longer", injects.acting("release"), CONTROL),
    _row("skip", "", "N", "leave an inject out", injects.acting("skip"), CONTROL),
    _row("enable", "", "N", "bring an inject into play", injects.acting("enable"), CONTROL),
    _row("disable", "", "N", "take an inject out of play", injects.acting("disable"), CONTROL),
    _row("approve", "", "N", "approve a draft", injects.acting("approve"), CONTROL),
    _row("postpone", "", "N DAYS", "move an inject, or all of them, by days", injects.postpone,
         CONTROL),
    _row("inject", "", "WHO: TITLE; TEXT; DAY", "an inject of your own, at once without a day",
         injects.inject, CONTROL),
    _row("turns", "", "N lasts DAYS", "the turns; change those to come", injects.turns, CONTROL),
    # control's words, moves and seats
    _row("speak", "", "WHO to WHOM: WORDS", "send words as anybody", white.speak, CONTROL),
    _row("press", "", "OUTLET: WORDS", "an item of the media feed", white.press, CONTROL),
    _row("receipts", "", "", "who has read the letter read last", white.receipts, CONTROL),
    _row("weigh", "", "N ODDS; ON SUCCESS; ON FAILURE; EFFECTS; EFFECTS; NEEDS",
         "settle the odds of a move and what follows", moving.weigh, CONTROL,
         "odds are 0 to 100 or a word such as likely; umpire, or mean of 60, takes others' odds",
         "effects are written tension[strait] +0.1 & support[x] = 0.4"),
    _row("roll", "", "N", "roll the die of a move that was weighed", moving.roll, CONTROL),
    _row("refuse", "", "N WHY", "refuse a move", moving.refuse, CONTROL),
    _row("consult", "", "N SEAT", "ask a second umpire for odds", moving.consult, CONTROL),
    _row("seats", "s", "", "who plays what, who is here, who has sealed", doors.seats, CONTROL),
    _row("fill", "", "SEAT BY", "let a person, the desk or a bot play a seat", doors.fill, CONTROL),
    _row("codes", "", "NAME", "who may come in; with a name, a new code", doors.codes, CONTROL),
    _row("lock", "", "NAME", "let nobody in by a code", doors.lock, CONTROL),
    _row("unlock", "", "NAME", "let them in again", doors.unlock, CONTROL),
    _row("as", "", "SEAT", "act on behalf of a seat; as control leads back", doors.sit, CONTROL),
    _row("quit", "bye", "", "leave; everything that was done is kept", quit_, ALL),
)  # fmt: skip
