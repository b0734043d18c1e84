"""The menu of a card: everything the card can do, for the menu key and for a finger."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from tracker.model.ticket import TicketId
from tracker.ui.muting import Muting
from tracker.ui.tickets.card_look import CardLook, act_words


class CardMenu(QMenu):
    """Goes when it closes."""

    opened = Signal(str)
    pressed_act = Signal(str, str)

    def __init__(self, look: CardLook, muting: Muting, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = look.number
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(look.subject)
        self._add(self.tr("Open"), partial(self.opened.emit, look.ticket))
        for act in look.acts:
            self._add(act_words(act), partial(self.pressed_act.emit, look.ticket, act.value))
        ticket = TicketId(look.ticket)
        if muting.can_mute(ticket):
            muted = muting.is_muted(ticket)
            words = self.tr("Muted: hear of it again") if muted else self.tr("Mute: no notices of this")
            self._add(words, partial(muting.toggle, ticket))
        if look.number:
            number = look.number.replace("&", "&&")
            self._add(self.tr("Copy the number {number}").format(number=number), self._copy)

    def _add(self, words: str, act: Callable[[], None]) -> None:
        action = QAction(words, self)
        action.triggered.connect(act)
        self.addAction(action)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._number)
