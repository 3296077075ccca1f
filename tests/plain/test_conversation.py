"""What a seat says line by line: looking, asking why, deciding, talking, attempting, answering."""

from __future__ import annotations

import pytest

from exercise.scenario.compile import Exercise
from exercise.session import Session
from tests.plain.talker import Typing, control, new_session, seat
from tests.scenarios import loaded


@pytest.fixture
def session(strait: Exercise) -> Session:
    """A room of one's own."""
    return new_session(strait)


def has(said: list[str], *words: str) -> None:
    """Each of these words stands in a line."""
    for word in words:
        assert any(word in line for line in said), (word, said)


def number(said: list[str], words: str) -> str:
    """The number of the listed line that holds these words."""
    return next(line.partition(".")[0] for line in said if words in line and line[0].isdigit())


# looking


def test_the_first_page_says_who_one_is(session: Session) -> None:
    has(seat(session, "dorvik")("who"), "EXERCISE", "You are Dorvik.", "You want: The strait",
        "You fear: Two masters", "Only you know: Your coast guard")  # fmt: skip


def test_where_things_stand_is_said_in_words(session: Session) -> None:
    said = seat(session, "dorvik")("standing")
    has(said, "Turn 1 of 6", "The council sits.", "Sealed: nobody.", "No orders drafted",
        "Public support in Dorvik, behind it")  # fmt: skip
    assert not [line for line in said if ", 0." in line]  # this scenario hides numbers from seats
    has(control(session)("standing"), "Public support in Dorvik, behind it, 0.")


def test_the_map_says_what_is_where(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    has(dorvik("map"), "Port Orm, place of Dorvik, your own", "way by sea")
    assert all("Orm" in line for line in dorvik("map orm")[1:-1])
    assert dorvik("map nowhere") == ["Nothing of that kind is on the map."]


def test_a_text_is_read_with_its_clauses_and_what_can_be_done(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    listed = dorvik("council")
    text = dorvik(number(listed, "Statement on free passage"))
    has(text, "by consensus", "Clause 1, stands: Ships of all flags", "To do: Object to")
    ways = dorvik(number(text, "To do: Object to"))
    assert ways == [
        "In which way?",
        "1. Object to “Statement on free passage”",
        "2. Withdraw your objection to “Statement on free passage”",
        "A number orders it.",
    ]
    has(dorvik("1"), "Done in the council: Dorvik objects")
    has(dorvik("council 1"), "Position: Dorvik objects")


# why


def test_why_goes_down_by_numbers_and_up_again(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    listed = dorvik("changed")
    top = dorvik(f"why {number(listed, 'is on the table')}")
    assert top[0] == "Whether “Statement on free passage” is on the table."
    deep = dorvik(number(top, "The order"))
    assert deep[0] == "Table “Statement on free passage”"
    has(deep, "An order, turn 1.", "Aurland's bot did it", "back goes up again")
    assert dorvik("back")[:2] == top[:2]
    has(dorvik("back"), "Not done: This is where you began to ask")


def test_why_asks_of_a_cell_by_name_and_says_what_is_not_disclosed(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    has(dorvik("why domestic.support[dorvik]"), "turn 1")
    has(dorvik("why domestic.capital[fallow]"), "Not done:", "not disclosed to dorvik")
    has(dorvik("why domestic.support[nobody]"), "Not done:", "known:")
    has(dorvik("why 99"), "Not done: Nothing was listed as 99")
    has(control(session)("why domestic.capital[fallow]"), "turn 1")


# deciding


def test_a_few_letters_are_an_order_and_a_semicolon_says_why(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    has(dorvik("pled flot; they have to see us"), "Drafted: Pledge Strait Flotilla")
    assert dorvik("draft") == [
        "Drafted, not sealed:",
        "1. Pledge Strait Flotilla to the alliance; because they have to see us.",
        "`undraft N` takes one off; `seal` seals them.",
    ]
    has(dorvik("undraft 1", "draft"), "Taken off: Pledge", "Nothing is drafted.")


def test_what_may_mean_several_orders_is_asked_about(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    said = dorvik("pledge")
    assert said[0] == "Which do you mean?"
    has(dorvik("2"), "Drafted: Pledge", "`because WORDS` adds why")
    has(dorvik("because we promised", "draft"), "Noted.", "because we promised")


def test_an_order_written_out_in_full_is_taken_as_it_is(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    line = session.suggested("dorvik", "orders")
    assert line
    for proposal in dorvik.talk.desk.suggestions():
        said = dorvik(proposal.line)
        assert said[0].startswith(("Drafted:", "Done in the council:")), (proposal.line, said)


def test_a_refused_order_says_why_and_what_would_help(session: Session) -> None:
    said = seat(session, "dorvik")("charter dorvik-fast-boats", "order", "order gibberish")
    assert all(line.startswith("Not done:") for line in said)
    has(said, "Task it first", "`choices` lists what is allowed now", "There is no decision")


def test_a_decision_is_chosen_by_numbers_down_to_the_order(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    listed = dorvik("choices alert")
    has(listed, "Change the alert of force; costs 0.5 staff; 2 ways now")
    has(dorvik(number(listed, "Change the alert")), "It costs 0.5 staff.", "Choose:")
    has(dorvik("1"), "In which way?")
    has(dorvik("1"), "Drafted: Raise the alert of")
    has(dorvik("choices strike", "1"), "not now:", "Not now: No council has mandated force there")


def test_sealing_and_withdrawing_the_seal(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    has(dorvik("unseal"), "Not done: Nothing is sealed")
    has(dorvik("pledge flot", "seal"), "Sealed with 1 order.", "`wait` waits for it")
    has(dorvik("undraft 1"), "Not done: Your orders are sealed")
    has(dorvik("unseal", "undraft 1", "seal", "seal"), "The seal is withdrawn", "Taken off",
        "Seal without any orders? `seal` again seals.",
        "Sealed with no orders.")  # fmt: skip


def test_an_empty_slip_is_sealed_only_when_asked_for_twice_in_a_row(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    has(
        dorvik("pledge", "seal"),
        "Which do you mean?",
        "Which you mean by 'pledge' was not said: it is not ordered. Seal without any orders?",
    )
    assert not session.pending.sealed
    has(dorvik("clock", "seal"), "Seal without any orders? `seal` again seals.")
    assert not session.pending.sealed
    has(dorvik("seal"), "Sealed with no orders.")


def test_an_order_that_was_not_finished_is_named_before_the_others_are_sealed(
    session: Session,
) -> None:
    dorvik = seat(session, "dorvik")
    has(
        dorvik("pledge flot", "pledge", "seal"),
        "by 'pledge' was not said",
        "`seal` again seals without it.",
    )
    has(dorvik("seal"), "Sealed with 1 order.")


# talking


def test_letters_go_out_come_in_and_are_answered(session: Session) -> None:
    dorvik, fallow = seat(session, "dorvik"), seat(session, "fallow")
    has(dorvik("say fal: What would you need?"), "Sent to Fallow.")
    came = fallow("inbox")
    has(came, "New from Dorvik: What would you need?")
    has(fallow(number(came, "Dorvik"), "noted", "reply A week."), "What would you need?",
        "Its author knows", "Answered.")  # fmt: skip
    has(dorvik("inbox", "1"), "New from Fallow: A week.", "From Fallow to Dorvik")
    has(dorvik("threads", "1", "1", "unsay it was meant otherwise"), "Conversations",
        "Its words are withdrawn")  # fmt: skip
    has(fallow("threads 1"), "withdrawn by its author: it was meant otherwise")


def test_a_letter_of_several_lines_ends_with_a_full_stop_or_the_input(session: Session) -> None:
    dorvik, fallow = seat(session, "dorvik"), seat(session, "fallow")
    has(dorvik("say fallow:", "First.", "", "Second.", "."), "Sent to Fallow.")
    has(dorvik("say fallow:", "Third."), "Sent to Fallow.")  # the input ended: nothing is lost
    texts = [letter.text for letter in fallow.talk.desk.view().inbox]
    assert "First.\n\nSecond." in texts
    assert "Third." in texts
    assert dorvik("say fallow:", ".")[-1] == "Left as it was."


def test_addressees_are_told_apart(session: Session) -> None:
    said = seat(session, "dorvik")("say a: Hello", "say nobody: Hello", "say Hello", "say fallow,:")
    has(said, "'a' could be aurland", "There is nobody called 'nobody'", "does not say to whom")


def test_private_rooms_open_and_speak_by_number(session: Session) -> None:
    dorvik, fallow = seat(session, "dorvik"), seat(session, "fallow")
    has(dorvik("room Escorts: fallow", "threads"), "The room Escorts is open",
        "Private room Escorts with Fallow")  # fmt: skip
    place = number(dorvik("threads"), "Escorts")
    has(dorvik(f"threads {place} Who goes first?"), "Said in Escorts")
    has(fallow("threads"), "Private room Escorts with Dorvik, 1 letter, 1 new")
    has(dorvik(f"admit {place} gavria", f"leave {place}"), "Gavria is in", "You have left Escorts")


def test_a_request_goes_from_hand_to_hand(session: Session) -> None:
    dorvik, fallow, white = seat(session, "dorvik"), seat(session, "fallow"), control(session)
    has(
        dorvik("request fallow, control: How deep is it?"), "The request is with Fallow and Control"
    )
    has(fallow("", "requests R1 claim", "requests R1 draft Forty metres.", "requests R1 hand on"),
        "Request R1 is open", "you have taken it up", "handed on for review")  # fmt: skip
    has(white("requests", "1", "1"), "under review", "Forty metres.", "the draft is passed")
    has(white("requests R1 release to allies"), "the answer is released")
    has(dorvik("", "requests", "1"), "Request R1 is released", "Forty metres.")
    has(dorvik("requests R1 dance", "requests R7"), "is no step of a request", "is no number")


# free words, questions, evaluators


def test_a_move_is_attempted_argued_and_retracted(session: Session) -> None:
    dorvik, fallow = seat(session, "dorvik"), seat(session, "fallow")
    has(dorvik("attempt We send divers; to look; they are there; allies"), "its own side may know")
    has(fallow("", "moves", "argue 1 for They are good.", "moves 1"),
        "Dorvik attempts: We send", "Argued for.", "For, Fallow: They are good.")  # fmt: skip
    has(dorvik("", "moves 1"), "Fallow argues for the move", "To this end: To look.")
    has(dorvik("retract 1 too cold", "argue 1 sideways x"), "The move is taken back",
        "An argument is for or against")  # fmt: skip
    has(fallow("erase 1 misspoken", "moves 1"), "The words are deleted", "Fallow: (withdrawn)")
    has(dorvik("erase 1", "erase 1 too much said", "moves 1"), "Not done: A reason is needed",
        "Dorvik, turn 1: (withdrawn)")  # fmt: skip
    assert seat(session, "karsk")("moves") == ["Nobody has attempted anything yet."]


def test_questions_are_answered_by_number() -> None:
    session = new_session(loaded("port-outage"), ("ministry",))
    ministry, white = seat(session, "ministry"), control(session)
    has(ministry("questions"), "not answered")
    has(ministry("answer 1 We call the police.", "questions", "1"), "Your answer is written down",
        "answered:", "We call the police.")  # fmt: skip
    has(white("questions"), "Answered by")
    has(white("answer 1 x"), "Not done: Seats answer that one; as SEAT")
    has(ministry("choices", "pledge x"), "Nothing is ordered in this exercise",
        "There is no command 'pledge'")  # fmt: skip


def test_an_evaluator_records_on_a_form(session: Session) -> None:
    notes = seat(session, "evaluator")
    has(notes("forms", "1"), "no evidence yet")
    has(notes("note 1; They asked late.; the log; M", "notes"), "performed with major challenges",
        "They asked late.")  # fmt: skip
    links = notes("links")
    place = number(links, "This moment")
    has(notes(f"note 2 about {place}; Quick.; seen; P", "unnote 2 a slip", "notes"), "Recorded",
        "Taken back", "taken back: a slip")  # fmt: skip
    has(notes("note 1; x; y; Q", "seal"), "is no rating", "There is no command 'seal'")


# playing on, news, and the end of input


def test_news_is_told_at_the_next_line_and_once(session: Session) -> None:
    dorvik, fallow = seat(session, "dorvik"), seat(session, "fallow")
    fallow("amend statement-2 soften", "object statement object", "seal", "seal")
    said = dorvik("")
    has(said, "“Statement on free passage”: Fallow softens", "Fallow has sealed.")
    assert not [line for line in said if "object" in line]  # the chair alone is told of it
    assert dorvik("") == ["Nothing new."]
    fallow("say dorvik: Late.", "unseal")
    assert dorvik("# a mark") == ["Fallow has withdrawn its seal.", "New from Fallow: Late.",
                                  "# a mark"]  # fmt: skip


def test_what_one_does_oneself_is_no_news(session: Session) -> None:
    dorvik: Typing = seat(session, "dorvik")
    said = dorvik("object statement object", "pledge flot", "seal", "attempt We wait", "news")
    assert said[-1] == "Nothing new."


def test_an_empty_line_leaves_a_question_as_it_was(session: Session) -> None:
    dorvik = seat(session, "dorvik")
    amount = next(c for c in dorvik.talk.desk.choices() if c.targets and not c.levels)
    from exercise.plain.deciding import how

    how(dorvik.talk, amount, amount.targets[0])
    assert dorvik("")[-1] == "Left as it was."


def test_a_stop_within_a_quotation_ends_the_sentence_and_a_coefficient_is_named_once(
    session: Session,
) -> None:
    from exercise.explain.why import Source
    from exercise.plain.asking import _from
    from exercise.plain.lines import full

    assert full("whether it brackets “Ships pass.”.") == "Whether it brackets “Ships pass.”"
    told = _from(Source("parameter", "", "coefficient 6 days: design judgement"))
    assert told == "coefficient 6 days: design judgement"


def test_a_band_that_has_not_changed_is_still_what_it_was() -> None:
    import attrs

    from exercise.plain.news import change_words
    from exercise.view import Sentence

    said = Sentence("Support fell", trend=-1, band="behind it")
    assert change_words(attrs.evolve(said, still=True), False) == "Support fell, still behind it"
    assert change_words(said, False) == "Support fell, now behind it"
