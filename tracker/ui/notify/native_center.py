"""The notification centre of Windows and macOS through desktop-notifier, on an asyncio loop.

Written to https://desktop-notifier.readthedocs.io; not verified on those systems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tracker.ui.notify.ways import Urgency

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop_notifier import Button, DesktopNotifier

    from tracker.ui.notify.ways import Toast, ToastButton


class Heard(Protocol):
    """Takes what happened to a toast: "clicked", "dismissed" or "pressed", with the button; any thread."""

    def __call__(self, what: str, identifier: str, button: str = "") -> None:
        """Take one event."""
        ...


class NativeCenter:
    """Posts and removes toasts. Everything here runs on the loop that `open_center` ran on."""

    def __init__(self, notifier: DesktopNotifier, heard: Heard) -> None:
        self._notifier = notifier
        self._dispatched: set[str] = set()
        notifier.on_dispatched = self._dispatched.add
        notifier.on_clicked = lambda identifier: heard("clicked", identifier)
        notifier.on_dismissed = lambda identifier: heard("dismissed", identifier)
        notifier.on_button_pressed = lambda identifier, button: heard("pressed", identifier, button)

    async def post(self, toast: Toast, identifier: str) -> bool:
        """Show it in place of the one with the same identifier; False when the system did not take it."""
        from desktop_notifier import DEFAULT_SOUND, Notification
        from desktop_notifier import Urgency as NativeUrgency

        urgency = {Urgency.LOW: NativeUrgency.Low, Urgency.CRITICAL: NativeUrgency.Critical}
        # The library logs failures instead of raising; only this callback tells success.
        self._dispatched.discard(identifier)
        await self._notifier.send_notification(
            Notification(
                title=toast.title,
                message=toast.body,
                urgency=urgency.get(toast.urgency, NativeUrgency.Normal),
                buttons=_buttons(toast.buttons),
                sound=None if toast.silent else DEFAULT_SOUND,
                identifier=identifier,
            )
        )
        return identifier in self._dispatched and await self._notifier.has_authorisation()

    async def remove(self, identifier: str) -> None:
        """Take it away; one that is gone already is fine."""
        if identifier in await self._notifier.get_current_notifications():
            await self._notifier.clear(identifier)


async def open_center(program: str, icon: Path | None, heard: Heard) -> NativeCenter:
    """Load the library and open the system's centre.

    Raises ImportError without the library, RuntimeError or OSError where the system has no such centre.
    """
    from desktop_notifier import DesktopNotifier, Icon

    return NativeCenter(DesktopNotifier(program, Icon(path=icon) if icon else None), heard)


def _buttons(buttons: Sequence[ToastButton]) -> tuple[Button, ...]:
    from desktop_notifier import Button

    return tuple(Button(title=button.label, identifier=button.id) for button in buttons)
