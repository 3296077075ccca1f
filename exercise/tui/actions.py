"""The one table of keys: footer, help and the palette are all drawn from it.

An act is called by its name on the screen it belongs to (`action_<name>`). What holds on every
screen is listed under EVERYWHERE. HELP has each screen's five lines.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from exercise.tui.acts import BACK, COVER, ENTER, EVERYWHERE, OPEN, STOP, Act
from exercise.tui.council_acts import CHAIRING, CHAMBER, COUNCIL

MAIL = (
    OPEN._replace(label="read", says="Read what was said in the chosen conversation."),
    Act("write", "w", "write", "Write to any seats, to control, to all allies."),
    Act("reply", "r", "reply", "Answer in the chosen conversation."),
    Act("ask", "a", "ask", "Ask control; only you read the answer."),
    Act("state", "s", "statement", "Say something that everybody reads."),
    Act("room", "n", "new room", "Open a private room for some seats."),
    Act("requests", "q", "requests", "Go to the requests for information."),
    Act("acknowledge", "k", "acknowledge", "Tell its author that you have read it.", footer=False),
    Act("take_back", "delete", "withdraw", "Withdraw the chosen letter.", footer=False),
    Act("let_in", "l", "let in", "Let another seat into the chosen private room.", footer=False),
    Act("get_out", "x", "leave room", "Leave the chosen private room.", footer=False),
    Act("other", "tab,left,right", "other list", "Go to the other list.", footer=False),
)

SCREENS: Mapping[str, tuple[Act, ...]] = {
    "start": (
        OPEN,
        Act("leave", "q", "quit", "Leave the program."),
    ),
    "pick": (
        OPEN._replace(label="choose", says="Take the chosen line."),
        BACK,
    ),
    "page": (
        Act("go_on", "enter,space", "to your desk", "Go to your desk."),
        Act("back", "escape", "back", "Go to your desk.", footer=False),
    ),
    "desk": (
        ENTER,
        Act("next_pane", "tab,right", "next column", "Go to the next column."),
        Act("seal", "s", "seal", "Seal your orders, so that the turn can be resolved."),
        Act("decisions", "d", "decisions", "See all decisions, and why some are not allowed now."),
        Act("council", "c", "council", "Go to the council: the text, clause by clause."),
        Act("map", "m", "map", "See the map as large as the screen."),
        Act("inbox", "i", "inbox", "Read what has come in, and write to others."),
        Act("requests", "r", "requests", "Ask for information, and answer.", footer=False),
        Act("orders", "o", "orders", "See your draft, and take orders off it."),
        Act("moves", "f", "something else", "Do something that is no listed decision; argue."),
        Act("changes", "w", "all changes", "See everything that changed, not only three things."),
        Act("answer", "q", "answer", "Answer a question that was put to you.", footer=False),
        Act("here", "h", "who is here", "See who is here and who has sealed.", footer=False),
        Act("who", "p", "who you are", "Read your first page again.", footer=False),
        Act("seats", "x", "other seat", "Sit down at another seat's desk.", footer=False),
        Act(
            "last_pane", "shift+tab,left", "column before", "Go to the column before.", footer=False
        ),
        Act("suggest_1", "1", "first suggestion", "Take the first suggested action.", footer=False),
        Act(
            "suggest_2", "2", "second suggestion", "Take the second suggested action.", footer=False
        ),
        Act("suggest_3", "3", "third suggestion", "Take the third suggested action.", footer=False),
    ),
    "why": (
        ENTER._replace(label="deeper", says="Ask why of the chosen source."),
        BACK._replace(label="back up", says="Go back up one level."),
        Act("earlier", "left", "turn before", "Ask the same of the turn before."),
        Act("later", "right", "turn after", "Ask the same of the turn after."),
        Act("close", "q", "close", "Close the sheet."),
    ),
    "decisions": (
        OPEN._replace(label="fill in", says="Fill in the form of the chosen decision."),
        BACK,
    ),
    "form": (
        Act("confirm", "ctrl+s", "do it", "Confirm the order as it stands."),
        Act("back", "escape", "leave it", "Leave without ordering anything."),
        Act("next_part", "tab", "next part", "Go to the next part of the form.", footer=False),
    ),
    "council": COUNCIL,
    "moves": (
        OPEN._replace(label="read", says="Read the whole of the chosen move."),
        Act("make", "f", "something else", "Say what you do, to what end, why it should work."),
        Act("argue_for", "plus,equals_sign", "argue for", "Say why the chosen move should work."),
        Act("argue_against", "minus", "argue against", "Say why it should not work."),
        Act("withdraw", "w", "take back", "Take your own move back, and say why."),
        Act(
            "take_back",
            "delete",
            "delete words",
            "Delete words typed of it, in letters too.",
            footer=False,
        ),
        BACK,
    ),
    "judge": (
        OPEN._replace(label="read", says="Read the whole of the chosen move."),
        Act("weigh", "e", "weigh", "Settle the odds, and what follows from success and failure."),
        Act("roll", "r", "roll", "Roll the die of the chosen move; those who may know are told."),
        Act("argue", "a", "argue", "Write down what a seat says for or against it."),
        Act("consult", "u", "second umpire", "Ask a second umpire for its odds."),
        Act("refuse", "x", "refuse", "Refuse the move, or break it off, and say why."),
        Act("make", "f", "enter a move", "Enter a move for a seat."),
        Act(
            "take_back",
            "delete",
            "delete words",
            "Delete words typed of it, in letters too.",
            footer=False,
        ),
        COVER._replace(footer=False),
        STOP._replace(footer=False),
        BACK,
    ),
    "fill": (
        Act("confirm", "ctrl+s", "do it", "Take it as it stands."),
        Act("next_part", "tab", "next part", "Go to the next part."),
        Act("last_part", "shift+tab", "part before", "Go to the part before.", footer=False),
        BACK._replace(label="leave it", says="Leave without doing anything."),
    ),
    "notes": (
        OPEN._replace(label="record / read", says="Record a note on the line, or read the note."),
        Act("record", "n", "record", "Record a note on the chosen objective or task."),
        Act("loose", "b", "note beside", "Record a note beside the objectives."),
        Act("take_back", "delete,backspace", "take back", "Take the chosen note back, with why."),
        BACK,
    ),
    "table": (
        Act("nothing", "enter", "take", "Take the answer or the move, and go on."),
        COVER,
        Act("judge", "f6", "judge moves", "Weigh free-form moves and roll their dice."),
        Act("up", "up", "up", "To the seat above.", footer=False),
        Act("down", "down", "down", "To the seat below.", footer=False),
        STOP,
        BACK._replace(says="Clear the line; on an empty one, go back to control."),
    ),
    "map": (
        Act("nearer", "plus,equals_sign", "nearer", "Look at less of the map, larger."),
        Act("farther", "minus", "farther", "Look at more of the map."),
        Act("whole", "0", "whole", "See the whole theatre again."),
        Act("west", "left", "move", "Move the map to the west."),
        Act("east", "right", "east", "Move the map to the east.", footer=False),
        Act("north", "up", "north", "Move the map to the north.", footer=False),
        Act("south", "down", "south", "Move the map to the south.", footer=False),
        Act("next_mark", "tab", "next mark", "Name the next thing on the map."),
        Act("last_mark", "shift+tab", "mark before", "Name the thing before.", footer=False),
        Act("ask", "enter", "why", "Ask why the named thing is as it is."),
        BACK,
    ),
    "inbox": (
        *MAIL,
        BACK,
    ),
    "mailroom": (
        *MAIL[:3],
        Act("press", "p", "press", "Put an item into the media feed, marked by its outlet."),
        Act("receipts", "v", "who read it", "See who has read the chosen letter, and when."),
        *MAIL[4:],
        BACK,
    ),
    "letter": (
        Act("reply", "r", "reply", "Answer the sender."),
        Act("acknowledge", "k", "acknowledge", "Tell its author that you have read it."),
        BACK,
    ),
    "requests": (
        OPEN._replace(label="steps", says="Go to the steps of the chosen request."),
        Act("next", "n", "next step", "Take the next step, which stands beneath the request."),
        Act("ask", "a", "ask", "Raise a request for information."),
        Act("write", "w", "answer", "Write the answer, or write it anew."),
        Act("send_back", "b", "return", "Return another seat's draft, with a word."),
        Act("reopen", "o", "open again", "Open an answered request again."),
        Act("take_back", "delete", "withdraw", "Withdraw the words of the chosen step."),
        Act("other", "tab,left,right", "other list", "Go to the other list.", footer=False),
        BACK,
    ),
    "queue": (
        OPEN._replace(label="answer", says="Answer the chosen question, or go to the request."),
        Act("publicly", "e", "to everybody", "Answer the chosen question to everybody."),
        BACK,
    ),
    "write": (
        Act("confirm", "ctrl+s", "send", "Send it."),
        BACK,
    ),
    "orders": (
        Act("take_off", "delete,backspace", "take off", "Take the chosen order off your draft."),
        Act("seal", "s", "seal", "Seal your orders."),
        Act("unseal", "u", "withdraw seal", "Withdraw your seal while orders are open."),
        Act("consider", "i", "alternatives", "Note what else you considered, and who disagreed."),
        Act("decisions", "d", "decisions", "Add an order."),
        BACK,
    ),
    "changes": (
        ENTER,
        BACK,
    ),
    "results": (
        ENTER,
        Act("go_on", "space,n", "go on", "Go on to the next turn."),
        Act("back", "escape", "go on", "Go on to the next turn.", footer=False),
    ),
    "watch": (
        Act("pause", "space", "pause", "Stop, or go on."),
        ENTER,
        Act("step", "right,n", "step", "Go one step on."),
        Act("faster", "plus,equals_sign", "faster", "Go faster."),
        Act("slower", "minus", "slower", "Go slower."),
        Act("through", "v", "see as", "See it as another seat sees it."),
        Act("back", "escape", "leave", "Leave; nothing is kept."),
    ),
    "over": (
        ENTER,
        Act("replay", "r", "look back", "Go through the turns again."),
        Act("leave", "q,escape", "close", "Close the exercise."),
    ),
    "replay": (
        ENTER,
        Act("earlier", "left", "turn before", "Go to the turn before."),
        Act("later", "right", "turn after", "Go to the turn after."),
        Act("through", "v", "see as", "See it as another seat saw it."),
        BACK,
    ),
    "room": (
        ENTER._replace(label="change", says="Change the chosen line."),
        Act("begin", "s", "start", "Begin the exercise."),
        Act("paper", "p", "print paper", "Write briefs, slips and inject cards, to be printed."),
        Act("all_desk", "d", "all at the desk", "Every ally's slips are entered at the desk."),
        Act("all_bots", "b", "all bots", "Bots play every seat."),
        BACK,
    ),
    "control": (
        OPEN._replace(label="why / open", says="Ask why of a result, or open the chosen line."),
        Act("next", "n", "next", "Go on: begin, close the council, resolve, release."),
        Act("slips", "g", "slips", "Enter the delegations' slips."),
        Act("council", "c", "council", "Run the council: any seat's acts, and the chair's."),
        Act("judge", "j", "moves", "Judge free-form moves: weigh them, roll, refuse."),
        Act("fire", "f", "fire", "Fire the chosen inject now."),
        Act("hold", "h", "hold", "Hold the chosen inject, or keep a result from coming about."),
        Act("accept", "a", "accept", "Accept the chosen result."),
        Act("amend", "e", "amend", "Amend the chosen result, with a reason."),
        Act("speak", "s", "speak", "Say something as anyone, to any seats."),
        Act("freeze", "z,space", "freeze", "Freeze everything, or go on; messages still go out."),
        STOP._replace(footer=False),
        COVER._replace(footer=False),
        Act("msel", "k", "injects", "The list of injects: postpone, edit, skip, write one."),
        Act(
            "mind", "y", "adversary’s mind", "Why the adversary chose what it chose.", footer=False
        ),
        Act("turns", "u", "turns", "Put a turn in, leave one out.", footer=False),
        Act("doors", "d", "who is here", "Who is here and may come in: codes, locks."),
        Act("projector", "f5", "projector", "Open the projector; what it shows of the council."),
        Act("clock", "f6", "clock", "Give stages time, add minutes, settle warnings."),
        Act("players", "p", "who plays", "Hand a seat to a bot or a person.", footer=False),
        Act("roll_back", "b", "go back", "Play an earlier turn again.", footer=False),
        Act("beside", "v", "see as", "Put the truth beside another seat's view.", footer=False),
        Act("inbox", "i", "inbox", "Read what seats wrote to each other and to you.", footer=False),
        Act("notes", "t", "notes", "See what evaluators record, and record.", footer=False),
        Act("table", "q", "answers", "Questions and answers around the table.", footer=False),
        Act("queue", "r", "questions", "Answer what seats asked, review answers.", footer=False),
        Act("sit", "o", "sit down", "Let a person sit down at a seat's desk.", footer=False),
        Act("map", "m", "map", "See the map.", footer=False),
        Act("changes", "l", "all changes", "See all that changed in the last turn.", footer=False),
        Act("wash", "w", "hot wash", "Write the hot wash beside the save.", footer=False),
        Act("finish", "x", "end", "End the exercise now; you are asked first.", footer=False),
        Act("next_pane", "tab,right", "next", "Go to the next column.", footer=False),
        Act("last_pane", "shift+tab,left", "last", "Go to the column before.", footer=False),
        BACK._replace(
            label="leave", says="Leave the room; everything sealed is kept.", footer=False
        ),
    ),
    "doors": (
        OPEN._replace(label="new code", says="Issue a new code; the old one ends."),
        Act("lock", "l", "lock", "Let nobody in by this code any more, or again."),
        Act("here", "h", "heads", "See who is here; say which terminal is a delegation's head."),
        Act("all", "n", "new codes for all", "Issue new codes; every terminal joins again."),
        COVER._replace(footer=False),
        STOP._replace(footer=False),
        BACK,
    ),
    "grid": (
        Act("nothing", "enter", "take / seal", "Take the order; on an empty line, seal the slip."),
        COVER,
        Act("seal", "f3", "seal", "Seal this seat's slip, or withdraw its seal."),
        Act("decisions", "f4", "all decisions", "See all that this seat may order."),
        Act("make", "f5", "something else", "Enter a free-form move of this seat."),
        Act("complete", "tab", "complete", "Complete what is typed.", footer=False),
        Act(
            "up", "up", "up", "To the seat above, or to the order above while typing.", footer=False
        ),
        Act(
            "down",
            "down",
            "down",
            "To the seat below, or to the order below while typing.",
            footer=False,
        ),
        STOP,
        BACK._replace(says="Clear the line; on an empty one, go back to control."),
    ),
    "chamber": CHAMBER,
    "stopped": (
        Act("confirm", "enter", "end the exercise", "End the exercise for good."),
        BACK._replace(label="false alarm", says="Go on with the exercise."),
    ),
    "covered": (Act("back", "f2,escape,enter", "lift", "Lift the curtain."),),
    "sure": (
        Act("confirm", "enter,y", "yes", "Do it."),
        BACK._replace(key="escape,n", label="no", says="Leave it as it is."),
    ),
    "firm": (
        Act("confirm", "y", "yes", "Do it."),
        BACK._replace(key="escape,n", label="no", says="Leave it as it is."),
    ),
    "amend": (
        Act("confirm", "ctrl+s", "do it", "Rule as it stands; the turn is resolved anew."),
        BACK,
    ),
    "speak": (
        Act("confirm", "ctrl+s", "send", "Send it."),
        BACK,
    ),
    "here": (OPEN._replace(label="make head", says="Make the terminal the head."), BACK),
    "msel": (
        OPEN._replace(says="Read all of the chosen inject."),
        Act("fire", "f", "fire", "Bring the chosen inject in now."),
        Act("hold", "h", "hold", "Hold it back, or let it go by its day again."),
        Act("postpone", "p", "postpone", "Move it by some days."),
        Act("postpone_all", "a", "postpone all", "Move all that is to come; the spacing stays."),
        Act("edit", "e", "edit", "Change its words, its readers, its day."),
        Act("write", "n", "new", "Write an inject of your own, for now or for a day."),
        Act("skip", "k", "skip", "Leave it out."),
        Act("able", "d", "out / in", "Put it out of play or back into it; approve a draft."),
        Act("expect", "x", "expected", "Give what is expected a deadline, or say that it came."),
        Act("freeze", "z,space", "freeze", "Freeze everything, or go on.", footer=False),
        STOP._replace(footer=False),
        COVER._replace(footer=False),
        BACK,
    ),
    "inject": (
        Act("confirm", "ctrl+s", "keep it", "Keep it; a new one without a day comes at once."),
        Act("draft", "f3", "keep as draft", "Keep it as a draft, to be approved."),
        BACK,
    ),
    "expect": (Act("confirm", "ctrl+s", "keep it", "Keep the deadline."), BACK),
    "asked": (Act("confirm", "ctrl+s", "do it", "Do it; Enter does so too."), BACK),
    "turns": (
        OPEN._replace(label="length", says="Give the chosen turn another length."),
        Act("until", "d", "until a day", "Let the chosen turn last until a day."),
        Act("put_in", "n", "put one in", "Put a turn in before the chosen one."),
        Act("put_last", "a", "add one", "Add a turn at the end."),
        Act("leave_out", "k", "leave out", "Leave the chosen turn out; the next takes its days."),
        Act("freeze", "z,space", "freeze", "Freeze everything, or go on.", footer=False),
        STOP._replace(footer=False),
        COVER._replace(footer=False),
        BACK,
    ),
    "clock": (
        OPEN._replace(label="change", says="Settle the chosen thing anew."),
        Act("more", "plus,equals_sign", "1 min more", "Add a minute to the stage under way."),
        Act("less", "minus", "1 min less", "Take a minute off the stage under way."),
        Act("anew", "r", "anew", "Give the stage under way all its time again."),
        Act("freeze", "z,space", "freeze", "Freeze everything, or go on."),
        STOP._replace(footer=False),
        COVER._replace(footer=False),
        BACK,
    ),
    "projector": (BACK._replace(label="leave", says="Leave the projector.", key="escape,q"),),
    "beam": (
        Act("here", "enter", "show it here", "Make this screen the projector; Esc comes back."),
        Act("texts", "t", "council's texts", "Lay the council's texts open to the room, or not."),
        Act("code", "n", "new code", "Make a new code for the projector."),
        BACK,
    ),
    "mind": (
        ENTER,
        STOP._replace(footer=False),
        COVER._replace(footer=False),
        BACK,
    ),
    "review": (
        ENTER,
        Act("earlier", "left", "turn before", "Go to the turn before."),
        Act("later", "right", "turn after", "Go to the turn after."),
        Act("first", "home", "opening", "Go to the opening.", footer=False),
        Act("last", "end", "end", "Go to the last turn.", footer=False),
        Act("through", "v", "see as", "See it as the next seat saw it."),
        Act("control", "c", "control", "See it as control, who sees all.", footer=False),
        Act("texts", "t", "texts", "Read the council's texts of that turn."),
        Act("map", "m", "map", "See the map of that turn, large."),
        Act("changes", "w", "all changes", "See all that changed in that turn."),
        Act("wash", "h", "hot wash", "Read the hot wash.", footer=False),
        Act("lines", "b", "lines of play", "Look at a line of play that was left.", footer=False),
        Act("pane", "tab", "next column", "Go to the next column.", footer=False),
        BACK,
    ),
    "wash": (BACK._replace(key="escape,q", label="close"),),
    "curtain": (Act("go_on", "enter,space", "I am here", "Show this seat's desk."),),
    "help": (BACK._replace(key="escape,enter,f1,q", label="close"),),
    "notice": (BACK._replace(key="escape,enter,space", label="close"),),
}

GUEST = (
    *(act for act in SCREENS["desk"] if act.name not in ("seats", "here")),
    Act("get_up", "escape", "get up", "Leave the desk to control; the draft stays."),
    STOP._replace(footer=False),
)
"""A seat's desk in a room: sealing or getting up leads back to control."""
SCREENS = {**SCREENS, "guest": GUEST}


SILENT = {"decisions", "council", "map", "orders", "changes", "slips"}
"""Acts that lead nowhere where nothing is ordered; in a discussion their keys are not named."""
RULING = {"accept", "amend", "mind"}
"""Acts on results, which a discussion seldom has."""
DONE = {"seal": "done", "moves": "do something", "answer": "answer", "table": "answers",
        "nothing": "open"}  # fmt: skip
"""What other acts are called there."""


def talking(screen: str, results: bool = False) -> list[Act]:
    """The acts of a screen as they are named in an exercise of words alone.

    Where a move or an inject has brought something about, there are `results` to be ruled on.
    """
    silent = SILENT if results else SILENT | RULING
    return [
        act._replace(
            label=DONE.get(act.name, act.label),
            says="Say that you are done for this turn." if act.name == "seal" else act.says,
            footer=act.footer or act.name in DONE,
        )
        for act in acts_of(screen)
        if act.name not in silent
    ]


def acts_of(screen: str) -> tuple[Act, ...]:
    """All that can be done on a screen: its own acts, then what holds everywhere."""
    own = SCREENS[screen]
    taken = {key for act in own for key in act.key.split(",")}
    return (*own, *(act for act in EVERYWHERE if act.key not in taken))


def presiding() -> tuple[Act, ...]:
    """The keys named to whoever presides over the text: the chair's own first."""
    return (*CHAIRING, *EVERYWHERE)


def looking() -> list[Act]:
    """The keys named to whoever reads the council's texts when all is over."""
    kept = ("nothing", "next_text", "back")
    own = [act._replace(footer=True) for act in SCREENS["council"] if act.name in kept]
    return [*own, *EVERYWHERE]


def ended(talk: bool = False) -> list[Act]:
    """The keys named to control when the exercise is over; `talk` where nothing was ordered."""
    first = ("wash", "nothing", "msel", "changes", "notes", "inbox", "map", "back")
    own = {act.name: act._replace(footer=True) for act in SCREENS["control"]}
    return [*(own[name] for name in first if not (talk and name in SILENT)), *EVERYWHERE]


def bindings_of(screen: str) -> list[BindingType]:
    """The screen's key bindings; Enter on a line is the list's own."""
    return [
        Binding(act.key, act.name, act.label, show=False)
        for act in acts_of(screen)
        if act.name != "nothing"
    ]
