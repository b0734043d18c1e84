"""One request in the tray panel: a card one can press."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from tracker.ui.plain_text import plain_tip
from tracker.ui.theme.stylesheet import mix
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Radius
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.card_look import CardLook
from tracker.ui.widgets.painting import (
    SHADOW_ROOM,
    chip_size,
    paint_card,
    paint_chip,
    paint_focus_ring,
    paint_progress,
)

_PAD = 14
_LINE = 4
_GAP = 8
_LEAST_SUBJECT = 90


class MiniCard(QAbstractButton):
    """Subject, state, the Now line and how far it is; Enter or a click opens it."""

    def __init__(self, theme: Theme, look: CardLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._look = theme, look
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(look.spoken)
        self.setToolTip(plain_tip(look.subject))
        theme.changed.connect(self.updateGeometry)

    @property
    def look(self) -> CardLook:
        """What the card says."""
        return self._look

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        head = max(self._chip.height(), self._metrics(TextStyle.BODY_STRONG).height())
        small = self._metrics(TextStyle.SMALL).height()
        return QSize(360, 2 * _PAD + head + 4 + small + _GAP + _LINE + SHADOW_ROOM)

    def minimumSizeHint(self) -> QSize:
        """Return that it can be narrow."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        theme, look = self._theme, self._look
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        card = self.rect().adjusted(1, 1, -1, -SHADOW_ROOM)
        hovered = self.underMouse() or self.isDown()
        fill = mix(theme.tokens.surface, theme.tokens.text, 0.02) if hovered else "surface"
        paint_card(painter, QRectF(card), theme, tone=look.edge, fill=fill)
        inner = card.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        head = max(self._chip.height(), self._metrics(TextStyle.BODY_STRONG).height())
        chip_width = min(self._chip.width(), max(inner.width() - _LEAST_SUBJECT, 0))
        top = inner.top() + (head - self._chip.height()) // 2
        chip = QRect(inner.right() + 1 - chip_width, top, chip_width, self._chip.height())
        subject = QRect(inner.left(), inner.top(), inner.width() - chip_width - _GAP, head)
        paint_chip(painter, self._mirrored(chip), theme, look.chip, tone=look.tone)
        self._paint_line(painter, self._mirrored(subject), look.subject, TextStyle.BODY_STRONG, "text")
        small = self._metrics(TextStyle.SMALL).height()
        now = QRect(inner.left(), inner.top() + head + 4, inner.width(), small)
        self._paint_line(painter, now, look.now, TextStyle.SMALL, "muted")
        bar = QRectF(inner.left(), now.bottom() + 1 + _GAP, inner.width(), _LINE)
        paint_progress(painter, bar, theme, stages=look.stages, reached=look.reached)
        if self.hasFocus():
            ring = QRectF(card).adjusted(3, 3, -3, -3)
            paint_focus_ring(painter, ring, theme, radius=Radius.CARD - 3)
        painter.end()

    def _paint_line(self, painter: QPainter, rect: QRect, text: str, style: TextStyle, ink: str) -> None:
        painter.setFont(self._theme.font(style))
        painter.setPen(self._theme.colour(ink))
        fitted = self._metrics(style).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitted)

    def _mirrored(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    @property
    def _chip(self) -> QSize:
        return chip_size(self._theme, self._look.chip)

    def _metrics(self, style: TextStyle) -> QFontMetrics:
        return QFontMetrics(self._theme.font(style))
