"""A StatusNotifier panel without a screen: owns the watcher's name, knows the icons, clicks them."""

import socket
import threading
from contextlib import suppress
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    Properties,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import DBusNameFlags, message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME = "org.kde.StatusNotifierWatcher"
PATH = "/StatusNotifierWatcher"
PROPERTIES = "org.freedesktop.DBus.Properties"
INTROSPECTION = f"""<node><interface name="{NAME}">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
</interface></node>"""


class Watcher:
    """Serves on its own thread from construction to close(); `panel` False: no host has come yet."""

    def __init__(self, address: str, *, panel: bool = True) -> None:
        self.items: list[tuple[str, str]] = []
        self._panel = panel
        self._serving = open_dbus_connection(address)
        self._asking = open_dbus_connection(address)
        flags = DBusNameFlags.do_not_queue
        self._serving.send_and_get_reply(message_bus.RequestName(NAME, flags), timeout=5)
        self._thread = threading.Thread(target=self._serve, name="watcher", daemon=True)
        self._thread.start()

    def let_panel_in(self) -> None:
        """A panel registers with the watcher, as it does some time after it at sign-in."""
        self._panel = True
        at = DBusAddress(PATH, interface=NAME)
        self._serving.send(new_signal(at, "StatusNotifierHostRegistered"))

    def properties(self) -> dict[str, object]:
        """Give what the newest icon says of itself."""
        answer = self._call(PROPERTIES, "GetAll", "s", ("org.kde.StatusNotifierItem",))
        return {key: value for key, (_type, value) in answer[0].items()}

    def click(self, method: str) -> None:
        """Click the newest icon: Activate is left, SecondaryActivate middle."""
        self._call("org.kde.StatusNotifierItem", method, "ii", (10, 10))

    def menu(self) -> list[tuple[int, str]]:
        """List the entries that a panel shows of its menu, with their numbers; separators have no words."""
        answer = self._call(
            "com.canonical.dbusmenu", "GetLayout", "iias", (0, -1, []), path=self._menu_path()
        )
        entries = [(number, dict(words)) for _type, (number, words, _below) in answer[1][2]]
        # What is hidden is in the layout, too (com.canonical.dbusmenu, property “visible”).
        shown = [entry for entry in entries if entry[1].get("visible", ("b", True))[1]]
        return [(number, words.get("label", ("s", ""))[1]) for number, words in shown]

    def choose(self, words: str) -> None:
        """Choose the menu entry that reads so."""
        number = next(number for number, label in self.menu() if label == words)
        event = (number, "clicked", ("s", ""), 0)
        self._call("com.canonical.dbusmenu", "Event", "isvu", event, path=self._menu_path())

    def close(self) -> None:
        """Leave the bus, as a panel that has crashed does."""
        with suppress(OSError):
            self._serving.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(timeout=5)
        self._serving.close()
        self._asking.close()

    def _menu_path(self) -> str:
        return str(self.properties()["Menu"])

    def _call(
        self, interface: str, member: str, signature: str, body: tuple[object, ...], *, path: str = ""
    ) -> tuple[Any, ...]:
        name, own_path = self.items[-1]
        at = DBusAddress(path or own_path, bus_name=name, interface=interface)
        answer = self._asking.send_and_get_reply(new_method_call(at, member, signature, body), timeout=5)
        assert answer.header.message_type is MessageType.method_return, answer.body
        return tuple(answer.body)

    def _serve(self) -> None:
        while True:
            try:
                message = self._serving.receive()
            except (OSError, ValueError):
                return
            if message.header.message_type is MessageType.method_call:
                with suppress(OSError):
                    self._serving.send(self._answer(message))

    def _answer(self, message: Message) -> Message:
        fields = message.header.fields
        member, sender = fields.get(HeaderFields.member), str(fields.get(HeaderFields.sender, ""))
        if member == "RegisterStatusNotifierItem":
            said = str(message.body[0])
            self.items.append((sender, said) if said.startswith("/") else (said, "/StatusNotifierItem"))
            return new_method_return(message)
        if member == "Get":
            return new_method_return(message, "v", (self._values()[str(message.body[1])],))
        if member == "GetAll":
            return new_method_return(message, "a{sv}", (self._values(),))
        if member == "Introspect":
            return new_method_return(message, "s", (INTROSPECTION,))
        return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")

    def _values(self) -> dict[str, tuple[str, object]]:
        return {"IsStatusNotifierHostRegistered": ("b", self._panel), "ProtocolVersion": ("i", 0)}


def registered_items(address: str) -> list[str]:
    """Ask whichever watcher there is for the icons it knows."""
    connection: DBusConnection
    with open_dbus_connection(address) as connection:
        question = Properties(DBusAddress(PATH, bus_name=NAME, interface=NAME)).get(
            "RegisteredStatusNotifierItems"
        )
        answer = connection.send_and_get_reply(question, timeout=5)
    if answer.header.message_type is MessageType.error:
        return []
    return [str(item) for item in answer.body[0][1]]
