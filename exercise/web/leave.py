"""How a console that another program started is given its leave: by environment."""

from __future__ import annotations

import os
import threading
import time

COOKIE = "EXERCISE_COOKIE"
SEAT = "EXERCISE_SEAT"


def given() -> tuple[str, str]:
    """The cookie and the seat it is for, taken out of the environment; empty where not given."""
    return os.environ.pop(COOKIE, ""), os.environ.pop(SEAT, "")


def in_browser() -> bool:
    """Whether this program's screen is in a browser."""
    return "web_driver" in os.environ.get("TEXTUAL_DRIVER", "")


def end_with_parent() -> None:
    """End this process when the one that started it is gone."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(0)

    threading.Thread(target=watch, name="parent", daemon=True).start()
