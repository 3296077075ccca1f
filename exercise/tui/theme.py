"""Colours: one accent for each side, one for "you", greys for the rest.

Colour is never the only sign: sides have symbols and textures on the map, trends have arrows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.app import App
from textual.theme import Theme

FIRST, REST = (Path(__file__).parent / name for name in ("start.tcss", "app.tcss"))
"""The rules of the start screen, and those of all others."""
DARK = Theme(
    name="exercise",
    dark=True,
    primary="#d9b166",
    secondary="#79a9d1",
    accent="#d9b166",
    warning="#d9b166",
    error="#d98b7c",
    success="#8fb68f",
    foreground="#cfd6dd",
    background="#11161b",
    surface="#11161b",
    panel="#192027",
    variables={
        "own": "#e0b867",
        "ally": "#7fb0da",
        "adversary": "#e08a7a",
        "bright": "#eef2f5",
        "dim": "#8995a1",
        "faint": "#3c4752",
        "chosen": "#25303a",
        "own-ground": "#2a2618",
        "ally-ground": "#172430",
        "adversary-ground": "#2c1d1c",
        "neutral-ground": "#1a2026",
        "block-cursor-text-style": "none",
        "input-selection-background": "#3c4752",
    },
)
LIGHT = Theme(
    name="exercise-light",
    dark=False,
    primary="#8a5a00",
    secondary="#1f5d94",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a63223",
    success="#35693a",
    foreground="#22292f",
    background="#f7f6f2",
    surface="#f7f6f2",
    panel="#eceae3",
    variables={
        "own": "#8a5a00",
        "ally": "#1f5d94",
        "adversary": "#a63223",
        "bright": "#000000",
        "dim": "#5a6670",
        "faint": "#c3c6c4",
        "chosen": "#dfe3e2",
        "own-ground": "#f3e7c9",
        "ally-ground": "#dce8f2",
        "adversary-ground": "#f4ddd8",
        "neutral-ground": "#ebebe6",
        "block-cursor-text-style": "none",
        "input-selection-background": "#c3c6c4",
    },
)
THEMES = (DARK, LIGHT)

INKS = {
    "sea": "",
    "land": "$dim",
    "border": "$faint",
    "own": "$own",
    "ally": "$ally",
    "adversary": "$adversary",
    "neutral": "$dim",
    "route": "$faint",
    "route-cut": "$adversary",
    "sea-label": "$dim italic",
    "theatre": "$bright bold",
    "label": "$foreground",
    "new": "$bright bold",
}
"""The colour of each style that the map is drawn in."""
SIDES = {"own": "$own", "ally": "$ally", "adversary": "$adversary", "": "$foreground"}
GROUNDS = {
    "own": "$own-ground",
    "ally": "$ally-ground",
    "adversary": "$adversary-ground",
    "neutral": "$neutral-ground",
}


def dress(app: App[Any]) -> None:
    """Give an app its themes; to put the first one on afterwards would read all styles twice."""
    for theme in THEMES:
        app.register_theme(theme)
    app.set_reactive(App.theme, THEMES[0].name)
    app.stylesheet.set_variables(app.get_css_variables())


def dress_fully(app: App[Any]) -> None:
    """Give an app the rules of all screens, once: nothing that is shown by now changes."""
    if not app.stylesheet.has_source(str(REST)):
        app.stylesheet.read(REST)
        app.stylesheet.parse()
