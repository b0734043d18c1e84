"""The session bus, shared by notifications and the tray: calls with time limits, signals, names."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jeepney import HeaderFields, MatchRule, Message, MessageType, message_bus
from jeepney.bus import get_connectable_addresses
from PySide6.QtCore import QObject, QTimer, Signal

from tracker.ui.bus.bus_calls import LOST, Answer, BusError, Calls, Then
from tracker.ui.bus.bus_return import BusReturn
from tracker.ui.bus.bus_socket import BusSocket

_log = logging.getLogger(__name__)

OPEN_LIMIT = 2_000
CALL_LIMIT = 3_000

BUS = "org.freedesktop.DBus"


@dataclass(frozen=True, slots=True)
class Heard:
    """A signal: who sent it (a unique name), which, and with what."""

    sender: str
    member: str
    body: tuple[object, ...]


def bus_address() -> str:
    """Give the address of this session's bus; empty where there is none.

    Without DBUS_SESSION_BUS_ADDRESS, systemd's usual place counts.
    """
    said = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / "bus"
    return said or (f"unix:path={usual}" if usual.is_socket() else "")


class SessionBus(QObject):
    """One connection for the whole program. Nothing here waits; all is answered on the UI thread.

    `open` ends in `opened` or `lost`. After `lost` it may be opened again, and a bus that comes back at the
    same place is noticed. What was listened to and followed is so again after that.
    """

    opened = Signal()
    lost = Signal(str)

    def __init__(self, parent: QObject | None = None, *, address: Callable[[], str] = bus_address) -> None:
        super().__init__(parent)
        self._address = address
        self._socket = BusSocket(self, self)
        self._calls = Calls(self)
        self._listeners: list[tuple[MatchRule, Callable[[Heard], None]]] = []
        self._names: dict[str, _Name] = {}
        self._open = self._opening = False
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(lambda: self.broken("The session bus does not answer."))
        self._return = BusReturn(self)
        self._return.maybe.connect(self.open)

    @property
    def is_open(self) -> bool:
        """True while calls can be made."""
        return self._open

    @property
    def is_opening(self) -> bool:
        """True between `open` and its outcome."""
        return self._opening

    def open(self) -> None:
        """Begin to connect; harmless when it is open or under way."""
        if self._open or self._opening:
            return
        self._opening = True
        self._limit.start(OPEN_LIMIT)
        try:
            self._connect()
        except (OSError, RuntimeError, ValueError) as error:
            # Not from inside `open`: who calls it may not be ready for the outcome.
            why = f"There is no session bus: {error}"
            QTimer.singleShot(0, self, lambda: self.broken(why))

    def close(self) -> None:
        """End the connection for good; every open call is answered with `LOST`."""
        self._return.rest()
        self._end()

    def call(
        self, message: Message, then: Then, *, limit: int = CALL_LIMIT, late: Then | None = None
    ) -> None:
        """Send a method call; `then` gets its answer, or TIMED_OUT after `limit` milliseconds.

        An answer that comes after the limit goes to `late`. `then` is never called from inside `call`.
        """
        if self._open:
            self._send(message, then, limit, late)
        else:
            QTimer.singleShot(0, self, lambda: then(BusError(LOST, "not connected")))

    def listen(self, rule: MatchRule, hear: Callable[[Heard], None]) -> None:
        """Hear every signal that fits `rule` (it names no sender), now and after each return of the bus."""
        self._listeners.append((rule, hear))
        if self._open:
            self._subscribe(rule)

    def follow(self, name: str, hear: Callable[[str], None]) -> None:
        """Hear who owns a name, first now and then at each change; "" is nobody, or no bus."""
        known = name in self._names
        followed = self._names.setdefault(name, _Name())
        followed.hearers.append(hear)
        if not known:
            rule = MatchRule(
                type="signal", interface=BUS, member="NameOwnerChanged", path="/org/freedesktop/DBus"
            )
            rule.add_arg_condition(0, name)
            self.listen(rule, self._name_changed)
            if self._open:
                self._ask_owner(name)
        elif followed.owner is not None:
            hear(followed.owner)

    # What the socket tells.

    def connected(self) -> None:
        """Say hello, as every connection must; the answer opens it."""
        self._send(message_bus.Hello(), self._greeted, OPEN_LIMIT, None)

    def received(self, message: Message) -> None:
        """Hand a message to who waits for it; calls from others are none of ours."""
        kind = message.header.message_type
        if kind in (MessageType.method_return, MessageType.error):
            self._calls.answer(message)
        elif kind is MessageType.signal:
            fields = message.header.fields
            heard = Heard(
                str(fields.get(HeaderFields.sender, "")),
                str(fields.get(HeaderFields.member, "")),
                tuple(message.body),
            )
            for rule, hear in list(self._listeners):
                if rule.matches(message):
                    hear(heard)

    def broken(self, why: str) -> None:
        """Tell everybody that the bus is gone, and wait for it to come back."""
        if not (self._open or self._opening):
            return
        _log.info("%s", why)
        self._end()
        self._return.wait(_socket_file(self._address()))
        self.lost.emit(why)

    def _connect(self) -> None:
        failure = OSError("this session has none")
        address = self._address()
        for path in get_connectable_addresses(address) if address else ():
            try:
                self._socket.open(path)
            except OSError as error:
                failure = error
            else:
                return
        raise failure

    def _greeted(self, answer: Answer) -> None:
        if isinstance(answer, BusError):
            self.broken(f"The session bus does not greet us: {answer.name}")
            return
        self._limit.stop()
        self._return.rest()
        self._opening, self._open = False, True
        for rule, _hear in self._listeners:
            self._subscribe(rule)
        for name in self._names:
            self._ask_owner(name)
        self.opened.emit()

    def _end(self) -> None:
        self._limit.stop()
        self._socket.close()
        self._open = self._opening = False
        self._calls.lose_all()
        for followed in self._names.values():
            followed.forget()

    def _send(self, message: Message, then: Then, limit: int, late: Then | None) -> None:
        self._socket.send(message.serialise(serial=self._calls.begin(then, limit, late)))

    def _subscribe(self, rule: MatchRule) -> None:
        self._send(message_bus.AddMatch(rule), _check_subscribed, CALL_LIMIT, None)

    def _ask_owner(self, name: str) -> None:
        def told(answer: Answer) -> None:
            # An error says that nobody owns it.
            self._names[name].tell("" if isinstance(answer, BusError) else str(answer[0]))

        self._send(message_bus.GetNameOwner(name), told, CALL_LIMIT, told)

    def _name_changed(self, heard: Heard) -> None:
        if heard.sender == BUS and len(heard.body) == 3:
            name, _before, owner = heard.body
            followed = self._names.get(str(name))
            if followed is not None:
                followed.tell(str(owner))


class _Name:
    """Who follows a name, and its owner as last told (None: never)."""

    def __init__(self) -> None:
        self.hearers: list[Callable[[str], None]] = []
        self.owner: str | None = None

    def forget(self) -> None:
        if self.owner is None or self.owner:
            self.tell("")
        self.owner = None

    def tell(self, owner: str) -> None:
        if owner != self.owner:
            self.owner = owner
            for hear in list(self.hearers):
                hear(owner)


def _check_subscribed(answer: Answer) -> None:
    if isinstance(answer, BusError) and answer.name != LOST:
        _log.info("The session bus does not let us listen: %s %s", answer.name, answer.text)


def _socket_file(address: str) -> Path | None:
    with suppress(RuntimeError, ValueError):
        paths: Iterator[str] = get_connectable_addresses(address)
        return next((Path(path) for path in paths if not path.startswith("\0")), None)
    return None
