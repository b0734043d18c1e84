"""The bar that shows a request's stages, as a widget and as a painter for anybody else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.ui.theme.tokens import Size, Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.painting import paint_round_icon

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme

_HALO = 6
_LABEL_GAP = 8


class StepState(Enum):
    """Where a stage stands."""

    DONE = auto()
    NOW = auto()
    AHEAD = auto()


@dataclass(frozen=True, slots=True)
class StageStep:
    """One station: its short label, where it stands, its icon, and its time in words ("" if none)."""

    label: str
    state: StepState
    icon: str
    at: str = ""


def stage_bar_height(theme: Theme) -> int:
    """Return the height the bar needs with one line of labels, in pixels at 100 %."""
    label = QFontMetricsF(theme.font(TextStyle.SMALL)).height()
    return round(2 * _HALO + Size.STAGE_NODE + _LABEL_GAP + label - _HALO)


def paint_stage_bar(painter: QPainter, rect: QRectF, theme: Theme, steps: tuple[StageStep, ...]) -> None:
    """Paint the whole bar into `rect`; it is mirrored where the painter's direction is right to left."""
    if not steps:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    backwards = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    column = rect.width() / len(steps)
    middles = [rect.left() + column * (at + 0.5) for at in range(len(steps))]
    if backwards:
        middles.reverse()
    y = rect.top() + _HALO + Size.STAGE_NODE / 2
    _paint_tracks(painter, middles, y, theme, steps)
    for x, step in zip(middles, steps, strict=True):
        _paint_node(painter, QPointF(x, y), theme, step)
        top = y + Size.STAGE_NODE / 2 + _LABEL_GAP
        _paint_label(painter, QRectF(x - column / 2, top, column, rect.bottom() - top), theme, step)
    painter.restore()


def _paint_tracks(
    painter: QPainter, middles: list[float], y: float, theme: Theme, steps: tuple[StageStep, ...]
) -> None:
    for at in range(len(steps) - 1):
        reached = steps[at + 1].state is not StepState.AHEAD
        painter.setPen(QPen(theme.colour("accent" if reached else "line"), Size.STAGE_TRACK))
        painter.drawLine(QPointF(middles[at], y), QPointF(middles[at + 1], y))


def _paint_node(painter: QPainter, centre: QPointF, theme: Theme, step: StageStep) -> None:
    radius = Size.STAGE_NODE / 2
    if step.state is StepState.NOW:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.accent.soft))
        painter.drawEllipse(centre, radius + 5, radius + 5)
    if step.state is StepState.DONE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(centre, radius, radius)
        paint_round_icon(painter, centre, theme, icon="check", size=14, ink="on_accent")
        return
    now = step.state is StepState.NOW
    edge = "accent" if now else ("faint" if theme.tokens.high_contrast else "line")
    painter.setPen(QPen(theme.colour(edge), 2))
    painter.setBrush(theme.colour("surface"))
    painter.drawEllipse(centre, radius - 1, radius - 1)
    paint_round_icon(painter, centre, theme, icon=step.icon, size=14, ink="accent" if now else "faint")


def _paint_label(painter: QPainter, rect: QRectF, theme: Theme, step: StageStep) -> None:
    now = step.state is StepState.NOW
    font = theme.font(TextStyle.SMALL_STRONG if now else TextStyle.SMALL)
    painter.setFont(font)
    painter.setPen(theme.colour("text" if now else "muted"))
    fitted = QFontMetricsF(font).elidedText(step.label, Qt.TextElideMode.ElideRight, rect.width() - Space.XS)
    painter.drawText(rect, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, fitted)


class StageBar(QWidget):
    """The bar, with its state in words for assistive technology: "Stage 4 of 6, On the way"."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: tuple[StageStep, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Progress of the request"))

    def show_steps(self, steps: tuple[StageStep, ...]) -> None:
        """Draw these stations."""
        self._steps = steps
        self.setAccessibleName(self._sentence())
        self.setAccessibleDescription(", ".join(self._station(step) for step in steps))
        self.setToolTip("\n".join(f"{step.label}: {step.at}" for step in steps if step.at))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(480, stage_bar_height(self._theme))

    def minimumSizeHint(self) -> QSize:
        """Return the least size it can be read at."""
        return QSize(72 * max(len(self._steps), 1), stage_bar_height(self._theme))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint_stage_bar(painter, QRectF(self.rect()), self._theme, self._steps)
        painter.end()

    def _sentence(self) -> str:
        for at, step in enumerate(self._steps, start=1):
            if step.state is StepState.NOW:
                return self.tr("Stage {at} of {count}, {label}").format(
                    at=at, count=len(self._steps), label=step.label
                )
        if self._steps and all(step.state is StepState.DONE for step in self._steps):
            return self.tr("All {count} stages are done").format(count=len(self._steps))
        return self.tr("Progress of the request")

    def _station(self, step: StageStep) -> str:
        words = {
            StepState.DONE: self.tr("{label} done"),
            StepState.NOW: self.tr("{label} now"),
            StepState.AHEAD: self.tr("{label} still to come"),
        }
        said = words[step.state].format(label=step.label)
        return f"{said} ({step.at})" if step.at else said
