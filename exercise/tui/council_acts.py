"""What is done in the council: a member's keys, its chair's, and those of whoever runs a room."""

from __future__ import annotations

from exercise.tui.acts import BACK, ENTER, STOP, Act

TURNING = (
    Act("next_text", "right,tab", "next text", "Go to the next text.", footer=False),
    Act("last_text", "left,shift+tab", "last text", "Go to the text before.", footer=False),
)
TAKE_BACK = Act(
    "take_back", "delete", "withdraw", "Withdraw the chosen words, if they are yours.", footer=False
)

COUNCIL = (
    ENTER,
    Act("acts", "a", "act", "See what you may do about the chosen text or clause."),
    Act("bracket", "b", "bracket", "Bracket the chosen clause, or lift your bracket."),
    Act("soften", "e", "soften", "Soften the words of the chosen clause."),
    Act("object", "x", "object", "Object to the text, or withdraw your objection."),
    Act("vote", "v", "vote", "Vote on the text.", footer=False),
    Act("reserve", "u", "reserve", "Reserve your position on the text.", footer=False),
    Act("join", "j", "join", "Join the willing on the text.", footer=False),
    Act("break", "k", "break silence", "Break silence on the text, in writing.", footer=False),
    Act("explain", "i", "explain", "Explain your vote or position; the allies read it."),
    Act("table", "t", "table", "Table the text before its forum.", footer=False),
    Act("put", "p", "put", "As chair, put the text to the members.", footer=False),
    Act("silence", "s", "silence", "As chair, put it under silence until a time.", footer=False),
    Act("drop", "d", "drop", "As chair, drop the chosen clause.", footer=False),
    Act("declare", "y", "declare", "As chair, declare the outcome.", footer=False),
    Act("sum_up", "z", "sum up", "As chair, sum up where the text stands.", footer=False),
    Act("move", "m", "move", "As chair, move the text to another forum.", footer=False),
    Act("shut", "w", "no agreement", "As chair, close it without agreement.", footer=False),
    Act("round", "n", "next round", "As chair, let the others speak once more."),
    TAKE_BACK,
    *TURNING,
    BACK,
)
"""At a delegation's own terminal."""

CHAIRING = tuple(
    act._replace(footer=act.says.startswith("As chair")) for act in COUNCIL if act is not BACK
)
"""What the footer names to whoever presides over the text."""

CHAMBER = (
    ENTER,
    Act(
        "seat_next",
        "full_stop",
        "next seat",
        "Speak for the next seat; 1 to 9 choose one.",
    ),
    Act(
        "bracket",
        "b",
        "bracket",
        "Bracket the clause for the seat, or lift its bracket.",
        footer=False,
    ),
    Act("soften", "e", "soften", "Soften the chosen clause for the seat.", footer=False),
    Act("object", "x", "object", "Object for the seat, or withdraw it.", footer=False),
    Act("reserve", "u", "reserve", "Reserve the seat's position, or lift it.", footer=False),
    Act("yes", "plus,equals_sign", "vote for", "Vote for the text, for the seat.", footer=False),
    Act("no", "minus", "vote against", "Vote against the text, for the seat.", footer=False),
    Act("abstain", "0", "abstain", "Abstain, for the seat.", footer=False),
    Act("join", "j", "join", "Join the willing for the seat, or leave them.", footer=False),
    Act("break", "k", "break silence", "Break silence for the seat, in writing.", footer=False),
    Act("explain", "i", "explain", "Explain the seat's vote or position.", footer=False),
    Act("table", "t", "table", "Table the text for the seat."),
    Act("put", "p", "put", "As its chair, put the text around the table.", footer=False),
    Act("silence", "s", "silence", "As its chair, put it under silence.", footer=False),
    Act("drop", "d", "drop", "As its chair, drop the bracketed clause.", footer=False),
    Act("declare", "y", "declare", "As its chair, declare the outcome.", footer=False),
    Act("sum_up", "z", "sum up", "As its chair, sum up where the text stands.", footer=False),
    Act("move", "m", "move", "As its chair, move the text to the next forum.", footer=False),
    Act(
        "shut", "w", "no agreement", "As its chair, close the text without agreement.", footer=False
    ),
    Act("acts", "a", "all acts", "See all that the seat may do about the text.", footer=False),
    Act("vote", "v", "vote", "Vote on the text with a form.", footer=False),
    Act("round", "n", "round", "Let the bots speak once more."),
    Act("lay_open", "l", "on the projector", "Lay the texts open to the room, or no longer."),
    Act("close", "o", "to orders", "Close the council; orders are sealed next."),
    TAKE_BACK,
    *TURNING,
    STOP._replace(footer=False),
    BACK,
)
"""At control's screen, for any seat."""
