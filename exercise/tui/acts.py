"""What an act is: a key, a word for the footer, a sentence; and those that many screens share."""

from __future__ import annotations

from typing import NamedTuple


class Act(NamedTuple):
    """One thing a person can do on a screen: its key, a word for the footer, and a sentence."""

    name: str
    key: str
    label: str
    says: str
    footer: bool = True
    always: bool = False

    @property
    def shown_key(self) -> str:
        """The key as people read it."""
        first = self.key.split(",")[0]
        if first.startswith("ctrl+"):
            return f"Ctrl+{first[5:].upper()}"
        return NAMES.get(first, first)


NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "f1": "F1",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "left": "←",
    "right": "→",
    "plus": "+",
    "minus": "−",
    "question_mark": "?",
    "slash": "/",
    "delete": "Del",
    "full_stop": ".",
    "up": "↑",
    "down": "↓",
    "home": "Home",
    "end": "End",
    **{f"f{n}": f"F{n}" for n in range(2, 13)},
}
ENTER = Act("nothing", "enter", "why", "Ask why the chosen line is so.")
OPEN = ENTER._replace(label="open", says="Open the chosen line.")
BACK = Act("back", "escape", "back", "Go back to where you were.")
STOP = Act("stop", "f9", "stop", "Stop at once: a real emergency. Enter then ends the exercise.")
COVER = Act("cover", "f2", "curtain", "Cover the screen, so that nobody reads others' slips.")
EVERYWHERE = (
    Act("help", "f1", "help", "Explain this screen in five lines.", always=True),
    Act("palette", "ctrl+p", "everything", "Find anything by its name.", always=True),
    Act("depart", "ctrl+q", "quit", "Leave the program; what is sealed is kept.", footer=False),
)
