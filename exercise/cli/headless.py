"""What the commands without a screen do: run, list, verify, show, explain, check, begin.

Each function returns plain data; each `…_text` says the same to people.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from exercise.engine.roster import Roster
from exercise.errors import Fault, SaveError, ScenarioError, UsageError
from exercise.explain.ordered import why_ordered
from exercise.explain.typed import typed_by_turn
from exercise.explain.why import cells_of, why
from exercise.orders import Refusal, parse
from exercise.outcome import standing
from exercise.record import cell_of
from exercise.save.journal import ChainFault, Journal, MemoryJournal, open_salts
from exercise.save.places import saves_folder
from exercise.saved import Saved, create, read
from exercise.scenario.load import find, load, shipped
from exercise.scenario.nodes import plain
from exercise.scenario.yaml12 import read_file
from exercise.session import Session
from exercise.sight import PUBLIC_VIEW, WHITE_CELL, Viewer, as_actor
from exercise.spoken import joined, statement
from exercise.steady import settle
from exercise.verified import CannotRerun as _CannotRerun
from exercise.verified import Differs, Verified, verify
from exercise.view import view_of

Written = Mapping[int, Mapping[str, Sequence[str]]]


def run_game(
    scenario: str,
    *,
    seed: int = 1,
    game: int = 0,
    turns: int | None = None,
    save: Path | None = None,
    orders: Path | None = None,
    rhythm: str | None = None,
    names: str | None = None,
) -> dict[str, Any]:
    """Play a scenario by bots and written orders; how it stands at the end."""
    exercise = load(scenario, rhythm=rhythm, names=names)
    written = read_orders(orders) if orders is not None else {}
    if written and max(written) > exercise.turns:
        late = f"{orders} has orders for turn {max(written)}"
        raise UsageError(late, f"{exercise.name} has {exercise.turns} turns ({exercise.rhythm})")
    seats = {seat for by_seat in written.values() for seat in by_seat}
    if save is None:
        session = create(
            exercise,
            MemoryJournal(salts=open_salts),
            seed=seed,
            game=game,
            desk=sorted(seats),
            explain=False,
        )
        _play(session, written, turns)
        told = standing(session.exercise, session.record)
        return {"banner": exercise.scenario.marking, "seed": seed, "game": game, **told}
    from exercise.save.store import Save

    try:
        with Save.create(save, salts=open_salts) as journal:
            session = create(exercise, journal, seed=seed, game=game, desk=sorted(seats))
            _play(session, written, turns)
            result = {
                "banner": exercise.scenario.marking,
                "seed": seed,
                "game": game,
                **standing(session.exercise, session.record),
                "save": str(save),
            }
            return {**result, "head": journal.head(journal.main_line())}
    except UsageError as error:  # an order was refused: half a game is nobody's wish
        save.unlink()
        kept = joined(error.remedy, f"nothing was kept in {save}")
        raise UsageError(error.message, kept) from None


def _play(session: Session, written: Written, turns: int | None) -> None:
    settle()
    last = turns or session.exercise.turns
    while session.stage != "over" and session.number <= last:
        for seat, lines in written.get(session.number, {}).items():
            for line in lines:
                _enter(session, seat, line, "council")
        session.close_council()
        for seat, lines in written.get(session.number, {}).items():
            for line in lines:
                _enter(session, seat, line, "orders")
            session.seal(seat)
        session.resolve()
        session.publish()
        if session.record.last.number >= last:
            break
        session.open()


def _enter(session: Session, seat: str, line: str, stage: str) -> None:
    """Enter one written order at its stage; raises `UsageError` with the refusal."""
    viewer = session.seating.viewer(seat)
    if viewer.actor is None:
        raise UsageError(f"seat {seat} takes no decisions", "give its orders to another seat")
    ruleset = session.ruleset
    order = parse(line, ruleset.decisions, ruleset.roster, viewer.actor)
    if not isinstance(order, Refusal) and ruleset.decisions[order.decision].stage != stage:
        return
    refused = order if isinstance(order, Refusal) else None
    if refused is None and not isinstance(order, Refusal):
        refused = session.act(seat, order) if stage == "council" else session.draft(seat, order)
    if refused is not None:
        where = f"turn {session.number}, {seat}: {line[:80]!r}"
        raise UsageError(f"{where}: {refused.reason}", refused.remedy)


def read_orders(path: Path) -> Written:
    """Written orders by turn and seat; raises `UsageError` where the file says something else.

    The file is YAML: `1: {dorvik: ["share coast-guard fallow tear-line"]}`.
    """
    shape = "write a turn, under it seats, under each a list of order lines"
    try:
        data = plain(read_file(path))
    except ScenarioError as error:
        if error.faults[0].code != "empty":
            raise
        data = None
    if not isinstance(data, dict):
        raise UsageError(f"{path} holds no orders", shape)
    found: dict[int, dict[str, list[str]]] = {}
    for turn, by_seat in data.items():
        if not re.fullmatch("[1-9][0-9]{0,3}", str(turn)) or not isinstance(by_seat, dict):
            raise UsageError(f"{path}: {str(turn)[:60]!r} is no turn with seats under it", shape)
        for seat, lines in by_seat.items():
            if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
                told = f"the orders of {str(seat)[:60]} in turn {turn} are no list of lines"
                raise UsageError(f"{path}: {told}", shape)
            found.setdefault(int(turn), {})[str(seat)] = lines
    return found


def summary(result: Mapping[str, Any]) -> str:
    """How a game ended, for people."""
    lines: list[str] = [
        result["banner"],
        f"{result['scenario']}, seed {result['seed']}, game {result['game']}: "
        f"{result['outcome']} after {result['turns']} turns",
    ]
    for name, goal in result["objectives"].items():
        lines.append(
            f"  {'met    ' if goal['met'] else 'not met'}  {name}  ({goal['measure']:.2f})"
        )
    lines.append(f"digest {result['digest']}")
    if "head" in result:
        lines.append(f"saved to {result['save']}, head {result['head']}")
    return statement(lines)


# saves


def saves_text(found: Sequence[Mapping[str, Any]], folder: Path | None) -> str:
    """The saves of a folder, or of the usual places, for people: each under its banner."""
    lines: list[str] = []
    banner = ""
    for save in found:
        if save["banner"] and save["banner"] != banner:
            lines.append(save["banner"])
        banner = save["banner"]
        told = save["problem"] or (
            f"{save['title']}, {save['turn']} of {save['turns']} turns played"
        )
        lines.append(f"{save['path']}: {told}")
    where = folder or f"this folder, nor in {saves_folder()}"
    return statement(lines or [f"no saves in {where}"])


def list_saves(folder: Path | None = None) -> list[dict[str, Any]]:
    """The saves in a folder: path, banner, title, turn, turns, seats, and what is wrong.

    Without a folder, those in this one and in the usual one.
    """
    from exercise.save.store import saves

    places = (folder,) if folder is not None else (Path.cwd(), saves_folder())
    if folder is not None and not folder.is_dir():
        raise UsageError(f"{folder} is no folder", "name a folder that holds saves")
    found = []
    for info in (
        info for where in dict.fromkeys(places) if where.is_dir() for info in saves(where)
    ):
        about = dict(info.about)
        found.append(
            {
                "path": str(info.path),
                "banner": about.get("banner", ""),
                "title": about.get("title", ""),
                "scenario": about.get("scenario", ""),
                "turn": about.get("turn", 0),
                "turns": about.get("turns", 0),
                "seats": about.get("seats", {}),
                "problem": info.problem or ("" if about else "no exercise was begun in it"),
            }
        )
    return found


def open_saved(path: Path) -> tuple[Saved, Journal]:
    """A save, opened for looking at."""
    from exercise.save.store import Save

    journal = Save.open(path, write=False)
    return read(journal), journal


def verify_save(path: Path, head: str | None = None) -> dict[str, Any]:
    """Whether a save's chain holds and its turns come out the same when played again."""
    from exercise.save.store import Save

    with Save.open(path, write=False) as journal:
        found = verify(journal, head)
        return {"banner": _banner_of(journal), **_judged(found)}


def _banner_of(journal: Journal) -> str:
    """What stands over all that is told of a save; nothing where a broken one does not say it."""
    try:
        return str(read(journal).facts["banner"])
    except (SaveError, LookupError):
        return ""


def _judged(found: Verified | Differs | _CannotRerun | ChainFault) -> dict[str, Any]:
    if isinstance(found, Verified):
        return {"verified": True, **attrs.asdict(found)}
    if isinstance(found, ChainFault):
        return {"verified": False, "why": str(found), "entry": found.seq}
    if isinstance(found, _CannotRerun):
        return {"verified": False, "why": f"cannot re-run: {found.why}"}
    why_not = f"differs at turn {found.turn}, first in {found.cell}"
    return {"verified": False, "why": why_not, **attrs.asdict(found)}


LUCK = {
    "open": "luck: open from the start; its commitment is {}",
    "sealed": "luck: sealed until the exercise ends; committed to as {}",
    "revealed": "luck: revealed at the end, and the one committed to beforehand as {}",
}


def verified_text(result: Mapping[str, Any]) -> str:
    """The result of verification, for people."""
    lines: list[str] = [result["banner"]] if result["banner"] else []
    if result["verified"]:
        lines.append(f"verified: {result['turns']} turns, head {result['head']}")
        lines.append(LUCK[result["luck"]].format(result["commitment"]))
    else:
        lines.append(f"not verified: {result['why']}")
    return statement(lines)


def _seat_named(seat: str, saved: Saved) -> str:
    """A seat's id, given that or what people call it, in any case."""
    if seat in saved.facts["seats"]:
        return seat
    roster: Roster = saved.record.catalog.roster
    for name, facts in saved.facts["seats"].items():
        title = facts["title"] or roster.title("actor", facts["actor"] or name)
        if seat.casefold() in (name.casefold(), str(title).casefold()):
            return str(name)
    return seat


def viewer_of(saved: Saved, seat: str | None) -> Viewer:
    """The viewer that a seat of a save is; control where none is named."""
    if seat is None or seat.casefold() == WHITE_CELL.name:
        return WHITE_CELL
    if seat.casefold() == PUBLIC_VIEW.name:
        return PUBLIC_VIEW
    seats = saved.facts["seats"]
    roster: Roster = saved.record.catalog.roster
    seat = _seat_named(seat, saved)
    if seat not in seats:
        raise UsageError(f"there is no seat {seat!r}", f"seats: control, {', '.join(seats)}")
    actor = seats[seat]["actor"]
    if seats[seat]["sees"] == "control":
        return WHITE_CELL
    if actor is None or seats[seat]["sees"] != "own":
        allied = seats[seat]["sees"] == "allied" or actor in roster.of("ally")
        return Viewer(seat, "seat", None, allied and seats[seat]["sees"] != "public")
    return as_actor(roster, actor, seat)


def show_turn(path: Path, turn: int | None, seat: str | None) -> dict[str, Any]:
    """One turn of a save as a seat sees it."""
    saved, _ = open_saved(path)
    record = saved.record.last if turn is None else saved.record.turn(turn)
    return attrs.asdict(view_of(saved.record, viewer_of(saved, seat), record, saved.facts))


def turn_text(shown: Mapping[str, Any]) -> str:
    """A turn, for people."""
    arrows = {1: "▲", -1: "▼", 0: "●"}
    turn = f"turn {shown['turn']} of {shown['turns']}"
    where = (shown["scenario"], turn, shown["day"], shown["phase"])
    lines = [shown["banner"], " · ".join(part for part in where if part)]
    for letter in shown["inbox"]:
        if letter["turn"] == shown["turn"]:
            told = " ".join(f"{letter['title']}: {letter['text']}".split())
            lines.append(f"  ✉ {letter['sender']}: {told}")
    lines += [f"  {arrows[s['trend']]} {s['text']}" for s in shown["changed"][:12]]
    for text in shown["texts"]:
        if text["state"] != "not tabled":
            lines.append(f"  “{text['title']}”: {text['state']}")
    return statement(lines)


# why


def list_cells(path: Path, turn: int | None, seat: str | None) -> tuple[str, list[str]]:
    """The banner of a save, and the cells that can be asked about."""
    saved, _ = open_saved(path)
    return saved.facts["banner"], cells_of(saved.record, viewer_of(saved, seat), turn)


def explain(path: Path, cell: str, turn: int | None, seat: str | None) -> dict[str, Any]:
    """One explanation."""
    saved, _ = open_saved(path)
    viewer = viewer_of(saved, seat)
    if cell_of(cell)[0] in saved.record.catalog.decisions:
        typed = typed_by_turn(saved.journal)
        data = why_ordered(saved.record, viewer, cell, turn, typed=typed).to_data()
    else:
        data = why(saved.record, viewer, cell, turn).to_data()
    return {"banner": saved.facts["banner"], **data}


def why_text(data: Mapping[str, Any]) -> str:
    """An explanation, for people."""
    if data["kind"] == "order":
        told = [f"  {term['says']}" for term in data["terms"]]
        about = f"{data['cell']}, turn {data['turn']}"
        return statement([data["banner"], data["title"], about, *told])
    lines = [
        data["banner"],
        data["title"],
        f"{data['cell']}, turn {data['turn']}: {data['before']:.4f} → {data['after']:.4f}",
    ]
    if not data["terms"]:
        lines.append("  nothing changed it in this turn")
    for term in data["terms"]:
        digits = "+.4f" if abs(term["amount"]) >= 5e-5 else "+.0e"
        lines.append(f"  {term['amount']:{digits}}  {term['says']}")
        lines += [f"            from {source}" for source in term["sources"]]
    return statement(lines)


def sweep_text(result: Mapping[str, Any]) -> str:
    """How a sweep ended, for people."""
    lines = [result["banner"]]
    lines += [f"{result['games']} games, {result['turns_per_second']:.0f} turns a second"]
    lines += [f"  {share:6.1%}  {name}" for name, share in result["outcomes"].items()]
    lines += [f"  {share:6.1%}  met: {name}" for name, share in result["objectives"].items()]
    lines += [f"  game {game}: {digest}" for game, digest in result["digests"].items()]
    return statement(lines)


# authoring


def check_files(files: Sequence[str]) -> tuple[list[Fault], list[str]]:
    """Every fault of every file, and a line on each that has none."""
    faults: list[Fault] = []
    told = []
    for file in files:
        try:
            exercise = load(file)
        except ScenarioError as error:
            faults.extend(error.faults)
        else:
            size = f"{len(exercise.scenario.actors)} actors, {exercise.turns} turns"
            holds = f"{len(exercise.cues)} injects, {len(exercise.scenario.objectives)} objectives"
            told.append(f"{file}: no faults; {size} ({exercise.rhythm}), {holds}")
    return faults, told


def begin_scenario(name: str, model: str = "northern-strait") -> Path:
    """A checked copy of a shipped scenario in the folder one stands in."""
    if model not in shipped():
        raise UsageError(
            f"there is no shipped scenario {model!r}", f"shipped: {', '.join(shipped())}"
        )
    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    if not re.fullmatch(r"\w[\w .\-]*", path.stem):
        raise UsageError(f"{name[:80]!r} is no name for a file", "use letters, digits, '-' and '_'")
    if os.path.lexists(path):
        raise UsageError(f"{path} is there already", "choose another name")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent} is no folder", "make it first, or name another")
    shutil.copyfile(find(model), path)
    load(str(path))
    return path
