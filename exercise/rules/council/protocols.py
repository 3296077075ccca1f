"""How a forum decides: what each protocol makes of the members' positions."""

from __future__ import annotations

import attrs

from exercise.engine.cells import Cells, maximum, ratio
from exercise.engine.turn import Turn
from exercise.rules.council.checks import by_vote
from exercise.rules.council.fields import BALLOT, BRACKET, BROKEN, OBJECTION
from exercise.rules.council.forums import METHOD, POPULATION, SHARE, SITS, VOTING
from exercise.rules.council.parameters import ABSTAINERS, BLOCKERS, PEOPLE, STATES
from exercise.rules.council.texts import belonging, heaviest

UNION = 27.0
"""The size of the council that the rule on blocking minorities was written for."""
FEWEST = 2.0
"""In a small forum too, one member alone cannot block by its population."""


@attrs.frozen
class Positions:
    """Where the members of each text's forum stand, masks over [ally, motion]."""

    sits: Cells
    against: Cells
    """Objects, holds a bracket or broke silence; voted against where there are votes."""
    yes: Cells
    abstains: Cells
    voting: Cells
    """Whether the text is voted on: [motion]."""


def holds(turn: Turn) -> Cells:
    """Who holds a bracket on a clause of each text: [ally, motion]."""
    return heaviest(belonging(turn[SHARE]), turn[BRACKET])


def positions(turn: Turn) -> Positions:
    """The members' positions as they stand."""
    sits, ballot = turn[SITS], turn[BALLOT]
    voting = by_vote(turn[METHOD], turn.each("protocol", VOTING))
    spoken = turn[OBJECTION] | turn[BROKEN] | holds(turn)
    against = (ballot < 0.0) * voting + spoken * (1.0 - voting)
    return Positions(
        sits=sits,
        against=sits * against,
        yes=sits * ballot.equals(1.0),
        abstains=sits * ballot.equals(0.5),
        voting=voting,
    )


def passes(turn: Turn, at: Positions) -> Cells:
    """Which texts would be adopted if the chair declared now: [motion]."""
    method = turn[METHOD]
    names = turn.ruleset.roster.of("protocol")

    def under(protocol: str) -> Cells:
        return method.pick("protocol", names.index(protocol))

    members = at.sits.sum("ally")
    against = at.against.sum("ally")
    none = against.equals(0.0)
    yes = at.yes.sum("ally")
    people = turn[POPULATION]
    whole = (at.sits * people).sum("ally")
    seated = members > 0.0
    return seated * (
        under("consensus") * none
        + under("minus-one") * (against <= 1.0)
        + under("majority") * (yes > against)
        + under("weighted-majority") * _qualified(turn, at, members, yes, people, whole)
        + under("unanimity") * none * _few_abstain(turn, at, members, people, whole)
    )


def _qualified(
    turn: Turn, at: Positions, members: Cells, yes: Cells, people: Cells, whole: Cells
) -> Cells:
    """States and population, unless too few members oppose to be a blocking minority."""
    backing = (at.yes * people).sum("ally")
    needed = maximum(members * (turn[BLOCKERS] / UNION), FEWEST)
    too_few = (members - yes) < needed
    return (yes >= members * turn[STATES]) & ((backing >= whole * turn[PEOPLE]) | too_few)


def _few_abstain(turn: Turn, at: Positions, members: Cells, people: Cells, whole: Cells) -> Cells:
    """Whether those who abstain stay below a third of the states or of the population."""
    states = ratio(at.abstains.sum("ally"), members)
    share = ratio((at.abstains * people).sum("ally"), whole)
    limit = turn[ABSTAINERS]
    return ~((states >= limit) & (share >= limit))
