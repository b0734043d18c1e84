"""Calls on the session bus that wait for their answer, each with a time limit."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from jeepney import HeaderFields, Message, MessageType
from PySide6.QtCore import QObject, QTimer

LOST = "org.freedesktop.DBus.Error.Disconnected"
TIMED_OUT = "org.freedesktop.DBus.Error.Timeout"


@dataclass(frozen=True, slots=True)
class BusError:
    """The other side refused, is not there, or did not answer in time (`TIMED_OUT`, `LOST`)."""

    name: str
    text: str = ""


Answer = tuple[object, ...] | BusError
Then = Callable[[Answer], None]


@dataclass(slots=True)
class _Open:
    then: Then | None
    late: Then | None
    timer: QTimer


class Calls(QObject):
    """Numbers calls, and matches answers to them.

    Numbers are never used twice, so an answer from before a lost connection matches nothing.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._serials = count(1)
        self._open: dict[int, _Open] = {}

    def begin(self, then: Then, limit: int, late: Then | None) -> int:
        """Give the number for a new call; `then` is told TIMED_OUT after `limit` milliseconds.

        An answer after that goes to `late`.
        """
        serial = next(self._serials)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._run_out(serial))
        timer.start(limit)
        self._open[serial] = _Open(then, late, timer)
        return serial

    def answer(self, message: Message) -> None:
        """Hand an answer to who asked."""
        call = self._open.pop(message.header.fields.get(HeaderFields.reply_serial, 0), None)
        if call is None:
            return
        _stop(call.timer)
        hear = call.then or call.late
        if hear is not None:
            hear(_content(message))

    def lose_all(self) -> None:
        """Answer every open call with LOST."""
        calls, self._open = self._open, {}
        for call in calls.values():
            _stop(call.timer)
            if call.then is not None:
                call.then(BusError(LOST, "the bus is gone"))

    def _run_out(self, serial: int) -> None:
        call = self._open[serial]
        then, call.then = call.then, None
        if call.late is None:
            _stop(self._open.pop(serial).timer)
        if then is not None:
            then(BusError(TIMED_OUT, "no answer in time"))


def _stop(timer: QTimer) -> None:
    timer.stop()
    timer.deleteLater()


def _content(message: Message) -> Answer:
    body: tuple[object, ...] = tuple(message.body)
    if message.header.message_type is MessageType.error:
        text = body[0] if body and isinstance(body[0], str) else ""
        return BusError(str(message.header.fields.get(HeaderFields.error_name, "")), text)
    return body
