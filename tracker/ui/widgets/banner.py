"""A strip across the page that says something once, with at most one thing to do, and a way to more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.ui.theme.tokens import Radius, Size, Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind, IconButton
from tracker.ui.widgets.glyph import Glyph
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme

_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.OK: "circle-check",
    Tone.WARN: "triangle-alert",
    Tone.LATE: "circle-alert",
    Tone.WAIT: "circle-question-mark",
}


class Banner(QWidget):
    """Words on a soft colour, with an icon that says the same; hidden until there is something to say."""

    action_pressed = Signal()
    more_pressed = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._tone = theme, Tone.NEUTRAL
        self._icon = Glyph(theme, "info", self, size=Size.ICON)
        self._text = Text("", self, style=TextStyle.BODY_STRONG, wrap=True)
        self._more = Button(theme, "", self, kind=ButtonKind.LINK)
        self._action = Button(theme, "", self)
        self._close = IconButton(theme, "x", self, name=self.tr("Close this message"))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.CARD, Space.S, Space.S, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._more)
        row.addWidget(self._action)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._action.clicked.connect(self.action_pressed)
        self._more.clicked.connect(self.more_pressed)
        self._close.clicked.connect(self._dismiss)
        self.hide()

    def show_message(self, text: str, tone: Tone = Tone.NEUTRAL, *, action: str = "", more: str = "") -> None:
        """Say `text`; `action` names the one button, `more` the link beside it, none without them.

        An empty text hides the strip.
        """
        self._tone = tone
        ink = "text" if tone is Tone.NEUTRAL else tone.value
        self._icon.show_icon(_ICONS[tone], ink)
        self._text.setText(text)
        self._text.set_ink(ink)
        for button, words in ((self._action, action), (self._more, more)):
            button.setText(words)
            button.setAccessibleName(words.replace("&", ""))
            button.setVisible(bool(words))
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.update()
        announce(self, text, urgent=tone in (Tone.LATE, Tone.WAIT))

    @property
    def message(self) -> str:
        """What the strip says, "" when it says nothing."""
        return self._text.text() if not self.isHidden() else ""

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        pair = self._theme.tokens.tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        soft = self._theme.tokens.surface if self._tone is Tone.NEUTRAL else pair.soft
        edge = pair.strong if self._theme.tokens.high_contrast else soft
        painter.setPen(QPen(QColor(self._theme.tokens.line if self._tone is Tone.NEUTRAL else edge), 1))
        painter.setBrush(QColor(soft))
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, Radius.CONTROL, Radius.CONTROL)
        painter.end()
