"""Talking: who reads what, rooms, statements, questions, who has read, and words taken back."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercise.desk import ControlDesk, LocalDesk
from exercise.orders import Refusal
from exercise.room.talk import TEXT, TITLE, TalkControl, TalkDesk
from exercise.save.journal import Journal, MemoryJournal
from exercise.save.store import Save
from exercise.saved import read, resume
from exercise.session import Session
from exercise.verified import Verified, verify
from tests.room.table import SEATS, next_turn, table


@pytest.fixture
def session() -> Session:
    return table()


def talk(session: Session, seat: str) -> TalkDesk:
    return LocalDesk(session, seat).talk


def control(session: Session) -> TalkControl:
    return ControlDesk(session).talk


def heard(session: Session, seat: str) -> list[tuple[str, str, str]]:
    """Thread, sender and text of all that a seat hears or said."""
    desk = talk(session, seat)
    return [
        (one.title, letter.sender, letter.text or letter.title)
        for one in desk.threads()
        for letter in desk.letters(one.name)
    ]


def words(session: Session, seat: str) -> set[str]:
    return {text for _, _, text in heard(session, seat)}


def shown(session: Session, seat: str) -> bytes:
    """All that talk shows a seat, and its inbox, to the byte."""
    desk = LocalDesk(session, seat)
    threads = desk.talk.threads()
    letters = [attrs.asdict(one) for name in threads for one in desk.talk.letters(name.name)]
    people = [attrs.asdict(one) for one in desk.talk.people()]
    inbox = [attrs.asdict(one) for one in desk.view().inbox]
    told = desk.talk.told()
    return json.dumps(
        [[attrs.asdict(t) for t in threads], letters, people, inbox, desk.talk.unread(), told]
    ).encode()


def name_of(session: Session, seat: str, text: str) -> str:
    desk = talk(session, seat)
    return next(
        one.name for thread in desk.threads() for one in desk.letters(thread.name)
        if text in (one.text, one.title)
    )  # fmt: skip


# who reads what


def test_a_letter_reaches_those_named_and_control_and_nobody_else(session: Session) -> None:
    assert talk(session, "aurland").say(("brennia", "karsk"), "", "Between three.") is None
    for seat in ("aurland", "brennia", "karsk", "control", "umpire"):
        assert "Between three." in words(session, seat), seat
    for seat in ("calder", "press", "public"):
        assert "Between three." not in words(session, seat), seat


def test_what_the_same_people_say_is_one_thread(session: Session) -> None:
    talk(session, "aurland").say(("brennia",), "", "One.")
    talk(session, "brennia").say(("aurland",), "", "Two.")
    talk(session, "aurland").say(("brennia", "calder"), "", "Three.")
    threads = {one.title: one.count for one in talk(session, "aurland").threads()}
    assert threads["Brennia"] == 2
    assert threads["Brennia, Calder"] == 1
    assert next(one.title for one in talk(session, "aurland").threads()) == "Brennia, Calder"
    assert {"Aurland": 2, "Aurland, Calder": 1}.items() <= {
        one.title: one.count for one in talk(session, "brennia").threads()
    }.items()


def test_a_statement_reaches_everybody_the_public_and_the_feed(session: Session) -> None:
    talk(session, "aurland").state("To our people", "Stay calm.")
    for seat in (*SEATS, "control", "umpire", "public"):
        feed = LocalDesk(session, seat).talk.feed()
        assert (feed[0].sender, feed[0].text) == ("Aurland", "Stay calm."), seat
        assert "Stay calm." in {m.text for m in LocalDesk(session, seat).view().inbox}


def test_allies_write_to_all_allies_and_others_may_not(session: Session) -> None:
    assert talk(session, "aurland").say(("allies",), "", "Among friends.") is None
    assert "Among friends." in words(session, "calder")
    assert "Among friends." not in words(session, "karsk")
    assert isinstance(talk(session, "karsk").say(("allies",), "", "Hello."), Refusal)
    assert "allies" not in {one.name for one in talk(session, "karsk").people()}


def test_words_go_out_while_the_exercise_is_paused(session: Session) -> None:
    session.paused = True
    assert talk(session, "aurland").say(("brennia",), "", "Still here.") is None
    assert "Still here." in words(session, "brennia")


def test_each_message_says_in_the_journal_to_whom_it_may_be_shown(session: Session) -> None:
    talk(session, "aurland").say(("brennia",), "", "a")
    talk(session, "aurland").say(("allies", "karsk"), "", "b")
    talk(session, "aurland").state("", "c")
    kept = [e.body["releasable"] for e in session.journal.read() if e.kind == "message"]
    assert kept == ["named", "allies", "public"]


def test_what_was_typed_lies_in_words_alone(session: Session) -> None:
    talk(session, "aurland").open_room("Backroom", ("brennia",))
    talk(session, "aurland").say_in("room:1", "Heading", "Sentence")
    control(session).speak("Minister Ø", ("aurland",), "Heading", "Sentence")
    for entry in session.journal.read():
        body = json.dumps(dict(entry.body))
        assert not any(word in body for word in ("Heading", "Sentence", "Minister", "Backroom"))


@pytest.mark.parametrize(
    ("to", "title", "text", "why"),
    [
        (("brennia",), "", "  ", "nothing to send"),
        (("brennia",), "t" * (TITLE + 1), "x", "201 characters, at most 200"),
        (("brennia",), "t", "x" * (TEXT + 1), "20,001 characters, at most 20,000"),
        (("nobody",), "t", "x", "no seat 'nobody'"),
        (("aurland",), "t", "x", "nobody would read it"),
        ((), "t", "x", "nobody would read it"),
        (("brennia",), "t", "\udcff", "not valid"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_words(
    session: Session, to: tuple[str, ...], title: str, text: str, why: str
) -> None:
    before = session.journal.head()
    refused = talk(session, "aurland").say(to, title, text)
    assert isinstance(refused, Refusal)
    assert why in refused.reason
    assert refused.remedy
    assert session.journal.head() == before


def test_a_text_of_the_greatest_length_is_kept_as_it_was_typed(session: Session) -> None:
    text = "\u202eא\x07" + "x" * (TEXT - 3)
    assert talk(session, "aurland").say(("brennia",), "t" * TITLE, text) is None
    assert text in words(session, "brennia")


def test_the_public_screen_says_nothing_and_nobody_speaks_after_the_end(session: Session) -> None:
    assert isinstance(talk(session, "public").state("", "Boo."), Refusal)
    session.end("enough")
    assert isinstance(talk(session, "aurland").state("", "Too late."), Refusal)


# rooms


def test_a_room_is_one_thread_of_its_members(session: Session) -> None:
    assert talk(session, "aurland").open_room("Northern three", ("brennia", "karsk")) is None
    talk(session, "karsk").say_in("room:1", "", "What do you want?")
    for seat in ("aurland", "brennia", "karsk", "control"):
        found = next(one for one in talk(session, seat).threads() if one.kind == "room")
        assert (found.title, found.count) == ("Northern three", 1)
    assert all(one.kind != "room" for one in talk(session, "calder").threads())
    assert isinstance(talk(session, "calder").say_in("room:1", "", "Hello?"), Refusal)


def test_who_comes_in_reads_what_is_said_from_then_on_and_who_leaves_no_more(
    session: Session,
) -> None:
    desk = talk(session, "aurland")
    desk.open_room("Talks", ("brennia",))
    desk.say_in("room:1", "", "Before.")
    assert desk.let_in("room:1", "calder") is None
    desk.say_in("room:1", "", "Between.")
    assert talk(session, "brennia").leave("room:1") is None
    desk.say_in("room:1", "", "After.")
    assert words(session, "calder") >= {"Between.", "After."}
    assert "Before." not in words(session, "calder")
    assert words(session, "brennia") >= {"Before.", "Between."}
    assert "After." not in words(session, "brennia")
    assert isinstance(talk(session, "brennia").say_in("room:1", "", "Wait"), Refusal)
    assert not next(o for o in talk(session, "brennia").threads() if o.kind == "room").open


def test_rooms_are_numbered_seat_by_seat_as_it_comes_into_them(session: Session) -> None:
    talk(session, "aurland").open_room("First", ("brennia",))
    talk(session, "aurland").open_room("Second", ("calder",))
    talk(session, "aurland").let_in("room:1", "calder")
    titles = {one.name: one.title for one in talk(session, "calder").threads()}
    assert (titles["room:1"], titles["room:2"]) == ("Second", "First")


@pytest.mark.parametrize("members", [(), ("aurland",), ("control",), ("nobody",)])
def test_a_room_wants_somebody_to_talk_to(session: Session, members: tuple[str, ...]) -> None:
    assert isinstance(talk(session, "aurland").open_room("Alone", members), Refusal)


# control


def test_a_question_is_answered_in_private(session: Session) -> None:
    talk(session, "aurland").ask("Fuel", "How much is left?")
    (asked,) = control(session).questions()
    assert (asked.sender, asked.waits) == ("Aurland", True)
    assert control(session).answer(asked.name, "Three weeks.") is None
    assert control(session).questions() == ()
    assert "Three weeks." in words(session, "aurland")
    assert "Three weeks." not in words(session, "brennia")
    thread = next(one for one in talk(session, "aurland").threads() if one.title == "Control")
    assert [letter.waits for letter in talk(session, "aurland").letters(thread.name)][-2:] == [
        False, False,
    ]  # fmt: skip


def test_an_answer_may_be_given_to_everybody(session: Session) -> None:
    talk(session, "aurland").ask("", "Is the bridge open?")
    (asked,) = control(session).questions()
    control(session).answer(asked.name, "The bridge is open.", everybody=True)
    assert "The bridge is open." in words(session, "karsk")
    assert control(session).questions() == ()


def test_control_speaks_as_anybody_and_is_answered_as_such(session: Session) -> None:
    control(session).speak("UN envoy", ("aurland", "brennia"), "Offer", "Shall we meet?")
    name = name_of(session, "aurland", "Shall we meet?")
    assert talk(session, "aurland").reply(name, "", "Gladly.") is None
    (thread,) = (one for one in talk(session, "aurland").threads() if "UN envoy" in one.title)
    assert [one.text for one in talk(session, "aurland").letters(thread.name)] == [
        "Shall we meet?", "Gladly.",
    ]  # fmt: skip
    assert "Gladly." in words(session, "brennia")
    assert "Control" not in thread.title
    back = name_of(session, "control", "Gladly.")
    assert control(session).reply(back, "", "Tomorrow, then.") is None
    sender = {text: who for _, who, text in heard(session, "brennia")}
    assert sender["Tomorrow, then."] == "UN envoy"


def test_nothing_tells_a_reader_that_control_spoke_for_a_seat(session: Session) -> None:
    control(session).speak("Brennia", ("aurland",), "", "Trust us.")
    forged = table()
    talk(forged, "brennia").say(("aurland",), "", "Trust us.")
    assert shown(session, "aurland") == shown(forged, "aurland")
    assert "Trust us." not in words(session, "brennia")


def test_who_answers_words_put_into_a_seats_mouth_answers_control(session: Session) -> None:
    control(session).speak("Brennia", ("aurland",), "", "Trust us.")
    talk(session, "aurland").reply(name_of(session, "aurland", "Trust us."), "", "Why?")
    assert "Why?" not in words(session, "brennia")
    assert ("Brennia", "Aurland", "Why?") in heard(session, "aurland")
    assert "Why?" in words(session, "control")


def test_the_media_feed_is_marked_by_outlet_and_read_by_everybody(session: Session) -> None:
    control(session).press("Evening Star", "Panic buying", "Shelves are empty.")
    talk(session, "karsk").state("", "We have nothing to do with it.")
    feed = [(one.sender, one.title or one.text) for one in talk(session, "press").feed()]
    assert feed == [
        ("Karsk", "We have nothing to do with it."),
        ("Evening Star", "Panic buying"),
        ("Morning Post", "Dark coast"),
    ]
    assert control(session).outlets()[0] == "Evening Star"
    assert isinstance(control(session).press(" ", "x", "y"), Refusal)


# who has read what


def test_who_opened_and_acknowledged_is_told_to_control_and_in_part_to_the_author(
    session: Session,
) -> None:
    talk(session, "aurland").say(("brennia", "calder"), "", "Read this.")
    assert name_of(session, "brennia", "Read this.") in talk(session, "brennia").unread()
    name = name_of(session, "brennia", "Read this.")
    talk(session, "brennia").read(name)
    assert name not in talk(session, "brennia").unread()
    before = shown(session, "aurland")
    talk(session, "calder").read(name_of(session, "calder", "Read this."))
    assert shown(session, "aurland") == before
    talk(session, "brennia").acknowledge(name)
    mine = talk(session, "aurland").letter(name_of(session, "aurland", "Read this."))
    assert mine is not None
    assert mine.acknowledged == ("Brennia",)
    theirs = talk(session, "calder").letter(name_of(session, "calder", "Read this."))
    assert theirs is not None
    assert theirs.acknowledged == ()
    receipts = control(session).receipts(name_of(session, "control", "Read this."))
    assert {one.seat: one.state for one in receipts} == {
        "brennia": "acknowledged", "calder": "opened",
    }  # fmt: skip


def test_an_inject_has_its_receipts_and_its_answers(session: Session) -> None:
    states = []
    for act in ("wait", "read", "acknowledge", "reply"):
        desk = talk(session, "aurland")
        if act in ("read", "acknowledge"):
            getattr(desk, act)("cut")
        elif act == "reply":
            assert desk.reply("cut", "", "On our way.") is None
        (one,) = control(session).receipts("cut")
        states.append(one.state)
    assert states == ["delivered", "opened", "acknowledged", "answered"]
    assert {one.title for one in talk(session, "aurland").threads()} >= {"Coast guard"}


def test_only_what_reached_a_seat_can_be_read_or_answered(session: Session) -> None:
    before = session.journal.head()
    desk = talk(session, "brennia")
    for act in (desk.read("cut"), desk.acknowledge("cut"), desk.reply("cut", "", "x"),
                desk.read("#1.9"), desk.withdraw("cut", "x")):  # fmt: skip
        assert isinstance(act, Refusal)
    assert session.journal.head() == before


# taken back


def test_withdrawn_words_leave_a_mark_wherever_they_were_shown(session: Session) -> None:
    talk(session, "aurland").say(("brennia",), "Convoy", "It sails at dawn.")
    next_turn(session)
    name = name_of(session, "aurland", "It sails at dawn.")
    assert talk(session, "aurland").withdraw(name, "wrong classification") is None
    for seat in ("aurland", "brennia", "control"):
        page = shown(session, seat).decode()
        assert "dawn" not in page
        assert "Convoy" not in page
        assert "withdrawn by its author: wrong classification" in page
    assert "classification" not in shown(session, "calder").decode()
    assert "dawn" not in str(session.record.last.messages)
    assert isinstance(verify(session.journal), Verified)
    assert all("dawn" not in m.text for m in read(session.journal).record.last.messages)
    assert isinstance(talk(session, "aurland").withdraw(name, "again"), Refusal)


def test_only_its_author_or_control_takes_words_back_and_says_why(session: Session) -> None:
    talk(session, "aurland").say(("brennia",), "", "Hm.")
    theirs = name_of(session, "brennia", "Hm.")
    assert isinstance(talk(session, "brennia").withdraw(theirs, "I dislike it"), Refusal)
    mine = name_of(session, "aurland", "Hm.")
    assert isinstance(talk(session, "aurland").withdraw(mine, " "), Refusal)
    assert control(session).withdraw(name_of(session, "control", "Hm."), "non-attribution") is None
    assert "withdrawn by Control: non-attribution" in shown(session, "brennia").decode()


def test_words_are_taken_back_after_the_end_too(session: Session) -> None:
    talk(session, "aurland").state("", "Oops.")
    next_turn(session)
    session.end("enough")
    assert talk(session, "aurland").withdraw(name_of(session, "aurland", "Oops."), "slip") is None
    assert b"Oops" not in shown(session, "karsk")


def test_a_withdrawn_question_waits_for_no_answer_and_a_rooms_name_goes_too(
    session: Session,
) -> None:
    talk(session, "aurland").ask("", "Secret question?")
    name = control(session).questions()[0].name
    control(session).withdraw(name, "not for here")
    assert control(session).questions() == ()
    talk(session, "aurland").open_room("Operation Lantern", ("brennia",))
    assert talk(session, "aurland").withdraw("room:1", "a code word") is None
    assert b"Lantern" not in shown(session, "brennia")


def test_nothing_of_withdrawn_words_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "table.exercise"
    with Save.create(path) as journal:
        session = table(journal)
        control(session).speak("Agent Zebra", ("aurland",), "Quince", "The marmalade is hidden.")
        next_turn(session)
        name = name_of(session, "control", "The marmalade is hidden.")
        control(session).withdraw(name, "too much")
    kept = path.read_bytes()
    for word in (b"Zebra", b"Quince", b"marmalade"):
        assert word not in kept
    with Save.open(path, write=False) as journal:
        assert isinstance(verify(journal), Verified)


# taken up again


def busy(session: Session) -> None:
    talk(session, "aurland").open_room("Talks", ("brennia",))
    talk(session, "brennia").say_in("room:1", "", "Here I am.")
    talk(session, "aurland").ask("Fuel", "How much?")
    next_turn(session)
    control(session).answer(control(session).questions()[0].name, "Little.")
    talk(session, "brennia").let_in("room:1", "calder")
    talk(session, "calder").say_in("room:1", "", "Thank you.")
    talk(session, "aurland").read(name_of(session, "aurland", "Thank you."))
    talk(session, "aurland").acknowledge(name_of(session, "aurland", "Here I am."))
    talk(session, "aurland").say(("karsk",), "A slip", "")
    talk(session, "aurland").withdraw(name_of(session, "aurland", "A slip"), "wrong seat")
    control(session).press("Evening Star", "Calm", "All is quiet.")


def test_all_of_it_is_there_when_an_exercise_is_taken_up_again() -> None:
    journal = MemoryJournal()
    session = table(journal)
    busy(session)
    again = resume(journal)
    for seat in (*SEATS, "control", "umpire", "public"):
        assert shown(again, seat) == shown(session, seat), seat
    next_turn(session)
    again = resume(journal)
    for seat in (*SEATS, "control"):
        assert shown(again, seat) == shown(session, seat), seat
    assert isinstance(verify(journal), Verified)


# non-interference

SAID = st.lists(
    st.tuples(
        st.sampled_from(["say", "room", "in", "ask", "answer", "read", "ack", "withdraw", "reply",
                         "let in", "leave", "as"]),
        st.sampled_from(["aurland", "brennia"]),
        st.integers(0, 3),
    ),
    max_size=12,
)  # fmt: skip


def whisper(session: Session, act: str, seat: str, n: int) -> None:
    """One thing that Aurland, Brennia and control do among themselves."""
    other = "brennia" if seat == "aurland" else "aurland"
    desk = talk(session, seat)
    letters = [
        one.name for thread in desk.threads() if thread.kind in ("room", "private")
        for one in desk.letters(thread.name)
    ] or ["#0.0"]  # fmt: skip
    name = letters[n % len(letters)]
    match act:
        case "say":
            desk.say((other,), "Quiet", f"A secret {n}.")
        case "room":
            desk.open_room(f"Hidden {n}", (other,))
        case "in":
            desk.say_in(f"room:{n}", "", "Within walls.")
        case "let in":
            desk.let_in(f"room:{n}", "umpire")
        case "leave":
            desk.leave(f"room:{n}")
        case "ask":
            desk.ask("", f"May we {n}?")
        case "answer" if control(session).questions():
            control(session).answer(control(session).questions()[0].name, "No.")
        case "read":
            desk.read(name)
        case "ack":
            desk.acknowledge(name)
        case "withdraw":
            desk.withdraw(name, "a slip")
        case "reply":
            desk.reply(name, "", "As you say.")
        case "as":
            control(session).speak("Calder", (seat,), "", f"Believe me {n}.")


@settings(max_examples=30, deadline=None)
@given(SAID, SAID)
def test_what_others_say_in_private_changes_no_byte_of_what_a_seat_sees(
    first: list[tuple[str, str, int]], second: list[tuple[str, str, int]]
) -> None:
    pages = []
    for whispered in ([], first, second):
        session = table()
        for act in whispered:
            whisper(session, *act)
        talk(session, "calder").say(("karsk",), "Loud", "Hear me.")
        talk(session, "karsk").open_room("Ours", ("calder", "press"))
        for act in whispered:
            whisper(session, *act)
        talk(session, "calder").say_in("room:1", "", "Between us.")
        talk(session, "aurland").state("", "Good morning.")
        control(session).say(("calder",), "", "A word.")
        pages.append([shown(session, seat) for seat in ("calder", "karsk", "press", "public")])
    assert pages[0] == pages[1] == pages[2]


def test_saves_of_before_are_read_as_they_were(session: Session) -> None:
    """Messages once carried a name made of seat, turn and digest, and no author."""
    journal: Journal = session.journal
    body = {"turn": 1, "name": "aurland-1-0a1b2c3d", "to": ["brennia"], "sender": "aurland",
            "method": "mail"}  # fmt: skip
    journal.append("message", body, words={"title": "Old", "text": "Words."})
    again = resume(journal)
    assert ("Brennia", "Aurland", "Words.") in heard(again, "aurland")
    assert ("Aurland", "Aurland", "Words.") in heard(again, "brennia")
