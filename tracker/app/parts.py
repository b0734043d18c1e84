"""What the shell is made of: given once, when the program starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tracker.app.actions import ProgramActions
    from tracker.app.late_view import LateView
    from tracker.app.starting import Starting
    from tracker.host.paths import ProfilePaths
    from tracker.host.settings import Settings
    from tracker.ui.bridge import Bridge
    from tracker.ui.bus.session_bus import SessionBus
    from tracker.ui.theme.theme import Theme
    from tracker.ui.wording import Wording

PROGRAM = "Tracker"
"""What it calls itself beside the clock and on toasts."""


@dataclass(slots=True)
class Parts:
    """The parts; `settings` is replaced when the person changes something, all else stays.

    `clock` gives the moment as the desk has it; `bus` the session bus, which is not even loaded before it is
    asked for; `heading` is what the window is called.
    """

    paths: ProfilePaths
    settings: Settings
    theme: Theme
    wording: Wording
    clock: Callable[[], datetime]
    view: LateView
    actions: ProgramActions
    starting: Starting
    bridge: Bridge
    bus: Callable[[], SessionBus | None]
    heading: str
