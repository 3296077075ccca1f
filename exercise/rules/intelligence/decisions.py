"""What a seat may order about intelligence, and why it may be refused."""

from __future__ import annotations

from collections.abc import Mapping

from exercise.engine.declare import Check, Cost, Decision, Own, Released
from exercise.eyes import Eyes
from exercise.rules.intelligence.fields import (
    FULL,
    ORIGIN,
    PUBLISHED,
    READERS,
    REQUESTED,
    SEEN,
    TEAR_LINE,
)


def _others_work(eyes: Eyes) -> list[Check]:
    """The third-agency rule: a report of another's is the other's to release."""
    held = eyes.own(SEEN) > 0.0
    origin = eyes[ORIGIN]
    foreign = held & (origin * (1.0 - eyes.me("ally"))).any("ally")

    def maker(names: Mapping[str, str]) -> str:
        report = eyes.roster.index("report", names["report"]) if "report" in names else 0
        made = origin.data[:, report, 0] if origin.axes[0] == "ally" else origin.data[report, :, 0]
        return eyes.roster.title("ally", eyes.roster.of("ally")[int(made.argmax())])

    unowned = held & origin.sum("ally").equals(0.0)
    return [
        Check(held, "you hold no such report", "ask an ally what it holds"),
        Check(
            ~foreign,
            lambda names: f"{maker(names)} made this report and alone may release it",
            lambda names: f"ask {maker(names)}",
        ),
        Check(~unowned, "no ally made this report", "ask control"),
    ]


def may_share(eyes: Eyes) -> list[Check]:
    """Only the originator widens a release, to somebody who does not have it all."""
    theirs = eyes[SEEN].turned(ally="ally@to")
    return [
        *_others_work(eyes),
        Check(~eyes.me("ally@to"), "you hold it yourself", "name another ally"),
        Check(theirs < FULL, "that ally holds all of it already", "name another ally"),
    ]


def may_publish(eyes: Eyes) -> list[Check]:
    """Only the originator publishes, and once."""
    public = eyes.own(PUBLISHED, "actor") > 0.0
    return [*_others_work(eyes), Check(~public, "it is public already", "publish another")]


def may_ask(eyes: Eyes) -> list[Check]:
    """One asks others, and waits for an answer before asking again."""
    waiting = eyes.own(REQUESTED) > 0.0
    return [
        Check(~eyes.me("ally@to"), "you know what you hold", "name another ally"),
        Check(~waiting, "your last request is not answered yet", "wait a turn, or ask another"),
    ]


def may_reply(eyes: Eyes) -> list[Check]:
    """One replies where one was asked."""
    asked = eyes.own(REQUESTED, "ally@to").turned(ally="ally@to") > 0.0
    return [Check(asked, "that ally has not asked you about this", "reply to one that has")]


TASK = Decision(
    "intelligence.task", ("theatre",), says="Task collection on {theatre}",
    tells={
        "watch": "Keep a watch on {theatre}",
        "priority": "Make {theatre} a priority of collection",
        "main effort": "Make {theatre} the main effort of collection",
    },
    levels={"watch": 0.1, "priority": 0.2, "main effort": 0.3}, cost=Cost(staff=1),
    consequence="You will see more of what happens there, and somewhat less elsewhere.",
)  # fmt: skip
SHARE = Decision(
    "intelligence.share", ("report", "ally@to"), says="Release “{report}” to {ally@to}",
    tells={
        "tear-line": "Release “{report}” to {ally@to}, tear-line only",
        "full": "Release “{report}” to {ally@to} in full",
    },
    levels={"tear-line": TEAR_LINE, "full": FULL}, cost=Cost(staff=0.25), seen=READERS,
    allowed=may_share,
    consequence="They see what you see. A tear-line hides the source: they can be less sure, and "
    "it leaks less. Every reader is a risk to what you collect with.",
)  # fmt: skip
ASK = Decision(
    "intelligence.ask", ("ally@to", "theatre"), says="Ask {ally@to} what it holds on {theatre}",
    levels={"ask": 1.0}, cost=Cost(staff=1), seen=(Own("ally@to"),), allowed=may_ask,
    consequence="They read it next turn. If they leave it unanswered, you will trust them less.",
)  # fmt: skip
REPLY = Decision(
    "intelligence.reply", ("ally@to", "theatre"),
    says="Tell {ally@to} that you have nothing to share on {theatre}",
    levels={"nothing to share": 1.0}, cost=Cost(staff=0), seen=(Own("ally@to"),),
    allowed=may_reply, consequence="Better than silence, whether it is true or not.",
)  # fmt: skip
PUBLISH = Decision(
    "intelligence.publish", ("report",), says="Publish “{report}”", levels={"publish": 1.0},
    cost=Cost(staff=2, capital=2), seen=(Released("intelligence.published"),),
    allowed=may_publish,
    consequence="Everybody reads the substance, the adversary too: evidence in public counts for "
    "much, and it shows how you know.",
)  # fmt: skip

DECISIONS = (TASK, SHARE, ASK, REPLY, PUBLISH)
