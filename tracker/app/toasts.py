"""Notices on the screen: every way to show one, and what a click asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.app.parts import PROGRAM
from tracker.model.notice import Button, Notice, NoticeClass, Withdrawal
from tracker.model.ticket import Act
from tracker.ui.notify.here import ways_here
from tracker.ui.notify.in_app import InApp
from tracker.ui.notify.notifier import Notifier
from tracker.ui.notify.ways import Sender
from tracker.ui.theme.art import app_icon_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.app.starting import Starting
    from tracker.host.settings import Privacy
    from tracker.ui.bus.session_bus import SessionBus
    from tracker.ui.tray.tray import Tray
    from tracker.ui.wording import Wording

_ACTS = {
    Button.ANSWER: Act.ANSWER,
    Button.NOT_YET: Act.NOT_FIXED,
    Button.ASK_FOR_NEWS: Act.ASK_FOR_NEWS,
    Button.WORKS: Act.CONFIRM,
    Button.CALL_ME: Act.ASK_FOR_CALL,
    Button.RESCHEDULE: Act.MOVE_VISIT,
    Button.CHOOSE: Act.CHOOSE,
    Button.REPLY: Act.CHAT,
}


class Toasts(QObject):
    """Shows what the policy decided.

    `opened` carries a ticket ("" for none) and the Act to start with, or None; `replied` a ticket and what
    was written on its toast.
    """

    opened = Signal(str, object)
    confirmed = Signal(str)
    replied = Signal(str, str)

    def __init__(
        self,
        bus: SessionBus | None,
        tray: Tray,
        wording: Wording,
        *,
        starting: Starting,
        privacy: Privacy,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.in_app = InApp(self)
        sender = Sender(PROGRAM, desktop_entry="it-tracker", icon=app_icon_file())
        ways = ways_here(bus, starting.run_there, sender, tray=tray, window=self.in_app)
        self.notifier = Notifier(ways, wording, program=PROGRAM, privacy=privacy, parent=self)
        self.notifier.clicked.connect(self._clicked)
        self.notifier.pressed.connect(self._pressed)
        self.notifier.replied.connect(self._replied)

    def take(self, told: Sequence[Notice | Withdrawal]) -> None:
        """Show the notices, take away the toasts of what was read."""
        for item in told:
            if isinstance(item, Withdrawal):
                self.notifier.withdraw(item.ticket)
            else:
                self.notifier.show((item,))

    def _clicked(self, notice: Notice) -> None:
        self.opened.emit(notice.ticket or "", place_of(notice))

    def _pressed(self, notice: Notice, button: Button) -> None:
        if button is Button.WORKS and notice.ticket is not None:
            self.confirmed.emit(notice.ticket)
        self.opened.emit(notice.ticket or "", place_of(notice, button))

    def _replied(self, notice: Notice, text: str) -> None:
        self.replied.emit(notice.ticket or "", text)


def place_of(notice: Notice, button: Button = Button.OPEN) -> Act | None:
    """Give what the page is opened for; None: from its top. What happens now is a chat, or else the visit."""
    if button is Button.OPEN and Button.REPLY in notice.buttons:
        return Act.CHAT
    if button is Button.OPEN and notice.notice_class is NoticeClass.NOW:
        return Act.CONFIRM_VISIT
    return _ACTS.get(button)
