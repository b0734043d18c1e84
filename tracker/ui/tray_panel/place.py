"""Where the panel opens: at the tray icon, or at the corner of the screen nearest the desktop's own panel."""

from PySide6.QtCore import QPoint, QRect, QSize

_GAP = 8


def panel_place(icon: QRect, screen: QRect, free: QRect, size: QSize, *, backwards: bool = False) -> QPoint:
    """Return the top left corner for a panel of `size`, wholly on the free part of the screen.

    `icon` is the tray icon's place; it is empty where the desktop does not tell. Then the panel goes to the
    corner next to the edge that the desktop keeps for itself (`screen` without `free`), at the end of the
    line of reading; at the bottom where no edge is kept.
    """
    if not icon.isEmpty() and screen.intersects(icon):
        return _clamped(_beside_icon(icon, screen, free, size), free, size)
    left, top = free.left() + _GAP, free.top() + _GAP
    right, bottom = free.right() + 1 - size.width() - _GAP, free.bottom() + 1 - size.height() - _GAP
    at_left = free.left() > screen.left() or (backwards and free.right() == screen.right())
    at_top = free.top() > screen.top()
    return _clamped(QPoint(left if at_left else right, top if at_top else bottom), free, size)


def _beside_icon(icon: QRect, screen: QRect, free: QRect, size: QSize) -> QPoint:
    middle = icon.center()
    x, y = middle.x() - size.width() // 2, middle.y() - size.height() // 2
    if middle.x() < free.left():
        return QPoint(free.left() + _GAP, y)
    if middle.x() > free.right():
        return QPoint(free.right() + 1 - size.width() - _GAP, y)
    upper_half = middle.y() < screen.center().y()
    return QPoint(x, icon.bottom() + 1 + _GAP if upper_half else icon.top() - size.height() - _GAP)


def _clamped(point: QPoint, free: QRect, size: QSize) -> QPoint:
    x = min(point.x(), free.right() + 1 - size.width())
    y = min(point.y(), free.bottom() + 1 - size.height())
    return QPoint(max(x, free.left()), max(y, free.top()))
