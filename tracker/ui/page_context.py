"""What every page is given: what to read, what to ask, how to look, how to word, what time it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.ui.uploads import Uploads

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtCore import QUrl

    from tracker.ui.muting import Muting
    from tracker.ui.ports import Actions, View
    from tracker.ui.theme.theme import Theme
    from tracker.ui.wording import Wording


def open_outside(url: QUrl) -> None:
    """Hand an address or a file to whatever program the system has for it."""
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(url)


@dataclass(frozen=True, slots=True)
class PageContext:
    """One bundle, made once when the window is made.

    `clock` gives the moment as an aware UTC time. `received` is the folder into which files are put in
    order to be opened. `muting` knows which requests are muted. `open_url` hands an address to the system,
    after the person has agreed to it. `uploads` knows how far files have got on their way up. `phone` gives
    the number that IT can be called at, "" for none.
    """

    view: View
    actions: Actions
    theme: Theme
    wording: Wording
    clock: Callable[[], datetime]
    received: Path
    muting: Muting
    open_url: Callable[[QUrl], None] = open_outside
    phone: Callable[[], str] = str
    uploads: Uploads = field(default_factory=Uploads)
