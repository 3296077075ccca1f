"""What a delegation may do in a council session: speak, take a position, act with the willing."""

from __future__ import annotations

from exercise.engine.declare import ALLIED, PUBLIC, Cost, Decision, Own, Released
from exercise.rules.council.checks import (
    may_amend,
    may_bracket,
    may_break,
    may_join,
    may_object,
    may_press,
    may_reserve,
    may_table,
    may_vote,
    may_withhold,
)

TALK = Cost(staff=0)
"""Taking a position costs a delegation nothing but its position."""

TABLE = Decision(
    "council.table", ("motion",), stage="council", levels={"table": 1.0}, cost=Cost(staff=2),
    says="Table “{motion}”", allowed=may_table, seen=ALLIED,
    consequence="It comes before its forum; every member may bracket or amend its clauses.",
)  # fmt: skip
BRACKET_CLAUSE = Decision(
    "council.bracket_clause", ("clause",), stage="council", cost=TALK,
    tells={"bracket": "Bracket “{clause}”", "lift the bracket": "Lift your bracket on “{clause}”"},
    levels={"bracket": 1.0, "lift the bracket": 2.0}, high=2.0,
    says="Bracket “{clause}”, or lift your bracket", allowed=may_bracket, seen=ALLIED,
    consequence="A clause in brackets is not agreed: the text cannot pass by consensus with it.",
)  # fmt: skip
AMEND = Decision(
    "council.amend", ("clause",), stage="council", levels={"soften": 1.0}, cost=Cost(staff=1),
    says="Soften the words of “{clause}”", allowed=may_amend, seen=ALLIED,
    consequence="The clause stands with half its weight; your own bracket on it falls.",
)  # fmt: skip
OBJECT = Decision(
    "council.object", ("motion",), stage="council", cost=TALK,
    tells={
        "object": "Object to “{motion}”",
        "withdraw the objection": "Withdraw your objection to “{motion}”",
    },
    levels={"object": 1.0, "withdraw the objection": 2.0}, high=2.0,
    says="Object to “{motion}”, or withdraw your objection", allowed=may_object,
    seen=Released("council.presides"),
    consequence="One objection is enough to stop a consensus; only the chair is told whose it is.",
)  # fmt: skip
RESERVE = Decision(
    "council.reserve", ("motion",), stage="council", cost=TALK,
    tells={
        "reserve": "Reserve your position on “{motion}”",
        "lift the reservation": "Lift your reservation on “{motion}”",
    },
    levels={"reserve": 1.0, "lift the reservation": 2.0}, high=2.0,
    says="Reserve your position on “{motion}”, or lift your reservation", allowed=may_reserve,
    seen=ALLIED,
    consequence="The text may pass, and you are not bound by it until you lift the reservation.",
)  # fmt: skip
VOTE = Decision(
    "council.vote", ("motion",), stage="council", cost=TALK, low=-1.0,
    tells={
        "for": "Vote for “{motion}”",
        "against": "Vote against “{motion}”",
        "abstain": "Abstain on “{motion}”",
    },
    levels={"for": 1.0, "against": -1.0, "abstain": 0.5},
    says="Vote on “{motion}”", allowed=may_vote, seen=ALLIED,
    consequence="The allies see how you voted; who is outvoted is bound, who abstains may not be.",
)  # fmt: skip
BREAK = Decision(
    "council.break_silence", ("motion",), stage="council", levels={"break silence": 1.0},
    cost=Cost(staff=0, capital=2), says="Break silence on “{motion}”, in writing",
    allowed=may_break, seen=ALLIED,
    consequence="The text does not pass by silence, and every ally reads your reason.",
)  # fmt: skip
PRESS = Decision(
    "council.press", ("ally@to", "motion"), stage="council", levels={"press": 1.0},
    cost=Cost(staff=0, capital=4), says="Press {ally@to} to accept “{motion}”",
    allowed=may_press, seen=Own("ally@to"),
    consequence="A wavering ally may give way, but it will deliver less and remember it.",
)  # fmt: skip
JOIN = Decision(
    "council.join", ("motion",), stage="council", cost=TALK,
    tells={"join": "Join the willing on “{motion}”", "leave": "Leave the willing on “{motion}”"},
    levels={"join": 1.0, "leave": 2.0}, high=2.0,
    says="Join the willing on “{motion}”, or leave them", allowed=may_join, seen=PUBLIC,
    consequence="Two willing states may act; it binds only them, and brings no common assets.",
)  # fmt: skip
WITHHOLD = Decision(
    "council.withhold", ("motion",), stage="council", cost=TALK,
    tells={
        "withhold": "Withhold common assets from the coalition on “{motion}”",
        "release": "Let common assets go to the coalition on “{motion}”",
    },
    levels={"withhold": 1.0, "release": 2.0}, high=2.0,
    says="Withhold common assets from the coalition on “{motion}”, or let them go",
    allowed=may_withhold, seen=ALLIED,
    consequence="While one member withholds them, the chair cannot release common assets.",
)  # fmt: skip

DECISIONS = (
    TABLE, BRACKET_CLAUSE, AMEND, OBJECT, RESERVE, VOTE, BREAK, PRESS, JOIN, WITHHOLD,
)  # fmt: skip
