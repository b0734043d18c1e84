"""Painted shapes shared by widgets and list rows: card, chip, progress line, focus ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from tracker.ui.theme.tokens import Radius, Space, Tone
from tracker.ui.theme.typography import TextStyle

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme

SHADOW_ROOM = 3
"""Pixels a card's shadow reaches below it; 1 px at its sides."""


def paint_card(
    painter: QPainter, rect: QRectF, theme: Theme, *, tone: Tone = Tone.NEUTRAL, fill: str = "surface"
) -> None:
    """Paint a card with its soft shadow; `tone` colours its edge. Leave SHADOW_ROOM below `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_shadow(painter, rect, theme)
    edge = theme.tokens.border if theme.tokens.high_contrast else theme.tokens.line
    colour = edge if tone is Tone.NEUTRAL else theme.tokens.tone(tone).strong
    painter.setPen(QPen(QColor(colour), 1))
    painter.setBrush(QColor(theme.tokens.ink(fill) if fill in ("surface", "bg", "raised") else fill))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), Radius.CARD, Radius.CARD)
    painter.restore()


def _paint_shadow(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    # Three thin layers look soft and cost far less than a blur effect, which a list could not afford.
    if not theme.tokens.shadow:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    for down, grow, alpha in ((1.0, 0.0, 20), (2.0, 0.0, 11), (2.0, 1.0, 6)):
        painter.setBrush(QColor(16, 24, 40, round(alpha * theme.tokens.shadow * 2)))
        painter.drawRoundedRect(
            rect.adjusted(-grow, down - grow, grow, down + grow), Radius.CARD + grow, Radius.CARD + grow
        )


def chip_size(theme: Theme, text: str, icon: str = "") -> QSize:
    """Return the size a chip needs, in pixels at 100 %."""
    metrics = QFontMetricsF(theme.font(TextStyle.SMALL_STRONG))
    width = metrics.horizontalAdvance(text) + 2 * 10 + (20 if icon else 0)
    return QSize(round(width + 0.5), max(24, round(metrics.height() + 9)))


def paint_chip(
    painter: QPainter, rect: QRect, theme: Theme, text: str, *, tone: Tone = Tone.NEUTRAL, icon: str = ""
) -> None:
    """Paint a pill with words, in `rect` of chip_size(); too long a text is cut with an ellipsis."""
    pair = theme.tokens.tone(tone)
    edge = theme.tokens.line if tone is Tone.NEUTRAL and not theme.tokens.high_contrast else pair.soft
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(pair.strong if theme.tokens.high_contrast else edge), 1))
    painter.setBrush(QColor(pair.soft))
    half = rect.height() / 2 - 0.5
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), half, half)
    inner = rect.adjusted(10, 0, -10, 0)
    if icon:
        inner = _paint_chip_icon(painter, inner, theme, icon, tone)
    painter.setPen(QColor(pair.strong))
    font = theme.font(TextStyle.SMALL_STRONG)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    fitted = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width() + 1)
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, fitted)
    painter.restore()


def _paint_chip_icon(painter: QPainter, inner: QRect, theme: Theme, icon: str, tone: Tone) -> QRect:
    ink = "muted" if tone is Tone.NEUTRAL else tone.value
    drawn = theme.pixmap(icon, ink, 14, painter.device().devicePixelRatioF())
    top = inner.center().y() - 6
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        painter.drawPixmap(inner.right() - 13, top, drawn)
        return inner.adjusted(0, 0, -20, 0)
    painter.drawPixmap(inner.left(), top, drawn)
    return inner.adjusted(20, 0, 0, 0)


def paint_progress(painter: QPainter, rect: QRectF, theme: Theme, *, stages: int, reached: float) -> None:
    """Paint the thin line of a card: one piece per stage, `reached` of them filled (3.5: half the fourth)."""
    gap, height = Space.XS, min(rect.height(), 4.0)
    width = (rect.width() - gap * (stages - 1)) / max(stages, 1)
    top = rect.center().y() - height / 2
    backwards = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for at in range(stages):
        place = stages - 1 - at if backwards else at
        piece = QRectF(rect.left() + place * (width + gap), top, width, height)
        _paint_piece(painter, piece, theme, share=min(max(reached - at, 0.0), 1.0), backwards=backwards)
    painter.restore()


def _paint_piece(painter: QPainter, piece: QRectF, theme: Theme, *, share: float, backwards: bool) -> None:
    outline = QPainterPath()
    outline.addRoundedRect(piece, piece.height() / 2, piece.height() / 2)
    painter.fillPath(outline, theme.colour("line"))
    if share <= 0:
        return
    done = QRectF(piece)
    done.setWidth(piece.width() * share)
    if backwards:
        done.moveRight(piece.right())
    painter.save()
    painter.setClipRect(done)
    painter.fillPath(outline, theme.colour("accent"))
    painter.restore()


def paint_focus_ring(painter: QPainter, rect: QRectF, theme: Theme, *, radius: float) -> None:
    """Paint the ring of what has the keyboard: 2 px wide, 2 px off `rect`, whose corners have `radius`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), radius + 3, radius + 3)
    painter.restore()


def paint_round_icon(
    painter: QPainter, centre: QPointF, theme: Theme, *, icon: str, size: int, ink: str = "text"
) -> None:
    """Paint an icon of `size` pixels with its middle at `centre`."""
    drawn = theme.pixmap(icon, ink, size, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(centre.x() - size / 2, centre.y() - size / 2), drawn)
