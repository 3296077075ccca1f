"""What control says line by line: through the turn, injects, rulings, seats, words as anybody."""

from __future__ import annotations

import pytest

from exercise.plain.white import paper_lines
from exercise.scenario.compile import Exercise
from exercise.session import Session
from tests.plain.talker import control, new_session, seat
from tests.plain.test_conversation import has, number


@pytest.fixture
def session(strait: Exercise) -> Session:
    """A room of one's own."""
    return new_session(strait)


def test_next_goes_through_the_turn(session: Session) -> None:
    white = control(session)
    has(white("next"), "The council is closed.", "Orders can be sealed.")
    has(white("next"), "Results of turn 1, read by you alone:", "results are with control")
    has(white("next"), "The results are released.", "The results of turn 1 are out.",
        "Turn 2 of 6 begins")  # fmt: skip
    assert white("close", "close")[-1].startswith("Not done: Not now: orders are written")
    has(white("release", "results", "mind"), "Not done: Not now:")


def test_a_result_is_asked_about_and_ruled_on(session: Session) -> None:
    white = control(session)
    said = white("next", "resolve")
    place = (
        number(said, "Public support in") if any("Public support in" in x for x in said) else "1"
    )
    has(white(place), "Causes:")
    has(white("rule domestic.support[dorvik] add -0.1; the room said so"),
        "Ruled on domestic.support[dorvik]; the turn was resolved anew")  # fmt: skip
    assert session.pending.rulings[0].reason == "the room said so"
    has(white("rule threat.shared_view add 0.1; because"), "rule on one of these:",
        "A number applies add 0.1")  # fmt: skip
    has(white("1"), "Ruled on")
    has(white("rule 1", "rule 1 add x; y", "rule 1 add 0.1", "rule no.cell add 1; z"),
        "A ruling names a result", "needs a reason", "Not done:")  # fmt: skip


def test_injects_are_listed_fired_held_and_moved(session: Session) -> None:
    white, dorvik = control(session), seat(session, "dorvik")
    listed = white("events")
    place = number(listed, "Karsk boards a merchant ship")
    has(white(f"hold {place}", "events"), "held", "Held, D")
    has(white(f"free {place}", f"postpone {place} 3", "postpone all 1"), "no longer held",
        "Moved by 3 days.", "Moved by 1 day.")  # fmt: skip
    has(white(f"events {place}", "1"), "Fire it now.", "fired")
    has(white("events", f"fire {place}"), "It has come already")
    has(white("inject dorvik: A call; The press is on the line."), "A call has come.")
    has(dorvik("inbox"), "A call")
    has(white("inject dorvik: Later; ...; D+9", "inject nobody: x"), "Later comes on D+9.",
        "nobody called 'nobody'")  # fmt: skip
    assert any(row.told.when == "D+9" for row in white.talk.white.msel.rows())


def test_control_speaks_as_anybody_and_answers(session: Session) -> None:
    white, dorvik = control(session), seat(session, "dorvik")
    has(white("speak The minister of Gavria to dorvik: Call me.", "press The Herald: War of words"),
        "Said as The minister of Gavria to Dorvik.", "Everybody reads it.")  # fmt: skip
    has(dorvik("", "ask May we?"), "New from The minister of Gavria: Call me.",
        "New from The Herald: War of words")  # fmt: skip
    asked = white("questions")
    has(white(f"answer {number(asked, 'May we?')} Yes."), "Answered; only who asked reads it.")
    has(dorvik(""), "New from Control: Yes.")
    has(white("speak x", "press y"), "does not say who speaks", "names its outlet")


def test_control_acts_for_a_seat_and_comes_back(session: Session) -> None:
    white = control(session)
    has(
        white("as fallow", "pledge", "1", "seal"), "You act for Fallow", "Drafted: Pledge", "Sealed"
    )
    has(white("fire 1"), "There is no command 'fire'")
    assert white.talk.kind == "seat"
    has(white("as control", "seats"), "You are control again.", "Fallow, written fallow: played by "
        "a person at a terminal, sealed.")  # fmt: skip
    has(white("as nowhere"), "There is no seat 'nowhere'; seats:")


def test_codes_are_issued_one_by_one_and_doors_locked(session: Session) -> None:
    white = control(session)
    has(white("codes"), "Dorvik, written dorvik, seat: no code yet")
    has(white("codes dorvik"), "Dorvik, written dorvik: the code is ")
    has(white("codes", "lock dorvik", "codes"), "seat: issued", "opens nothing", "issued, locked")
    has(white("unlock dorvik", "lock nobody"), "opens its desk again", "no seat or role 'nobody'")


def test_seats_change_hands(session: Session) -> None:
    white = control(session)
    has(white("fill fallow bot", "fill gavria desk", "fill dorvik ghost"), "by a bot from now on",
        "by the desk from now on", "plays no seat")  # fmt: skip
    assert session.seating.filling["fallow"] == "bot"


def test_pause_stop_and_end(session: Session) -> None:
    white, dorvik = control(session), seat(session, "dorvik")
    has(white("pause"), "The exercise is frozen; messages still go out.")
    has(dorvik("", "pledge flot"), "The exercise is frozen", "Not done: The exercise is frozen")
    has(white("resume"), "It goes on.")
    has(white("stop", "2"), "STOP. This is no part of the exercise.", "It goes on.")
    has(white("end", "stop", "1"), "needs a reason", "The exercise is over")
    has(white("ending", "hotwash"), "turns were played", "Hot wash")
    assert session.stage == "over"


def test_a_turn_is_rolled_back_and_the_plan_is_changed(session: Session) -> None:
    white = control(session)
    white("next", "next", "next")
    has(white("turns", "turns 4 lasts 5", "turns 3 skip", "turns 3 insert 7", "turns 1 skip"),
        "Turn 2, now", "Turn 4 lasts 5 days.", "is left out", "is put in",
        "has been played")  # fmt: skip
    has(
        white("rollback 1 we misheard", "rollback"),
        "Turn 1 is played again",
        "the line that counts",
    )
    assert session.number == 1


def test_moves_are_weighed_and_rolled(session: Session) -> None:
    white, dorvik = control(session), seat(session, "dorvik")
    dorvik("attempt We send divers; to look; they are there")
    has(white("", "moves", "1"), "Dorvik attempts: We send divers", "It has not been weighed.")
    has(white("weigh 1 likely; They see it.; They do not.; deterrence.tension[strait] +0.1"),
        "Weighed: 65 in 100, likely.")  # fmt: skip
    has(white("moves 1", "roll 1", "roll 1"), "On success: They see it.; deterrence.tension",
        "Odds 65 in 100", "Not done:")  # fmt: skip
    dorvik("attempt We wait")
    has(white("consult 2", "weigh 2 maybe", "refuse 2 no such boats"), "its seat is told why",
        "A second umpire sees what control sees", "is no odds")  # fmt: skip


def test_what_a_seat_does_not_know_is_listed(session: Session) -> None:
    white = control(session)
    white("next", "next", "next")
    has(white("compare dorvik"), "Changed, and not disclosed to Dorvik:")


def test_the_hot_wash_is_read_without_signs(session: Session) -> None:
    white = control(session)
    white("next", "next", "next")
    lines = list(paper_lines(session_paper(white)))
    assert lines
    assert not [line for line in lines if line[:1] in "▲▼✓§→|#*\\"]


def session_paper(white):  # type: ignore[no-untyped-def]
    """The hot wash of a conversation's room."""
    return white.talk.white.washed()


# the council and the clock


def test_the_council_is_led_in_writing(session: Session) -> None:
    white, dorvik = control(session), seat(session, "dorvik")
    listed = white("council")
    place = number(listed, "Statement on free passage")
    has(white(f"silence {place} 30", f"sum {place} Clause 2 divides us."),
        "Silence runs for 30 minutes.", "All allies read it.")  # fmt: skip
    has(dorvik(""), "under silence", "Control summed up")
    place = number(dorvik("council"), "Statement on free passage")
    has(dorvik(f"explain {place} We would rather wait.; a week; the navy disagrees"),
        "noted; the allies read all but the dissent".capitalize())  # fmt: skip
    has(
        dorvik(f"break {place} Clause 2 is too strong.; soften it"),
        "silence is broken".capitalize(),
    )
    has(white("", f"council {place}"), "Dorvik broke silence, turn 1: Clause 2 is too strong.")
    listed = dorvik("written")
    has(listed, "Dorvik broke silence", "Control summed up")
    mine, theirs = number(listed, "broke silence"), number(listed, "summed up")
    has(dorvik(f"written {mine}", f"written {theirs} not mine"), "Withdrawing needs a reason",
        "You did not write this")  # fmt: skip
    has(dorvik(f"written {mine} it was said in anger", "written"),
        "Its words are withdrawn; a mark stays.", "Control summed up")  # fmt: skip
    has(white("", f"council {place}"), "Dorvik broke silence, turn 1: its words were withdrawn")
    has(white("written 1 too long"), "Its words are withdrawn")
    has(dorvik("pledge flot", "considered 1 nothing at all; the navy", "round"),
        "Noted for your delegation and control alone.", "Only a chair")  # fmt: skip
    has(white("floor open"), "Everybody in the room may read the texts now.")
    from exercise.desk import LocalDesk
    from tests.plain.talker import Typing

    watch = Typing(LocalDesk(session, "public"), watches=True)
    has(watch("council", "1"), "Statement on free passage")


def test_the_clock_is_told_and_set(session: Session) -> None:
    now = ["2026-11-22T09:30:00Z"]
    session.clock = lambda: now[0]
    white = control(session)
    has(white("clock"), "D−21, ")
    white("next")
    settled = "clock warn 5 1 grace 2 closes"
    has(white("clock give orders 20", "clock add 5", "clock again", settled),
        "Orders has 20 minutes.", "5 minutes are added.", "Its time begins anew.",
        "The clock is settled so.")  # fmt: skip
    assert white.talk.desk.timing.clock().warnings == (300, 60)
    has(seat(session, "dorvik")("clock add 5"), "only control sets the clock".capitalize())
    has(white("clock give orders soon", "clock dance"), "is no number of minutes", "sets no clock")
