"""A room in which every text of the scenario, and every field that people fill, is hostile.

Each text has a mark of its own, such as `Zkbanner`, so that one can tell at every exit whether
the harmless words of it are still there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from exercise.desk import ControlDesk, LocalDesk
from exercise.errors import ExerciseError
from exercise.orders import Refusal
from exercise.room.msel import Text
from exercise.save.store import Save
from exercise.saved import create
from exercise.scenario.load import load
from exercise.session import Session

STARTS = (
    "# ", "1. ", "1) ", "- ", "+ ", "* ", "> ", "| ", "    ", "```", "~~~", "===", "---", "___",
    "=1+1 ", "@SUM(1) ", "[x]: http://evil.example ", "<b>", "<!-- ", "<?x ", "{", "%s ", ": ",
    "&#60;b&#62; ", "![x](javascript:1) ", "<details open ontoggle=alert(1)>", "\\", "$x$ ",
    "[^1]: ", "\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\u3164",
)  # fmt: skip
"""What a text begins with: what would mean something at the start of a line."""
ENDING = (
    "[/x] [@click=app.quit]press[/] <script>alert(1)</script> <img src=x onerror=alert(1)> "
    "[x](javascript:alert(1)) ![y](http://evil.example/y.png) www.evil.example \"'\"onload=1' "
    "**b** __u__ ~~s~~ `c` a | b || {0} {ally} %s $x$ &lt;i&gt; \u202eevil\u202c \u2067x\u2069 "
    "\u061c\u200e p\u200ba\u200dy\u2060p\u00adal \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d "
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 e\u0301\u0301\u0301\u0301\u0301\u0301\u0301 "
    "a\ufe00\U000e0100\U000e0141b\n# H\n\n- L\n\n```\ncode\n```\n\n<hr>\n\n| t | u |\n|---|---|"
)
"""What every text goes on with. Letters from right to left and joined emoji are meant to live."""
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
LETTERS = "\u05e9\u05dc\u05d5\u05dd"
CONTROLS = "a\x07b\x08c\x1b[2J\x1b]52;c;aGk=\x07\x1b]8;;http://evil.example\x07d\x7f\x85\x9b31m\re"
"""What no scenario file can hold, and people can send."""


SHORT = (
    "<script>x</script>", "[x](javascript:1)", "\u202eevil\u202c", "\x1b]52;c;aGk=\x07", "\x1b[2Jx",
    "a\n# H\n- L", "**b** `c`", "a | b", "<img src=x onerror=x>", "[@click=app.quit]p[/]",
    "\x9b31m\x07",
)  # fmt: skip
"""For fields that take a line."""


def words(mark: str) -> str:
    """The hostile text of a mark, for a scenario."""
    return f"{_start(mark)}Zk{mark} {ENDING}"


def line(mark: str) -> str:
    """The hostile text of a mark, of at most eighty characters."""
    return f"{_start(mark)[:26]}Zk{mark} {SHORT[sum(map(ord, mark)) % len(SHORT)]}"


def letter(mark: str) -> str:
    """The hostile text of a mark, with what no scenario can hold."""
    return f"{_start(mark)}Zk{mark} {CONTROLS} {ENDING}"


def _start(mark: str) -> str:
    return STARTS[sum(map(ord, mark)) % len(STARTS)]


def quoted(text: str) -> str:
    """A text as YAML takes it in double quotes."""
    return json.dumps(text, ensure_ascii=False).replace("\ufeff", "\\ufeff")


def _t(mark: str) -> str:
    return quoted(words(mark))


def scenario() -> str:
    """A scenario with a hostile text in every key that takes words."""
    return f"""\
title: {_t("title")}
summary: {_t("summary")}
version: {_t("version")}
banner: {_t("banner")}
classification: {_t("classification")}
start: 2030-03-01
first_day: -7
numbers: shown
turns:
  short: {{weeks: [1, 1], default: true}}
actors:
  alder: {{name: {_t("alder")}, wants: {_t("wants")}, fears: {_t("fears")}, knows: {_t("knows")},
    adjective: {_t("adjective")}, personality: {_t("personality")}, capital: [5, 58],
    sources: {{gdp: {_t("actorsource")}}}}}
  birk: {{name: {_t("birk")}, wants: {_t("wantsbirk")}, capital: [8, 56]}}
  kesk: {{name: {_t("kesk")}, role: adversary, personality: {_t("style")}, capital: [14, 58]}}
seats:
  alder: {{name: {_t("seatalder")}, actor: alder, brief: {_t("brief")}}}
  birk: {{name: {_t("seatbirk")}, actor: birk, brief: {_t("briefbirk")}}}
  kesk: {{name: {_t("seatkesk")}, actor: kesk}}
  press: {{name: {_t("seatpress")}, sees: public}}
  judge: {{name: {_t("seatjudge")}, role: evaluator, sees: control}}
theatres:
  sound: {{name: {_t("theatre")}, at: [11, 58]}}
nodes:
  port: {{name: {_t("port")}, owner: alder, at: [6, 58], theatre: sound,
    source: {_t("nodesource")}}}
  quay: {{name: {_t("quay")}, owner: birk, at: [8, 56.5]}}
links:
  - {{from: quay, to: port, km: 200, name: {_t("link")}}}
units:
  cutters: {{name: {_t("cutters")}, owner: alder, kind: ships, at: port, theatre: sound,
    source: {_t("unitsource")}}}
  guards: {{name: {_t("guards")}, owner: birk, at: quay}}
forums:
  council: {{name: {_t("forum")}, chair: alder, competence: [statement, strategy, deploy],
    says: {_t("forumsays")}}}
treaties:
  pact: {{name: {_t("treaty")}, parties: [alder, birk], forum: council, trigger: {_t("trigger")},
    obliges: {_t("obliges")}, source: {_t("treatysource")}}}
motions:
  words:
    name: {_t("motion")}
    forum: council
    sponsor: alder
    clauses:
      - {{text: {_t("clause")}, weight: 0.6}}
      - {{text: {_t("clausetwo")}, weight: 0.4, softer: {_t("softer")}}}
packages:
  tariff: {{name: {_t("package")}, target: kesk, demand: {_t("demand")}, sectors: {{energy: 0.2}}}}
sectors:
  energy: {{name: {_t("sector")}}}
reports:
  sighting: {{name: {_t("report")}, origin: alder, about: kesk, theatre: sound, severity: 0.8,
    text: {_t("reporttext")}}}
fields:
  mood: {{says: {_t("field")}, axes: [ally], unit: {_t("unit")}, start: 0.4}}
actions:
  cheer: {{says: {_t("action")}, consequence: {_t("consequence")},
    effects: [{{cell: "scenario.mood[self]", add: 0.1}}]}}
injects:
  notice:
    name: {_t("inject")}
    at: D-7
    from: {_t("sender")}
    text: {_t("injecttext")}
    method: {_t("method")}
    expected: {_t("expected")}
    objective: quiet
    background: {_t("background")}
    source: {_t("injectsource")}
    effects: [{{cell: "scenario.mood[alder]", add: 0.2}}]
objectives:
  quiet: {{name: {_t("objective")}, met: measures.peak_level < 5, measure: measures.peak_level,
    says: {_t("objectivesays")}, strength: {_t("strength")}, improve: {_t("improve")}}}
  judged: {{name: {_t("judged")}, says: {_t("judgedsays")}}}
outcomes:
  - {{name: {_t("outcome")}, when: "true", says: {_t("outcomesays")}}}
questions:
  - {{text: {_t("question")}}}
left_out: {_t("leftout")}
sources: {{one: {_t("source")}}}
map:
  frame: [2, 54, 18, 60]
  shapes:
    - {{owner: alder, ring: [[2, 57], [7, 57], [7, 60], [2, 60]]}}
    - {{owner: birk, ring: [[6, 54], [10, 54], [10, 56.6], [6, 56.6]]}}
"""


def played(path: Path, save: Path) -> Mapping[str, str]:
    """Write the scenario, play it in a save with people who type as badly; what was refused."""
    path.write_text(scenario(), encoding="utf-8")
    with Save.create(save) as journal:
        session = create(load(str(path)), journal, seed=4, people=("alder", "birk"))
        session.clock = lambda: "2030-01-01T10:00:00Z"
        refused = _typed(session)
        session.resolve()
        ControlDesk(session).rule("deterrence.tension[sound]", "add", 0.1, letter("ruling"))
        session.publish()
        session.open()
        session.close_council()
        session.resolve()
        session.publish()
    return refused


def _typed(session: Session) -> dict[str, str]:
    """Fill every field that people have; which ones refused it, and in what words."""
    birk, control = LocalDesk(session, "birk"), ControlDesk(session)

    refused: dict[str, str] = {}

    def do(mark: str, act: object) -> None:
        with suppress(ExerciseError):
            found = act() if callable(act) else None
            found = found[-1] if isinstance(found, tuple) else found
            if isinstance(found, Refusal):
                refused[mark] = found.reason

    do("question", lambda: birk.talk.ask(line("asktitle"), letter("ask")))
    do("letter", lambda: birk.talk.say(("alder", "control"), line("lettertitle"), letter("letter")))
    do("statement", lambda: birk.talk.state(line("statementtitle"), letter("statement")))
    do("room", lambda: birk.talk.open_room(line("room"), ("alder",)))
    do("press", lambda: control.talk.press(line("outlet"), line("presstitle"), letter("press")))
    do(
        "speak",
        lambda: control.talk.speak(line("as"), ("all",), line("speaktitle"), letter("speak")),
    )
    do("answer", lambda: control.talk.answer("#1.1", letter("answer")))
    do("request", lambda: birk.requests.ask(("control",), line("requesttitle"), letter("request")))
    do("claim", lambda: control.requests.claim("R1"))
    do("draft", lambda: control.requests.draft("R1", letter("draft")))
    do("move", lambda: birk.moves.make(letter("move"), letter("purpose"), letter("because")))
    name = next(iter(birk.moves.moves())).name
    do("argument", lambda: control.moves.argue(name, "for", letter("argument")))
    do("weigh", lambda: control.moves.weigh(name, "50", letter("success"), letter("failure")))
    do(
        "note",
        lambda: control.notes.record(
            "judged", letter("happened"), letter("seen"), "S", remark=letter("remark")
        ),
    )
    do("discussion", lambda: birk.questions.answer("question-1", letter("discussion")))
    do(
        "inject",
        lambda: control.msel.write(
            Text(
                line("owninject"),
                letter("owntext"),
                ("all",),
                line("ownsender"),
                letter("ownexpected"),
                "D",
                letter("ownbackground"),
            )
        ),
    )
    do("handled", lambda: birk.msel.mark("notice", "answered", letter("handled")))
    do("consider", lambda: control.chamber.sum_up("words", letter("summed")))
    do(
        "position",
        lambda: birk.chamber.explain("words", "reserved", letter("position"), letter("wants")),
    )
    control.close_council()
    do("reason", lambda: birk.draft("set_caveat guards roe set", letter("reason")))
    do("own", lambda: birk.draft("cheer", letter("cheered")))
    birk.seal()
    return refused
