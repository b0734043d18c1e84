"""Where everything in a card goes, for painting it and for finding what was clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics

from tracker.model.ticket import Act
from tracker.ui.theme.tokens import Size, Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.card_look import CardLook, act_words
from tracker.ui.widgets.painting import SHADOW_ROOM, chip_size

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme

SIDE = 5
"""Pixels kept free at each side of a card for the ring of the keyboard."""

_GAP = 10
_WIDE_FROM = 560
_RIGHT_ZONE = 228
_LINE = 4


@dataclass(frozen=True, slots=True)
class CardPlaces:
    """The places of one card, mirrored where reading goes from right to left. Empty: not drawn."""

    card: QRect
    number: QRect
    chip: QRect
    subject: QRect
    now: QRect
    progress: QRect
    label: QRect
    date: QRect
    buttons: tuple[tuple[Act, QRect], ...]


class CardLayout:
    """Sets cards in one of two ways: the date at the side where there is room, else at the foot."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.small = QFontMetrics(theme.font(TextStyle.SMALL))
        self.title = QFontMetrics(theme.font(TextStyle.CARD_TITLE))
        self.date = QFontMetrics(theme.font(TextStyle.DATE))
        self._strong = QFontMetrics(theme.font(TextStyle.BODY_STRONG))
        self._chip = chip_size(theme, "X").height()
        self.margin = 0
        """Pixels kept free at the end of each row, so that cards end where the page does."""
        self._button = max(Size.BUTTON, self._strong.height() + 2 * Space.S)

    def row_height(self, width: int) -> int:
        """Return the height of a row of this width, the same for every card: lists need that to be quick."""
        head = Space.CARD + self._chip + Space.XS + self.title.height() + Space.HAIR
        if self.is_wide(width):
            foot = self.small.height() + _GAP + _LINE
        else:
            foot = max(
                2 * self.small.height() + _GAP + self._foot(),
                self.small.height() + Space.S + self._button,
            )
        return head + foot + Space.CARD + SHADOW_ROOM + Space.S

    def is_wide(self, width: int) -> bool:
        """Say whether the date has room at the side."""
        return width - self.margin - 2 * SIDE >= _WIDE_FROM * self._theme.type.scale

    def places(self, row: QRect, look: CardLook, direction: Qt.LayoutDirection) -> CardPlaces:
        """Return where everything goes in a row."""
        card = row.adjusted(SIDE, SIDE, -SIDE - self.margin, -(SHADOW_ROOM + Space.S - SIDE))
        if direction == Qt.LayoutDirection.RightToLeft:
            card.moveRight(row.right() - SIDE)
        inner = card.adjusted(Space.CARD, Space.CARD, -Space.CARD, -Space.CARD)
        made = self._wide(card, inner, look) if self.is_wide(row.width()) else self._tall(card, inner, look)
        return made if direction == Qt.LayoutDirection.LeftToRight else _mirrored(made, direction)

    def _wide(self, card: QRect, inner: QRect, look: CardLook) -> CardPlaces:
        zone = round(_RIGHT_ZONE * self._theme.type.scale)
        buttons = self._buttons(look, inner.right() + 1, card.center().y() - self._button // 2)
        side = (inner.right() + 1 - buttons[0][1].left()) if buttons else min(zone, inner.width() // 3)
        text = inner.adjusted(0, 0, -side - Space.CARD, 0)
        number, chip, subject, top = self._head(text, look)
        now = QRect(text.left(), top, text.width(), self.small.height())
        foot = QRect(text.left(), now.bottom() + 1 + _GAP, text.width(), _LINE)
        high = self.small.height() + self.date.height() + Space.HAIR
        label = QRect(inner.right() + 1 - side, card.center().y() - high // 2, side, self.small.height())
        date = QRect(label.left(), label.bottom() + 1 + Space.HAIR, side, self.date.height())
        dated = bool(look.date) and not buttons
        return CardPlaces(
            card=card,
            number=number,
            chip=chip,
            subject=subject,
            now=now,
            progress=QRect() if buttons else foot,
            label=label if dated else QRect(),
            date=date if dated else QRect(),
            buttons=buttons,
        )

    def _tall(self, card: QRect, inner: QRect, look: CardLook) -> CardPlaces:
        number, chip, subject, top = self._head(inner, look)
        buttons = self._buttons(look, inner.right() + 1, inner.bottom() + 1 - self._button)
        lines = 1 if buttons else 2
        now = QRect(inner.left(), top, inner.width(), lines * self.small.height())
        date, label = QRect(), QRect()
        foot = QRect(inner.left(), inner.bottom() + 1 - self._foot(), inner.width(), self._foot())
        if look.date and not buttons:
            width = min(self.date.horizontalAdvance(look.date) + 2, inner.width())
            date = QRect(inner.right() + 1 - width, foot.top(), width, foot.height())
            foot.setRight(date.left() - Space.CARD)
        return CardPlaces(
            card=card,
            number=number,
            chip=chip,
            subject=subject,
            now=now,
            progress=QRect() if buttons or foot.width() < 40 else foot,
            label=label,
            date=date,
            buttons=buttons,
        )

    def _head(self, text: QRect, look: CardLook) -> tuple[QRect, QRect, QRect, int]:
        wanted: QSize = chip_size(self._theme, look.chip)
        room = text.width() - wanted.width() - Space.M
        width = min(self.small.horizontalAdvance(look.number) + 1, max(room, 0)) if look.number else 0
        number = QRect(text.left(), text.top(), width, self._chip)
        start = text.left() + (width + Space.M if width else 0)
        chip = QRect(start, text.top(), min(wanted.width(), text.right() + 1 - start), self._chip)
        subject = QRect(text.left(), chip.bottom() + 1 + Space.XS, text.width(), self.title.height())
        return number, chip, subject, subject.bottom() + 1 + Space.HAIR

    def _buttons(self, look: CardLook, right: int, top: int) -> tuple[tuple[Act, QRect], ...]:
        placed = []
        for act in reversed(look.acts):
            icon = self._theme.type.scaled(Size.ICON) + Space.S if act is Act.CONFIRM else 0
            # Two pixels to spare: advances are rounded, and rounded words would end in an ellipsis.
            width = self._strong.horizontalAdvance(act_words(act)) + 2 + 2 * 15 + icon
            placed.append((act, QRect(right - width, top, width, self._button)))
            right -= width + Space.M
        return tuple(reversed(placed))

    def _foot(self) -> int:
        return self.date.height()


def _mirrored(places: CardPlaces, direction: Qt.LayoutDirection) -> CardPlaces:
    def flip(rect: QRect) -> QRect:
        if rect.isEmpty() or direction is not Qt.LayoutDirection.RightToLeft:
            return rect
        return rect.translated(places.card.left() + places.card.right() - rect.left() - rect.right(), 0)

    return CardPlaces(
        card=places.card,
        number=flip(places.number),
        chip=flip(places.chip),
        subject=flip(places.subject),
        now=flip(places.now),
        progress=flip(places.progress),
        label=flip(places.label),
        date=flip(places.date),
        buttons=tuple((act, flip(rect)) for act, rect in places.buttons),
    )
