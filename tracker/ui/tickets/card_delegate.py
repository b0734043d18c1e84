"""Paints the cards of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from tracker.model.ticket import Act, TicketId
from tracker.ui.plain_text import plain_tip
from tracker.ui.theme.stylesheet import mix
from tracker.ui.theme.tokens import Radius, Size, Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.card_layout import CardLayout, CardPlaces
from tracker.ui.tickets.card_look import CardLook, act_words
from tracker.ui.tickets.card_model import LOOK_ROLE, Index
from tracker.ui.widgets.painting import paint_card, paint_chip, paint_focus_ring, paint_progress

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

    from tracker.ui.theme.theme import Theme


class CardDelegate(QStyledItemDelegate):
    """Paints a CardLook; the table tells which part has the mouse and which the keyboard."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.layout = CardLayout(theme)
        self.hovered: tuple[TicketId, Act] | None = None
        self.keyed: Act | None = None
        self.has_keyboard = False
        theme.changed.connect(self._measure)

    def _measure(self) -> None:
        self.layout = CardLayout(self._theme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of every card at the width of the view."""
        return QSize(option.rect.width(), self.layout.row_height(option.rect.width()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        look = index.data(LOOK_ROLE)
        if not isinstance(look, CardLook):
            return
        painter.save()
        painter.setLayoutDirection(option.direction)
        places = self.layout.places(option.rect, look, option.direction)
        hovering = self._is_under_mouse() and _has_mouse(option)
        fill = mix(self._theme.tokens.surface, self._theme.tokens.text, 0.02) if hovering else "surface"
        paint_card(painter, QRectF(places.card), self._theme, tone=look.edge, fill=fill)
        self._paint_words(painter, places, look)
        if not places.progress.isEmpty():
            paint_progress(
                painter, QRectF(places.progress), self._theme, stages=look.stages, reached=look.reached
            )
        current = self.has_keyboard and _is_current(option)
        for act, rect in places.buttons:
            self._paint_button(painter, rect, act, hovered=self.hovered == (look.ticket, act))
            if current and self.keyed is act:
                paint_focus_ring(painter, QRectF(rect), self._theme, radius=Radius.CONTROL)
        if current and self.keyed is None:
            paint_focus_ring(painter, QRectF(places.card), self._theme, radius=Radius.CARD)
        painter.restore()

    def _is_under_mouse(self) -> bool:
        view = self.parent()
        return not isinstance(view, QWidget) or view.underMouse()

    def _paint_words(self, painter: QPainter, places: CardPlaces, look: CardLook) -> None:
        small, title = TextStyle.SMALL, TextStyle.CARD_TITLE
        self._paint_line(painter, places.number, look.number, style=small, ink="muted")
        paint_chip(painter, places.chip, self._theme, look.chip, tone=look.tone)
        self._paint_line(painter, places.subject, look.subject, style=title)
        self._paint_now(painter, places.now, look.now)
        end = Qt.AlignmentFlag.AlignRight
        if not places.label.isEmpty():
            self._paint_line(painter, places.label, look.label, style=small, ink="muted", align=end)
        if not places.date.isEmpty():
            self._paint_line(painter, places.date, look.date, style=TextStyle.DATE, align=end)

    def _paint_line(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        *,
        style: TextStyle,
        ink: str = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        font = self._theme.font(style)
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        fitted = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        # drawText mirrors left and right with the painter's direction by itself.
        painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, fitted)

    def _paint_now(self, painter: QPainter, rect: QRect, text: str) -> None:
        metrics = self.layout.small
        if rect.height() < 2 * metrics.height():
            self._paint_line(painter, rect, text, style=TextStyle.SMALL, ink="muted")
            return
        painter.setFont(self._theme.font(TextStyle.SMALL))
        painter.setPen(self._theme.colour("muted"))
        # Two lines: an ellipsis after about two widths, so that the second line ends with it.
        fitted = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(rect.width() * 1.8))
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, fitted)

    def _paint_button(self, painter: QPainter, rect: QRect, act: Act, *, hovered: bool) -> None:
        tokens = self._theme.tokens
        main = act is Act.CONFIRM
        base = tokens.accent.strong if main else tokens.surface
        fill = mix(base, tokens.text, 0.14 if main else 0.04) if hovered else base
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(fill if main else tokens.border), 1))
        painter.setBrush(QColor(fill))
        frame = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, Radius.CONTROL, Radius.CONTROL)
        words = rect.adjusted(15, 0, -15, 0)
        ink = "on_accent" if main else "text"
        if main:
            words = self._paint_thumb(painter, words)
        painter.restore()
        self._paint_line(
            painter,
            words,
            act_words(act),
            style=TextStyle.BODY_STRONG,
            ink=ink,
            align=Qt.AlignmentFlag.AlignHCenter,
        )

    def _paint_thumb(self, painter: QPainter, rect: QRect) -> QRect:
        size = self._theme.type.scaled(Size.ICON)
        drawn = self._theme.pixmap("thumbs-up", "on_accent", size, painter.device().devicePixelRatioF())
        top = rect.center().y() - size // 2 + 1
        if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.drawPixmap(rect.right() + 1 - size, top, drawn)
            return rect.adjusted(0, 0, -size - Space.S, 0)
        painter.drawPixmap(rect.left(), top, drawn)
        return rect.adjusted(size + Space.S, 0, 0, 0)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show in full what is cut off or rounded under the mouse."""
        look = index.data(LOOK_ROLE)
        if event.type() != QEvent.Type.ToolTip or not isinstance(look, CardLook):
            return False
        places = self.layout.places(option.rect, look, option.direction)
        from PySide6.QtWidgets import QToolTip

        QToolTip.showText(event.globalPos(), plain_tip(self.hint(places, look, event)), view)
        return True

    def hint(self, places: CardPlaces, look: CardLook, event: QHelpEvent) -> str:
        """Return the tool tip for what is under the mouse, "" for nothing."""
        at = event.pos()
        if places.date.united(places.label).contains(at):
            return look.exact
        if (
            places.subject.contains(at)
            and self.layout.title.horizontalAdvance(look.subject) > places.subject.width()
        ):
            return look.subject
        if places.now.contains(at) and self.layout.small.horizontalAdvance(look.now) > places.now.width():
            return look.now
        return ""


# QStyle has flags of eleven kinds, which PySide6 makes all when the first is touched: not before they tell.


def _has_mouse(option: QStyleOptionViewItem) -> bool:
    from PySide6.QtWidgets import QStyle

    return bool(option.state & QStyle.StateFlag.State_MouseOver)


def _is_current(option: QStyleOptionViewItem) -> bool:
    from PySide6.QtWidgets import QStyle

    return bool(option.state & QStyle.StateFlag.State_Selected)
