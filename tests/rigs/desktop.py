"""A whole private desktop for one test: display, bus, toasts, window manager, tray host, keyring."""

import subprocess
from collections.abc import Mapping
from typing import Literal

from tests.rigs.keyring_service import KeyringService, start_keyring
from tests.rigs.toasts import dismiss_toast, press_toast_button, write_toast_settings
from tests.rigs.tray_hosts import TrayHost, start_tray_host
from tracker.host.bus_watch import BusWatch
from tracker.host.virtual_desktop import DesktopFailed, Notifier, VirtualDesktop, find_program, wait_until

__all__ = ["BusWatch", "Desktop", "DesktopFailed", "wait_until"]


class Desktop(VirtualDesktop):
    """What a test asks for, started in order; leaving the with block ends all of it by process id.

    `bus`: "bare" never starts anything by itself (use this unless the test is about activation), "std" has
    the services installed on this computer, None is a computer without a session bus. `keyring`:
    "unlocked" or "locked" is a live gnome-keyring with one collection.
    """

    def __init__(
        self,
        *,
        display: bool = True,
        bus: Literal["bare", "std"] | None = "bare",
        notifier: Notifier | None = None,
        wm: Literal["openbox"] | None = None,
        tray: TrayHost | None = None,
        keyring: Literal["unlocked", "locked"] | None = None,
        size: tuple[int, int] = (1280, 800),
        env: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(env=env)
        self.keyring: KeyringService | None = None
        self._watches: list[BusWatch] = []
        try:
            if display:
                self.start_display(width=size[0], height=size[1])
            if bus:
                self.start_bus(activation=bus == "std")
            if wm:
                self.start_window_manager(wm)
            if notifier:
                write_toast_settings(self)
                self.start_notifier(notifier)
            if tray:
                start_tray_host(self, tray)
            if keyring:
                self.keyring = start_keyring(self, locked=keyring == "locked")
        except BaseException:
            self.close()
            raise

    def start_window_manager(self, name: Literal["openbox"]) -> None:
        """Start it and wait until the root window names it."""
        self.spawn([name])
        question = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
        wait_until(lambda: "window id" in self.run(*question).stdout, what="the window manager")

    def run(
        self,
        *command: str,
        timeout: float = 60,
        text_in: str | None = None,
        env: Mapping[str, str] | None = None,
        check: bool = False,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program on this desktop to its end; gives its exit status, stdout and stderr as text."""
        return subprocess.run(
            [find_program(command[0]), *command[1:]],
            env=self.env | dict(env or {}),
            input=text_in,
            stdin=subprocess.DEVNULL if text_in is None else None,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=check,
        )

    def watch(self) -> BusWatch:
        """Start to record notifications on this desktop's bus; closed together with the desktop."""
        watch = BusWatch(self.env["DBUS_SESSION_BUS_ADDRESS"])
        self._watches.append(watch)
        return watch

    def dismiss(self, watch: BusWatch, number: int) -> None:
        """Click the toast with this id away without opening anything."""
        dismiss_toast(self, watch, number=number)

    def press(self, watch: BusWatch, number: int, key: str) -> None:
        """Press the button with this key on the toast with this id, as a person would."""
        press_toast_button(self, watch, number=number, key=key)

    def close(self) -> None:
        """End the recordings, then every process by id, then remove the folder."""
        for watch in self._watches:
            watch.close()
        self._watches.clear()
        super().close()
