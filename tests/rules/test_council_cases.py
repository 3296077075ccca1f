"""Numbered cases of council adjudication: each states its rule in our words, and plays it.

A. consensus   B. silence   C. votes   D. abstention and pressure   E. the chair
F. competence and change of forum   G. coalitions of the willing   H. what is bound
"""

from __future__ import annotations

import pytest

from exercise.engine.turn import begin
from exercise.eyes import Eyes
from exercise.rules.council import chair, decisions
from tests.rules.bench import Bench
from tests.rules.chamber import (
    ALLIES,
    adopted,
    chamber,
    declared,
    forum,
    putting,
    tabled,
    text,
)

SEVEN = [ally for ally in ALLIES if ally != "fallow"]


def objects(*allies: str, motion: str = "reinforce") -> dict[str, float]:
    return {f"council.object[{ally},{motion}]": 1.0 for ally in allies}


def votes(value: float, *allies: str, motion: str = "reinforce") -> dict[str, float]:
    return {f"council.vote[{ally},{motion}]": value for ally in allies}


def joins(*allies: str) -> dict[str, float]:
    return {f"council.join[{ally},reinforce]": 1.0 for ally in allies}


def voting(protocol: str, *allies: str, **people: float) -> Bench:
    who = allies or ALLIES
    return chamber({"council": forum(protocol)}, allies=who, population=people)


def refusals(eyes: Eyes, decision: object, *target: str) -> list[tuple[str, str]]:
    """Reason and remedy of each check that refuses this target."""
    found = []
    assert decision.allowed is not None  # type: ignore[attr-defined]
    for check in decision.allowed(eyes):  # type: ignore[attr-defined]
        axes = decision.axes  # type: ignore[attr-defined]
        names = dict(zip(axes, target, strict=True))
        where = tuple(eyes.roster.index(axis, names[axis]) for axis in check.mask.axes)
        if not check.mask.data[where].all():
            found.append(check.told(names))
    return found


# A. Consensus: objection or none


def test_a1_without_objection_the_chair_declares_the_text_adopted() -> None:
    """Nobody votes: if no member objects when the text is put, the chair declares consensus."""
    table = chamber()
    table.turn(rounds=[tabled(), putting(), declared()])
    assert adopted(table)
    assert table.value("council.mandate[strait]") == 1.0


def test_a2_one_objection_is_enough() -> None:
    """Every member, whatever its size, can stop a consensus, and the text stays on the table."""
    table = chamber()
    table.turn(rounds=[tabled(), {**putting(), **objects("halden")}, declared()])
    assert not adopted(table)
    assert table.value("council.tabled[reinforce]") == 1.0


def test_a3_an_objection_made_as_the_chair_declares_is_heard() -> None:
    """The declaration is made to the table: who objects at that moment still objects in time."""
    table = chamber()
    table.turn(rounds=[tabled(), putting(), {**declared(), **objects("halden")}])
    assert not adopted(table)


def test_a4_a_withdrawn_objection_no_longer_counts() -> None:
    """A member may let go of its objection, and consensus is there."""
    table = chamber()
    withdraws = {"council.object[halden,reinforce]": 2.0}
    table.turn(rounds=[tabled(), {**putting(), **objects("halden")}, {**declared(), **withdraws}])
    assert adopted(table)


def test_a5_positions_are_known_to_the_chair_alone() -> None:
    """Objections are not published: the chair is told, the other delegations are not."""
    table = chamber()
    table.put("council.tabled[reinforce]", 1.0)
    table.put("council.objection[halden,reinforce]", 1.0)
    seen = {
        ally: table.eyes(ally)["council.objection"].data.sum()
        for ally in ("aurland", "halden", "brennia", "karsk")
    }
    assert seen == {"aurland": 1.0, "halden": 1.0, "brennia": 0.0, "karsk": 0.0}


def test_a6_a_clause_in_brackets_is_not_agreed() -> None:
    """A bracket stops the text as an objection does, and the text counts without the clause."""
    table = chamber()
    bracket = {"council.bracket_clause[fallow,reinforce-1]": 1.0}
    table.turn(rounds=[tabled(), {**putting(), **bracket}, declared()])
    assert not adopted(table)
    assert table.value("council.strength[reinforce]") == 0.5
    assert table.why("council.standing[reinforce-1]") == {"bracket": -1.0}


def test_a7_the_text_tends_to_what_all_can_accept() -> None:
    """What two members bracket, the chair drops: what is left is the lowest common denominator."""
    table = chamber()
    brackets = {
        "council.bracket_clause[fallow,reinforce-1]": 1.0,
        "council.bracket_clause[gavria,reinforce-3]": 1.0,
    }
    drops = {"council.drop[aurland,reinforce-1]": 1.0, "council.drop[aurland,reinforce-3]": 1.0}
    table.turn(rounds=[tabled(), {**putting(), **brackets}, {**drops, **declared()}])
    assert adopted(table)
    assert table.value("council.mandate[strait]") == pytest.approx(0.3, abs=1e-6)
    table.check_sums()


def test_a8_softer_words_stand_with_half_their_weight() -> None:
    """Whoever softens a clause it had bracketed can live with it."""
    table = chamber()
    bracket = {"council.bracket_clause[fallow,reinforce-1]": 1.0}
    soften = {"council.amend[fallow,reinforce-1]": 1.0}
    table.turn(rounds=[tabled(), {**putting(), **bracket}, {**soften, **declared()}])
    assert adopted(table)
    assert table.value("council.mandate[strait]") == 0.75


def test_a9_a_text_that_failed_can_be_amended_and_put_again() -> None:
    """Failure is not final: amended and tabled again, the text is asked anew."""
    table = chamber()
    close = {"council.close[aurland,reinforce]": 1.0}
    table.turn(rounds=[tabled(), {**putting(), **objects("fallow")}, close])
    assert table.value("council.failed[reinforce]") == 1.0
    again = {**tabled(), "council.amend[fallow,reinforce-1]": 1.0}
    table.turn(rounds=[again, putting(), declared()])
    assert adopted(table)
    assert table.value("council.failed[reinforce]") == 0.0


def test_a10_minus_one_overrides_a_single_objection_only() -> None:
    """Where a forum decides by unanimity minus one, one member alone is outvoted, two are not."""
    for against, expected in ((["fallow"], True), (["fallow", "gavria"], False)):
        table = chamber({"council": forum("minus-one")})
        table.turn(rounds=[tabled(), {**putting(), **objects(*against)}, declared()])
        assert adopted(table) is expected
    assert table.value("council.consent[fallow,reinforce]") == 0.0


def test_a11_a_lone_bracket_falls_where_one_can_be_overridden() -> None:
    """Under minus one the clause that one member bracketed stands after all."""
    table = chamber({"council": forum("minus-one")})
    bracket = {"council.bracket_clause[fallow,reinforce-1]": 1.0}
    table.turn(rounds=[tabled(), {**putting(), **bracket}, declared()])
    assert table.value("council.in_force[reinforce]") == 1.0
    assert table.value("council.strength[reinforce]") == 1.0
    assert table.value("council.consent[fallow,reinforce]") == pytest.approx(0.6, abs=1e-6)


# B. Silence


def test_b1_silence_kept_to_the_deadline_is_consent() -> None:
    """Saying nothing until the deadline consents: the text passes without the chair declaring."""
    table = chamber()
    table.turn(rounds=[tabled(), putting(how=2.0)])
    assert adopted(table)
    assert table.value("council.consent[fallow,reinforce]") == pytest.approx(0.95, abs=1e-6)


def test_b2_one_written_break_ends_silence() -> None:
    """One break is enough; the text is no longer put, and who broke it is told to all."""
    table = chamber()
    breaks = {"council.break_silence[fallow,reinforce]": 1.0}
    table.turn(rounds=[tabled(), putting(how=2.0), breaks])
    assert not adopted(table)
    assert table.value("council.put[reinforce]") == 0.0
    assert table.value("council.silence[reinforce]") == 0.0
    assert table.eyes("brennia")["council.broken"].data.sum() == 1.0


def test_b3_silence_longer_than_the_turn_runs_on() -> None:
    """A deadline beyond the end of the turn is still open in the next one."""
    table = chamber(weeks=(0.25,))
    table.turn(rounds=[tabled(), putting(how=2.0)])
    assert not adopted(table)
    assert table.value("council.silence[reinforce]") == pytest.approx(72 - 42)
    table.turn(rounds=[{}])
    assert adopted(table)


def test_b4_silence_can_be_broken_in_a_later_turn() -> None:
    """As long as the deadline has not passed."""
    table = chamber(weeks=(0.25,))
    table.turn(rounds=[tabled(), putting(how=2.0)])
    table.turn(rounds=[{"council.break_silence[fallow,reinforce]": 1.0}])
    assert not adopted(table)


def test_b5_the_chair_may_declare_when_the_clock_at_the_table_has_run_out() -> None:
    """A live exercise has its own clock: the declaration counts within the session."""
    table = chamber()
    table.turn(rounds=[tabled(), putting(how=2.0), declared(), {}])
    assert adopted(table)


def test_b6_after_a_break_the_text_can_be_put_anew() -> None:
    """The chair puts it again; the earlier break does not count against the new asking."""
    table = chamber()
    breaks = {"council.break_silence[fallow,reinforce]": 1.0}
    table.turn(rounds=[tabled(), putting(how=2.0), breaks, putting(how=1.0), declared()])
    assert adopted(table)


def test_b7_breaking_silence_is_refused_where_none_runs() -> None:
    """An objection is made at the table; only silence is broken in writing."""
    table = chamber()
    table.put("council.tabled[reinforce]", 1.0)
    found = refusals(table.eyes("fallow"), decisions.BREAK, "reinforce")
    assert ("No silence runs on this text.", "Object at the table.") in found


# C. Votes


def test_c1_a_simple_majority_counts_votes_cast() -> None:
    """More votes for than against."""
    for yes, no, expected in ((3, 2, True), (2, 2, False), (1, 0, True)):
        table = voting("majority")
        cast = {**votes(1.0, *ALLIES[:yes]), **votes(-1.0, *ALLIES[yes : yes + no])}
        table.turn(rounds=[tabled(), putting(), {**cast, **declared()}])
        assert adopted(table) is expected


def test_c2_a_weighted_majority_needs_states_and_people() -> None:
    """Five of eight states are enough of the states, but they must stand for the people too."""
    against = dict.fromkeys(ALLIES[5:], 100.0)
    for people, expected in (({}, False), ({"aurland": 900.0}, True), (against, False)):
        table = voting("weighted-majority", **people)
        cast = {**votes(1.0, *ALLIES[:5]), **votes(-1.0, *ALLIES[5:])}
        table.turn(rounds=[tabled(), putting(), {**cast, **declared()}])
        assert adopted(table) is expected


def test_c3_too_few_states_do_not_pass_however_populous() -> None:
    """Four of eight states are less than 55 in 100."""
    table = voting("weighted-majority", aurland=900.0)
    table.turn(rounds=[tabled(), putting(), {**votes(1.0, *ALLIES[:4]), **declared()}])
    assert not adopted(table)


def test_c4_one_state_alone_is_no_blocking_minority() -> None:
    """A blocking minority needs members as well as people; one big state cannot block alone."""
    one, two = votes(1.0, *SEVEN), votes(1.0, *SEVEN[:-1])
    for cast, expected in ((one, True), (two, False)):
        table = voting("weighted-majority", fallow=1000.0)
        table.turn(rounds=[tabled(), putting(), {**cast, **declared()}])
        assert adopted(table) is expected


def test_c5_in_a_forum_of_27_it_takes_four_to_block() -> None:
    """The rule is written for 27 members: three big ones do not block, four do."""
    allies = tuple(f"state-{k}" for k in range(27))
    big = dict.fromkeys(allies[:4], 300.0)
    for against, expected in ((3, True), (4, False)):
        table = chamber(
            {"council": forum("weighted-majority", chair=allies[-1])},
            {"reinforce": text(sponsor=allies[-1])},
            allies=allies,
            population=big,
        )
        acts = [
            {f"council.table[{allies[-1]},reinforce]": 1.0},
            putting(chair=allies[-1]),
            {**votes(1.0, *allies[against:]), **declared(chair=allies[-1])},
        ]
        table.turn(rounds=acts)
        assert adopted(table) is expected


def test_c6_a_lost_vote_is_a_failure() -> None:
    """Where there are votes, the count settles it: the text has failed."""
    table = voting("majority")
    table.turn(rounds=[tabled(), putting(), {**votes(-1.0, *ALLIES), **declared()}])
    assert table.value("council.failed[reinforce]") == 1.0
    assert table.value("council.tabled[reinforce]") == 0.0


def test_c7_an_objection_stops_nothing_where_there_are_votes() -> None:
    """And is refused with what to do instead."""
    table = voting("majority")
    table.put("council.tabled[reinforce]", 1.0)
    found = refusals(table.eyes("fallow"), decisions.OBJECT, "reinforce")
    assert found == [("This forum votes: an objection stops nothing.", "Vote against.")]
    acts = {**votes(1.0, *SEVEN), **objects("fallow"), **declared()}
    table.turn(rounds=[putting(), acts])
    assert adopted(table)


def test_c8_there_is_no_voting_in_a_consensus_forum() -> None:
    """A vote is refused, and counts for nothing."""
    table = chamber()
    table.turn(rounds=[tabled(), putting(), votes(-1.0, "fallow")])
    found = refusals(table.eyes("fallow"), decisions.VOTE, "reinforce")
    assert "no voting" in found[0][0]
    assert table.value("council.ballot[fallow,reinforce]") == 0.0


# D. Abstention and pressure


def test_d1_who_abstains_does_not_stop_unanimity_and_is_not_bound() -> None:
    """Constructive abstention lets the others act; the abstainer owes nothing."""
    table = voting("unanimity")
    cast = {**votes(1.0, *SEVEN), **votes(0.5, "fallow")}
    table.turn(rounds=[tabled(), putting(), {**cast, **declared()}])
    assert adopted(table)
    assert table.value("council.consent[fallow,reinforce]") == 0.0
    assert table.value("council.delivery[fallow,strait]") == 0.0


def test_d2_one_vote_against_stops_unanimity() -> None:
    """Unanimity is everybody but those who abstain."""
    table = voting("unanimity")
    cast = {**votes(1.0, *SEVEN), **votes(-1.0, "fallow")}
    table.turn(rounds=[tabled(), putting(), {**cast, **declared()}])
    assert not adopted(table)


def test_d3_a_third_abstaining_stops_it() -> None:
    """If they are a third of the states and of the people; a third of the states alone is not."""
    few = dict.fromkeys(ALLIES[:3], 1.0)
    for people, expected in (({}, False), (few, True)):
        table = voting("unanimity", **people)
        cast = {**votes(0.5, *ALLIES[:3]), **votes(1.0, *ALLIES[3:])}
        table.turn(rounds=[tabled(), putting(), {**cast, **declared()}])
        assert adopted(table) is expected


def test_d4_pressed_consent_delivers_less() -> None:
    """A pressed ally counts as agreeing under pressure: it delivers less than one left free."""
    table = chamber()
    pressed = {"council.press[aurland,fallow,reinforce]": 1.0}
    table.turn(rounds=[tabled(), {**putting(), **pressed}, declared()])
    free = table.value("council.consent[gavria,reinforce]")
    assert 0.0 < table.value("council.consent[fallow,reinforce]") < free
    assert table.value("council.free_consent") == pytest.approx(7 / 8)
    assert table.value("council.delivery[fallow,strait]") == pytest.approx(0.8, abs=1e-6)


def test_d5_outvoted_allies_deliver_less_than_pressed_ones() -> None:
    """Who voted against what passed is bound, half-heartedly."""
    table = voting("majority")
    cast = {**votes(1.0, *SEVEN), **votes(-1.0, "fallow")}
    pressed = {"council.press[aurland,gavria,reinforce]": 1.0}
    table.turn(rounds=[{**tabled()}, {**putting(), **pressed}, {**cast, **declared()}])
    outvoted, pressed_one = (
        table.value(f"council.consent[{ally},reinforce]") for ally in ("fallow", "gavria")
    )
    assert 0.0 < outvoted < pressed_one < table.value("council.consent[calder,reinforce]")


def test_d6_pressure_moves_a_wavering_ally() -> None:
    """What a text is worth to an ally rises when it is pressed, by a published amount."""
    table = chamber()
    pressed = {"council.press[aurland,fallow,reinforce]": 1.0}
    table.turn(rounds=[tabled(), pressed])
    moved = table.value("council.utility[fallow,reinforce]")
    assert moved - table.value("council.utility[gavria,reinforce]") == pytest.approx(0.35, abs=1e-6)


def test_d7_a_reservation_lets_the_text_pass_unbound() -> None:
    """A member may let a text pass and reserve its position; lifted, it is bound freely."""
    table = chamber()
    reserves = {"council.reserve[fallow,reinforce]": 1.0}
    table.turn(rounds=[tabled(), {**putting(), **reserves}, declared()])
    assert adopted(table)
    assert table.value("council.consent[fallow,reinforce]") == 0.0
    table.turn(rounds=[{"council.reserve[fallow,reinforce]": 2.0}])
    assert table.value("council.consent[fallow,reinforce]") == pytest.approx(0.95, abs=1e-6)
    table.check_sums()


# E. The chair


@pytest.mark.parametrize(
    "decision", [chair.PUT_TEXT, chair.DECLARE, chair.CLOSE, chair.RELEASE, chair.DROP, chair.MOVE]
)
def test_e1_only_the_chair_may(decision: object) -> None:
    """Who does not preside is told whom to ask."""
    table = chamber()
    targets = {"motion": "reinforce", "clause": "reinforce-1", "forum": "council"}
    target = [targets[axis] for axis in decision.axes]  # type: ignore[attr-defined]
    found = refusals(table.eyes("fallow"), decision, *target)
    assert found[0][0] == "Only the chair of the forum may do this."
    assert found[0][1] == "Ask the chair, Aurland (consensus forum)."


def test_e2_acts_of_others_in_the_chairs_place_count_for_nothing() -> None:
    """Even if such a slip is handed in."""
    table = chamber()
    table.turn(rounds=[tabled(), putting(chair="fallow"), putting(), declared(chair="fallow")])
    assert not adopted(table)
    assert table.value("council.put[reinforce]") == 1.0


def test_e3_where_a_forum_has_no_chair_the_sponsor_presides() -> None:
    """Somebody must put the text: who brings it."""
    table = chamber({"council": forum(chair=None)})
    table.turn(rounds=[tabled(), putting(chair="calder"), declared(chair="calder")])
    assert adopted(table)


def test_e4_the_chair_drops_only_what_is_bracketed() -> None:
    """A clause that nobody minds is not the chair's to drop."""
    table = chamber()
    table.turn(rounds=[tabled(), {"council.drop[aurland,reinforce-1]": 1.0}])
    assert table.value("council.dropped[reinforce-1]") == 0.0
    found = refusals(table.eyes("aurland"), chair.DROP, "reinforce-1")
    assert found[0][0] == "Nobody has bracketed this clause."


def test_e5_nothing_is_declared_that_was_not_put() -> None:
    """The members must have had the question before them."""
    table = chamber()
    table.turn(rounds=[tabled(), {**putting(), **declared()}])
    assert not adopted(table)
    table = chamber()
    table.turn(rounds=[tabled(), declared()])
    assert not adopted(table)


def test_e6_a_chair_who_knows_of_an_objection_cannot_declare() -> None:
    """It is told what else it can do."""
    table = chamber()
    table.turn(rounds=[tabled(), {**putting(), **objects("fallow")}])
    found = refusals(table.eyes("aurland"), chair.DECLARE, "reinforce")
    assert found[0][0] == "A member objects, so there is no consensus."
    assert "move the matter" in found[0][1]


def test_e7_what_lies_too_long_lapses() -> None:
    """A text that is never decided fails once patience is spent."""
    table = chamber(weeks=(13.0,))
    table.turn(rounds=[tabled()])
    assert table.value("council.tabled[reinforce]") == 1.0
    table.turn()
    assert table.value("council.failed[reinforce]") == 1.0


# F. Competence and change of forum

PLANNING = [ally for ally in ALLIES if ally != "fallow"]


def two_forums(*competence: str) -> Bench:
    return chamber(
        {
            "council": forum(),
            "planning": forum(members=PLANNING, chair="brennia", competence=competence),
        }
    )


MOVES = {"council.move[aurland,reinforce,planning]": 1.0}


def test_f1_a_text_outside_competence_is_refused_with_a_remedy() -> None:
    """A forum adopts only the kinds of text it was made for, and the refusal says who may."""
    table = chamber(
        {"economic": forum(competence=("sanction",)), "defence": forum(competence=("deploy",))},
        {"reinforce": text(forum="economic")},
    )
    found = refusals(table.eyes("calder"), decisions.TABLE, "reinforce")
    assert found[0][0] == "The forum that this text is before may not adopt a text of this kind."
    assert "consensus forum (deploy)" in found[0][1]
    table.turn(rounds=[tabled()])
    assert table.value("council.tabled[reinforce]") == 0.0


def test_f2_a_matter_cannot_move_to_a_forum_without_competence() -> None:
    """The other forum must be competent too."""
    table = two_forums("statement")
    found = refusals(table.eyes("aurland"), chair.MOVE, "reinforce", "planning")
    assert found[0][0] == "That forum may not adopt a text of this kind."
    table.turn(rounds=[tabled(), MOVES])
    assert table.value("council.before[reinforce,planning]") == 0.0


def test_f3_february_2003_the_matter_moves_to_a_forum_without_the_blocker() -> None:
    """Three break silence; one drops out, one gets its wording, and the third has no seat there."""
    table = two_forums("deploy")
    breaks = {f"council.break_silence[{a},reinforce]": 1.0 for a in ("fallow", "estmere", "gavria")}
    table.turn(rounds=[tabled(), putting(how=2.0), breaks])
    assert not adopted(table)
    holds_out = {"council.object[gavria,reinforce]": 1.0, "council.object[fallow,reinforce]": 1.0}
    table.turn(rounds=[MOVES, putting(chair="brennia"), holds_out, declared(chair="brennia")])
    assert not adopted(table)
    wording = {
        "council.amend[gavria,reinforce-1]": 1.0,
        "council.object[gavria,reinforce]": 2.0,
        **declared(chair="brennia"),
    }
    table.turn(rounds=[wording])
    assert adopted(table)
    assert table.value("council.mandate[strait]") == 0.75
    assert table.value("council.consent[fallow,reinforce]") == 0.0
    assert table.value("council.consent[gavria,reinforce]") == pytest.approx(0.95, abs=1e-6)
    table.check_sums()


def test_f4_positions_travel_with_the_matter_but_not_those_of_outsiders() -> None:
    """A member of both forums still objects; who does not sit in the new one has no say."""
    table = two_forums("deploy")
    table.turn(rounds=[tabled(), {**putting(), **objects("fallow", "gavria")}, MOVES])
    assert table.value("council.objection[gavria,reinforce]") == 1.0
    assert table.value("council.objection[fallow,reinforce]") == 0.0
    assert table.value("council.put[reinforce]") == 0.0


def test_f5_who_does_not_sit_is_refused_and_told() -> None:
    """An outsider cannot object."""
    table = two_forums("deploy")
    table.turn(rounds=[tabled(), MOVES])
    found = refusals(table.eyes("fallow"), decisions.OBJECT, "reinforce")
    assert found[0][0] == "You do not sit in the forum that this text is before."


def test_f6_the_alliance_takes_up_force_only_in_its_phase() -> None:
    """Phases gate what the alliance may adopt, not what a nation may do."""
    table = chamber(motions={"strike": text("force")}, start={"phases.phase": 3.0})
    found = refusals(table.eyes("calder"), decisions.TABLE, "strike")
    assert found[0][0].startswith("The alliance is not yet in the phase")


# G. Coalitions of the willing


def failed_in_council() -> Bench:
    table = chamber()
    close = {"council.close[aurland,reinforce]": 1.0}
    table.turn(rounds=[tabled(), {**putting(), **objects("fallow")}, close])
    return table


def test_g1_one_break_blocks_consensus_but_not_a_coalition() -> None:
    """What the council cannot agree on, two willing states may do."""
    table = failed_in_council()
    table.turn(rounds=[joins("calder")])
    assert table.value("council.coalition[reinforce]") == 0.0
    table.turn(rounds=[joins("dorvik")])
    assert table.value("council.coalition[reinforce]") == 1.0
    assert table.value("council.mandate[strait]") == 0.0


def test_g2_a_coalition_binds_its_joiners_alone() -> None:
    """The others owe nothing."""
    table = failed_in_council()
    table.turn(rounds=[joins("calder", "dorvik")])
    delivery = table.cells("council.delivery")[:, 0, 0]
    assert [a for a, d in zip(ALLIES, delivery, strict=True) if d > 0] == ["calder", "dorvik"]


def test_g3_common_assets_need_a_release_that_nobody_withholds() -> None:
    """The coalition may not use what all own, unless no member minds."""
    table = failed_in_council()
    release = {"council.release[aurland,reinforce]": 1.0}
    keeps = {"council.withhold[fallow,reinforce]": 1.0}
    table.turn(rounds=[joins("calder", "dorvik"), keeps, release])
    assert table.value("council.assets[reinforce]") == 0.0
    table.turn(rounds=[{"council.withhold[fallow,reinforce]": 2.0}, release])
    assert table.value("council.assets[reinforce]") == 1.0


def test_g4_one_may_leave_a_coalition() -> None:
    """And with it goes what one would have delivered."""
    table = failed_in_council()
    table.turn(rounds=[joins("calder", "dorvik")])
    table.turn(rounds=[{"council.join[dorvik,reinforce]": 2.0}])
    assert table.value("council.coalition[reinforce]") == 0.0
    assert table.value("council.consent[dorvik,reinforce]") == 0.0


def test_g5_nobody_joins_before_the_council_has_failed() -> None:
    """First the council is asked."""
    table = chamber()
    found = refusals(table.eyes("calder"), decisions.JOIN, "reinforce")
    assert found[0][0] == "The council has not yet failed to agree on this text."


def test_g6_an_ally_that_abstained_may_join_later() -> None:
    """Its consent is then free."""
    table = voting("unanimity")
    cast = {**votes(1.0, *SEVEN), **votes(0.5, "fallow")}
    table.turn(rounds=[tabled(), putting(), {**cast, **declared()}, joins("fallow")])
    assert table.value("council.consent[fallow,reinforce]") == pytest.approx(0.95, abs=1e-6)


# H. What is in force


def test_h1_what_is_decided_is_in_force_before_national_orders() -> None:
    """Seats seal their orders knowing what the council decided."""
    table = chamber()
    turn = begin(table.ruleset, table.world, table.dice)
    turn.open()
    for acts in (tabled(), putting(), declared()):
        turn.council(table.slips(acts))
    assert turn.world.value("council.mandate", ("strait",)) == 1.0


def test_h2_a_strategy_binds_those_who_agreed_to_it() -> None:
    """Its weights sum to one, and who reserved its position has not agreed."""
    plan = {"deny": 0.6, "contain": 0.2}
    table = chamber(motions={"aim": text("strategy", strategy=plan)})
    reserves = {"council.reserve[fallow,aim]": 1.0}
    table.turn(rounds=[tabled("aim"), {**putting("aim"), **reserves}, declared("aim")])
    weights = table.cells("council.strategy")[:, 0]
    assert weights == pytest.approx([0, 0.25, 0.75, 0], abs=1e-6)
    assert table.value("council.agreed[calder]") == 1.0
    assert table.value("council.agreed[fallow]") == 0.0


def test_h3_a_mandate_for_force_covers_deployment_and_not_the_reverse() -> None:
    """A text on deployment does not allow force."""
    table = chamber(motions={"reinforce": text("deploy"), "strike": text("force")})
    table.turn(rounds=[tabled(), putting(), declared()])
    assert table.value("council.force_mandate[strait]") == 0.0
    table.turn(rounds=[tabled("strike"), putting("strike"), declared("strike")])
    assert table.value("council.force_mandate[strait]") == 1.0
    assert table.value("council.mandate[border]") == 0.0


def test_h4_a_package_is_sanctioned_as_strongly_as_its_text() -> None:
    """The stronger the text, the more stands behind the sanctions."""
    table = chamber(motions={"sanction": text("sanction", package="finance-package")})
    table.turn(rounds=[{**tabled("sanction")}, putting("sanction"), declared("sanction")])
    assert table.value("council.sanctioned[finance-package]") == 1.0
