"""What stands in the middle of a conversation: what happened, a new day, where the new messages begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tracker.ui.chat.rows import TalkRow, TalkRowKind
from tracker.ui.chat.words import read_out, told
from tracker.ui.plain_text import plain_tip
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle

if TYPE_CHECKING:
    from tracker.ui.page_context import PageContext

_WRAP = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_ABOVE = Space.M


class MiddleRow(QWidget):
    """One centred line; the beginning of what is new has a rule across the page."""

    def __init__(self, context: PageContext, row: TalkRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._kind = context.theme, row.kind
        self._words = told(row, context.wording)
        self._ink = "accent" if row.kind is TalkRowKind.NEW else "muted"
        strong = row.kind is not TalkRowKind.TOLD
        self._style = TextStyle.SMALL_STRONG if strong else TextStyle.SMALL
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(read_out(row, context.wording))
        self.setToolTip(plain_tip(context.wording.exact(row.at)))

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def heightForWidth(self, width: int) -> int:
        """Return the height its words need."""
        room = QRect(0, 0, max(width - 2 * Space.PAGE, 40), 10_000)
        return (
            _ABOVE
            + QFontMetrics(self._theme.font(self._style)).boundingRect(room, _WRAP, self._words).height()
            + Space.XS
        )

    def sizeHint(self) -> QSize:
        """Return a size it can have."""
        return QSize(200, self.heightForWidth(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        area = self.rect().adjusted(Space.PAGE, _ABOVE, -Space.PAGE, -Space.XS)
        painter.setFont(self._theme.font(self._style))
        painter.setPen(self._theme.colour(self._ink))
        painter.drawText(area, _WRAP, self._words)
        if self._kind is TalkRowKind.NEW:
            self._paint_rule(painter, area)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRoundedRect(area.adjusted(-4, -3, 4, 3), 6, 6)
        painter.end()

    def _paint_rule(self, painter: QPainter, area: QRect) -> None:
        half = QFontMetrics(self._theme.font(self._style)).horizontalAdvance(self._words) // 2 + Space.M
        middle = area.center()
        painter.drawLine(area.left(), middle.y(), middle.x() - half, middle.y())
        painter.drawLine(middle.x() + half, middle.y(), area.right(), middle.y())
