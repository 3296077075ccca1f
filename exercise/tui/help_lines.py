"""What the help screen says beneath a screen's keys."""

from __future__ import annotations

from collections.abc import Mapping

HELP: Mapping[str, tuple[str, ...]] = {
    "start": (
        "Watch plays a whole exercise by itself in about a minute.",
        "Run a room is for a facilitator with people around a table.",
        "Continue takes up a save where it stands; Review only looks at one.",
        "Write a scenario says how to begin one in a text editor.",
        "Nothing here changes a save until you play on.",
    ),
    "pick": (
        "Choose a line with the arrow keys and Enter.",
        "Esc goes back without choosing.",
    ),
    "page": (
        "This is who you are, what you want and what you fear.",
        "What stands under “Only you know” is on nobody else's screen.",
        "You can read it again at any time from your desk.",
    ),
    "desk": (
        "Left, what changed. Middle, the text before the council. Right, what you could do.",
        "Enter on any line that states something asks why it is so.",
        "Choose a suggested action with 1, 2, 3 or Enter, or see all decisions.",
        "Orders stay a draft until you seal them; when all have sealed, the turn is resolved.",
        "Tab or the arrows go from column to column; on a small screen one shows at a time.",
    ),
    "why": (
        "Each line is one cause of the change; the arrow says which way it pushed.",
        "Beneath it stands what it came from; Enter on a line with › asks why of that in turn.",
        "Esc goes back up. Left and right ask the same of other turns.",
        "“Cause not disclosed to you” is whatever you are not cleared for, all of it together.",
        "Amounts, where you may see them, sum exactly to the change.",
    ),
    "decisions": (
        "All your decisions by system. Type to narrow the list.",
        "What is allowed now stands with its cost; else the line says why not.",
        "Enter opens the form. Nothing is ordered before you confirm it there.",
        "Acts of the council take effect at once; all else is a draft until sealed.",
    ),
    "form": (
        "Choose what it is done to, how, and say why if you like.",
        "The consequence stands in words before you confirm.",
        "Tab goes from part to part; Enter on the last part confirms.",
        "Esc leaves without ordering anything.",
    ),
    "council": (
        "The text as it stands, clause by clause, with brackets and who holds them.",
        "A text with a bracket cannot pass by consensus. One objection stops it too.",
        "Choose a clause, then press a key; “act” lists all you may do about it.",
        "Under silence, saying nothing consents; k breaks it in writing. i explains your vote.",
        "What is new since you looked is marked. Enter asks why of any line.",
    ),
    "doors": (
        "Each seat and role has a code of its own; whoever types it sits down there.",
        "Codes are shown when they are issued and kept only as hashes: note them now.",
        "A filled dot means that somebody is there. Wrong codes are slowed and counted.",
        "Enter issues a new code and sends away whoever came in by the old one.",
        "Several may join one seat: all draft, its head seals; h shows who that is.",
    ),
    "here": (
        "A filled dot means that somebody sits there; beside it, whether the seat has sealed.",
        "Several terminals of one delegation all draft; only its head seals.",
        "The first that came is head. Enter on another hands it over; control may do so as well.",
        "While the head is away, the next that came seals in its place.",
    ),
    "moves": (
        "What is no listed decision is said here: what you do, to what end, why it should work.",
        "You say who knows of it: everybody, your own side, or control alone.",
        "Whoever knows may argue for and against; control settles the odds and rolls a die.",
        "A long project needs several successes, one die a turn; its progress is kept.",
        "Withdrawn and refused moves stay in the record, with the reason.",
    ),
    "judge": (
        "Weigh: the odds in percent or words, and what follows from success and from failure.",
        "Effects name cells as rulings do: scenario.mood[x] +0.1; they come with the turn.",
        "A second umpire is any seat that sees what control sees; take its odds, or the mean.",
        "The die is the engine's: the same words, turn and luck give the same one.",
        "Those who may know are told the outcome in their inbox; nobody else is.",
    ),
    "fill": (
        "Enter goes on to the next part; on the last one it confirms. Ctrl+S confirms at once.",
        "What is refused says why and what would help, and stays until you mend it.",
        "Esc leaves without doing anything.",
    ),
    "notes": (
        "Each objective with its critical tasks: what the injects that serve it expect.",
        "Enter on an objective or a task records what you saw, on what evidence, and how well.",
        "P performed without challenges, S with some, M with major ones, U unable to be performed.",
        "! marks what has no evidence yet. Nobody who plays sees any of this.",
        "A note taken back stays in the record as such.",
    ),
    "table": (
        "Seats down, this turn's questions across, free-form moves in the last column.",
        "Type what a seat answers; Enter takes it and goes on to the next who owes an answer.",
        "In the last column: what it does; to what end; why it should work.",
        "Arrows go about; Backspace on an answer brings it back to be mended.",
    ),
    "map": (
        "Your side, allies and the adversary have their own signs; colour only repeats them.",
        "◆ a force in place, ◇ one on its way or at home, ★ your capital, ● an ally's,",
        "▲ the adversary's, ▪ a port or railhead, × damaged or cut.",
        "Arrows move the map, + and − change its size, 0 shows the whole.",
        "Tab names one thing after the other, the ways between places last; Enter asks why of it.",
    ),
    "inbox": (
        "Left, conversations, the latest first; right, what was said. ● is not read yet.",
        "Write reaches whom you name; control reads everything. ⌂ is a private room.",
        "A statement is public: all seats, the projector and the press read it.",
        "Ask control, and only you read the answer. Words go out while all is frozen too.",
        "Del withdraws your chosen letter: its words are deleted, a mark and your reason stay.",
    ),
    "mailroom": (
        "All that seats say to one another, and what they ask you; ● is for you and not read.",
        "Reply answers in the voice that was spoken to. Press adds to the media feed.",
        "Who read it tells when each seat opened, acknowledged or answered the letter.",
        "Del withdraws any letter: its words are deleted, a mark and your reason stay.",
    ),
    "letter": (
        "A message as it reached you.",
        "Reply writes back to all who wrote and read it.",
        "Acknowledge tells its author that you have read it.",
    ),
    "requests": (
        "● waits for a step of yours, which stands beneath it: n takes it.",
        "Taken up, drafted, reviewed, released: another seat than the writer releases.",
        "Who asked is told that it is in hand, and reads what is released.",
        "Opened again, a request goes the same way once more.",
        "Del withdraws the words of the chosen step of yours; a mark stays.",
    ),
    "queue": (
        "Questions that seats asked you, the first asked first; Enter answers in private.",
        "Below, requests for information that wait for a step of yours.",
    ),
    "write": ("Choose to whom, then write.", "Nothing is sent before you confirm."),
    "orders": (
        "Your draft: what will be ordered when you seal.",
        "Take an order off it, or add one from all decisions.",
        "After sealing you may withdraw the seal while orders are open.",
    ),
    "changes": (
        "All that changed and that you may know of, what matters most first.",
        "Enter asks why of any line.",
    ),
    "results": (
        "What came of the turn, in at most eight sentences.",
        "Enter on any of them asks why.",
        "Space goes on to the next turn.",
    ),
    "watch": (
        "All seats are bots; each acts only on what it may see.",
        "Space stops and goes on; the arrow goes one step; + and − change the speed.",
        "While it stands still, Enter on a line asks why.",
        "“See as” shows the same through one seat's eyes.",
        "Nothing is kept; Esc leaves.",
    ),
    "over": (
        "How it ended, and which objectives were met.",
        "The digest names this course of events: the same seed and orders give the same.",
        "Look back goes through the turns again.",
    ),
    "replay": (
        "What was published, turn by turn. Left and right go through the turns.",
        "“See as” shows what a seat saw then.",
        "Enter on any line asks why.",
        "Looking back changes nothing in a save.",
    ),
    "room": (
        "Say who fills each seat: a person here, the desk (paper slips), or a bot.",
        "Enter changes the chosen line: scenario, rhythm, or who sits there.",
        "Print paper writes briefs and slips for each seat, and inject cards for control.",
        "Start begins on a new save; nothing that is sealed can be lost after that.",
    ),
    "control": (
        "Left, the injects by exercise time. Middle, what happens now. Right, truth and a view.",
        "Next leads through the turn: close the council, resolve, release the results.",
        "Results are yours until released: accept, amend, hold; y says what moved the adversary.",
        "Slips g, council c, speak s; injects k, turns u, who plays p, go back b, who is here d.",
        "F9 stops everything at once; Enter then ends it, Esc is a false alarm.",
    ),
    "grid": (
        "Read a slip and type the first letters: “ple fri” is Pledge 1st Frigate Squadron.",
        "Arrows choose among what fits; Enter takes it. After a semicolon stands why.",
        "Enter on an empty line seals the slip and goes on to the next seat.",
        "What is refused says why and what would help, and stays until you mend or delete it.",
        "Left and right go along the slip. Typing over a line replaces it; Del drops it.",
    ),
    "chamber": (
        "The text as it stands. The numbers choose the seat that you speak for.",
        "One key records its act on the chosen clause or text: bracket, soften, object, vote.",
        "Put, silence, drop, declare, sum up, move, no agreement: done as the text's own chair.",
        "Silence runs by the clock; when it ends unbroken, y declares. l opens the texts to all.",
        "Round lets the bots speak. To orders closes the council. Enter asks why of any line.",
    ),
    "guest": (
        "Left, what changed. Middle, the text before the council. Right, what you could do.",
        "Enter on any line that states something asks why it is so.",
        "Choose a suggested action with 1, 2, 3 or Enter, or see all decisions.",
        "Sealing leads back to control, who resolves the turn; Esc gets up, and the draft stays.",
    ),
    "stopped": (
        "Everything is frozen: this is no part of the exercise.",
        "Enter ends it; the hot wash is written. Esc goes on as if nothing had been.",
    ),
    "covered": ("The screen is covered; the same key lifts the curtain.",),
    "sure": ("One question before something that cannot be taken back.",),
    "firm": ("A question that concerns everybody in the room: y is yes, Enter does nothing.",),
    "amend": (
        "A ruling is an input: the turn is resolved anew from its start with it.",
        "What follows from it follows; the reason stands in the record and the hot wash.",
    ),
    "speak": (
        "Speak as anybody: a seat, a minister, a newspaper.",
        "To whom: the first letters of seats, or all, or allies.",
    ),
    "msel": (
        "Every inject in the order of its day; those that wait for something stand last.",
        "○ to come, ◔ waits for its condition, ‖ held, ✎ draft, – out of play, ✓ has come.",
        "Postponing all keeps the spacing. What has come can no longer be changed.",
        "x gives what is expected a deadline, and names the inject that comes else.",
        "Everything you do here stands in the journal and is played again alike.",
    ),
    "inject": (
        "Without a day a new inject comes as soon as you keep it.",
        "Effects are judged like rulings: a cell, and +0.1 or = 0.5.",
        "F3 keeps a draft, which waits for approval in the list.",
    ),
    "expect": (
        "If what is expected has not come by the day, the other inject comes.",
        "It counts as come when the condition holds then, or when you say so with x.",
    ),
    "asked": ("Type the answer and press Enter; Esc leaves everything as it is.",),
    "turns": (
        "The turns with their days. Played ones stand fast.",
        "A turn left out hands its days to the next; one put in pushes the later ones on.",
        "Injects by date come in whichever turn their day falls.",
    ),
    "clock": (
        "How long each stage of a turn has; 0 minutes is no limit.",
        "The first clock waits until n at control's desk, or r here, begins the exercise.",
        "The clock stops while the exercise is frozen and while the room is closed.",
        "Everybody is warned in words, once; then grace, then overtime, which counts up.",
        "Nothing closes by itself unless you say so here, or the scenario does.",
    ),
    "projector": (
        "What everybody in the room may know: the public's view, and nothing else.",
        "It keeps up by itself. Make the terminal's letters larger until the last row reads it.",
        "Texts before the council are shown where control has laid them open.",
    ),
    "beam": (
        "Type the command, or open the page, at the screen that everybody sees.",
        "It shows what the public may know; the texts before the council only if you say so.",
    ),
    "mind": (
        "What each adversary chose, how likely that was, and what it believed when it chose.",
        "Enter asks why of a line, down to rolls and coefficients.",
    ),
    "review": (
        "A save, turn by turn: left and right, Home and End.",
        "“See as” shows what a seat saw then, and nothing else.",
        "Enter on any line asks why it was so.",
        "Texts, map and all changes are those of the turn shown.",
        "Looking back changes nothing in a save.",
    ),
    "wash": ("The hot wash as it is written to a file beside the save.",),
    "curtain": ("The screen is covered so that the next person can sit down unseen.",),
    "help": ("Help explains the screen beneath it.",),
    "notice": (
        "Something to read; nothing is asked of you here.",
        "Esc goes back to where you were.",
    ),
}

HELP_TALK: Mapping[str, tuple[str, ...]] = {
    "desk": (
        "Left, what has come in. Middle, the questions put to you. Right, what you could do.",
        "Enter on a letter reads it, on a question answers it; q answers the next one.",
        "What you do is said in free words: f. Control weighs it, and may roll a die.",
        "s says that you are done for this turn; you may still write and answer.",
        "Tab or the arrows go from column to column; on a small screen one shows at a time.",
    ),
    "control": (
        "Left, the injects by exercise time. Middle, what is still owed. Right, one seat.",
        "q holds questions and answers around the table; j weighs moves in free words.",
        "n ends the turn; t holds what evaluators see.",
        "Injects k, turns u, speak as anyone s, who plays p, codes d, the room's clock F6.",
        "F9 stops everything at once; Enter then ends it, Esc is a false alarm.",
    ),
}
"""The lines of those screens that an exercise of words alone has other things to say of."""
