"""Non-interference: what a viewer is shown depends on nothing that is hidden from it.

Two records that agree on all that is marked visible to a viewer give the same view and the same
explanations to the byte; terms tell nothing but what their sources are; bots and order forms see
with the same eyes as people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import attrs
import numpy as np
import pytest

from exercise.desk import LocalDesk
from exercise.engine.declare import ALLIED, CONTROL, PUBLIC, Own, Released
from exercise.engine.dice import Dice
from exercise.engine.exact import Array
from exercise.engine.ledger import LIMIT, Line, Posting
from exercise.engine.turn import Turn, begin
from exercise.engine.world import Slips
from exercise.errors import UsageError
from exercise.explain.why import _readable, cells_of, why
from exercise.eyes import unmanned
from exercise.orders import Refusal
from exercise.record import Catalog, Record, TurnRecord, sparse
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from exercise.scenario.compile import Exercise
from exercise.scenario.facts import facts_of
from exercise.session import Session
from exercise.sight import PUBLIC_VIEW, WHITE_CELL, Viewer, as_actor, mask, sees_order
from exercise.view import view_of
from tests.again import Replay, posting_like
from tests.hidden import another_column, another_turn, another_world, fields_only, hidden_rows
from tests.people import decisions_of, play_room

ALLIES = (
    "aurland", "brennia", "calder", "dorvik", "estmere", "fallow", "gavria", "halden",
)  # fmt: skip
SEATS = (*ALLIES, "karsk", "public", "press", "adviser")


def viewer_of(exercise: Exercise, name: str) -> Viewer:
    """Every kind of viewer: allies, the adversary, the public, seats without an actor."""
    if name == "public":
        return PUBLIC_VIEW
    if name in ("press", "adviser"):
        return Viewer(name, "seat", None, allied=name == "adviser")
    return as_actor(exercise.ruleset.roster, name)


def shown(record: Record, viewer: Viewer, number: int, exercise: Exercise) -> bytes:
    """A view as the bytes that would be sent."""
    view = view_of(record, viewer, record.turn(number), facts_of(exercise))
    return json.dumps(attrs.asdict(view), ensure_ascii=False).encode()


def explained(record: Record, viewer: Viewer, number: int, every: int) -> Iterator[str]:
    """Each explanation the viewer may ask for, as JSON with the words of its sources."""
    cells = cells_of(record, viewer, number)
    turn = record.turn(number)
    rows = np.flatnonzero(turn.after.column(0) != turn.before.column(0))
    moved = {turn.after.layout.label(int(row)) for row in rows}
    for cell in [c for c in cells if c in moved][::every] + cells[::97]:
        found = why(record, viewer, cell, number)
        sources = [s.to_data() for term in found.terms for s in term.sources]
        yield json.dumps([found.to_data(), sources], ensure_ascii=False)


@pytest.mark.parametrize("seat", SEATS)
def test_records_that_agree_on_what_is_visible_look_the_same(
    strait: Exercise, room: Session, seat: str
) -> None:
    record, viewer = room.record, viewer_of(strait, seat)
    rng = np.random.default_rng(len(seat) * 7 + ord(seat[0]))
    judged = (1, 4, len(record.turns) - 1)
    turns = [
        another_turn(record.catalog, viewer, turn, rng) if turn.number in judged else turn
        for turn in record.turns
    ]
    other = Record(record.catalog, turns)
    for number in judged:
        assert (turns[number].after.rows() != record.turn(number).after.rows()).any()
        assert shown(record, viewer, number, strait) == shown(other, viewer, number, strait)
        assert cells_of(record, viewer, number) == cells_of(other, viewer, number)
        every = 1 if seat in ("dorvik", "karsk") else 5
        told = zip(
            explained(record, viewer, number, every),
            explained(other, viewer, number, every),
            strict=True,
        )
        for one, two in told:
            assert one == two


def test_a_mark_that_is_wider_is_noticed(strait: Exercise, room: Session) -> None:
    """The test above can fail: with a hidden field made public the two records differ."""
    record, viewer = room.record, viewer_of(strait, "karsk")
    turn = record.turn(2)
    other = another_turn(record.catalog, viewer, turn, np.random.default_rng(1))
    field = record.catalog.fields["threat.shared_view"]
    wider = attrs.evolve(
        record.catalog,
        fields={**record.catalog.fields, field.name: attrs.evolve(field, seen=(PUBLIC,))},
    )
    one, two = Record(wider, [turn]), Record(wider, [other])
    facts = facts_of(strait)
    assert view_of(one, viewer, turn, facts) != view_of(two, viewer, other, facts)


# marks


@pytest.mark.parametrize("seat", SEATS)
def test_whether_a_cell_is_visible_depends_only_on_what_the_viewer_sees(
    strait: Exercise, room: Session, seat: str
) -> None:
    """With everything hidden changed, the same cells are visible."""
    catalog, after, viewer = room.record.catalog, room.record.last.after, viewer_of(strait, seat)
    hidden = hidden_rows(catalog, viewer, after)
    for seed in range(3):
        other = another_world(catalog, after, hidden, np.random.default_rng(seed))
        assert (hidden_rows(catalog, viewer, other) == hidden).all()


def test_each_kind_of_mark(strait: Exercise, room: Session) -> None:
    catalog, after = room.record.catalog, room.record.last.after
    fields = {mark: f for f in catalog.fields.values() for mark in f.seen}
    ally, foe = viewer_of(strait, "dorvik"), viewer_of(strait, "karsk")
    for mark, sees in ((PUBLIC, (ally, foe, PUBLIC_VIEW)), (ALLIED, (ally,)), (CONTROL, ())):
        field = attrs.evolve(fields[mark], seen=(mark,))
        for viewer in (ally, foe, PUBLIC_VIEW, WHITE_CELL):
            found = mask(viewer, field, after)
            whole = found is None or bool((found > 0.0).any())
            assert whole == (viewer in sees or viewer is WHITE_CELL), (mark, viewer)
    own = mask(ally, fields[Own("ally")], after)
    assert own is not None
    assert own.sum() == 1.0
    assert any(mark.kind == Released("").kind for mark in fields)


def test_a_seat_knows_its_own_orders_and_those_made_known(strait: Exercise, room: Session) -> None:
    catalog, after = room.record.catalog, room.record.last.after
    secret = next(d for d in catalog.decisions.values() if d.by == "ally" and not d.seen)
    public = next(d for d in catalog.decisions.values() if d.by == "ally" and PUBLIC in d.seen)
    first = tuple(0 for _ in secret.slip_axes)
    assert sees_order(viewer_of(strait, "aurland"), secret, first, after)
    assert not sees_order(viewer_of(strait, "dorvik"), secret, first, after)
    assert sees_order(WHITE_CELL, secret, first, after)
    assert sees_order(PUBLIC_VIEW, public, tuple(0 for _ in public.slip_axes), after)


# terms


def injects_aside(catalog: Catalog, hidden: Array) -> None:
    """Count as visible whether injects came: those who are told read it in a message."""
    for name, slot in catalog.layout.slots.items():
        if name.startswith("scenario."):
            hidden[slot.rows] = False


@pytest.mark.parametrize("seat", SEATS)
def test_a_term_tells_nothing_but_what_its_sources_are(
    strait: Exercise, room: Session, seat: str
) -> None:
    """With everything hidden changed before a step, what the viewer may read of it is as before.

    Terms that release something on purpose are left out, and so is what rests on a visible cell
    that the same step had changed because of something hidden.
    """
    viewer, catalog, wrong = viewer_of(strait, seat), room.record.catalog, set()
    rng = np.random.default_rng(11)
    every = 3 if seat in ALLIES[3:] or seat == "press" else 1
    for number in (2, 4):
        turn = room.record.turn(number)
        replay = Replay(strait.ruleset, turn, Dice.seeded(3, [0]), strait.ruleset.weeks_of(number))
        hidden = fields_only(catalog, hidden_rows(catalog, viewer, turn.after))
        injects_aside(catalog, hidden)
        for kept in replay.kept[SEATS.index(seat) % every :: every]:
            other = another_column(catalog, kept.world[:, 0], hidden, rng)
            found = replay.again(kept, cells=(hidden, other))
            moved: set[str] = set()
            for posting in kept.postings:
                still = attrs.evolve(posting, after=posting.before, lines=())
                again = posting_like(found, posting, kept) or still
                wrong |= _told(catalog, turn, viewer, posting, again, hidden, moved)
                slot = catalog.layout.slots[posting.field]
                open_to_all = ~hidden[slot.rows].reshape(slot.shape)
                if (again.after != posting.after)[open_to_all].any():
                    moved.add(posting.field)
    assert not wrong


def _told(
    catalog: Catalog,
    turn: TurnRecord,
    viewer: Viewer,
    posting: Posting,
    again: Posting,
    hidden: Array,
    moved: set[str],
) -> set[tuple[str, str]]:
    """Terms that the viewer may read, and that came out otherwise."""
    slot, wrong = catalog.layout.slots[posting.field], set()
    seen = ~hidden[slot.rows].reshape(slot.shape)
    for line, one, two in _pairs(posting, again):
        if line.seen is not None or line.name == LIMIT or moved & {o.name for o in line.of}:
            continue
        for spot in map(tuple, np.argwhere(one != two)):
            where = spot[: len(slot.shape)]
            joined = {a: catalog.roster.of(a)[int(k)] for a, k in zip(line.axes, spot, strict=True)}
            # What is the whole of a visible change tells no more than the change.
            whole = one[spot] in (0.0, (posting.after - posting.before)[where])
            whole = whole and two[spot] in (0.0, (again.after - again.before)[where])
            if not seen[where] or whole:
                continue
            if _readable(catalog, turn, viewer, line, joined, posting):
                wrong.add((posting.field, line.name))
    return wrong


def _pairs(posting: Posting, again: Posting) -> Iterator[tuple[Line, Array, Array]]:
    """Each line of either posting, with its amounts in both; a line of nothing is not kept."""
    for first, second, swapped in ((posting, again, False), (again, posting, True)):
        count: dict[str, int] = {}
        for line in first.lines:
            place = count[line.name] = count.get(line.name, -1) + 1
            twins = [o for o in second.lines if o.name == line.name and o.axes == line.axes]
            if twins and swapped:
                continue
            other = twins[place].amounts if place < len(twins) else np.zeros(line.amounts.shape)
            yield (line, other, line.amounts) if swapped else (line, line.amounts, other)


# bots and order forms


def council_turn(session: Session) -> Turn:
    """A turn with its agenda set and one round gone by."""
    turn = begin(session.ruleset, session.record.last.after, session.dice)
    turn.open()
    absent = session.actors
    turn.council(unmanned(turn, empty(session), "council", absent))
    return turn


def empty(session: Session) -> Slips:
    return Slips.empty(session.ruleset.slip_layout, 1)


@pytest.fixture(scope="module")
def under_way(strait: Exercise) -> Session:
    """A session in its third turn, in council, with people in three seats."""
    return play_room(strait, seed=6, turns=2)


@pytest.mark.parametrize("actor", [*ALLIES, "karsk"])
def test_nothing_hidden_from_a_bot_alters_its_orders(under_way: Session, actor: str) -> None:
    session = under_way
    viewer = as_actor(session.ruleset.roster, actor)
    catalog = session.record.catalog
    for stage in ("council", "orders"):
        turn = council_turn(session)
        turn.stage = stage
        first = sparse(unmanned(turn, empty(session), stage, (actor,)))
        hidden = hidden_rows(catalog, viewer, turn.world)
        assert hidden.any()
        for seed in range(8):
            rng = np.random.default_rng(seed)
            turn.world.load(another_world(catalog, turn.world, hidden, rng).column())
            assert sparse(unmanned(turn, empty(session), stage, (actor,))) == first, stage
        together = sparse(unmanned(turn, empty(session), stage, session.actors))
        mine = {cell: value for cell, value in together.items() if f"[{actor}" in cell}
        assert mine == first


@pytest.mark.parametrize("seat", ["dorvik", "gavria", "karsk"])
def test_nothing_hidden_from_a_seat_alters_its_desk(strait: Exercise, seat: str) -> None:
    """Choices with their targets, suggestions, drafts and refusals, stage by stage."""
    session = play_room(strait, seed=6, turns=2)
    viewer = as_actor(session.ruleset.roster, seat)
    desk = LocalDesk(session, seat)
    for stage in ("council", "orders"):
        if stage == "orders":
            session.close_council()
        before = at_the_desk(session, desk, seat)
        turn = session._turn
        assert turn is not None
        hidden = hidden_rows(session.record.catalog, viewer, turn.world)
        injects_aside(session.record.catalog, hidden)
        for seed in range(3):
            rng = np.random.default_rng(seed)
            other = another_world(session.record.catalog, turn.world, hidden, rng)
            turn.world.load(other.column())
            assert at_the_desk(session, desk, seat) == before


def at_the_desk(session: Session, desk: LocalDesk, seat: str) -> bytes:
    """All that a desk answers without anything being decided."""
    asked = []
    for decision in decisions_of(session, seat, "orders"):
        for axis_names in zip(
            *(session.ruleset.roster.of(a)[:4] for a in decision.axes), strict=False
        ):
            level = next(iter(decision.levels), "0.5")
            answer = desk.draft(" ".join((decision.name, *axis_names, level)))
            if isinstance(answer, Refusal):
                asked.append([decision.name, axis_names, str(answer)])
            else:
                asked.append([decision.name, axis_names, answer.cell])
                desk.undraft(answer.cell)
    choices = [attrs.asdict(choice) for choice in desk.choices()]
    suggested = [attrs.asdict(proposal) for proposal in desk.suggestions()]
    view = attrs.asdict(desk.view())
    return json.dumps([asked, choices, suggested, view], ensure_ascii=False).encode()


def test_what_is_told_to_some_is_not_numbered_by_what_is_told_to_others(strait: Exercise) -> None:
    """Messages between others leave no trace in the names or numbers of a seat's own."""
    told = []
    for others in (0, 3):
        session = create(
            strait, MemoryJournal(salts=open_salts), seed=1, people=("dorvik", "gavria", "karsk")
        )
        for _ in range(others):
            LocalDesk(session, "gavria").say(("aurland",), "Quiet", "A secret.")
        LocalDesk(session, "dorvik").say(("all",), "Loud", "Hear, hear.")
        inbox = LocalDesk(session, "karsk").view().inbox
        told.append([attrs.asdict(m) for m in inbox])
    assert told[0] == told[1]


def test_a_seat_is_not_told_the_names_of_reports_it_has_not_been_shown(
    strait: Exercise, room: Session
) -> None:
    """Neither by a refusal, nor by the difference between what is hidden and what is not there."""
    session = create(strait, MemoryJournal(salts=open_salts), seed=1, people=("estmere",))
    desk = LocalDesk(session, "estmere")
    hidden = [name for name in strait.scenario.reports if name not in ("gas-stop",)]
    told = [str(desk.draft(text)) for text in ("share", "share imager fallow full", "publish")]
    assert not any(name in answer for name in hidden for answer in told)
    real, none = (str(desk.draft(f"share {name} fallow full")) for name in ("imagery", "nothing"))
    assert real.replace("imagery", "nothing") == none
    viewer = viewer_of(strait, "fallow")
    for names in ("gas-stop", "no-such-thing"):
        with pytest.raises(UsageError) as refused:
            why(room.record, viewer, f"intelligence.severity[{names}]", 1)
        told = f"intelligence.severity[{names}] is not disclosed to fallow"
        assert str(refused.value).startswith(told)
