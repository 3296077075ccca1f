"""What a terminal may ask of an exercise, and nothing else.

A terminal holds a desk, never a session: what it gets has passed `sight`, what it gives is
judged from what its seat can see. `LocalDesk` serves terminals in the same process; another
transport offers the same protocol.
"""

from exercise.desk.answers import Aim, Choice, Desk, Ending, Proposal, Standing
from exercise.desk.control import ControlDesk, ReviewDesk
from exercise.desk.seat import LocalDesk, with_bands

__all__ = [
    "Aim", "Choice", "ControlDesk", "Desk", "Ending", "LocalDesk", "Proposal", "ReviewDesk",
    "Standing", "with_bands",
]  # fmt: skip
