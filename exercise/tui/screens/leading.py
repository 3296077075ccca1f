"""Where control's desk leads: slips, the council, what is said and written, the map, a seat."""

from __future__ import annotations

from exercise.tui.screens.aside import Aside
from exercise.tui.screens.hosted import SpeakSheet, WashScreen
from exercise.tui.screens.pick import PickSheet
from exercise.tui.screens.white import WhitePage
from exercise.tui.widgets.lines import Line


class LeadingPage(WhitePage, Aside):
    """A page of control's from which other screens are opened."""

    def action_slips(self) -> None:
        """Enter slips."""
        self.enter(None)

    def enter(self, seat: str | None) -> None:
        """Enter slips, of one seat or from the first."""
        from exercise.tui.screens.grid import GridScreen

        if not self.room.decides:
            self.action_table()
        elif not self.room.deciding():
            self.say("All seats are bots; there are no slips to enter.")
        else:
            self.studio.push_screen(GridScreen(self.room, seat))

    def action_council(self) -> None:
        """Run the council."""
        from exercise.tui.screens.session_council import ChamberScreen

        if not self.room.decides:
            self.say("Nothing comes before a council here; q holds questions and answers.")
            return
        self.studio.push_screen(ChamberScreen(self.room))

    def action_speak(self) -> None:
        """Speak as anyone."""
        if self.room.over:
            self.say("The exercise is over.")
        else:
            self.studio.push_screen(SpeakSheet(self.room))

    def action_inbox(self) -> None:
        """All messages."""
        from exercise.tui.screens.inbox import MailroomScreen

        self.studio.push_screen(MailroomScreen(self.control))

    def action_map(self) -> None:
        """The map."""
        from exercise.tui.screens.map import MapScreen

        self.studio.push_screen(MapScreen(self.control))

    def action_changes(self) -> None:
        """All that changed."""
        from exercise.tui.screens.results import ChangesScreen

        self.studio.push_screen(ChangesScreen(self.control))

    def action_sit(self) -> None:
        """Let a person sit down at a desk."""
        from exercise.tui.screens.guest import sit

        standing = self.control.standing()
        lines = [
            Line(title, right=standing.filling.get(name, ""), data=name)
            for name, title in standing.titles.items()
        ]
        if "evaluator" not in standing.titles:
            lines.append(Line("Evaluator", right="sees all, records", data="evaluator"))
        self.studio.push_screen(
            PickSheet("Who sits down here?", lines, lambda seat: sit(self.studio, self.room, seat))
        )

    def action_wash(self) -> None:
        """Write the hot wash and read it."""
        written = self.tried(self.room.wash)
        if written:
            told = f"Written to {written[0]} and {written[1].name}"
            self.studio.push_screen(WashScreen(self.control.washed(), self.control, told))
