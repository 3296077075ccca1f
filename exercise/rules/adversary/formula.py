"""The published formula: how an adversary weighs every rung, from what it believes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import attrs
import numpy as np

from exercise.engine.cells import Cells, clip, exp, minimum, ratio, where
from exercise.engine.declare import Given
from exercise.engine.exact import on_grid
from exercise.engine.kept import kept
from exercise.engine.turn import Turn
from exercise.eyes import Eyes
from exercise.rules.adversary.declared import (
    AIM,
    CAP,
    CAUGHT,
    CONSIDERED,
    MOUNT,
    OPEN_TRADE,
    RISK,
    SATED,
    SEEN_COHESION,
    SEEN_CREDIBILITY,
    STAKE,
    STANDSTILL,
)
from exercise.rules.adversary.ladder import (
    GAIN,
    OUTLAY,
    PRICE,
    RUNG_OF,
    RUNGS,
    SHARPNESS,
    STEPS_UP,
    TOGETHER,
    TRADE_COST,
)


@attrs.frozen
class Tastes:
    """The coefficients of the published formula, as plain numbers."""

    gain: tuple[float, ...]
    price: tuple[float, ...]
    outlay: tuple[float, ...]
    sharpness: float
    steps_up: float
    trade_cost: float
    together: float


def tastes(view: Turn | Eyes) -> Tastes:
    """The coefficients in force."""
    return Tastes(
        tuple(view[p] for p in GAIN),
        tuple(view[p] for p in PRICE),
        tuple(view[p] for p in OUTLAY),
        view[SHARPNESS],
        view[STEPS_UP],
        view[TRADE_COST],
        view[TOGETHER],
    )


@lru_cache(maxsize=256)
def by_level(values: tuple[float, ...] | range) -> Cells:
    """Plain numbers as cells over the rungs; they stay the same cells."""
    return Cells(np.array([on_grid(value) for value in values]).reshape(-1, 1), ("level",))


def appraisal(weights: Tastes) -> Callable[..., Cells]:
    """The published formula: from what it believes to a chance for each rung, [..., level]."""

    def chances(
        stake: Cells, risk: Cells, cohesion: Cells, credibility: Cells, caught: Cells,
        sated: Cells, tension: Cells, trade: Cells, company: Cells, rung: Cells,
        open_: Cells, bound: Cells,
    ) -> Cells:  # fmt: skip
        gain, rank = by_level(weights.gain), by_level(range(len(RUNGS)))
        gain = gain + (rank >= 4.0) * company * weights.together  # the allies are busy elsewhere
        feared = clip(credibility - caught) * (1.0 - risk)
        utility = (
            gain * (stake * (1.0 - 0.5 * cohesion) * (1.0 - sated))
            - by_level(weights.price) * feared
            - by_level(weights.outlay) * ((1.0 - 0.5 * risk) * (1.0 + 0.5 * tension))
            - rank * (trade * (weights.trade_cost / 7.0))
            + rank.equals(rung) * 0.02
        )
        near = (rank <= rung + weights.steps_up) & (rank >= rung - 1.0) & open_
        may = (near & ((rank <= rung) | bound.equals(0.0))) | rank.equals(rung)
        best = where(may, utility, -9.0).max("level")
        weight = may * exp(minimum(utility - best, 0.0) * weights.sharpness)
        return ratio(weight, weight.sum("level"))

    return chances


@kept
def rungs_of(mount: Cells, rung: Cells, ranks: Cells) -> Cells:
    """The rungs on which it can mount some act."""
    return (mount * rung.equals(ranks)).max("act")


def beliefs(view: Turn | Eyes) -> list[Given]:
    """What the formula weighs, each with what it comes from, over adversaries and theatres."""
    level = view["deterrence.level"]
    breaching = (level >= 5.0).any("theatre").named({"adversary": "adversary@to"})
    company = (breaching & ~view.same("adversary", "adversary@to")).any("adversary@to")
    ranks = by_level(range(len(RUNGS)))
    mountable = rungs_of(view[MOUNT], view.each("act", RUNG_OF), ranks)
    return [
        Given("stake", view[STAKE] * view[AIM], (STAKE, AIM)),
        Given("risk", view[RISK], (RISK,)),
        Given("cohesion", view[SEEN_COHESION], (SEEN_COHESION,)),
        Given("credibility", view[SEEN_CREDIBILITY], (SEEN_CREDIBILITY,)),
        Given("caught", view[CAUGHT], (CAUGHT,)),
        Given("sated", view[SATED], (SATED,)),
        Given("tension", view["deterrence.tension"], ("deterrence.tension",)),
        Given("trade", view[OPEN_TRADE], (OPEN_TRADE,)),
        Given("company", company, ("deterrence.level",)),
        Given("rung", level, ("deterrence.level",)),
        Given("open", mountable & (ranks <= view[CAP]), (MOUNT, CAP)),
        Given("bound", view[STANDSTILL] > 0.0, (STANDSTILL,)),
    ]


def weigh(turn: Turn) -> None:
    """Keep how the published formula weighs every rung, for control to read."""
    turn.derive(CONSIDERED, appraisal(tastes(turn)), *beliefs(turn))
