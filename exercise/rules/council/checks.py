"""When a delegation may act in a council session, and what it is told where it may not."""

from __future__ import annotations

from exercise.engine.cells import Cells
from exercise.engine.declare import Check
from exercise.engine.kept import kept
from exercise.eyes import Eyes
from exercise.rules.council.fields import (
    ADOPTED,
    BROKEN,
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
from exercise.rules.council.mandates import COALITION
from exercise.rules.council.parameters import FREE
from exercise.rules.council.texts import belonging, on_clauses, standing_on

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


@kept
def by_vote(method: Cells, voting: Cells) -> Cells:
    """Which texts are voted on; `voting` is 1 for the protocols with votes: [motion]."""
    return (method * voting).max("protocol")


def voted(eyes: Eyes) -> Cells:
    """Which texts are voted on, as a seat knows it: [motion]."""
    return by_vote(eyes[METHOD], eyes.each("protocol", VOTING))


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


@kept
def _heard(before: Cells, competent: Cells) -> Cells:
    """Which texts lie before a forum that may adopt them: [motion]."""
    return (before * competent).max("forum")


def _competent(eyes: Eyes) -> Check:
    return Check(
        _heard(eyes[BEFORE], eyes[COMPETENT]),
        "The forum that this text is before may not adopt a text of this kind.",
        lambda names: f"Ask its chair to move it to a forum that may: {_who_may_adopt(eyes)}.",
    )


@kept
def opening_phase(kind: Cells, opens: Cells) -> Cells:
    """The phase from which each text may be tabled: [motion]."""
    return (kind * opens).sum("kind")


def may_table(eyes: Eyes) -> list[Check]:
    """When a text may be tabled: checks over the decision\'s targets."""
    opens = opening_phase(eyes[KIND], eyes.each("kind", OPENS))
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


def may_bracket(eyes: Eyes) -> list[Check]:
    """When a clause may be bracketed: checks over the decision\'s targets."""
    share = belonging(eyes[SHARE])
    return [
        Check(on_clauses(share, eyes[TABLED]), "Its text is not on the table.", "Table it first."),
        Check(
            standing_on(share, eyes.own(SITS)),
            "You do not sit in the forum that this text is before.",
            "Ask a member to bracket the clause.",
        ),
        Check(
            standing_on(share, ~voted(eyes)),
            "This forum votes; a bracket would hold nothing up.",
            "Vote against, or ask the sponsor to amend the clause.",
        ),
        Check(
            ~eyes[DROPPED],
            "The clause has been dropped.",
            "Take a position on what is left of the text.",
        ),
    ]


def may_amend(eyes: Eyes) -> list[Check]:
    """When a clause may be softened: checks over the decision\'s targets."""
    share, mine = belonging(eyes[SHARE]), eyes.own(SPONSOR) | eyes.own(PRESIDES)
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


def may_object(eyes: Eyes) -> list[Check]:
    """When a member may object: checks over the decision\'s targets."""
    return [
        _on_the_table(eyes),
        _at_home(eyes),
        Check(~voted(eyes), "This forum votes: an objection stops nothing.", "Vote against."),
    ]


def may_reserve(eyes: Eyes) -> list[Check]:
    """When a position may be reserved: checks over the decision\'s targets."""
    return [
        Check(
            eyes[TABLED] | eyes[ADOPTED],
            "This text is neither on the table nor in force.",
            "Table it first.",
        ),
        _at_home(eyes),
        Check(~voted(eyes), "This forum votes.", "Abstain instead."),
    ]


def may_vote(eyes: Eyes) -> list[Check]:
    """When there is a vote to cast: checks over the decision\'s targets."""
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


def may_break(eyes: Eyes) -> list[Check]:
    """When silence may be broken: checks over the decision\'s targets."""
    return [
        Check(eyes[SILENCE] > 0.0, "No silence runs on this text.", "Object at the table."),
        _at_home(eyes),
        Check(~eyes.own(BROKEN), "You have broken silence already.", "The chair knows."),
    ]


def may_press(eyes: Eyes) -> list[Check]:
    """Whom one may press: checks over the decision\'s targets."""
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


def may_join(eyes: Eyes) -> list[Check]:
    """When the willing may go ahead: checks over the decision\'s targets."""
    unbound = eyes[ADOPTED] & (eyes.own(CONSENT) < eyes[FREE])
    return [
        Check(
            eyes[FAILED] | unbound,
            "The council has not yet failed to agree on this text.",
            "Wait for the chair to declare that there is no agreement.",
        )
    ]


def may_withhold(eyes: Eyes) -> list[Check]:
    """When common assets may be withheld: checks over the decision\'s targets."""
    return [
        _at_home(eyes),
        Check(
            eyes[COALITION],
            "No coalition of the willing acts on this text.",
            "Take a position in the forum itself.",
        ),
    ]
