"""A card that says something about a request and offers what can be done about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.ticket import Act
from tracker.model.wish import Wish, WishKind
from tracker.ui.flow import FlowLayout
from tracker.ui.page_context import PageContext
from tracker.ui.reading_order import put_in_order
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Size, Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.wish_sender import WishSender
from tracker.ui.timeline.words import delivery_words
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.glyph import Glyph


class SayingCard(Card):
    """A headline beside an icon, lines under it, buttons, and what has come of pressing them.

    Words of the desk's may be as long as they like: they break anywhere and never widen the page.
    `kinds` are the wishes that this card asks for: nothing on it can be pressed while one is written down.
    """

    def __init__(
        self,
        context: PageContext,
        sender: WishSender,
        parent: QWidget | None = None,
        *,
        icon: str,
        kinds: tuple[WishKind, ...] = (),
    ) -> None:
        super().__init__(context.theme, parent)
        self._context, self._sender, self._kinds = context, sender, kinds
        self._icon_name = icon
        self._icon = Glyph(context.theme, icon, self, size=context.theme.type.scaled(Size.ICON))
        self._headline = RunText(context.theme, self)
        self._lines: list[RunText] = []
        self._between: list[QWidget] = []
        self._outcome = RunText(context.theme, self)
        self._said = ""
        self._buttons = QWidget(self)
        self._flow = FlowLayout(self._buttons)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(Space.HAIR)
        self._column.addWidget(self._headline)
        self._column.addWidget(self._outcome)
        head.addLayout(self._column, 1)
        self.body.addLayout(head)
        self.body.addWidget(self._buttons)
        self._outcome.hide()
        self._buttons.hide()
        sender.handed.connect(self._handed)
        self.hide()

    def say(
        self, title: str, lines: Sequence[str] = (), *, tone: Tone = Tone.NEUTRAL, icon: str = ""
    ) -> None:
        """Say this; empty lines are left out."""
        said = [line for line in lines if line]
        self._headline.show_runs((Run(title, TextStyle.CARD_TITLE),))
        while len(self._lines) < len(said):
            made = RunText(self._context.theme, self)
            self._column.insertWidget(1 + len(self._lines), made)
            self._lines.append(made)
            self._put_in_order()
        for at, place in enumerate(self._lines):
            place.setVisible(at < len(said))
            place.show_runs((Run(said[at], TextStyle.SMALL, "muted"),) if at < len(said) else ())
        self._icon.show_icon(icon or self._icon_name, "text" if tone is Tone.NEUTRAL else tone.value)
        self.set_tone(tone)
        spoken = (part if part.endswith((".", "?", "…")) else f"{part}." for part in (title, *said))
        self.setAccessibleName(" ".join(spoken))

    def say_outcome(self, sentence: str, *, ink: str = "text") -> None:
        """Say what has come of what was asked; it is read aloud where it is new. "" says nothing."""
        self._outcome.setVisible(bool(sentence))
        self._outcome.show_runs((Run(sentence, TextStyle.SMALL, ink),) if sentence else ())
        if sentence != self._said:
            self._said = sentence
            announce(self, sentence)

    @property
    def outcome(self) -> str:
        """What is said to have come of it, "" for nothing."""
        return self._said

    def add_button(
        self,
        words: str,
        press: Callable[[], object],
        *,
        kind: ButtonKind = ButtonKind.SECONDARY,
        icon: str = "",
    ) -> Button:
        """Add a button at the end of the row; it is hidden until `offer` shows it."""
        made = Button(self._context.theme, words, self._buttons, kind=kind, icon=icon)
        made.clicked.connect(press)
        self._flow.addWidget(made)
        made.hide()
        return made

    def add_between(self, *parts: QWidget) -> None:
        """Put parts, such as a form, between the words and the buttons."""
        for part in parts:
            self.body.insertWidget(self.body.count() - 1, part)
            self._between.append(part)
        self._put_in_order()

    def offer(self, *buttons: Button) -> None:
        """Show exactly these buttons of the row; what has the keyboard keeps it as long as it is there."""
        for button in self._buttons.findChildren(Button):
            button.setVisible(button in buttons)
            button.setEnabled(True)
        self._buttons.setVisible(bool(buttons))
        self._flow.invalidate()

    def focus_act(self, act: Act) -> None:
        """Put the keyboard where this is done: on the first button, where a card knows no better."""
        shown = (button for button in self._buttons.findChildren(Button) if not button.isHidden())
        first = next(shown, None)
        if first is not None:
            first.setFocus()

    def lock(self, *, locked: bool = True) -> None:
        """Take no second press while the first is being written down."""
        for button in self.findChildren(Button):
            button.setEnabled(not locked)

    def how_it_stands(self, words: str, *, online: bool) -> str:
        """Add to what was asked how far it has got, or why the desk refused it; "" if nothing was asked."""
        pending = self._sender.on_its_way(*self._kinds) or self._sender.refused(*self._kinds)
        if pending is None:
            return ""
        return f"{words} {delivery_words(pending.delivery, pending.error, online=online)}"

    @property
    def outcome_ink(self) -> str:
        """The colour for what has come of it: late where the desk refused it."""
        return "late" if self._sender.refused(*self._kinds) is not None else "text"

    def _put_in_order(self) -> None:
        put_in_order([self._headline, *self._lines, self._outcome, *self._between, self._buttons])

    def _handed(self, wish: Wish) -> None:
        if wish.kind in self._kinds:
            self.lock()
