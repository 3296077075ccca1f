"""How a crisis is cut into turns, and how long people have for each of them."""

from __future__ import annotations

import attrs

from exercise.scenario.keys import key


@attrs.frozen(kw_only=True)
class StageTimes:
    """How long each stage of a turn has on the room's clock; no limit where nothing is said."""

    council: float | None = key(
        "Time for the council, or for discussion.", default=None, unit="minutes", low=0.1, high=600
    )
    orders: float | None = key(
        "Time to draft and seal orders.", default=None, unit="minutes", low=0.1, high=600
    )
    review: float | None = key(
        "Time in which control looks at the results.", default=None, unit="minutes", low=0.1,
        high=600,
    )  # fmt: skip


@attrs.frozen(kw_only=True)
class Rhythm:
    """A way of cutting the same crisis into turns."""

    weeks: tuple[float, ...] = key("Length of each turn.", unit="weeks")
    title: str = key("What the facilitator picks it by, such as “2 h, 5 turns”.", default="")
    default: bool = key("Whether it is played when nobody says otherwise.", default=False)
    minutes: StageTimes = key(
        "How long each stage of a turn has on the room's clock.", factory=StageTimes
    )


@attrs.frozen(kw_only=True)
class RoomClock:
    """What the room's clock does when the time of a stage runs out."""

    warnings: tuple[float, ...] = key(
        "How long before the end everybody is told, once each.", default=(5.0, 1.0),
        unit="minutes", low=0.1, high=600,
    )  # fmt: skip
    grace: float = key(
        "Time after the end that does not count as overtime yet.", default=0.0, unit="minutes",
        low=0, high=600,
    )  # fmt: skip
    closes: bool = key(
        "Whether a stage closes by itself at the end of grace; else control closes it.",
        default=False,
    )
