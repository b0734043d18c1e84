"""What the shell is made of: given once, when the program starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.app.actions import ProgramActions
    from tracker.app.late_view import LateView
    from tracker.app.starting import Starting
    from tracker.host.paths import ProfilePaths
    from tracker.host.policy.policy import Policy
    from tracker.host.settings import Settings
    from tracker.store.reader import Reader
    from tracker.ui.bridge import Bridge
    from tracker.ui.bus.session_bus import SessionBus
    from tracker.ui.theme.theme import Theme
    from tracker.ui.wording import Wording

PROGRAM = "Tracker"
"""What it calls itself beside the clock and on toasts."""
HEADING = "IT Help"
"""What the window is called where nobody has named it."""

Opener = Callable[["Settings", "Policy"], Callable[[], "Reader | None"]]
"""Makes what opens the profile's file for reading, under these settings and this policy."""


@dataclass(slots=True)
class Parts:
    """The parts; `settings` is replaced when the person changes something, `policy` when IT does.

    `clock` gives the moment as the desk has it; `bus` the session bus, which is not even loaded before it is
    asked for. `opener` makes what `view` reads with.
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
    policy: Policy
    opener: Opener
