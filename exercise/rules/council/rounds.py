"""A round of the council: texts come to the table, seats speak, the chair decides and puts.

Within a round all act at once. Texts are tabled, moved and closed first; then seats take
positions; then what had been put before the round is decided; then the chair puts what is to be
decided in the next.
"""

from __future__ import annotations

import numpy as np

from exercise.engine.cells import Cells
from exercise.engine.declare import Only, Term
from exercise.engine.known import MASK
from exercise.engine.turn import Turn
from exercise.rules.council.chair import CLOSE, DECLARE, DROP, MOVE, PUT_TEXT
from exercise.rules.council.checks import by_vote
from exercise.rules.council.decisions import (
    AMEND,
    BRACKET_CLAUSE,
    BREAK,
    OBJECT,
    PRESS,
    RESERVE,
    TABLE,
    VOTE,
)
from exercise.rules.council.fields import (
    ADOPTED,
    AGE,
    BALLOT,
    BRACKET,
    BROKEN,
    DROPPED,
    FAILED,
    OBJECTION,
    PRESSED,
    PUT,
    RESERVATION,
    SILENCE,
    SOFT,
    TABLED,
)
from exercise.rules.council.forums import (
    BEFORE,
    COMPETENT,
    HOURS,
    METHOD,
    PRESIDES,
    SHARE,
    SITS,
    SPONSOR,
    VOTING,
)
from exercise.rules.council.texts import belonging, on_clauses, standing_on

SPOKEN = (OBJECT, RESERVE, VOTE, BREAK, PRESS, OBJECTION)
"""What seats say of texts, and what is left of it where a text has moved away from them."""
DRAFTED = (BRACKET_CLAUSE, AMEND, DROP)
"""What is done to clauses."""
RETOLD = (*DRAFTED, MOVE, DECLARE)
"""What makes a text read anew: clauses were touched, or it was decided or moved."""


def only_first(marks: Cells, axis: str) -> Cells:
    """Of the marks along an axis only the first, in the axis's order."""
    size = marks.data.shape[marks.axes.index(axis)]
    later = Cells(np.triu(np.ones((size, size)), 1)[..., None], (f"{axis}@first", axis), MASK)
    return marks & ~(marks.turned(**{axis: f"{axis}@first"}) * later).max(f"{axis}@first")


def table(turn: Turn) -> None:
    """Texts are tabled, moved to another forum, or closed without agreement."""
    competent, before, presides = turn[COMPETENT], turn[BEFORE], turn[PRESIDES]
    tabled, failed = turn[TABLED], turn[FAILED]
    free = ~turn[ADOPTED]
    fits = (before * competent).max("forum")
    by = turn.order(TABLE) * turn[SITS] * (fits * free * (1.0 - tabled))
    new = by.max("ally")
    closed = (turn.order(CLOSE) * presides).max("ally") * tabled
    to = (turn.order(MOVE) * presides).max("ally") * competent * (1.0 - before)
    to = only_first(to * (free * (1.0 - closed)), "forum")
    moved = to.max("forum")
    fresh = new | moved
    _clear(turn, new, moved)
    turn.post(
        SPONSOR,
        Term("tabled", new * (by - turn[SPONSOR]), of=(TABLE,), says="{ally} tabled it."),
    )
    turn.post(
        FAILED,
        Term("taken up again", -(failed * fresh), of=(TABLE, MOVE), says="It was taken up again."),
        Term("closed", closed * (1.0 - failed), of=(CLOSE,),
             says="The chair closed it without agreement."),
    )  # fmt: skip
    turn.post(
        TABLED,
        Term("tabled", new * (1.0 - tabled), of=(TABLE,), says="It was tabled."),
        Term("moved", moved * failed * (1.0 - tabled) * (1.0 - new), of=(MOVE,),
             says="It came with the matter."),
        Term("closed", -(closed * tabled), of=(CLOSE,), says="The chair closed it."),
    )  # fmt: skip
    turn.post(
        BEFORE,
        Term("moved", moved * (to - before), of=(MOVE,),
             says="The chair moved the matter to another forum."),
    )  # fmt: skip


def _clear(turn: Turn, new: Cells, moved: Cells) -> None:
    """A text that is tabled is asked anew; one that moves is put anew, positions kept."""
    anew = new | moved
    put, silence, age = turn[PUT], turn[SILENCE], turn[AGE]
    turn.post(PUT, Term("asked anew", -(put * anew), of=(TABLE, MOVE), says="It is asked anew."))
    turn.post(
        SILENCE,
        Term("asked anew", -(silence * anew), of=(TABLE, MOVE), says="It is asked anew."),
    )
    turn.post(AGE, Term("tabled", -(age * new), of=(TABLE,), says="It was tabled."))
    for field in (OBJECTION, RESERVATION, PRESSED):
        turn.post(
            field,
            Term("asked anew", -(turn[field] * new), of=(TABLE,), says="It was tabled anew."),
        )
    for field in (BALLOT, BROKEN):
        turn.post(
            field,
            Term("asked anew", -(turn[field] * anew), of=(TABLE, MOVE), says="It is asked anew."),
        )


def _switch(turn: Turn, order: Cells, now: Cells, legal: Cells) -> tuple[Cells, Cells]:
    """What is newly taken up (an order of 1) and what is given up (an order of 2)."""
    return order.equals(1.0) * legal * (1.0 - now), order.equals(2.0) * now


def speak(turn: Turn) -> None:
    """Seats object, reserve, vote, break silence and press, where they sit."""
    sits, tabled = turn[SITS], turn[TABLED]
    voting = by_vote(turn[METHOD], turn.each("protocol", VOTING))
    at_table = sits * (tabled * (1.0 - voting))
    objection, reservation = turn[OBJECTION], turn[RESERVATION]
    objects, withdraws = _switch(turn, turn.order(OBJECT), objection, at_table)
    reserves, lifts = _switch(
        turn, turn.order(RESERVE), reservation, sits * ((tabled | turn[ADOPTED]) * (1.0 - voting))
    )
    turn.post(
        OBJECTION,
        Term("objects", objects, of=(OBJECT,), says="{ally} objects."),
        Term("withdraws", -withdraws, of=(OBJECT,), says="{ally} withdrew its objection."),
        Term("left the table", -(objection * (1.0 - sits)), of=(BEFORE,),
             says="{ally} does not sit in the forum that has the matter now."),
    )  # fmt: skip
    turn.post(
        RESERVATION,
        Term("reserves", reserves, of=(RESERVE,), says="{ally} reserved its position."),
        Term("lifts", -lifts, of=(RESERVE,), says="{ally} lifted its reservation."),
    )
    votes = turn.order(VOTE)
    heard = sits * (turn[PUT] * tabled * voting) * (abs(votes) > 0.0)
    turn.post(
        BALLOT,
        Term("voted", heard * (votes - turn[BALLOT]), of=(VOTE,), says="{ally} voted."),
    )
    breaks = turn.order(BREAK) * sits * (turn[SILENCE] > 0.0)
    turn.post(
        BROKEN,
        Term("broke silence", breaks * (1.0 - turn[BROKEN]), of=(BREAK,),
             says="{ally} broke silence in writing."),
    )  # fmt: skip
    presses = turn.order(PRESS).named({"ally": "ally@by", "ally@to": "ally"})
    turn.post(
        PRESSED,
        Term("pressed", presses * (sits * tabled), of=(PRESS,), says="{ally@by} pressed {ally}."),
    )


def draft(turn: Turn) -> None:
    """Clauses are bracketed, softened and dropped."""
    share, sits, tabled = belonging(turn[SHARE]), turn[SITS], turn[TABLED]
    bracket, soft, dropped = turn[BRACKET], turn[SOFT], turn[DROPPED]
    voting = by_vote(turn[METHOD], turn.each("protocol", VOTING))
    member = standing_on(share, sits)
    open_to_brackets = on_clauses(share, tabled * (1.0 - voting)) * (1.0 - dropped)
    amends = turn.order(AMEND) * member
    drops = (turn.order(DROP) * standing_on(share, turn[PRESIDES])).max("ally")
    drops = drops * bracket.max("ally") * (1.0 - dropped)
    order = turn.order(BRACKET_CLAUSE)
    holds, lifts = _switch(turn, order, bracket, member * open_to_brackets)
    gone = bracket * (1.0 - lifts)
    still = member * (1.0 - drops)
    turn.post(
        BRACKET,
        Term("brackets", holds, of=(BRACKET_CLAUSE,), says="{ally} bracketed the clause."),
        Term("lifts", -lifts, of=(BRACKET_CLAUSE,), says="{ally} lifted its bracket."),
        Term("softened", -(gone * still * amends), of=(AMEND,),
             says="{ally} can live with the softer words."),
        Term("dropped", -(gone * member * drops), of=(DROP,), says="The clause was dropped."),
        Term("left the table", -(gone * (1.0 - member)), of=(BEFORE,),
             says="{ally} does not sit in the forum that has the matter now."),
    )  # fmt: skip
    turn.post(
        SOFT,
        Term("softened", amends.max("ally") * (1.0 - soft), of=(AMEND,),
             says="The clause was given softer words."),
    )  # fmt: skip
    turn.post(
        DROPPED,
        Term("dropped", drops, of=(DROP, BRACKET), says="The chair dropped the bracketed clause."),
    )


def put(turn: Turn) -> None:
    """The chair puts a text to the members, around the table or under silence."""
    orders = (turn.order(PUT_TEXT) * turn[PRESIDES]).max("ally") * turn[TABLED]
    asked = orders > 0.0
    hours = (turn[BEFORE] * turn[HOURS]).sum("forum") * (orders > 1.0)
    now, silence, broken, ballot = turn[PUT], turn[SILENCE], turn[BROKEN], turn[BALLOT]
    turn.post(
        PUT,
        Term("put", asked * (1.0 - now), of=(PUT_TEXT,), says="The chair put the text."),
    )
    turn.post(
        SILENCE,
        Term("put under silence", hours, of=(PUT_TEXT, Only(HOURS, turn[BEFORE])),
             says="The chair put the text under silence."),
        Term("put anew", -(asked * silence), of=(PUT_TEXT,), says="The text was put anew."),
    )  # fmt: skip
    turn.post(
        BROKEN,
        Term("put anew", -(broken * asked), of=(PUT_TEXT,), says="The text was put anew."),
    )
    turn.post(
        BALLOT,
        Term("put anew", -(ballot * asked), of=(PUT_TEXT,), says="The text was put anew."),
    )
