"""The hot wash: deterministic, cited, withdrawn words left out, hostile words harmless."""

from __future__ import annotations

import re

import pytest

from exercise.cli.headless import viewer_of
from exercise.desk import ControlDesk
from exercise.errors import UsageError
from exercise.orders import Order
from exercise.review.hotwash import WITHDRAWN, hotwash_html, hotwash_markdown
from exercise.room.msel import Text
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import Saved, create, read
from tests.scenarios import loaded

HOSTILE = "<script>alert(1)</script> [x](http://evil.example) | `rm` **bold** \x1b[2J"


@pytest.fixture(scope="module")
def played() -> tuple[Saved, MemoryJournal]:
    """Two turns, Dorvik and Fallow at the desk; Fallow never seals; control rules once."""
    journal = MemoryJournal(salts=open_salts)
    control = ControlDesk(
        create(loaded("northern-strait"), journal, seed=3, desk=("dorvik", "fallow"))
    )
    for turn in (1, 2):
        control.close_council()
        desk = control.desk("dorvik")
        if turn == 1:
            given = desk.draft("host port-orm aurland open", reason=HOSTILE)
            assert isinstance(given, Order)
        assert desk.seal() is None
        control.resolve()
        if turn == 2:
            refused = control.rule("domestic.support[dorvik]", "add", 0.05, "a good speech")
            assert refused is None
        control.publish()
    control.end("the clock")
    return read(journal), journal


def test_each_turn_is_told_with_what_it_rests_on(played: tuple[Saved, MemoryJournal]) -> None:
    page = hotwash_markdown(played[0])
    assert "### Turn 1" in page
    assert "### Turn 2" in page
    assert "`inject notice`" in page
    assert "`logistics.host[dorvik,port-orm,aurland]`" in page


def test_objectives_are_met_or_not_in_the_scenarios_words(
    played: tuple[Saved, MemoryJournal],
) -> None:
    page, facts = hotwash_markdown(played[0]), played[0].facts
    for name, goal in facts["objectives"].items():
        assert f"objective {name}" in page
        assert (goal["strength"] in page) != (goal["improve"] in page)


def test_it_says_who_sealed_who_sealed_empty_and_who_was_defaulted(
    played: tuple[Saved, MemoryJournal],
) -> None:
    page = hotwash_markdown(played[0])
    assert "Dorvik, at the desk: sealed turn 1 (1); sealed empty turn 2." in page
    assert "Fallow, at the desk: defaulted, its bot deciding, turn 1, turn 2." in page
    assert "**Participant 1**" in page


def test_rulings_have_their_reasons_and_are_for_control_alone(
    played: tuple[Saved, MemoryJournal],
) -> None:
    saved, _ = played
    assert "because: a good speech" in hotwash_markdown(saved)
    assert "a good speech" not in hotwash_markdown(saved, viewer_of(saved, "fallow"))


def test_a_seats_page_holds_no_other_seats_reasons_or_objectives(
    played: tuple[Saved, MemoryJournal],
) -> None:
    saved, _ = played
    page = hotwash_markdown(saved, viewer_of(saved, "fallow"))
    assert "alert" not in page
    assert "own-port" not in page


def test_typed_words_are_harmless_in_both_forms(played: tuple[Saved, MemoryJournal]) -> None:
    page, sheet = hotwash_markdown(played[0]), hotwash_html(played[0])
    assert "<script>alert" not in page
    assert not re.search(r"(?<!\\)\]\(", page)
    assert "\x1b" not in page + sheet
    assert "<script" not in sheet
    assert "&lt;script&gt;" in sheet


def test_the_html_asks_for_nothing_from_outside(played: tuple[Saved, MemoryJournal]) -> None:
    sheet = hotwash_html(played[0])
    assert "src=" not in sheet
    assert "href=" not in sheet
    assert "@import" not in sheet
    assert "default-src 'none'" in sheet
    assert sheet.count(played[0].facts["banner"]) >= 1


def test_the_same_save_gives_the_same_page_with_its_head(
    played: tuple[Saved, MemoryJournal],
) -> None:
    saved, journal = played
    assert hotwash_html(saved) == hotwash_html(read(journal))
    assert journal.head() in hotwash_markdown(saved)


def test_withdrawn_words_are_gone_from_the_page(played: tuple[Saved, MemoryJournal]) -> None:
    _, journal = played
    entry = next(e for e in journal.read() if e.kind == "sealed" and e.words)
    journal.withdraw(entry.seq, next(iter(entry.words)), "control", "not for the record")
    page = hotwash_markdown(read(journal))
    assert "alert" not in page
    assert WITHDRAWN in page.replace("\\", "")


def test_an_inject_fired_or_held_by_hand_is_an_act_of_its_own_and_no_ruling() -> None:
    journal = MemoryJournal(salts=open_salts)
    control = ControlDesk(create(loaded("northern-strait"), journal, seed=3))
    control.cue("cable", "hold")
    control.cue("talks", "fire")
    control.resolve()
    control.publish()
    saved = read(journal)
    page = hotwash_markdown(saved)
    told = page.partition("Injects that control fired or held back")[2].partition("##")[0]
    assert "Turn 1: hold back “" in told
    assert "Turn 1: fire “" in told
    assert "`scenario.cue[cable]`" in told
    assert "Rulings of control" not in page
    assert "held back" not in hotwash_markdown(saved, viewer_of(saved, "dorvik"))


def test_before_the_end_it_names_no_ending_and_calls_no_objective_won_or_lost() -> None:
    journal = MemoryJournal(salts=open_salts)
    control = ControlDesk(create(loaded("northern-strait"), journal, seed=3))
    control.resolve()
    control.publish()
    saved = read(journal)
    page = hotwash_markdown(saved)
    assert "Still under way" in page
    assert "Objectives if it ended now" in page
    assert not any(outcome["title"] in page for outcome in saved.facts["outcomes"])
    for goal in saved.facts["objectives"].values():
        assert goal["strength"] not in page
        assert goal["improve"] not in page


def test_an_inject_that_control_wrote_during_play_is_told_of_to_whom_it_reached() -> None:
    journal = MemoryJournal(salts=open_salts)
    control = ControlDesk(create(loaded("port-outage"), journal, seed=3))
    told = Text("A crane driver is hurt", "He fell.", to=("port-authority",))
    written = control.msel.write(told)
    assert isinstance(written, str)
    assert control.msel.act(written, "fire") is None
    control.resolve()
    control.publish()
    saved = read(journal)
    assert "A crane driver is hurt (control wrote it during play)." in hotwash_markdown(saved)
    assert "A crane driver is hurt." in hotwash_markdown(saved, viewer_of(saved, "port-authority"))
    assert "crane driver" not in hotwash_markdown(saved, viewer_of(saved, "cyber-centre"))


def test_where_only_words_count_it_says_who_answered_and_nothing_of_slips() -> None:
    journal = MemoryJournal(salts=open_salts)
    control = ControlDesk(create(loaded("port-outage"), journal, seed=3, desk=("ministry",)))
    desk = control.desk("ministry")
    assert desk.questions.answer(desk.questions.open()[0].name, "We lead.") is None
    control.resolve()
    control.publish()
    page = hotwash_markdown(read(journal))
    assert "Who took part" in page
    assert "at the desk: 1 answer." in page
    assert "defaulted" not in page
    assert "its bot" not in page


def test_a_seat_is_named_as_people_call_it_too(played: tuple[Saved, MemoryJournal]) -> None:
    saved = played[0]
    assert viewer_of(saved, "Dorvik") == viewer_of(saved, "dorvik")
    assert viewer_of(saved, "Control").is_control
    with pytest.raises(UsageError, match="there is no seat 'norway'"):
        viewer_of(saved, "norway")
