"""The drawing of a conversation: rows are made for what is on the screen, and go when they leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QWidget

from tracker.ui.chat.row_maker import RowMaker, RowWidget
from tracker.ui.chat.rows import TalkRowKind
from tracker.ui.theme.tokens import Space

if TYPE_CHECKING:
    from tracker.model.ticket import TicketId
    from tracker.ui.chat.feed import Feed
    from tracker.ui.chat.rows import TalkRow
    from tracker.ui.page_context import PageContext

_GUESS = 64
"""How high a row is thought to be before it has been on the screen."""
_FOOT = Space.M
_LINE = 48


class Transcript(QWidget):
    """Stays where the person reads; at the end it follows what comes.

    The place on the screen is kept as the first row and how much of it is above the edge, so heights of what
    was never looked at do not matter. `moved`: another part is on the screen.
    """

    moved = Signal()
    link_asked = Signal(str)
    sending_asked = Signal(str, str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._feed: Feed | None = None
        self._rows: list[TalkRow] = []
        self._heights: dict[str, tuple[TalkRow, int]] = {}
        self._top, self._offset, self._at_end = 0, 0, True
        self._view = QWidget(self)
        self._view.installEventFilter(self)
        self._maker = RowMaker(context, self._view)
        self._maker.link_asked.connect(self.link_asked)
        self._maker.sending_asked.connect(self.sending_asked)
        self._maker.grown.connect(self._grown)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar.setAccessibleName(self.tr("Place in the conversation"))
        self._bar.valueChanged.connect(self._dragged)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._view, 1)
        line.addWidget(self._bar)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Conversation"))
        self.setAccessibleDescription(self.tr("Up and Down go from message to message, End to the newest."))
        context.theme.changed.connect(self._restyle)

    # What is shown

    @property
    def at_end(self) -> bool:
        """True while the newest row is on the screen, all of it or its end."""
        return self._at_end and (self._feed is None or not self._feed.newer)

    @property
    def rows(self) -> tuple[TalkRow, ...]:
        """The rows that are in memory."""
        return tuple(self._rows)

    @property
    def shown(self) -> tuple[RowWidget, ...]:
        """The rows on the screen, from the top."""
        made = self._maker.made
        return tuple(made[row.key] for row in self._rows if row.key in made and not made[row.key].isHidden())

    def show_feed(self, feed: Feed, ticket: TicketId, *, online: bool) -> None:
        """Show another conversation, at its end or where the new begins."""
        self._maker.clear()
        self._heights.clear()
        self._feed = feed
        self._maker.online, self._maker.ticket = online, ticket
        self._at_end = True
        self._rows = feed.rows()
        new = self._find("new")
        if new >= 0:
            self._top, self._offset, self._at_end = new, -Space.L, False
        self._arrange()

    def refresh(self, *, online: bool) -> None:
        """Read the rows again; what is being read stays where it is."""
        if self._maker.online != online:
            self._maker.online = online
            self._maker.clear()
        self._take_rows()
        self._arrange()

    def mark(self, words: str) -> None:
        """Show where these words stand."""
        self._maker.mark(words)

    def go_to_end(self) -> None:
        """Show the newest."""
        if self._feed is not None:
            self._feed.show_newest()
            self._at_end = True
            self._take_rows()
            self._arrange()

    def go_to(self, key: str) -> None:
        """Show the row with this key, a third down the page; nothing if it is not in memory."""
        self._take_rows()
        at = self._find(key)
        if at >= 0:
            self._top, self._offset, self._at_end = at, -self._view.height() // 3, False
            self._arrange()

    def scroll_by(self, pixels: int) -> None:
        """Move on by so many pixels, back if negative."""
        self._offset += pixels
        self._at_end = False
        self._arrange()

    # Arranging

    def _take_rows(self) -> None:
        """Read the rows, the same one on top as before."""
        if self._feed is None:
            return
        keys = [row.key for row in self._rows[self._top :]]
        self._rows = self._feed.rows()
        places = {row.key: at for at, row in enumerate(self._rows)}
        self._top = next((places[key] for key in keys if key in places), max(len(self._rows) - 1, 0))

    def _find(self, key: str) -> int:
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def _arrange(self) -> None:
        if not self._rows or self._view.width() < 2:
            self._maker.clear()
            self._set_bar()
            return
        if not self._at_end:
            self._settle()
        if self._at_end:
            self._settle_at_end()
        self._place()
        self._set_bar()
        self.moved.emit()

    def _settle(self) -> None:
        """Let the first row be one that is at the top edge, reading more where the rows end."""
        while self._offset < 0 and (self._top > 0 or self._read_up()):
            self._top -= 1
            self._offset += self._height(self._top)
        if self._top == 0:
            self._offset = max(self._offset, 0)
        while self._offset >= self._height(self._top) and (
            self._top < len(self._rows) - 1 or self._read_down()
        ):
            self._offset -= self._height(self._top)
            self._top += 1
        if self._bottom() <= self._view.height():
            self._at_end = True

    def _bottom(self) -> int:
        """Tell where the rows end on the screen, at least the screen's height if they go on below."""
        y, at = -self._offset, self._top
        while y <= self._view.height():
            if at < len(self._rows):
                y += self._height(at)
                at += 1
            elif self._read_down():
                y, at = -self._offset, self._top
            else:
                return y + _FOOT
        return y + _FOOT

    def _settle_at_end(self) -> None:
        left, at = self._view.height() - _FOOT, len(self._rows)
        while left > 0 and (at > 0 or self._read_up()):
            if at == 0:
                at = self._top  # what was read stands before
            at -= 1
            left -= self._height(at)
        self._top, self._offset = at, max(-left, 0)

    def _read_up(self) -> bool:
        if self._feed is None or not self._feed.older or not self._feed.extend_up():
            return False
        first = self._rows[0].key
        self._rows = self._feed.rows()
        self._top = self._at_message(first)
        return self._top > 0

    def _read_down(self) -> bool:
        if self._feed is None or not self._feed.newer or not self._feed.extend_down():
            return False
        held, top = len(self._rows), self._rows[self._top].key
        last = self._rows[-1].key
        self._rows = self._feed.rows()
        self._top = max(self._find(top), 0)
        return self._find(last) < len(self._rows) - 1 or len(self._rows) > held

    def _at_message(self, first: str) -> int:
        """Find the first row of before: a heading there may be gone, or have come, with what was read."""
        at = self._find(first)
        if at >= 0:
            return at
        said = next((row.key for row in self._rows if row.kind is TalkRowKind.SAID), "")
        return max(self._find(said), 0)

    def _height(self, at: int) -> int:
        row = self._rows[at]
        known = self._heights.get(row.key)
        if known is None or (known[0] is not row and known[0] != row):
            high = self._maker.widget(row).heightForWidth(self._view.width())
            self._heights[row.key] = known = (row, high)
        return known[1]

    def _place(self) -> None:
        y, at, width = -self._offset, self._top, self._view.width()
        wanted = []
        while y < self._view.height() and at < len(self._rows):
            row, high = self._rows[at], self._height(at)
            widget = self._maker.widget(row)
            widget.setGeometry(0, y, width, high)
            widget.show()
            wanted.append(row.key)
            y += high
            at += 1
        if self._maker.keep(wanted):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # The scroll bar

    def _guess(self, row: TalkRow) -> int:
        known = self._heights.get(row.key)
        return known[1] if known is not None else _GUESS

    def _set_bar(self) -> None:
        older, newer = (self._feed.older, self._feed.newer) if self._feed is not None else (0, 0)
        heights = [self._guess(row) for row in self._rows]
        above = older * _GUESS + sum(heights[: self._top]) + self._offset
        total = older * _GUESS + sum(heights) + newer * _GUESS + _FOOT
        page = self._view.height()
        blocked = self._bar.blockSignals(True)
        self._bar.setPageStep(page)
        self._bar.setSingleStep(_LINE)
        self._bar.setRange(0, max(total - page, 0))
        self._bar.setValue(self._bar.maximum() if self.at_end else above)
        self._bar.blockSignals(blocked)
        self._told = self._bar.value()

    def _dragged(self, value: int) -> None:
        step = value - self._told
        if value == self._bar.maximum():
            self.go_to_end()
        elif abs(step) <= 2 * self._view.height() or self._feed is None:
            self.scroll_by(step)
        else:
            key = self._feed.show_share(value / max(self._bar.maximum(), 1))
            self._take_rows()
            self._top, self._offset, self._at_end = max(self._find(key), 0), 0, False
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
        at = next((at for at, row in enumerate(self._rows) if self._maker.has_focus(row.key)), None)
        if at is None:
            last = self._rows[-1].key if self._rows and self.at_end else ""
            at = self._find(last) if last else self._top
        else:
            at += step
        if not 0 <= at < len(self._rows):
            self.scroll_by(step * _LINE)
            return
        key = self._rows[at].key
        self._reveal(at)
        self._maker.focus(key)

    def _reveal(self, at: int) -> None:
        high, page = self._height(at), self._view.height()
        if at <= self._top:
            self._top, self._offset, self._at_end = at, 0, False
        else:
            below = sum(self._height(each) for each in range(self._top, at + 1)) - self._offset
            if below <= page:
                return
            self._offset += below - page if high < page else below - high
            self._at_end = False
        self._arrange()

    def _grown(self) -> None:
        self._heights.clear()
        self._arrange()

    def _restyle(self) -> None:
        self._maker.clear()
        self._grown()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the view."""
        if event.type() == QEvent.Type.Resize:
            self._resized(event)
        return False

    def _resized(self, event: QEvent) -> None:
        if isinstance(event, QResizeEvent) and event.oldSize().width() != event.size().width():
            self._heights.clear()
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Arrange for the size it has now."""
        super().showEvent(event)
        self._arrange()
