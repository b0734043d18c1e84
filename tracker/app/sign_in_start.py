"""Whether this person's sign-in starts Tracker, changed as the settings say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def autostart_change(*, on: bool) -> Callable[[], None]:
    """Give what turns the start at sign-in on or off: it writes a file, so let it run beside the window."""
    # Rarely needed, and it loads what the start of the program does without.
    from tracker.host.autostart import set_start

    return partial(set_start, on=on)
