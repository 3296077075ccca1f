"""The hot wash: one page within a second of the end, every sentence with what it rests on.

It is made from a save alone, for control or for any seat (which then reads only what it may
know), and the same save always gives the same page. People are pseudonyms. Cells are written as
`why` takes them, so that each sentence can be asked about.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from exercise.engine.roster import cell_name
from exercise.explain.naming import named
from exercise.explain.typed import WITHDRAWN, Typed, typed_by_turn
from exercise.explain.why import knows_order, order_words
from exercise.luck import commitment_of
from exercise.paper import (
    Block,
    Code,
    Heading,
    Paper,
    Piece,
    Pieces,
    Strong,
    items,
    para,
    to_html,
    to_markdown,
)
from exercise.record import Catalog, TurnRecord, cell_of
from exercise.review.chamber import chamber_blocks
from exercise.review.goals import Judged, goals_at, outcome_at
from exercise.review.table import spoken_by, table_blocks, title_of
from exercise.review.talk import talk_blocks
from exercise.room.shelves import Shelves
from exercise.save.journal import Journal
from exercise.saved import Saved
from exercise.sight import WHITE_CELL, Viewer
from exercise.view import Sentence, TextView, View, addressed, view_of

SENTENCES = 3
"""Changes told of each turn; who wants all of them steps through the review."""
ORDERS = 6
"""Orders told of each turn where people decided; the reasons they gave come first."""
UNDER_WAY = "How it ends, and which objectives are met in the end, is still open."
TOLD_OTHERWISE = ("council.", "phases.phase")
"""What the texts and the headings say already."""


def hotwash(saved: Saved, viewer: Viewer = WHITE_CELL) -> Paper:
    """The page for a viewer."""
    record, facts = saved.record, saved.facts
    turns = [record.turn(number) for number in range(1, len(record.turns))]
    typed = typed_by_turn(saved.journal, saved.branch)
    views = [view_of(record, viewer, turn, facts) for turn in turns]
    world = record.last.after
    outcome, says = outcome_at(record.catalog, facts, world)
    goals = [
        goal for goal in goals_at(record.catalog, facts, world, viewer)
        if facts["objectives"][goal.name]["met"]
    ]  # fmt: skip
    over = saved.over
    end = para(Strong(outcome[:1].upper() + outcome[1:] + "."), f" {says}" if says else "")
    blocks: list[Block] = [end if over else para(Strong("Still under way."), f" {UNDER_WAY}")]
    blocks += [para(_standing(saved, turns)), *_goals(saved, goals, over)]
    blocks.append(Heading("What happened"))
    if not turns:
        blocks.append(para("No turn was published."))
    before: View | None = None
    cards = Shelves.of(saved.journal.read(saved.branch)).msel.own()
    controls = {card.called or card.name for card in cards}
    for turn, view in zip(turns, views, strict=True):
        blocks += _turn(saved, viewer, turn, view, before, typed.get(turn.number), controls)
        before = view
    blocks += _councils(record.catalog, views)
    blocks += chamber_blocks(saved, viewer)
    blocks += talk_blocks(saved, viewer)
    blocks += table_blocks(saved, viewer)
    blocks += _seats(saved, turns, typed)
    if viewer.is_control:
        rolled = {entry.seq for entry in saved.journal.read(saved.branch, kinds=("rolled",))}
        blocks += _cues(record.catalog, turns)
        blocks += _rulings(turns, rolled)
        blocks += _gone_back(saved)
    blocks += _stopped(saved.journal, saved.branch)
    title = f"Hot wash: {facts['title']}"
    if not viewer.is_control:
        title += f" (as {facts['seats'].get(viewer.name, {}).get('title') or viewer.name} saw it)"
    return Paper(title, facts["banner"], tuple(blocks), _foot(saved, viewer), close=True)


def hotwash_markdown(saved: Saved, viewer: Viewer = WHITE_CELL) -> str:
    """The page as Markdown."""
    return to_markdown(hotwash(saved, viewer))


def hotwash_html(saved: Saved, viewer: Viewer = WHITE_CELL) -> str:
    """The page as one HTML file without outside links."""
    return to_html(hotwash(saved, viewer))


# parts of the page


def _standing(saved: Saved, turns: Sequence[TurnRecord]) -> str:
    calendar = saved.facts["calendar"]
    played = f"{len(turns)} of {calendar['turns']} turns published"
    if not turns:
        return f"{played}."
    first, last = calendar["days"][0], calendar["days"][min(len(turns), calendar["turns"]) - 1]
    return f"{played}, the first beginning on {first}, the last on {last}."


def _goals(saved: Saved, goals: Sequence[Judged], over: bool) -> list[Block]:
    """Which objectives are met; before the end, which would be if it ended now."""
    if not goals:
        return []
    met = sum(goal.met is True for goal in goals)
    if over:
        blocks: list[Block] = [Heading(f"Objectives: {met} of {len(goals)} met")]
    else:
        blocks = [Heading(f"Objectives if it ended now: {met} of {len(goals)} met")]
    lines: list[Pieces] = []
    for goal in sorted(goals, key=lambda g: g.met is not True):
        sign = "✓" if goal.met else "–" if goal.met is False else "?"
        state = "met" if goal.met else "not met" if goal.met is False else "cannot be judged"
        own = f" ({title_of(saved, goal.seat)})" if goal.seat else ""
        said = f" {goal.says}" if goal.says and over else ""
        value = "" if goal.measure is None else f", measured at {goal.measure:.2f}"
        lines.append(
            (f"{sign} ", Strong(f"{goal.title}{own}"), f": {state}.{said} ",
             Code(f"objective {goal.name}{value}"))
        )  # fmt: skip
    return [*blocks, items(lines)]


def _turn(
    saved: Saved,
    viewer: Viewer,
    turn: TurnRecord,
    view: View,
    before: View | None,
    typed: Typed | None,
    controls: Container[str],
) -> Iterator[Block]:
    where = " · ".join(part for part in (view.day, view.phase) if part)
    yield Heading(f"Turn {turn.number} · {where}", 3)
    lines: list[Pieces] = []
    for message in turn.messages:
        own = message.name in controls
        if (own or message.name in saved.facts["injects"]) and addressed(message.to, viewer):
            by = " (control wrote it during play)" if own and viewer.is_control else ""
            title = (message.title or WITHDRAWN).rstrip(".")
            lines.append((f"! {title}{by}. ", Code(f"inject {message.name}")))
    was = {text.name: text.state for text in before.texts} if before else {}
    changed = [c for c in view.changed if not c.cell.startswith(TOLD_OTHERWISE)]
    for text in view.texts:
        said = _text_news(text, was.get(text.name, "not tabled"))
        if said:
            lines.append((f"§ “{text.title}” {said}. ", Code(text.strength.cell)))
    lines += [
        (f"{_arrow(change)} {change.text}{_now(change)}. ", Code(change.cell))
        for change in changed[:SENTENCES]
    ]
    lines += list(_orders(saved, viewer, turn, typed))
    yield items(lines) if lines else para("A quiet turn.")


def _arrow(change: Sentence) -> str:
    return {1: "▲", -1: "▼"}.get(change.trend, "·")


def _now(change: Sentence) -> str:
    word = "still" if change.still else "now"
    return f" ({word} {change.band})" if change.band and change.band not in ("yes", "no") else ""


NEWS = {
    "on the table": "came on the table",
    "put": "was put to the members",
    "under silence": "was put under silence",
    "adopted": "was adopted",
    "failed": "failed",
    "coalition": "was taken up by a coalition of the willing",
    "not tabled": "was taken off the table",
}


def _text_news(text: TextView, was: str) -> str:
    return NEWS.get(text.state, text.state) if text.state != was else ""


def _orders(
    saved: Saved, viewer: Viewer, turn: TurnRecord, typed: Typed | None
) -> Iterator[Pieces]:
    """What people ordered and why; bots' orders are in the review."""
    if typed is None:
        return
    catalog = named(saved.record.catalog, viewer, turn)
    people = {saved.facts["seats"][seat]["actor"] for seat in typed.sealed}
    values = {c: v for acts in turn.rounds for c, v in acts.items() if c in typed.reasons}
    values |= {c: v for c, v in turn.orders.items() if set(cell_of(c)[1][:1]) & people}
    cells = sorted(values, key=lambda cell: cell not in typed.reasons)
    seen = [cell for cell in cells if knows_order(catalog, turn, viewer, cell)]
    for cell in seen[:ORDERS]:
        name, names = cell_of(cell)
        actor = catalog.roster.title("actor", names[0])
        told = order_words(catalog.decisions[name], catalog.roster, names, values[cell])
        line: list[Piece] = [f"→ {actor}: {told[:1].lower()}{told[1:]}"]
        if typed.reasons.get(cell) and (viewer.is_control or viewer.actor == names[0]):
            line.append(f", because: {typed.reasons[cell]}")
        yield (*line, " ", Code(cell))
    if len(seen) > ORDERS:
        yield (f"→ and {len(seen) - ORDERS} more orders of people",)


def _councils(catalog: Catalog, views: Sequence[View]) -> list[Block]:
    """What the councils decided, and how each text stood in the end."""
    lines: list[Pieces] = []
    for text in views[-1].texts if views else ():
        if text.state == "not tabled":
            continue
        same = (v.turn for v in views for t in v.texts if (t.name, t.state) == _key(text))
        parts = [
            f" {_state(text)}, turn {next(same)}, by {text.protocol} in the {text.forum_title}"
        ]
        for state in ("softened", "bracketed", "dropped"):
            count = sum(clause.state == state for clause in text.clauses)
            parts += [f"{count} of {len(text.clauses)} clauses {state}"] if count else []
        parts += _positions(catalog, text)
        lines.append((Strong(f"“{text.title}”"), f"{'; '.join(parts)}. ", Code(text.strength.cell)))
    return [Heading("Decisions of councils"), items(lines)] if lines else []


def _key(text: TextView) -> tuple[str, str]:
    return text.name, text.state


def _positions(catalog: Catalog, text: TextView) -> Iterator[str]:
    """Who took which position, those of one mind together."""
    found: dict[str, list[str]] = {}
    for stance in text.stances:
        name = catalog.roster.title("ally", cell_of(stance.cell)[1][0])
        how = stance.text.removeprefix(name).strip(": ")
        found.setdefault(how, []).append(name)
    for how, names in found.items():
        yield f"{how}: {', '.join(names)}"


def _state(text: TextView) -> str:
    return {"coalition": "carried on by the willing", "put": "put to the members"}.get(
        text.state, text.state
    )


def _seats(saved: Saved, turns: Sequence[TurnRecord], typed: Mapping[int, Typed]) -> list[Block]:
    """Who sat where, as pseudonyms, and who sealed, sealed empty, or let the hour pass."""
    filling: Mapping[str, str] = saved.created["filling"]
    talk = saved.facts["rules"] == "none"
    said = spoken_by(saved) if talk else {}
    lines: list[Pieces] = []
    bots: list[str] = []
    for seat, facts in saved.facts["seats"].items():
        by = filling.get(seat, "bot")
        title = facts["title"] or saved.record.catalog.roster.title("actor", facts["actor"] or seat)
        if by == "bot" and not any(seat in one.sealed for one in typed.values()):
            bots.append(title)
            continue
        who = {"desk": "at the desk", "person": "at a terminal"}.get(by, "joined late")
        told = _slips(seat, facts["actor"], turns, typed) if facts["actor"] and not talk else ""
        if talk:
            told = f": {said.get(seat, 'said nothing that was written down')}"
        lines.append((Strong(f"Participant {len(lines) + 1}"), f", {title}, {who}{told}."))
    if bots:
        lines.append((f"Played by bots: {', '.join(bots)}.",))
    return [Heading("Who took part" if talk else "Who decided"), items(lines)] if lines else []


def _slips(seat: str, actor: str, turns: Sequence[TurnRecord], typed: Mapping[int, Typed]) -> str:
    """In which turns a seat sealed, sealed empty, or let the hour pass."""
    nothing = Typed({}, {})
    sealed: list[str] = []
    empty: list[str] = []
    defaulted: list[str] = []
    for turn in turns:
        one = typed.get(turn.number, nothing)
        count = one.sealed.get(seat)
        if count:
            sealed.append(f"turn {turn.number} ({count})")
        elif count == 0:
            empty.append(f"turn {turn.number}")
        elif actor in one.defaulted:
            defaulted.append(f"turn {turn.number}")
    parts = [
        f"{word} {', '.join(found)}"
        for word, found in (
            ("sealed", sealed),
            ("sealed empty", empty),
            ("defaulted, its bot deciding,", defaulted),
        )
        if found
    ]
    return f": {'; '.join(parts)}" if parts else ""


def _cues(catalog: Catalog, turns: Sequence[TurnRecord]) -> list[Block]:
    """Injects that control fired or held back by hand: acts of their own, no rulings."""
    lines: list[Pieces] = []
    for turn in turns:
        for cell, value in turn.control.items():
            name, names = cell_of(cell)
            told = order_words(catalog.decisions[name], catalog.roster, names, value)
            lines.append((f"Turn {turn.number}: {told[:1].lower()}{told[1:]} ", Code(cell)))
    return [Heading("Injects that control fired or held back"), items(lines)] if lines else []


def _rulings(turns: Sequence[TurnRecord], rolled: Container[int]) -> list[Block]:
    """What control ruled itself; what came of free-form moves is told with them."""
    lines: list[Pieces] = []
    for turn in turns:
        for ruling in turn.rulings:
            if ruling.seq in rolled:
                continue
            how = ruling.how == "set"
            did = f"set to {ruling.amount:g}" if how else f"changed by {ruling.amount:+g}"
            cell = Code(cell_name(ruling.field, ruling.names))
            lines.append((f"Turn {turn.number}: {did}, because: {ruling.reason} ", cell))
    return [Heading("Rulings of control"), items(lines)] if lines else []


def _gone_back(saved: Saved) -> list[Block]:
    """The turns that were played again on the line that the page is of, and why."""
    lines: list[Pieces] = [
        (f"Turn {entry.body['turn']} was played again, because: "
         f"{entry.words.get('reason') or WITHDRAWN}",)
        for entry in saved.journal.read(saved.branch, kinds=("rolled_back",))
    ]  # fmt: skip
    return [Heading("Played again"), items(lines)] if lines else []


def _stopped(journal: Journal, line: str) -> list[Block]:
    for entry in journal.read(line, kinds=("ended",)):
        reason = entry.words.get("reason") or WITHDRAWN
        return [Heading("Ended early"), para(f"Control ended it: {reason}")]
    return []


def _foot(saved: Saved, viewer: Viewer) -> str:
    journal, line = saved.journal, saved.branch
    digest = [f"digest {saved.record.last.after.digest()}"] if viewer.is_control else []
    parts = [
        f"head {journal.head(line)}",
        *digest,
        f"luck committed to as {commitment_of(journal, line)}",
        *(f"revealed as {e.body['luck']}" for e in journal.read(line, kinds=("revealed",))),
        f"engine {saved.created['engine']}",
        f"rules {saved.created['rules']}",
        "▲ ▼ which way it moved, ! inject, § council, → order",
    ]
    return " · ".join(parts)
