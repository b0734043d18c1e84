"""The notification daemon on the session bus: whether it answers, who it is and what it can do."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from jeepney import DBusAddress, new_method_call
from jeepney.bus_messages import message_bus
from PySide6.QtCore import QObject, Signal

from tracker.ui.bus.bus_calls import LOST, TIMED_OUT, Answer, BusError

if TYPE_CHECKING:
    from tracker.ui.bus.session_bus import SessionBus

_log = logging.getLogger(__name__)

NAME = "org.freedesktop.Notifications"
ADDRESS = DBusAddress("/org/freedesktop/Notifications", bus_name=NAME, interface=NAME)

ASK_LIMIT = 1_500
START_LIMIT = 5_000


class Condition(Enum):
    """Whether toasts can be given to it now."""

    ABSENT = "absent"  # nobody there, and nobody who could be started; or no bus
    STARTABLE = "startable"  # the bus starts one when asked
    ASKING = "asking"  # soon known
    READY = "ready"
    SILENT = "silent"  # there, but it does not answer


@dataclass(frozen=True, slots=True)
class Server:
    """What the daemon says of itself."""

    name: str = ""
    capabilities: frozenset[str] = frozenset({"body"})


class Daemon(QObject):
    """Follows the owner of the daemon's name; asks each owner once what it can do.

    `changed` is emitted when `condition` changes; `owner` is the daemon's unique name on the bus.
    """

    changed = Signal()

    def __init__(self, bus: SessionBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self.condition = Condition.ABSENT
        self.owner = ""
        self.server = Server()
        self._name = ""

    def start(self) -> None:
        """Begin to look."""
        self._bus.opened.connect(self._look)
        self._bus.lost.connect(lambda: self._turn(Condition.ABSENT))
        self._bus.follow(NAME, self._owned)
        self._bus.open()
        if self._bus.is_open or self._bus.is_opening:
            self._look()

    def wake(self) -> None:
        """Somebody wants to show something: start the daemon if it can be, or look for the bus again."""
        if self.condition is Condition.STARTABLE:
            self._turn(Condition.ASKING)
            self._bus.call(message_bus.StartServiceByName(NAME), self._started, limit=START_LIMIT)
        elif self.condition is Condition.ABSENT:
            self._bus.open()

    def fall_silent(self) -> None:
        """Say that an answer did not come in time."""
        if self.condition is Condition.READY:
            self._turn(Condition.SILENT)

    def speak_again(self) -> None:
        """Say that an answer came after all."""
        if self.condition is Condition.SILENT:
            self._turn(Condition.READY)

    def _turn(self, condition: Condition) -> None:
        if condition is not self.condition:
            _log.info("The notification daemon (%s) is %s.", self.server.name or "unnamed", condition.value)
            self.condition = condition
            self.changed.emit()

    def _look(self) -> None:
        if not self.owner:
            self._turn(Condition.ASKING)

    def _owned(self, owner: str) -> None:
        self.owner, self.server = owner, Server()
        if owner:
            self._turn(Condition.ASKING)
            self._ask(owner)
        elif self._bus.is_open:
            self._bus.call(message_bus.ListActivatableNames(), self._startable)
        else:
            self._turn(Condition.ABSENT)

    def _startable(self, answer: Answer) -> None:
        if self.owner:
            return
        names = answer[0] if isinstance(answer, tuple) and answer else ()
        can = isinstance(names, list) and NAME in names
        self._turn(Condition.STARTABLE if can else Condition.ABSENT)

    def _started(self, answer: Answer) -> None:
        if isinstance(answer, BusError) and not self.owner:
            _log.info("No notification daemon could be started: %s", answer.name)
            self._turn(Condition.ABSENT)

    def _ask(self, owner: str) -> None:
        def told_name(answer: Answer) -> None:
            if owner == self.owner and isinstance(answer, tuple) and answer:
                self._name = str(answer[0])

        def told_abilities(answer: Answer) -> None:
            if owner == self.owner:
                self._take(answer)

        # Answers come in this order, so the name is known when the abilities are.
        self._name = ""
        for member, told in (("GetServerInformation", told_name), ("GetCapabilities", told_abilities)):
            self._bus.call(new_method_call(ADDRESS, member), told, limit=ASK_LIMIT, late=told)

    def _take(self, answer: Answer) -> None:
        if isinstance(answer, BusError):
            if answer.name == TIMED_OUT:
                self._turn(Condition.SILENT)
                return
            if answer.name == LOST:
                return
            self.server = Server(self._name)  # it does not say: take the least
        else:
            words = answer[0] if answer and isinstance(answer[0], list) else []
            self.server = Server(self._name, frozenset(str(word) for word in words))
        self._turn(Condition.READY)
