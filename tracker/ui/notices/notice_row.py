"""One notice in the list: what happened, to which request, and when; what is unread has a dot."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tracker.model.notice import Notice, NoticeClass
from tracker.ui.page_context import PageContext
from tracker.ui.run_text import Paragraph, Run
from tracker.ui.theme.stylesheet import mix
from tracker.ui.theme.tokens import Radius, Size, Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.painting import SHADOW_ROOM, paint_card, paint_focus_ring, paint_round_icon

_ICONS = {
    NoticeClass.NOW: ("truck", Tone.ACCENT),
    NoticeClass.NEEDS_YOU: ("circle-question-mark", Tone.WAIT),
    NoticeClass.PROMISE: ("clock", Tone.LATE),
    NoticeClass.PROGRESS: ("message-square", Tone.NEUTRAL),
    NoticeClass.DIGEST: ("list", Tone.NEUTRAL),
    NoticeClass.OUTAGE: ("triangle-alert", Tone.WARN),
}
_ICON = 20


class NoticeRow(QAbstractButton):
    """A card one can press where the notice is about one request."""

    def __init__(self, context: PageContext, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._notice = context, notice
        wording, theme = context.wording, context.theme
        title, body = wording.text(notice.title), wording.text(notice.body)
        detail = wording.text(notice.detail) if notice.detail else ""
        when = wording.relative(notice.at) if wording.is_today(notice.at) else wording.when(notice.at)
        self._lines = [
            Paragraph(theme, (Run(title, TextStyle.BODY_STRONG), Run(when, TextStyle.SMALL, "muted"))),
            Paragraph(theme, (Run(body, TextStyle.BODY),)),
            Paragraph(theme, (Run(detail, TextStyle.SMALL, "muted"),)),
        ]
        unread = "" if notice.read else self.tr("Unread") + ". "
        self.setAccessibleName(unread + ". ".join(part for part in (title, body, detail) if part))
        self.setAccessibleDescription(wording.exact(notice.at))
        self.setToolTip(wording.exact(notice.at))
        self.setEnabled(notice.ticket is not None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if notice.ticket is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    @property
    def notice(self) -> Notice:
        """What the row tells."""
        return self._notice

    @property
    def _icon_size(self) -> int:
        return self._context.theme.type.scaled(_ICON)

    @property
    def _indent(self) -> int:
        return Space.CARD + self._icon_size + Space.M

    def _restyle(self) -> None:
        for line in self._lines:
            line.forget_fonts()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Return that its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width."""
        inner = width - self._indent - Space.CARD
        return sum(line.height(inner) for line in self._lines) + 2 * Space.M + SHADOW_ROOM

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(480, 2 * Size.TARGET)

    def minimumSizeHint(self) -> QSize:
        """Return that it can be narrow."""
        return QSize(160, Size.TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        theme = self._context.theme
        painter = QPainter(self)
        backwards = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        card = QRectF(self.rect()).adjusted(1, 1, -1, -SHADOW_ROOM)
        hovered = self.isEnabled() and self.underMouse()
        fill = mix(theme.tokens.surface, theme.tokens.text, 0.02) if hovered else "surface"
        paint_card(painter, card, theme, fill=fill)
        icon, tone = _ICONS[self._notice.notice_class]
        ink = "muted" if tone is Tone.NEUTRAL else tone.value
        line = QFontMetrics(theme.font(TextStyle.BODY_STRONG)).height()
        x = Space.CARD + self._icon_size / 2
        y = Space.M + 1 + line / 2
        place = QPointF(self.width() - x if backwards else x, y)
        paint_round_icon(painter, place, theme, icon=icon, size=self._icon_size, ink=ink)
        if not self._notice.read:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            side = Space.CARD if backwards else self.width() - Space.CARD
            painter.drawEllipse(QPointF(side, y), 4, 4)
        self._paint_lines(painter, backwards=backwards)
        if self.hasFocus():
            paint_focus_ring(painter, card.adjusted(3, 3, -3, -3), theme, radius=Radius.CARD - 3)
        painter.end()

    def _paint_lines(self, painter: QPainter, *, backwards: bool) -> None:
        inner = self.width() - self._indent - Space.CARD
        at = QPointF(Space.CARD if backwards else self._indent, Space.M + 1)
        for line in self._lines:
            line.paint(painter, at, inner, self.layoutDirection())
            at.setY(at.y() + line.height(inner))
