"""Orders asked why: who gave them and when, why as far as one may know, and what they took."""

from __future__ import annotations

import pytest

from exercise.desk import ControlDesk
from exercise.errors import UsageError
from exercise.orders import Order
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from exercise.scenario.compile import Exercise
from exercise.session import Session


@pytest.fixture
def open_session(strait: Exercise) -> Session:
    session = create(strait, MemoryJournal(salts=open_salts), seed=3)
    for seat in ("dorvik", "fallow"):
        session.seating.fill(seat, "person")
    return session


def told(control: ControlDesk, seat: str, cell: str, turn: int | None = None) -> list[str]:
    desk = control if seat == "control" else control.desk(seat)
    found = desk.why(cell, turn)
    assert found.kind == "order"
    assert found.rest is None
    return [found.title, *(term.says for term in found.terms)]


def given(control: ControlDesk, seat: str, line: str, reason: str = "") -> str:
    order = control.desk(seat).draft(line, reason)
    assert isinstance(order, Order), order
    return order.cell


def test_an_order_tells_who_gave_it_why_and_what_it_took(open_session: Session) -> None:
    control = ControlDesk(open_session)
    control.close_council()
    cell = given(control, "dorvik", "host port-orm calder close", "Our port is ours.")
    other = given(control, "dorvik", "train drill")
    assert control.desk("dorvik").seal() is None
    control.resolve()
    control.publish()
    title, who, why, cost = told(control, "dorvik", cell, 1)
    assert title == "Close Port Orm to forces of Calder"
    assert who == "Dorvik sealed it in turn 1."
    assert why == "Because: Our port is ours."
    assert cost == "It took: 0.25 staff, 0.02% of GDP."
    assert told(control, "control", cell, 1) == [title, who, why, cost]
    assert told(control, "dorvik", other, 1)[2] == "Nobody wrote down why."
    # an ally sees the order, not the reason; while the next turn is under way, too
    for turn in (1, 2, None):
        assert told(control, "fallow", cell, turn)[2] == "Why it did so is not disclosed to you."
    # what only its own delegation knows of is told to nobody else, like what was never ordered
    for hidden in (other, "interoperability.train[dorvik]", "forces.red_card[dorvik,coastal]"):
        with pytest.raises(UsageError, match="is not known here"):
            control.desk("fallow").why(hidden, 1)


def test_its_price_leads_to_the_purse_for_those_who_may_see_into_it(open_session: Session) -> None:
    control = ControlDesk(open_session)
    control.close_council()
    cell = given(control, "dorvik", "address on our values")
    control.desk("dorvik").seal()
    control.resolve()
    control.publish()
    for seat, open_to in (("dorvik", True), ("control", True), ("fallow", False)):
        desk = control if seat == "control" else control.desk(seat)
        sources = desk.why(cell, 1).terms[-1].sources
        assert bool(sources) == open_to
        for source in sources:
            assert desk.why(source.cell, 1).kind == "cell"


def test_acts_of_the_council_tell_of_their_turn_and_bots_of_their_formulas(
    open_session: Session,
) -> None:
    control = ControlDesk(open_session)
    act = given(control, "fallow", "bracket_clause statement-2 bracket", "We were not asked.")
    assert told(control, "fallow", act)[1] == "Fallow did it in the council of turn 1."
    assert told(control, "fallow", act)[2] == "Because: We were not asked."
    control.resolve()
    control.publish()
    assert told(control, "dorvik", act, 1)[1:3] == [
        "Fallow did it in the council of turn 1.", "Why it did so is not disclosed to you."
    ]  # fmt: skip
    bots = [c for c in open_session.record.turn(1).orders if "[aurland" in c]
    assert "Aurland's bot did it in turn 1" in told(control, "control", bots[0], 1)[1]
    acts = [c for r in open_session.record.turn(1).rounds for c in r if "[aurland" in c]
    assert "Aurland's bot did it in the council" in told(control, "control", acts[0], 1)[1]


def test_what_control_brought_in_is_controls_own(open_session: Session) -> None:
    control = ControlDesk(open_session)
    inject = next(e.id for e in control.msel.rows() if e.state in ("scheduled", "armed"))
    control.cue(inject, "hold")
    title, who = told(control, "control", f"scenario.cue[{inject}]")
    assert title.startswith("Hold ")
    assert who == "Control did it in turn 1."


def test_a_results_desk_knows_the_orders_it_holds(open_session: Session) -> None:
    control = ControlDesk(open_session)
    control.close_council()
    cell = given(control, "dorvik", "address on our values", "To hold them together.")
    control.desk("dorvik").seal()
    control.resolve()
    found = control.reviewed().why(cell)
    assert found.turn == 1
    assert "Because: To hold them together." in [term.says for term in found.terms]
