"""What is examined on the desktop: who shows notifications, and whether anything shows the tray icon."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tracker.core.examining.running import OK, WARN
from tracker.core.shapes import Finding
from tracker.host.desktop_facts import (
    DesktopSilent,
    has_session_bus,
    notification_server,
    send_test_notification,
    tray_facts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

TEST_TITLE = "A test from Tracker"
TEST_TEXT = "Notifications work. There is nothing to do."
_HAS_BUS = sys.platform not in ("win32", "darwin")

_WINDOW_ALONE = "Notices are in the window, under “Updates”, all the same."
_GNOME = (
    "GNOME shows no tray icons by itself. Open Tracker from the list of programs, or pin it there; "
    "notifications come all the same. IT can add the GNOME extension “AppIndicator and "
    "KStatusNotifierItem Support”."
)
_OTHER_TRAY = (
    "Open Tracker from the list of programs. To have the icon, add a “system tray” or “status tray” "
    "to the panel."
)


def notifications() -> Iterator[Finding]:
    """Say who shows notifications."""
    if not _HAS_BUS:
        yield Finding("notifications", OK, "Shown by the system.")
        return
    if not has_session_bus():
        yield Finding(
            "notifications",
            WARN,
            "There is no session bus, so notices are shown in the window alone.",
            "Start Tracker from your desktop, not from a bare terminal or a service.",
        )
        return
    try:
        yield Finding("notifications", OK, f"Shown by {notification_server()}.")
    except DesktopSilent:
        yield Finding("notifications", WARN, "No program on this desktop shows notifications.", _WINDOW_ALONE)


def test_notification() -> Iterator[Finding]:
    """Show a real notification, and say who took it."""
    if not _HAS_BUS or not has_session_bus():
        yield Finding(
            "test notification",
            WARN,
            "None could be sent from here.",
            "Use the button “Send a test notification” in Tracker: Settings, “Is everything all right?”.",
        )
        return
    try:
        name = send_test_notification(TEST_TITLE, TEST_TEXT)
    except DesktopSilent as error:
        yield Finding("test notification", WARN, f"None was shown. {error}", _WINDOW_ALONE)
    else:
        yield Finding(
            "test notification",
            OK,
            f"{name} has taken it: “{TEST_TITLE}”.",
            "If you did not see it, look whether “Do not disturb” is on.",
        )


def tray() -> Iterator[Finding]:
    """Say whether the icon beside the clock is seen here, and what to do where it is not."""
    if not _HAS_BUS:
        yield Finding("tray", OK, "The system shows the icon; it may be among the hidden ones.")
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        yield Finding("tray", OK, "There is no desktop here, so no icon is expected.")
        return
    facts = tray_facts()
    if facts.is_there:
        told = "A panel shows the icon." if facts.panel else "An old panel (XEmbed) shows the icon."
        yield Finding("tray", OK, told)
    elif facts.watcher:
        yield Finding("tray", WARN, "Icons are collected here, but no panel shows them.", _OTHER_TRAY)
    else:
        advice = _GNOME if facts.is_gnome else _OTHER_TRAY
        yield Finding("tray", WARN, "Nothing on this desktop shows tray icons.", advice)
