"""An evaluator's forms: objectives, critical tasks, what was recorded, what lacks evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from exercise.orders import Refusal
from exercise.room.notes import RATINGS, Form, Note, Task
from exercise.tui.actions import bindings_of
from exercise.tui.screens.base import Page
from exercise.tui.screens.fill import FillSheet, Part
from exercise.tui.screens.help import NoticeSheet
from exercise.tui.widgets.lines import Line, Lines
from exercise.tui.words import plain

if TYPE_CHECKING:
    from exercise.desk import LocalDesk

LETTERS = (
    ("", "no rating yet"),
    *((letter, f"{letter}: {says}") for letter, says in RATINGS.items()),
)
NO_LINK = ("|", "nothing in particular")


class NotesScreen(Page):
    """Each objective with its tasks and notes; a note is one key away."""

    KEY = "notes"
    BINDINGS = bindings_of(KEY)

    def __init__(self, desk: LocalDesk) -> None:
        super().__init__()
        self.desk = desk
        self.version = -1

    def body(self) -> Iterator[Widget]:
        """What is missing, then the forms."""
        yield Static("What evaluators see", classes="title air", markup=False)
        yield Static(id="gaps", classes="quiet", markup=False)
        yield Lines(id="forms", classes="air", empty="This exercise has no objectives.")

    def on_mount(self) -> None:
        """Show them."""
        self.renew()
        self.query_one(Lines).focus()

    def on_screen_resume(self) -> None:
        """Something may have been recorded."""
        if self.is_mounted:
            self.renew()

    def renew(self) -> None:
        """Show the forms as they are now, if anything has changed."""
        standing = self.desk.standing()
        if standing.version == self.version:
            return
        self.version = standing.version
        self.mark(self.desk.view(), standing)
        notes = self.desk.notes
        gaps = notes.gaps()
        words = "; ".join(gap.title for gap in gaps)
        told = "Every objective that has come up has evidence."
        told = f"! No evidence yet: {words}" if gaps else told
        self.query_one("#gaps", Static).update(plain(told))
        lines: list[Line] = []
        for form in notes.forms():
            lines += form_lines(form, standing.titles)
        loose = [note for note in notes.notes() if not note.objective]
        if loose:
            lines.append(Line("Beside the objectives", heading=True))
            lines += [_note_line(note, standing.titles) for note in loose]
        self.query_one(Lines).show(lines)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Record a note on it; a note that is there is read."""
        match event.line.data:
            case Note() as note:
                self.studio.push_screen(NoticeSheet(_headed(note), note_text(note)))
            case (Form() as form, task):
                self._record(form, task)

    def _record(self, form: Form | None, task: Task | None) -> None:
        self.studio.push_screen(note_sheet(self.desk, form, task))

    def action_record(self) -> None:
        """Record a note on the chosen objective or task."""
        line = self.query_one(Lines).line
        data = line.data if line is not None else None
        if isinstance(data, tuple):
            self._record(*data)
        elif isinstance(data, Note):
            forms = {form.objective: form for form in self.desk.notes.forms()}
            self._record(forms.get(data.objective), None)
        else:
            self._record(None, None)

    def action_loose(self) -> None:
        """Record a note beside the objectives."""
        self._record(None, None)

    def action_take_back(self) -> None:
        """Take a note of one's own back."""
        line = self.query_one(Lines).line
        if line is None or not isinstance(line.data, Note):
            self.studio.tell("Choose one of your notes first.", quiet=True)
            return
        note: Note = line.data

        def take(filled: Mapping[str, str]) -> Refusal | None:
            return self.desk.notes.take_back(note.name, filled["why"])

        parts = [Part("why", "Why do you take it back?")]
        about = note.observation
        self.studio.push_screen(FillSheet("Take a note back", parts, take, about=about))


def form_lines(form: Form, titles: Mapping[str, str]) -> Iterator[Line]:
    """An objective: its tasks, then what was recorded."""
    rating = f"{form.rating}: {RATINGS[form.rating]}" if form.rating else "not rated"
    sign = "!" if form.bare else "●"
    yield Line(form.title, sign=sign, sign_style="$adversary" if form.bare else "$own",
               style="$bright bold", right=rating, note=form.says, data=(form, None))  # fmt: skip
    for task in form.tasks:
        yield Line(
            f"Expected: {task.expected}", sign="·" if task.came else "○", sign_style="$dim",
            indent=2, note=f"{task.title} · {'has come' if task.came else 'has not come yet'}",
            data=(form, task),
        )  # fmt: skip
    yield from (_note_line(note, titles) for note in form.notes)


def _note_line(note: Note, titles: Mapping[str, str]) -> Line:
    who = titles.get(note.seat, note.seat)
    tied = f" · {note.kind}" if note.kind else ""
    tied += " · on a line that was left" if note.line else ""
    evidence = f"evidence: {note.evidence}" if note.evidence else "no evidence given"
    return Line(
        note.observation or note.evidence, sign=note.rating or "–", sign_style="$own", indent=2,
        right=f"{who}, turn {note.turn}{tied}", note=evidence, data=note,
    )  # fmt: skip


def _headed(note: Note) -> str:
    return f"{note.rating}: {RATINGS[note.rating]}" if note.rating else "A note without a rating"


def note_text(note: Note) -> str:
    """The whole of a note, to be read."""
    when = f"turn {note.turn}, {note.stage}{', ' + note.at if note.at else ''}"
    lines = [f"{note.seat} · {when}"]
    lines += [f"Written on a line of play that was left since: {note.line}."] if note.line else []
    lines += [f"About the {note.kind} {note.about}"] if note.kind else []
    lines += [f"Observation: {note.observation}"] if note.observation else []
    lines += [f"Evidence: {note.evidence}"] if note.evidence else ["No evidence given."]
    lines += [f"Remark: {note.remark}"] if note.remark else []
    lines += [f"Taken back: {note.withdrawn}"] if note.withdrawn else []
    return "\n".join(plain(line) for line in lines)


def note_sheet(desk: LocalDesk, form: Form | None, task: Task | None) -> FillSheet:
    """The sheet on which an evaluator records what was seen."""
    links = [(f"{link.kind}|{link.name}", link.says) for link in desk.notes.links()]
    tied = f"inject|{task.inject}" if task is not None and task.came else NO_LINK[0]
    if tied not in dict(links):
        tied = NO_LINK[0]

    def take(filled: Mapping[str, str]) -> Refusal | None:
        kind, _, about = filled["tied"].partition("|")
        objective = form.objective if form is not None else ""
        given = desk.notes.record(
            objective, filled["observation"], filled["evidence"], filled["rating"],
            kind, about, filled["remark"],
        )  # fmt: skip
        return given if isinstance(given, Refusal) else None

    title = form.title if form is not None else "A note beside the objectives"
    about = task.expected if task is not None else form.says if form is not None else ""
    parts = [
        Part("observation", "What did you see or hear?"),
        Part("evidence", "On what evidence? (who, when, which record)"),
        Part("rating", "How well was it done?", choices=LETTERS),
        Part("tied", "It is about", tied, choices=[NO_LINK, *links]),
        Part("remark", "Anything else? (why it went so, what would help)"),
    ]
    return FillSheet(title, parts, take, about=about, done="Recorded.")
