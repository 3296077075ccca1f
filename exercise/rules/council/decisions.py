"""What a delegation may do in a council session: speak, take a position, act with the willing."""

from __future__ import annotations

from exercise.cells import Cells
from exercise.declare import ALLIED, PUBLIC, Check, Cost, Decision, Own, Released
from exercise.eyes import Eyes
from exercise.rules.council.fields import (
    ADOPTED,
    BROKEN,
    COALITION,
    CONSENT,
    DROPPED,
    FAILED,
    PUT,
    SILENCE,
    SOFT,
    TABLED,
)
from exercise.rules.council.forums import (
    BEFORE,
    COMPETENCE,
    COMPETENT,
    KIND,
    KINDS,
    METHOD,
    PRESIDES,
    SHARE,
    SITS,
    SPONSOR,
    VOTING,
)
from exercise.rules.council.parameters import FREE

TALK = Cost(staff=0)
"""Taking a position costs a delegation nothing but its position."""

OPENS = {
    "statement": 1.0,
    "strategy": 2.0,
    "sanction": 3.0,
    "deploy": 3.0,
    "force": 5.0,
    "determination": 1.0,
}
"""The phase of a crisis from which the alliance may take up a text of each kind."""

OPEN_AT_ONCE = 2.0


# What the checks are made of


def by_vote(method: Cells, voting: Cells) -> Cells:
    """Which texts are voted on; `voting` is 1 for the protocols with votes: [motion]."""
    return (method * voting).max("protocol")


def voted(eyes: Eyes) -> Cells:
    """Which texts are voted on, as a seat knows it: [motion]."""
    return by_vote(eyes[METHOD], eyes.each("protocol", VOTING))


def on_clauses(share: Cells, motions: Cells) -> Cells:
    """A mask over motions laid on their clauses: `motion` gives way to `clause`."""
    return ((share > 0.0) * motions).max("motion")


def _at_home(eyes: Eyes) -> Check:
    return Check(
        eyes.own(SITS),
        "You do not sit in the forum that this text is before.",
        "Ask a member to speak for you, or its chair to move the matter to a forum you sit in.",
    )


def _on_the_table(eyes: Eyes) -> Check:
    return Check(
        eyes[TABLED],
        "This text is not on the table.",
        "Table it first, or ask its sponsor to.",
    )


def _who_may_adopt(eyes: Eyes) -> str:
    """Each forum and the kinds of text it may adopt, in words."""
    able = eyes[COMPETENCE].data[..., 0]
    found = []
    for forum, row in zip(eyes.roster.of("forum"), able, strict=True):
        kinds = [kind for kind, mark in zip(KINDS, row, strict=True) if mark]
        found.append(f"{eyes.roster.title('forum', forum)} ({', '.join(kinds) or 'none'})")
    return "; ".join(found)


def _competent(eyes: Eyes) -> Check:
    return Check(
        (eyes[BEFORE] * eyes[COMPETENT]).max("forum"),
        "The forum that this text is before may not adopt a text of this kind.",
        lambda names: f"Ask its chair to move it to a forum that may: {_who_may_adopt(eyes)}.",
    )


def _may_table(eyes: Eyes) -> list[Check]:
    opens = (eyes[KIND] * eyes.each("kind", OPENS)).sum("kind")
    own_open = (eyes.own(SPONSOR) * eyes[TABLED]).sum("motion")
    return [
        Check(~eyes[TABLED], "This text is already on the table.", "Amend it, or take a position."),
        Check(
            ~eyes[ADOPTED], "This text has been adopted.", "Table another one that goes further."
        ),
        _at_home(eyes),
        _competent(eyes),
        Check(
            opens <= eyes["phases.phase"],
            "The alliance is not yet in the phase for a text of this kind.",
            "Ask the chair or control to move the phase on, or act nationally.",
        ),
        Check(
            own_open < OPEN_AT_ONCE,
            "You already have two texts on the table.",
            "Bring one to its end first, or let another ally table this one.",
        ),
    ]


def _may_bracket(eyes: Eyes) -> list[Check]:
    share = eyes[SHARE]
    return [
        Check(on_clauses(share, eyes[TABLED]), "Its text is not on the table.", "Table it first."),
        Check(
            on_clauses(share, eyes.own(SITS)),
            "You do not sit in the forum that this text is before.",
            "Ask a member to bracket the clause.",
        ),
        Check(
            on_clauses(share, ~voted(eyes)),
            "This forum votes; a bracket would hold nothing up.",
            "Vote against, or ask the sponsor to amend the clause.",
        ),
        Check(
            ~eyes[DROPPED],
            "The clause has been dropped.",
            "Take a position on what is left of the text.",
        ),
    ]


def _may_amend(eyes: Eyes) -> list[Check]:
    share, mine = eyes[SHARE], eyes.own(SPONSOR) | eyes.own(PRESIDES)
    return [
        Check(
            on_clauses(share, eyes[TABLED] | eyes[FAILED]),
            "Its text has not been tabled.",
            "Table it first; it can also be amended after it failed, and put again.",
        ),
        Check(
            on_clauses(share, eyes.own(SITS) & (mine | ~voted(eyes))),
            "Only members may amend, and where there are votes only the sponsor or the chair.",
            "Ask the sponsor, or vote on the text as it is.",
        ),
        Check(~eyes[SOFT], "The clause already stands in softer words.", "Bracket it."),
        Check(~eyes[DROPPED], "The clause has been dropped.", "Amend another clause."),
    ]


def _may_object(eyes: Eyes) -> list[Check]:
    return [
        _on_the_table(eyes),
        _at_home(eyes),
        Check(~voted(eyes), "This forum votes: an objection stops nothing.", "Vote against."),
    ]


def _may_reserve(eyes: Eyes) -> list[Check]:
    return [
        Check(
            eyes[TABLED] | eyes[ADOPTED],
            "This text is neither on the table nor in force.",
            "Table it first.",
        ),
        _at_home(eyes),
        Check(~voted(eyes), "This forum votes.", "Abstain instead."),
    ]


def _may_vote(eyes: Eyes) -> list[Check]:
    return [
        Check(
            voted(eyes),
            "In this forum there is objection or none, no voting.",
            "Object, or do not.",
        ),
        _at_home(eyes),
        Check(
            eyes[PUT], "The chair has not put this text to the vote.", "Ask the chair to put it."
        ),
    ]


def _may_break(eyes: Eyes) -> list[Check]:
    return [
        Check(eyes[SILENCE] > 0.0, "No silence runs on this text.", "Object at the table."),
        _at_home(eyes),
        Check(~eyes.own(BROKEN), "You have broken silence already.", "The chair knows."),
    ]


def _may_press(eyes: Eyes) -> list[Check]:
    other = eyes[SITS].turned(ally="ally@to")
    return [
        _on_the_table(eyes),
        Check(
            ~eyes.me("ally").turned(ally="ally@to"),
            "You cannot press yourself.",
            "Choose another ally.",
        ),
        Check(
            other,
            "That ally has no say on this text.",
            "Press a member of the forum that it is before.",
        ),
    ]


def _may_join(eyes: Eyes) -> list[Check]:
    unbound = eyes[ADOPTED] & (eyes.own(CONSENT) < eyes[FREE])
    return [
        Check(
            eyes[FAILED] | unbound,
            "The council has not yet failed to agree on this text.",
            "Wait for the chair to declare that there is no agreement.",
        )
    ]


def _may_withhold(eyes: Eyes) -> list[Check]:
    return [
        _at_home(eyes),
        Check(
            eyes[COALITION],
            "No coalition of the willing acts on this text.",
            "Take a position in the forum itself.",
        ),
    ]


# The decisions

TABLE = Decision(
    "council.table", ("motion",), stage="council", levels={"table": 1.0}, cost=Cost(staff=2),
    says="Table “{motion}”", allowed=_may_table, seen=ALLIED,
    consequence="It comes before its forum; every member may bracket or amend its clauses.",
)  # fmt: skip
BRACKET_CLAUSE = Decision(
    "council.bracket_clause", ("clause",), stage="council", cost=TALK,
    levels={"bracket": 1.0, "lift the bracket": 2.0}, high=2.0,
    says="Bracket “{clause}”, or lift your bracket", allowed=_may_bracket, seen=ALLIED,
    consequence="A clause in brackets is not agreed: the text cannot pass by consensus with it.",
)  # fmt: skip
AMEND = Decision(
    "council.amend", ("clause",), stage="council", levels={"soften": 1.0}, cost=Cost(staff=1),
    says="Soften the words of “{clause}”", allowed=_may_amend, seen=ALLIED,
    consequence="The clause stands with half its weight; your own bracket on it falls.",
)  # fmt: skip
OBJECT = Decision(
    "council.object", ("motion",), stage="council", cost=TALK,
    levels={"object": 1.0, "withdraw the objection": 2.0}, high=2.0,
    says="Object to “{motion}”, or withdraw your objection", allowed=_may_object,
    seen=Released("council.presides"),
    consequence="One objection is enough to stop a consensus; only the chair is told whose it is.",
)  # fmt: skip
RESERVE = Decision(
    "council.reserve", ("motion",), stage="council", cost=TALK,
    levels={"reserve": 1.0, "lift the reservation": 2.0}, high=2.0,
    says="Reserve your position on “{motion}”, or lift your reservation", allowed=_may_reserve,
    seen=ALLIED,
    consequence="The text may pass, and you are not bound by it until you lift the reservation.",
)  # fmt: skip
VOTE = Decision(
    "council.vote", ("motion",), stage="council", cost=TALK, low=-1.0,
    levels={"for": 1.0, "against": -1.0, "abstain": 0.5},
    says="Vote on “{motion}”", allowed=_may_vote, seen=ALLIED,
    consequence="The allies see how you voted; who is outvoted is bound, who abstains may not be.",
)  # fmt: skip
BREAK = Decision(
    "council.break_silence", ("motion",), stage="council", levels={"break silence": 1.0},
    cost=Cost(staff=0, capital=2), says="Break silence on “{motion}”, in writing",
    allowed=_may_break, seen=ALLIED,
    consequence="The text does not pass by silence, and every ally reads your reason.",
)  # fmt: skip
PRESS = Decision(
    "council.press", ("ally@to", "motion"), stage="council", levels={"press": 1.0},
    cost=Cost(staff=0, capital=4), says="Press {ally@to} to accept “{motion}”",
    allowed=_may_press, seen=Own("ally@to"),
    consequence="A wavering ally may give way, but it will deliver less and remember it.",
)  # fmt: skip
JOIN = Decision(
    "council.join", ("motion",), stage="council", cost=TALK,
    levels={"join": 1.0, "leave": 2.0}, high=2.0,
    says="Join the willing on “{motion}”, or leave them", allowed=_may_join, seen=PUBLIC,
    consequence="Two willing states may act; it binds only them, and brings no common assets.",
)  # fmt: skip
WITHHOLD = Decision(
    "council.withhold", ("motion",), stage="council", cost=TALK,
    levels={"withhold": 1.0, "release": 2.0}, high=2.0,
    says="Withhold common assets from the coalition on “{motion}”, or let them go",
    allowed=_may_withhold, seen=ALLIED,
    consequence="While one member withholds them, the chair cannot release common assets.",
)  # fmt: skip

DECISIONS = (
    TABLE, BRACKET_CLAUSE, AMEND, OBJECT, RESERVE, VOTE, BREAK, PRESS, JOIN, WITHHOLD,
)  # fmt: skip
