"""Everything in a card has its place, whatever the width, the text size and the direction of reading."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from tests.ui.samples import DOCK, PRINTER, UNSENT
from tests.ui.tickets.test_card_look import look
from tracker.model.track import Track
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.tickets.card_layout import CardLayout, CardPlaces

LONG = replace(
    DOCK,
    ticket=replace(DOCK.ticket, number="INCIDENT-" * 9, subject="W" * 10_000),
)
BOTH = (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft)


def rects(places: CardPlaces) -> list[QRect]:
    found = [
        places.number,
        places.chip,
        places.subject,
        places.now,
        places.progress,
        places.label,
        places.date,
    ]
    return [rect for rect in [*found, *(rect for _, rect in places.buttons)] if not rect.isEmpty()]


@pytest.mark.parametrize("size", [14, 28])
@pytest.mark.parametrize("track", [DOCK, PRINTER, UNSENT, LONG])
@pytest.mark.parametrize("direction", BOTH)
def test_nothing_lies_over_anything_else(
    size: int, track: Track, direction: Qt.LayoutDirection, qapp: QApplication
) -> None:
    before = qapp.font()
    font = qapp.font()
    font.setPixelSize(size)
    qapp.setFont(font)
    layout = CardLayout(Theme(qapp, Look.LIGHT))
    qapp.setFont(before)
    for width in (480, 552, 700, 872, 1400):
        row = QRect(0, 0, width, layout.row_height(width))
        places = layout.places(row, look(track), direction)
        assert row.contains(places.card)
        found = rects(places)
        assert [rect for rect in found if not places.card.contains(rect)] == []
        for at, one in enumerate(found):
            assert [other for other in found[at + 1 :] if one.intersects(other)] == [], (width, one)


def test_reading_from_right_to_left_mirrors_the_card(theme: Theme) -> None:
    layout = CardLayout(theme)
    row = QRect(0, 0, 872, layout.row_height(872))
    left, right = (layout.places(row, look(DOCK), direction) for direction in BOTH)
    assert left.chip.center().x() < row.center().x() < right.chip.center().x()
    assert left.date.center().x() > row.center().x() > right.date.center().x()


def test_the_buttons_stand_in_the_order_they_are_read(theme: Theme) -> None:
    layout = CardLayout(theme)
    places = layout.places(QRect(0, 0, 872, layout.row_height(872)), look(PRINTER), BOTH[0])
    assert [act.value for act, _ in places.buttons] == ["not_fixed", "confirm"]
    assert all(one.right() < other.left() for (_, one), (_, other) in pairwise(places.buttons))


def test_what_can_be_pressed_is_large_enough(theme: Theme) -> None:
    layout = CardLayout(theme)
    places = layout.places(QRect(0, 0, 480, layout.row_height(480)), look(PRINTER), BOTH[0])
    assert all(rect.height() >= 32 and rect.width() >= 32 for _, rect in places.buttons)
