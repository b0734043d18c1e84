"""A notification daemon that says and does what a test wants: other abilities, odd answers, signals."""

import socket
import threading
from collections.abc import Sequence
from contextlib import suppress

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


class OddDaemon:
    """Serves on its own thread. `answer` is what Notify gives: a signature and a body; None: an error."""

    def __init__(
        self,
        address: str,
        *,
        abilities: Sequence[str] | None = ("actions", "body"),
        answer: tuple[str, tuple[object, ...]] | None = ("u", (7,)),
    ) -> None:
        self.calls: list[tuple[object, ...]] = []
        self._abilities = abilities
        self._answer = answer
        self._connection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(NAME), timeout=5)
        self._thread = threading.Thread(target=self._serve, name="odd-daemon", daemon=True)
        self._thread.start()

    def say(self, member: str, signature: str, *body: object) -> None:
        """Send a signal."""
        self._connection.send(new_signal(DBusAddress(PATH, interface=NAME), member, signature, body))

    def close(self) -> None:
        with suppress(OSError):
            self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(timeout=5)
        self._connection.close()

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except (OSError, ValueError):
                return
            if message.header.message_type is MessageType.method_call:
                with suppress(OSError):
                    self._connection.send(self._reply(message))

    def _reply(self, message: Message) -> Message:
        member = message.header.fields.get(HeaderFields.member)
        if member == "GetServerInformation":
            return new_method_return(message, "ssss", ("odd", "tests", "1", "1.2"))
        if member == "GetCapabilities" and self._abilities is not None:
            return new_method_return(message, "as", (list(self._abilities),))
        if member == "Notify":
            self.calls.append(tuple(message.body))
            if self._answer is not None:
                return new_method_return(message, *self._answer)
        return new_error(message, "org.freedesktop.DBus.Error.Failed", "s", ("No.",))
