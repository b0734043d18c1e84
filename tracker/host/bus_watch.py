"""Sees every notification on a session bus as the daemon receives it, with what became of it. Linux only."""

import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Self

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

_INTERFACE = "org.freedesktop.Notifications"
_RULES = (
    f"type='method_call',interface='{_INTERFACE}',member='Notify'",
    f"type='method_call',interface='{_INTERFACE}',member='CloseNotification'",
    f"type='signal',interface='{_INTERFACE}'",
    "type='method_return'",
    "type='error'",
)


@dataclass(frozen=True, slots=True)
class SeenNotification:
    """One Notify call as it stood on the bus, and what became of it.

    `at` is the moment we read the call and `clock` the same moment of time.monotonic(), in seconds. `id`
    is None until the daemon has answered. `closed` is the reason number of the daemon's own signal (1 timed
    out, 2 dismissed, 3 closed by call), `invoked` the keys of the buttons pressed.
    https://specifications.freedesktop.org/notification-spec/latest/protocol.html
    """

    at: datetime
    clock: float
    app: str
    replaces_id: int
    icon: str
    summary: str
    body: str
    actions: tuple[tuple[str, str], ...]
    hints: Mapping[str, object]
    timeout: int
    id: int | None = None
    error: str | None = None
    close_asked: bool = False
    closed: int | None = None
    invoked: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The words on the buttons, in order."""
        return tuple(label for _key, label in self.actions)


class BusWatch:
    """Listens from construction to close() on its own thread; ask from any thread."""

    def __init__(self, address: str) -> None:
        self._changed = threading.Condition()
        self._seen: list[SeenNotification] = []
        self._awaiting: dict[tuple[str, int], int] = {}
        self._connection = open_dbus_connection(address)
        monitoring = DBusAddress(
            "/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring"
        )
        question = new_method_call(monitoring, "BecomeMonitor", "asu", (list(_RULES), 0))
        answer = self._connection.send_and_get_reply(question, timeout=10)
        if answer.header.message_type is MessageType.error:
            raise RuntimeError(f"The session bus lets nobody listen: {answer.body}")
        self._thread = threading.Thread(target=self._listen, name="bus-watch", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def notifications(self) -> tuple[SeenNotification, ...]:
        """Every Notify call so far, oldest first."""
        with self._changed:
            return tuple(self._seen)

    @property
    def live(self) -> tuple[SeenNotification, ...]:
        """What a person has on the screen now: the last call of each id that nobody has closed yet."""
        latest = {seen.id: seen for seen in self.notifications if seen.id is not None}
        return tuple(seen for seen in latest.values() if seen.closed is None)

    def wait_for(
        self, predicate: Callable[[SeenNotification], bool], *, timeout: float = 10.0, after: int = 0
    ) -> SeenNotification:
        """Give the first accepted notification that fits, waiting for it up to `timeout` seconds.

        `after` leaves out that many oldest ones. Raises TimeoutError with everything that was seen.
        """
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                for seen in self._seen[after:]:
                    if seen.id is not None and predicate(seen):
                        return seen
                if not self._changed.wait(deadline - time.monotonic()):
                    lines = "\n".join(f"  {seen}" for seen in self._seen) or "  nothing at all"
                    raise TimeoutError(f"No such notification in {timeout:g} s; seen were:\n{lines}")

    def close(self) -> None:
        """Stop listening; what was seen stays readable."""
        with suppress(OSError):  # the bus has ended before us
            self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(timeout=5)
        self._connection.close()

    def _listen(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except (OSError, ValueError):
                return
            with self._changed:
                self._note(message)
                self._changed.notify_all()

    def _note(self, message: Message) -> None:
        kind = message.header.message_type
        fields = message.header.fields
        if kind in (MessageType.method_return, MessageType.error):
            self._note_answer(message)
        elif kind is MessageType.method_call and fields.get(HeaderFields.member) == "Notify":
            self._note_call(message)
        elif kind is MessageType.method_call:
            self._update(message.body[0], lambda seen: replace(seen, close_asked=True))
        elif fields.get(HeaderFields.member) == "NotificationClosed":
            number, reason = message.body
            self._update(number, lambda seen: replace(seen, closed=reason))
        elif fields.get(HeaderFields.member) == "ActionInvoked":
            number, key = message.body
            self._update(number, lambda seen: replace(seen, invoked=(*seen.invoked, key)))

    def _note_call(self, message: Message) -> None:
        app, replaces, icon, summary, body, actions, hints, timeout = message.body
        sender = str(message.header.fields.get(HeaderFields.sender, ""))
        self._awaiting[(sender, message.header.serial)] = len(self._seen)
        self._seen.append(
            SeenNotification(
                at=datetime.now(UTC),
                clock=time.monotonic(),
                app=app,
                replaces_id=replaces,
                icon=icon,
                summary=summary,
                body=body,
                actions=tuple(zip(actions[::2], actions[1::2], strict=True)),
                hints=MappingProxyType({key: value for key, (_type, value) in hints.items()}),
                timeout=timeout,
            )
        )

    def _note_answer(self, message: Message) -> None:
        fields = message.header.fields
        caller = str(fields.get(HeaderFields.destination, ""))
        place = self._awaiting.pop((caller, int(fields.get(HeaderFields.reply_serial, 0))), None)
        if place is None:
            return
        if message.header.message_type is MessageType.error:
            name = str(fields.get(HeaderFields.error_name, ""))
            self._seen[place] = replace(self._seen[place], error=name)
        else:
            self._seen[place] = replace(self._seen[place], id=message.body[0])

    def _update(self, number: int, change: Callable[[SeenNotification], SeenNotification]) -> None:
        for place in range(len(self._seen) - 1, -1, -1):
            if self._seen[place].id == number:
                self._seen[place] = change(self._seen[place])
                return
