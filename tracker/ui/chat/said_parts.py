"""What a row of a message is put together from: sizes of its parts, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tracker.model.command import Delivery
from tracker.ui.chat.bubble import Bubble
from tracker.ui.chat.rows import is_failed
from tracker.ui.timeline.row_parts import DISCARD, EDIT, RETRY
from tracker.ui.widgets.buttons import Button, ButtonKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.ui.chat.rows import TalkRow
    from tracker.ui.theme.theme import Theme

SIDE = 24
"""Pixels between a row's parts and the edge of the page."""
AVATAR = 36
BESIDE = AVATAR + 10
"""Pixels that the other side's parts stand farther in, beside who wrote them."""
_WIDEST = 560


def _tr(text: str) -> str:
    return QCoreApplication.translate("SaidRow", text)


def room(width: int) -> int:
    """Tell how wide a bubble may be in a row of this width."""
    return max(min(round((width - 2 * SIDE - BESIDE) * 0.86), _WIDEST), 60)


def sizes_of(parts: Sequence[QWidget], width: int) -> list[QSize]:
    """Give the size of each part in a row of this width; what is hidden has none."""
    sizes = []
    for part in parts:
        if part.isHidden():
            sizes.append(QSize(0, 0))
        elif isinstance(part, Bubble):
            wide = part.natural_width(room(width))
            sizes.append(QSize(wide, part.heightForWidth(wide)))
        else:
            hint = part.sizeHint()
            wide = min(max(hint.width(), part.minimumSizeHint().width()), width - 2 * SIDE)
            high = part.heightForWidth(wide) if part.hasHeightForWidth() else hint.height()
            sizes.append(QSize(wide, high))
    return sizes


def choices_for(
    row: TalkRow, parent: QWidget, theme: Theme, *, online: bool, asked: Callable[[str, str], None]
) -> QWidget | None:
    """Make the buttons for what is not sent; None while there is nothing to decide.

    `asked` hears the command, and RETRY, EDIT or DISCARD.
    """
    failed = is_failed(row)
    if not row.command or row.delivery is Delivery.DELIVERED or (online and not failed):
        return None  # it is on its way
    offers = [(RETRY, _tr("Send again") if failed else _tr("Try now"))]
    if row.delivery is not Delivery.UNSURE:
        offers.append((EDIT, _tr("Edit")))
    offers.append((DISCARD, _tr("Discard")))
    place = QWidget(parent)
    line = QHBoxLayout(place)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    place.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    for what, words in offers:
        kind = ButtonKind.DANGER if what == DISCARD else ButtonKind.LINK
        button = Button(theme, words, place, kind=kind)
        button.clicked.connect(partial(asked, row.command, what))
        line.addWidget(button)
    return place
