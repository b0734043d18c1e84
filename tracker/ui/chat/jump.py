"""The button over a conversation that leads to its newest message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from tracker.ui.theme.tokens import Space
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ui.page_context import PageContext


class JumpButton(Button):
    """Sits over the lower end of `over`; says how many messages are new there."""

    def __init__(self, context: PageContext, over: QWidget) -> None:
        super().__init__(context.theme, "", over, icon="chevron-down")
        self._over, self._wording, self._unread = over, context.wording, 0
        over.installEventFilter(self)
        self.hide()

    def show_state(self, *, at_end: bool, unread: int) -> None:
        """Be there while the newest is not on the screen."""
        words = self.tr("Newest")
        if unread:
            words = self.tr("1 new message") if unread == 1 else self.tr("%n new messages", "", unread)
        self.setText(words)
        self.setAccessibleName(
            self.tr("Go to the newest. {words}").format(words=words)
            if unread
            else self.tr("Go to the newest")
        )
        if not at_end and unread > self._unread:
            announce(self._over, words)
        self._unread = unread
        self.adjustSize()
        self._place()
        self.setVisible(not at_end)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of what it is over."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        area = self._over.rect()
        self.move((area.width() - self.width()) // 2, area.height() - self.height() - Space.S)
