"""The whole of what a desk tells rests on nothing that its seat may not see.

Two exercises that agree on all that a seat may see give it the same bytes, whatever it asks:
where the exercise stands, views, explanations, choices, suggestions, drafts, refusals, the end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from functools import cache

import attrs
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercise.desk import ControlDesk, LocalDesk
from exercise.errors import UsageError
from exercise.explain.why import cells_of
from exercise.record import Record, cell_of
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from exercise.scenario.compile import Exercise
from exercise.session import Session
from exercise.sight import Viewer
from tests.hidden import another_turn, another_world, hidden_rows
from tests.scenarios import loaded

PEOPLE = ("dorvik", "gavria", "karsk")
LOOKERS = ("dorvik", "estmere", "karsk", "public")
OWN = {
    "dorvik": "host port-orm calder open", "karsk": "reserve", "estmere": "reserve",
    "public": "table pool",
}  # fmt: skip


@cache
def strait() -> Exercise:
    """Loaded once."""
    return loaded("northern-strait")


def everything(session: Session, seat: str, every: int = 61) -> bytes:
    """All that a seat's desk answers, as the bytes that would be sent."""
    desk = LocalDesk(session, seat)
    told: list[object] = [
        attrs.asdict(desk.standing()),
        attrs.asdict(desk.view()),
        attrs.asdict(desk.view(session.record.last.number)),
        [attrs.asdict(choice) for choice in desk.choices()],
        [attrs.asdict(proposal) for proposal in desk.suggestions()],
        [(attrs.asdict(order), says) for order, says in desk.drafted()],
        str(desk.draft("no such order")),
        str([desk.moves.told(), desk.notes.told(), desk.questions.told()]),
    ]
    ending = desk.ending()
    told.append(attrs.asdict(ending) if ending is not None else None)
    record, viewer = session.current(), session.seating.viewer(seat)
    for number in (None, len(session.record.turns) - 1):
        cells = cells_of(record, viewer, number)
        told += [cells, *(attrs.asdict(desk.why(cell, number)) for cell in cells[::every])]
    return json.dumps(told, ensure_ascii=False, default=dict).encode()


# hidden cells


def with_other_cells(
    session: Session, viewer: Viewer, seed: int, spared: Collection[str] = ()
) -> None:
    """Change every cell that the viewer may not see, in the turns that were and the one that is."""
    catalog, rng = session.record.catalog, np.random.default_rng(seed)
    keep = np.zeros(catalog.layout.size, dtype=bool)
    for name in catalog.fields:
        if name.startswith("scenario.") or name in spared:
            keep[catalog.layout.slots[name].rows] = True
    turn, under_way = session.record.last, session._turn
    changed = [another_turn(catalog, viewer, one, rng) for one in session.record.turns[1:]]
    if under_way is None:
        last = changed[-1]
        last.after.load(np.where(keep, turn.after.column(), last.after.column()))
    else:  # what is seen by now is told with what it was at the start of the turn before
        hidden = hidden_rows(catalog, viewer, under_way.world) & ~keep
        hidden &= hidden_rows(catalog, viewer, turn.after)
        before = another_world(catalog, turn.before, hidden, rng)
        after = another_world(catalog, turn.after, hidden, rng)
        changed[-1] = attrs.evolve(turn, before=before, after=after)
        under_way.world.load(another_world(catalog, under_way.world, hidden, rng).column())
    session.record = Record(catalog, [session.record.turns[0], *changed])
    session.version += 1


def played(turns: int, close: bool = False) -> Session:
    """A session of people and bots some turns in; each desk has an order of its own on its slip."""
    session = create(strait(), MemoryJournal(open_salts), seed=6, people=PEOPLE)
    for _ in range(turns):
        session.resolve()
        session.publish()
        session.open()
    if close and session.stage == "council":
        session.close_council()
    for seat in PEOPLE:
        if session.stage != "over":
            LocalDesk(session, seat).draft(OWN.get(seat, ""))
    return session


@pytest.mark.parametrize("seat", LOOKERS)
@pytest.mark.parametrize("close", [False, True])
def test_hidden_cells_leave_no_trace_at_a_desk(seat: str, close: bool) -> None:
    session = played(2, close)
    before = everything(session, seat)
    with_other_cells(session, session.seating.viewer(seat), seed=len(seat))
    assert everything(session, seat) == before


@pytest.mark.parametrize("seat", LOOKERS)
def test_the_end_tells_a_seat_the_outcome_and_nothing_else_that_is_hidden(seat: str) -> None:
    """What the end releases to all is the outcome and whether aims were met, not the state."""
    session = played(6)
    assert session.stage == "over"
    exercise = session.exercise
    conditions = [e.when for e in exercise.endings] + [g.met for g in exercise.goals]
    spared = {cell_of(cell)[0] for condition in conditions for cell in condition.reads}
    before, digest = everything(session, seat), session.record.last.after.digest()
    with_other_cells(session, session.seating.viewer(seat), 3, spared | {"measures.peak_level"})
    assert session.record.last.after.digest() != digest
    assert everything(session, seat) == before
    assert digest not in before.decode()
    ending = ControlDesk(session).ending()
    assert ending is not None
    assert ending.digest == session.record.last.after.digest()


# what others do, and what control prepares

Secret = Callable[[Session], object]


def _draft(session: Session) -> None:
    for text in ("host port-orm calder open", "share imagery dorvik full", "assess karsk 0.9"):
        ControlDesk(session).desk("gavria").draft(text, "quietly")


def _press(session: Session) -> None:
    """A council act that only two capitals know of."""
    if session.stage == "council":
        order = "press dorvik statement"
        ControlDesk(session).desk("gavria").draft(order)


def _hold(session: Session) -> None:
    if session.stage in ("council", "orders"):
        ControlDesk(session).cue("deal", "hold")


def _whisper(session: Session) -> None:
    LocalDesk(session, "gavria").say(("aurland",), "Quiet", "A secret.")
    LocalDesk(session, "gavria").moves.make("Call the admiral", known="control")


def _fill(session: Session) -> None:
    ControlDesk(session).fill("halden", "desk")


def _rule(session: Session) -> None:
    if session.stage == "review":
        for cell in ("deterrence.tension[strait]", "domestic.support[estmere]"):
            assert ControlDesk(session).rule(cell, "set", 0.9, "so it is") is None


SECRETS: tuple[Secret, ...] = (_draft, _hold, _whisper, _fill, _rule)


def stood(stage: str, secrets: Sequence[Secret]) -> Session:
    """An exercise in its second turn, with what is done in secret done before and after closing."""
    session = create(strait(), MemoryJournal(open_salts), seed=6, people=PEOPLE)
    session.resolve()
    session.publish()
    session.open()
    LocalDesk(session, "dorvik").draft(OWN["dorvik"])
    if stage != "council":
        session.close_council()
    for secret in secrets:
        secret(session)
    LocalDesk(session, "gavria").seal()
    if stage == "review":
        session.resolve()
        for secret in secrets:
            secret(session)
    return session


@cache
def unmoved(stage: str, seat: str) -> bytes:
    """What a seat is told where nothing is done in secret."""
    return everything(stood(stage, ()), seat)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["council", "orders", "review"]),
    st.lists(st.sampled_from(SECRETS), min_size=1, max_size=5),
)
def test_what_others_do_in_secret_leaves_no_trace_at_a_desk(
    stage: str, secrets: list[Secret]
) -> None:
    session = stood(stage, secrets)
    for seat in ("dorvik", "estmere", "karsk", "public"):
        assert everything(session, seat) == unmoved(stage, seat), (stage, seat)


@pytest.mark.parametrize("secret", SECRETS)
def test_control_is_told_of_each_of_these(secret: Secret) -> None:
    stages = ("council", "orders", "review")
    told = [ControlDesk(stood(stage, (secret,))).standing().version for stage in stages]
    assert told != [ControlDesk(stood(stage, ())).standing().version for stage in stages]


def test_a_ruling_is_seen_by_nobody_before_the_results_are_released() -> None:
    """Not even one on what no rule writes, which takes effect at the start of the turn."""
    sessions = [stood("review", ()), stood("review", (_rule,))]
    assert sessions[0].world.digest() != sessions[1].world.digest()
    assert everything(sessions[0], "estmere") == everything(sessions[1], "estmere")
    for session in sessions:
        session.publish()
        session.open()
    assert everything(sessions[0], "estmere") != everything(sessions[1], "estmere")


def test_a_council_act_known_to_two_is_not_counted_for_the_others() -> None:
    told = []
    for secrets in ((), (_press,)):
        session = stood("council", secrets)
        told.append([LocalDesk(session, seat).standing().round for seat in LOOKERS])
    assert told == [[1, 1, 0, 0]] * 2
    assert len(session.pending.rounds) > session.pending.table


# the version


def test_a_desks_version_moves_with_what_it_is_told() -> None:
    session = stood("council", ())
    desk, control = LocalDesk(session, "dorvik"), ControlDesk(session)
    seen = [desk.standing().version]

    def moved() -> bool:
        seen.append(desk.standing().version)
        return seen[-1] != seen[-2]

    assert not moved()
    session.say(attrs.evolve(_letter(session), to=("aurland",)))
    assert not moved()
    session.say(_letter(session))
    assert moved()
    desk.undraft(desk.drafted()[0][0].cell)
    assert moved()
    control.desk("karsk").seal()
    assert moved()
    control.desk("gavria").moves.make("Ask the king", known="control")
    assert not moved()
    control.desk("gavria").moves.make("Ask the press")
    assert moved()
    control.pause(True)
    assert moved()
    control.pause(False)
    assert moved()
    control.go_round()
    assert moved()
    control.close_council()
    assert moved()
    control.resolve()
    assert moved()
    control.rule("deterrence.tension[strait]", "set", 0.9, "so it is")
    assert not moved()
    control.publish()
    assert moved()
    assert LocalDesk(session, "dorvik").standing().version == seen[-1]


def _letter(session: Session):  # type: ignore[no-untyped-def]
    from exercise.record import Message

    return Message("letter", session.number, ("dorvik",), "press", "Late", "News.")


def test_a_seat_is_told_who_fills_it_and_control_who_fills_all() -> None:
    session = stood("orders", ())
    assert LocalDesk(session, "estmere").standing().filling == {"estmere": "bot"}
    assert ControlDesk(session).standing().filling["gavria"] == "person"
    with pytest.raises(UsageError):
        ControlDesk(session).fill("nobody", "bot")
