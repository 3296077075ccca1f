"""What an absent seat does in a council session, by the worth of a text to its capital.

It tables what it sponsors once that is worth having; softens or brackets the heaviest clauses
until the text is no stronger than it can accept; objects, breaks silence or votes against what is
worth less than nothing; joins the willing where it would have said yes; and rarely presses.
An absent chair puts what is tabled, drops what is bracketed, declares, and moves a blocked matter
to a competent forum where the blockers do not sit or there are votes.
"""

from __future__ import annotations

import attrs

from exercise.engine.cells import Cells, maximum, none
from exercise.engine.declare import Habit
from exercise.eyes import Eyes
from exercise.rules.council.chair import (
    CLOSE,
    DECLARE,
    DROP,
    MOVE,
    PUT_TEXT,
    RELEASE,
    bracketed,
    objectors,
)
from exercise.rules.council.checks import voted
from exercise.rules.council.decisions import (
    AMEND,
    BRACKET_CLAUSE,
    BREAK,
    JOIN,
    OBJECT,
    PRESS,
    RESERVE,
    TABLE,
    VOTE,
    WITHHOLD,
)
from exercise.rules.council.fields import (
    ACCEPT,
    ADOPTED,
    AGE,
    ASSETS,
    BALLOT,
    BRACKET,
    BROKEN,
    CONSENT,
    DROPPED,
    FAILED,
    JOINED,
    OBJECTION,
    PUT,
    RESERVATION,
    SILENCE,
    SOFT,
    STRENGTH,
    TABLED,
    UTILITY,
    WITHHELD,
)
from exercise.rules.council.forums import (
    BEFORE,
    COMPETENT,
    MEMBER,
    METHOD,
    PRESIDES,
    PROTOCOL,
    QUIET,
    SHARE,
    SITS,
    SPONSOR,
    TREATY,
    VOTING,
)
from exercise.rules.council.judgement import FOR_EXCESS
from exercise.rules.council.mandates import COALITION
from exercise.rules.council.parameters import NO, YES
from exercise.rules.council.texts import belonging, gathered, heaviest, on_clauses, weights

TRIES = 3
"""How many clauses of a text a seat takes up in one round."""
KEEN = 0.3
PRESSING = 0.15
TRYING_AGAIN = 0.25
BITTER = -0.25
RESERVES = 30.0
"""The political capital below which an absent seat does not press."""


@attrs.frozen
class View:
    """What a seat makes of each text: [motion]."""

    texts: Cells
    """Which clause is whose: [clause, motion]."""
    tabled: Cells
    sits: Cells
    voting: Cells
    strength: Cells
    accept: Cells
    worth: Cells
    """As the text stands."""
    bare: Cells
    """If the text were no stronger than the seat can accept."""
    silent: Cells


def look(eyes: Eyes) -> View:
    """The texts, as the seat sees and values them."""
    strength, accept, worth = eyes[STRENGTH], eyes.own(ACCEPT), eyes.own(UTILITY)
    return View(
        texts=belonging(eyes[SHARE]),
        tabled=eyes[TABLED],
        sits=eyes.own(SITS),
        voting=voted(eyes),
        strength=strength,
        accept=accept,
        worth=worth,
        bare=worth + maximum(0.0, strength - accept) * FOR_EXCESS,
        silent=eyes[SILENCE] > 0.0,
    )


def sponsor(eyes: Eyes, view: View) -> None:
    """Table one's own texts once they are worth it; try again now and then after a failure."""
    mine = eyes.own(SPONSOR) * (view.bare > eyes[YES]) * (1.0 - view.tabled - eyes[ADOPTED])
    if none(mine):
        return
    case = eyes[TREATY]
    called = (case * eyes["treaty.invoked"]).max("treaty")
    ripe = 1.0 - case.max("treaty") * (1.0 - called)
    failed = eyes[FAILED]
    wish = mine * ripe
    tried = wish & failed
    again = eyes.roll("again", "motion", where=tried) < TRYING_AGAIN * float(eyes.round == 0)
    eyes.order(TABLE, wish & (~failed | again))


def bargain(eyes: Eyes, view: View) -> None:
    """Soften or bracket the heaviest clauses until the text is one the seat can accept.

    Where there are votes there are no brackets: sponsor and chair soften what they find too much.
    """
    lead = eyes.own(SPONSOR) | eyes.own(PRESIDES)
    _lift(eyes, view)
    table = view.tabled * view.sits * (1.0 - view.silent) * (1.0 - view.voting * (1.0 - lead))
    texts = view.texts
    excess = (view.strength - view.accept) * table
    too_strong = (excess > 0.0).any("motion")
    if none(too_strong):
        return
    torn = eyes.few(too_strong)
    standing = ~(eyes[BRACKET] > 0.0).max("ally")
    left = weights(eyes[SHARE]) * ((1.0 - eyes[DROPPED]) * (1.0 - eyes[SOFT] * 0.5) * standing)
    order = eyes.each("clause", [k * 2.0**-20 for k in range(len(eyes.roster.of("clause")))])
    rank = torn(left - order * (left > 0.0))
    excess, left, hard, voting = torn(excess), torn(left), torn(~eyes[SOFT]), torn(view.voting)
    soften = brackets = eyes.zeros("clause")
    for _ in range(TRIES):
        first = rank.equals(on_clauses(texts, heaviest(texts, rank)))
        pick = (rank > 0.0) & first & on_clauses(texts, excess > 0.0)
        weight = gathered(texts, pick * left)
        enough = ((excess - weight * 0.5) <= 0.0) | voting
        softly = pick & on_clauses(texts, enough) & hard
        firmly = pick & on_clauses(texts, ~voting) & ~softly
        soften, brackets = soften | softly, brackets | firmly
        excess = excess - weight
        rank = rank * ~pick
    eyes.order(AMEND, torn.back(soften))
    eyes.order(BRACKET_CLAUSE, torn.back(brackets))


def _lift(eyes: Eyes, view: View) -> None:
    """Lift one's brackets where the text could bear the clauses after all."""
    bracketed = eyes.own(BRACKET)
    held = bracketed.any("clause")
    if none(held):
        return
    holders = eyes.few(held)
    mine = holders(bracketed)
    back = mine * holders(~eyes[DROPPED]) * (1.0 - holders(eyes[SOFT]) * 0.5)
    full = holders(view.strength) + gathered(view.texts, weights(eyes[SHARE]) * back)
    lifts = mine & on_clauses(view.texts, full <= holders(view.accept))
    eyes.order(BRACKET_CLAUSE, 2.0, when=holders.back(lifts))


def decide(eyes: Eyes, view: View) -> None:
    """Object or not, break silence, reserve, vote."""
    no = eyes[NO]
    here = view.tabled * view.sits
    table = here * (1.0 - view.voting)
    loud = table * (1.0 - view.silent)
    against, objected = view.bare < no, eyes.own(OBJECTION)
    if not none(loud):
        eyes.order(OBJECT, loud * (against * (1.0 - objected) + (1.0 - against) * objected * 2.0))
    quiet = table * view.silent
    if not none(quiet):
        eyes.order(BREAK, quiet * (view.worth < no) * (1.0 - eyes.own(BROKEN)))
    reserved = eyes.own(RESERVATION)
    doubt = loud * (1.0 - against) * (view.bare < 0.0) * (1.0 - reserved)
    relief = (view.bare > eyes[YES]) * reserved
    eyes.order(RESERVE, view.sits * (doubt + relief * 2.0))
    put = eyes[PUT] * here * view.voting
    if not none(put):
        yes, nay = view.worth > eyes[YES], view.worth < no
        vote = yes - nay + (1.0 - yes) * (1.0 - nay) * 0.5
        eyes.order(VOTE, put * vote * (1.0 - eyes.own(BALLOT).equals(vote)))


def act_alone(eyes: Eyes, view: View) -> None:
    """Join the willing, or keep common assets from them."""
    failed = eyes[FAILED] * (1.0 - view.tabled)
    free = failed | eyes[ADOPTED] * eyes.own(CONSENT).equals(0.0)
    if not none(free):
        joined = eyes.own(JOINED)
        wish = free * (1.0 - joined) * (view.worth > eyes[YES])
        eyes.order(JOIN, wish + joined * failed * (view.bare < eyes[NO]) * 2.0)
    coalition = eyes[COALITION]
    if not none(coalition):
        bitter = view.bare < BITTER
        eyes.order(WITHHOLD, coalition * view.sits * bitter * (1.0 - eyes.own(WITHHELD)))


def press(eyes: Eyes, view: View) -> None:
    """A keen sponsor or chair with capital to spare leans, rarely, on those in the way."""
    mine = (eyes.own(SPONSOR) | eyes.own(PRESIDES)) * view.tabled * (view.bare > KEEN)
    leaning = eyes.few(mine & (eyes.own("domestic.capital") >= RESERVES))
    if not leaning:
        return
    blocks = heaviest(view.texts, eyes[BRACKET]) | eyes[OBJECTION] | eyes[BROKEN]
    others = leaning(~eyes.me("ally@to"))
    wish = leaning.back(leaning(blocks.turned(ally="ally@to")) & others)
    eyes.order(PRESS, wish & (eyes.roll("press", "ally@to", "motion", where=wish) < PRESSING))


def preside(eyes: Eyes, view: View) -> None:
    """An absent chair brings a text to its end: put, drop, declare, move or close."""
    mine = eyes.own(PRESIDES) * view.tabled
    if none(mine):
        return
    put, known, broken = eyes[PUT], objectors(eyes), eyes[BROKEN]
    troubled = heaviest(view.texts, bracketed(eyes)) + known + broken.max("ally")
    quiet = eyes[QUIET] * troubled.equals(0.0)
    eyes.order(PUT_TEXT, mine * (1.0 - put) * (1.0 + quiet))
    open_ = mine * put * (1.0 - view.silent)
    if none(open_):
        return
    lone = eyes[METHOD].pick("protocol", eyes.roster.index("protocol", "minus-one"))
    stuck = (1.0 - view.voting) * (known > lone)
    empty = (1.0 - view.voting) * (view.strength <= 0.0)
    just_softened = eyes[SOFT] * on_clauses(view.texts, eyes[AGE].equals(0.0))
    settled = 1.0 - just_softened * (eyes[BRACKET].sum("ally") < 2.0)
    eyes.order(DROP, on_clauses(view.texts, open_ * (1.0 - empty)) * bracketed(eyes) * settled)
    eyes.order(DECLARE, open_ * (1.0 - stuck) * (1.0 - empty))
    blocked = open_ * stuck
    elsewhere = eyes.zeros("motion")
    if not none(blocked):
        against = eyes[OBJECTION] | broken
        votes = (eyes[PROTOCOL] * eyes.each("protocol", VOTING)).max("protocol")
        in_the_way = (against * eyes[MEMBER]).max("ally") * (1.0 - votes)
        ways = eyes[COMPETENT] * (1.0 - eyes[BEFORE]) * (1.0 - in_the_way)
        moves = ways * (blocked * (view.bare > eyes[YES]))
        eyes.order(MOVE, moves)
        elsewhere = moves.max("forum")
    tired = (eyes[AGE] > 0.0) * float(eyes.round > 0)
    eyes.order(CLOSE, (blocked | open_ * empty) * (1.0 - elsewhere) * tired)


def release(eyes: Eyes, view: View) -> None:
    """An absent chair that is for it releases common assets to the willing."""
    unaided = eyes[COALITION] * (1.0 - eyes[ASSETS])
    if not none(unaided):
        eyes.order(RELEASE, eyes.own(PRESIDES) * unaided * (view.bare > 0.0))


def habit(eyes: Eyes) -> None:
    """One round of an absent seat."""
    view = look(eyes)
    sponsor(eyes, view)
    bargain(eyes, view)
    decide(eyes, view)
    act_alone(eyes, view)
    press(eyes, view)
    preside(eyes, view)
    release(eyes, view)


HABIT = Habit("council", habit)
