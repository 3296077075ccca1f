"""How an absent seat handles intelligence: what it tasks, releases, asks for and publishes.

It releases a report of its own the more it fears whom the report is about, trusts the reader, and
finds the report weighty; being asked counts for it, a national marking against it. It gives a
tear-line where it sees little in the theatre, since then every source is precious, unless it
trusts the reader fully.
"""

from __future__ import annotations

from exercise.engine.cells import Cells, none, where
from exercise.eyes import Eyes
from exercise.rules.intelligence.decisions import ASK, PUBLISH, REPLY, SHARE, TASK
from exercise.rules.intelligence.fields import (
    ABOUT,
    CLEARING,
    COLLECT,
    CONFIDENCE,
    FULL,
    LIVE,
    NATIONAL,
    ORIGIN,
    PLACE,
    REQUESTED,
    SEEN,
    SEVERITY,
    TEAR_LINE,
    TRUST,
)

WILLING = 0.6
"""Releases above this: .6 threat + .4 trust + .2 weight, +.3 if asked, −.1 if marked national."""


def highest(eyes: Eyes, value: Cells, axis: str) -> Cells:
    """A mask over one axis: the largest of values of 0 or more, the first of equals."""
    names = eyes.roster.of(axis)
    ranked = value - eyes.each(axis, [k / 4096.0 for k in range(len(names))])
    return ranked.equals(ranked.max(axis))


class Desk:
    """What a seat knows that matters for its intelligence, worked out once."""

    def __init__(self, eyes: Eyes) -> None:
        self.held = eyes.own(SEEN) > 0.0
        self.mine = eyes.own(ORIGIN) * eyes[LIVE]
        self.weight = eyes[SEVERITY] * eyes.own(CONFIDENCE) * self.held
        self.threat = eyes.own("threat.threat")
        self.worry = (eyes[ABOUT] * self.threat).sum("adversary")
        self.collect = eyes.own(COLLECT)
        self.margin = (eyes[PLACE] * self.collect).sum("theatre")
        told = (eyes[PLACE] * self.weight).max("report")
        level = eyes["deterrence.level"].max("adversary") / 8.0
        heat = level + eyes["deterrence.tension"] * 0.5 + told * 0.5
        self.heat, self.told = heat, told
        self.focus = highest(eyes, heat, "theatre")
        self.asked = eyes.own(REQUESTED, "ally@to").turned(ally="ally@to") > 0.0


def habit(eyes: Eyes) -> None:
    """What an absent seat orders about intelligence in a turn, the most pressing first."""
    desk = Desk(eyes)
    share(eyes, desk)
    reply(eyes, desk)
    task(eyes, desk)
    ask(eyes, desk)
    publish(eyes, desk)


def share(eyes: Eyes, desk: Desk) -> None:
    """Release the weightiest report that somebody should have and has not."""
    if none(desk.mine):
        return
    own = eyes.few(desk.mine)
    trust = own(eyes.own(TRUST))
    asked = own((eyes[PLACE] * desk.asked).max("theatre"))
    worth = desk.worry * 0.6 + desk.weight * 0.2 - eyes[NATIONAL] * 0.1
    will = own(worth) + trust * 0.4 + asked * 0.3
    full = (trust > 0.7) | ((own(desk.margin) >= 0.5) & (trust >= 0.4))
    form = where(full, FULL, TEAR_LINE)
    theirs = own(eyes[SEEN].turned(ally="ally@to"))
    waiting = own(eyes[CLEARING].turned(ally="ally@to"))
    wanted = own.back((will > WILLING) & (theirs < form) & (waiting < form))
    wanted = wanted & ~eyes.me("ally@to")
    pressing = highest(eyes, desk.weight * wanted.max("ally@to"), "report")
    eyes.order(SHARE, own.back(form), when=wanted & pressing)


def reply(eyes: Eyes, desk: Desk) -> None:
    """Say so where there is nothing to share with whoever asked; else keep silent or share."""
    if none(desk.asked):
        return
    theirs = eyes[SEEN].turned(ally="ally@to").equals(0.0)
    could = (desk.mine * theirs * eyes[PLACE]).max("report")
    eyes.order(REPLY, 1.0, when=desk.asked & ~could)


def task(eyes: Eyes, desk: Desk) -> None:
    """Look where things happen, while one is worried and does not see enough."""
    worried = desk.threat.max("adversary") > 0.3
    eyes.order(TASK, 0.2, when=desk.focus & worried & (desk.collect < 0.7) & (desk.heat > 0.1))


def ask(eyes: Eyes, desk: Desk) -> None:
    """Ask the most trusted ally, one at a time, when things stir and one knows little of them."""
    waiting = eyes.own(REQUESTED).max("ally@to", "theatre")
    blind = (desk.told < 0.25) & (desk.heat > 0.25) & desk.focus & ~waiting
    if none(blind):
        return
    trusted = highest(eyes, eyes.own(TRUST) * ~eyes.me("ally@to"), "ally@to")
    eyes.order(ASK, 1.0, when=trusted & blind)


def publish(eyes: Eyes, desk: Desk) -> None:
    """Publish strong evidence that most allies hold, where one's own public has its doubts."""
    strong = desk.mine & (desk.weight > 0.45) & (desk.worry > 0.6) & (desk.margin >= 0.5)
    wanted = strong & ((eyes[SEEN] > 0.0).mean("ally") > 0.6) & ~eyes[NATIONAL]
    if none(wanted):
        return
    sceptical = (eyes.own("information.narrative") * eyes[ABOUT]).sum("adversary") < 0.1
    wanted = wanted & sceptical
    best = highest(eyes, desk.weight * wanted, "report")
    eyes.order(PUBLISH, 1.0, when=wanted & best)
