"""What is typed from a slip and fits nothing is refused in words that a reader of paper knows."""

from __future__ import annotations

import pytest

from exercise.desk import ControlDesk
from exercise.desk.answers import Desk
from exercise.desk.slips import refuse
from exercise.orders import Refusal
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create
from tests.scenarios import loaded


@pytest.fixture(scope="module")
def control() -> ControlDesk:
    made = ControlDesk(create(loaded("northern-strait"), MemoryJournal(salts=open_salts), seed=3))
    made.close_council()
    return made


def refused(desk: Desk, text: str) -> Refusal:
    choices = desk.choices()
    names = {name for choice in choices for targets in choice.targets for name in targets}
    given = refuse(desk, choices, text, names).given
    assert isinstance(given, Refusal), given
    return given


def test_an_order_about_nothing_that_is_known_is_answered_with_what_it_could_be(
    control: ControlDesk,
) -> None:
    given = refused(control.desk("dorvik"), "pledge norbrig")
    assert given.reason == "“norbrig” names nothing it could be about"
    assert given.remedy.startswith("such as: Pledge ")
    assert "Strait Flotilla" in given.remedy
    assert "aurland-" not in given.remedy  # names of the engine, and what is not this seat's
    bare = refused(control.desk("dorvik"), "pledge")
    assert bare.reason == "it does not say about what"


def test_a_word_that_begins_no_decision_is_answered_in_peoples_words(control: ControlDesk) -> None:
    given = refused(control.desk("dorvik"), "caveat flotilla")
    assert "set_caveat" not in given.remedy
    assert refused(control.desk("dorvik"), "pledeg flotilla").remedy.startswith("did you mean “P")


def test_when_slips_are_closed_it_says_that_and_nothing_of_the_words() -> None:
    control = ControlDesk(
        create(loaded("northern-strait"), MemoryJournal(salts=open_salts), seed=3)
    )
    control.close_council()
    control.resolve()
    desk = control.desk("dorvik")
    assert {refused(desk, text) for text in ("move next", "publish imag", "nonsense")} == {
        Refusal("orders are closed for this turn", "wait for the next turn")
    }


def test_a_position_that_nobody_took_cannot_be_taken_back() -> None:
    control = ControlDesk(
        create(loaded("northern-strait"), MemoryJournal(salts=open_salts), seed=3)
    )
    text = next(text for text in control.view().texts if text.state == "on the table")
    clause, desk = text.clauses[0].name, control.desk("dorvik")
    lifted = desk.draft(f"council.bracket_clause {clause} lift the bracket")
    assert lifted == Refusal("you hold no bracket there", "there is nothing to take back")
    for how in ("bracket", "lift the bracket"):
        given = desk.draft(f"council.bracket_clause {clause} {how}")
        assert not isinstance(given, Refusal), given
    withdrawn = desk.draft(f"council.object {text.name} withdraw the objection")
    assert withdrawn == Refusal("you do not object to it", "there is nothing to take back")
