"""Desk mode in the time there is: eight delegations' slips from one keyboard in three minutes.

What is typed are slips as delegations fill them in: two or three orders each, a reason with every
one; of an order its first letters, of a reason all of it. The time is worked out from the keys, at
a typist's speed, and from a second of thought for each order; no machine's speed is in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from exercise.tui.app import Studio
from exercise.tui.room import Plan, start
from exercise.tui.screens.room import enter
from tests.tui.stage import acted, entries_of, kind, press, shown, until

KEYS_A_SECOND = 40 * 5 / 60
"""Forty words a minute: whoever types now and then, not a secretary."""
THOUGHT = 1.0
"""Seconds to read an order off the slip and see that the right one is found."""
MOST = 180.0

SLIPS: dict[str, list[tuple[str, str, str]]] = {
    "aurland": [
        ("pl ca", "be seen at sea", "forces.pledge aurland-carrier-group pledge"),
        ("ta ca st", "the lanes first", "forces.task aurland-carrier-group strait send"),
        ("sh ca fu", "they asked", "intelligence.share naval-traffic calder full"),
    ],
    "brennia": [
        ("pl fr", "our fair share", "forces.pledge brennia-frigates pledge"),
        ("ho ca op", "room for trains", "logistics.host brenn-sound calder open"),
        ("as se", "three boardings", "threat.assess karsk serious"),
    ],
    "calder": [
        ("ho ke au", "carrier needs it", "logistics.host kell aurland open"),
        ("pl fi", "it is our border", "forces.pledge calder-first-brigade pledge"),
        ("sh do", "keep our source", "intelligence.share rail-cars dorvik tear-line"),
    ],
    "dorvik": [
        ("ho or ca", "as guests only", "logistics.host port-orm calder open"),
        ("tr", "the crews are new", "interoperability.train drill"),
    ],
    "estmere": [
        ("st en tw", "winter is near", "economy.stockpile energy two weeks"),
        ("rea", "leave them a door", "deterrence.reassure karsk reassure"),
    ],
    "fallow": [
        ("as es st", "we see nothing", "intelligence.ask estmere strait ask"),
        ("pl co", "show good faith", "forces.pledge fallow-corvettes pledge"),
    ],
    "gavria": [
        ("ta st pr", "ships are moving", "intelligence.task strait priority"),
        ("pl li", "for the border", "forces.pledge gavria-light-brigade pledge"),
    ],
    "halden": [
        ("ta bo pr", "who is in Lisk?", "intelligence.task border priority"),
        ("ho au", "depots are empty", "logistics.host halden-works aurland open"),
        ("pr", "after the fire", "logistics.protect halden-works protect"),
    ],
}
"""What is typed of each order, why, and the order that is meant."""


def typed() -> list[str]:
    """Every key, in order: the lines, and Enter on an empty one to seal and go on."""
    keys: list[str] = []
    for slip in SLIPS.values():
        for few, why, _ in slip:
            keys += [*f"{few}; {why}", "enter"]
        keys.append("enter")
    return keys


def seconds(keys: list[str]) -> float:
    """How long a person takes for them."""
    orders = sum(map(len, SLIPS.values()))
    return len(keys) / KEYS_A_SECOND + orders * THOUGHT


async def sent(pilot: Pilot[Any], app: Studio, keys: list[str]) -> None:
    """Send keys as fast as they are taken."""
    for key in keys:
        app.post_message(events.Key(key, None if len(key) > 1 else key))
    await pilot.pause()


def test_eight_slips_are_entered_in_under_three_minutes_of_typing(tmp_path: Path) -> None:
    keys = typed()
    assert seconds(keys) < MOST, f"{len(keys)} keys take {seconds(keys):.0f} s"

    async def play() -> None:
        plan = Plan("northern-strait", save=tmp_path / "room.exercise", seed=1)
        plan.lay()
        made = start(plan)
        app = Studio(lambda studio: enter(studio, made))
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until(pilot, lambda: kind(app) == "ControlScreen")
            await press(pilot, "n", "g")
            assert kind(app) == "GridScreen"
            await sent(pilot, app, keys)
            await until(pilot, lambda: "entered 8 of 8" in shown(app))
            entries = entries_of(made, "sealed")
            assert [entry.body["seat"] for entry in entries] == list(SLIPS)
            for entry, slip in zip(entries, SLIPS.values(), strict=True):
                desk = made.any_desk(entry.body["seat"])
                lines = [order.line() for order, _ in desk.drafted()]
                assert lines == [line for *_, line in slip]
                assert [entry.words[cell] for cell in entry.body["cells"]] == [
                    w for _, w, _ in slip
                ]
            assert made.kept == {}
        made.close()

    acted(play)
