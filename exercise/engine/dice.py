"""Chance with an address: a roll depends on what is rolled for, and on nothing else.

The algorithm `dice/1`. A roll is a pure function of the luck, the game's number, the turn, an
address (stage, rule, label, ...) and the names of its cell. There is no stream to be advanced, so
a new unit, another order of play or another lane leaves every other roll as it was.

- A turn's key is a BLAKE2 hash of luck and turn: who has seen any number of turns' rolls learns
  nothing of the next. Within one turn rolls are mixed fast, not to a cryptographic standard.
- A cell's key is a BLAKE2 hash of address and names, a game's key a mix of its number and the
  turn's key. The two are combined by two rounds of the SplitMix64 finaliser (Steele, Lea and
  Flood 2014, with Stafford's constants), and the game's second word goes in between, so that no
  pair of games and pair of cells can cancel each other out.
- The upper 24 bits are the roll: uniform in [0, 1), and on the grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import product

import attrs
import numpy as np
import numpy.typing as npt

from exercise.engine.exact import Array

ALGORITHM = "dice/1"

Games = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]


def _word(value: int) -> Words:
    """A constant as an array without axes: its arithmetic wraps silently, unlike a scalar's."""
    word = np.array(value, dtype=np.uint64)
    word.flags.writeable = False
    return word


_FIRST_SHIFT, _SECOND_SHIFT, _LAST_SHIFT = _word(30), _word(27), _word(31)
_FIRST_FACTOR, _SECOND_FACTOR = _word(0xBF58476D1CE4E5B9), _word(0x94D049BB133111EB)
# 24 bits below the leading one of 2²⁸ are a multiple of 2⁻²⁴ added to it.
_ALL_BUT_24 = _word(40)
_BASE_BITS = _word((1023 + 28) << 52)
_BASE = np.array(2.0**28)

_BLOCK = 8192  # dice worked on at a time, to stay within a core's cache


def _digest(purpose: str, *parts: bytes, size: int) -> bytes:
    """Hash parts so that no two lists of parts, and no two purposes, are hashed alike."""
    state = blake2b(digest_size=size, person=ALGORITHM.encode())
    for part in (purpose.encode(), *parts):
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()


def _stir(x: Words, scratch: Words) -> None:
    """One round of the SplitMix64 finaliser in place, but for its last shift.

    What follows, the next round's first shift or the choice of the upper bits, makes up for it.
    """
    np.right_shift(x, _FIRST_SHIFT, out=scratch)
    np.bitwise_xor(x, scratch, out=x)
    np.multiply(x, _FIRST_FACTOR, out=x)
    np.right_shift(x, _SECOND_SHIFT, out=scratch)
    np.bitwise_xor(x, scratch, out=x)
    np.multiply(x, _SECOND_FACTOR, out=x)


def _mixed(x: Words) -> Words:
    """The SplitMix64 finaliser: a permutation of the 64-bit words that takes 0 to 0."""
    result = np.array(x, dtype=np.uint64)
    scratch = np.empty_like(result)
    _stir(result, scratch)
    np.right_shift(result, _LAST_SHIFT, out=scratch)
    np.bitwise_xor(result, scratch, out=result)
    return result


@lru_cache(maxsize=1024)
def _cell_keys(address: tuple[str, ...], names: tuple[tuple[str, ...], ...]) -> Words:
    """A key per cell, in the order of the axes; as many rows as cells, one column."""
    prefix = len(address).to_bytes(8, "little") + len(names).to_bytes(8, "little")
    stem = [prefix, *(_encoded(part) for part in address)]
    axes = [[_encoded(name) for name in axis] for axis in names]
    keys = b"".join(_digest("cell", *stem, *cell, size=8) for cell in product(*axes))
    words = np.frombuffer(keys, dtype="<u8").astype(np.uint64).reshape(-1, 1)
    words.flags.writeable = False
    return words


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _as_games(games: npt.ArrayLike) -> Games:
    numbers = np.array(games, dtype=np.int64).reshape(-1)
    numbers.flags.writeable = False
    return numbers


@attrs.frozen(eq=False)
class Dice:
    """All the luck of some games: `luck` is at least as secret as the rolls to come.

    `games` are the games' numbers, one a lane. `forks` are the lines that this one left others
    by, each with its name and the first turn that nobody had played then: from that turn on the
    luck is another one, which follows from the first, so that its commitment covers it too.
    """

    luck: bytes = attrs.field(repr=False)
    games: Games = attrs.field(converter=_as_games)
    forks: tuple[tuple[int, str], ...] = ()

    @classmethod
    def seeded(cls, seed: int, games: npt.ArrayLike = (0,)) -> Dice:
        """Open luck: whoever knows the seed knows every roll."""
        return cls(_digest("seed", str(seed).encode(), size=32), games)

    @property
    def lanes(self) -> int:
        """How many games are rolled for at once."""
        return self.games.size

    def commitment(self) -> str:
        """A hash of the luck to publish at the start; revealing the luck later proves it."""
        return _digest("commitment", self.luck, size=32).hex()

    def turn(self, number: int) -> TurnDice:
        """The dice of one turn, in every lane."""
        luck = self.luck
        for since, line in self.forks:
            if number >= since:
                luck = _digest("fork", luck, _encoded(line), size=32)
        key = _digest("turn", luck, str(number).encode(), size=16)
        low, high = (_word(int.from_bytes(half, "little")) for half in (key[:8], key[8:]))
        first = _mixed(np.add(_mixed(self.games.view(np.uint64) ^ low), high))
        return TurnDice(first, _mixed(first + low))


@attrs.frozen(eq=False, repr=False)
class TurnDice:
    """The dice of one turn; two words a lane, which differ from game to game."""

    _first: Words
    _second: Words

    @property
    def lanes(self) -> int:
        """How many games are rolled for at once."""
        return self._first.size

    def roll(
        self,
        address: tuple[str, ...],
        names: Sequence[Sequence[str]],
        identity: Games | None = None,
    ) -> Array:
        """One roll a cell and lane, uniform in [0, 1), on the grid.

        `names` lists the cells' names axis by axis; the result has those axes, then lanes. Cells
        named alike roll alike.

        `identity`, which must broadcast to that shape, tells apart what is made at run time by a
        hash of its content. Name an axis's spare slots alike, and the same content rolls the same
        in whatever slot it landed. Where it is 0, the roll is as without.
        """
        cells = _cell_keys(tuple(address), tuple(map(tuple, names)))
        shape = (*map(len, names), self.lanes)
        rolls = np.empty((len(cells), self.lanes))
        words = rolls.view(np.uint64)
        np.bitwise_xor(cells, self._first, out=words)
        if identity is not None:
            content = _mixed(np.asarray(identity, dtype=np.int64).view(np.uint64))
            np.bitwise_xor(words.reshape(shape), content, out=words.reshape(shape))
        rows = max(1, _BLOCK // max(1, self.lanes))
        scratch = np.empty((min(rows, len(cells)), self.lanes), dtype=np.uint64)
        for start in range(0, len(cells), rows):
            part = words[start : start + rows]
            self._finish(part, scratch[: len(part)])
        return rolls.reshape(shape)

    def roll_where(
        self, address: tuple[str, ...], names: Sequence[Sequence[str]], where: npt.NDArray[np.bool_]
    ) -> Array:
        """As `roll`, but only where a mask over the axes and lanes holds; 0 elsewhere."""
        cells = _cell_keys(tuple(address), tuple(map(tuple, names)))[:, 0]
        rolls = np.zeros(where.shape)
        place = np.flatnonzero(where)
        cell, lane = np.divmod(place, self.lanes)
        words = cells[cell] ^ self._first[lane]
        scratch = np.empty_like(words)
        _stir(words, scratch)
        np.add(words, self._second[lane], out=words)
        rolls.reshape(-1)[place] = self._uniform(words, scratch)
        return rolls

    def _finish(self, words: Words, scratch: Words) -> None:
        """Turn combined keys, in place, into the bits of rolls."""
        _stir(words, scratch)
        np.add(words, self._second, out=words)
        self._uniform(words, scratch)

    def _uniform(self, words: Words, scratch: Words) -> Array:
        """Turn words that are stirred once, in place, into numbers in [0, 1)."""
        _stir(words, scratch)
        np.right_shift(words, _ALL_BUT_24, out=words)
        np.bitwise_or(words, _BASE_BITS, out=words)
        values = words.view(np.float64)
        np.subtract(values, _BASE, out=values)
        return values
