"""The hot wash tells of public words and of requests; what was withdrawn leaves its mark."""

from __future__ import annotations

from exercise.desk import ControlDesk, LocalDesk
from exercise.review.hotwash import hotwash_markdown
from exercise.save.journal import MemoryJournal
from exercise.saved import read
from exercise.sight import Viewer
from tests.room.table import next_turn, table


def test_statements_and_requests_are_told_and_withdrawn_ones_as_marks() -> None:
    journal = MemoryJournal()
    session = table(journal)
    aurland, karsk = LocalDesk(session, "aurland"), LocalDesk(session, "karsk")
    aurland.talk.state("Calm", "Nobody need worry.")
    karsk.talk.state("", "It was us.")
    aurland.talk.say(("brennia",), "", "Between us alone.")
    aurland.requests.ask(("brennia",), "Mines", "Who laid them?")
    next_turn(session)
    brennia, control = LocalDesk(session, "brennia").requests, ControlDesk(session).requests
    for step in (brennia.claim("R1"), brennia.draft("R1", "Karsk."), brennia.hand_on("R1"),
                 control.approve("R1"), control.release("R1")):  # fmt: skip
        assert step is None
    name = next(one.name for one in karsk.talk.feed() if one.mine)
    assert karsk.talk.withdraw(name, "misspoken") is None
    next_turn(session)
    page = hotwash_markdown(read(journal))
    assert "Calm: Nobody need worry." in page
    assert "withdrawn by its author: misspoken" in page
    assert "It was us" not in page
    assert "Who laid them?" in page
    assert "Turn 2: Karsk." in page
    assert "Between us alone." not in page
    other = hotwash_markdown(read(journal), Viewer("calder", "seat", "calder", True))
    assert "Nobody need worry." in other
    assert "Who laid them?" not in other
