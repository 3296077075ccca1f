"""The one table of keys: footer, help and the palette are all drawn from it.

An act is called by its name on the screen it belongs to (`action_<name>`). What holds on every
screen is listed under EVERYWHERE. HELP has each screen's five lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType


class Act(NamedTuple):
    """One thing a person can do on a screen: its key, a word for the footer, and a sentence."""

    name: str
    key: str
    label: str
    says: str
    footer: bool = True
    always: bool = False

    @property
    def shown_key(self) -> str:
        """The key as people read it."""
        first = self.key.split(",")[0]
        if first.startswith("ctrl+"):
            return f"Ctrl+{first[5:].upper()}"
        return NAMES.get(first, first)


NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "f1": "F1",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "left": "←",
    "right": "→",
    "plus": "+",
    "minus": "−",
    "question_mark": "?",
    "slash": "/",
    "delete": "Del",
    "full_stop": ".",
}
ENTER = Act("nothing", "enter", "why", "Ask why the chosen line is so.")
OPEN = ENTER._replace(label="open", says="Open the chosen line.")
BACK = Act("back", "escape", "back", "Go back to where you were.")
EVERYWHERE = (
    Act("help", "f1", "help", "Explain this screen in five lines.", always=True),
    Act("palette", "ctrl+p", "everything", "Find anything by its name.", always=True),
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
        Act("orders", "o", "orders", "See your draft, and take orders off it."),
        Act("changes", "w", "all changes", "See everything that changed, not only three things."),
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
    "council": (
        ENTER,
        Act("acts", "a", "act", "See what you may do about the chosen text or clause."),
        Act("bracket", "b", "bracket", "Bracket the chosen clause, or lift your bracket."),
        Act("soften", "e", "soften", "Soften the words of the chosen clause."),
        Act("object", "x", "object", "Object to the text, or withdraw your objection."),
        Act("vote", "v", "vote", "Vote on the text.", footer=False),
        Act("reserve", "u", "reserve", "Reserve your position on the text.", footer=False),
        Act("join", "j", "join", "Join the willing on the text.", footer=False),
        Act("break", "k", "break silence", "Break silence on the text.", footer=False),
        Act("table", "t", "table", "Table the text before its forum.", footer=False),
        Act("put", "p", "put", "As chair, put the text to the members.", footer=False),
        Act("drop", "d", "drop", "As chair, drop the chosen clause.", footer=False),
        Act("declare", "y", "declare", "As chair, declare the outcome.", footer=False),
        Act("round", "n", "next round", "Let the others speak once more."),
        Act("next_text", "right,tab", "next text", "Go to the next text.", footer=False),
        Act("last_text", "left,shift+tab", "last text", "Go to the text before.", footer=False),
        BACK,
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
        Act("ask", "enter", "why", "Ask about the named thing.", footer=False),
        BACK,
    ),
    "inbox": (
        OPEN._replace(label="read", says="Read the chosen message."),
        Act("write", "w", "write", "Write to another seat."),
        BACK,
    ),
    "letter": (
        Act("reply", "r", "reply", "Answer the sender."),
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
    "curtain": (Act("go_on", "enter,space", "I am here", "Show this seat's desk."),),
    "help": (BACK._replace(key="escape,enter,f1,q", label="close"),),
    "notice": (BACK._replace(key="escape,enter,space", label="close"),),
}

HELP: Mapping[str, tuple[str, ...]] = {
    "start": (
        "Watch plays a whole exercise by itself in about a minute.",
        "Run a room is for a facilitator with people around a table.",
        "Continue takes up a save where it stands; Review only looks at one.",
        "Write a scenario says how to begin one in a text editor.",
        "Nothing here changes a save until you play on.",
    ),
    "pick": (
        "Choose a line with the arrow keys and Enter.",
        "Esc goes back without choosing.",
    ),
    "page": (
        "This is who you are, what you want and what you fear.",
        "What stands under “Only you know” is on nobody else's screen.",
        "You can read it again at any time from your desk.",
    ),
    "desk": (
        "Left, what changed. Middle, the text before the council. Right, what you could do.",
        "Enter on any line that states something asks why it is so.",
        "Choose a suggested action with 1, 2, 3 or Enter, or see all decisions.",
        "Orders stay a draft until you seal them; when all have sealed, the turn is resolved.",
        "Tab or the arrows go from column to column; on a small screen one shows at a time.",
    ),
    "why": (
        "Each line is one cause of the change; the arrow says which way it pushed.",
        "Beneath it stands what it came from; Enter on a line with › asks why of that in turn.",
        "Esc goes back up. Left and right ask the same of other turns.",
        "“Cause not disclosed to you” is whatever you are not cleared for, all of it together.",
        "Amounts, where you may see them, sum exactly to the change.",
    ),
    "decisions": (
        "All your decisions by system. Type to narrow the list.",
        "What is allowed now stands with its cost; else the line says why not.",
        "Enter opens the form. Nothing is ordered before you confirm it there.",
        "Acts of the council take effect at once; all else is a draft until sealed.",
    ),
    "form": (
        "Choose what it is done to, how, and say why if you like.",
        "The consequence stands in words before you confirm.",
        "Tab goes from part to part; Enter on the last part confirms.",
        "Esc leaves without ordering anything.",
    ),
    "council": (
        "The text as it stands, clause by clause, with brackets and who holds them.",
        "A text with a bracket cannot pass by consensus. One objection stops it too.",
        "Choose a clause, then press a key; “act” lists all you may do about it.",
        "Next round lets the others speak. Sealing your orders closes the council.",
        "Below stands the record of this turn. Enter asks why of any line.",
    ),
    "map": (
        "Your side, allies and the adversary have their own signs; colour only repeats them.",
        "◆ a force in place, ◇ one on its way or at home, ★ your capital, ● an ally's,",
        "▲ the adversary's, ▪ a port or railhead, × damaged or cut.",
        "Arrows move the map, + and − change its size, 0 shows the whole.",
        "Tab names one thing after the other.",
    ),
    "inbox": (
        "What has come in, the latest first. ● is what you have not read.",
        "Enter reads a message; from there you can answer it.",
        "Write sends words to another seat; control sees all of them.",
    ),
    "letter": ("A message as it reached you.", "Reply writes back to its sender."),
    "write": ("Choose to whom, then write.", "Nothing is sent before you confirm."),
    "orders": (
        "Your draft: what will be ordered when you seal.",
        "Take an order off it, or add one from all decisions.",
        "After sealing you may withdraw the seal while orders are open.",
    ),
    "changes": (
        "All that changed and that you may know of, what matters most first.",
        "Enter asks why of any line.",
    ),
    "results": (
        "What came of the turn, in at most eight sentences.",
        "Enter on any of them asks why.",
        "Space goes on to the next turn.",
    ),
    "watch": (
        "All seats are bots; each acts only on what it may see.",
        "Space stops and goes on; the arrow goes one step; + and − change the speed.",
        "While it stands still, Enter on a line asks why.",
        "“See as” shows the same through one seat's eyes.",
        "Nothing is kept; Esc leaves.",
    ),
    "over": (
        "How it ended, and which objectives were met.",
        "The digest names this course of events: the same seed and orders give the same.",
        "Look back goes through the turns again.",
    ),
    "replay": (
        "What was published, turn by turn. Left and right go through the turns.",
        "“See as” shows what a seat saw then.",
        "Enter on any line asks why.",
        "Looking back changes nothing in a save.",
    ),
    "curtain": ("The screen is covered so that the next person can sit down unseen.",),
    "help": ("Help explains the screen beneath it.",),
    "notice": ("A word from the program.",),
}


def acts_of(screen: str) -> tuple[Act, ...]:
    """All that can be done on a screen: its own acts, then what holds everywhere."""
    own = SCREENS[screen]
    taken = {key for act in own for key in act.key.split(",")}
    return (*own, *(act for act in EVERYWHERE if act.key not in taken))


def bindings_of(screen: str) -> list[BindingType]:
    """The screen's key bindings; Enter on a line is the list's own."""
    return [
        Binding(act.key, act.name, act.label, show=False)
        for act in acts_of(screen)
        if act.name != "nothing"
    ]
