"""Tells when Group Policy or Intune have changed something: Windows itself says so, nothing is asked for."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tracker.host.policy.registry import PLACE

if TYPE_CHECKING:
    from collections.abc import Callable

ABOVE = PLACE.rpartition("\\")[0]
"""Watched with all below it: this key is there also where nobody has set anything for Tracker yet."""

_SETTLED_MS = 500
"""One refresh of the policies writes many values."""


class RegistryWatch(QObject):
    """`changed` once things have settled, for the computer's policies and for the person's."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._settling.timeout.connect(self.changed)
        for hive in ("HKLM", "HKCU"):
            _watch(hive, self, self._settling.start)


if sys.platform == "win32":
    import ctypes
    import winreg

    from PySide6.QtCore import QWinEventNotifier
    from shiboken6 import VoidPtr

    # https://learn.microsoft.com/windows/win32/api/winreg/nf-winreg-regnotifychangekeyvalue
    _NAMES_AND_VALUES = 0x1 | 0x4

    def _watch(hive: str, parent: QObject, changed: Callable[[], None]) -> None:
        """Call `changed` at each change below the key; where that cannot be, it counts at the next start."""
        root = winreg.HKEY_LOCAL_MACHINE if hive == "HKLM" else winreg.HKEY_CURRENT_USER
        event = ctypes.windll.kernel32.CreateEventW(None, False, False, None)
        with suppress(OSError):
            key = winreg.OpenKey(root, ABOVE, 0, winreg.KEY_NOTIFY | winreg.KEY_WOW64_64KEY)

            def arm() -> None:
                handle = ctypes.c_void_p(key.handle)
                waiting = ctypes.c_void_p(event)
                ctypes.windll.advapi32.RegNotifyChangeKeyValue(handle, True, _NAMES_AND_VALUES, waiting, True)

            def noted() -> None:
                arm()  # it tells once
                changed()

            notifier = QWinEventNotifier(VoidPtr(event), parent)
            notifier.activated.connect(noted)
            arm()

else:

    def _watch(hive: str, parent: QObject, changed: Callable[[], None]) -> None:
        """There is no registry here."""
