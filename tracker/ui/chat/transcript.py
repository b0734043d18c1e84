"""The drawing of a conversation: rows are made for what is on the screen, and go when they leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QWidget

from tracker.ui.chat.row_maker import RowMaker, RowWidget
from tracker.ui.chat.stretch import Stretch
from tracker.ui.reading_order import put_in_order

if TYPE_CHECKING:
    from tracker.model.ticket import TicketId
    from tracker.ui.chat.feed import Feed
    from tracker.ui.chat.rows import TalkRow
    from tracker.ui.page_context import PageContext

_LINE = 48


class Transcript(QWidget):
    """Stays where the person reads; at the end it follows what comes.

    `moved`: another part is on the screen.
    """

    moved = Signal()
    link_asked = Signal(str)
    sending_asked = Signal(str, str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = QWidget(self)
        self._view.installEventFilter(self)
        self._maker = RowMaker(context, self._view)
        self._maker.link_asked.connect(self.link_asked)
        self._maker.sending_asked.connect(self.sending_asked)
        self._maker.grown.connect(self._grown)
        self._stretch = Stretch(self._view, self._maker)
        self._told = 0
        self._in_order: tuple[RowWidget, ...] = ()
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar.setAccessibleName(self.tr("Place in the conversation"))
        self._bar.valueChanged.connect(self._dragged)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Conversation"))
        self.setAccessibleDescription(self.tr("Up and Down go from message to message, End to the newest."))
        context.theme.changed.connect(self._restyle)

    # What is shown

    @property
    def at_end(self) -> bool:
        """True while the end of the newest row is on the screen."""
        return self._stretch.shows_newest

    @property
    def rows(self) -> tuple[TalkRow, ...]:
        """The rows that are in memory."""
        return tuple(self._stretch.rows)

    @property
    def shown(self) -> tuple[RowWidget, ...]:
        """The rows on the screen, from the top."""
        made = self._maker.made
        return tuple(made[row.key] for row in self._stretch.rows if row.key in made)

    @property
    def scroll_bar(self) -> QScrollBar:
        """The bar over the end of the lines."""
        return self._bar

    def show_feed(self, feed: Feed, ticket: TicketId, *, online: bool) -> None:
        """Show another conversation, at its end or where the new begins."""
        self._maker.clear()
        self._maker.online, self._maker.ticket = online, ticket
        self._stretch.show_feed(feed)
        self._arrange()

    def refresh(self, *, online: bool) -> None:
        """Read the rows again; what is being read stays where it is."""
        if self._maker.online != online:
            self._maker.online = online
            self._maker.clear()
            self._stretch.forget_heights()
        self._stretch.take_rows()
        self._arrange()

    def mark(self, words: str) -> None:
        """Show where these words stand."""
        self._maker.mark(words)

    def go_to_end(self) -> None:
        """Show the newest."""
        if self._stretch.feed is not None:
            self._stretch.feed.show_newest()
            self._stretch.at_end = True
            self._stretch.take_rows()
            self._arrange()

    def go_to(self, key: str) -> None:
        """Show the row with this key, a third down the page; nothing if it is not in memory."""
        self._stretch.take_rows()
        at = self._stretch.find(key)
        if at >= 0:
            self._stretch.put(at, -self._view.height() // 3)
            self._arrange()

    def scroll_by(self, pixels: int) -> None:
        """Move on by so many pixels, back if negative."""
        self._stretch.put(self._stretch.top, self._stretch.offset + pixels)
        self._arrange()

    def _arrange(self) -> None:
        if self._stretch.arrange():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        shown = self.shown
        if shown != self._in_order:
            self._in_order = shown
            put_in_order(shown)
        self._set_bar()
        self.moved.emit()

    # The scroll bar

    def _set_bar(self) -> None:
        above, total = self._stretch.measure()
        page = self._view.height()
        blocked = self._bar.blockSignals(True)
        self._bar.setPageStep(page)
        self._bar.setSingleStep(_LINE)
        self._bar.setRange(0, max(total - page, 0))
        self._bar.setValue(self._bar.maximum() if self.at_end else above)
        self._bar.blockSignals(blocked)
        self._bar.setVisible(self._bar.maximum() > 0)
        self._told = self._bar.value()

    def _dragged(self, value: int) -> None:
        step, feed = value - self._told, self._stretch.feed
        if value == self._bar.maximum():
            self.go_to_end()
        elif abs(step) <= 2 * self._view.height() or feed is None:
            self.scroll_by(step)
        else:
            key = feed.show_share(value / max(self._bar.maximum(), 1))
            self._stretch.take_rows()
            self._stretch.put(max(self._stretch.find(key), 0), 0)
            self._arrange()

    # What the person and the window do

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move by what was turned."""
        pixels = event.pixelDelta().y() or round(event.angleDelta().y() * _LINE / 40)
        if pixels:
            self.scroll_by(-pixels)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from row to row, by screens, or to the ends."""
        page = self._view.height() - _LINE
        match event.key():
            case Qt.Key.Key_Up:
                self._go(-1)
            case Qt.Key.Key_Down:
                self._go(1)
            case Qt.Key.Key_PageUp:
                self.scroll_by(-page)
            case Qt.Key.Key_PageDown:
                self.scroll_by(page)
            case Qt.Key.Key_Home:
                self._dragged(0)
            case Qt.Key.Key_End:
                self.go_to_end()
            case _:
                super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        """Give the keyboard to the next row, or the one before, and have all of it on the screen."""
        rows = self._stretch.rows
        at = next((at for at, row in enumerate(rows) if self._maker.has_focus(row.key)), None)
        if at is None:
            at = len(rows) - 1 if self.at_end else self._stretch.top
        else:
            at += step
        if not 0 <= at < len(rows):
            self.scroll_by(step * _LINE)
            return
        key = rows[at].key
        if self._stretch.reveal(at):
            self._arrange()
        self._maker.focus(key)

    def _grown(self) -> None:
        self._stretch.forget_heights()
        self._arrange()

    def _restyle(self) -> None:
        self._maker.clear()
        self._grown()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the view."""
        if isinstance(event, QResizeEvent):
            if event.oldSize().width() != event.size().width():
                self._stretch.forget_heights()
            self._arrange()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the scroll bar over the end of the lines."""
        super().resizeEvent(event)
        wide = self._bar.sizeHint().width()
        bar = self.rect().adjusted(self.width() - wide, 0, 0, 0)
        self._bar.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), bar))
        self._bar.raise_()
        self._view.setGeometry(self.rect())
