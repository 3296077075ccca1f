"""Desks on a save, for looking back: views and explanations from what the save holds, no rules."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from exercise.desk import Choice, Ending, Proposal, Standing, with_bands
from exercise.errors import SaveError
from exercise.explain.ordered import why_ordered
from exercise.explain.typed import typed_by_turn
from exercise.explain.why import Why, clears, why
from exercise.orders import Order, Refusal
from exercise.record import Record, cell_of
from exercise.room.chairing import ChamberDesk, Floor
from exercise.room.chamber import Chamber
from exercise.room.requests import PastRequests, RequestsDesk
from exercise.room.shelves import Shelves
from exercise.room.talk import Person, TalkDesk
from exercise.room.threads import Heard
from exercise.saved import Saved, read
from exercise.sight import PUBLIC_VIEW, WHITE_CELL, Viewer
from exercise.view import View, view_of

PAST = Refusal("this is a look back; nothing can be decided in it", "use Continue to play on")


class PastTalk(TalkDesk):
    """What one viewer of a save said and heard; nothing is added to it."""

    def __init__(self, saved: Saved, viewer: Viewer, titles: dict[str, str]) -> None:
        self._saved = saved
        self._viewer = viewer
        self._titles = titles
        self._seat = viewer.name

    def people(self) -> tuple[Person, ...]:
        """Nobody can be written to any more."""
        return ()

    def _heard(self) -> Heard:
        record, journal = self._saved.record, self._saved.journal
        turns = range(1, len(record.turns))
        given = [m for n in turns for m in record.messages(n) if m.name]
        shelves = Shelves.of(journal.read(journal.main_line()))
        return Heard(shelves.talk, given, self._viewer, self._titles)

    def _closed(self) -> Refusal | None:
        return PAST

    def _looking_back(self) -> bool:
        return True


class PastChamber(ChamberDesk):
    """What one viewer of a save knew in a turn of the council beside its view; it only reads."""

    def __init__(
        self, saved: Saved, viewer: Viewer, titles: dict[str, str], turn: int | None = None
    ) -> None:
        self._saved = saved
        self._viewer = viewer
        self._titles = titles
        self._seat = viewer.name
        self._turn = turn

    def floor(self) -> Floor:
        """What was written up to the turn; nobody presides, and no clock runs."""
        found = super().floor()
        last = self._saved.record.last.number if self._turn is None else self._turn
        written = tuple(one for one in found.written if one.turn <= last)
        return Floor(written=written)

    def _record(self) -> Record:
        return self._saved.record

    def _shelf(self) -> Chamber:
        journal = self._saved.journal
        return Shelves.of(journal.read(journal.main_line())).chamber

    def _facts(self) -> Mapping[str, Any]:
        return self._saved.facts

    def _plays(self) -> bool:
        return "council.tabled" in self._saved.record.catalog.fields

    def _who(self, seat: str) -> str:
        return self._titles.get(seat, "Control" if seat == "control" else seat)

    def withdraw(self, name: str, why: str) -> Refusal | None:
        """A refusal."""
        return PAST

    def _ended(self) -> Refusal | None:
        return PAST


class PastDesk:
    """One viewer's desk on a save."""

    def __init__(self, saved: Saved, viewer: Viewer, titles: dict[str, str]) -> None:
        self._saved = saved
        self._viewer = viewer
        self._titles = titles

    @property
    def seat(self) -> str:
        """Whose eyes these are."""
        return self._viewer.name

    def standing(self) -> Standing:
        """The last published turn."""
        return Standing("over", self._saved.record.last.number, {}, {}, 0, titles=self._titles)

    def view(self, turn: int | None = None) -> View:
        """What the viewer saw when a turn was published."""
        record = self._saved.record
        shown = record.last if turn is None else record.turn(turn)
        return view_of(record, self._viewer, shown, self._saved.facts)

    def why(self, cell: str, turn: int | None = None) -> Why:
        """Why a cell changed, as far as the viewer was cleared."""
        record = self._saved.record
        if cell_of(cell)[0] in record.catalog.decisions:
            typed = typed_by_turn(self._saved.journal, self._saved.branch)
            return why_ordered(record, self._viewer, cell, turn, typed=typed)
        found = why(record, self._viewer, cell, turn)
        return with_bands(found, record.catalog.fields)

    def cleared(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """Which of these cells the viewer may see."""
        return tuple(cell for cell in cells if clears(self._saved.record, self._viewer, cell))

    def choices(self, without: str = "") -> list[Choice]:
        """Nothing can be decided in the past."""
        return []

    def suggestions(self) -> list[Proposal]:
        """Nor suggested."""
        return []

    def drafted(self) -> list[tuple[Order, str]]:
        """Nor drafted."""
        return []

    def draft(self, text: str, reason: str = "", instead: str = "") -> Order | Refusal:
        """A refusal."""
        return PAST

    def undraft(self, cell: str) -> None:
        """There is no draft."""

    def seal(self) -> Refusal | None:
        """A refusal."""
        return PAST

    def unseal(self) -> Refusal | None:
        """A refusal."""
        return PAST

    def say(self, to: tuple[str, ...], title: str, text: str) -> Refusal | None:
        """A refusal."""
        return PAST

    @property
    def talk(self) -> TalkDesk:
        """What was said, to be read again."""
        return PastTalk(self._saved, self._viewer, self._titles)

    @property
    def requests(self) -> RequestsDesk:
        """The requests for information, to be read again."""
        journal = self._saved.journal
        shelf = Shelves.of(journal.read(journal.main_line())).requests
        return PastRequests(shelf, self._viewer, self._titles)

    @property
    def chamber(self) -> ChamberDesk:
        """What was written in the council, to be read again."""
        return PastChamber(self._saved, self._viewer, self._titles)

    def ending(self) -> Ending | None:
        """The outcome is judged by the rules, which a look back does without."""
        return None


@attrs.frozen
class PastCourse:
    """A save to look back on."""

    saved: Saved
    path: Path

    @property
    def seats(self) -> tuple[str, ...]:
        """Everyone who had a seat."""
        return tuple(self._facts)

    @property
    def _facts(self) -> dict[str, Any]:
        return dict(self.saved.facts["seats"])

    def title(self, seat: str) -> str:
        """What a seat is called."""
        entry = self._facts.get(seat, {})
        actor = self.saved.facts["actors"].get(entry.get("actor") or "", {})
        return str(entry.get("title") or actor.get("title") or seat)

    def desk_of(self, seat: str) -> PastDesk:
        """A seat's desk, control's, or the public's."""
        titles = {name: self.title(name) for name in self._facts}
        return PastDesk(self.saved, self.viewer(seat), titles)

    def viewer(self, seat: str) -> Viewer:
        """Whose eyes a name stands for."""
        if seat in (WHITE_CELL.name, PUBLIC_VIEW.name):
            return WHITE_CELL if seat == WHITE_CELL.name else PUBLIC_VIEW
        entry = self._facts[seat]
        sees, actor = entry["sees"], entry.get("actor")
        allied = actor in self.saved.record.catalog.roster.of("ally") or sees in (
            "allied",
            "control",
        )
        kind = "control" if sees == "control" else "seat"
        own = actor if sees == "own" else None
        return Viewer(seat, kind, own, allied and sees != "public")  # type: ignore[arg-type]

    def close(self) -> None:
        """Close the file."""
        closing = getattr(self.saved.journal, "close", None)
        if closing is not None:
            closing()


def open_shelf(path: str | Path) -> PastCourse:
    """A save, opened for looking at; raises `SaveError`."""
    from exercise.save.store import Save

    journal = Save.open(path, write=False)
    try:
        saved = read(journal)
    except BaseException:
        journal.close()
        raise
    if not len(saved.record.turns):
        raise SaveError(f"{path}: no turn has been published in it", "use Continue to play on")
    return PastCourse(saved, Path(path))
