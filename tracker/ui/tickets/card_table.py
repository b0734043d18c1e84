"""The list of cards: one column of fixed height, by mouse, by keyboard and by assistive technology."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from tracker.ui.theme.tokens import Space
from tracker.ui.tickets.card_delegate import CardDelegate
from tracker.ui.tickets.card_layout import SIDE
from tracker.ui.tickets.card_look import CardLook
from tracker.ui.tickets.card_menu import CardMenu
from tracker.ui.tickets.card_model import LOOK_ROLE, CardModel, Index

if TYPE_CHECKING:
    from tracker.model.ticket import Act, TicketId
    from tracker.ui.muting import Muting
    from tracker.ui.theme.theme import Theme

_GROUND = "qt_scrollarea_viewport"
"""What Qt calls it."""
_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class CardTable(QTableView):
    """Shows a CardModel. Enter or a click opens a request; Left and Right reach the buttons in a card."""

    opened = Signal(str)
    """The request whose page is wanted."""
    pressed_act = Signal(str, str)
    """The request and the Act of the button that was pressed in its card."""

    def __init__(self, theme: Theme, model: CardModel, muting: Muting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards, self._muting = model, muting
        self._delegate = CardDelegate(theme, self)
        self._down: tuple[TicketId, Act | None] | None = None
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._plain()
        self._leave_margin()
        # The scroll bar lies in the page's margin, so that cards end where the head of the page ends.
        self.verticalScrollBar().rangeChanged.connect(self._leave_margin)
        theme.changed.connect(self._leave_margin)
        model.modelReset.connect(self._fit)

    def _plain(self) -> None:
        """Take away what makes it look like a table."""
        self.setAccessibleName(self.tr("Requests"))
        # One of ours: asked for a widget that Qt has made, PySide6 makes every class of widgets there is, to
        # find out what it is. That costs a twentieth of the start.
        ground = QWidget(self)
        ground.setObjectName(_GROUND)
        self.setViewport(ground)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the height of the rows for the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self._delegate.layout.row_height(self.viewport().width())
        if self.verticalHeader().defaultSectionSize() != height:
            self.verticalHeader().setMinimumSectionSize(1)
            self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(max(height // 3, 1))

    def _leave_margin(self) -> None:
        bar = self.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0
        self._delegate.layout.margin = max(Space.PAGE - SIDE - taken, 0)
        self._fit()
        self.viewport().update()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what the button went down on: only letting go on the same thing counts."""
        super().mousePressEvent(event)
        self._show_keyed(None)
        left = event.button() == Qt.MouseButton.LeftButton
        self._down = self._at(event.position().toPoint()) if left else None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second press of a double click as no press at all: nothing is sent or opened twice."""
        self._down = None
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the card, or press the button in it, if the mouse went down there, too."""
        super().mouseReleaseEvent(event)
        down, self._down = self._down, None
        if down is None or self._at(event.position().toPoint()) != down:
            return
        ticket, act = down
        if act is None:
            self.opened.emit(ticket)
        else:
            self.pressed_act.emit(ticket, act.value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which button would be pressed."""
        super().mouseMoveEvent(event)
        self._hover(self._at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Show that none would."""
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, at: tuple[TicketId, Act | None] | None) -> None:
        hovered = (at[0], at[1]) if at is not None and at[1] is not None else None
        shape = Qt.CursorShape.PointingHandCursor if at else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        if hovered != self._delegate.hovered:
            self._delegate.hovered = hovered
            self.viewport().update()

    def _at(self, point: QPoint) -> tuple[TicketId, Act | None] | None:
        index = self.indexAt(point)
        look = index.data(LOOK_ROLE) if index.isValid() else None
        if not isinstance(look, CardLook):
            return None
        places = self._delegate.layout.places(self.visualRect(index), look, self.layoutDirection())
        if not places.card.contains(point):
            return None
        return look.ticket, next((act for act, rect in places.buttons if rect.contains(point)), None)

    # Keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the first card."""
        super().focusInEvent(event)
        self._delegate.has_keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._delegate.has_keyboard and not self.currentIndex().isValid() and self._cards.rowCount():
            self.selectRow(0)  # not by mouse: that would scroll away what is being pressed
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._delegate.has_keyboard = False
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move inside the card with Left and Right, press with Enter or Space; the rest as in any list."""
        self._delegate.has_keyboard = True
        look = self.currentIndex().data(LOOK_ROLE)
        if isinstance(look, CardLook) and self._key_in_card(event.key(), look):
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return
        self._show_keyed(None)
        super().keyPressEvent(event)

    def _key_in_card(self, key: int, look: CardLook) -> bool:
        if key in _PRESSES:
            act = self._delegate.keyed
            if act in look.acts and act is not None:
                self.pressed_act.emit(look.ticket, act.value)
            else:
                self.opened.emit(look.ticket)
            return True
        backwards = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(key), 0) * (-1 if backwards else 1)
        if not step or not look.acts:
            return False
        stops: tuple[Act | None, ...] = (None, *look.acts)
        keyed = self._delegate.keyed
        at = stops.index(keyed) if keyed in stops else 0
        self._show_keyed(stops[max(0, min(at + step, len(stops) - 1))])
        return True

    def _show_keyed(self, act: Act | None) -> None:
        if act != self._delegate.keyed:
            self._delegate.keyed = act
            self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Leave the buttons of the card before."""
        super().currentChanged(current, previous)
        self._show_keyed(None)

    # Menu: the same by the menu key, and where a finger cannot hover

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the card under the mouse, or with the current one."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        look = index.data(LOOK_ROLE) if index.isValid() else None
        if isinstance(look, CardLook):
            place = (
                event.globalPos()
                if by_mouse
                else self.viewport().mapToGlobal(self.visualRect(index).center())
            )
            self.menu_for(look).popup(place)

    def menu_for(self, look: CardLook) -> QMenu:
        """Return the menu of a card; it goes when it closes."""
        menu = CardMenu(look, self._muting, self)
        menu.opened.connect(self.opened)
        menu.pressed_act.connect(self.pressed_act)
        return menu
