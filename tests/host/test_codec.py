"""Values of desks as data and back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exercise.desk import ControlDesk, LocalDesk
from exercise.desk.answers import Standing
from exercise.host.codec import CodecError, decode, encode
from exercise.host.surface import surface
from exercise.orders import Order, Refusal
from exercise.session import Session
from exercise.view import View
from tests.host.room import new_session


@pytest.fixture(scope="module")
def session() -> Session:
    return new_session()


def carried(value: object, kind: Any) -> Any:
    return decode(json.loads(json.dumps(encode(value))), kind)


@pytest.mark.parametrize(
    "question", ["standing", "view", "choices", "suggestions", "drafted", "ending"]
)
@pytest.mark.parametrize("seat", ["dorvik", "karsk", "control", "public"])
def test_what_a_desk_answers_comes_through_whole(
    session: Session, question: str, seat: str
) -> None:
    desk = ControlDesk(session) if seat == "control" else LocalDesk(session, seat)
    answer = getattr(desk, question)()
    assert carried(answer, surface(type(desk))[question].returns) == answer


def test_the_terminals_of_a_delegation_come_through_whole() -> None:
    session = new_session()
    body = {"pass": "dorvik", "terminal": "dorvik-1", "cookie": "00"}
    session.note("joined", body, {"person": "Ann"})
    answer = LocalDesk(session, "dorvik").delegation.places()
    assert answer
    assert carried(answer, surface(LocalDesk)["delegation.places"].returns) == answer


def test_an_explanation_comes_through_whole(session: Session) -> None:
    desk = LocalDesk(session, "dorvik")
    for gauge in desk.view().gauges:
        answer = desk.why(gauge.cell)
        assert carried(answer, surface(LocalDesk)["why"].returns) == answer


def test_a_value_of_several_kinds_is_read_as_what_it_was() -> None:
    refusal = Refusal("no", "ask")
    order = Order("forces.pledge", "dorvik", ("boats",), 1.0, "pledge", "why not")
    assert carried(refusal, Order | Refusal) == refusal
    assert carried(order, Order | Refusal) == order
    assert carried(None, Refusal | None) is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("3", int), (3, str), (True, int), ("1.5", float), ([1], tuple[str, ...]),
        ({"_": "Refusal", "reason": "a", "remedy": "b", "more": 1}, Refusal),
        ({"reason": "a", "remedy": "b"}, Refusal), ({"_": "Order"}, Refusal), ([], View),
        ({"_": "Standing"}, Standing), (5, None),
    ],
)  # fmt: skip
def test_what_is_not_of_the_kind_is_refused(data: Any, kind: Any) -> None:
    with pytest.raises(CodecError, match=r"is no|is not"):
        decode(data, kind if kind is not None else type(None))


def test_nothing_that_is_not_declared_can_be_asked() -> None:
    assert "_viewer" not in surface(LocalDesk)
    assert "desk" not in surface(ControlDesk)
    assert "access.issue" not in surface(LocalDesk)
    assert "access.issue" in surface(ControlDesk)


def test_arguments_are_checked() -> None:
    call = surface(LocalDesk)["draft"]
    assert call.read({"text": "pledge"}) == {"text": "pledge"}
    for wrong in ({}, {"text": 3}, {"text": "a", "self": 1}):
        with pytest.raises(CodecError):
            call.read(wrong)
