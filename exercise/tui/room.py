"""A room run from this terminal: what was planned, the game on its save, and the paper for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from exercise.desk import ControlDesk, LocalDesk
from exercise.errors import UsageError
from exercise.host.remote import control_on
from exercise.orders import Refusal
from exercise.room.access import OWN
from exercise.save.places import free_name, saves_folder
from exercise.scenario.load import load
from exercise.scenario.people import seats_of
from exercise.seats import Filling
from exercise.tui.course import Course

if TYPE_CHECKING:
    from exercise.host.held import Opening
    from exercise.host.line import Line
    from exercise.scenario.compile import Exercise


@attrs.define
class Plan:
    """What a facilitator settles before the start."""

    scenario: str
    rhythm: str | None = None
    names: str | None = None
    filling: dict[str, Filling] = attrs.field(factory=dict)
    save: Path | None = None
    seed: int | None = None
    _read: tuple[tuple[str, str | None], Exercise] | None = attrs.field(default=None, init=False)
    """What was read last: of which scenario, with which names."""

    def exercise(self) -> Exercise:
        """The scenario as it is to begin, read once; raises what loading raises."""
        asked = (self.scenario, self.names)
        read = self._read
        if read is None or read[0] != asked or self.rhythm not in (None, read[1].rhythm):
            made = load(self.scenario, rhythm=self.rhythm, names=self.names)
            read = self._read = (asked, made)
        return read[1]

    def lay(self) -> Mapping[str, str]:
        """The seats and their titles, each with somebody in it: allies at the desk, others bots."""
        exercise = self.exercise()
        actors = exercise.scenario.actors
        titles = {}
        kept = self.filling
        self.filling = {}
        for name, seat in seats_of(exercise.scenario).items():
            actor = actors.get(seat.actor or "")
            usual: Filling = "bot" if actor is not None and actor.role == "adversary" else "desk"
            self.filling[name] = kept.get(name, usual)
            titles[name] = seat.title or (actor.title if actor is not None else name)
        return titles


class Kept(NamedTuple):
    """A line of a slip that was refused, kept until somebody mends or drops it."""

    text: str
    refusal: Refusal


class Room(Course):
    """One game with a facilitator: control's desk, the seats that sit here, its save."""

    def __init__(
        self,
        control: ControlDesk,
        path: Path,
        close: Callable[[], None],
        line: Line | None = None,
        codes: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(control, _sitting(control), close)
        self.path = path
        self.line = line
        """The line to the host, by which the room says that something has changed."""
        self.holds = codes is not None
        """Whether the room is held open in this program: then it closes with it."""
        self.codes = dict(codes or {})
        """Codes that were issued just now, to be handed out."""
        self.kept: dict[str, list[Kept]] = {}
        self.accepted: set[str] = set()
        """Cells of results that control has accepted one by one."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """The scenario as data, secrets included: this terminal is control."""
        return self.control.facts()

    def hand_over(self, seat: str, filling: Filling) -> None:
        """Let a bot, the desk or a person play a seat from now on."""
        self.control.fill(seat, filling)
        self.seats = _sitting(self.control)

    def forget(self) -> None:
        """Drop what was noted at this terminal of a line of play that was left."""
        self.kept.clear()
        self.accepted.clear()
        self.seats = _sitting(self.control)

    def present(self) -> Mapping[str, int]:
        """How many terminals are at each seat and role now."""
        return self.line.document["present"] if self.line is not None else {}

    def attending(self) -> tuple[list[str], list[str]]:
        """The seats played by people elsewhere: where a terminal is here now, and where none is."""
        if self.line is None:
            return [], []
        filling, present = self.control.standing().filling, self.present()
        people = [name for name, by in filling.items() if by == "person"]
        return (
            [name for name in people if present.get(name)],
            [name for name in people if not present.get(name)],
        )

    def waiting_outside(self) -> list[str]:
        """Who would be cut off if this terminal left: all others here, where it holds the room."""
        if not self.holds:
            return []
        return [
            f"the {name}" if name in ("projector", "observer", "evaluator") else
            "control elsewhere" if name == "control" else self.title(name)
            for name, count in self.present().items() if count and name != OWN
        ]  # fmt: skip

    def terminals(self) -> Mapping[str, bool]:
        """The terminals of all delegations that are here now, and which are their heads."""
        return self.line.document["terminals"] if self.line is not None else {}

    def any_desk(self, seat: str) -> LocalDesk:
        """Any seat's desk."""
        return self.control if seat == "control" else self.control.desk(seat)

    def seat_of(self, actor: str) -> str | None:
        """The seat that speaks for an actor."""
        return next((n for n, seat in self.facts["seats"].items() if seat["actor"] == actor), None)

    @property
    def decides(self) -> bool:
        """Whether anything can be ordered; in an exercise of words alone nothing can."""
        return self.control.standing().decides

    @property
    def evaluated(self) -> bool:
        """Whether anybody evaluates: a seat does, or something has been recorded."""
        seats = self.facts["seats"].values()
        named = any(seat.get("role") == "evaluator" for seat in seats)
        return named or not self.decides or bool(self.control.notes.notes())

    def deciding(self) -> tuple[str, ...]:
        """The seats that sit here and take decisions."""
        seats = self.facts["seats"]
        return tuple(name for name in self.seats if seats[name]["actor"])

    def entered(self) -> tuple[int, int]:
        """How many of the seats here have sealed, or of this turn's answers are written down."""
        if not self.decides:
            now = self.control.standing().turn
            asked = [one for one in self.control.questions.asked() if one.turn == now]
            return sum(len(a.answers) for a in asked), sum(len(a.to) for a in asked)
        sealed = self.control.standing().sealed
        deciding = self.deciding()
        return sum(bool(sealed.get(name)) for name in deciding), len(deciding)

    def wash(self) -> list[Path]:
        """Write the hot wash beside the save, as HTML and Markdown; returns both places."""
        from exercise.paper import put, to_html, to_markdown

        page = self.control.washed()
        stem = self.path.name.removesuffix(".exercise")
        written = []
        for ending, make in ((".html", to_html), (".md", to_markdown)):
            place = self.path.with_name(f"{stem}-hot-wash{ending}")
            put(place, make(page))
            written.append(place)
        return written


def _sitting(control: ControlDesk) -> tuple[str, ...]:
    """The seats that somebody at this terminal plays."""
    filling = control.standing().filling
    return tuple(name for name, by in filling.items() if by in ("desk", "person"))


def start(plan: Plan) -> Room:
    """Begin a room on a new save, its luck drawn now; raises what loading and saving raise."""
    from exercise.host.held import Opening

    path = plan.save or free_name(saves_folder(make=True), Path(plan.scenario).stem, ".exercise")
    people, desk = (
        tuple(name for name, by in plan.filling.items() if by == kind)
        for kind in ("person", "desk")
    )
    return hosted(
        Opening(
            path,
            plan.scenario,
            people,
            desk,
            plan.rhythm,
            plan.names,
            seed=plan.seed,
            exercise=plan.exercise(),
        )
    )


def take_up(path: Path) -> Room:
    """Go on with a room where its save stands; raises `SaveError`."""
    from exercise.host.held import Opening

    return hosted(Opening(path, ""))


def hosted(opening: Opening) -> Room:
    """A room held open in this program, which terminals may join, and control's desk in it."""
    from exercise.host.held import Held
    from exercise.host.line import Line

    held = Held(opening)
    held.start()
    try:
        line = Line(held.where, code=held.own, token=held.token)
    except BaseException:
        held.close()
        raise

    def close() -> None:
        line.close()
        held.close()

    return Room(control_on(line), opening.save, close, line, held.codes)


def reached(code: str, at: str | None, person: str = "") -> Room:
    """A room that another program holds open, at control's desk."""
    from exercise.host import rooms

    line = rooms.knock(code, at, person)
    if line.role != "control":
        line.close()
        raise UsageError("that code is not control's", "exercise join CODE sits down at a seat")
    return controlled(line, at)


def controlled(line: Line, at: str | None) -> Room:
    """The room at the other end of a line that came in as control."""
    from exercise.host import rooms

    return Room(control_on(line), Path(rooms.room_at(at).save), line.close, line)


def paper(plan: Plan, folder: Path) -> list[Path]:
    """Write the briefs, slips and inject cards of a plan into a folder."""
    from exercise.authoring.packets import write_packet

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", "move it away, or give the save another name")
    return write_packet(plan.exercise(), folder)
