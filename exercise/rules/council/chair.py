"""What only the chair may do: put a text, drop a bracketed clause, declare, move, close."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from exercise.engine.cells import Cells
from exercise.engine.declare import ALLIED, PUBLIC, Check, Cost, Decision
from exercise.eyes import Eyes
from exercise.rules.council.checks import voted
from exercise.rules.council.decisions import TALK
from exercise.rules.council.fields import (
    ADOPTED,
    ASSETS,
    BRACKET,
    BROKEN,
    DROPPED,
    OBJECTION,
    PUT,
    TABLED,
    WITHHELD,
)
from exercise.rules.council.forums import BEFORE, COMPETENT, METHOD, PRESIDES, SHARE, SITS
from exercise.rules.council.mandates import COALITION
from exercise.rules.council.texts import standing_on


def ask_the_chair(eyes: Eyes) -> Callable[[Mapping[str, str]], str]:
    """Whom to ask, in words, about the text or clause that somebody is refused."""

    def words(names: Mapping[str, str]) -> str:
        roster = eyes.roster
        motion = _text_of(eyes, names)
        if motion is None:
            return "Ask the chair of its forum."
        before = eyes[BEFORE].data[roster.index("motion", motion), :, 0]
        presiding = eyes[PRESIDES].data[:, roster.index("motion", motion), 0]
        forums, allies = roster.of("forum"), roster.of("ally")
        forum = [roster.title("forum", f) for f, m in zip(forums, before, strict=True) if m]
        chair = [roster.title("ally", a) for a, m in zip(allies, presiding, strict=True) if m]
        if not chair:
            return "Nobody presides over it yet: find it a sponsor."
        return f"Ask the chair, {chair[0]}{f' ({forum[0]})' if forum else ''}."

    return words


def _text_of(eyes: Eyes, names: Mapping[str, str]) -> str | None:
    """The text that a refused target is, or is a clause of."""
    if "clause" in names:
        share = eyes[SHARE].data[eyes.roster.index("clause", names["clause"]), :, 0]
        found = [m for m, part in zip(eyes.roster.of("motion"), share, strict=True) if part]
        return found[0] if found else None
    return names.get("motion")


def _chair_only(eyes: Eyes) -> Check:
    return Check(
        eyes.own(PRESIDES), "Only the chair of the forum may do this.", ask_the_chair(eyes)
    )


def objectors(eyes: Eyes) -> Cells:
    """How many members the chair knows to be against each text, brackets left out: [motion]."""
    return (eyes[SITS] * (eyes[OBJECTION] | eyes[BROKEN])).sum("ally")


def bracketed(eyes: Eyes) -> Cells:
    """Which clauses stand in somebody's brackets: [clause]."""
    return eyes[BRACKET].max("ally") & ~eyes[DROPPED]


def _may_put(eyes: Eyes) -> list[Check]:
    return [
        _chair_only(eyes),
        Check(eyes[TABLED], "This text is not on the table.", "Ask its sponsor to table it."),
    ]


def _may_drop(eyes: Eyes) -> list[Check]:
    return [
        Check(
            standing_on(eyes[SHARE], eyes.own(PRESIDES)),
            "Only the chair of the forum may do this.",
            ask_the_chair(eyes),
        ),
        Check(
            bracketed(eyes),
            "Nobody has bracketed this clause.",
            "Only a clause in brackets can be dropped; a member may bracket or soften it.",
        ),
    ]


def _may_declare(eyes: Eyes) -> list[Check]:
    lone = eyes[METHOD].pick("protocol", eyes.roster.index("protocol", "minus-one"))
    return [
        _chair_only(eyes),
        Check(
            eyes[PUT],
            "This text has not been put to the members.",
            "Put it first, and let them say what they think.",
        ),
        Check(
            voted(eyes) | (objectors(eyes) <= lone),
            "A member objects, so there is no consensus.",
            "Drop or soften what it cannot accept and put the text again, wait, move the matter, "
            "or close it without agreement.",
        ),
    ]


def _may_move(eyes: Eyes) -> list[Check]:
    return [
        _chair_only(eyes),
        Check(~eyes[ADOPTED], "This text has been adopted.", "Table another one."),
        Check(
            eyes[COMPETENT],
            "That forum may not adopt a text of this kind.",
            "Choose a forum whose competence covers it.",
        ),
        Check(~eyes[BEFORE], "It is before that forum already.", "Choose another forum."),
    ]


def _may_close(eyes: Eyes) -> list[Check]:
    return [
        _chair_only(eyes),
        Check(eyes[TABLED], "This text is not on the table.", "There is nothing to close."),
    ]


def _may_release(eyes: Eyes) -> list[Check]:
    return [
        _chair_only(eyes),
        Check(
            eyes[COALITION],
            "No coalition of the willing acts on this text.",
            "Wait until two states have joined.",
        ),
        Check(~eyes[ASSETS], "Common assets are released already.", "Nothing is to be done."),
        Check(
            ~(eyes[SITS] * eyes[WITHHELD]).max("ally"),
            "A member withholds common assets.",
            "Win it over: the release needs consensus.",
        ),
    ]


PUT_TEXT = Decision(
    "council.put_text", ("motion",), stage="council", cost=TALK, high=2.0,
    tells={
        "around the table": "Put “{motion}” to the members around the table",
        "under silence": "Put “{motion}” under silence",
    },
    levels={"around the table": 1.0, "under silence": 2.0},
    says="Put “{motion}” to the members", allowed=_may_put, seen=ALLIED,
    consequence="Members say whether they object, or vote; under silence, saying nothing consents.",
)  # fmt: skip
DROP = Decision(
    "council.drop", ("clause",), stage="council", levels={"drop": 1.0}, cost=TALK,
    says="Drop the bracketed clause “{clause}”", allowed=_may_drop, seen=ALLIED,
    consequence="The text is weaker by that clause, and its brackets are gone.",
)  # fmt: skip
DECLARE = Decision(
    "council.declare", ("motion",), stage="council", levels={"declare the outcome": 1.0}, cost=TALK,
    says="Declare the outcome on “{motion}”", allowed=_may_declare, seen=ALLIED,
    consequence="Without objection, or with the votes it needs, the text is adopted.",
)  # fmt: skip
MOVE = Decision(
    "council.move", ("motion", "forum"), stage="council", levels={"move": 1.0}, cost=Cost(staff=2),
    says="Move “{motion}” to the {forum}", allowed=_may_move, seen=ALLIED,
    consequence="The matter goes on in another circle, by that forum's rules; who does not sit "
    "there has no say, and is not bound.",
)  # fmt: skip
CLOSE = Decision(
    "council.close", ("motion",), stage="council", levels={"no agreement": 1.0}, cost=TALK,
    says="Close “{motion}” without agreement", allowed=_may_close, seen=PUBLIC,
    consequence="It has failed, in public; the willing may act, and it can be tabled again.",
)  # fmt: skip
RELEASE = Decision(
    "council.release", ("motion",), stage="council", levels={"release": 1.0}, cost=TALK,
    says="Release common assets to the coalition on “{motion}”", allowed=_may_release, seen=PUBLIC,
    consequence="Unless a member withholds them, the coalition may use what the alliance owns.",
)  # fmt: skip

DECISIONS = (PUT_TEXT, DROP, DECLARE, MOVE, CLOSE, RELEASE)
