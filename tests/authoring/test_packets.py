"""Paper for a room: a delegation's holds nothing of another's; words on it are only words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exercise.authoring.packets import packet_of, write_packet
from exercise.errors import UsageError
from exercise.paper import Paper, Strong, items, markdown_text, para, to_html, to_markdown
from exercise.scenario.compile import Exercise
from exercise.scenario.load import load_text
from exercise.spoken import legible
from tests.scenarios import loaded


@pytest.fixture(scope="module")
def strait() -> Exercise:
    return loaded("northern-strait")


def test_no_seats_paper_holds_what_only_another_knows(strait: Exercise) -> None:
    secrets = {
        name: legible(actor.knows) for name, actor in strait.scenario.actors.items() if actor.knows
    }
    for seat, paper in packet_of(strait).seats.items():
        sheet = to_html(paper).replace("&#x27;", "'").replace("&quot;", '"')
        for owner, secret in secrets.items():
            assert (secret in sheet) == (owner == seat)


def test_no_seats_paper_holds_injects_objectives_or_reports_it_does_not_hold(
    strait: Exercise,
) -> None:
    scenario = strait.scenario
    for seat, paper in packet_of(strait).seats.items():
        page = to_markdown(paper)
        for inject in scenario.injects.values():
            assert markdown_text(inject.text) not in page
            assert not inject.background or markdown_text(inject.background) not in page
        for name, report in scenario.reports.items():
            holds = not report.at and seat in (report.origin, *report.to)
            assert (markdown_text(report.title) in page) == holds, name
        for goal in scenario.objectives.values():
            assert (markdown_text(goal.title) in page) == (goal.seat == seat)


def test_control_has_every_inject_card_in_order_of_days(strait: Exercise) -> None:
    page = to_markdown(packet_of(strait).control)
    for name, inject in strait.scenario.injects.items():
        assert f"`{name}`" in page
        assert markdown_text(inject.text) in page
    assert page.index("`notice`") < page.index("`cable`") < page.index("`protest`")


def test_every_seat_has_a_brief_and_a_slip_with_the_banner_on_each_page(
    strait: Exercise,
) -> None:
    for paper in packet_of(strait).seats.values():
        sheet = to_html(paper)
        assert sheet.count("class='page'") == 3
        assert sheet.count("class='banner'") == 3
        assert "Slip of" in sheet


def test_the_folder_keeps_controls_paper_apart(strait: Exercise, tmp_path: Path) -> None:
    written = write_packet(strait, tmp_path / "paper")
    seats = [path for path in written if path.parent.name == "seats"]
    assert len(seats) == 2 * len(packet_of(strait).seats)
    assert (tmp_path / "paper" / "control" / "print-all-seats.html").is_file()
    file = tmp_path / "a-file"
    file.write_text("here already")
    with pytest.raises(UsageError):
        write_packet(strait, file)


def test_hostile_words_are_harmless_on_paper() -> None:
    bad = "<img src=x onerror=alert(1)> [a](javascript:x) ![b](http://c.example/d) `e` \u202ef"
    exercise = load_text(
        f"title: {bad!r}\nsummary: s\nrules: none\nactors:\n"
        f"  a: {{name: {bad!r}, wants: {bad!r}}}\n"
        f"injects:\n  i: {{name: {bad!r}, text: {bad!r}, at: D+1}}\n"
    )
    packet = packet_of(exercise)
    for paper in (*packet.seats.values(), packet.control):
        sheet, page = to_html(paper), to_markdown(paper)
        assert "<img" not in sheet + page
        assert not re.search(r"(?<!\\)\]\(", page)
        assert "\u202e" not in sheet + page


@pytest.mark.parametrize("start", ["# x", "- x", "1. x", "> x", "| x", "+ x", "=== x"])
def test_a_line_cannot_begin_as_a_heading_a_list_or_a_table(start: str) -> None:
    paper = Paper("t", "b", (para(start), items([start])))
    assert f"\n{start}" not in to_markdown(paper)
    assert f"- {start}" not in to_markdown(paper)


def test_slips_of_a_discussion_are_for_answers_and_moves() -> None:
    page = to_markdown(packet_of(loaded("port-outage")).seats["ministry"])
    assert "Question / answer" in page
    assert "Why it should work" in page
    assert "may order" not in page


def test_bold_words_keep_their_space_on_paper() -> None:
    made = Paper("Cards", "EXERCISE", (para(Strong("Expected: "), "A common answer."),))
    assert "**Expected:** A common answer." in to_markdown(made)
    assert "<strong>Expected:</strong> A common answer." in to_html(made)


def test_injects_name_seats_and_objectives_as_people_know_them(strait: Exercise) -> None:
    page = to_markdown(packet_of(strait).control)
    assert "from Gavrian Imagery Centre to Gavria" in page
    assert "**Objective:** Share what you know in time" in page
    assert "1 days" not in to_markdown(packet_of(strait).seats["dorvik"])
