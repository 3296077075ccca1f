"""Sealing a slip without any orders: asked once, never where orders are drafted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exercise.desk.slips import nothing_given

if TYPE_CHECKING:
    from exercise.desk import Desk

AGAIN = "Seal without any orders? s again seals."


class Asking:
    """Remembers for whom it was asked whether to seal an empty slip."""

    def __init__(self) -> None:
        self._of: tuple[str, int] | None = None

    def asks(self, desk: Desk) -> bool:
        """Whether to ask now, in place of sealing; the second time in a row it is not asked."""
        now = (desk.seat, desk.standing().turn)
        again, self._of = self._of == now, None
        if again or not nothing_given(desk):
            return False
        self._of = now
        return True

    def asked(self, desk: Desk) -> bool:
        """Whether the question stands."""
        return self._of == (desk.seat, desk.standing().turn)

    def forget(self) -> None:
        """Something else was done."""
        self._of = None
