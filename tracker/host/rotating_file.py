"""A log file for this person alone, that is put aside when it is large; loaded with the first line."""

from __future__ import annotations

import logging
import logging.handlers
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from tracker.host.disk import open_private

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path


class PrivateRotatingFile(logging.handlers.RotatingFileHandler):
    """Opened with the first line. A full disk loses lines, never the program; that is said once on stderr."""

    def __init__(self, path: Path, *, most_bytes: int, kept: int) -> None:
        self._failed = False
        super().__init__(path, maxBytes=most_bytes, backupCount=kept, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", errors="backslashreplace", opener=open_private)

    def close(self) -> None:
        """Write what is left and let go of the file."""
        with suppress(OSError):  # a full disk may refuse what is still in the buffer
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Go on without the log: a full disk must not end the program, nor fill the terminal."""
        if not self._failed and sys.stderr is not None:
            self._failed = True
            sys.stderr.write("Tracker cannot write its log. The disk may be full.\n")
