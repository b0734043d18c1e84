"""A toast as the Notify call of the desktop notifications specification, fitted to the daemon.

https://specifications.freedesktop.org/notification-spec/latest/protocol.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jeepney import Message, new_method_call

from tracker.ui.notify.daemon import ADDRESS, Server
from tracker.ui.notify.ways import MAX_LINE, MAX_TITLE, OPEN_ID, REPLY_ID
from tracker.ui.plain_text import one_line

if TYPE_CHECKING:
    from tracker.ui.notify.ways import Sender, Toast

DEFAULT_ACTION = "default"
REPLY_ACTION = "inline-reply"
"""The action that is drawn as a field, where the daemon has the ability of that name.

https://invent.kde.org/frameworks/knotifications/-/blob/master/src/knotificationreplyaction.h
"""
CATEGORY = "x-tracker.request"
BY_DAEMON = -1
"""Leave it to the daemon how long a toast stays."""

# It draws the default action as a button, and a click on the body only closes.
_DRAWS_DEFAULT = frozenset({"Xfce Notify Daemon"})


def notify_call(
    toast: Toast, sender: Sender, server: Server, *, replaces: int = 0, silent: bool = False
) -> Message:
    """Build the call that shows `toast`, in place of number `replaces` if there is one."""
    # No control characters: the bus ends the connection of who sends a NUL.
    title, body = one_line(toast.title, MAX_TITLE), _body(toast, server)
    if "body" not in server.capabilities:
        first = body.partition("\n")[0]
        title, body = (f"{title}: {first}" if first else title), ""
    arguments = (
        sender.name,
        replaces,
        sender.icon,
        title,
        body,
        _actions(toast, server),
        _hints(toast, sender, silent=silent or toast.silent) | _reply_hints(toast, server),
        BY_DAEMON,
    )
    return new_method_call(ADDRESS, "Notify", "susssasa{sv}i", arguments)


def close_call(number: int) -> Message:
    """Build the call that takes a toast away."""
    return new_method_call(ADDRESS, "CloseNotification", "u", (number,))


def _body(toast: Toast, server: Server) -> str:
    lines = [one_line(line, MAX_LINE) for line in toast.body.splitlines()[:2]]
    body = "\n".join(line for line in lines if line)
    # Where a daemon reads mark-up, what somebody wrote must not be any.
    if "body-markup" not in server.capabilities:
        return body
    from html import escape

    return escape(body, quote=False)


def _actions(toast: Toast, server: Server) -> list[str]:
    """List ids and labels in turn. At least one is drawn as a button: not every daemon knows a body click."""
    if "actions" not in server.capabilities:
        return []
    buttons = [
        (_action(button.id, toast, server), one_line(button.label, MAX_LINE)) for button in toast.buttons
    ]
    if server.name in _DRAWS_DEFAULT:
        buttons = [button for button in buttons if button[0] != OPEN_ID]
    elif not buttons:
        buttons = [(OPEN_ID, toast.open_label)]
    return [word for button in [(DEFAULT_ACTION, toast.open_label), *buttons] for word in button]


def _action(button: str, toast: Toast, server: Server) -> str:
    return REPLY_ACTION if button == REPLY_ID and _has_field(toast, server) else button


def _has_field(toast: Toast, server: Server) -> bool:
    return bool(toast.reply) and REPLY_ACTION in server.capabilities


def _reply_hints(toast: Toast, server: Server) -> dict[str, tuple[str, object]]:
    words = one_line(toast.reply, MAX_LINE)
    return {"x-kde-reply-placeholder-text": ("s", words)} if _has_field(toast, server) else {}


def _hints(toast: Toast, sender: Sender, *, silent: bool) -> dict[str, tuple[str, object]]:
    hints: dict[str, tuple[str, object]] = {
        "urgency": ("y", int(toast.urgency)),
        "category": ("s", CATEGORY),
    }
    if sender.desktop_entry:
        hints["desktop-entry"] = ("s", sender.desktop_entry)
    if silent:
        hints["suppress-sound"] = ("b", True)
    return hints
