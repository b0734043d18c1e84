"""A D-Bus connection on the Qt loop: no thread, and nothing that could wait."""

import socket
import struct
from collections.abc import Callable
from typing import Protocol

from jeepney import Message, Parser
from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from PySide6.QtCore import QObject, QSocketNotifier, QTimer

READ_AT_ONCE = 65_536
MAX_MESSAGE = 4 * 1024 * 1024
MAX_UNSENT = 4 * 1024 * 1024


class Listener(Protocol):
    """Who uses the connection."""

    def connected(self) -> None:
        """The bus has let us in; messages can be sent."""
        ...

    def received(self, message: Message) -> None:
        """One whole message has come."""
        ...

    def broken(self, why: str) -> None:
        """The connection is gone and the socket closed; `why` is for the log."""
        ...


class BusSocket(QObject):
    """Connects, signs in (EXTERNAL) and carries messages, all as the socket allows.

    https://dbus.freedesktop.org/doc/dbus-specification.html#auth-protocol
    """

    def __init__(self, listener: Listener, parent: QObject) -> None:
        super().__init__(parent)
        self._listener = listener
        self._sock: socket.socket | None = None
        self._auth: Authenticator | None = None
        self._parser = Parser()
        self._unsent = bytearray()
        self._read: QSocketNotifier | None = None
        self._write: QSocketNotifier | None = None

    def open(self, path: str) -> None:
        """Connect to a local socket; a path that begins with NUL is an abstract one.

        Raises OSError when nobody listens there (a full queue counts as nobody).
        """
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.setblocking(False)
        try:
            sock.connect(path)
        except OSError:
            sock.close()
            raise
        self._sock = sock
        self._auth = Authenticator()
        self._read = self._notify(sock, QSocketNotifier.Type.Read, self._take)
        self._write = self._notify(sock, QSocketNotifier.Type.Write, self._flush)
        self._write.setEnabled(False)
        self._say_auth()

    def send(self, data: bytes) -> None:
        """Send whole messages in order; what the socket does not take now follows later."""
        if self._sock is None:
            return
        self._unsent += data
        if len(self._unsent) > MAX_UNSENT:
            QTimer.singleShot(0, self, lambda: self._break("The session bus takes nothing any more."))
        else:
            self._push()

    def close(self) -> None:
        """Close without telling the listener; harmless when closed."""
        for notifier in (self._read, self._write):
            if notifier is not None:
                notifier.setEnabled(False)
                notifier.deleteLater()
        self._read = self._write = None
        if self._sock is not None:
            self._sock.close()
        self._sock = self._auth = None
        self._parser = Parser()
        self._unsent.clear()

    def _notify(
        self, sock: socket.socket, kind: QSocketNotifier.Type, act: Callable[[], None]
    ) -> QSocketNotifier:
        notifier = QSocketNotifier(sock.fileno(), kind, self)
        notifier.activated.connect(act)
        return notifier

    def _break(self, why: str) -> None:
        if self._sock is not None:
            self.close()
            self._listener.broken(why)

    def _push(self) -> OSError | None:
        """Send what the socket takes; a failure is met again in `_flush`, never inside the caller's call."""
        failure: OSError | None = None
        if self._sock is not None and self._write is not None:
            try:
                del self._unsent[: self._sock.send(self._unsent)]
            except BlockingIOError:
                pass
            except OSError as error:
                failure = error
            self._write.setEnabled(bool(self._unsent))
        return failure

    def _flush(self) -> None:
        failure = self._push()
        if failure is not None:
            self._break(f"The session bus is gone: {failure}")

    def _take(self) -> None:
        if self._sock is None:
            return
        try:
            data = self._sock.recv(READ_AT_ONCE)
        except BlockingIOError:
            return
        except OSError as error:
            self._break(f"The session bus is gone: {error}")
            return
        if not data:
            self._break("The session bus has ended.")
        elif self._auth is not None:
            self._take_auth(self._auth, data)
        else:
            self._take_messages(data)

    def _take_auth(self, auth: Authenticator, data: bytes) -> None:
        try:
            auth.feed(data)
        except AuthenticationError as error:
            self._break(f"The session bus does not let us in: {error}")
            return
        self._say_auth()
        if auth.authenticated and self._sock is not None:
            self._auth = None
            self.send(BEGIN)
            self._listener.connected()

    def _say_auth(self) -> None:
        if self._auth is not None and not self._auth.authenticated:
            self.send(self._auth.data_to_send() or b"")

    def _take_messages(self, data: bytes) -> None:
        parser = self._parser
        parser.add_data(data)
        while self._sock is not None and parser is self._parser:
            try:
                message = parser.get_next_message()
                too_big = parser.bytes_desired() > MAX_MESSAGE
            except (ValueError, KeyError, IndexError, TypeError, struct.error) as error:
                self._break(f"The session bus sent what is no message: {error!r}")
                return
            if message is None:
                if too_big:
                    self._break("The session bus sent a message that is too big.")
                return
            self._listener.received(message)
