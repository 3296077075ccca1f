"""Whole exercises by piped conversations: control and two seats, each in a process of its own."""

from __future__ import annotations

import time
from pathlib import Path

from tests.plain.talker import PATIENCE, Piped, hosted, started


def has(said: list[str], *words: str) -> None:
    """What was said holds these words, each in some line."""
    for word in words:
        assert any(word in line for line in said), (word, said)


def number(said: list[str], words: str) -> str:
    """The number of the listed line that holds these words."""
    return next(line.partition(".")[0] for line in said if words in line and line[0].isdigit())


def told(talk: Piped, line: str, words: str) -> list[str]:
    """Type a line until these words are said: what is done elsewhere shows soon, not at once."""
    end = time.monotonic() + PATIENCE
    said = talk(line)
    while not any(words in one for one in said):
        assert time.monotonic() < end, (words, said)
        said = talk(line)
    return said


def test_an_exercise_with_councils_and_orders_is_played_by_pipes(tmp_path: Path) -> None:
    with hosted(tmp_path, "northern-strait", "dorvik", "fallow") as room:
        dorvik = room("join", room.codes["dorvik"], "--plain")
        fallow = room("join", room.codes["fallow"], "--plain", "--name", "Robin")
        control = room("control", room.codes["control"], "--plain")
        has(control("seats"), "Dorvik, written dorvik: played by a person at a terminal, "
            "1 terminal here.")  # fmt: skip

        has(dorvik("object statement object", "say fallow: What would you need?"),
            "Done in the council: Dorvik objects", "Sent to Fallow.")  # fmt: skip
        told(fallow, "news", "New from Dorvik: What would you need")
        has(fallow("inbox", "1", "reply A week."), "What would you need?", "Answered.")
        told(dorvik, "news", "New from Fallow: A week.")
        has(dorvik("news"), "Nothing new.")

        has(control("next"), "The exercise has begun: the clock runs.")
        has(control("next"), "The council is closed.")
        has(dorvik("wait orders", "pledge dorvik-fast-boats; they have to see us", "draft"),
            "Drafted: Pledge Strait Flotilla", "because they have to see us")  # fmt: skip
        has(dorvik("seal"), "Sealed with 1 order.")
        has(fallow("wait orders", "seal", "seal"), "Sealed with no orders.")
        told(control, "standing", "Sealed: Dorvik and Fallow.")
        has(control("next", "rule 2 add 0.1; the room said so"), "Results of turn 1")
        has(control("release"), "The results are released.")
        has(dorvik("wait turn 2", "changed 1", "why 1"), "The results of turn 1 are out.",
            "Turn 2 of 6 begins", "Causes:")  # fmt: skip

        has(control("end we have to leave"), "The exercise is over")
        has(fallow("wait over 60", "ending"), "The exercise is over")
        assert dorvik.leave() == [
            "The exercise is over; `ending` tells how.",
            "Left. What was drafted, sealed and said is kept.",
        ]
        assert (
            fallow.leave()
            == control.leave()
            == ["Left. What was drafted, sealed and said is kept."]
        )
    verified = started(tmp_path, "replay", "room.exercise", "--verify")
    assert verified.process.wait(PATIENCE) == 0


def test_a_discussion_is_played_by_pipes_to_its_hot_wash(tmp_path: Path) -> None:
    with hosted(tmp_path, "port-outage", "port-authority", "ministry") as room:
        port = room("join", room.codes["port-authority"], "--plain")
        ministry = room("join", room.codes["ministry"], "--plain")
        control = room("control", room.codes["control"], "--plain")
        watch = started(tmp_path, "join", room.codes["observer"], "--follow")
        room.here.append(watch)
        has(list(watch.until("Turn 1 of 4")), "Port Outage.")
        has(port("choices"), "Nothing is ordered in this exercise")
        has(port("attempt We cut the cables; to save the rest; they are ours"), "Said;")
        told(ministry, "moves", "We cut the cables")
        has(ministry("argue 1 against The cranes stop."), "Argued against.")
        told(control, "moves", "We cut the cables")
        has(control("weigh 1 likely; It holds.; Too late.", "roll 1"),
            "Weighed: 65 in 100, likely.", "Odds 65 in 100")  # fmt: skip
        has(control("inject port: A call; The press is on the line."), "A call has come.")
        told(port, "news", "New from Control: A call.")
        has(port(number(port("inbox"), "turn 1: A call.")), "The press is on the line.")

        for turn in range(1, 5):
            has(port(f"wait turn {turn}", "questions", "answer 1 We ask the police."),
                "Your answer is written down")  # fmt: skip
            has(ministry(f"wait turn {turn}", "ask May we tell the press?"), "Control reads")
            asked = told(control, "questions", "May we tell the press?")
            asked_as = number(asked, "May we tell the press?")
            has(control(f"answer {asked_as} Not yet."), "Answered; only who asked")
            control("next", "next", "next", "next")

        has(control("standing"), "The exercise is over.")
        has(control("hotwash"), "Hot wash", "We ask the police", "We cut the cables")
        has(ministry("wait over 60", "threads"), "Control")
        has(watch.leave(), "Turn 2 of 4", "The exercise is over")
        for one in (port, ministry, control):
            one.leave()
    verified = started(tmp_path, "replay", "room.exercise", "--verify")
    assert verified.process.wait(PATIENCE) == 0


def test_a_host_that_is_away_is_told_of_once_and_comes_back(tmp_path: Path) -> None:
    with hosted(tmp_path, "northern-strait", "dorvik") as room:
        dorvik = room("join", room.codes["dorvik"], "--plain")
        has(dorvik("pledge dorvik-fast-boats"), "Drafted: Pledge Strait Flotilla")
        room.crash()
        said = dorvik("wait 60", "standing", "say aurland: Are you there?", "pledge battalion")
        assert len([line for line in said if line.startswith("The host is away")]) == 1
        has(said, "Where things stand:", "Not done: The host is away")
        room.again()
        has(dorvik("wait 60", "draft"), "The host is back.", "1. Pledge Strait Flotilla")
        has(
            dorvik("say aurland: Are you there?", "seal"), "Sent to Aurland.", "Sealed with 1 order"
        )


def test_a_projector_follows_in_lines_and_nobody_else_does(tmp_path: Path) -> None:
    with hosted(tmp_path, "northern-strait", "dorvik") as room:
        wall = started(tmp_path, "display", room.codes["projector"], "--plain")
        room.here.append(wall)
        has(list(wall.until("Turn 1 of 6")), "EXERCISE", "Northern Strait.")
        control = room("control", room.codes["control"], "--plain")
        control("press The Herald: War of words", "next", "next", "next", "next", "end we leave")
        said = wall.leave()
        has(said, "New from The Herald: War of words.", "The results of turn 1 are out.",
            "Turn 2 of 6 begins", "The exercise is over.")  # fmt: skip
        assert not [line for line in said if "`" in line]
        for words, why in (
            (("display", room.codes["dorvik"], "--plain"), "that code is not a projector's"),
            (("control", room.codes["dorvik"], "--plain"), "that code is not control's"),
            (("join", room.codes["dorvik"], "--follow"), "a seat is not only followed"),
            (("join", "AAAA-AAAA", "--plain"), "that code opens nothing here"),
            (("join", "--plain"), "a code is needed to come in"),
        ):
            refused = started(tmp_path, *words)
            assert refused.process.wait(PATIENCE) == 2
            assert why in " ".join(refused.rest())


def test_a_game_against_bots_is_played_by_sealing(tmp_path: Path) -> None:
    game = started(
        tmp_path, "play", "northern-strait", "--seat", "dorvik", "--seed", "3", "--plain"
    )
    has(game("round", "pledge flotilla", "1", "seal"), "The others have spoken.",
        "Sealed with 1 order.", "The results of turn 1 are out.")  # fmt: skip
    has(game(*["seal"] * 10, "ending"), "The exercise is over", "6 turns were played.")
    assert game.leave() == ["Left. This game had no save, and is gone; --save FILE keeps one."]


def test_one_keyboard_for_the_room_acts_for_every_seat(tmp_path: Path) -> None:
    desk = started(tmp_path, "host", "port-outage", "--desk", "--plain", "--save", "b.exercise",
                   "--seed", "7")  # fmt: skip
    has(desk("seats"), "Ministry of Transport, written ministry: played by the desk.")
    has(desk("as ministry", "answer 1 We call.", "as control", "questions"),
        "Your answer is written down.", "Answered by Ministry of Transport")  # fmt: skip
    desk.leave()
