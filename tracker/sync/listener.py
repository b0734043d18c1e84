"""Whom the sync thread tells: the interface's bridge, or the command line."""

from typing import Protocol

from tracker.model.change import Change
from tracker.model.chat import Typing
from tracker.model.event import Event
from tracker.model.health import Health
from tracker.model.notice import Notice, Withdrawal
from tracker.model.uploading import Uploading


class Listener(Protocol):
    """Called on the sync thread; returns at once."""

    def changed(self, change: Change) -> None:
        """Something on this computer was written; `change` names what."""

    def health(self, health: Health) -> None:
        """The connection is different, or was checked."""

    def told(self, notices: tuple[Notice | Withdrawal, ...]) -> None:
        """These notices were decided and are recorded: show them (or take toasts away)."""

    def heard(self, events: tuple[Event, ...]) -> None:
        """These events are new and stored."""

    def typing(self, told: tuple[Typing, ...]) -> None:
        """Somebody of the desk is writing, or has stopped."""

    def uploading(self, told: Uploading) -> None:
        """The files of a command have got so far on their way up."""
