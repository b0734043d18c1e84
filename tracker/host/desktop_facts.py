"""What the desktop offers now: who shows notifications, and whether anything shows tray icons.

Asked once over the session bus, without Qt, so that the command line can tell it too.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.host.errors import HostError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jeepney import DBusAddress, Message
    from jeepney.io.blocking import DBusConnection

BUS_VARIABLE = "DBUS_SESSION_BUS_ADDRESS"

_X11 = "libX11.so.6"
"""Named here: what packs the program would take a library along that is named in the call."""
_PATIENCE = 3.0
"""Seconds that a program on the bus may take."""
_WATCHER = "org.kde.StatusNotifierWatcher"
_NOTIFIER = "org.freedesktop.Notifications"


class DesktopSilent(HostError):
    """The desktop does not answer, or not as agreed; the text is a sentence."""


@dataclass(frozen=True, slots=True)
class TrayFacts:
    """Who shows tray icons. `old_panel` is an XEmbed tray; None: there was no way to find out."""

    watcher: bool
    panel: bool
    old_panel: bool | None
    desktop: str

    @property
    def is_there(self) -> bool:
        """Whether an icon is seen."""
        return (self.watcher and self.panel) or bool(self.old_panel)

    @property
    def is_gnome(self) -> bool:
        """Whether it is the desktop that shows no tray icons by itself."""
        return "gnome" in self.desktop.lower()


def has_session_bus(environment: Mapping[str, str] | None = None) -> bool:
    """Tell whether there is a session bus to ask."""
    return bool((os.environ if environment is None else environment).get(BUS_VARIABLE))


def notification_server() -> str:
    """Name the program that shows notifications. Raises DesktopSilent."""
    with _bus() as bus:
        return _name_of_server(bus)


def send_test_notification(title: str, text: str) -> str:
    """Show a real notification and name the program that took it. Raises DesktopSilent."""
    from jeepney import new_method_call

    with _bus() as bus:
        name = _name_of_server(bus)
        given: tuple[object, ...] = (
            "Tracker",
            0,
            "it-tracker",
            title,
            text,
            [],
            {"desktop-entry": ("s", "it-tracker")},
            10_000,
        )
        _answer(bus, new_method_call(_at_notifier(), "Notify", "susssasa{sv}i", given))
        return name


def tray_facts(environment: Mapping[str, str] | None = None) -> TrayFacts:
    """Look for a watcher, its panel and an old panel. Raises DesktopSilent where the bus does not answer."""
    env = os.environ if environment is None else environment
    watcher = panel = False
    if has_session_bus(env):
        with _bus() as bus:
            watcher = _is_owned(bus, _WATCHER)
            panel = watcher and _has_panel(bus)
    return TrayFacts(watcher, panel, _has_old_panel(env), env.get("XDG_CURRENT_DESKTOP", ""))


def _bus() -> DBusConnection:
    from jeepney.io.blocking import open_dbus_connection

    try:
        return open_dbus_connection(bus="SESSION")
    except (OSError, KeyError, ValueError) as error:
        raise DesktopSilent("The session bus cannot be reached.") from error


def _answer(bus: DBusConnection, message: Message) -> tuple[object, ...]:
    from jeepney import MessageType

    try:
        answer = bus.send_and_get_reply(message, timeout=_PATIENCE)
    except (OSError, TimeoutError) as error:
        raise DesktopSilent("The desktop does not answer.") from error
    if answer.header.message_type is MessageType.error:
        raise DesktopSilent("Nothing on this desktop answers to that.")
    return tuple(answer.body)


def _at_notifier() -> DBusAddress:
    from jeepney import DBusAddress

    return DBusAddress("/org/freedesktop/Notifications", _NOTIFIER, _NOTIFIER)


def _name_of_server(bus: DBusConnection) -> str:
    from jeepney import new_method_call

    told = _answer(bus, new_method_call(_at_notifier(), "GetServerInformation"))
    words = [part for part in (told[0], told[2]) if isinstance(part, str)] if len(told) > 2 else []
    return " ".join(word[:60] for word in words if word.isprintable()).strip() or "a program without a name"


def _is_owned(bus: DBusConnection, name: str) -> bool:
    from jeepney import DBusAddress, new_method_call

    place = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    return _answer(bus, new_method_call(place, "NameHasOwner", "s", (name,))) == (True,)


def _has_panel(bus: DBusConnection) -> bool:
    from jeepney import DBusAddress, Properties

    place = DBusAddress("/StatusNotifierWatcher", _WATCHER, _WATCHER)
    return _answer(bus, Properties(place).get("IsStatusNotifierHostRegistered")) == (("b", True),)


def _has_old_panel(environment: Mapping[str, str]) -> bool | None:
    """Look for the owner of the tray's selection on X11.

    https://specifications.freedesktop.org/systemtray-spec/latest/
    """
    if sys.platform != "linux" or not environment.get("DISPLAY"):
        return None
    import ctypes

    try:
        x11 = ctypes.CDLL(_X11)
    except OSError:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    display = x11.XOpenDisplay(environment["DISPLAY"].encode())
    if not display:
        return None
    pointer = ctypes.c_void_p(display)
    try:
        screen = x11.XDefaultScreen(pointer)
        atom = x11.XInternAtom(pointer, f"_NET_SYSTEM_TRAY_S{screen}".encode(), 0)
        return bool(x11.XGetSelectionOwner(pointer, ctypes.c_ulong(atom)))
    finally:
        x11.XCloseDisplay(pointer)
