"""Notices on the screen and words in the strip above the pages; loaded after the first paint."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.app.announcer import Announcer, Message
    from tracker.app.parts import Parts
    from tracker.app.toasts import Toasts
    from tracker.host.settings import Privacy
    from tracker.model.notice import Notice, Withdrawal
    from tracker.ui.main_window import MainWindow
    from tracker.ui.tray.tray import Tray

_log = logging.getLogger(__name__)


class Telling(QObject):
    """Tells the person. Its ways to do so are made with `begin`, or with the first thing to say.

    `opened` carries a ticket ("" for none) and the Act to start with, or None; `confirmed` a ticket;
    `replied` a ticket and what was written on its toast.
    """

    opened = Signal(str, object)
    confirmed = Signal(str)
    replied = Signal(str, str)

    def __init__(self, parts: Parts, tray: Tray, window: MainWindow) -> None:
        super().__init__(window)
        self._parts, self._tray, self._window = parts, tray, window

    def begin(self) -> None:
        """Begin to show notices: after the first paint, and before there can be any."""
        self._toasts.notifier.start()

    def stop(self) -> None:
        """Take every toast away."""
        self._toasts.notifier.stop()

    def take(self, told: Sequence[Notice | Withdrawal]) -> None:
        """Show the notices, take away the toasts of what was read."""
        self._toasts.take(told)

    def show_test(self, notice: Notice, then: Callable[[str], None]) -> None:
        """Show this notice; `then` is called with the name of the way that has shown it."""
        notifier = self._toasts.notifier

        def shown(told: Notice, way: str) -> None:
            if told == notice:
                notifier.shown.disconnect(shown)
                then(way)

        notifier.shown.connect(shown)
        notifier.show((notice,))

    def set_privacy(self, privacy: Privacy) -> None:
        """Show as much in a toast as the person wants passers-by to see."""
        self._toasts.notifier.set_privacy(privacy)

    def say_trouble(self, words: str) -> None:
        """Say what has just gone wrong."""
        self._announcer.say_trouble(words)

    def say_fault(self, error: BaseException) -> None:
        """Log a fault of ours in full, and say that there was one."""
        _log.error("Unexpected fault in what was asked for", exc_info=error)
        # In the shell's name: its translations have it.
        self.say_trouble(
            QCoreApplication.translate("Shell", "Something went wrong in Tracker. Its log says what.")
        )

    def remark(self, words: str) -> None:
        """Say something that the person should know."""
        self._announcer.remark(words)

    def say_health(self, message: Message | None) -> None:
        """Say how the connection is, as long as it is so."""
        self._announcer.say_health(message)

    def advise(self, words: str) -> None:
        """Say what is good to know, in the strip alone; "" takes it back."""
        self._announcer.advise(words)

    @property
    def _toasts(self) -> Toasts:
        return self._made[0]

    @property
    def _announcer(self) -> Announcer:
        return self._made[1]

    @cached_property
    def _made(self) -> tuple[Toasts, Announcer]:
        """Made together: the strip is the last of the ways to show a notice."""
        from tracker.app.announcer import Announcer
        from tracker.app.toasts import Toasts

        parts = self._parts
        starting, privacy = parts.starting, parts.settings.privacy
        toasts = Toasts(
            parts.bus(), self._tray, parts.wording, starting=starting, privacy=privacy, parent=self
        )
        toasts.opened.connect(self.opened)
        toasts.confirmed.connect(self.confirmed)
        toasts.replied.connect(self.replied)
        return toasts, Announcer(self._window, toasts.in_app)
