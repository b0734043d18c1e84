"""Where a window was, and where it may be: on a screen that is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.host.window_state import WindowState

SMALLEST = (760, 520)
"""The least width and height of the window, in pixels at 100 %."""


class WindowMemory(Protocol):
    """Remembers small things of the window. Answers at once: it must not touch the disk when asked."""

    def place(self) -> WindowState | None:
        """Return where the window was, None at the first start."""
        ...

    def keep_place(self, place: WindowState) -> None:
        """Remember where the window is."""
        ...

    def closing_explained(self) -> bool:
        """Tell whether the person has read what closing the window means."""
        ...

    def keep_closing_explained(self) -> None:
        """Remember that they have."""
        ...


def clamped(wanted: WindowState, screens: Sequence[QRect]) -> QRect:
    """Return a place of the wanted size that lies wholly on one screen, as near as can be.

    `screens` are the available areas, the first the primary one; of none, the wanted place comes back.
    """
    rect = QRect(wanted.left, wanted.top, max(wanted.width, SMALLEST[0]), max(wanted.height, SMALLEST[1]))
    if not screens:
        return rect
    screen = max(screens, key=lambda area: _overlap(area, rect))
    rect.setWidth(min(rect.width(), screen.width()))
    rect.setHeight(min(rect.height(), screen.height()))
    rect.moveLeft(min(max(rect.left(), screen.left()), screen.right() - rect.width() + 1))
    rect.moveTop(min(max(rect.top(), screen.top()), screen.bottom() - rect.height() + 1))
    return rect


def _overlap(area: QRect, rect: QRect) -> int:
    both = area.intersected(rect)
    return both.width() * both.height() if both.isValid() else 0
