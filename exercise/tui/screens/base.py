"""What all screens share: banner, body, keys; help, the palette and asking why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult, RenderResult
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.message import Message
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from exercise.tui.actions import acts_of
from exercise.tui.acts import Act
from exercise.tui.ahead import says_no
from exercise.tui.widgets.frame import Banner, Keys
from exercise.tui.widgets.ground import Beneath
from exercise.tui.widgets.lines import Lines
from exercise.tui.words import plain

if TYPE_CHECKING:
    from exercise.desk import Desk, Standing
    from exercise.tui.app import Studio
    from exercise.view import View

T = TypeVar("T")
COMES_UP = (events.Compose, events.Mount, events.ScreenResume)
"""What a screen hears when it is put on; the last also when it is the topmost again."""
Command = tuple[str, str, Callable[[], Any]]
STAGES = {
    "council": "Council",
    "orders": "Orders",
    "review": "Results with control",
    "over": "Over",
}


class Everything(Provider):
    """What the palette finds: the screen's acts, then whatever else the screen offers."""

    def _commands(self) -> Iterator[Command]:
        screen = self.screen
        if not isinstance(screen, Page | Sheet):
            return
        for act in acts_of(screen.KEY):
            if act.name not in ("nothing", "palette"):
                title = act.label[:1].upper() + act.label[1:]
                run = _runner(screen, act.name)
                yield f"{title}  ({act.shown_key})", act.says, run
        yield from screen.commands()
        yield from screen.studio.commands()

    async def discover(self) -> Hits:
        """All of it, before anything is typed."""
        for title, says, run in self._commands():
            yield DiscoveryHit(Content(title), run, text=title, help=_unmarked(says))

    async def search(self, query: str) -> Hits:
        """What fits the words typed."""
        matcher = self.matcher(query)
        for title, says, run in self._commands():
            score = max(matcher.match(title), 0.8 * matcher.match(says))
            if score > 0:
                yield Hit(score, Content(title), run, text=title, help=_unmarked(says))


def _unmarked(text: str) -> str:
    """The text as content, which the palette does not read as markup (it is typed as str)."""
    return cast(str, Content(text))


def _runner(screen: Screen[Any], action: str) -> Callable[[], Any]:
    async def run() -> None:
        await screen.run_action(action)

    return run


class _Shared:
    """What pages and sheets share."""

    KEY: ClassVar[str] = ""

    def commands(self) -> Iterator[Command]:
        """What else the palette offers here: title, sentence, what to call."""
        yield from ()

    def tried(self, make: Callable[[], T]) -> T | None:
        """What `make` gives; where the engine refuses, its plain words are shown instead."""
        try:
            return make()
        except says_no() as error:
            self.studio.refused(error)
            return None

    @property
    def studio(self) -> Studio:
        """The app."""
        from exercise.tui.app import Studio

        app = self.app  # type: ignore[attr-defined]
        assert isinstance(app, Studio)
        return app

    def ask(self, desk: Desk, cell: str, turn: int | None = None) -> None:
        """Ask why a cell is as it is."""
        from exercise.tui.screens.why import WhySheet

        if cell:
            numbers = desk.view().numbers
            self.studio.push_screen(WhySheet(desk, cell, turn, numbers=numbers))
        else:
            self.studio.tell("This line states nothing that has a cause in the rules.", quiet=True)

    def action_help(self) -> None:
        """Explain this screen."""
        from exercise.tui.screens.help import HelpSheet

        course = self.studio.course
        talk = course is not None and not course.control.standing().decides
        self.studio.push_screen(HelpSheet(self.KEY, talk=talk))

    def action_palette(self) -> None:
        """Find anything."""
        self.studio.action_command_palette()

    def action_depart(self) -> None:
        """Leave the program; asked first where something is unfinished."""
        from exercise.tui.leaving import depart

        depart(self.studio)

    def action_back(self) -> None:
        """Go back to where one was, or out of the program where there is nothing beneath."""
        self.studio.back()


class _Told(_Shared, Screen[None]):
    """A screen on which a no of the engine, or of a host elsewhere, is told, whoever asked.

    It is painted first when all on it has found its place: Textual paints a screen that comes up
    before its parts know their sizes, and once more after each that follows from these.
    """

    _comes_up = True
    unfinished = False
    """Whether it could not be put on whole: a host that it asks on the way was away."""

    def _compositor_refresh(self) -> None:
        if self._comes_up:
            self._repaint_required = True
        else:
            super()._compositor_refresh()

    def _on_timer_update(self) -> None:
        self._comes_up = False
        super()._on_timer_update()

    def on_screen_resume(self) -> None:
        """Once the sheet above is closed, the ending that waited for it comes."""
        if self.studio.course is not None:
            self.studio.course.come_to_end(self.studio)

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except says_no() as error:
            self.studio.refused(error)
            self.unfinished |= isinstance(message, COMES_UP) and not self.stack_updates
            if isinstance(message, events.ScreenResume):
                self._on_screen_resume(message)  # what Textual does then, which the no cut short

    def offer(self, acts: Sequence[Act]) -> None:
        """Name these keys below, in place of all of the screen's."""
        keys = self.query_one(Keys)
        if list(keys.acts) != list(acts):
            keys.acts = acts
            keys.refresh()


class Page(_Told):
    """A whole screen: banner, body, keys."""

    COMMANDS = {Everything}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]

    def compose(self) -> ComposeResult:
        """Banner above, keys below, the body between."""
        yield Banner()
        yield from self.body()
        yield Keys(acts_of(self.KEY))

    def body(self) -> Iterator[Widget]:
        """What is between banner and keys."""
        yield from ()

    def mark(self, view: View, standing: Standing, past: str = "") -> None:
        """Put a view's banner, and where the exercise stands, into the top line.

        `past` is said in place of the stage where a turn that is done is looked at.
        """
        banner = self.query_one(Banner)
        banner.banner = view.banner
        banner.scenario = view.scenario
        banner.clock = self.studio.clock_words()
        stage = STAGES[standing.stage]
        if not standing.decides and standing.stage in ("council", "orders"):
            stage = "Discussion"
        paused = ["STOP" if standing.stopped else "frozen"] if standing.paused else []
        if standing.stage == "over" and view.turn != standing.turn:
            past = past or "Looking back"
        turn = view.turn if past else max(standing.turn, 1)
        told = f"Turn {turn} of {view.turns}" if turn else "The opening"
        where = [told, plain(view.day), *paused, past or stage]
        banner.standing = " · ".join(part for part in where if part)

    def focus_list(self, selector: str) -> None:
        """Put the cursor into a list."""
        self.query_one(selector, Lines).focus()


class Sheet(_Told, ModalScreen[None]):
    """A sheet over a screen: the banner stays in sight above it, its own keys below."""

    COMMANDS = {Everything}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]

    def __init__(self) -> None:
        super().__init__(classes="sheet")

    def render(self) -> RenderResult:  # type: ignore[override]  # a picture is one, as elsewhere
        """The ground: what lies beneath, dimmed."""
        ground = super().render()
        if isinstance(ground, BackgroundScreen):
            return Beneath(ground.screen, ground.color)
        return ground

    def compose(self) -> ComposeResult:
        """Banner and keys as on the screen beneath, the paper between."""
        from textual.containers import VerticalScroll

        banner = Banner()
        banner.styles.dock = "top"
        beneath = [s for s in self.app.screen_stack if s is not self and s.query(Banner)]
        if beneath:
            above = beneath[-1].query_one(Banner)
            banner.banner, banner.scenario = above.banner, above.scenario
            banner.standing, banner.clock = above.standing, above.clock
        yield banner
        with VerticalScroll(classes="paper", can_focus=False):
            yield from self.body()
        keys = Keys(acts_of(self.KEY))
        keys.styles.dock = "bottom"
        yield keys

    def body(self) -> Iterator[Widget]:
        """What is on the paper."""
        yield from ()

    def on_descendant_focus(self) -> None:
        """What is above a part to fill in belongs to it, and is in sight with it."""
        self.call_after_refresh(self._in_sight)

    def _in_sight(self) -> None:
        """Show the head of the paper with the parts that fit beneath it, else the part's label."""
        paper, part = self.query_one(".paper"), self.focused
        if part is None or part.parent is not paper:
            return
        place = part.virtual_region
        if place.bottom <= paper.size.height:
            paper.scroll_home(animate=False)
        elif place.y - 2 < paper.scroll_y:
            paper.scroll_to(y=place.y - 2, animate=False)

    def room_for(self, lines: Lines, above: int) -> int:
        """Give a list what is left of the paper beneath `above` rows, and say how many that is.

        Without it the paper would scroll beside the list, and take its title out of sight.
        """
        narrow = self.app.size.width < 100
        paper = self.app.size.height * (1.0 if narrow else 0.9) - (2 if narrow else 4)
        rows = max(int(paper) - above, 3)
        lines.styles.max_height = rows
        return rows
