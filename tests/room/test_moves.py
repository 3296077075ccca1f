"""Free-form moves: who may know, arguments, odds, the die, effects, long projects, the journal."""

from __future__ import annotations

import attrs
import pytest

from exercise.desk import ControlDesk
from exercise.engine.dice import Dice
from exercise.orders import Refusal
from exercise.review.hotwash import hotwash_markdown
from exercise.room.effects import LADDER, Effect, read_effects, read_odds
from exercise.room.moves import Move, Moves, Roll, die_of, move_name
from exercise.room.shelves import Shelves
from exercise.save.journal import MemoryJournal, open_salts
from exercise.saved import create, read, resume
from exercise.session import Session
from exercise.verified import Differs, Verified, verify
from tests.scenarios import loaded, loaded_text

TABLE = """\
title: The cable and the bank
summary: A morning around a table.
rules: none
turns: {morning: {weeks: [1, 1, 1]}}
actors:
  aurland: {name: Aurland}
  brennia: {name: Brennia}
  karsk: {name: Karsk, role: adversary}
  vesk: {name: Vesk, role: adversary}
seats:
  aurland: {actor: aurland}
  brennia: {actor: brennia}
  karsk: {actor: karsk}
  vesk: {actor: vesk}
  press: {name: Press, sees: public}
  umpire: {name: Second umpire, sees: control}
fields:
  mood: {says: 'The mood in {ally}.', axes: [ally], start: 0.5}
  alarm: {says: 'How alarmed the market is.', low: 0, high: 10, start: 1, seen: control}
outcomes:
  - {name: Talked through, when: turn >= 3}
"""


def begun(seed: int = 5) -> Session:
    journal = MemoryJournal(salts=open_salts)
    return create(
        loaded_text(TABLE, "table.yaml"), journal, seed=seed, desk=("aurland", "brennia", "karsk")
    )


@pytest.fixture
def session() -> Session:
    return begun()


@pytest.fixture
def control(session: Session) -> ControlDesk:
    return ControlDesk(session)


def made(control: ControlDesk, seat: str = "aurland", what: str = "We lay a second cable",
         known: str = "open") -> Move:  # fmt: skip
    move = control.desk(seat).moves.make(what, "to be heard", "we have a ship", known)
    assert isinstance(move, Move)
    return move


def weighed(control: ControlDesk, move: Move, odds: str = "100", *, needs: int = 1) -> None:
    done = control.moves.weigh(
        move.name, odds, "The cable is laid.", "The ship turns back.",
        ("mood[aurland] +0.25", "alarm = 3"), ("mood[aurland] -0.125",), needs,
    )  # fmt: skip
    assert not isinstance(done, Refusal), done


def rolled(control: ControlDesk, move: Move) -> Roll:
    roll = control.moves.roll(move.name)
    assert isinstance(roll, Roll), roll
    return roll


def through(control: ControlDesk) -> None:
    control.resolve()
    control.publish()


def refusal(found: object) -> Refusal:
    assert isinstance(found, Refusal), found
    assert found.reason
    assert found.remedy
    return found


# said


def test_a_move_says_what_to_what_end_and_why_and_others_argue(control: ControlDesk) -> None:
    move = made(control)
    assert control.desk("brennia").moves.argue(move.name, "for", "It is near.") is None
    assert control.desk("karsk").moves.argue(move.name, "against", "It is deep.") is None
    seen = control.desk("press").moves.moves()[0]
    assert (seen.what, seen.aim, seen.why) == (
        "We lay a second cable", "to be heard", "we have a ship",
    )  # fmt: skip
    assert [(a.seat, a.side, a.text) for a in seen.arguments] == [
        ("brennia", "for", "It is near."),
        ("karsk", "against", "It is deep."),
    ]


@pytest.mark.parametrize(
    ("mover", "known", "knowing"),
    [
        ("aurland", "open", {"aurland", "brennia", "karsk", "vesk", "press", "umpire", "public"}),
        ("aurland", "allies", {"aurland", "brennia", "umpire"}),
        ("karsk", "allies", {"karsk", "vesk", "umpire"}),
        ("brennia", "control", {"brennia", "umpire"}),
    ],
)
def test_those_know_of_a_move_whom_its_mover_let_in(
    control: ControlDesk, mover: str, known: str, knowing: set[str]
) -> None:
    move = made(control, mover, known=known)
    everyone = ("aurland", "brennia", "karsk", "vesk", "press", "umpire", "public")
    assert {seat for seat in everyone if control.desk(seat).moves.moves()} == knowing
    weighed(control, move)
    rolled(control, move)
    for seat in everyone:
        told = [m.title for m in control.desk(seat).view().inbox if m.method == "outcome"]
        assert bool(told) == (seat in knowing), seat
        assert control.moves.moves()[0].fate == "came off"


def test_what_a_seat_may_not_know_of_is_refused_like_what_is_not_there(
    control: ControlDesk,
) -> None:
    secret = made(control, "karsk", known="control")
    desk = control.desk("brennia").moves
    assert desk.argue(secret.name, "against", "No.") == desk.argue("nothing", "against", "No.")
    assert desk.withdraw(secret.name, "Because.") == desk.withdraw("nothing", "Because.")


def test_refusals_say_why_and_what_would_help(control: ControlDesk) -> None:
    desk = control.desk("aurland").moves
    refusal(desk.make("  "))
    refusal(desk.make("x" * 5_000))
    refusal(desk.make("We speak", known="friends"))
    refusal(control.desk("press").moves.make("We print it", known="allies"))
    refusal(control.desk("umpire").moves.make("I move"))
    refusal(control.desk("public").moves.make("We march"))
    move = made(control)
    refusal(desk.make("We lay a second cable", "to be heard", "we have a ship"))
    refusal(desk.argue(move.name, "perhaps", "Well."))
    refusal(desk.argue(move.name, "for", ""))
    refusal(control.moves.roll(move.name))
    refusal(control.moves.weigh(move.name, "perhaps", "", ""))
    refusal(control.moves.weigh(move.name, "50", "", "", ("nothing[x] +1",)))
    refusal(control.moves.weigh(move.name, "50", "", "", ("mood[aurland] +7",)))
    refusal(control.moves.weigh(move.name, "50", "", "", ("mood[nobody] +0.1",)))
    refusal(control.moves.weigh(move.name, "50", "", "", ("be nice",)))
    refusal(control.moves.weigh(move.name, "50", "", "", needs=0))
    refusal(control.moves.weigh(move.name, "50", "", "", by="mean"))
    refusal(control.moves.refuse(move.name, " "))
    refusal(control.desk("brennia").moves.withdraw(move.name, "Not mine."))
    control.pause(True)
    refusal(desk.make("We wait"))
    refusal(desk.argue(move.name, "for", "Now."))


def test_a_move_that_is_refused_or_withdrawn_says_why_and_is_settled(control: ControlDesk) -> None:
    first, second = made(control), made(control, "brennia", known="control")
    assert control.desk("aurland").moves.withdraw(first.name, "The ship is gone.") is None
    assert control.moves.refuse(second.name, "The law forbids it.") is None
    fates = {m.name: (m.fate, m.reason) for m in control.moves.moves()}
    assert fates[first.name] == ("withdrawn", "The ship is gone.")
    assert fates[second.name] == ("refused", "The law forbids it.")
    letter = control.desk("brennia").view().inbox[0]
    assert (letter.title, letter.text) == ("Brennia: the move is refused", "The law forbids it.")
    for move in (first, second):
        refusal(control.desk(move.seat).moves.argue(move.name, "for", "Still."))
        refusal(control.moves.weigh(move.name, "50", "", ""))
        refusal(control.moves.roll(move.name))


# weighed


@pytest.mark.parametrize(
    ("text", "odds"),
    [("60", 60), (" 60 % ", 60), ("0", 0), ("100", 100), ("likely", 65), ("Almost", 95),
     ("remote", 5), ("realistic", 45)],
)  # fmt: skip
def test_odds_are_percent_or_words(text: str, odds: int) -> None:
    assert read_odds(text) == odds


@pytest.mark.parametrize("text", ["", "101", "-3", "high", "60.5", "１１１１", "²"])
def test_what_is_no_odds_is_refused(text: str) -> None:
    refusal(read_odds(text))


def test_the_ladder_rises() -> None:
    assert list(LADDER.values()) == sorted(LADDER.values())


def test_a_second_umpires_odds_are_taken_or_meant(control: ControlDesk) -> None:
    move = made(control, known="control")
    umpire = control.desk("umpire").moves
    refusal(umpire.advise(move.name, "40"))
    refusal(control.moves.consult(move.name, "brennia"))
    assert control.moves.consult(move.name, "umpire") is None
    assert [case.move.name for case in umpire.asked()] == [move.name]
    assert control.desk("brennia").moves.asked() == ()
    refusal(umpire.advise(move.name, "perhaps"))
    assert umpire.advise(move.name, "40", "It is deep.") is None
    for by, odds in (("umpire", 40), ("mean", 60), ("control", 80)):
        found = control.moves.weigh(move.name, "80", "", "", by=by)
        assert not isinstance(found, Refusal)
        assert found.odds == odds
    opinion = control.moves.cases()[0].opinions[0]
    assert (opinion.seat, opinion.odds, opinion.why) == ("umpire", 40, "It is deep.")


def test_players_see_neither_odds_nor_effects_before_the_die_has_fallen(
    control: ControlDesk,
) -> None:
    move = made(control)
    before = attrs.asdict(control.desk("aurland").moves.moves()[0])
    weighed(control, move)
    assert attrs.asdict(control.desk("aurland").moves.moves()[0]) == before
    assert control.desk("aurland").moves.asked() == ()


# rolled


def test_success_brings_its_effects_with_the_turn_and_not_before(control: ControlDesk) -> None:
    move = made(control)
    weighed(control, move, "100")
    roll = rolled(control, move)
    assert (roll.came_off, roll.says, roll.odds) == (True, "The cable is laid.", 100)
    assert control.desk("aurland").why("scenario.mood[aurland]").after == 0.5
    control.resolve()
    assert control.why_result("scenario.mood[aurland]").after == 0.75
    assert control.desk("aurland").why("scenario.mood[aurland]").after == 0.5
    control.publish()
    found = control.why("scenario.mood[aurland]", 1)
    assert found.after == 0.75
    assert [s.says for term in found.terms for s in term.sources] == ["The cable is laid."]
    assert control.why("scenario.alarm", 1).after == 3.0


def test_failure_brings_its_own(control: ControlDesk) -> None:
    move = made(control)
    weighed(control, move, "0")
    assert not rolled(control, move).came_off
    assert control.moves.moves()[0].fate == "failed"
    through(control)
    assert control.why("scenario.mood[aurland]", 1).after == 0.375
    assert control.why("scenario.alarm", 1).after == 1.0


def test_a_move_rolled_while_results_are_with_control_resolves_the_turn_anew(
    control: ControlDesk,
) -> None:
    move = made(control)
    control.resolve()
    assert control.why_result("scenario.mood[aurland]").after == 0.5
    weighed(control, move, "100")
    rolled(control, move)
    assert control.why_result("scenario.mood[aurland]").after == 0.75
    assert control.desk("aurland").why("scenario.mood[aurland]").after == 0.5


def test_a_long_project_keeps_its_progress_from_turn_to_turn(control: ControlDesk) -> None:
    move = made(control)
    weighed(control, move, "100", needs=2)
    assert rolled(control, move).says == "It goes forward: 1 of 2."
    refusal(control.moves.roll(move.name))
    assert control.moves.waiting() == ()
    through(control)
    assert control.why("scenario.mood[aurland]", 1).after == 0.5
    assert [case.move.name for case in control.moves.waiting()] == [move.name]
    assert control.desk("brennia").moves.moves()[0].fate == "under way"
    assert rolled(control, move).says == "The cable is laid."
    through(control)
    assert control.why("scenario.mood[aurland]", 2).after == 0.75
    seen = control.moves.moves()[0]
    assert (seen.fate, seen.done, seen.needs) == ("came off", 2, 2)


def test_a_failed_step_costs_and_leaves_the_project_under_way(control: ControlDesk) -> None:
    move = made(control)
    weighed(control, move, "0", needs=2)
    rolled(control, move)
    seen = control.moves.moves()[0]
    assert (seen.fate, seen.done) == ("under way", 0)
    assert control.moves.refuse(move.name, "The money is spent.") is None
    through(control)
    assert control.why("scenario.mood[aurland]", 1).after == 0.375


# the die


def test_the_same_words_roll_the_same_whatever_lies_beside_them() -> None:
    alone, crowded = ControlDesk(begun()), ControlDesk(begun())
    for n in range(7):
        other = made(crowded, "karsk", f"We whisper {n}", "control")
        weighed(crowded, other, "50")
        rolled(crowded, other)
    dice = []
    for control in (alone, crowded):
        move = made(control)
        weighed(control, move, "50")
        dice.append(rolled(control, move).die)
    assert dice[0] == dice[1]


def test_other_words_seats_turns_and_luck_roll_otherwise() -> None:
    name = move_name("aurland", 1, ("We lay a cable",))
    assert name != move_name("aurland", 1, ("We lay a cable", ""))
    assert name != move_name("brennia", 1, ("We lay a cable",))
    dice = Dice.seeded(5)
    found = [die_of(dice, turn, f"a-1-{n}") for turn in range(10) for n in range(200)]
    assert set(found) == set(range(1, 101))
    assert 45 < sum(found) / len(found) < 56


def test_odds_are_kept_over_many_moves(control: ControlDesk) -> None:
    came_off = 0
    for n in range(100):
        move = made(control, what=f"We try {n}")
        assert not isinstance(control.moves.weigh(move.name, "30", "", ""), Refusal)
        roll = rolled(control, move)
        assert roll.came_off == (roll.die <= 30)
        came_off += roll.came_off
    assert 15 <= came_off <= 45


# what others see of a secret one


def test_a_secret_move_changes_nothing_for_others_until_its_effects() -> None:
    quiet, whispering = ControlDesk(begun()), ControlDesk(begun())
    move = made(whispering, "karsk", "We bribe a harbour pilot", "control")
    weighed(whispering, move, "0")
    rolled(whispering, move)
    for seat in ("aurland", "brennia", "vesk", "press", "public"):
        one, other = quiet.desk(seat), whispering.desk(seat)
        assert attrs.asdict(one.view()) == attrs.asdict(other.view()), seat
        assert one.moves.told() == other.moves.told()
        standing = [attrs.evolve(d.standing(), version=0) for d in (one, other)]
        assert standing[0] == standing[1]
    for control in (quiet, whispering):
        through(control)
    brennia = [c.desk("brennia").view() for c in (quiet, whispering)]
    mood = [c.desk("brennia").why("scenario.mood[aurland]", 1) for c in (quiet, whispering)]
    assert [m.after for m in mood] == [0.5, 0.375]
    assert "bribe" not in repr(brennia[1]) + repr(mood[1])


# the journal


def test_a_save_is_taken_up_again_with_all_that_was_moved(session: Session) -> None:
    control = ControlDesk(session)
    first, second = made(control), made(control, "karsk", known="control")
    control.desk("brennia").moves.argue(first.name, "for", "It is near.")
    weighed(control, first)
    rolled(control, first)
    control.moves.consult(second.name, "umpire")
    control.desk("umpire").moves.advise(second.name, "30")
    for late in (False, True):
        if late:
            control.resolve()
        again = ControlDesk(resume(session.journal))
        assert again.moves.cases() == control.moves.cases()
        assert again.standing().stage == control.standing().stage
    assert again.why_result("scenario.mood[aurland]").after == 0.75
    assert again.desk("aurland").why("scenario.mood[aurland]").after == 0.5
    again.publish()
    assert again.why("scenario.mood[aurland]", 1).after == 0.75
    assert isinstance(verify(session.journal), Verified)


def test_a_game_with_moves_verifies(session: Session) -> None:
    control = ControlDesk(session)
    for turn in range(3):
        move = made(control, what=f"We try again {turn}")
        weighed(control, move, "50")
        rolled(control, move)
        through(control)
    assert control.ending() is not None
    assert isinstance(verify(session.journal), Verified)


def test_a_die_that_was_written_otherwise_is_found(session: Session) -> None:
    control = ControlDesk(session)
    move = made(control)
    weighed(control, move, "50")
    roll = rolled(control, move)
    forged = {**next(e for e in session.journal.read() if e.kind == "rolled").body}
    forged |= {"die": 101 - roll.die, "came_off": not roll.came_off}
    session.journal.append("rolled", forged, words={"reason": "It comes off, I say."})
    found = verify(session.journal)
    assert isinstance(found, Differs)
    assert (found.cell, found.played) == (f"the die of move {move.name}", roll.die)


def test_words_that_were_withdrawn_leave_a_tombstone(session: Session) -> None:
    control = ControlDesk(session)
    made(control, what="We do what nobody may read")
    entry = next(e for e in session.journal.read() if e.kind == "move")
    session.shelves.take(session.journal.withdraw(entry.seq, "what", "control", "classified"))
    for shelves in (session.shelves, Shelves.of(session.journal.read())):
        move = shelves.moves.move(control.moves.moves()[0].name)
        assert (move.what, move.aim) == ("(withdrawn)", "to be heard")
    assert "nobody may read" not in "".join(str([e.body, e.words]) for e in session.journal.read())


ALL_DESKS = ("aurland", "brennia", "karsk", "vesk", "press", "umpire", "public", "control")


def everything(session: Session) -> str:
    """All that any desk, the record in memory and the journal hold of words."""
    told: list[object] = [[entry.body, entry.words] for entry in session.journal.read()]
    for seat in ALL_DESKS:
        desk = ControlDesk(session) if seat == "control" else ControlDesk(session).desk(seat)
        told += [desk.moves.told(), desk.view()]
        told += [desk.talk.letters(thread.name) for thread in desk.talk.threads()]
    told += [ControlDesk(session).moves.cases(), session.pending.rulings]
    for turn in [*session.record.turns, session.current().last]:
        told += [turn.messages, turn.rulings]
    return str(told) + hotwash_markdown(read(session.journal))


@pytest.mark.parametrize("published", [False, True])
def test_words_of_a_move_are_deleted_with_every_copy_of_them(
    session: Session, published: bool
) -> None:
    control = ControlDesk(session)
    move = made(control)
    control.desk("brennia").moves.argue(move.name, "for", "It is near.")
    weighed(control, move)
    rolled(control, move)
    if published:
        through(control)
        session.open()
    assert everything(session).count("The cable is laid.") > 5
    assert control.moves.take_back(move.name, "it named a ship") is None
    for now in (session, resume(session.journal)):
        for words in ("We lay a second cable", "The cable is laid.", "The ship turns back.",
                      "to be heard", "It is near."):  # fmt: skip
            assert words not in everything(now)
        letter = next(m for m in now.shelves.talk.messages.values() if m.method == "outcome")
        assert (letter.text, letter.turn) == ("(withdrawn)", 1)
        assert now.shelves.talk.typed.gone(letter.seq) == ("control", "it named a ship")
        assert now.shelves.moves.move(move.name).fate == "came off"  # what came of it stands
    assert isinstance(verify(session.journal), Verified)


def test_a_letter_that_is_withdrawn_takes_the_words_it_told_with_it(session: Session) -> None:
    control = ControlDesk(session)
    first, second = made(control), made(control, what="We sing")
    for move in (first, second):
        assert control.moves.refuse(move.name, f"No: {move.what}.") is None
    letters = [one for t in control.talk.threads() for one in control.talk.letters(t.name)]
    name = next(one.name for one in letters if "second cable" in one.text)
    assert control.talk.withdraw(name, "too much said") is None
    reasons = {move.what: move.reason for move in control.moves.moves()}
    assert reasons == {"We lay a second cable": "(withdrawn)", "We sing": "No: We sing."}


def test_a_letter_of_before_that_named_no_move_is_found_by_its_words(session: Session) -> None:
    control = ControlDesk(session)
    move = made(control)
    weighed(control, move)
    real = session.note

    def older(kind: str, body: dict[str, object], words: object = None) -> object:
        if kind == "message":
            body = {key: value for key, value in body.items() if key != "move"}
        return real(kind, body, words)  # type: ignore[arg-type]

    session.note = older  # type: ignore[assignment, method-assign]
    rolled(control, move)
    assert control.moves.take_back(move.name, "it named a ship") is None
    assert "The cable is laid." not in everything(session)


def test_each_deletes_its_own_words_and_control_all_of_them(control: ControlDesk) -> None:
    move = made(control)
    brennia, karsk = control.desk("brennia").moves, control.desk("karsk").moves
    brennia.argue(move.name, "for", "It is near.")
    refusal(karsk.take_back(move.name, "I dislike it"))
    refusal(brennia.take_back(move.name, " "))
    assert brennia.take_back(move.name, "misspoken") is None
    found = control.moves.moves()[0]
    assert (found.what, found.arguments[0].text) == ("We lay a second cable", "(withdrawn)")
    refusal(brennia.take_back(move.name, "again"))
    assert control.desk("aurland").moves.take_back(move.name, "classified") is None
    assert control.moves.moves()[0].what == "(withdrawn)"
    secret = made(control, "karsk", "We march", "control")
    refusal(brennia.take_back(secret.name, "mine"))


def test_the_same_words_of_somebody_else_stay(session: Session) -> None:
    control = ControlDesk(session)
    move = made(control)
    brennia, karsk = (control.desk(name).moves for name in ("brennia", "karsk"))
    same = "It comes off."
    brennia.argue(move.name, "for", same)
    karsk.argue(move.name, "against", same)
    control.moves.weigh(move.name, "60", same, same)
    rolled(control, move)
    assert brennia.take_back(move.name, "misspoken") is None
    found = control.moves.moves()[0]
    assert [one.text for one in found.arguments] == ["(withdrawn)", same]
    assert found.rolls[0].says == same
    letter = next(m for m in session.shelves.talk.messages.values() if m.method == "outcome")
    assert letter.text.startswith(same)
    letters = [one for t in control.talk.threads() for one in control.talk.letters(t.name)]
    assert control.talk.withdraw(letters[0].name, "too early") is None
    found = control.moves.moves()[0]
    assert found.rolls[0].says == "(withdrawn)"
    assert found.arguments[1].text == same


def test_no_typed_word_lies_in_a_body(session: Session) -> None:
    control = ControlDesk(session)
    move = made(control)
    control.desk("brennia").moves.argue(move.name, "for", "It is near.")
    weighed(control, move)
    rolled(control, move)
    bodies = "".join(str(e.body) for e in session.journal.read() if e.kind in Moves.KINDS)
    for words in ("second cable", "heard", "ship", "near", "laid", "turns back"):
        assert words not in bodies


def test_an_effect_reads_as_it_is_written() -> None:
    assert Effect("scenario.mood", ("aurland",), -0.125).says == "scenario.mood[aurland] −0.125"
    assert Effect("scenario.alarm", (), 3.0, "set").says == "scenario.alarm = 3"
    assert Effect.of(Effect("a.b", ("c",), 1.0).to_body()) == Effect("a.b", ("c",), 1.0)


def test_words_where_an_effect_is_wanted_are_answered_with_cells_they_may_mean() -> None:
    ruleset = loaded("northern-strait").ruleset
    refused = read_effects(ruleset, ["tension"])
    assert isinstance(refused, Refusal)
    assert "deterrence.tension[strait] +0.1" in refused.remedy
    nothing = read_effects(ruleset, ["zzz"])
    assert isinstance(nothing, Refusal)
    assert "module.field[name] +0.1" in nothing.remedy
