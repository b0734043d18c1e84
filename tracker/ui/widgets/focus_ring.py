"""The ring around what has the keyboard: 2 px wide, 2 px off, only when the keyboard brought it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWindow
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from tracker.ui.theme.tokens import Radius
from tracker.ui.widgets.painting import paint_focus_ring

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme

_ROOM = 4
_CHIP_MARGIN = 3
"""A pill is lower than the target it stands in (style.qss)."""
_INPUT = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}
_FOLLOWED = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class FocusRing(QWidget):
    """One per window. Lists paint their own mark on the current row, so the ring leaves them alone.

    A widget may say its corner radius in the property "focusRadius".
    """

    def __init__(self, theme: Theme, window: QWidget, application: QApplication) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._around: QWidget | None = None
        self._followed: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setObjectName("focusRing")
        self.hide()
        self._by_keyboard = False
        self._listened_to: QWindow | None = None
        window.installEventFilter(self)
        application.focusChanged.connect(self._focus_changed)

    @property
    def around(self) -> QWidget | None:
        """The widget the ring is drawn around, None while there is none."""
        return self._around if not self.isHidden() else None

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._leave()
        if new is None or new.window() is not self._window or isinstance(new, QAbstractItemView):
            return
        if not (self._by_keyboard or self._window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)):
            return
        self._around = new
        walk: QWidget | None = new
        while walk is not None and walk is not self._window:
            walk.installEventFilter(self)
            self._followed.append(walk)
            walk = walk.parentWidget()
        self._place()

    def _leave(self) -> None:
        for widget in self._followed:
            if isValid(widget):  # the page it was on may be gone
                widget.removeEventFilter(self)
        self._followed = []
        self._around = None
        self.hide()

    def _place(self) -> None:
        around = self._around
        if around is None or not around.isVisibleTo(self._window):
            self.hide()
            return
        place = QRect(around.mapTo(self._window, QPoint(0, 0)), around.size())
        place.adjust(-_ROOM, -_ROOM, _ROOM, _ROOM)
        seen = place.intersected(self._clip(around))
        if seen.isEmpty():
            self.hide()
            return
        self.setGeometry(place)
        self.setMask(seen.translated(-place.topLeft()))
        self.raise_()
        self.show()

    def _clip(self, widget: QWidget) -> QRect:
        """Return, in the window's coordinates, the part of the window that `widget` can be seen through."""
        walk = widget
        while (parent := walk.parentWidget()) is not None:
            above = parent.parentWidget()
            if isinstance(above, QAbstractScrollArea) and above.viewport() is parent and above is not widget:
                return QRect(parent.mapTo(self._window, QPoint(0, 0)), parent.size())
            walk = parent
        return self._window.rect()

    def _listen(self) -> None:
        """Hear keys and clicks where they enter the window: what was used last decides about the ring."""
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._listened_to:
            handle.installEventFilter(self)
            self._listened_to = handle

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget when it or what holds it moves."""
        kind = event.type()
        if watched is self._listened_to:
            if kind in _INPUT:
                self._by_keyboard = kind == QEvent.Type.KeyPress
        elif watched is self._window:
            if kind == QEvent.Type.Show:
                self._listen()
        elif kind in _FOLLOWED:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM)
        radius = self._around.property("focusRadius") if self._around is not None else None
        corner = float(radius) if isinstance(radius, (int, float)) else float(Radius.CONTROL)
        if self._around is not None and self._around.property("chip"):
            rect.adjust(0, _CHIP_MARGIN, 0, -_CHIP_MARGIN)
            corner = rect.height() / 2
        paint_focus_ring(painter, rect, self._theme, radius=corner)
        painter.end()
