"""What control does beside orders: questions around the table, free-form moves, notes."""

from __future__ import annotations

from exercise.tui.screens.hosted import RoomPage


class Aside(RoomPage):
    """The ways from control's desk to what people say."""

    def say(self, text: str) -> None:
        """A plain line; where nothing is said, nothing is shown."""

    def action_table(self) -> None:
        """Questions and answers around the table."""
        from exercise.tui.screens.table import TableScreen

        if self.room.over:
            self.say("The exercise is over; the hot wash holds all answers.")
        elif self.room.decides and not self.control.questions.asked():
            self.say("No question has been put yet.")
        else:
            self.studio.push_screen(TableScreen(self.room))

    def action_judge(self) -> None:
        """Judge free-form moves."""
        from exercise.tui.screens.judge import JudgeScreen

        self.studio.push_screen(JudgeScreen(self.room))

    def action_notes(self) -> None:
        """What evaluators record."""
        from exercise.tui.screens.notes import NotesScreen

        self.studio.push_screen(NotesScreen(self.control))

    def action_queue(self) -> None:
        """What waits for an answer or a review."""
        from exercise.tui.screens.requests import QueueScreen

        self.studio.push_screen(QueueScreen(self.control))
