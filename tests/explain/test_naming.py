"""What a sighting is called: what the viewer may see of it, and nothing where it may not."""

from __future__ import annotations

from exercise.engine.roster import SPARE
from exercise.explain.naming import named
from exercise.explain.why import cells_of, why
from exercise.scenario.facts import facts_of
from exercise.session import Session
from exercise.sight import PUBLIC_VIEW, WHITE_CELL, as_actor
from exercise.view import view_of


def test_a_sighting_is_called_by_what_it_is_about_who_made_it_and_its_grade(room: Session) -> None:
    record, roster = room.record, room.ruleset.roster
    told = 0
    for number in range(1, len(record.turns)):
        turn = record.turn(number)
        for actor in roster.of("ally"):
            viewer = as_actor(roster, actor)
            titles = named(record.catalog, viewer, turn).roster.titles["report"]
            for slot in (name for name in roster.of("report") if name.startswith(SPARE)):
                held = turn.after.value("intelligence.seen", (actor, slot))
                if held > 0.0:
                    told += 1
                    by = [a for a in roster.of("ally")
                          if turn.after.value("intelligence.origin", (slot, a))]  # fmt: skip
                    assert f"seen by {roster.title('ally', by[0])}" in titles[slot]
                elif turn.before.value("intelligence.seen", (actor, slot)) == 0.0:
                    assert titles[slot] == roster.titles["report"][slot]
            shown = [titles[name] for name in titles]
            assert len(set(shown)) == len(shown)
    assert told


def test_those_who_may_not_see_a_sighting_are_told_no_name_of_it(room: Session) -> None:
    record = room.record
    for viewer in (PUBLIC_VIEW, as_actor(room.ruleset.roster, "karsk")):
        for turn in record.turns:
            known = named(record.catalog, viewer, turn).roster.titles["report"]
            assert not any("seen by" in title for title in known.values())


def test_views_and_explanations_use_the_name(room: Session) -> None:
    record, facts = room.record, facts_of(room.exercise)
    texts, titles = [], []
    for number in range(1, len(record.turns)):
        turn = record.turn(number)
        texts += [s.text for s in view_of(record, WHITE_CELL, turn, facts).changed]
        for cell in cells_of(record, WHITE_CELL, number):
            if cell.startswith("intelligence.live[spare-"):
                titles.append(why(record, WHITE_CELL, cell, number).title)
    assert not any("Sighting" in text for text in texts)
    assert any("seen by" in title for title in titles)
