"""Finds words that don't fit where they are shown."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QWidget,
)

_TOLERANCE = 1
"""Pixels: text metrics are rounded."""


def clipped(root: QWidget) -> list[str]:
    """Return a line for every visible label or button whose words are cut, or that lies outside its parent.

    What scrolls may reach below its viewport, never beside it. ElidedText says itself that it cuts.
    """
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and isinstance(widget, (QLabel, QAbstractButton)):
            found += [f"{_name(widget)}: {what}" for what in (_cut(widget), _outside(widget, root)) if what]
    return found


def small_targets(root: QWidget, least: int = 32) -> list[str]:
    """Return a line for every visible thing to press that is less than `least` pixels high or wide."""
    return [
        f"{_name(widget)}: {widget.width()} x {widget.height()}"
        for widget in root.findChildren(QAbstractButton)
        if widget.isVisibleTo(root) and _is_target(widget) and min(widget.width(), widget.height()) < least
    ]


def _is_target(widget: QAbstractButton) -> bool:
    # Qt's own buttons inside editors (the cross that empties a line) have no name and a key for it.
    return isinstance(widget, (QPushButton, QCheckBox, QRadioButton))


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"{type(widget).__name__} “{text}”"


def _cut(widget: QLabel | QAbstractButton) -> str:
    if not widget.text() or hasattr(widget, "set_whole"):
        return ""
    need = _needed(widget)
    short = need - widget.size()
    if short.width() > _TOLERANCE or short.height() > _TOLERANCE:
        size = widget.size()
        return f"needs {need.width()} x {need.height()}, has {size.width()} x {size.height()}"
    return ""


def _needed(widget: QLabel | QAbstractButton) -> QSize:
    if not isinstance(widget, QLabel) or not widget.wordWrap():
        return widget.sizeHint()
    margins = widget.contentsMargins()
    room = widget.width() - margins.left() - margins.right()
    flags = int(Qt.TextFlag.TextWordWrap)
    need = widget.fontMetrics().boundingRect(QRect(0, 0, room, 100_000), flags, widget.text())
    return QSize(need.width(), need.height() + margins.top() + margins.bottom())


def _outside(widget: QWidget, root: QWidget) -> str:
    """Follow the widget up: it must lie within each parent, except along a way that scrolls."""
    walk: QWidget = widget
    while walk is not root and (parent := walk.parentWidget()) is not None:
        place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        above = parent.parentWidget()
        scrolls = isinstance(above, QAbstractScrollArea) and above.viewport() is parent
        beside = place.left() < -_TOLERANCE or place.right() > parent.width() + _TOLERANCE
        below = place.top() < -_TOLERANCE or place.bottom() > parent.height() + _TOLERANCE
        if beside or (below and not scrolls):
            return f"lies at {place.getRect()} in {type(parent).__name__} of {parent.size().toTuple()}"
        if scrolls:
            return ""
        walk = parent
    return ""
