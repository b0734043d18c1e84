"""Opens in the window what a start was asked for, the first one or a later one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.app.opening import TOKEN_VARIABLE

if TYPE_CHECKING:
    from tracker.app.opening import Opening
    from tracker.app.shell import Shell
    from tracker.app.starting import Starting


class FrontDoor:
    """The window's answer to a start."""

    def __init__(self, shell: Shell, starting: Starting) -> None:
        self._shell = shell
        self._starting = starting
        self._later: Opening | None = None
        shell.signing.signed_in.connect(self._signed_in)

    def open_when_ready(self, opening: Opening) -> None:
        """Do the same as soon as the program has read what it keeps."""
        self._starting.when_ready(lambda _program: self.open(opening))

    def open(self, opening: Opening) -> None:
        """Bring the window to the front, at the request that is named, or with a new one and its files."""
        if opening.token:
            # Qt takes it from there when it asks the desktop to bring the window to the front.
            os.environ[TOKEN_VARIABLE] = opening.token
        if self._shell.signing.is_shown:
            # Nothing can be shown yet, and the sign-in page must stay.
            self._later = opening
            self._shell.window.wake()
        elif opening.new or opening.files:
            self._shell.window.wake()
            self._shell.pages.new_request(files=[Path(name) for name in opening.files])
        else:
            self._shell.show_window(opening.ticket)

    def _signed_in(self, _choice: object) -> None:
        later, self._later = self._later, None
        if later is not None:
            self.open(later)
