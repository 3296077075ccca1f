"""The same exercise ten thousand times, by bots, in lanes side by side.

Game k of a sweep is the very game that `run --seed S --game k` plays alone, to the last bit,
whatever lane it lay in and however the games were cut into chunks or shared among processes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from exercise.engine.dice import Dice
from exercise.engine.ledger import Book
from exercise.engine.ruleset import Ruleset
from exercise.engine.turn import begin
from exercise.engine.world import World
from exercise.eyes import bot_acts, bot_orders
from exercise.outcome import outcomes
from exercise.scenario.compile import Exercise
from exercise.scenario.load import load

CHUNK = 1024
"""Games side by side: enough to keep NumPy busy, few enough for a worker to take 250 MB."""
LARGEST = 2**25 - 2**16
"""A block of memory, in bytes, that a C library still learns from."""


@attrs.frozen
class Plan:
    """What a worker needs to play a share of a sweep: plain data, so that it travels."""

    scenario: str
    rhythm: str | None
    names: str | None
    seed: int
    digests: tuple[int, ...] = ()
    explain: bool = False


@attrs.define
class Tally:
    """What a share of a sweep came to."""

    games: int = 0
    turns: int = 0
    outcomes: dict[str, int] = attrs.field(factory=dict)
    objectives: dict[str, int] = attrs.field(factory=dict)
    digests: dict[int, str] = attrs.field(factory=dict)
    banner: str = ""

    def add(self, other: Tally) -> None:
        """Add another share; adding is the same in any order."""
        self.games += other.games
        self.turns += other.turns
        self.digests.update(other.digests)
        self.banner = self.banner or other.banner
        for name, count in other.outcomes.items():
            self.outcomes[name] = self.outcomes.get(name, 0) + count
        for name, count in other.objectives.items():
            self.objectives[name] = self.objectives.get(name, 0) + count

    def to_data(self, seconds: float) -> dict[str, Any]:
        """As JSON-ready data, shares by name."""
        games = max(self.games, 1)
        return {
            "banner": self.banner,
            "games": self.games,
            "turns_per_second": round(self.turns / seconds, 1) if seconds > 0 else 0.0,
            "outcomes": {k: v / games for k, v in sorted(self.outcomes.items())},
            "objectives": {k: v / games for k, v in sorted(self.objectives.items())},
            "digests": {str(k): self.digests[k] for k in sorted(self.digests)},
        }


def play_turn(
    ruleset: Ruleset,
    world: World,
    dice: Dice,
    book: Book | None = None,
) -> World:
    """One turn with every seat a bot, in all lanes."""
    roster = ruleset.roster
    absent = (*roster.of("ally"), *roster.of("adversary"))
    turn = begin(ruleset, world, dice, book=book)
    turn.open()
    for _ in range(ruleset.rounds):
        turn.council(bot_acts(turn, absent))
    return turn.resolve(bot_orders(turn, absent))


def play(exercise: Exercise, seed: int, games: range, explain: bool = False) -> tuple[World, int]:
    """Play these games to their end, side by side; the last world, and turns played in all."""
    ended, played = _ended(exercise, seed, games, explain)
    return (World.joined(ended) if len(ended) > 1 else ended[0][1]), played


def _ended(
    exercise: Exercise, seed: int, games: range, explain: bool
) -> tuple[list[tuple[npt.NDArray[np.intp], World]], int]:
    """Last worlds, each with the lanes whose games ended together, and turns played in all."""
    ruleset = exercise.ruleset
    numbers = np.array(games, dtype=np.int64)
    lanes = np.arange(len(games))
    world = ruleset.opening(len(games))
    ended = []
    played = 0
    for _ in range(exercise.turns):
        over = ruleset.over(world)
        if over.any():
            ended.append((lanes[over], world.among(np.flatnonzero(over))))
            world, lanes = world.among(np.flatnonzero(~over)), lanes[~over]
        if not lanes.size:
            break
        played += lanes.size
        dice = Dice.seeded(seed, numbers[lanes])
        world = play_turn(ruleset, world, dice, Book() if explain else None)
    if lanes.size or not ended:
        ended.append((lanes, world))
    return ended, played


def keep_memory() -> None:
    """Have the C library keep the memory of arrays for the next ones.

    It hands back what large blocks took, and every page taken anew costs more than the numbers
    on it, until it has seen a block as large come and go: here is one that nobody touches.
    """
    np.empty(LARGEST, np.uint8)


def share(exercise: Exercise, plan: Plan, games: range) -> Tally:
    """Play a chunk and count."""
    keep_memory()
    ended, played = _ended(exercise, plan.seed, games, plan.explain)
    tally = Tally(len(games), played, banner=exercise.scenario.marking)
    for lanes, world in ended:
        for name in outcomes(exercise, world):
            tally.outcomes[name] = tally.outcomes.get(name, 0) + 1
        for goal in exercise.goals:
            met = int(goal.met.evaluate(world).sum())
            tally.objectives[goal.name] = tally.objectives.get(goal.name, 0) + met
        for place, game in enumerate(games[lane] for lane in lanes.tolist()):
            if game in plan.digests:
                tally.digests[game] = world.digest(place)
    return tally


_loaded: dict[tuple[str, str | None, str | None], Exercise] = {}


def work(plan: Plan, start: int, stop: int) -> Tally:
    """A worker's share: games from `start` to `stop`, in chunks."""
    key = (plan.scenario, plan.rhythm, plan.names)
    if key not in _loaded:
        _loaded[key] = load(plan.scenario, rhythm=plan.rhythm, names=plan.names)
    tally = Tally()
    for first in range(start, stop, CHUNK):
        tally.add(share(_loaded[key], plan, range(first, min(first + CHUNK, stop))))
    return tally


def sweep(
    plan: Plan,
    games: int,
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Callable[[int], None] | None = None,
) -> Mapping[str, Any]:
    """Play `games` games and tell how they ended.

    `executor` is any `concurrent.futures` executor, a cluster's among them, of `jobs` workers;
    else `jobs` processes of this machine. Returns `banner`, `games`, `turns_per_second`,
    `outcomes` and `objectives` (shares by name) and `digests` by game.
    """
    began = time.perf_counter()
    tally = Tally()
    for part in _parts(plan, games, jobs, executor):
        tally.add(part)
        if progress is not None:
            progress(tally.games)
    return tally.to_data(time.perf_counter() - began)


def _parts(plan: Plan, games: int, jobs: int, executor: Executor | None) -> Iterator[Tally]:
    size = min(CHUNK, max(1, -(-games // max(jobs, 1))))
    cuts = [(first, min(first + size, games)) for first in range(0, games, size)]
    if executor is not None:
        yield from executor.map(work, [plan] * len(cuts), *zip(*cuts, strict=True))
    elif jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            yield from pool.map(work, [plan] * len(cuts), *zip(*cuts, strict=True))
    else:
        for first, last in cuts:
            yield work(plan, first, last)


def digests_of(text: str) -> tuple[int, ...]:
    """Game numbers from `0,17,731`; raises `ValueError` for anything else."""
    numbers: Collection[int] = dict.fromkeys(int(part) for part in text.split(",") if part.strip())
    if any(number < 0 for number in numbers):
        raise ValueError("a game's number is 0 or more")
    return tuple(numbers)
