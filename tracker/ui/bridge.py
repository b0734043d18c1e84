"""The one crossing from the sync thread: what is said there arrives here on the UI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.model.change import Change
    from tracker.model.chat import Typing
    from tracker.model.event import Event
    from tracker.model.health import Health
    from tracker.model.notice import Notice, Withdrawal
    from tracker.model.uploading import Uploading


class Bridge(QObject):
    """Made on the UI thread, else receivers would run on the wrong one; its methods may be called anywhere.

    `changed` carries a Change, `health_changed` a Health, `noticed` Notices and Withdrawals, `typed` Typings,
    `uploaded` an Uploading, `trouble` a sentence that the person should read, `fault` an exception of ours
    that the log should have.
    """

    changed = Signal(object)
    health_changed = Signal(object)
    noticed = Signal(object)
    typed = Signal(object)
    uploaded = Signal(object)
    trouble = Signal(str)
    fault = Signal(object)
    _called = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._called.connect(self._call)

    def call(self, act: Callable[[], None]) -> None:
        """Run something on the UI thread, soon."""
        self._called.emit(act)

    def _call(self, act: Callable[[], None]) -> None:
        act()


class BridgeListener:
    """The bridge as the sync thread's listener: a signal and a listener's method cannot share a name."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge

    def changed(self, change: Change) -> None:
        """Pass on what was written."""
        self._bridge.changed.emit(change)

    def health(self, health: Health) -> None:
        """Pass on how the connection is."""
        self._bridge.health_changed.emit(health)

    def told(self, notices: tuple[Notice | Withdrawal, ...]) -> None:
        """Pass on what is to be shown."""
        self._bridge.noticed.emit(notices)

    def heard(self, events: tuple[Event, ...]) -> None:
        """Events are read from the store when `changed` names their tickets."""

    def typing(self, told: tuple[Typing, ...]) -> None:
        """Pass on who is writing."""
        self._bridge.typed.emit(told)

    def uploading(self, told: Uploading) -> None:
        """Pass on how far files have got."""
        self._bridge.uploaded.emit(told)
