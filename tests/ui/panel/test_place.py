"""The panel opens at the icon, or at the corner nearest the desktop's own panel, always wholly to be seen."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from tracker.ui.tray_panel.place import panel_place

SCREEN = QRect(0, 0, 1920, 1080)
PANEL_BELOW = QRect(0, 0, 1920, 1040)
PANEL_ABOVE = QRect(0, 32, 1920, 1048)
PANEL_LEFT = QRect(64, 0, 1856, 1080)
SIZE = QSize(400, 600)


@pytest.mark.parametrize(
    ("icon", "free", "place"),
    [
        (QRect(1500, 1045, 24, 24), PANEL_BELOW, QPoint(1311, 437)),
        (QRect(1890, 1045, 24, 24), PANEL_BELOW, QPoint(1520, 437)),
        (QRect(1500, 4, 24, 24), PANEL_ABOVE, QPoint(1311, 36)),
        (QRect(20, 900, 24, 24), PANEL_LEFT, QPoint(72, 480)),
    ],
)
def test_at_the_icon(icon: QRect, free: QRect, place: QPoint) -> None:
    assert panel_place(icon, SCREEN, free, SIZE) == place


@pytest.mark.parametrize(
    ("free", "backwards", "place"),
    [
        (PANEL_BELOW, False, QPoint(1512, 432)),
        (PANEL_ABOVE, False, QPoint(1512, 40)),
        (PANEL_ABOVE, True, QPoint(8, 40)),
        (PANEL_LEFT, False, QPoint(72, 472)),
        (SCREEN, False, QPoint(1512, 472)),
    ],
)
def test_at_the_corner_nearest_the_desktops_panel(free: QRect, backwards: bool, place: QPoint) -> None:
    assert panel_place(QRect(), SCREEN, free, SIZE, backwards=backwards) == place


def test_an_icon_of_another_screen_does_not_pull_the_panel_off_this_one() -> None:
    place = panel_place(QRect(5000, 10, 24, 24), SCREEN, PANEL_BELOW, SIZE)
    assert PANEL_BELOW.contains(QRect(place, SIZE))


@pytest.mark.parametrize("icon", [QRect(), QRect(0, 0, 24, 24), QRect(1900, 1060, 24, 24)])
def test_a_small_screen_shows_the_top_of_it(icon: QRect) -> None:
    small = QRect(0, 0, 640, 480)
    place = panel_place(icon, small, small, SIZE)
    assert place.y() == 0
    assert 0 <= place.x() <= 240
