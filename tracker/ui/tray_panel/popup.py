"""The sheet the tray panel stands on: it goes with Escape, and when another window is worked in."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Radius

_ARROWS = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}


class PopupSheet(QWidget):
    """A window without a frame, above all others."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        kind = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(parent, kind)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape; the arrow keys go from one thing to the next."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in _ARROWS:
            self.focusNextPrevChild(_ARROWS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Close when another window is worked in."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("border"), 1))
        painter.setBrush(self._theme.colour("bg"))
        corner = 0 if self._theme.tokens.high_contrast else Radius.CARD
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        painter.end()
